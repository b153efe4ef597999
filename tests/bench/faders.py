"""A hundred faders on their way at once: are their steps even, do they take as long as asked, do they arrive?

And what they cost the cues beside them: timed cues run all along and for some seconds more.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tests.bench.console import Stage
from tests.bench.figures import Block, Finding, block, lateness_ns
from tests.bench.programs import BenchError
from tests.bench.shows import FADE_HZ, LEAD_S, fade_show
from tests.bench.stopwatch import Arrival, arrivals

FADES = 100
TARGET_DB = 0.0
BESIDE_PERIOD_S = 0.047  # no multiple of a fade's period: cues meet the steps in every phase
AFTER_S = 10.0
"""How long cues go on when the fades are over, to be compared with."""

_STREAM = b"/level/"


@dataclass(frozen=True)
class FadeFigures:
    """What a hundred fades came to. Intervals count by how far they are off the period."""

    interval: Block
    worst_length_ns: int  # how far the fade furthest off is from its length
    off_target: int  # faders whose last value is not exactly the one asked for
    with_fades: Block  # cues while faders move
    without_fades: Block  # cues after that

    def findings(self) -> list[Finding]:
        """Held against the design's aims."""
        period_ns = round(1e9 / FADE_HZ)
        apart_us = max(
            abs(self.with_fades.p50_us - self.without_fades.p50_us),
            abs(self.with_fades.p99_us - self.without_fades.p99_us),
        )
        lost = self.with_fades.lost + self.without_fades.lost
        return [
            Finding("fades, interval off by, p99", self.interval.p99_us, 1000.0, "µs", lost=self.interval.lost),
            Finding("fades, length off by", self.worst_length_ns / 1000, period_ns / 1000, "µs"),
            Finding("fades, not exactly at the end value", self.off_target, 0, "faders"),
            Finding("fades, cues beside them changed by", apart_us, 200.0, "µs", lost=lost),
        ]


def fades(probe: Path, directory: Path, fade_s: float) -> FadeFigures:
    """Run them for so many seconds, in a show of ten thousand cues."""
    beside = int((fade_s + AFTER_S - LEAD_S) / BESIDE_PERIOD_S)
    stage = Stage(directory, fade_show(FADES, fade_s, beside, BESIDE_PERIOD_S))
    try:
        stage.start_engine()
        count = FADES * steps_expected(fade_s) + beside
        came = arrivals(probe, stage.probe_port, count, stage.go, fade_s + AFTER_S)
    finally:
        stage.close()
    return fade_figures(came, stage.dues(), fade_s)


def fade_figures(came: Sequence[Arrival], dues: Mapping[bytes, int], fade_s: float) -> FadeFigures:
    """Sort what came by fader, and hold it against the period, the length and the target."""
    faders: dict[bytes, list[Arrival]] = {}
    for arrival in came:
        if arrival[1].startswith(_STREAM):
            faders.setdefault(arrival[1][:-4], []).append(arrival)
    if len(faders) != FADES:
        raise BenchError(f"{len(faders)} of {FADES} faders moved")
    period_ns = round(1e9 / FADE_HZ)
    off_ns = [later - earlier - period_ns for each in faders.values() for (earlier, _), (later, _) in pairwise(each)]
    lengths_ns = [each[-1][0] - each[0][0] for each in faders.values()]
    over_ns = max(each[-1][0] for each in faders.values())
    early = {cue: due_ns for cue, due_ns in dues.items() if due_ns <= over_ns}
    late = {cue: due_ns for cue, due_ns in dues.items() if due_ns > over_ns}
    single = [arrival for arrival in came if arrival[1] in dues]
    return FadeFigures(
        interval=block(off_ns, FADES * (steps_expected(fade_s) - 1)),
        worst_length_ns=max(abs(length_ns - round(fade_s * 1e9)) for length_ns in lengths_ns),
        off_target=sum(each[-1][1][-4:] != struct.pack(">f", TARGET_DB) for each in faders.values()),
        with_fades=block(lateness_ns(single, early), len(early)),
        without_fades=block(lateness_ns(single, late), len(late)),
    )


def steps_expected(fade_s: float) -> int:
    """How many values one fader gets: the first, and one each period up to the end."""
    return round(fade_s * FADE_HZ) + 1
