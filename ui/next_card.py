"""The next three, soonest first: pressed or by itself, and when."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.state.calls import Call
from ui.state.words import countdown_text
from ui.theme import fonts
from ui.theme.colours import Theme, Tint, plain_tint
from ui.theme.shapes import draw_shape
from ui.theme.text import CENTRE, RIGHT, write


class NextCard(QWidget):
    """Three rows that share what height there is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._calls: tuple[Call, ...] = ()
        self._shown: tuple[object, ...] = (None,)
        self.tints: dict[str, Tint] = {}
        self.setMinimumWidth(230)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Next three")

    def show_calls(self, calls: tuple[Call, ...]) -> None:
        """Other cues, or other countdowns."""
        shown = tuple((call.cue, call.words, call.urgency, call.called, countdown_text(call.in_ns)) for call in calls)
        if shown == self._shown:
            return
        self._shown, self._calls = shown, calls
        self.setAccessibleDescription(
            "; ".join(f"{call.words or call.name} {call.cue.label}".strip() for call in calls)
        )
        self.update()

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(340, 74)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._calls:
            write(painter, self.rect(), "Nothing else is coming", fonts.body(), self._theme.dim, CENTRE)
        row_px = self.height() / 3
        for place, call in enumerate(self._calls):
            gap_px = 2 if row_px > 30 else 1
            row = QRectF(0, place * row_px, self.width(), row_px).adjusted(0, gap_px, 0, -gap_px)
            painter.fillRect(row, QColor(self._theme.raised))
            self._paint_row(painter, row, call)
        painter.end()

    # ------------------------------------------------------------ inside

    def _paint_row(self, painter: QPainter, row: QRectF, call: Call) -> None:
        theme = self._theme
        soon = call.urgency != "ahead"
        if soon:
            painter.fillRect(QRectF(row.left(), row.top(), 3, row.height()), QColor(theme.bright))
        shade = theme.bright if soon else theme.dim
        shape = QRectF(row.left() + 11, row.center().y() - 6, 12, 12)
        draw_shape(painter, "diamond" if call.called else "clock", shape, shade)
        inner = row.adjusted(32, 0, -12, 0)
        count = countdown_text(call.in_ns) or ("called" if call.called else "")
        used = write(painter, inner, count, fonts.medium() if soon else fonts.body(), shade, RIGHT)
        inner.adjust(0, 0, -used - 10, 0)
        if call.words:
            used = write(painter, inner, call.words, fonts.strong(fonts.BODY_PX), theme.bright)
        else:
            tint = self.tints.get(call.department, plain_tint(theme))
            used = write(painter, inner, call.name, fonts.medium(), tint.text)
        inner.adjust(used + 10, 0, 0, 0)
        write(painter, inner, call.cue.label, fonts.body(), theme.text)
