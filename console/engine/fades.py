"""Fades that we stream: functions of the clock. A step may come late; the value is right whenever it is asked.

The exact end value is always sent, as the last step. ``fading`` starts, steps, holds and stops them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from console.engine.arming import ArmedSend, FadeShape
from console.plan.fade_curves import points_value_at
from profiles.verbs import Blend

FadeKey = tuple[str, ...]
"""(device, role, family, key …): one stream each."""


@dataclass(frozen=True, slots=True)
class Fade:
    """A fade of one send: when it began, from which value. While held it stands where it stood at ``held_ns``."""

    no: int  # rising within a run
    send: ArmedSend
    shape: FadeShape
    start_ns: int
    from_value: float
    cue_ns: int
    in_score: bool  # begun by a place in the score: a jump takes it over
    held_ns: int | None = None
    by_hand: bool = True  # begun by a press: taking a department leaves it alone

    @property
    def key(self) -> FadeKey:
        return (self.send.device, *(self.send.key or ()))

    @property
    def stream(self) -> str:
        """The name of its as-run rows."""
        return f"fade:{self.no}"

    @property
    def end_ns(self) -> int:
        return self.start_ns + self.shape.length_ns

    def value_at(self, now_ns: int) -> float:
        """The value at an instant, in the verb's unit."""
        at_ns = now_ns if self.held_ns is None else min(now_ns, self.held_ns)
        in_db = self.shape.blend is Blend.DB
        return points_value_at(self.shape.points, self.from_value, at_ns - self.start_ns, in_db=in_db)

    def step_ns(self, step_no: int) -> int:
        """When a step is due: on the device's grid from the start on, and exactly at the end."""
        due_ns = self.start_ns + round(step_no * 1_000_000_000 / self.shape.rate_hz)
        return min(due_ns, self.end_ns)

    def first_step_from(self, now_ns: int) -> int:
        """The number of the first step due at an instant or after it, so that late steps are dropped, not queued."""
        step_no = max(1, int((now_ns - self.start_ns) * self.shape.rate_hz / 1_000_000_000))
        while self.step_ns(step_no) < min(now_ns, self.end_ns):
            step_no += 1
        return step_no

    def held(self, now_ns: int) -> Fade:
        """Standing still from now on."""
        return replace(self, held_ns=now_ns)

    def thawed(self, now_ns: int) -> Fade:
        """Going on with what it had left."""
        if self.held_ns is None:
            return self
        by_ns = now_ns - self.held_ns
        return replace(self, start_ns=self.start_ns + by_ns, cue_ns=self.cue_ns + by_ns, held_ns=None)
