"""The rundown panel.

Signals:
    item_picked(str): an item was clicked or chosen with the keys.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QLabel, QListView, QVBoxLayout, QWidget

from ui.choices_panel import ChoicesPanel
from ui.empty_words import EmptyWords
from ui.models.rundown_model import ITEM_ROLE, RundownModel
from ui.rundown.delegate import RundownDelegate
from ui.state.desk import Desk
from ui.theme.colours import Theme


class RundownPanel(QFrame):
    """Every item, the live one kept in sight as it changes; at the foot the choices that bear on what is to come."""

    item_picked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.model = RundownModel(self)
        self._live_row: int | None = None
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(RundownDelegate(theme, self))
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName("Rundown")
        EmptyWords(self.list, "No items: Ctrl+N begins a show with those of a template")
        self.list.clicked.connect(self._on_clicked)
        self.choices = ChoicesPanel(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addLayout(self._make_title())
        layout.addWidget(self.list, 1)
        layout.addWidget(self.choices)

    def _make_title(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(14, 9, 12, 7)
        title = QLabel("Rundown")
        title.setProperty("voice", "heading")
        self._summary = QLabel("")
        self._summary.setProperty("voice", "caption")
        row.addWidget(title)
        row.addStretch(1)
        row.addWidget(self._summary)
        return row

    def show_desk(self, desk: Desk) -> None:
        """The rundown as it stands now."""
        self.model.show_desk(desk)
        picked = self.model.row_of(desk.picked_item)
        if picked is not None and self.list.currentIndex().row() != picked:
            self.list.setCurrentIndex(self.model.index(picked))
        self.choices.show_desk(desk)
        self._summary.setText("" if desk.show is None else _count(len(desk.show.items)))
        live = self.model.live_row()
        if live is not None and live != self._live_row:
            self._live_row = live
            self.list.scrollTo(self.model.index(live), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.item_picked.emit(index.data(ITEM_ROLE).item.id)

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(380, 360)


def _count(items: int) -> str:
    return "1 item" if items == 1 else f"{items} items"
