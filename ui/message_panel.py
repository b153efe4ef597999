"""What the engine said that should be read: refusals, warnings, faults; newest at the foot."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QListView,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.models.message_model import LINE_ROLE, MessageModel
from ui.state.desk import Line
from ui.state.words import Mark, clock_text
from ui.theme import fonts
from ui.theme.colours import Theme
from ui.theme.shapes import draw_shape
from ui.theme.text import RIGHT, write
from ui.theme.tones import tone_colour

ROW_PX: Final = 24
_MARKS: Final = {
    "note": Mark("Note", "dot", "quiet"),
    "warning": Mark("Warning", "triangle", "caution"),
    "error": Mark("Fault", "cross", "stop"),
    "refused": Mark("Refused", "barred", "caution"),
}


class MessagePanel(QFrame):
    """Grows at its foot and stays there, unless someone scrolled up to read."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = MessageModel(self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_LineDelegate(theme, self))
        self.list.setUniformItemSizes(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Messages")
        self.list.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        empty = QLabel("Refusals, warnings and faults appear here")
        empty.setProperty("voice", "caption")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout()
        self._stack.addWidget(empty)
        self._stack.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._stack)

    def add(self, line: Line) -> None:
        """One more line."""
        bar = self.list.verticalScrollBar()
        at_foot = bar.value() >= bar.maximum() - ROW_PX
        self.model.add(line)
        self._stack.setCurrentWidget(self.list)
        if at_foot:
            self.list.scrollToBottom()

    def clear(self) -> None:
        """Another show: nothing has been said."""
        self.model.clear()
        self._stack.setCurrentIndex(0)

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(340, 4 * ROW_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 2 * ROW_PX)


class _LineDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: Line = index.data(LINE_ROLE)
        rect: QRect = option.rect
        mark = _MARKS[line.severity]
        theme = self._theme
        painter.save()
        painter.fillRect(rect, QColor(theme.panel))
        shade = tone_colour(mark.tone, theme)
        draw_shape(painter, mark.shape, QRectF(rect.left() + 8, rect.center().y() - 5, 11, 11), shade)
        inner = QRectF(rect.adjusted(26, 0, -8, 0))
        used = write(painter, inner, clock_text(line.at_ns), fonts.small(), theme.dim, RIGHT)
        colour = theme.dim if line.severity == "note" else theme.text
        write(painter, inner.adjusted(0, 0, -used - 8, 0), line.words, fonts.small(), colour)
        painter.restore()
