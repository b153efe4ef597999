"""The messages of the run, newest last, as Qt wants to see them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.state.desk import MOST_LINES, Line
from ui.state.words import clock_text

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

LINE_ROLE = Qt.ItemDataRole.UserRole + 1


class MessageModel(QAbstractListModel):
    """Only grows, up to ``MOST_LINES``; then the oldest go."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []

    def add(self, line: Line) -> None:
        """Take one more line."""
        if len(self._lines) >= MOST_LINES:
            self.beginRemoveRows(_ROOT, 0, 0)
            del self._lines[0]
            self.endRemoveRows()
        self.beginInsertRows(_ROOT, len(self._lines), len(self._lines))
        self._lines.append(line)
        self.endInsertRows()

    def clear(self) -> None:
        """Nothing has been said yet."""
        self.beginResetModel()
        self._lines.clear()
        self.endResetModel()

    # ------------------------------------------------------------ Qt

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{clock_text(line.at_ns)}  {line.words}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.words
        return None
