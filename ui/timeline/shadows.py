"""Shadows of takes on the timeline: thin marks at where cues really left, in the cached layer.

Each take has a shape of its own, so that they are told apart without colour; a whisker leads from the cue's planned
place. A cue that was missed has a cross where it ought to have been pressed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from ui.state.desk import Desk
from ui.state.takes import Shadow
from ui.theme.colours import Theme
from ui.theme.shapes import draw_shape
from ui.timeline.geometry import Axis, Strip
from ui.timeline.layout import Lane

SHAPES: Final = ("disc", "diamond", "stop", "ring")
SIGN_PX: Final = 7.0
_FEW_PX: Final = 1.0


class TakeShadows:
    """What lies on the timeline of the chosen takes, reckoned when it changes."""

    def __init__(self) -> None:
        self._by_item: Mapping[str, Sequence[Shadow]] = {}
        self._of: tuple[object, ...] = ()

    def follow(self, desk: Desk) -> bool:
        """Take over what the desk has chosen; True where something else is to be painted."""
        of = (desk.show, *desk.takes.shown)
        if len(of) == len(self._of) and all(one is other for one, other in zip(of, self._of, strict=True)):
            return False
        had = bool(self._by_item)
        self._of, self._by_item = of, {}
        if desk.show is not None and desk.schedule is not None and desk.takes.shown:
            self._by_item = desk.takes.shadows(desk.show, desk.schedule)
        return had or bool(self._by_item)

    def paint(
        self, painter: QPainter, strip: Strip, axis: Axis, lanes: Sequence[Lane], theme: Theme, width_px: int
    ) -> None:
        """The painter's origin is the left top of the lanes. Costs what is seen."""
        if not self._by_item:
            return
        by_role = {lane.track.role: lane for lane in lanes}
        takes = len(self._of) - 1
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for span in strip.visible(axis.x_to_ns(0), axis.x_to_ns(width_px)):
            for shadow in self._by_item.get(span.item, ()):
                lane = by_role.get(shadow.role)
                at_ns = shadow.left_ns if shadow.left_ns is not None else shadow.planned_ns
                if lane is None or at_ns is None:
                    continue
                x = axis.ns_to_x(span.zero_ns + at_ns)
                if -SIGN_PX <= x <= width_px + SIGN_PX:
                    planned_ns = shadow.planned_ns if shadow.planned_ns is not None else at_ns
                    _paint(painter, shadow, lane, x, axis.ns_to_x(span.zero_ns + planned_ns), theme, takes)
        painter.restore()


def _paint(painter: QPainter, shadow: Shadow, lane: Lane, x: float, planned_x: float, theme: Theme, takes: int) -> None:
    """Each take has a row of its own within the lane."""
    row_px = (lane.height_px - 5.0) / takes
    centre = lane.top_px + 2 + row_px * (shadow.take % takes + 0.5)
    side = min(SIGN_PX, max(row_px, 5.0))
    sign = QRectF(x - side / 2, centre - side / 2, side, side)
    if shadow.left_ns is None:
        draw_shape(painter, "cross", sign.adjusted(-1, -1, 1, 1), theme.caution)
        return
    if abs(x - planned_x) > _FEW_PX:
        painter.setPen(QPen(QColor(theme.ground), 3))
        painter.drawLine(QLineF(planned_x, centre, x, centre))
        painter.setPen(QPen(QColor(theme.bright), 1))
        painter.drawLine(QLineF(planned_x, centre, x, centre))
    painter.setPen(QPen(QColor(theme.bright), 1))
    painter.drawLine(QLineF(x, centre - row_px / 2, x, centre + row_px / 2))
    draw_shape(painter, SHAPES[shadow.take % len(SHAPES)], sign.adjusted(-1.5, -1.5, 1.5, 1.5), theme.ground)
    draw_shape(painter, SHAPES[shadow.take % len(SHAPES)], sign, theme.bright)
