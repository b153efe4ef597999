"""Paints a scene: the head (items, sections, rulers) and the lanes, in a theme's shades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from ui.state.words import PLAYED
from ui.theme import fonts
from ui.theme.colours import Theme, Tint, plain_tint
from ui.theme.shapes import draw_shape
from ui.timeline.layout import (
    HEAD_PX,
    ITEM_PX,
    RULER_PX,
    RULERS,
    SECTION_PX,
    ClipBox,
    Density,
    ItemBox,
    Lane,
    Scene,
    SectionBox,
)

_DIMMED = frozenset({"done", *PLAYED, "skipped", "disabled"})
FLAG_MOST_PX = 168.0


@dataclass(frozen=True)
class Palette:
    """A theme and its departments' tints, as the painter wants them."""

    theme: Theme
    tints: Mapping[str, Tint]

    def tint(self, department: str) -> Tint:
        """A department's shades; plain grey for one the show does not know."""
        found = self.tints.get(department)
        return found if found is not None else plain_tint(self.theme)


# ---------------------------------------------------------------- head


def paint_head(
    painter: QPainter, scene: Scene, palette: Palette, width_px: int, lives: Mapping[str, str], section: str | None
) -> None:
    """Items, sections and rulers; ``lives`` are the items' lives, ``section`` the name under the playhead."""
    theme = palette.theme
    painter.fillRect(QRectF(0, 0, width_px, HEAD_PX), QColor(theme.panel))
    for item in scene.items:
        _paint_item(painter, item, theme, width_px, lives.get(item.item, "planned"))
    for box in scene.sections:
        _paint_section(painter, box, theme, box.name == section)
    painter.setFont(fonts.small())
    top = ITEM_PX + SECTION_PX
    for place, ruler in enumerate(RULERS):
        y = top + place * RULER_PX
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(QLineF(0, y + 0.5, width_px, y + 0.5))
        minor = [QLineF(t.x_px, y + RULER_PX - 4, t.x_px, y + RULER_PX) for t in scene.ticks[ruler] if not t.label]
        major = [QLineF(t.x_px, y + 3, t.x_px, y + RULER_PX) for t in scene.ticks[ruler] if t.label]
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLines(minor)
        painter.setPen(QPen(QColor(theme.faint), 1))
        painter.drawLines(major)
        painter.setPen(QColor(theme.dim))
        for tick in scene.ticks[ruler]:
            if tick.label and tick.x_px + 4 + _label_px(tick.label, "") <= width_px:
                painter.drawText(QPointF(tick.x_px + 4, y + RULER_PX - 5), tick.label)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawLine(QLineF(0, HEAD_PX - 0.5, width_px, HEAD_PX - 0.5))


def _paint_item(painter: QPainter, box: ItemBox, theme: Theme, width_px: int, life: str) -> None:
    rect = QRectF(box.x_px, 0, max(box.width_px, 1.0), ITEM_PX).adjusted(0.5, 1, -0.5, -1)
    painter.fillRect(rect, QColor(theme.standby if life == "live" else theme.raised))
    if box.count_in_px > 2:
        painter.fillRect(QRectF(rect.x(), rect.y(), box.count_in_px, rect.height()), QColor(theme.ground))
        painter.fillRect(
            QRectF(rect.x(), rect.y(), box.count_in_px, rect.height()),
            QBrush(QColor(theme.faint), Qt.BrushStyle.BDiagPattern),
        )
    if life == "live":
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 2, rect.width(), 2), QColor(theme.bright))
    left = max(rect.left() + max(box.count_in_px, 0), 0.0) + 7
    right = min(rect.right(), width_px) - 6
    if right - left < 18:
        return
    painter.setFont(fonts.medium())
    painter.setPen(QColor(theme.dim if life == "ended" else theme.text))
    painter.drawText(
        QRectF(left, 0, right - left, ITEM_PX),
        Qt.AlignmentFlag.AlignVCenter,
        _elided(box.title, "medium", right - left),
    )


def _paint_section(painter: QPainter, box: SectionBox, theme: Theme, is_current: bool) -> None:
    rect = QRectF(box.x_px, ITEM_PX, box.width_px, SECTION_PX).adjusted(0.5, 1, -0.5, -2)
    painter.fillRect(rect, QColor(theme.hover if is_current else theme.ground))
    left, right = max(rect.left(), 0.0) + 6, rect.right() - 4
    if box.vamp:
        painter.setPen(QPen(QColor(theme.dim), 1))
        for x in (rect.left() + 1, rect.right() - 1):  # repeat signs, as in a score
            painter.drawLine(QLineF(x, rect.top() + 1, x, rect.bottom() - 1))
        dots = [(rect.left() + 4, 1), (rect.right() - 4, -1)]
        if rect.width() > 20:
            for x, _ in dots:
                for part in (0.36, 0.64):
                    draw_shape(painter, "disc", QRectF(x - 2, rect.top() + rect.height() * part - 2, 4, 4), theme.dim)
        left += 5
        if right - left > 44:
            draw_shape(painter, "loop", QRectF(left, rect.top() + 3.5, 12, 12), theme.text)
            left += 16
            times_px = _label_px(box.vamp, "") + 6
            if right - left >= times_px + _label_px(box.name, ""):  # the name before the number
                painter.setFont(fonts.small())
                painter.setPen(QColor(theme.text))
                painter.drawText(QPointF(left, rect.bottom() - 5.5), box.vamp)
                left += times_px
    if right - left > 14:
        painter.setFont(fonts.small())
        painter.setPen(QColor(theme.text if is_current else theme.dim))
        painter.drawText(
            QRectF(left, rect.y(), right - left, rect.height()),
            Qt.AlignmentFlag.AlignVCenter,
            _elided(box.name, "small", right - left),
        )


