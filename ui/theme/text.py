"""Writing a line of text into a rectangle, elided where it does not fit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


def write(
    painter: QPainter,
    rect: QRectF | QRect,
    text: str,
    font: QFont,
    colour: str,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """Write one line; returns how wide it came out, in px."""
    box = QRectF(rect)
    if not text or box.width() < 4:
        return 0.0
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(box, align | Qt.TextFlag.TextSingleLine, shown)
    return metrics.horizontalAdvance(shown)


def fitting(text: str, fonts: Sequence[QFont], room_px: float) -> QFont:
    """The first of the fonts, largest first, in which the text has room; else the last."""
    return next((font for font in fonts if QFontMetricsF(font).horizontalAdvance(text) <= room_px), fonts[-1])
