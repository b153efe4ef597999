"""What the engine said that should be read: refusals, warnings, faults; newest at the foot."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QListView,
    QSizePolicy,
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
MOST_LINES: Final = 6
EMPTY_PX: Final = 32
LEAST_PX: Final = 30
FILLED_PX: Final = 96
_LEFT_PX: Final = 24
_TIME_PX: Final = 54
_WRAPPED: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
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
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
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
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setFixedHeight(EMPTY_PX)

    def sizeHint(self) -> QSize:
        return QSize(300, self.maximumHeight())

    def add(self, line: Line) -> None:
        """One more line."""
        bar = self.list.verticalScrollBar()
        at_foot = bar.value() >= bar.maximum() - ROW_PX
        self.model.add(line)
        self._stack.setCurrentWidget(self.list)
        self.setMinimumHeight(LEAST_PX)
        self.setMaximumHeight(FILLED_PX)
        if at_foot:
            self.list.scrollToBottom()

    def clear(self) -> None:
        """Another show: nothing has been said."""
        self.model.clear()
        self._stack.setCurrentIndex(0)
        self.setFixedHeight(EMPTY_PX)


class _LineDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line: Line = index.data(LINE_ROLE)
        room_px = max(option.rect.width() - _LEFT_PX - _TIME_PX, 80)
        metrics = QFontMetrics(fonts.small())
        text = metrics.boundingRect(QRect(0, 0, room_px, 1000), _WRAPPED, line.words)
        return QSize(200, min(text.height(), MOST_LINES * metrics.lineSpacing()) + 9)

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
        draw_shape(painter, mark.shape, QRectF(rect.left() + 6, rect.top() + 7, 11, 11), shade)
        first = QRectF(rect.left(), rect.top() + 3, rect.width() - 6, 18)
        write(painter, first, clock_text(line.at_ns), fonts.small(), theme.dim, RIGHT)
        painter.setFont(fonts.small())
        painter.setPen(QColor(theme.dim if line.severity == "note" else theme.text))
        painter.drawText(rect.adjusted(_LEFT_PX, 4, -_TIME_PX, -2), _WRAPPED, line.words)
        painter.restore()
