"""A list of things to choose from, each a title over a line of words; used by the welcome page and the open dialog.

Signals (Qt's own): itemActivated, currentRowChanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.theme import fonts
from ui.theme.colours import Theme
from ui.theme.text import write

ROW_PX: Final = 58
MOST_ROWS: Final = 5
_WORDS = Qt.ItemDataRole.UserRole + 1
_NAME = Qt.ItemDataRole.UserRole + 2


class ChoiceList(QListWidget):
    """One can be current; a double click or Return activates it."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None, *, fills: bool = False) -> None:
        """``fills``: as high as there is room, not as high as its rows."""
        super().__init__(parent)
        self._fills = fills
        self.setAccessibleName(name)
        self.setItemDelegate(_ChoiceDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("background: transparent;")

    def show_choices(self, choices: Sequence[tuple[str, str, str]], current: str | None = None) -> None:
        """(name, title, words) of each; ``current`` is picked, else the first."""
        self.clear()
        for name, title, words in choices:
            item = QListWidgetItem(title)
            item.setData(_NAME, name)
            item.setData(_WORDS, words)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {words}")
            self.addItem(item)
        if choices:
            self.setCurrentRow(next((row for row, (name, _, _) in enumerate(choices) if name == current), 0))
        if not self._fills:
            self.setFixedHeight(min(max(len(choices), 1), MOST_ROWS) * ROW_PX + 4)

    @property
    def chosen(self) -> str | None:
        """The name of the current one."""
        return str(self.currentItem().data(_NAME)) if self.currentRow() >= 0 else None

    def choose(self, name: str) -> None:
        """Pick the one of that name; none where there is no such."""
        for row in range(self.count()):
            if self.item(row).data(_NAME) == name:
                self.setCurrentRow(row)


class _ChoiceDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._theme
        rect: QRect = option.rect
        picked = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_focus = picked and bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(QColor(theme.bright if has_focus else theme.dim if picked else theme.line), 1 + has_focus))
        painter.setBrush(QColor(theme.select if picked else theme.hover if over else theme.raised))
        painter.drawRoundedRect(QRectF(rect).adjusted(1.5, 2.5, -1.5, -2.5), 6, 6)
        inner = QRectF(rect.adjusted(16, 9, -16, -9))
        write(painter, QRectF(inner.left(), inner.top(), inner.width(), 21), index.data(), fonts.strong(), theme.text)
        lower = QRectF(inner.left(), inner.bottom() - 18, inner.width(), 18)
        write(painter, lower, index.data(_WORDS), fonts.small(), theme.dim)
        painter.restore()
