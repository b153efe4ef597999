"""The column left of the lanes: departments and roles, and what the rulers above them count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from ui.theme import fonts
from ui.theme.text import write
from ui.timeline.layout import HEAD_PX, ITEM_PX, RULER_PX, SECTION_PX, Lane
from ui.timeline.paint import Palette

GUTTER_PX: Final = 132
RULERS_TOP_PX: Final = ITEM_PX + SECTION_PX

_CODE_PX: Final = 44
_ROWS: Final = (
    ("Item", 0, ITEM_PX),
    ("Section", ITEM_PX, SECTION_PX),
    *((name, RULERS_TOP_PX + place * RULER_PX, RULER_PX) for place, name in enumerate(("Bars", "Timecode", "Time"))),
)


def paint_gutter(painter: QPainter, lanes: Sequence[Lane], palette: Palette, height_px: int, scrolled_px: int) -> None:
    """A department is named once, at its first lane."""
    theme = palette.theme
    painter.fillRect(QRect(0, 0, GUTTER_PX, height_px), QColor(theme.panel))
    painter.save()
    painter.setClipRect(QRect(0, HEAD_PX, GUTTER_PX, height_px - HEAD_PX))
    painter.translate(0, HEAD_PX - scrolled_px)
    before = None
    for lane in lanes:
        tint = palette.tint(lane.track.department)
        painter.fillRect(QRect(0, lane.top_px, 3, lane.height_px - 1), QColor(tint.edge))
        row = QRect(11, lane.top_px, GUTTER_PX - 16, lane.height_px - 1)
        if lane.track.department != before:
            before = lane.track.department
            write(painter, row, before, fonts.strong(fonts.SMALL_PX), tint.text)
            painter.fillRect(QRect(0, lane.top_px - 1, GUTTER_PX, 1), QColor(theme.line))
        write(painter, row.adjusted(_CODE_PX, 0, 0, 0), lane.track.name, fonts.small(), theme.dim)
    painter.restore()
    for text, top_px, tall_px in _ROWS:
        write(painter, QRect(11, top_px, GUTTER_PX - 16, tall_px), text, fonts.small(), theme.dim)
    painter.fillRect(QRect(GUTTER_PX - 1, 0, 1, height_px), QColor(theme.line))
    painter.fillRect(QRect(0, HEAD_PX - 1, GUTTER_PX, 1), QColor(theme.line))
