"""The timeline's cached layer: the whole picture but the playhead, the cursor and the selection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPixmap

from ui.timeline.geometry import Axis, Strip
from ui.timeline.gutter import GUTTER_PX, paint_gutter
from ui.timeline.layout import HEAD_PX, Lane, Scene
from ui.timeline.paint import Palette, paint_head, paint_lanes
from ui.timeline.shadows import TakeShadows


@dataclass(frozen=True)
class LayerState:
    """What the layer shows: ``scene`` None where no show is open; ``marks`` and ``lives`` by cue and item."""

    scene: Scene | None
    strip: Strip
    axis: Axis
    lanes: tuple[Lane, ...]
    palette: Palette
    shadows: TakeShadows
    marks: Mapping[str, str]
    lives: Mapping[str, str]
    section: str | None
    scrolled_px: int


def paint_layer(state: LayerState, size: QSize, ratio: float) -> QPixmap:
    """A picture of ``size`` in device-independent px, sharp at a pixel ratio."""
    layer = QPixmap(size * ratio)
    layer.setDevicePixelRatio(ratio)
    width, height = max(size.width() - GUTTER_PX, 1), max(size.height() - HEAD_PX, 1)
    painter = QPainter(layer)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), QColor(state.palette.theme.ground))
    if state.scene is not None:
        painter.save()
        painter.setClipRect(QRectF(GUTTER_PX, HEAD_PX, width, height))
        painter.translate(GUTTER_PX, HEAD_PX - state.scrolled_px)
        whole = height + state.scrolled_px
        paint_lanes(painter, state.scene, state.lanes, state.palette, width, whole, state.marks)
        state.shadows.paint(painter, state.strip, state.axis, state.lanes, state.palette.theme, width)
        painter.restore()
        painter.save()
        painter.setClipRect(QRectF(GUTTER_PX, 0, width, HEAD_PX))
        painter.translate(GUTTER_PX, 0)
        paint_head(painter, state.scene, state.palette, width, state.lives, state.section)
        painter.restore()
    paint_gutter(painter, state.lanes, state.palette, size.height(), state.scrolled_px)
    painter.end()
    return layer
