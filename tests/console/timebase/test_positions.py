"""Places in an item and the timecode they have, at home and in a house of another rate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.timebase import Position, position_to_timecode, s_to_ns, timecode_to_position_ns
from profiles.timecode import (
    FRAME_RATE_NAMES,
    Timecode,
    frame_rate,
    frames_to_label,
    frames_to_ns,
    label_to_frames,
    next_legal,
    parse_timecode,
)

PAL = frame_rate("25")
DF30 = frame_rate("29.97df")

rates = st.sampled_from([frame_rate(name) for name in FRAME_RATE_NAMES])
labels = rates.flatmap(
    lambda rate: st.integers(min_value=0, max_value=rate.frames_per_day - 1).map(
        lambda frames: frames_to_label(frames, rate)
    )
)


# ---------------------------------------------------------------- Position


def test_positions_of_one_item_have_an_order():
    early, late = Position("two-left-shoes", -5), Position("two-left-shoes", 7)
    assert early < late
    assert late > early
    assert early <= Position("two-left-shoes", -5)
    assert late >= Position("two-left-shoes", 7)
    assert sorted([late, early]) == [early, late]
    assert early.shifted(12) == late


def test_positions_of_two_items_have_none():
    here, there = Position("copper-rain", 1), Position("saltlines", 2)
    for compare in (
        lambda: here < there,
        lambda: here <= there,
        lambda: here > there,
        lambda: here >= there,
    ):
        with pytest.raises(ValueError, match="'copper-rain' and 'saltlines' have no order"):
            compare()
    assert here != there


# ---------------------------------------------------------------- timecode of a position


def test_the_downbeat_comes_a_count_in_after_the_start():
    start = parse_timecode("03:00:00:00", PAL)
    count_in_ns = s_to_ns("2.790698")
    assert str(position_to_timecode(0, start, count_in_ns, PAL)) == "03:00:02:20"
    assert position_to_timecode(-count_in_ns, start, count_in_ns, PAL) == start


def test_half_a_frame_belongs_to_the_next():
    start = parse_timecode("01:00:00:00", PAL)
    assert str(position_to_timecode(19_999_999, start, 0, PAL)) == "01:00:00:00"
    assert str(position_to_timecode(20_000_000, start, 0, PAL)) == "01:00:00:01"


def test_a_house_of_another_rate_keeps_the_start_label_and_runs_true_seconds():
    start = parse_timecode("03:00:00:00", PAL)
    assert str(position_to_timecode(0, start, 0, DF30)) == "03:00:00;00"
    # 600 s are 17,982.018 frames at 29.97: the label keeps up with the clock.
    assert str(position_to_timecode(s_to_ns(600), start, 0, DF30)) == "03:10:00;00"
    # 29.97 non-drop labels fall behind it: 18 frames in ten minutes.
    assert str(position_to_timecode(s_to_ns(600), start, 0, frame_rate("29.97"))) == "03:09:59:12"


def test_a_start_label_the_house_does_not_have_becomes_the_next():
    start = parse_timecode("03:01:00:00", PAL)
    assert str(position_to_timecode(0, start, 0, DF30)) == "03:01:00;02"
    assert timecode_to_position_ns(parse_timecode("03:01:00;02", DF30), start, 0) == 0


def test_labels_go_round_at_midnight():
    start = parse_timecode("23:59:59:00", PAL)
    assert str(position_to_timecode(s_to_ns(2), start, 0, PAL)) == "00:00:01:00"
    assert timecode_to_position_ns(parse_timecode("00:00:01:00", PAL), start, 0) == s_to_ns(2)
    start = parse_timecode("00:00:00:00", PAL)
    assert str(position_to_timecode(s_to_ns(-1), start, 0, PAL)) == "23:59:59:00"
    assert timecode_to_position_ns(parse_timecode("23:59:59:00", PAL), start, 0) == s_to_ns(-1)


def test_the_nearest_day_counts_and_half_a_day_is_ahead():
    start = Timecode(6, 0, 0, 0, PAL)
    assert timecode_to_position_ns(Timecode(18, 0, 0, 0, PAL), start, 0) == s_to_ns(12 * 3600)
    assert timecode_to_position_ns(Timecode(18, 0, 0, 1, PAL), start, 0) == s_to_ns(-12 * 3600) + s_to_ns("0.04")


@given(label=labels, start=labels, count_in_ns=st.integers(min_value=0, max_value=10**11))
def test_a_label_survives_its_position(label, start, count_in_ns):
    position_ns = timecode_to_position_ns(label, start, count_in_ns)
    assert position_to_timecode(position_ns, start, count_in_ns, label.rate) == label


@given(
    start=labels,
    rate=rates,
    count_in_ns=st.integers(min_value=0, max_value=10**11),
    position_ns=st.integers(min_value=-(10**13), max_value=4 * 10**13),
)
def test_a_position_survives_its_label_to_half_a_frame(start, rate, count_in_ns, position_ns):
    label = position_to_timecode(position_ns, start, count_in_ns, rate)
    found_ns = timecode_to_position_ns(label, start, count_in_ns)
    assert abs(found_ns - position_ns) <= frames_to_ns(1, rate) / 2 + 1


@given(start=labels, rate=rates)
def test_the_start_is_where_the_count_in_begins(start, rate):
    count_in_ns = 3_456_789_012
    label = position_to_timecode(-count_in_ns, start, count_in_ns, rate)
    assert label == next_legal(start, rate)
    assert label_to_frames(label) == label_to_frames(next_legal(start, rate))
