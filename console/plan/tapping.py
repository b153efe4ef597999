"""Taps of a hand against a tempo: what was beaten, how steadily, and what does not belong to it. Pure.

A hand is late by tens of milliseconds, misses beats, taps twice, and begins anew. So the taps are walked from beat to
beat: the next tap is looked for whole periods on, half of what it is off moves the walk along with the hand, and a tap
further than a quarter period from every beat belongs to none. The tempo is the slope of the least-squares line through
the taps that are left, once those are out whose distance from it is an *outlier* as ``take_lags`` tells one: beyond 3.5
scaled median deviations (1.4826 × MAD, taken as 10 ms at least).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import median
from typing import Final

from console.timebase import NS_PER_MS, NS_PER_S

FEWEST_TAPS: Final = 3
MOST_TAPS: Final = 64
"""What was tapped longer ago no longer counts: a hand follows what it hears now."""

PAUSE_NS: Final = 3 * NS_PER_S
"""Behind a pause this long the tapping begins anew: slower than 20 beats a minute nobody taps."""

_DOUBLE_NS: Final = 60 * NS_PER_MS  # a key that bounces, a finger that stutters: 1,000 beats a minute
_OUTLIER: Final = 3.5
_STEADY_NS: Final = 10 * NS_PER_MS
_STEPS: Final = (Fraction(1), Fraction(1, 2), Fraction(1, 10), Fraction(1, 100))


@dataclass(frozen=True, slots=True)
class TappedTempo:
    """What a run of taps says.

    ``bpm``: quarter notes a minute, exact as measured. ``spread_bpm``: its standard error, never negative.
    ``spread_ms``: how far the taps stand from their beats, root mean square. ``used`` and ``dropped``: taps of this
    run. ``first_beat_ns``: where the line has its first beat, in the taps' own time.
    """

    bpm: Fraction
    spread_bpm: float
    spread_ms: float
    used: int
    dropped: int
    first_beat_ns: int

    @property
    def written(self) -> Fraction:
        """The tempo to write down: to the whole, half, tenth or hundredth, the coarsest that the taps do not refute."""
        for step in _STEPS:
            value = round(self.bpm / step) * step
            if abs(float(value - self.bpm)) <= self.spread_bpm:
                return value
        return round(self.bpm / _STEPS[-1]) * _STEPS[-1]


def taps_to_tempo(taps_ns: Sequence[int], beat_quarters: Fraction = Fraction(1)) -> TappedTempo | None:
    """The tempo of the last run of taps; None until three of them make one.

    ``taps_ns``: rising, on any one clock. ``beat_quarters``: what a tap is worth in quarter notes: 1/2 for the eighths
    of 7/8, 2 for the halves of 2/2.
    """
    run = last_run(taps_ns)
    if len(run) < FEWEST_TAPS:
        return None
    period = median(b - a for a, b in pairwise(run))
    walks = [_walk(run[start:], period) for start in range(len(run) - FEWEST_TAPS + 1)[:FEWEST_TAPS]]
    beats = max(walks, key=len)  # a first tap beside the beat is left out by a walk that starts behind it
    if len(beats) < FEWEST_TAPS:
        return None
    line = _Line.through(beats)
    kept = line.without_outliers(beats)
    if FEWEST_TAPS <= len(kept) < len(beats):
        beats, line = kept, _Line.through(kept)
    slope = float(line.slope_ns)
    bpm = 60 * NS_PER_S * beat_quarters / line.slope_ns
    return TappedTempo(
        bpm,
        float(bpm) * line.slope_error_ns(beats) / slope,
        line.off_ns(beats) / NS_PER_MS,
        len(beats),
        len(run) - len(beats),
        round(line.start_ns + line.slope_ns * beats[0][0]),
    )


def last_run(taps_ns: Sequence[int]) -> tuple[int, ...]:
    """The taps since the last pause, at most the last 64; of taps closer than a finger can, the first."""
    run: list[int] = []
    for tap in taps_ns:
        if run and tap - run[-1] >= PAUSE_NS:
            run.clear()
        if not run or tap - run[-1] >= _DOUBLE_NS:
            run.append(tap)
    return tuple(run[-MOST_TAPS:])


def _walk(taps: Sequence[int], period: float) -> list[tuple[int, int]]:
    """(beat, ns) of each tap that stands near one, from the first tap on."""
    beats = [(0, taps[0])]
    index, here = 0, float(taps[0])
    for tap in taps[1:]:
        steps = round((tap - here) / period)
        off = tap - here - steps * period
        if steps < 1 or abs(off) > period / 4:
            continue
        index += steps
        here = tap - off / 2
        beats.append((index, tap))
    return beats


@dataclass(frozen=True, slots=True)
class _Line:
    """Beat n stands at ``start_ns + n · slope_ns``; exact, so that equal taps give equal tempi on every machine."""

    start_ns: Fraction
    slope_ns: Fraction

    @classmethod
    def through(cls, beats: Sequence[tuple[int, int]]) -> _Line:
        """Least squares; the beats differ, so there is a slope."""
        count = len(beats)
        sum_n, sum_t = sum(n for n, _ in beats), sum(t for _, t in beats)
        slope = Fraction(
            count * sum(n * t for n, t in beats) - sum_n * sum_t,
            count * sum(n * n for n, _ in beats) - sum_n * sum_n,
        )
        return cls((sum_t - slope * sum_n) / count, slope)

    def _offs(self, beats: Sequence[tuple[int, int]]) -> list[float]:
        return [float(t - self.start_ns - self.slope_ns * n) for n, t in beats]

    def without_outliers(self, beats: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        offs = self._offs(beats)
        middle = median(offs)
        deviation = max(1.4826 * median(abs(off - middle) for off in offs), _STEADY_NS)
        return [beat for beat, off in zip(beats, offs, strict=True) if abs(off - middle) <= _OUTLIER * deviation]

    def off_ns(self, beats: Sequence[tuple[int, int]]) -> float:
        """Root mean square of the distances."""
        return float((sum(off * off for off in self._offs(beats)) / len(beats)) ** 0.5)

    def slope_error_ns(self, beats: Sequence[tuple[int, int]]) -> float:
        """The standard error of the slope; with three taps one degree of freedom is left."""
        count = len(beats)
        mean = sum(n for n, _ in beats) / count
        width = sum((n - mean) ** 2 for n, _ in beats)
        rest = sum(off * off for off in self._offs(beats))
        return float((rest / (count - 2) / width) ** 0.5)
