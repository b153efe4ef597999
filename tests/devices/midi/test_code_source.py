"""A source of timecode at a MIDI port: one reading a quarter frame, and what breaks a line."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.contract import CodeReading, CodeRefusal
from devices.midi.code_source import MtcSource
from devices.midi.mtc import full_frame, quarter_frame
from profiles.timecode import FRAME_RATE_NAMES, frame_rate, label_to_frames, parse_timecode
from profiles.venue_profile import TimecodeIn

MS = 1_000_000


def make_source(rate: str = "25") -> MtcSource:
    return MtcSource(TimecodeIn(id="truck", kind="mtc", midi_port="TC", rate=rate))


def play(source: MtcSource, first: int, count: int, rate: str = "25", at_ns: int = 0) -> list[CodeReading]:
    """Quarter frames from a count since midnight on, ten milliseconds apart; what was read of each."""
    said = [source.feed(quarter_frame(first + n, frame_rate(rate)).message, at_ns + n * 10 * MS) for n in range(count)]
    return [each for each in said if isinstance(each, CodeReading)]


@pytest.mark.parametrize("rate", FRAME_RATE_NAMES)
@pytest.mark.parametrize("start", [0, 3, 8])
def test_once_a_label_is_whole_every_quarter_frame_says_where_the_source_stands(rate: str, start: int) -> None:
    exact = frame_rate(rate).mtc_rate.exact
    first = int(4 * exact * 3600) // 8 * 8 + start
    readings = play(make_source(rate), first, 60, rate)
    assert len(readings) == 60
    placed = [each for each in readings if each.code_ns is not None]
    assert len(placed) == 60 - readings.index(placed[0])
    assert 7 <= readings.index(placed[0]) <= 15
    for n, each in enumerate(readings):
        if each.code_ns is not None:
            assert each.code_ns == round(Fraction((first + n) * 10**9, 4) / exact)
            assert each.good_frames == (n + 1) // 4


def test_a_show_at_double_rate_speaks_half_and_the_wire_cannot_tell_23_976_from_24() -> None:
    at_24, at_23 = (play(make_source(rate), 24 * 4 * 60, 8, rate)[-1].code_ns for rate in ("24", "23.976"))
    assert at_24 == round(60e9 + 7 / 96 * 1e9)
    assert at_23 == round((60 + 7 / 96) * 1.001 * 1e9)


def test_a_piece_that_comes_twice_is_no_reading() -> None:
    source = make_source()
    for n in range(24):
        message = quarter_frame(n, frame_rate("25")).message
        first, again = source.feed(message, n * 10 * MS), source.feed(message, n * 10 * MS + MS)
        assert first is not None
        assert again is None


def test_a_jump_shows_with_the_first_piece_that_differs_and_is_read_once_a_label_is_whole() -> None:
    source = make_source()
    play(source, 8000, 24)
    after = play(source, 9624, 24, at_ns=240 * MS)  # sixteen seconds on: only the tens of the seconds differ
    assert [each.code_ns is None for each in after[:4]] == [False, False, False, True]
    placed = [(n, each) for n, each in enumerate(after) if n > 3 and each.code_ns is not None]
    assert [each.code_ns for _, each in placed] == [(9624 + n) * 10 * MS for n, _ in placed]
    assert placed[0][0] == 7  # the other pieces are the same
    assert placed[0][1].good_frames == 1


def test_silence_breaks_the_line_and_what_follows_is_life_but_no_place() -> None:
    source = make_source()
    play(source, 8000, 24)
    back = play(source, 8064, 8, at_ns=640 * MS)
    assert [each.code_ns for each in back[:7]] == [None] * 7
    assert back[7].code_ns == round((8071) * 10 * MS)


def test_a_full_frame_says_where_a_source_stands() -> None:
    label = parse_timecode("03:00:00:00", frame_rate("25"))
    said = make_source().feed(full_frame(label), 5)
    assert said == CodeReading("truck", 3 * 3600 * 10**9, "located", 5, 0)


def test_code_that_runs_backwards_says_so() -> None:
    source = make_source()
    said = [source.feed(quarter_frame(8000 - n, frame_rate("25")).message, n * 10 * MS) for n in range(24)]
    assert {each.motion for each in said if isinstance(each, CodeReading) and each.code_ns is not None} == {"reverse"}


def test_another_rate_and_an_illegal_label_are_refused_with_words() -> None:
    other = make_source("25")
    said = [other.feed(quarter_frame(n, frame_rate("30")).message, n * 10 * MS) for n in range(8)]
    refusal = next(each for each in said if isinstance(each, CodeRefusal))
    assert refusal.words == "timecode says 30 frames, but the source is set to 25: set one like the other"
    pieces = [0x00, 0x10, 0x2C, 0x33, 0x40, 0x50, 0x61, 0x72]  # second 60
    said = [
        make_source().feed(b"", 0),
        *(other.feed(bytes((0xF1, piece)), 10**9 + n) for n, piece in enumerate(pieces)),
    ]
    assert any(isinstance(each, CodeRefusal) and "seconds" in each.words for each in said)


def test_the_day_comes_round() -> None:
    day = 25 * 86400 * 4
    source = make_source()
    readings = play(source, day - 16, 48)
    assert readings[-1].code_ns == 31 * 10 * MS
    assert all(each.code_ns is not None for each in readings[7:])


def test_no_label_lies_in_the_middle_of_dropped_ones() -> None:
    rate = frame_rate("29.97df")
    minute = label_to_frames(parse_timecode("00:01:00;02", rate))
    readings = play(make_source("29.97df"), 4 * minute - 40, 80, "29.97df")
    assert all(each.code_ns is not None for each in readings[15:])


@given(st.lists(st.binary(max_size=12), max_size=60))
def test_any_bytes_are_a_reading_a_refusal_or_nothing(messages: list[bytes]) -> None:
    source = make_source()
    for n, message in enumerate(messages):
        said = source.feed(message, n * 10 * MS)
        assert said is None or isinstance(said, CodeReading | CodeRefusal)


@given(st.lists(st.integers(0, 127), max_size=200))
def test_any_pieces_never_name_a_place_before_eight_have_come_in_order(pieces: list[int]) -> None:
    source, unbroken, last = make_source(), 0, -1
    for n, piece in enumerate(pieces):
        said = source.feed(bytes((0xF1, piece)), n * 10 * MS)
        unbroken = unbroken + 1 if (piece >> 4) - last in (1, -7) else 1
        last = piece >> 4
        if isinstance(said, CodeReading) and said.motion == "forward" and said.code_ns is not None:
            assert unbroken >= 8
