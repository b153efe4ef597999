"""Clocks of a run: the real one, one that runs faster, and one that stands still until it is moved.

Each reads its time of day together with its instant, so that a show played at 20 times its speed also meets its
times of day at 20 times their speed.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, tzinfo
from fractions import Fraction
from typing import Protocol

from console.ports import Clock
from console.timebase import NS_PER_US


class PacedClock(Clock, Protocol):
    """A clock that real time drives, so that one can wait for it."""

    def to_monotonic_ns(self, instant_ns: int) -> int:
        """The reading of the machine's monotonic clock at which this clock shows ``instant_ns``, never before it."""
        ...


class RealClock:
    """The machine's monotonic clock. The time of day is read anew each time: it follows when the house sets its own."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone

    now_ns = staticmethod(time.monotonic_ns)

    def wall(self) -> datetime:
        """The time of day in the venue's zone."""
        return datetime.now(self._zone)

    def to_monotonic_ns(self, instant_ns: int) -> int:
        """The same number: instants are monotonic nanoseconds."""
        return instant_ns


class ScaledClock:
    """Runs ``speed`` times as fast as the machine's clock, from one moment of the venue's day on."""

    def __init__(self, speed: Fraction | int, start: datetime) -> None:
        if speed <= 0:
            raise ValueError(f"speed {speed} is not a speed: give one above 0")
        self.speed = Fraction(speed)
        self._start = start
        self.zero_ns = time.monotonic_ns()

    def now_ns(self) -> int:
        """The machine's reading when the clock was made, plus ``speed`` times what has passed since."""
        passed_ns = time.monotonic_ns() - self.zero_ns
        return self.zero_ns + passed_ns * self.speed.numerator // self.speed.denominator

    def wall(self) -> datetime:
        """The start, moved on as the clock was."""
        return later(self._start, self.now_ns() - self.zero_ns)

    def to_monotonic_ns(self, instant_ns: int) -> int:
        """The machine's reading at which :meth:`now_ns` first shows ``instant_ns`` or more."""
        return self.zero_ns - (self.zero_ns - instant_ns) * self.speed.denominator // self.speed.numerator


class VirtualClock:
    """Stands still until it is moved, and refuses to go back. Begins off zero, so that nobody relies on zero."""

    def __init__(self, start: datetime, now_ns: int = 7_000_000_007) -> None:
        self._start = start
        self.zero_ns = self._now_ns = now_ns

    def now_ns(self) -> int:
        """Where it was last put."""
        return self._now_ns

    def wall(self) -> datetime:
        """The start, moved on as the clock was."""
        return later(self._start, self._now_ns - self.zero_ns)

    def move_to(self, instant_ns: int) -> None:
        """Put the clock to a later instant."""
        if instant_ns < self._now_ns:
            raise ValueError(f"a clock does not go back: it stands at {self._now_ns} ns, not before {instant_ns} ns")
        self._now_ns = instant_ns


def later(moment: datetime, passed_ns: int) -> datetime:
    """The moment, so many nanoseconds on, in the same zone: true time, also over a change to summer time."""
    return (moment.astimezone(UTC) + timedelta(microseconds=passed_ns // NS_PER_US)).astimezone(moment.tzinfo)
