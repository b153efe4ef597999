"""Bars, beats and ticks against time: the metres and tempi of a song as one map.

Bars count from 1, a beat is the metre's denominator, a tick is 1/480 beat, bpm is quarter notes a
minute. Zero is bar 1 beat 1. The count-in is bars 0, -1, ... in the first metre at the first tempo; it
has no first bar, so every negative position has a bar too. Conversions bisect: a song of ten thousand
bars costs what one of ten costs.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Final, NamedTuple

from console.timebase.tempo_spans import GRAINS_PER_QUARTER, Ramp, Steady

TICKS_PER_BEAT: Final = 480
DENOMINATORS: Final = (1, 2, 4, 8, 16, 32, 64)
MIN_BPM: Final = 1
MAX_BPM: Final = 1000  # keeps the finest tick above 7 µs, so that no two ticks share a ns

_BBT: Final = re.compile(r"(-?\d{1,9})(?:\.(\d{1,9})(?:\.(\d{1,9}))?)?", re.ASCII)


class TempoMapError(ValueError):
    """Metres and tempi that make no map. `problems` holds every fault, the text all of them in one line."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


class BarBeatTickError(ValueError):
    """A bar.beat.tick that cannot be read, or that its bar does not have. One line, with the remedy."""


class Bbt(NamedTuple):
    """A place in the score. Orders as the music does; `str` writes 17.3.240."""

    bar: int
    beat: int = 1
    tick: int = 0

    def __str__(self) -> str:
        return f"{self.bar}.{self.beat}.{self.tick}"


def text_to_bbt(text: str) -> Bbt:
    """Read `17.3.240`, `17.3` or `17`. Whether the bar has that beat is for the map to say."""
    match = _BBT.fullmatch(text.strip())
    if match is None:
        raise BarBeatTickError(f"{text!r} is no bar.beat.tick: write it like 17.3.240")
    return Bbt(int(match[1]), int(match[2] or 1), int(match[3] or 0))


@dataclass(frozen=True, slots=True)
class Metre:
    """From this bar on, `num` beats a bar, each a 1/`den` note."""

    bar: int
    num: int
    den: int

    def __str__(self) -> str:
        return f"{self.num}/{self.den}"


@dataclass(frozen=True, slots=True)
class TempoChange:
    """From this beat on, `bpm` quarter notes a minute; with `to_bpm` a ramp that reaches it at `until`.

    `until` is (bar, beat); from there `to_bpm` holds until the next change.
    """

    bar: int
    beat: int
    bpm: Fraction
    to_bpm: Fraction | None = None
    until: tuple[int, int] | None = None


class _MetreSpan(NamedTuple):
    """A run of bars in one metre; sizes in grains."""

    metre: Metre
    start: int
    per_bar: int
    per_beat: int
    per_tick: int


