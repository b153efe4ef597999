"""A table of differences as Qt wants to see it: one row a difference, and a head above each group."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.state.diff_rows import DiffHead, DiffRow

Index = QModelIndex | QPersistentModelIndex
Line = DiffHead | DiffRow
_ROOT = QModelIndex()

LINE_ROLE = Qt.ItemDataRole.UserRole + 1


class DiffColumn(IntEnum):
    """The columns, left to right."""

    KIND = 0
    NUMBER = 1
    DEPARTMENT = 2
    ITEM = 3
    LABEL = 4
    BEFORE = 5
    AFTER = 6


class DiffModel(QAbstractTableModel):
    """The lines as they are to be seen; a choice of other rows is another set of lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._titles = ["", "Cue", "Dept", "Item", "Label", "Before", "After"]

    def show_lines(self, lines: tuple[Line, ...], before: str, after: str) -> None:
        """Other lines; ``before`` and ``after`` head the two sides."""
        self.beginResetModel()
        self._lines = lines
        self._titles[DiffColumn.BEFORE :] = [before, after]
        self.endResetModel()

    def row_at(self, place: int) -> DiffRow | None:
        """The difference in a line; None for a head."""
        line = self._lines[place] if 0 <= place < len(self._lines) else None
        return line if isinstance(line, DiffRow) else None

    # ------------------------------------------------------------ Qt

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(DiffColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return _cells(line)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, _cells(line)))
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(line, DiffRow):
            return _cells(line)[index.column()] or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | Qt.AlignmentFlag | None:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._lines[index.row()], DiffHead):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


def _cells(line: Line) -> tuple[str, ...]:
    if isinstance(line, DiffHead):
        return (line.title, "", "", "", "", "", str(line.count))
    return (line.mark.word, line.number, line.department, line.item, line.label, line.before, line.after)
