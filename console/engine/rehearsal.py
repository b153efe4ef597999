"""What only a rehearsal has: another speed, a stretch that repeats, a count-in. Values; ``rehearsing`` changes them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from console.engine.playhead import NORMAL


@dataclass(frozen=True, slots=True)
class Stretch:
    """Played again and again, from score position to score position of one item."""

    item: str
    from_ns: int
    to_ns: int
    triggers: bool = False  # repeats send triggers too: somebody asked for it


@dataclass(slots=True)
class Rehearsal:
    """How a rehearsal plays. At its defaults it plays as a performance does."""

    speed: Fraction = NORMAL  # score seconds a second
    scales_fades: bool = False  # offsets, fades and lengths inside a cue go at that speed too
    code_out: Literal["follow", "off"] = "follow"
    stretch: Stretch | None = None
    is_inside: bool = False  # the playhead was put before the end of the stretch, and will come to it
    pass_no: int = 1  # of the stretch, from 1
    plays_from_ns: int | None = None  # the last count-in leads to this position

    def put(self, item: str, position_ns: int, plays_from_ns: int | None = None) -> None:
        """The playhead was put somewhere: a stretch that lies ahead is played, from its first pass."""
        self.is_inside = self.stretch is not None and item == self.stretch.item and position_ns < self.stretch.to_ns
        self.pass_no, self.plays_from_ns = 1, plays_from_ns

    @property
    def own_speed(self) -> Fraction:
        """The speed of what a cue does inside itself."""
        return self.speed if self.scales_fades else NORMAL


def slowed(length_ns: int, speed: Fraction) -> int:
    """How long something lasts that takes ``length_ns`` at normal speed."""
    return length_ns if speed is NORMAL else round(length_ns / speed)


def led(lead_ns: int, speed: Fraction) -> int:
    """How much score goes by while a device takes its time."""
    return lead_ns if speed is NORMAL else round(lead_ns * speed)
