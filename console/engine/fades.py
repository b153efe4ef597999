"""Fades: functions of the clock. A step may come late or not at all; the value is right whenever it is asked.

Decibels fade in decibels, everything else in a straight line or along its curve. The exact end value is always sent,
as the last step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from console.engine.arming import ArmedSend, FadeShape
from console.show.cues import Curve

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


def shape_value_at(shape: FadeShape, from_value: float, elapsed_ns: int) -> float:
    """The value ``elapsed_ns`` after the start; exactly the target from the last point on."""
    if elapsed_ns >= shape.length_ns:
        return shape.target
    elapsed_s = max(0, elapsed_ns) / 1e9
    before_s, before = 0.0, from_value
    for point in shape.points:
        if elapsed_s < point.offset_s:
            share = curve_to_share(point.curve, (elapsed_s - before_s) / (point.offset_s - before_s))
            start = max(before, MINUS_INFINITY_DB) if shape.blend == "db" else before
            target = max(point.value, MINUS_INFINITY_DB) if shape.blend == "db" else point.value
            return start + (target - start) * share
        before_s, before = point.offset_s, point.value
    return shape.target


@dataclass(frozen=True, slots=True)
class Fade:
    """A fade that is running for one send: when it began, from which value."""

    send: ArmedSend
    shape: FadeShape
    start_ns: int
    from_value: float
    cue_ns: int
    step_no: int = 0

    @property
    def end_ns(self) -> int:
        return self.start_ns + self.shape.length_ns

    def value_at(self, now_ns: int) -> float:
        """The value at an instant, in the verb's unit."""
        return shape_value_at(self.shape, self.from_value, now_ns - self.start_ns)

    def step_ns(self, step_no: int) -> int:
        """When a step is due: on the device's grid from the start on, and exactly at the end."""
        due_ns = self.start_ns + round(step_no * 1_000_000_000 / self.shape.rate_hz)
        return min(due_ns, self.end_ns)

    def first_step_after(self, now_ns: int) -> int:
        """The number of the first step due after an instant, so that late steps are dropped, not queued."""
        passed = int((now_ns - self.start_ns) * self.shape.rate_hz / 1_000_000_000)
        return max(self.step_no + 1, passed + 1)
