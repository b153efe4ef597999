"""Taps to a tempo: steady and shaky hands, missed and doubled beats, new starts, and what is written down."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.plan.tapping import last_run, taps_to_tempo
from console.timebase import NS_PER_MS, NS_PER_S


def beaten(bpm: float, count: int, start_s: float = 10.0, off_ms: tuple[float, ...] = (0,)) -> list[int]:
    """``count`` taps at ``bpm``; ``off_ms`` round and round."""
    period = 60 * NS_PER_S / bpm
    return [round(start_s * NS_PER_S + each * period + off_ms[each % len(off_ms)] * NS_PER_MS) for each in range(count)]


def test_a_steady_hand_gives_its_tempo() -> None:
    tapped = taps_to_tempo(beaten(120, 8))
    assert tapped is not None
    assert tapped.bpm == tapped.written == 120
    assert (tapped.used, tapped.dropped) == (8, 0)
    assert tapped.spread_ms == tapped.spread_bpm == 0
    assert tapped.first_beat_ns == 10 * NS_PER_S


@pytest.mark.parametrize("count", [0, 1, 2])
def test_below_three_taps_there_is_no_tempo(count: int) -> None:
    assert taps_to_tempo(beaten(120, count)) is None


def test_a_shaky_hand_says_how_shaky() -> None:
    tapped = taps_to_tempo(beaten(96, 16, off_ms=(12, -15, 4, 9, -10)))
    assert tapped is not None
    assert tapped.written == 96
    assert abs(float(tapped.bpm) - 96) < 2 * tapped.spread_bpm < 1
    assert 8 < tapped.spread_ms < 14
    assert tapped.dropped == 0


def test_missed_beats_are_bridged() -> None:
    taps = beaten(110, 16)
    tapped = taps_to_tempo([tap for at, tap in enumerate(taps) if at not in (3, 7, 8, 12)])
    assert tapped is not None
    assert tapped.written == 110
    assert (tapped.used, tapped.dropped) == (12, 0)


def test_taps_between_the_beats_are_dropped() -> None:
    taps = beaten(100, 12)
    between = [taps[4] + 290 * NS_PER_MS, taps[9] + 300 * NS_PER_MS]
    tapped = taps_to_tempo(sorted(taps + between))
    assert tapped is not None
    assert tapped.bpm == pytest.approx(100, abs=1e-6)
    assert (tapped.used, tapped.dropped) == (12, 2)


def test_one_slip_does_not_bend_the_tempo() -> None:
    taps = beaten(120, 12)
    taps[6] += 90 * NS_PER_MS  # within a quarter of a beat, so only the line tells it from the others
    tapped = taps_to_tempo(taps)
    assert tapped is not None
    assert tapped.bpm == 120
    assert (tapped.used, tapped.dropped) == (11, 1)


def test_a_first_tap_beside_the_beat_is_left_out() -> None:
    taps = beaten(120, 10)
    tapped = taps_to_tempo([taps[0] - 330 * NS_PER_MS, *taps])
    assert tapped is not None
    assert tapped.bpm == 120
    assert (tapped.used, tapped.dropped) == (10, 1)
    assert tapped.first_beat_ns == taps[0]


def test_a_bouncing_key_taps_once() -> None:
    taps = beaten(120, 6)
    assert last_run(sorted(taps + [tap + 20 * NS_PER_MS for tap in taps])) == tuple(taps)


def test_behind_a_pause_the_tapping_begins_anew() -> None:
    first, second = beaten(90, 8), beaten(140, 8, start_s=25)
    assert last_run(first + second) == tuple(second)
    tapped = taps_to_tempo(first + second)
    assert tapped is not None
    assert tapped.written == 140
    assert tapped.used == 8


def test_only_the_last_taps_count() -> None:
    taps = beaten(128, 100)
    assert last_run(taps) == tuple(taps[-64:])


@pytest.mark.parametrize(("quarters", "bpm"), [(Fraction(1, 2), 60), (Fraction(3, 2), 180), (Fraction(2), 240)])
def test_a_tap_is_worth_what_the_metre_says(quarters: Fraction, bpm: int) -> None:
    tapped = taps_to_tempo(beaten(120, 8), quarters)
    assert tapped is not None
    assert tapped.bpm == bpm


def test_what_is_written_is_as_fine_as_the_taps_allow() -> None:
    exact = taps_to_tempo(beaten(127.94, 8))
    shaky = taps_to_tempo(beaten(127.94, 8, off_ms=(20, -20, 14, -9)))
    assert exact is not None
    assert shaky is not None
    assert exact.written == Fraction("127.94")
    assert shaky.written == 128


def test_taps_that_keep_no_beat_give_no_tempo_or_say_that_they_spread() -> None:
    taps = [0, 400, 1100, 1390, 2300, 2500, 3600]
    tapped = taps_to_tempo([each * NS_PER_MS for each in taps])
    assert tapped is None or tapped.spread_bpm > 1 or tapped.dropped >= 2


@settings(max_examples=60, deadline=None)
@given(
    bpm=st.floats(50, 200),
    offs=st.lists(st.floats(-15, 15), min_size=12, max_size=24),
    missed=st.sets(st.sampled_from((1, 4, 7, 10)), max_size=3),
)
def test_the_tempo_of_a_human_hand_is_found(bpm: float, offs: list[float], missed: set[int]) -> None:
    """Fifteen milliseconds either way over a dozen beats bend a line by no more than two in a hundred."""
    taps = [tap for at, tap in enumerate(beaten(bpm, len(offs), off_ms=tuple(offs))) if at not in missed]
    tapped = taps_to_tempo(taps)
    assert tapped is not None
    assert float(tapped.bpm) == pytest.approx(bpm, rel=0.02)
    assert tapped.used + tapped.dropped == len(taps)


@settings(max_examples=60, deadline=None)
@given(taps=st.lists(st.integers(0, 60 * NS_PER_S), max_size=40).map(sorted))
def test_no_taps_break_it(taps: list[int]) -> None:
    tapped = taps_to_tempo(taps)
    assert tapped is None or (tapped.bpm > 0 and tapped.spread_bpm >= 0 and tapped.used >= 3)