# ---------------------------------------------------------------- lanes


def paint_lanes(
    painter: QPainter,
    scene: Scene,
    lanes: Sequence[Lane],
    palette: Palette,
    width_px: int,
    height_px: int,
    marks: Mapping[str, str],
) -> None:
    """The lanes' ground, bar lines, item edges, densities and clips."""
    theme = palette.theme
    painter.fillRect(QRectF(0, 0, width_px, height_px), QColor(theme.ground))
    bottom = lanes[-1].top_px + lanes[-1].height_px if lanes else 0
    for lane in lanes:
        painter.fillRect(QRectF(0, lane.top_px, width_px, lane.height_px - 1), QColor(theme.panel))
    painter.setPen(QPen(QColor(theme.raised), 1))
    painter.drawLines([QLineF(tick.x_px, 0, tick.x_px, bottom) for tick in scene.ticks["bars"] if tick.label])
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawLines([QLineF(item.x_px, 0, item.x_px, bottom) for item in scene.items])
    for density in scene.densities:
        _paint_density(painter, density, lanes[density.lane], palette)
    _paint_clips(painter, scene.clips, lanes, palette, marks)


def _paint_density(painter: QPainter, density: Density, lane: Lane, palette: Palette) -> None:
    """A picture one pixel high, stretched over the lane: the more cues start in a cell, the brighter."""
    picture = _density_picture(density.counts, palette.tint(lane.track.department).edge)
    target = QRectF(density.x_px, lane.top_px + 4, density.cell_px * picture.width(), lane.height_px - 9)
    painter.drawImage(target, picture)


@lru_cache(maxsize=1024)
def _density_picture(counts: tuple[int, ...], colour: str) -> QImage:
    """Kept: while a view is dragged, most of what it shows has the same cells from picture to picture."""
    values = bytes(0 if not count else min(70 + 45 * count, 255) for count in counts)
    picture = QImage(values, len(counts), 1, len(counts), QImage.Format.Format_Indexed8).copy()
    picture.setColorTable(_ramp(colour))
    return picture


@lru_cache(maxsize=64)
def _ramp(colour: str) -> list[int]:
    base = QColor(colour)
    return [QColor(base.red(), base.green(), base.blue(), alpha).rgba() for alpha in range(256)]


def _paint_clips(
    painter: QPainter, clips: Sequence[ClipBox], lanes: Sequence[Lane], palette: Palette, marks: Mapping[str, str]
) -> None:
    """Bodies and edges in one call a colour; then what only some clips have, one by one."""
    theme = palette.theme
    rects: dict[str, list[QRectF]] = {}
    for box in clips:
        lane = lanes[box.lane]
        tint = palette.tint(lane.track.department)
        mark = marks.get(box.cue, "ahead")
        top, height = lane.top_px + 2, lane.height_px - 5
        if box.width_px:
            fill = theme.raised if mark in _DIMMED else tint.fill
            rects.setdefault(fill, []).append(QRectF(box.x_px, top, box.width_px, height))
    for box in clips:
        lane = lanes[box.lane]
        top, height = lane.top_px + 2, lane.height_px - 5
        edge = _edge(box, lane, palette, marks)
        rects.setdefault(edge, []).append(QRectF(box.x_px, top, 2, height))
        if not box.width_px and not box.label_px:
            rects[edge].append(QRectF(box.x_px + 2, top, 4, 4))
    painter.setPen(Qt.PenStyle.NoPen)
    for colour, found in rects.items():
        painter.setBrush(QColor(colour))
        painter.drawRects(found)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for box in clips:
        if box.width_px:
            _trim_clip(painter, box, lanes[box.lane], palette, marks.get(box.cue, "ahead"))
        elif box.label_px:
            _trim_flag(painter, box, lanes[box.lane], palette, marks.get(box.cue, "ahead"))


def _edge(box: ClipBox, lane: Lane, palette: Palette, marks: Mapping[str, str]) -> str:
    mark = marks.get(box.cue, "ahead")
    if mark in _DIMMED:
        return palette.theme.faint
    loud = _loud(mark, palette.theme)
    return loud if loud is not None else palette.tint(lane.track.department).edge


