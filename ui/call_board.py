"""Big clocks over big calls, for whoever stands and reads them aloud. Scales with the room that it has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.state.caller import ROWS, BigClock, Said
from ui.state.calls import Call
from ui.theme import fonts
from ui.theme.colours import Theme, Tint, plain_tint
from ui.theme.shapes import draw_shape
from ui.theme.text import RIGHT, fitting, write
from ui.theme.tones import tone_colour

_SHARES: Final = (0.32, 0.18, 0.19, 0.31)
"""Of the width: item left, bar, over or under, wall."""


class CallBoard(QWidget):
    """Repaints only when something reads differently."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clocks: tuple[BigClock, ...] = ()
        self._calls: tuple[tuple[Call, str], ...] = ()
        self._said = Said()
        self._shown: tuple[object, ...] = ()
        self.tints: dict[str, Tint] = {}
        self.setMinimumSize(640, 300)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Clocks and calls")

    def show_calls(self, clocks: tuple[BigClock, ...], calls: tuple[tuple[Call, str], ...], said: Said) -> None:
        """Other figures, calls with how long until each, or words."""
        rows = tuple((call.cue.id, call.words, call.urgency, count) for call, count in calls)
        shown = (clocks, rows, said)
        if shown == self._shown:
            return
        self._clocks, self._calls, self._said, self._shown = clocks, calls, said, shown
        spoken = [f"{clock.caption} {clock.figures}" for clock in clocks]
        spoken += [f"{call.words or call.name} {call.cue.label}" for call, _ in calls]
        self.setAccessibleDescription("; ".join([*spoken, said.words]))
        self.update()

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(1200, 520)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        clocks_px = self.height() * 0.34
        boxes = []
        left = 0.0
        for share in _SHARES:
            boxes.append(QRectF(left, 0, share * self.width() - 10, clocks_px))
            left += share * self.width()
        face = self._face_of_all(boxes)
        for box, clock in zip(boxes, self._clocks, strict=False):
            self._paint_clock(painter, box, clock, face)
        said_px = max(30.0, self.height() * 0.07)
        row_px = (self.height() - clocks_px - said_px) / ROWS
        for place, (call, count) in enumerate(self._calls):
            row = QRectF(0, clocks_px + place * row_px, self.width(), row_px).adjusted(0, 2, 0, -2)
            self._paint_call(painter, row, call, count)
        if self._said.words:
            self._paint_said(painter, QRectF(0, self.height() - said_px, self.width(), said_px))
        painter.end()

    # ------------------------------------------------------------ inside

    def _paint_clock(self, painter: QPainter, box: QRectF, clock: BigClock, face: QFont) -> None:
        theme = self._theme
        caption_px = max(fonts.BODY_PX, int(box.height() * 0.13))
        colour = tone_colour(clock.tone, theme)
        line = QRectF(box.left() + 6, box.top(), box.width() - 6, caption_px * 1.7)
        if clock.shape:
            draw_shape(
                painter,
                clock.shape,
                QRectF(line.left(), line.center().y() - caption_px / 2, caption_px, caption_px),
                colour,
            )
            line.setLeft(line.left() + caption_px * 1.5)
        write(painter, line, clock.caption, fonts.font(caption_px), theme.dim)
        figures = QRectF(box.left() + 6, line.bottom(), box.width() - 6, box.bottom() - line.bottom())
        write(painter, figures, clock.figures, face, theme.text)

    def _face_of_all(self, boxes: Sequence[QRectF]) -> QFont:
        """The largest type in which each clock has room: they are read as one row."""
        largest = int(boxes[0].height() * 0.6)
        sizes = [fonts.clock(size_px) for size_px in range(largest, 11, -4)] or [fonts.clock(12)]
        faces = [
            fitting(clock.figures, sizes, box.width() - 36) for clock, box in zip(self._clocks, boxes, strict=False)
        ]
        return min(faces, key=lambda face: face.pixelSize(), default=sizes[-1])

    def _paint_call(self, painter: QPainter, row: QRectF, call: Call, count: str) -> None:
        theme = self._theme
        soon = call.urgency != "ahead"
        painter.fillRect(row, QColor(theme.standby if soon else theme.panel))
        if soon:
            painter.fillRect(QRectF(row.left(), row.top(), 6, row.height()), QColor(theme.bright))
        size_px = max(fonts.STRONG_PX, int(min(row.height() * 0.42, self.width() * 0.024)))
        shape_px = size_px * 0.75
        shape = QRectF(row.left() + 18, row.center().y() - shape_px / 2, shape_px, shape_px)
        draw_shape(painter, "diamond" if call.called else "clock", shape, theme.bright if soon else theme.dim)
        inner = row.adjusted(30 + shape_px, 0, -16, 0)
        used = write(painter, inner, count, fonts.clock(size_px), theme.bright if soon else theme.dim, RIGHT)
        inner.adjust(0, 0, -used - 20, 0)
        tint = self.tints.get(call.department, plain_tint(theme))
        ink = theme.bright if call.words else tint.text
        used = write(painter, inner, call.words or call.name, fonts.strong_display(size_px), ink)
        inner.adjust(used + 20, 0, 0, 0)
        write(painter, inner, call.cue.label, fonts.font(size_px), theme.text)

    def _paint_said(self, painter: QPainter, box: QRectF) -> None:
        colour = tone_colour(self._said.tone, self._theme)
        size_px = max(fonts.BODY_PX, int(box.height() * 0.5))
        mark = QRectF(6, box.center().y() - size_px / 2, size_px, size_px)
        draw_shape(painter, "octagon" if self._said.tone == "stop" else "triangle", mark, colour)
        write(painter, box.adjusted(14 + size_px, 0, -6, 0), self._said.words, fonts.font(size_px), colour)
