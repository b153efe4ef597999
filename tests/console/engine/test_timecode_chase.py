"""One source of code: its table, what is believed of it and when, and the clock that jitter does not shake."""

from __future__ import annotations

from statistics import pstdev
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.engine.code_clock import FASTEST, MEMORY, SLOWEST, CodeClock
from console.engine.timecode_chase import CHASE, CodeInput, CodeSource, Stimulus
from console.vocabulary import CodeState
from devices.contract import CodeReading, CodeRefusal
from profiles.timecode import frame_rate, frames_to_ns

MS = 1_000_000
QUARTER_NS = 10 * MS
HOUR_NS = 3600 * 1_000_000_000


def make_source(**fields: int) -> CodeSource:
    return CodeSource(CodeInput("deck", frame_rate("25"), **{"freewheel_frames": 12, "jam_frames": 5, **fields}))


def reading(code_ns: int | None, at_ns: int, good: int = 2, motion: str = "forward") -> CodeReading:
    return CodeReading("deck", code_ns, motion, at_ns, good)  # type: ignore[arg-type]


def roll(source: CodeSource, quarters: int, at_ns: int = 0, code_ns: int = HOUR_NS) -> list[Stimulus | None]:
    """So many readings on time; the first comes when a label is whole."""
    return [source.take(reading(code_ns + n * QUARTER_NS, at_ns + n * QUARTER_NS)) for n in range(quarters)]


def locked() -> CodeSource:
    """A source that has been locked for a while: its last reading came at 990 ms."""
    source = make_source()
    roll(source, 100)
    assert source.state == "locked"
    return source


def test_every_state_answers_every_stimulus() -> None:
    assert set(CHASE) == {(state, stimulus) for state in get_args(CodeState) for stimulus in get_args(Stimulus)}
    assert set(CHASE.values()) == set(get_args(CodeState))


def test_it_locks_with_the_fifth_good_frame_and_no_sooner() -> None:
    source = make_source()
    stimuli = roll(source, 13)
    assert stimuli == ["strays"] * 12 + ["believed"]  # two frames of assembly, twelve quarters more
    assert source.state == "locked"
    assert source.code_at(120 * MS) == HOUR_NS + 120 * MS


def test_silence_freewheels_for_as_many_frames_as_the_house_says_and_no_longer() -> None:
    source = locked()
    heard_ns = 990 * MS
    assert source.next_due_ns() == heard_ns + 80 * MS
    assert source.fall_silent(heard_ns + 80 * MS - 1) is None
    assert source.fall_silent(heard_ns + 80 * MS) == "silent"
    assert (source.state, source.dropouts) == ("freewheel", 1)
    assert source.next_due_ns() == heard_ns + 13 * 40 * MS
    assert source.code_at(heard_ns + 12 * 40 * MS) == HOUR_NS + heard_ns + 480 * MS
    assert source.fall_silent(heard_ns + 13 * 40 * MS) == "over"
    assert (source.state, source.next_due_ns()) == ("lost", None)


def test_code_on_its_way_back_is_waited_for_until_a_label_is_whole() -> None:
    source = locked()
    heard_ns = 990 * MS
    source.fall_silent(heard_ns + 80 * MS)
    source.take(reading(None, heard_ns + 12 * 40 * MS))
    assert source.fall_silent(heard_ns + 13 * 40 * MS) is None
    back_ns = heard_ns + 15 * 40 * MS
    assert source.take(reading(HOUR_NS + back_ns, back_ns)) == "continues"
    assert source.state == "locked"


@pytest.mark.parametrize("off_ns", [41 * MS, -41 * MS, 3_000 * MS, -12 * HOUR_NS + 1000 * MS])
def test_a_jump_is_believed_once_it_has_lasted(off_ns: int) -> None:
    source = locked()
    first_ns = 1_070 * MS
    stimuli = roll(source, 13, first_ns, (HOUR_NS + first_ns + off_ns) % source.day_ns)
    assert stimuli == ["strays"] * 12 + ["believed"]
    assert source.line == 2


def test_a_glitch_is_refused_counted_and_forgotten() -> None:
    source = locked()
    assert source.take(reading(HOUR_NS + 5_000 * MS, 1_000 * MS)) == "strays"
    assert source.state == "freewheel"
    assert source.take(reading(HOUR_NS + 1_010 * MS, 1_010 * MS)) == "continues"
    assert (source.state, source.refused, source.refusal, source.line) == ("locked", 1, "a jump of +4.00 s", 1)


