"""The rundown as Qt wants to see it: one row an item."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.state.desk import Desk
from ui.state.rows import ItemRow, item_rows

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

ITEM_ROLE = Qt.ItemDataRole.UserRole + 1


class RundownModel(QAbstractListModel):
    """Rows follow the snapshots: those that read differently are told."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ItemRow, ...] = ()

    def show_desk(self, desk: Desk) -> None:
        """Take the rundown as it stands now."""
        rows = item_rows(desk)
        if [row.item.id for row in rows] != [row.item.id for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        before, self._rows = self._rows, rows
        for place, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(place), self.index(place))

    def row_of(self, item: str | None) -> int | None:
        """The row an item stands in."""
        return next((place for place, row in enumerate(self._rows) if row.item.id == item), None)

    def live_row(self) -> int | None:
        """The row of the live item, else of the next."""
        words = [row.mark.word for row in self._rows]
        return next((words.index(word) for word in ("Live", "Next", "Loaded") if word in words), None)

    # ------------------------------------------------------------ Qt

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ITEM_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            now = f"{'started' if row.now_is_actual else 'expected'} {row.now}" if row.now else ""
            silent = f"no answer from {row.silent}" if row.silent else ""
            words = (row.item.title, row.mark.word, f"planned {row.planned}", now, row.slip, silent)
            return ", ".join(filter(None, words))
        if role == Qt.ItemDataRole.ToolTipRole:
            silent = f"Have not answered lately: {row.silent}" if row.silent else ""
            untold = f"Have no way to say: {row.untold}" if row.untold else ""
            return "\n".join(filter(None, (silent, untold, row.item.notes))) or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
