"""The songs of a new show, typed in place: a row each, and a fresh one at the end as long as anything is typed.

Signals:
    songs_changed(): a cell was typed, tapped or taken out.
    song_picked(): another row is in hand.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ui.state.new_show import FRESH, TITLES, Cells

_WIDTHS = (0, 66, 66, 66, 130, 80)


class SongTable(QTableWidget):
    """Every cell is text; whether it is a length or a tempo is for the dialog to say."""

    songs_changed = Signal()
    song_picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(TITLES), parent)
        self.setAccessibleName("Songs")
        self.setHorizontalHeaderLabels(list(TITLES))
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setStyleSheet("QTableCornerButton::section { background: transparent; border: none; }")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setDefaultSectionSize(30)
        for column, width in enumerate(_WIDTHS):
            if width:
                self.setColumnWidth(column, width)
        self.itemChanged.connect(self._on_changed)
        self.currentCellChanged.connect(self._on_picked)
        self.add_song(FRESH)

    @property
    def rows(self) -> tuple[Cells, ...]:
        """What stands there, the fresh row at the end included."""
        return tuple(
            tuple(self._text(row, column) for column in range(self.columnCount())) for row in range(self.rowCount())
        )

    def add_song(self, cells: Sequence[str]) -> None:
        """One more row at the end."""
        row = self.rowCount()
        self.blockSignals(True)
        self.insertRow(row)
        for column, text in enumerate(cells):
            self.setItem(row, column, QTableWidgetItem(text))
        self.blockSignals(False)

    def take_songs(self, songs: Sequence[Cells]) -> None:
        """Songs of a sheet, behind those that are there."""
        if self.rows[-1:] == (FRESH,):
            self.removeRow(self.rowCount() - 1)
        for cells in songs:
            self.add_song(cells)
        self.add_song(FRESH)
        self.songs_changed.emit()

    def write(self, row: int, column: int, text: str) -> None:
        """As if it had been typed."""
        self.setItem(row, column, QTableWidgetItem(text))

    def remove_picked(self) -> None:
        """The row in hand goes; the last one is made fresh."""
        if self.currentRow() < 0:
            return
        self.removeRow(self.currentRow())
        if not self.rowCount():
            self.add_song(FRESH)
        self.songs_changed.emit()

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return item.text().strip() if item is not None else ""

    def _on_changed(self, item: QTableWidgetItem) -> None:
        if item.row() == self.rowCount() - 1 and self.rows[-1] != FRESH:
            self.add_song(FRESH)
        self.songs_changed.emit()

    def _on_picked(self, row: int, _column: int, before: int, _column_before: int) -> None:
        if row != before:
            self.song_picked.emit()

    # ------------------------------------------------------------ Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)  # Return that ends a cell comes by here too
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_picked()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.editItem(self.currentItem())
        else:
            super().keyPressEvent(event)
