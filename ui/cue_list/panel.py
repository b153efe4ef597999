"""The cue list: which list is shown, its rows, and the cue that is picked.

Signals:
    cues_picked(str | None, tuple[str, ...]): other rows are picked: the cue in hand, and all of them.
    list_chosen(str): another list is shown.
    standby_asked(): the picked cue was double-clicked.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.cue_list.delegate import ROW_PX, CueDelegate
from ui.models.cue_list_model import Column, CueListModel
from ui.state.desk import Desk
from ui.state.rows import list_names
from ui.theme.colours import Theme, department_tints

_WIDTHS = {
    Column.STATE: (88, 104),  # where the list is narrow, and where it has room
    Column.NUMBER: (76, 88),
    Column.DEPARTMENT: (58, 66),
    Column.CALL: (150, 160),
    Column.WHEN: (112, 130),
    Column.TIME: (70, 84),
    Column.THEN: (68, 84),
}
_ROOMY_FROM_PX = 860
_THEN_FROM_PX = 640
"""What gives way in a narrow list: first the call, which the GO bar shows in any case, then what follows."""


class CueListPanel(QFrame):
    """One list at a time, chosen by chips."""

    cues_picked = Signal(object, object)
    list_chosen = Signal(str)
    standby_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("panel", True)
        self.model = CueListModel(self)
        self._delegate = CueDelegate(theme, self)
        self._coming_row: int | None = None
        self._chips = QHBoxLayout()
        self._chips.setContentsMargins(8, 6, 8, 4)
        self._chips.setSpacing(2)
        self._group = QButtonGroup(self)
        self.table = self._make_table()
        self._empty = QLabel("No cues in this list")
        self._empty.setProperty("voice", "dim")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addLayout(self._chips)
        layout.addLayout(self._stack)

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setModel(self.model)
        table.setItemDelegate(self._delegate)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setAccessibleName("Cue list")
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(Column.LABEL, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        table.doubleClicked.connect(self._on_double_clicked)
        return table

    # ------------------------------------------------------------ what is shown

    def show_show(self, desk: Desk) -> None:
        """Another show: its lists as chips, its cues as rows."""
        self._make_chips(desk)
        departments = [(each.id, each.colour) for each in desk.show.departments] if desk.show is not None else []
        self._delegate.set_tints(department_tints(departments, self._theme))
        self.show_list(desk)

    def show_list(self, desk: Desk) -> None:
        """The rows of the list the desk shows."""
        self.model.show_list(desk)
        self._stack.setCurrentWidget(self.table if self.model.rowCount() else self._empty)
        self._coming_row = None
        self.show_snapshot(desk)

    def show_snapshot(self, desk: Desk) -> None:
        """The marks as they are now; what comes next is kept in sight when it changes."""
        self.model.show_marks(desk.marks)
        standby = desk.standby(desk.list_shown)
        row = self.model.row_of(desk.coming())
        if row is None:
            row = self.model.row_of(standby.id if standby is not None else None)
        if row is not None and row != self._coming_row:
            self._coming_row = row
            self._bring_into_sight(row)

    def select(self, cue: str | None, cues: Sequence[str] = ()) -> None:
        """Pick the rows of a cue and of those picked with it, or none."""
        rows = {row for each in (cue, *cues) if (row := self.model.row_of(each)) is not None}
        selection = self.table.selectionModel()
        if rows == {index.row() for index in selection.selectedRows()}:
            return
        chosen = QItemSelection()
        for row in rows:
            index = self.model.index(row, Column.LABEL)
            chosen.select(index, index)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        with QSignalBlocker(self):
            lead = self.model.row_of(cue)
            if lead is not None:
                index = self.model.index(lead, Column.LABEL)
                selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
                self.table.scrollTo(index)
            selection.select(chosen, flags)

    # ------------------------------------------------------------ inside

    def _make_chips(self, desk: Desk) -> None:
        while (entry := self._chips.takeAt(0)) is not None:
            if (chip := entry.widget()) is not None:
                self._group.removeButton(chip)  # type: ignore[arg-type]
                chip.deleteLater()
        for name, title in list_names(desk.show) if desk.show is not None else ():
            chip = QPushButton(title, self)
            chip.setProperty("chip", True)
            chip.setCheckable(True)
            chip.setChecked(name == desk.list_shown)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.setAccessibleName(f"Show list {title}")
            chip.setObjectName(f"list:{name}")
            chip.clicked.connect(self._on_chip_clicked)
            self._group.addButton(chip)
            self._chips.addWidget(chip)
        self._chips.addStretch(1)

    def _on_chip_clicked(self) -> None:
        chip = self.sender()
        if chip is not None:
            self.list_chosen.emit(chip.objectName().removeprefix("list:"))

    def _on_selection_changed(self) -> None:
        picked = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        cues = tuple(cue for row in picked if (cue := self.model.cue_at(row)) is not None)
        in_hand = self.model.cue_at(self.table.currentIndex().row())
        self.cues_picked.emit(in_hand if in_hand in cues else next(iter(cues), None), cues)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if self.model.cue_at(index.row()) is not None:
            self.standby_asked.emit()

    def _bring_into_sight(self, row: int) -> None:
        """It stands at about a third of the height, unless it is well in sight already."""
        top = self.table.rowViewportPosition(row)
        height = self.table.viewport().height()
        if ROW_PX <= top <= height * 0.6:
            return
        bar = self.table.verticalScrollBar()
        bar.setValue(bar.value() + top - height // 3)

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(760, 360)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= _ROOMY_FROM_PX
        for column, widths in _WIDTHS.items():
            self.table.setColumnWidth(column, widths[roomy])
        self.table.setColumnHidden(Column.CALL, not roomy)
        self.table.setColumnHidden(Column.THEN, self.width() < _THEN_FROM_PX)
