"""Where outside code stands at any instant, from readings that arrive with jitter.

The filter: a clock of our own at the source's speed, pulled towards each reading. The first sixteen are averaged; from
then on a reading moves the clock by a sixteenth of what it is off, and its speed by a thousandth of that a reading
(an alpha-beta filter, critically damped, half of a step gone after eleven quarter frames). No reading pulls by more
than ``MOST_PULL_NS``: what a busy machine or a slow interface delivers late, and in a bunch, hardly moves it. Jitter of
1 ms comes out as less than 0.3 ms. Nothing accumulates: whatever it says follows from the readings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from console.timebase.instants import NS_PER_MS, NS_PER_S

MEMORY: Final = 16
"""Readings that are averaged at first; afterwards each weighs one in so many."""

SPEED_GAIN: Final = 1 / (4 * MEMORY**2)
MOST_PULL_NS: Final = 5 * NS_PER_MS
LEAST_STEP_NS: Final = 5 * NS_PER_MS
"""Readings that come in one bunch count as this far apart where speed is concerned."""

SLOWEST: Final = 0.9
FASTEST: Final = 1.1
"""Speeds that are followed: pitch control and pull-down. Beyond them it is not this song's code."""

MEASURED_NS: Final = 2 * NS_PER_S
"""Drift is told once so much has been heard."""


@dataclass(frozen=True, slots=True)
class CodeClock:
    """At ``at_ns`` (engine instant) the code stood ``code_ns`` past label midnight, running at ``speed``."""

    at_ns: int
    code_ns: int
    speed: float = 1.0
    readings: int = 1
    jitter_ns: float = 0.0
    since_ns: int | None = None  # from where drift is measured: once the first readings are averaged
    since_code_ns: int = 0

    def code_at(self, now_ns: int) -> int:
        """Where the code stands at an instant; counts on past midnight."""
        return self.code_ns + round((now_ns - self.at_ns) * self.speed)

    def heard(self, at_ns: int, off_ns: int) -> CodeClock:
        """With one more reading, which stood ``off_ns`` ahead of this clock."""
        pull_ns = max(-MOST_PULL_NS, min(MOST_PULL_NS, off_ns))
        readings = self.readings + 1
        speed = self.speed
        if readings > MEMORY:
            speed += SPEED_GAIN * pull_ns / max(at_ns - self.at_ns, LEAST_STEP_NS)
        code_ns = self.code_at(at_ns) + round(pull_ns / min(readings, MEMORY))
        begins = self.since_ns is None and readings >= MEMORY
        return CodeClock(
            at_ns,
            code_ns,
            max(SLOWEST, min(FASTEST, speed)),
            readings,
            self.jitter_ns + (abs(off_ns) - self.jitter_ns) / (2 * MEMORY),
            at_ns if begins else self.since_ns,
            code_ns if begins else self.since_code_ns,
        )

    def jumped(self, by_ns: int) -> CodeClock:
        """The same source, having jumped as it was expected to."""
        return replace(self, code_ns=self.code_ns + by_ns, since_code_ns=self.since_code_ns + by_ns)

    @property
    def drift_ppm(self) -> int | None:
        """How much faster than its own rate it has run since it was locked; None until that is known."""
        if self.since_ns is None or self.at_ns - self.since_ns < MEASURED_NS:
            return None
        return round(((self.code_ns - self.since_code_ns) / (self.at_ns - self.since_ns) - 1) * 1_000_000)
