"""The cue the next press runs: its call, number, label, and how long until then where that is known."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.state.calls import Call
from ui.state.go import GoFace
from ui.state.words import countdown_text, when_text
from ui.theme import fonts
from ui.theme.colours import Theme, Tint, plain_tint
from ui.theme.shapes import draw_shape
from ui.theme.text import CENTRE, RIGHT, fitting, write

_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class StandbyCard(QWidget):
    """Four lines: what is said now; number and countdown; label; the call, or why a press would not run it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._call: Call | None = None
        self._shown: tuple[object, ...] = ()
        self._empty = ""
        self._face = GoFace("off", "")
        self.tints: dict[str, Tint] = {}
        self.setMinimumWidth(280)
        self.setAccessibleName("In standby")

    def show_call(self, call: Call | None, empty: str, face: GoFace) -> None:
        """Another standby, another countdown, or why a press would not run it."""
        shown = (call and (call.cue, call.words, call.urgency, countdown_text(call.in_ns)), empty, face)
        if shown == self._shown:
            return
        self._shown, self._call, self._empty, self._face = shown, call, empty, face
        words = empty if call is None else f"{call.words or call.name} {call.cue.label}".strip()
        self.setAccessibleDescription(words)
        self.update()

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(420, 126)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QColor(self._theme.line))
        painter.setBrush(QColor(self._theme.standby if self._call is not None else self._theme.panel))
        painter.drawRoundedRect(box, 8, 8)
        inner = box.adjusted(16, 8, -16, -8)
        if self._call is None:
            write(painter, inner, self._empty, fonts.body(), self._theme.dim, CENTRE)
        else:
            self._paint_head(painter, inner, self._call)
            self._paint_number(painter, QRectF(inner.left(), inner.top() + 22, inner.width(), 38), self._call)
            self._paint_words(painter, inner.adjusted(0, 62, 0, 0), self._call)
        painter.end()

    # ------------------------------------------------------------ inside

    def _paint_head(self, painter: QPainter, inner: QRectF, call: Call) -> None:
        theme = self._theme
        top = QRectF(inner.left(), inner.top(), inner.width(), 20)
        confirmed = self._face.confirmed
        sign = "tick" if confirmed else "play" if call.urgency == "due" else "diamond"
        draw_shape(painter, sign, QRectF(top.left(), top.top() + 4, 12, 12), theme.bright)
        when = f"called · {when_text(call.cue)}" if call.cue.at.on != "called" else "called"
        used = write(painter, top, when, fonts.small(), theme.dim, RIGHT)
        title = "Standing by, confirmed" if confirmed else call.words or "In standby"
        write(painter, top.adjusted(20, 0, -used - 10, 0), title, fonts.strong(fonts.STRONG_PX), theme.bright)

    def _paint_number(self, painter: QPainter, line: QRectF, call: Call) -> None:
        theme = self._theme
        used = write(painter, line, countdown_text(call.in_ns), fonts.clock(32), theme.bright, RIGHT)
        line = line.adjusted(self._paint_chip(painter, line, call), 0, -used - 12, 0)
        sizes = [fonts.clock(size_px) for size_px in (28, 22, 17)]
        write(painter, line, call.cue.number, fitting(call.cue.number, sizes, line.width()), theme.bright)

    def _paint_chip(self, painter: QPainter, line: QRectF, call: Call) -> float:
        """The department's chip; returns the room it took."""
        if not call.department:
            return 0.0
        tint = self.tints.get(call.department, plain_tint(self._theme))
        chip = QRectF(line.left(), line.center().y() - 12, 52, 25)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tint.fill))
        painter.drawRoundedRect(chip, 5, 5)
        write(painter, chip, call.department, fonts.strong(fonts.BODY_PX), tint.text, CENTRE)
        return 64.0

    def _paint_words(self, painter: QPainter, rest: QRectF, call: Call) -> None:
        """Label over call; a reason that needs two lines takes the label's."""
        theme = self._theme
        label = QRectF(rest.left(), rest.top(), rest.width(), 24)
        foot = QRectF(rest.left(), rest.bottom() - 20, rest.width(), 20)
        reason = self._face.reason
        is_long = bool(reason) and QFontMetricsF(fonts.medium()).horizontalAdvance(reason) > foot.width() - 22
        if not is_long:
            sizes = [fonts.strong(size_px) for size_px in (fonts.TITLE_PX, 17, fonts.STRONG_PX)]
            write(painter, label, call.cue.label, fitting(call.cue.label, sizes, label.width()), theme.text)
        if not reason:
            said = f"“{call.cue.call}”" if call.cue.call else call.cue.notes
            write(painter, foot, said, fonts.body(), theme.dim)
            return
        room = rest if is_long else foot
        shade = theme.stop if self._face.look == "locked" else theme.caution
        sign = {"locked": "lock", "refused": "barred"}.get(self._face.look, "triangle")
        draw_shape(painter, sign, QRectF(room.left(), room.top() + 3, 14, 14), shade)
        painter.setFont(fonts.medium())
        painter.setPen(QColor(shade))
        painter.drawText(room.adjusted(22, 1, 0, 0), _WRAPPED, reason)