def test_the_day_comes_round_without_a_jump() -> None:
    source = make_source()
    day_ns = frames_to_ns(25 * 86400, frame_rate("25"))
    for n in range(200):
        source.take(reading((day_ns - 1000 * MS + n * QUARTER_NS) % day_ns, n * QUARTER_NS))
    assert (source.state, source.line, source.refused) == ("locked", 1, 0)
    assert source.code_at(2_000 * MS) == 1_000 * MS


def test_the_fold_of_a_vamp_is_believed_at_once_and_only_while_it_is_expected() -> None:
    source = locked()
    folded = reading(HOUR_NS + 1_000 * MS - 8_000 * MS, 1_000 * MS)
    assert source.take(folded, (-8_000 * MS,)) == "continues"
    assert source.line == 1
    again = locked()
    assert again.take(folded) == "strays"


@pytest.mark.parametrize(
    ("speed", "words"), [(0.5, "it runs at 0.50 of its speed"), (2.0, "it runs at 2.00 of its speed")]
)
def test_a_speed_that_is_no_songs_is_refused(speed: float, words: str) -> None:
    source = make_source()
    for n in range(60):
        source.take(reading(HOUR_NS + n * QUARTER_NS, round(n * QUARTER_NS / speed)))
    assert (source.state, source.refusal) == ("waiting", words)


def test_code_that_stands_runs_backwards_or_makes_no_sense_is_never_believed() -> None:
    standing, backwards, nonsense = make_source(), make_source(), make_source()
    for n in range(400):
        standing.take(reading(HOUR_NS, n * QUARTER_NS))
        backwards.take(reading(HOUR_NS - n * QUARTER_NS, n * QUARTER_NS, 0, "reverse"))
        nonsense.refuse(CodeRefusal("deck", "seconds go from 0 to 59", n * QUARTER_NS))
    assert {each.state for each in (standing, backwards, nonsense)} == {"waiting"}
    assert (backwards.refusal, nonsense.refusal) == ("it runs backwards", "seconds go from 0 to 59")


def test_a_full_frame_says_where_a_source_stands_without_running() -> None:
    source = locked()
    assert source.take(reading(2 * HOUR_NS, 1_000 * MS, 0, "located")) == "located"
    assert (source.state, str(source.label_at(5_000 * MS))) == ("waiting", "02:00:00:00")


# -- the clock ---------------------------------------------------------------------------------------------------------


def run_clock(late_ns: list[int], speed: float = 1.0) -> list[float]:
    """Milliseconds that the clock stands off the truth after each reading."""
    clock, off_ms = CodeClock(late_ns[0], 0), []
    for n, late in enumerate(late_ns[1:], 1):
        at_ns = n * QUARTER_NS + late
        true_ns = round(n * QUARTER_NS * speed)
        clock = clock.heard(at_ns, true_ns - clock.code_at(at_ns))
        off_ms.append((clock.code_at(at_ns) - at_ns * speed) / MS)
    return off_ms


@given(st.lists(st.integers(0, 3 * MS), min_size=300, max_size=300))
def test_jitter_of_three_milliseconds_is_filtered_to_a_third(late_ns: list[int]) -> None:
    off_ms = run_clock(late_ns)[MEMORY:]
    assert all(-3.5 <= off <= 0.5 for off in off_ms)
    if pstdev(late_ns) > 0.3 * MS:
        assert pstdev(off_ms) < pstdev(late_ns) / MS


def test_a_bunch_of_late_readings_moves_it_by_a_millisecond_or_two_and_not_for_long() -> None:
    late_ns = [0] * 100 + [40 * MS, 30 * MS, 20 * MS, 10 * MS] + [0] * 100
    off_ms = run_clock(late_ns)
    assert min(off_ms) > -2
    assert abs(off_ms[-1]) < 0.1


@pytest.mark.parametrize("speed", [0.95, 0.999, 1.001, 1.05])
def test_it_finds_the_speed_it_was_not_told(speed: float) -> None:
    assert abs(run_clock([0] * 600, speed)[-1]) < 0.2


@given(st.lists(st.tuples(st.integers(0, 10**10), st.integers(-(10**10), 10**10)), max_size=50))
def test_whatever_it_is_told_its_speed_stays_a_songs(readings: list[tuple[int, int]]) -> None:
    clock = CodeClock(0, 0)
    for at_ns, off_ns in readings:
        clock = clock.heard(at_ns, off_ns)
        assert SLOWEST <= clock.speed <= FASTEST