@dataclass(frozen=True)
class TempoMap:
    """The map of one song; metres and tempi in rising order, both from bar 1 beat 1.

    Raises TempoMapError with every fault found. Equal maps are equal values.
    """

    metres: tuple[Metre, ...]
    tempi: tuple[TempoChange, ...]
    _metre_spans: tuple[_MetreSpan, ...] = field(init=False, repr=False, compare=False)
    _metre_bars: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _metre_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _tempo_spans: tuple[Steady | Ramp, ...] = field(init=False, repr=False, compare=False)
    _tempo_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _tempo_ns: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        problems = [*_metre_problems(self.metres), *_tempo_value_problems(self.tempi)]
        if problems:
            raise TempoMapError(problems)

        # Frozen for everyone but the maker: the lookup tables are drawn up here, once.
        metre_spans = tuple(_lay_metres(self.metres))
        object.__setattr__(self, "_metre_spans", metre_spans)
        object.__setattr__(self, "_metre_bars", tuple(span.metre.bar for span in metre_spans))
        object.__setattr__(self, "_metre_starts", tuple(span.start for span in metre_spans))

        problems = list(self._tempo_place_problems())
        if problems:
            raise TempoMapError(problems)
        tempo_spans = tuple(self._lay_tempi())
        object.__setattr__(self, "_tempo_spans", tempo_spans)
        object.__setattr__(self, "_tempo_starts", tuple(span.start for span in tempo_spans))
        object.__setattr__(self, "_tempo_ns", tuple(span.grain_to_ns(span.start) for span in tempo_spans))

    # ------------------------------------------------------------ score to time

    def bbt_to_ns(self, bar: int, beat: int = 1, tick: int = 0) -> int:
        """ns from bar 1 beat 1, nearest, halves up. BarBeatTickError where the bar has no such place."""
        return self._grain_to_ns(self._bbt_to_grain(bar, beat, tick))

    def bar_to_ns(self, bar: int) -> int:
        """The bar line at the start of a bar; bars 0, -1, ... are the count-in."""
        return self._grain_to_ns(self._bar_to_grain(bar))

    def bars_to_ns(self, bars: range) -> tuple[int, int]:
        """Start and end of a run of bars: range(17, 33) is from bar line 17 to bar line 33."""
        return self.bar_to_ns(bars.start), self.bar_to_ns(max(bars.start, bars.stop))

    def count_in_ns(self, bars: int) -> int:
        """How long a count-in of that many bars lasts."""
        return -self.bar_to_ns(1 - bars)

    # ------------------------------------------------------------ time to score

    def ns_to_bbt(self, ns: int) -> Bbt:
        """The last tick that is not after `ns`: exactly the inverse of `bbt_to_ns`, and monotone."""
        grain = self._ns_to_grain(ns)
        span = self._metre_spans[max(0, bisect_right(self._metre_starts, grain) - 1)]
        bars, in_bar = divmod(grain - span.start, span.per_bar)
        beats, in_beat = divmod(in_bar, span.per_beat)
        return Bbt(span.metre.bar + bars, beats + 1, in_beat // span.per_tick)

    def ns_to_next_bar(self, ns: int) -> int:
        """The first bar whose line is at `ns` or after it."""
        bar = self.ns_to_bbt(ns).bar
        return bar if self.bar_to_ns(bar) >= ns else bar + 1

    def ns_to_next_beat(self, ns: int) -> Bbt:
        """The first beat that is at `ns` or after it."""
        bar, beat, _ = self.ns_to_bbt(ns)
        if self.bbt_to_ns(bar, beat) >= ns:
            return Bbt(bar, beat)
        return Bbt(bar, beat + 1) if beat < self.metre_at(bar).num else Bbt(bar + 1)

    # ------------------------------------------------------------ quarter notes

    def bbt_to_quarters(self, bar: int, beat: int = 1, tick: int = 0) -> Fraction:
        """Quarter notes from bar 1 beat 1, exactly."""
        return Fraction(self._bbt_to_grain(bar, beat, tick), GRAINS_PER_QUARTER)

    def quarters_to_ns(self, quarters: int | Fraction) -> int:
        """ns of a number of quarter notes after bar 1 beat 1, nearest, halves up."""
        return self._grain_to_ns(Fraction(quarters) * GRAINS_PER_QUARTER)

    def ns_to_quarters(self, ns: int) -> Fraction:
        """Quarter notes passed at `ns`, cut to whole 1/7680 of one."""
        return Fraction(self._ns_to_grain(ns), GRAINS_PER_QUARTER)

    # ------------------------------------------------------------ what holds where

    def metre_at(self, bar: int) -> Metre:
        """The metre of a bar."""
        return self._metre_span(bar).metre

    def bpm_at_ns(self, ns: int) -> float:
        """The tempo at a moment, for display."""
        grain = self._ns_to_grain(ns)
        return self._tempo_spans[max(0, bisect_right(self._tempo_starts, grain) - 1)].bpm_at(grain)

    # ------------------------------------------------------------ inside

    def _metre_span(self, bar: int) -> _MetreSpan:
        return self._metre_spans[max(0, bisect_right(self._metre_bars, bar) - 1)]

    def _bar_to_grain(self, bar: int) -> int:
        span = self._metre_span(bar)
        return span.start + (bar - span.metre.bar) * span.per_bar

    def _bbt_to_grain(self, bar: int, beat: int, tick: int) -> int:
        span = self._metre_span(bar)
        if not 1 <= beat <= span.metre.num:
            raise BarBeatTickError(
                f"{bar}.{beat}.{tick}: bar {bar} is in {span.metre}, its beats go from 1 to {span.metre.num}"
            )
        if not 0 <= tick < TICKS_PER_BEAT:
            raise BarBeatTickError(f"{bar}.{beat}.{tick}: ticks go from 0 to {TICKS_PER_BEAT - 1}")
        return span.start + (bar - span.metre.bar) * span.per_bar + (beat - 1) * span.per_beat + tick * span.per_tick

    def _grain_to_ns(self, grain: int | Fraction) -> int:
        return self._tempo_spans[max(0, bisect_right(self._tempo_starts, grain) - 1)].grain_to_ns(grain)

    def _ns_to_grain(self, ns: int) -> int:
        return self._tempo_spans[max(0, bisect_right(self._tempo_ns, ns) - 1)].ns_to_grain(ns)

    def _tempo_place_problems(self) -> Iterator[str]:
        """Faults of where tempi stand, looked for once the metres are known to be sound."""
        start = end = -1  # grains the tempo before takes: its place, and where its ramp ends
        before = ""
        for change in self.tempi:
            where = f"tempo at {change.bar}.{change.beat}"
            try:
                grain = self._bbt_to_grain(change.bar, change.beat, 0)
                until = grain if change.until is None else self._bbt_to_grain(*change.until, 0)
            except BarBeatTickError as error:
                yield f"{where}: {error}"
                continue
            if not before and grain != 0:
                yield f"{where}: the first tempo must stand at 1.1"
            elif before and grain <= start:
                yield f"{where}: is not after the {before}: put tempi in rising order, one to a place"
            elif before and grain < end:
                yield f"{where}: starts before the ramp of the {before} has ended: move one of them"
            if change.until is not None and until <= grain:
                yield f"{where}: its ramp ends at {change.until[0]}.{change.until[1]}: end it after its start"
            start, end, before = grain, until, where

    def _lay_tempi(self) -> Iterator[Steady | Ramp]:
        """Steady stretches and ramps end to end, the count-in first."""
        span: Steady | Ramp = Steady(0, Fraction(0), self.tempi[0].bpm)
        yield span
        for change in self.tempi:
            grain = self._bbt_to_grain(change.bar, change.beat, 0)
            start_ns = span.next_start_ns(grain)
            if change.until is None or change.to_bpm is None or change.to_bpm == change.bpm:
                span = Steady(grain, start_ns, change.bpm)
                yield span
            else:
                end = self._bbt_to_grain(*change.until, 0)
                span = Ramp(grain, start_ns, change.bpm, change.to_bpm, end - grain)
                yield span
                span = Steady(end, span.next_start_ns(end), change.to_bpm)
                yield span


def _lay_metres(metres: Sequence[Metre]) -> Iterator[_MetreSpan]:
    start = 0
    before: _MetreSpan | None = None
    for metre in metres:
        if before is not None:
            start += (metre.bar - before.metre.bar) * before.per_bar
        per_beat = GRAINS_PER_QUARTER * 4 // metre.den
        before = _MetreSpan(metre, start, per_beat * metre.num, per_beat, per_beat // TICKS_PER_BEAT)
        yield before


def _metre_problems(metres: Sequence[Metre]) -> Iterator[str]:
    if not metres:
        yield "no metre: give bar 1 one, for example 4/4"
    elif metres[0].bar != 1:
        yield f"metre at bar {metres[0].bar}: the first metre must stand at bar 1"
    for metre in metres:
        if metre.num < 1 or metre.den not in DENOMINATORS:
            yield (
                f"metre {metre} at bar {metre.bar}: needs 1 or more beats "
                f"of 1/{', 1/'.join(map(str, DENOMINATORS[:-1]))} or 1/{DENOMINATORS[-1]}"
            )
    for before, metre in pairwise(metres):
        if metre.bar <= before.bar:
            yield f"metre at bar {metre.bar}: is not after the one at bar {before.bar}: put metres in rising order"


def _tempo_value_problems(tempi: Sequence[TempoChange]) -> Iterator[str]:
    if not tempi:
        yield "no tempo: give 1.1 one, in quarter notes a minute"
    for change in tempi:
        where = f"tempo at {change.bar}.{change.beat}"
        for bpm in (change.bpm, change.to_bpm):
            if bpm is not None and not MIN_BPM <= bpm <= MAX_BPM:
                yield f"{where}: {float(bpm):g} bpm: use {MIN_BPM} to {MAX_BPM} quarter notes a minute"
        if (change.to_bpm is None) != (change.until is None):
            yield f"{where}: a ramp needs both to_bpm and until: give both or neither"
