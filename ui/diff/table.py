"""A table of differences with what chooses among them above and the picked one in full below.

Signals:
    cue_picked(object): the id of the cue of the row that was picked, or None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from console.show.show import Department
from ui.diff.delegate import ROW_PX, DiffDelegate
from ui.models.diff_model import DiffColumn, DiffModel
from ui.picker import Picker
from ui.state.diff_rows import GROUPINGS, DiffRow, Shown, choose_rows, group_rows
from ui.theme.colours import Theme, department_tints

_WIDTHS = {
    DiffColumn.KIND: 120,
    DiffColumn.NUMBER: 76,
    DiffColumn.DEPARTMENT: 62,
    DiffColumn.ITEM: 170,
    DiffColumn.LABEL: 170,
}
_ITEM_FROM_PX = 900
NOTHING = "–"


class DiffTable(QFrame):
    """Rows are given once; what is seen of them is chosen here."""

    cue_picked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("panel", True)
        self._rows: tuple[DiffRow, ...] = ()
        self._sides = ("Before", "After")
        self._shown = Shown()
        self.model = DiffModel(self)
        self._delegate = DiffDelegate(theme, self)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Search")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("Search the differences")
        self.search.setMaximumWidth(260)
        self.kinds = Picker("Kind of difference", theme, self)
        self.departments = Picker("Department", theme, self)
        self.grouping = Picker("Grouping", theme, self)
        for by, words in GROUPINGS.items():
            self.grouping.addItem(words, by)
        self.count = QLabel(self)
        self.count.setProperty("voice", "dim")
        self.tools = QHBoxLayout()
        self.tools.setContentsMargins(8, 6, 8, 6)
        self.tools.setSpacing(8)
        for widget in (self.grouping, self.kinds, self.departments, self.search, self.count):
            self.tools.addWidget(widget)
        self.tools.addStretch(1)
        self.table = self._make_table()
        self._empty = QLabel(self)
        self._empty.setProperty("voice", "dim")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self.detail = QLabel(self)
        self.detail.setWordWrap(True)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setMinimumHeight(52)
        self.detail.setContentsMargins(10, 6, 10, 6)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.detail.setAccessibleName("The picked difference")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addLayout(self.tools)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self.detail)
        self.search.textChanged.connect(self._on_chosen)
        for combo in (self.kinds, self.departments, self.grouping):
            combo.currentIndexChanged.connect(self._on_chosen)
        self.say("")

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setModel(self.model)
        table.setItemDelegate(self._delegate)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setAccessibleName("Differences")
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        for column in (DiffColumn.BEFORE, DiffColumn.AFTER):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column, width_px in _WIDTHS.items():
            table.setColumnWidth(column, width_px)
        table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        return table

    # ------------------------------------------------------------ what is shown

    def show_rows(self, rows: tuple[DiffRow, ...], departments: Sequence[Department], before: str, after: str) -> None:
        """Other differences; what was chosen of them before stays chosen where there still is such."""
        self._rows, self._sides = rows, (before, after)
        self._delegate.set_tints(department_tints([(each.id, each.colour) for each in departments], self._theme))
        kinds = dict.fromkeys(row.kind for row in rows)
        found = {row.department for row in rows}
        _refill(self.kinds, "Every kind", [(kind[:1].upper() + kind[1:], kind) for kind in kinds])
        named = [(f"{each.id}  {each.name}", each.id) for each in departments if each.id in found]
        _refill(self.departments, "Every department", named)
        self._on_chosen()

    def show_weight(self, weight: str | None) -> None:
        """Only what belongs to a tile; None: everything."""
        self._shown = replace(self._shown, weight=weight)
        self._show()

    def say(self, words: str) -> None:
        """Words in the table's place: it is being reckoned, or cannot be."""
        self._rows = ()
        self._show()
        self._empty.setText(words)

    # ------------------------------------------------------------ inside

    def _on_chosen(self) -> None:
        self._shown = replace(
            self._shown,
            kind=self.kinds.currentData(),
            department=self.departments.currentData(),
            text=self.search.text(),
            by=self.grouping.currentData(),
        )
        self._show()

    def _show(self) -> None:
        chosen = choose_rows(self._rows, self._shown)
        lines = group_rows(chosen, self._shown.by)
        self.table.clearSpans()
        self.model.show_lines(lines, *self._sides)
        for place, line in enumerate(lines):
            if not isinstance(line, DiffRow):
                self.table.setSpan(place, 0, 1, len(DiffColumn))
        self.count.setText(
            f"{len(chosen)} of {len(self._rows)}" if len(chosen) != len(self._rows) else f"{len(chosen)}"
        )
        self._empty.setText("Nothing of this kind" if self._rows else "No difference")
        self._stack.setCurrentWidget(self.table if lines else self._empty)
        self._tell(None)
        self.detail.setVisible(bool(lines))

    def _on_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = self.model.row_at(current.row()) if current.isValid() else None
        self._tell(row)
        self.cue_picked.emit(None if row is None else row.cue)

    def _tell(self, row: DiffRow | None) -> None:
        self.detail.setText("A row that is picked is told in full here" if row is None else _in_full(row))
        self.detail.setProperty("voice", "dim" if row is None else "")
        self.detail.style().polish(self.detail)

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(900, 420)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(DiffColumn.ITEM, self.width() < _ITEM_FROM_PX)


def _refill(combo: QComboBox, everything: str, entries: Sequence[tuple[str, str]]) -> None:
    chosen = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    combo.addItem(everything, None)
    for words, value in entries:
        combo.addItem(words, value)
    combo.setCurrentIndex(max(combo.findData(chosen), 0))
    combo.blockSignals(False)


def _in_full(row: DiffRow) -> str:
    cue = " ".join(filter(None, (row.number and f"Cue {row.number}", row.label, row.role and f"({row.role})")))
    return f"{cue}: {row.kind}\n{row.before or NOTHING}  →  {row.after or NOTHING}"
