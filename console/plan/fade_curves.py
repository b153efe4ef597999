"""Fades as functions of elapsed time: the same reckoning for the state at t and for the steps that are sent.

Decibels fade in decibels, everything else in a straight line or along its curve.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from console.show.cues import Curve, Point, Step
from console.timebase.instants import s_to_ns

MINUS_INFINITY_DB: Final = -144.0
"""Where a fade from or to silence begins in decibels: below every desk's last audible step."""


def curve_to_share(curve: Curve, x: float) -> float:
    """How much of the way is done at ``x`` of the time, both 0–1."""
    if x >= 1.0:
        return 1.0
    if x <= 0.0 or curve == "step":
        return 0.0
    if curve == "ease":
        return x * x * (3.0 - 2.0 * x)
    if curve == "ease_in":
        return x * x
    if curve == "ease_out":
        return x * (2.0 - x)
    return x


def points_value_at(points: Sequence[Point], from_value: float, elapsed_ns: int, *, in_db: bool) -> float:
    """The value ``elapsed_ns`` after the start; exactly the last point's from there on. ``points`` is not empty."""
    if elapsed_ns >= s_to_ns(points[-1].offset_s):
        return points[-1].value
    elapsed_s = max(0, elapsed_ns) / 1e9
    before_s, before = 0.0, from_value
    for point in points:
        if elapsed_s < point.offset_s:
            share = curve_to_share(point.curve, (elapsed_s - before_s) / (point.offset_s - before_s))
            start = max(before, MINUS_INFINITY_DB) if in_db else before
            target = max(point.value, MINUS_INFINITY_DB) if in_db else point.value
            return start + (target - start) * share
        before_s, before = point.offset_s, point.value
    return points[-1].value


def step_points(step: Step, target: float) -> tuple[Point, ...]:
    """A step's fade as points: its own, or one at the end of its fade; () where it snaps."""
    if step.points:
        return step.points
    return (Point(offset_s=step.fade_s, value=target, curve=step.curve),) if step.fade_s else ()
