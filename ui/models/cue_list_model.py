"""The cue list as Qt wants to see it: one row a cue, and a head above each item's cues."""

from __future__ import annotations

from enum import IntEnum
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.state.cue_filter import Filter
from ui.state.desk import Desk
from ui.state.rows import CueRow, ItemHead, Row, list_rows
from ui.state.words import CUE_MARKS, ITEM_KINDS, Mark

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
MARK_ROLE = Qt.ItemDataRole.UserRole + 2
FOLDED_ROLE = Qt.ItemDataRole.UserRole + 3


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
    NOTES = 8


TITLES = ("State", "Cue", "Dept", "Label", "Call", "When", "Time", "Then", "Notes")
TYPED = MappingProxyType(
    {
        Column.NUMBER: "number",
        Column.LABEL: "label",
        Column.CALL: "call",
        Column.WHEN: "at",
        Column.NOTES: "notes",
    }
)
"""Columns that are edited in place, and the field of the cue each is."""


class CueListModel(QAbstractTableModel):
    """One list of the show. Only rows that came, went, moved, or read otherwise are told.

    Signals:
        typed(str, str, str): a cue, its field, and what was typed into it. The show is changed by the engine alone.
    """

    typed = Signal(str, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: dict[str, CueRow] = {}
        self._list: tuple[Row, ...] = ()  # all rows of the list
        self._rows: list[Row] = []  # those on show
        self._row_of: dict[str, int] = {}
        self._marks: dict[str, str] = {}
        self._list_shown = ""
        self._filter = Filter()
        self._folded: frozenset[str] = frozenset()

    def show_list(self, desk: Desk) -> None:
        """Take the rows of the list the desk shows."""
        rows: tuple[Row, ...] = ()
        if desk.show is not None and desk.schedule is not None:
            rows = list_rows(desk.show, desk.schedule, desk.list_shown, self._all)
        self._list = rows
        self._all = {row.cue.id: row for row in rows if isinstance(row, CueRow)}
        if desk.list_shown != self._list_shown:
            self._list_shown, self._marks = desk.list_shown, desk.marks
            self._begin_anew()
        else:
            self._exchange(self._kept())
            self.show_marks(desk.marks)

    def show_filter(self, words: Filter) -> None:
        """Show only what fits; folded items are looked into."""
        self._filter = words
        self._exchange(self._kept())

    def show_folded(self, items: frozenset[str]) -> None:
        """Show of these items only the heads."""
        if items == self._folded:
            return
        self._folded = items
        self._exchange(self._kept())
        for place, row in enumerate(self._rows):
            if isinstance(row, ItemHead):
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(Column) - 1))

    @property
    def folded(self) -> frozenset[str]:
        """The items of which only heads are shown."""
        return self._folded

    @property
    def holds(self) -> bool:
        """Whether the list has rows, shown or not."""
        return bool(self._list)

    def head_at(self, row: int) -> str | None:
        """The item whose head stands in a row; None for a cue."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found.item.id if isinstance(found, ItemHead) else None

    def show_marks(self, marks: dict[str, str]) -> None:
        """Take the marks as they are now."""
        before, self._marks = self._marks, marks
        if before is marks:
            return
        for cue in before.keys() | marks.keys():
            if before.get(cue) != marks.get(cue) and (place := self._row_of.get(cue)) is not None:
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(Column) - 1))
        if self._filter.states and before != marks:
            self._exchange(self._kept())

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
        if role == FOLDED_ROLE:
            return isinstance(row, ItemHead) and row.item.id in self._folded and not self._filter
        if role == Qt.ItemDataRole.EditRole:
            return self._text(row, Column(index.column())).replace("−", "-")
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
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() in TYPED else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        cue, field = self.cue_at(index.row()), TYPED.get(Column(index.column()))
        if role != Qt.ItemDataRole.EditRole or cue is None or field is None:
            return False
        if value != self.data(index, Qt.ItemDataRole.EditRole):
            self.typed.emit(cue, field, str(value))
        return True

    # ------------------------------------------------------------ inside

    def _kept(self) -> list[Row]:
        """The rows that fit, under the heads of those that do."""
        if not self._filter:
            folded = self._folded
            return [row for row in self._list if isinstance(row, ItemHead) or row.cue.item not in folded]
        kept: list[Row] = []
        head: ItemHead | None = None
        for row in self._list:
            if isinstance(row, ItemHead):
                head = row
            elif self._filter.fits(row, self.mark_of(row).word):
                if head is not None:
                    kept.append(head)
                    head = None
                kept.append(row)
        return kept

    def _begin_anew(self) -> None:
        self.beginResetModel()
        self._take(self._kept())
        self.endResetModel()

    def _take(self, rows: list[Row]) -> None:
        self._rows = rows
        self._row_of = {row.cue.id: place for place, row in enumerate(rows) if isinstance(row, CueRow)}

    def _exchange(self, now: list[Row]) -> None:
        """From the rows on show to others, told as little as it takes: one stretch goes, comes or moves."""
        old, new = [_key(row) for row in self._rows], [_key(row) for row in now]
        if old != new:
            first = next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), None)
            first = min(len(old), len(new)) if first is None else first
            rest = min(len(old), len(new)) - first
            last = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
            self._exchange_stretch(now, first, len(old) - last, len(new) - last)
        told, self._rows = self._rows, now
        for place, (before, row) in enumerate(zip(told, now, strict=True)):
            if before is not row and before != row:
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(Column) - 1))

    def _exchange_stretch(self, now: list[Row], first: int, old_end: int, new_end: int) -> None:
        """Rows from ``first`` to the old end become those to the new end."""
        going, coming = self._rows[first:old_end], now[first:new_end]
        keys, wanted = [_key(row) for row in going], [_key(row) for row in coming]
        if len(keys) > 1 and keys[1:] + keys[:1] == wanted:
            self.beginMoveRows(_ROOT, first, first, _ROOT, old_end)
            self._take([*self._rows[:first], *going[1:], going[0], *self._rows[old_end:]])
            self.endMoveRows()
            return
        if len(keys) > 1 and keys[-1:] + keys[:-1] == wanted:
            self.beginMoveRows(_ROOT, old_end - 1, old_end - 1, _ROOT, first)
            self._take([*self._rows[:first], going[-1], *going[:-1], *self._rows[old_end:]])
            self.endMoveRows()
            return
        if going:
            self.beginRemoveRows(_ROOT, first, old_end - 1)
            self._take([*self._rows[:first], *self._rows[old_end:]])
            self.endRemoveRows()
        if coming:
            self.beginInsertRows(_ROOT, first, new_end - 1)
            self._take([*self._rows[:first], *coming, *self._rows[first:]])
            self.endInsertRows()

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
            Column.NOTES: row.cue.notes,
        }[column]


def _key(row: Row) -> tuple[bool, str]:
    return (True, row.cue.id) if isinstance(row, CueRow) else (False, row.item.id)
