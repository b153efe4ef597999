"""A house as Qt wants to see it: one row for each role, device, policy and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.state.house_rows import HouseRow
from ui.state.lamps import Lamp

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

DRAWN_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Drawn:
    """A row as it is painted. ``goes_on``: the next belongs to the same role; the lamp is None unless loaded."""

    row: HouseRow
    goes_on: bool
    lamp: Lamp | None


class HouseModel(QAbstractListModel):
    """Rows of one house; headings cannot be picked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[HouseRow, ...] = ()
        self._lamps: Mapping[str, Lamp] = {}

    def show_rows(self, rows: tuple[HouseRow, ...]) -> None:
        """Another house, or another state of it."""
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def show_lamps(self, lamps: Mapping[str, Lamp]) -> None:
        """The lamps of the loaded house by device; none for another."""
        if lamps != self._lamps:
            self._lamps = lamps
            if self._rows:
                self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def row_at(self, place: int) -> HouseRow | None:
        """The row in a place; None for headings and beyond."""
        row = self._rows[place] if 0 <= place < len(self._rows) else None
        return None if row is None or row.kind == "heading" else row

    def place_of(self, key: tuple[str, ...]) -> int | None:
        """Where a row stands now."""
        return next((place for place, row in enumerate(self._rows) if row.key == key), None)

    # ------------------------------------------------------------ Qt

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        lamp = self._lamps.get(row.device) if row.device else None
        if role == DRAWN_ROLE:
            after = index.row() + 1
            return Drawn(row, after < len(self._rows) and self._rows[after].follows, lamp)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.words if lamp is None else f"{row.words}, {lamp.mark.word} {lamp.detail}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self._rows[index.row()].kind == "heading":
            return Qt.ItemFlag.ItemNeverHasChildren  # the keys step over it
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
