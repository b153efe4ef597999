"""The cue list as Qt wants to see it: one row a cue, and a head above each item's cues."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.state.desk import Desk
from ui.state.rows import CueRow, ItemHead, Row, list_rows
from ui.state.words import CUE_MARKS, ITEM_KINDS, Mark

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
MARK_ROLE = Qt.ItemDataRole.UserRole + 2


class Column(IntEnum):
    """The columns, left to right."""

    STATE = 0
    NUMBER = 1
    DEPARTMENT = 2
    LABEL = 3
    CALL = 4
    WHEN = 5
    TIME = 6
    THEN = 7


TITLES = ("State", "Cue", "Dept", "Label", "Call", "When", "Time", "Then")


class CueListModel(QAbstractTableModel):
    """One list of the show. Marks follow the snapshots: only rows whose mark changed are told."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._row_of: dict[str, int] = {}
        self._marks: dict[str, str] = {}

    def show_list(self, desk: Desk) -> None:
        """Take the rows of the list the desk shows, anew."""
        self.beginResetModel()
        rows: tuple[Row, ...] = ()
        if desk.show is not None and desk.schedule is not None:
            rows = list_rows(desk.show, desk.schedule, desk.list_shown)
        self._rows = rows
        self._row_of = {row.cue.id: place for place, row in enumerate(rows) if isinstance(row, CueRow)}
        self._marks = desk.marks
        self.endResetModel()

    def show_marks(self, marks: dict[str, str]) -> None:
        """Take the marks as they are now."""
        before, self._marks = self._marks, marks
        for cue in before.keys() | marks.keys():
            if before.get(cue) != marks.get(cue) and (place := self._row_of.get(cue)) is not None:
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(Column) - 1))

    def row_of(self, cue: str | None) -> int | None:
        """The row a cue stands in, or None where the list does not have it."""
        return None if cue is None else self._row_of.get(cue)

    def cue_at(self, row: int) -> str | None:
        """The cue in a row; None for a head."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found.cue.id if isinstance(found, CueRow) else None

    def mark_of(self, row: Row) -> Mark:
        """How a cue's row is marked now."""
        return CUE_MARKS[self._marks.get(row.cue.id, "ahead")] if isinstance(row, CueRow) else CUE_MARKS["ahead"]

    # ------------------------------------------------------------ Qt

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == MARK_ROLE:
            return self.mark_of(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, Column(index.column()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (self._text(row, column) for column in Column)))
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, CueRow):
            return row.cue.notes or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | Qt.AlignmentFlag | None:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return TITLES[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._rows[index.row()], ItemHead):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def _text(self, row: Row, column: Column) -> str:
        if isinstance(row, ItemHead):
            return {Column.LABEL: row.item.title, Column.WHEN: ITEM_KINDS[row.item.kind]}.get(column, "")
        return {
            Column.STATE: self.mark_of(row).word,
            Column.NUMBER: row.cue.number,
            Column.DEPARTMENT: row.department,
            Column.LABEL: row.cue.label,
            Column.CALL: row.cue.call,
            Column.WHEN: row.when,
            Column.TIME: row.time,
            Column.THEN: row.then,
        }[column]
