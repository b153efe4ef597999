"""The shapes that say a state without its colour, and the icons of the transport: painted, so they scale and tint.

Every shape lives in a 16 × 16 box. A shape is either filled or a stroke of 1.8.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

BOX: Final = 16.0
STROKE: Final = 1.8


def _polygon(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path


def _lines(*runs: tuple[tuple[float, float], ...]) -> QPainterPath:
    path = QPainterPath()
    for run in runs:
        path.moveTo(*run[0])
        for point in run[1:]:
            path.lineTo(*point)
    return path


def _box(*boxes: tuple[float, float, float, float]) -> QPainterPath:
    path = QPainterPath()
    for box in boxes:
        path.addRoundedRect(QRectF(*box), 1, 1)
    return path


def _circle(radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(8, 8), radius, radius)
    return path


def _octagon() -> QPainterPath:
    return _polygon((5, 1), (11, 1), (15, 5), (15, 11), (11, 15), (5, 15), (1, 11), (1, 5))


def _clock() -> QPainterPath:
    path = _circle(6)
    path.addPath(_lines(((8, 4.2), (8, 8), (10.8, 9.6))))
    return path


def _barred() -> QPainterPath:
    path = _circle(6)
    path.addPath(_lines(((3.8, 12.2), (12.2, 3.8))))
    return path


def _loop() -> QPainterPath:
    path = QPainterPath()
    path.arcMoveTo(QRectF(2.5, 3.5, 11, 10), 130)
    path.arcTo(QRectF(2.5, 3.5, 11, 10), 130, 290)
    path.addPath(_lines(((1.6, 2.2), (4.6, 4.8), (1.2, 6.9))))
    return path


def _lock() -> QPainterPath:
    path = _box((3.2, 7.2, 9.6, 6.6))
    path.moveTo(5.2, 7)
    path.arcTo(QRectF(5.2, 2.2, 5.6, 6), 180, -180)
    path.lineTo(10.8, 7)
    return path


def _cog() -> QPainterPath:
    path = _circle(3.4)
    for eighth in range(8):
        turn = math.pi * eighth / 4
        across, down = math.cos(turn), math.sin(turn)
        path.addPath(_lines(((8 + 4.6 * across, 8 + 4.6 * down), (8 + 6.8 * across, 8 + 6.8 * down))))
    return path


def _hand() -> QPainterPath:
    """A finger that presses."""
    path = _lines(((5.2, 8.6), (5.2, 3.2), (6.6, 2.2), (8, 3.2), (8, 7)))
    path.addPath(_lines(((8, 6.8), (12, 7.6), (13, 9), (12.4, 14), (6.4, 14), (2.6, 9.8), (3.6, 8.4), (5.2, 9.6))))
    return path


def _bell() -> QPainterPath:
    path = _lines(((2.6, 12), (13.4, 12)))
    path.addPath(_lines(((4, 12), (4.3, 7.4), (5.8, 4.6), (8, 3.6), (10.2, 4.6), (11.7, 7.4), (12, 12))))
    path.addPath(_lines(((6.8, 14.2), (9.2, 14.2))))
    return path


_FILLED: Final[dict[str, Callable[[], QPainterPath]]] = {
    "play": lambda: _polygon((4, 2), (14, 8), (4, 14)),
    "pause": lambda: _box((3, 2, 3.6, 12), (9.4, 2, 3.6, 12)),
    "down": lambda: _polygon((2, 4), (14, 4), (8, 14)),
    "stop": lambda: _box((3, 3, 10, 10)),
    "all_stop": lambda: _box((1.5, 1.5, 5.6, 5.6), (8.9, 1.5, 5.6, 5.6), (1.5, 8.9, 5.6, 5.6), (8.9, 8.9, 5.6, 5.6)),
    "octagon": _octagon,
    "back": lambda: _polygon((12, 2), (12, 14), (3, 8)),
    "disc": lambda: _circle(5),
    "dot": lambda: _circle(2.6),
    "diamond": lambda: _polygon((8, 1), (15, 8), (8, 15), (1, 8)),
    "triangle": lambda: _polygon((8, 1.5), (15, 14), (1, 14)),
}

_STROKED: Final[dict[str, Callable[[], QPainterPath]]] = {
    "tick": lambda: _lines(((2.5, 8.5), (6.4, 12.4), (13.5, 4))),
    "cross": lambda: _lines(((3.2, 3.2), (12.8, 12.8)), ((12.8, 3.2), (3.2, 12.8))),
    "ring": lambda: _circle(5),
    "clock": _clock,
    "barred": _barred,
    "skip": lambda: _lines(((2, 3.5), (7, 8), (2, 12.5)), ((8, 3.5), (13, 8), (8, 12.5))),
    "dash": lambda: _lines(((3, 8), (13, 8))),
    "loop": _loop,
    "lock": _lock,
    "bell": _bell,
    "cog": _cog,
    "hand": _hand,
    "house": lambda: _lines(((1.6, 8), (8, 2), (14.4, 8)), ((3.6, 7.4), (3.6, 14), (12.4, 14), (12.4, 7.4))),
    "continue": lambda: _lines(((8, 2), (8, 13)), ((4, 9), (8, 13), (12, 9))),
    "follow": lambda: _lines(((3, 2), (3, 9.5), (12.5, 9.5)), ((9, 5.8), (12.8, 9.5), (9, 13.2))),
    "question": lambda: _lines(((4.6, 5.6), (5.4, 3.4), (8, 2.6), (10.6, 3.6), (11, 6), (8, 8.8), (8, 10.6))),
    "ahead": lambda: _circle(1.2),
}

NAMES: Final = frozenset(_FILLED) | frozenset(_STROKED)


@lru_cache(maxsize=64)
def _path(name: str) -> QPainterPath:
    return (_FILLED.get(name) or _STROKED[name])()


def draw_shape(painter: QPainter, name: str, rect: QRectF | QRect, colour: str | QColor) -> None:
    """Paint a shape into the middle of ``rect``, as large as the smaller side allows."""
    box = QRectF(rect)
    side = min(box.width(), box.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.center().x() - side / 2, box.center().y() - side / 2)
    painter.scale(side / BOX, side / BOX)
    if name in _FILLED:
        painter.fillPath(_path(name), QColor(colour))
    else:
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.strokePath(_path(name), QPen(QColor(colour), STROKE, Qt.PenStyle.SolidLine, cap, join))
    painter.restore()


def shape_icon(name: str, colour: str, disabled: str, side_px: int = 18) -> QIcon:
    """A button's icon: the shape in one colour, and in another where the button is not to be pressed."""
    icon = QIcon()
    for mode, shade in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        for ratio in (1, 2):
            picture = QPixmap(QSize(side_px, side_px) * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            draw_shape(painter, name, QRectF(0, 0, side_px, side_px), shade)
            painter.end()
            icon.addPixmap(picture, mode)
    return icon