def _loud(mark: str, theme: Theme) -> str | None:
    """The colour of a mark that must be found at a glance; None for the others."""
    if mark in ("standby", "running"):
        return theme.bright
    return {"failed": theme.stop, "inhibited": theme.caution, "waiting": theme.dim}.get(mark)


def _trim_clip(painter: QPainter, box: ClipBox, lane: Lane, palette: Palette, mark: str) -> None:
    """A fade's slope, a dashed outline where the moment is only expected, a state's outline, the label."""
    theme = palette.theme
    tint = palette.tint(lane.track.department)
    top, height = lane.top_px + 2.0, lane.height_px - 5.0
    dim = mark in _DIMMED
    if box.width_px > 6 and box.fade_px > 6:
        corners = ((2.0, top + height), (box.fade_px, top), (2.0, top))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.panel))
        painter.setOpacity(0.55)
        painter.drawPolygon(QPolygonF([QPointF(box.x_px + x, y) for x, y in corners]))
        painter.setOpacity(1.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    loud = _loud(mark, theme)
    if loud is not None or (box.expected and box.width_px > 8):
        style = Qt.PenStyle.DashLine if loud is None else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(loud or (theme.faint if dim else tint.edge)), 1.4 if loud else 1.0, style))
        painter.drawRect(QRectF(box.x_px + 0.5, top + 0.5, max(box.width_px - 1, 3), height - 1))
    if box.label_px:
        left = max(box.x_px, 0.0) + 7
        right = min(box.x_px + box.width_px, painter.clipBoundingRect().right())
        where = QRectF(left, top, right - left - 4, height)
        _write_label(painter, box, where, palette.theme, tint, mark)


def _trim_flag(painter: QPainter, box: ClipBox, lane: Lane, palette: Palette, mark: str) -> None:
    """A pennant on its pole: as wide as its text, pointed, so that it is not taken for a clip with a length."""
    theme = palette.theme
    tint = palette.tint(lane.track.department)
    tall = min(lane.height_px - 5.0, 19.0)
    top = lane.top_px + 2.0
    dim = mark in _DIMMED
    sign_px = 15.0 if box.hazard else 0.0
    width = min(_label_px(box.number, box.label) + sign_px + 17, box.label_px, FLAG_MOST_PX)
    x = box.x_px + 2
    width = min(width, painter.clipBoundingRect().right() - x)
    if width < 12:
        return
    corners = ((0.0, 0.0), (width - 8, 0.0), (width - 2, tall / 2), (width - 8, tall), (0.0, tall))
    loud = _loud(mark, theme)
    painter.setBrush(QColor(theme.raised if dim else theme.standby if mark == "standby" else tint.fill))
    if loud is not None:
        painter.setPen(QPen(QColor(loud), 1.2))
    elif box.expected:
        painter.setPen(QPen(QColor(theme.faint if dim else tint.edge), 1, Qt.PenStyle.DashLine))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(QPolygonF([QPointF(x + across, top + down) for across, down in corners]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _write_label(painter, box, QRectF(x + 5, top, width - 14, tall), theme, tint, mark)


def _write_label(painter: QPainter, box: ClipBox, where: QRectF, theme: Theme, tint: Tint, mark: str) -> None:
    """Number and label; before them a hazard's sign, which speaks up only when its cue comes near."""
    dim = mark in _DIMMED
    ink = theme.dim if dim else tint.text
    if box.hazard and where.width() > 14:
        near = mark == "next" or _loud(mark, theme) is not None
        sign = QRectF(where.left(), where.center().y() - 5.5, 11, 11)
        draw_shape(painter, "triangle", sign, theme.caution if near and not dim else ink)
        where = where.adjusted(15, 0, 0, 0)
    if where.width() < 8:
        return
    painter.setFont(fonts.small())
    painter.setPen(QColor(ink))
    text = _fitted(box.number, box.label, int(where.width()))
    painter.drawText(where.adjusted(0, 0, 2, 0), Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)


@lru_cache(maxsize=8192)
def _label_px(number: str, label: str) -> float:
    return QFontMetricsF(fonts.small()).horizontalAdvance(f"{number}  {label}" if label else number)


@lru_cache(maxsize=8192)
def _fitted(number: str, label: str, room_px: int) -> str:
    """Number and label as far as they go; the number alone where the label would be a stump."""
    metrics = QFontMetricsF(fonts.small())
    if (
        room_px < metrics.horizontalAdvance(number) + 40
        and metrics.horizontalAdvance(f"{number}  {label}") > room_px + 1
    ):
        return number
    return metrics.elidedText(f"{number}  {label}" if label else number, Qt.TextElideMode.ElideRight, room_px + 1)


@lru_cache(maxsize=8192)
def _elided_to(text: str, voice: str, room_px: int) -> str:
    metrics = QFontMetricsF(fonts.small() if voice == "small" else fonts.medium())
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room_px)


def _elided(text: str, voice: str, room_px: float) -> str:
    return _elided_to(text, voice, min(int(room_px) + 1, 600))
