"""The cue list: which list is shown, its rows, and the cue that is picked.

Signals:
    cues_picked(str | None, tuple[str, ...]): other rows are picked: the cue in hand, and all of them.
    list_chosen(str): another list is shown.
    standby_asked(): the picked cue was double-clicked.
    change_made(object): a change of the show, as a function from the desk to an Edit.
    columns_chosen(): a column was shown or hidden by hand.
    folds_changed(): an item was folded or unfolded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from ui.cue_list.delegate import ROW_PX, CueDelegate
from ui.cue_list.table import CueTable
from ui.models.cue_list_model import TITLES, Column, CueListModel
from ui.state.cue_edits import drop_edit, field_edit
from ui.state.cue_filter import text_to_filter
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
    Column.NOTES: (150, 220),
}
_STAY = (Column.STATE, Column.NUMBER, Column.LABEL)
_ROOMY_FROM_PX = 860
_LABEL_PX = 140
"""What is left to the label at the least."""
_GIVE_WAY = (Column.CALL, Column.THEN, Column.TIME, Column.WHEN, Column.NOTES)
"""In a narrow list: first the call, which the GO bar shows in any case; what was chosen by hand goes last."""
_FILTER_PX = 260
CLEAR_KEY = "Shift+Esc"
"""Esc alone is panic in Rehearsal and Performance."""


class CueListPanel(QFrame):
    """One list at a time, chosen by chips."""

    cues_picked = Signal(object, object)
    list_chosen = Signal(str)
    standby_asked = Signal()
    change_made = Signal(object)
    columns_chosen = Signal()
    folds_changed = Signal()

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
        self._awaited: tuple[str, ...] = ()  # cues that were asked for and are to be picked once they are there
        self._desk = Desk()
        self.folds: dict[str, frozenset[str]] = {}  # items folded, by show
        self._chosen: dict[Column, bool] = {}
        self._group = QButtonGroup(self)
        self.table = CueTable(self.model, theme, self)
        self.table.setItemDelegate(self._delegate)
        self.filter = QLineEdit(self)
        self.filter.setAccessibleName("Filter the cue list")
        self.filter.setPlaceholderText("Filter")
        self.filter.setToolTip("Text, dept:LX, is:failed; several are narrowed down together")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(_FILTER_PX)
        self._empty = QLabel()
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
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.table.doubleClicked.connect(self._on_double_clicked)
        self.table.dropped.connect(self._on_dropped)
        self.table.head_pressed.connect(self._on_head_pressed)
        self.table.fold_asked.connect(self._on_fold_asked)
        self.model.typed.connect(self._on_typed)
        self.filter.textChanged.connect(self._on_filter_typed)
        self.filter.returnPressed.connect(self.table.setFocus)

    # ------------------------------------------------------------ what is shown

    def show_show(self, desk: Desk) -> None:
        """Another show: its lists as chips, its cues as rows."""
        self._make_chips(desk)
        departments = [(each.id, each.colour) for each in desk.show.departments] if desk.show is not None else []
        self._delegate.set_tints(department_tints(departments, self._theme))
        self.show_list(desk)

    def show_list(self, desk: Desk) -> None:
        """The rows of the list the desk shows."""
        self._desk = desk
        with QSignalBlocker(self):  # rows that go away do not change what is picked
            if desk.show is not None:
                self.model.show_folded(self.folds.get(desk.show.id, frozenset()))
            self.model.show_list(desk)
            self.select(desk.selected, desk.picked)
        self._show_rows()
        self._coming_row = None
        self.show_snapshot(desk)
        if self._awaited and desk.show is not None and self._awaited[0] in desk.show.cue_by_id:
            awaited, self._awaited = self._awaited, ()
            self.cues_picked.emit(awaited[-1], awaited)

    def pick_when_there(self, cues: tuple[str, ...]) -> None:
        """Pick cues as soon as an edit has brought them."""
        self._awaited = cues

    def fold(self, items: Iterable[str]) -> None:
        """Of these items show only the heads."""
        with QSignalBlocker(self):
            self.model.show_folded(frozenset(items))
            self.select(self._desk.selected, self._desk.picked)
        if self._desk.show is not None:
            self.folds[self._desk.show.id] = self.model.folded
            self.folds_changed.emit()

    def remember_folds(self, folds: Mapping[str, frozenset[str]]) -> None:
        """What was folded of each show when it was last seen."""
        self.folds = dict(folds)

    @property
    def columns(self) -> dict[Column, bool]:
        """Columns that were shown or hidden by hand."""
        return dict(self._chosen)

    def show_columns(self, chosen: Mapping[Column, bool]) -> None:
        """Show and hide columns by hand; the others give way where the list is narrow."""
        self._chosen = dict(chosen)
        self._share_out()

    def columns_menu(self) -> QMenu:
        """A tick for each column that can be hidden."""
        menu = QMenu(self)
        for column in Column:
            if column in _STAY:
                continue
            tick = menu.addAction(TITLES[column])
            tick.setCheckable(True)
            tick.setChecked(not self.table.isColumnHidden(column))
            tick.toggled.connect(partial(self._on_column_toggled, column))
        return menu

    def _on_column_toggled(self, column: Column, shown: bool) -> None:
        self.show_columns({**self._chosen, column: shown})
        self.columns_chosen.emit()

    def _share_out(self) -> None:
        roomy = self.width() >= _ROOMY_FROM_PX
        for column, widths in _WIDTHS.items():
            self.table.setColumnWidth(column, widths[roomy])
        shown = {column: self._chosen.get(column, column != Column.NOTES) for column in Column}
        for column in sorted(_GIVE_WAY, key=lambda column: column in self._chosen):
            wide = sum(widths[roomy] for each, widths in _WIDTHS.items() if shown[each])
            if wide + _LABEL_PX > self.width():
                shown[column] = False
        for column in Column:
            self.table.setColumnHidden(column, not shown[column])

    def _show_rows(self) -> None:
        """The rows, or why there are none and what to do."""
        typed = self.filter.text().strip()
        if self.model.holds and typed:
            self._empty.setText(f"No cue matches “{typed}”: {CLEAR_KEY} clears the filter")
        else:
            self._empty.setText("No cues in this list: Ins puts one in, Ctrl+Alt+I takes them from a sheet")
        self._stack.setCurrentWidget(self.table if self.model.rowCount() else self._empty)

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
            if (chip := entry.widget()) is not None and chip is not self.filter:
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
        self._chips.addWidget(self.filter)

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

    def _on_typed(self, cue: str, field: str, text: str) -> None:
        self.change_made.emit(lambda desk: field_edit(desk, cue, field, text))

    def _on_dropped(self, cue: str, neighbour: str, before: bool) -> None:
        self.change_made.emit(lambda desk: drop_edit(desk, cue, neighbour, before=before))

    def _on_filter_typed(self, typed: str) -> None:
        with QSignalBlocker(self):
            self.model.show_filter(text_to_filter(typed))
            self.select(self._desk.selected, self._desk.picked)
        self._show_rows()

    def _on_head_pressed(self, item: str) -> None:
        self.fold(self.model.folded ^ {item})

    def _on_fold_asked(self, folds: bool) -> None:
        show = self._desk.show
        cue = show.cue_by_id.get(self._desk.selected or "") if show is not None else None
        if cue is not None and cue.item is not None:
            self.fold(self.model.folded | {cue.item} if folds else self.model.folded - {cue.item})

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
        self._share_out()
