"""Fades that we stream: functions of the clock. A step may come late; the value is right whenever it is asked.

The exact end value is always sent, as the last step.
"""

from __future__ import annotations

from dataclasses import dataclass

from console.engine.arming import ArmedSend, FadeShape
from console.plan.fade_curves import points_value_at
from profiles.verbs import Blend


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
        in_db = self.shape.blend is Blend.DB
        return points_value_at(self.shape.points, self.from_value, now_ns - self.start_ns, in_db=in_db)

    def step_ns(self, step_no: int) -> int:
        """When a step is due: on the device's grid from the start on, and exactly at the end."""
        due_ns = self.start_ns + round(step_no * 1_000_000_000 / self.shape.rate_hz)
        return min(due_ns, self.end_ns)

    def first_step_after(self, now_ns: int) -> int:
        """The number of the first step due after an instant, so that late steps are dropped, not queued."""
        passed = int((now_ns - self.start_ns) * self.shape.rate_hz / 1_000_000_000)
        return max(self.step_no + 1, passed + 1)
