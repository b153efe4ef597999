"""What moves on top of the timeline's cached layer: standby, selection, cursor and playhead."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from console.vocabulary import StretchState
from ui.theme.colours import Theme
from ui.theme.shapes import draw_shape
from ui.timeline.geometry import Axis, Strip
from ui.timeline.gutter import RULERS_TOP_PX
from ui.timeline.hand import Hand, Sight
from ui.timeline.layout import HEAD_PX, ClipBox, Lane
from ui.timeline.paint import FLAG_MOST_PX


@dataclass(frozen=True, slots=True)
class Overlay:
    """Where things stand, in px from the left of the axis; None for what is not there."""

    playhead_px: float | None = None
    is_held: bool = False
    standby_px: float | None = None
    cursor_px: float | None = None
    stretch_px: tuple[float, float] | None = None  # what repeats
    selected: tuple[tuple[ClipBox, Lane], ...] = ()
    dragged_px: float | None = None  # how far the picked clips are dragged; nothing is changed yet
    snapped_px: float | None = None  # where the one in hand would come to stand
    readout: str = ""  # what that place is called
    band_px: tuple[tuple[float, float], tuple[float, float]] | None = None  # corners, from the top of the lanes


def make_overlay(
    sight: Sight, hand: Hand, standby: str | None, stretch: StretchState | None, *, is_held: bool
) -> Overlay:
    """What moves on top of the layer, as it stands."""
    axis, drag = sight.axis, hand.drag

    def to_px(ns: int | None) -> float | None:
        return None if ns is None else axis.ns_to_x(ns)

    boxes = sight.scene.clips if sight.scene is not None and sight.picked else ()
    return Overlay(
        playhead_px=to_px(sight.place_ns(sight.head)),
        is_held=is_held,
        standby_px=to_px(sight.cue_ns(standby)),
        stretch_px=stretch_to_px(stretch, sight.strip, axis),
        cursor_px=to_px(sight.place_ns(sight.cursor)),
        selected=tuple((box, sight.lanes[box.lane]) for box in boxes if box.cue in sight.picked),
        dragged_px=None if drag is None else drag.by_ns / axis.ns_per_px,
        snapped_px=to_px(None if drag is None else drag.axis_ns),
        readout=hand.readout(sight),
        band_px=None if hand.band is None else (hand.band.from_px, hand.band.to_px),
    )


def stretch_to_px(stretch: StretchState | None, strip: Strip, axis: Axis) -> tuple[float, float] | None:
    """Both ends of what repeats; None where nothing does, or its item has no place."""
    span = None if stretch is None else strip.by_item.get(stretch.item)
    if stretch is None or span is None:
        return None
    return axis.ns_to_x(span.zero_ns + stretch.from_ns), axis.ns_to_x(span.zero_ns + stretch.to_ns)


def paint_overlay(painter: QPainter, overlay: Overlay, theme: Theme, height_px: int, scrolled_px: int) -> None:
    """The painter's origin is the left end of the axis at the top of the head."""
    if overlay.stretch_px is not None:
        _paint_stretch(painter, *overlay.stretch_px, theme, height_px)
    if overlay.standby_px is not None:
        x = _upright(painter, overlay.standby_px, HEAD_PX, height_px, QPen(QColor(theme.dim), 1, Qt.PenStyle.DotLine))
        draw_shape(painter, "diamond", QRectF(x - 4.5, HEAD_PX - 10, 9, 9), theme.text)
    for box, lane in overlay.selected:
        _paint_selection(painter, box, lane, theme, scrolled_px)
        if overlay.dragged_px is not None:
            _paint_selection(painter, box, lane, theme, scrolled_px, overlay.dragged_px)
    if overlay.snapped_px is not None:
        _upright(painter, overlay.snapped_px, 3, height_px, QPen(QColor(theme.bright), 1))
        _paint_readout(painter, overlay.snapped_px, overlay.readout, theme)
    if overlay.band_px is not None:
        (x0, y0), (x1, y1) = overlay.band_px
        down = HEAD_PX - scrolled_px
        painter.setPen(QPen(QColor(theme.bright), 1, Qt.PenStyle.DashLine))
        painter.drawRect(QRectF(QPointF(x0, y0 + down), QPointF(x1, y1 + down)).normalized())
    if overlay.cursor_px is not None:
        pen = QPen(QColor(theme.dim), 1, Qt.PenStyle.DashLine)
        _upright(painter, overlay.cursor_px, RULERS_TOP_PX, height_px, pen)
    if overlay.playhead_px is not None:
        colour = QColor(theme.caution if overlay.is_held else theme.bright)
        style = Qt.PenStyle.DashLine if overlay.is_held else Qt.PenStyle.SolidLine
        x = _upright(painter, overlay.playhead_px, RULERS_TOP_PX, height_px, QPen(colour, 1.5, style))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = RULERS_TOP_PX
        painter.drawPolygon([QPointF(x - 6, top), QPointF(x + 6, top), QPointF(x, top + 9)])


def _upright(painter: QPainter, x_px: float, top_px: int, bottom_px: int, pen: QPen) -> float:
    """A line on the middle of a pixel; returns where."""
    x = round(x_px) + 0.5
    painter.setPen(pen)
    painter.drawLine(QLineF(x, top_px, x, bottom_px))
    return x


def _paint_stretch(painter: QPainter, from_px: float, to_px: float, theme: Theme, height_px: int) -> None:
    """A bracket over the first ruler: from where to where it goes round."""
    pen = QPen(QColor(theme.caution), 1, Qt.PenStyle.DotLine)
    for x in (from_px, to_px):
        _upright(painter, x, RULERS_TOP_PX, height_px, pen)
    bar = QRectF(from_px, RULERS_TOP_PX, to_px - from_px, 5)
    painter.fillRect(bar, QColor(theme.caution))
    for x, inwards in ((from_px, 1), (to_px, -1)):
        painter.fillRect(QRectF(min(x, x + 3 * inwards), RULERS_TOP_PX, 3, 14), QColor(theme.caution))


def _paint_readout(painter: QPainter, x_px: float, words: str, theme: Theme) -> None:
    """A plate right of a line, above the rulers, where it hides no clip."""
    width = painter.fontMetrics().horizontalAdvance(words) + 12
    plate = QRectF(x_px + 5, 3, width, painter.fontMetrics().height() + 6)
    painter.fillRect(plate, QColor(theme.ground))
    painter.setPen(QPen(QColor(theme.bright), 1))
    painter.drawRect(plate)
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)


def _paint_selection(
    painter: QPainter, box: ClipBox, lane: Lane, theme: Theme, scrolled_px: int, dragged_px: float | None = None
) -> None:
    top = HEAD_PX - scrolled_px + lane.top_px
    if top < HEAD_PX - lane.height_px:
        return
    extent = box.width_px or (min(box.label_px, FLAG_MOST_PX) if box.label_px else 6.0)
    style = Qt.PenStyle.SolidLine if dragged_px is None else Qt.PenStyle.DashLine
    painter.setPen(QPen(QColor(theme.bright), 1.5, style))
    painter.drawRect(QRectF(box.x_px - 1 + (dragged_px or 0.0), top + 0.5, extent + 2, lane.height_px - 3))
