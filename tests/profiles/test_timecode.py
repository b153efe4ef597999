"""Frame rates and labels: standard vectors, every edge of a drop-frame day, and a second opinion."""

from fractions import Fraction

import pytest
import timecode as oracle
from hypothesis import given, settings
from hypothesis import strategies as st

from profiles.timecode import (
    FRAME_RATE_NAMES,
    FrameRate,
    FrameRateError,
    Timecode,
    TimecodeError,
    frame_rate,
    frames_to_label,
    frames_to_ns,
    label_to_frames,
    label_to_mtc,
    mtc_code_to_rate,
    mtc_to_label,
    next_legal,
    ns_to_frames,
    parse_timecode,
)

RATES = [frame_rate(name) for name in FRAME_RATE_NAMES]
DROP_RATES = [rate for rate in RATES if rate.drop]
DF30 = frame_rate("29.97df")

rates = st.sampled_from(RATES)
rates_and_frames = rates.flatmap(
    lambda rate: st.tuples(st.just(rate), st.integers(min_value=0, max_value=rate.frames_per_day - 1))
)


each_rate = pytest.mark.parametrize("rate", RATES, ids=str)
each_drop_rate = pytest.mark.parametrize("rate", DROP_RATES, ids=str)


def walked_labels(rate: FrameRate):
    """Every legal (minute of the day, second, frame) of the two seconds round each minute, by the rule itself.

    An odometer that knows nothing of the arithmetic under test: it counts a frame for each label that is used.
    """
    frames = 0
    for minute in range(24 * 60):
        dropped = rate.nominal // 15 if rate.drop and minute % 10 else 0
        for frame in range(dropped, rate.nominal):
            yield frames + frame - dropped, (minute, 0, frame)
        in_minute = rate.nominal * 60 - dropped
        for frame in range(rate.nominal):
            yield frames + in_minute - rate.nominal + frame, (minute, 59, frame)
        frames += in_minute


# ---------------------------------------------------------------- rates


def test_the_table_of_rates_is_closed():
    assert FRAME_RATE_NAMES == ("23.976", "24", "25", "29.97df", "29.97", "30", "50", "59.94df", "59.94", "60")


@pytest.mark.parametrize("name", ["", "29.97DF", "30df", "29.976", "25.0", "59.94p"])
def test_an_unknown_rate_is_refused_with_the_known_ones(name):
    with pytest.raises(FrameRateError, match=r"is not known: use one of 23\.976, 24, 25, 29\.97df") as caught:
        frame_rate(name)
    assert repr(name) in str(caught.value)


@each_rate
def test_a_rate_runs_true_to_its_exact_value(rate):
    ntsc = rate.exact.denominator == 1001
    assert rate.exact == Fraction(rate.nominal * 1000, 1001) if ntsc else rate.exact == rate.nominal


def test_a_day_of_drop_frame_labels_is_a_day_by_the_clock_to_a_tenth_of_a_second():
    assert DF30.frames_per_day == 2_589_408
    assert frame_rate("59.94df").frames_per_day == 5_178_816
    for rate in DROP_RATES:
        assert abs(rate.frames_per_day / rate.exact - 86_400) < Fraction(1, 10)


def test_mtc_runs_at_half_rate_where_it_has_no_code():
    spoken = {rate.name: (rate.mtc_divisor, rate.mtc_rate.name, rate.mtc_rate.mtc_code) for rate in RATES}
    assert spoken == {
        "23.976": (1, "23.976", 0),
        "24": (1, "24", 0),
        "25": (1, "25", 1),
        "29.97df": (1, "29.97df", 2),
        "29.97": (1, "29.97", 3),
        "30": (1, "30", 3),
        "50": (2, "25", 1),
        "59.94df": (2, "29.97df", 2),
        "59.94": (2, "29.97", 3),
        "60": (2, "30", 3),
    }
    for rate in RATES:
        assert rate.mtc_rate.exact * rate.mtc_divisor == rate.exact
        assert rate.mtc_rate.drop == rate.drop


def test_mtc_codes_name_their_rates():
    assert [mtc_code_to_rate(code).name for code in range(4)] == ["24", "25", "29.97df", "30"]
    for code in (-1, 4):
        with pytest.raises(FrameRateError, match="codes are 0 to 3"):
            mtc_code_to_rate(code)


# ---------------------------------------------------------------- frames and labels


@pytest.mark.parametrize(
    ("frames", "label", "microseconds"),
    [
        (0, "00:00:00;00", 0),
        (1799, "00:00:59;29", 60_026_633),
        (1800, "00:01:00;02", 60_060_000),
        (1801, "00:01:00;03", 60_093_367),
        (17981, "00:09:59;29", 599_966_033),
        (17982, "00:10:00;00", 599_999_400),
        (17983, "00:10:00;01", 600_032_767),
        (107891, "00:59:59;29", 3_599_963_033),
        (107892, "01:00:00;00", 3_599_996_400),
        (1078920, "10:00:00;00", 35_999_964_000),
        (2157842, "20:00:00;02", 71_999_994_733),
        (2589407, "23:59:59;29", 86_399_880_233),
    ],
)
def test_drop_frame_vectors(frames, label, microseconds):
    assert str(frames_to_label(frames, DF30)) == label
    assert label_to_frames(parse_timecode(label, DF30)) == frames
    assert (frames_to_ns(frames, DF30) + 500) // 1000 == microseconds


def test_eight_in_the_evening_by_the_clock_is_two_labels_on():
    eight_pm_ns = 20 * 3600 * 1_000_000_000
    assert str(frames_to_label(ns_to_frames(eight_pm_ns, DF30), DF30)) == "20:00:00;02"


@each_rate
def test_both_seconds_round_every_minute_of_the_day(rate):
    for frames, (minute, second, frame) in walked_labels(rate):
        label = frames_to_label(frames, rate)
        assert (label.hours * 60 + label.minutes, label.seconds, label.frames) == (minute, second, frame)
        assert label_to_frames(label) == frames


@given(rates_and_frames)
def test_frames_survive_their_label_and_its_text(rate_and_frames):
    rate, frames = rate_and_frames
    label = frames_to_label(frames, rate)
    assert label_to_frames(label) == frames
    assert parse_timecode(str(label), rate) == label


@settings(max_examples=200)
@given(rates_and_frames)
def test_a_second_opinion_agrees(rate_and_frames):
    # The oracle counts from 1, takes "29.97" as drop-frame unless told, and has NDF by a flag.
    rate, frames = rate_and_frames
    other = oracle.Timecode(
        rate.name.removesuffix("df"),
        frames=frames + 1,
        force_non_drop_frame=rate.exact.denominator == 1001 and not rate.drop,
    )
    label = frames_to_label(frames, rate)
    assert (label.hours, label.minutes, label.seconds, label.frames) == (other.hrs, other.mins, other.secs, other.frs)


@each_rate
def test_a_frame_outside_the_day_is_refused_unless_it_may_wrap(rate):
    for frames in (-1, rate.frames_per_day):
        with pytest.raises(TimecodeError, match="outside the 24 hours of timecode"):
            frames_to_label(frames, rate)
    last = Timecode(23, 59, 59, rate.nominal - 1, rate)
    assert frames_to_label(-1, rate, wrap=True) == last
    assert frames_to_label(rate.frames_per_day, rate, wrap=True) == Timecode(0, 0, 0, 0, rate)
    assert frames_to_label(3 * rate.frames_per_day - 1, rate, wrap=True) == last


# ---------------------------------------------------------------- labels that do not exist


@each_drop_rate
def test_every_dropped_label_of_the_day_is_refused(rate):
    for minute in range(24 * 60):
        for frame in range(rate.nominal // 15):
            if minute % 10:
                with pytest.raises(TimecodeError, match="drops this label: use "):
                    Timecode(minute // 60, minute % 60, 0, frame, rate)
            else:
                assert Timecode(minute // 60, minute % 60, 0, frame, rate).frames == frame


def test_a_dropped_label_is_refused_with_the_label_to_use():
    with pytest.raises(TimecodeError) as caught:
        parse_timecode("00:01:00;01", DF30)
    assert str(caught.value) == "timecode 00:01:00;01: 29.97df drops this label: use 00:01:00;02"


@each_rate
def test_numbers_out_of_range_are_refused(rate):
    for fields in [
        (24, 0, 0, 0),
        (-1, 0, 0, 0),
        (0, 60, 0, 5),
        (0, -1, 0, 5),
        (0, 0, 60, 0),
        (0, 0, -1, 0),
        (0, 0, 0, rate.nominal),
        (0, 0, 0, -1),
    ]:
        with pytest.raises(TimecodeError, match=f"at {rate} go from 0 to "):
            Timecode(*fields, rate)


# ---------------------------------------------------------------- text


def test_the_separator_before_the_frames_must_fit_the_rate():
    pal = frame_rate("25")
    assert parse_timecode("03:00:02:20", pal) == Timecode(3, 0, 2, 20, pal)
    assert parse_timecode("03:00:02;20", DF30) == Timecode(3, 0, 2, 20, DF30)
    assert parse_timecode("03:00:02.20", DF30) == Timecode(3, 0, 2, 20, DF30)
    for text in ("03:00:02;20", "03:00:02.20"):
        with pytest.raises(TimecodeError, match="25 does not drop"):
            parse_timecode(text, pal)
    with pytest.raises(TimecodeError, match=r"29\.97df is drop-frame: write it like 01:02:03;04"):
        parse_timecode("03:00:02:20", DF30)


def test_a_colon_stands_for_drop_frame_only_when_asked():
    assert parse_timecode("03:00:02:20", DF30, colon_for_drop=True) == Timecode(3, 0, 2, 20, DF30)
    with pytest.raises(TimecodeError, match="drops this label"):
        parse_timecode("03:01:00:00", DF30, colon_for_drop=True)
    with pytest.raises(TimecodeError, match="does not drop"):
        parse_timecode("03:00:02;20", frame_rate("25"), colon_for_drop=True)


@pytest.mark.parametrize(
    "text",
    ["", "1:2:3:4", "01:02:03", "01:02:03:04:05", "-1:02:03:04", "01:02:03:0x", "٠١:٠٢:٠٣:٠٤", "01;02;03;04", "1e9"],
)
def test_text_that_is_no_label_is_refused_in_one_line(text):
    with pytest.raises(TimecodeError, match="cannot be read: write it like 01:02:03:04") as caught:
        parse_timecode(text, frame_rate("25"))
    assert "\n" not in str(caught.value)


# ---------------------------------------------------------------- time


@given(rates, st.integers(min_value=-(10**9), max_value=10**9))
def test_frames_survive_nanoseconds(rate, frames):
    ns = frames_to_ns(frames, rate)
    assert abs(ns - Fraction(frames * 10**9) / rate.exact) <= Fraction(1, 2)
    assert ns_to_frames(ns, rate) == frames


@given(rates, st.integers(min_value=-(10**15), max_value=10**15))
def test_a_time_belongs_to_its_nearest_frame(rate, ns):
    exact = Fraction(ns, 10**9) * rate.exact
    assert -Fraction(1, 2) <= ns_to_frames(ns, rate) - exact <= Fraction(1, 2)
    assert ns_to_frames(ns, rate) - exact != -Fraction(1, 2)


def test_halves_of_a_frame_go_up():
    pal = frame_rate("25")
    assert [ns_to_frames(ns, pal) for ns in (19_999_999, 20_000_000, 59_999_999, 60_000_000)] == [0, 1, 1, 2]
    assert [ns_to_frames(ns, pal) for ns in (-20_000_001, -20_000_000, -60_000_000)] == [-1, 0, -1]


# ---------------------------------------------------------------- another rate's house


@pytest.mark.parametrize(
    ("label", "rate", "to_rate", "expected"),
    [
        ("03:00:00:00", "25", "29.97df", "03:00:00;00"),
        ("03:01:00:00", "25", "29.97df", "03:01:00;02"),
        ("03:01:00:01", "25", "59.94df", "03:01:00;04"),
        ("03:10:00:00", "25", "29.97df", "03:10:00;00"),
        ("01:00:00;29", "29.97df", "25", "01:00:01:00"),
        ("01:00:00;24", "29.97df", "25", "01:00:00:24"),
        ("01:00:59:49", "50", "29.97df", "01:01:00;02"),
        ("23:59:59:24", "25", "24", "00:00:00:00"),
        ("23:59:59:24", "25", "25", "23:59:59:24"),
    ],
)
def test_a_start_label_is_kept_or_the_next_legal_one(label, rate, to_rate, expected):
    assert str(next_legal(parse_timecode(label, frame_rate(rate)), frame_rate(to_rate))) == expected


@given(rates_and_frames, rates)
def test_the_next_legal_label_is_the_same_or_the_first_after_the_gap(rate_and_frames, to_rate):
    label = frames_to_label(*reversed(rate_and_frames))
    found = next_legal(label, to_rate)
    second = (label.hours * 60 + label.minutes) * 60 + label.seconds
    found_second = (found.hours * 60 + found.minutes) * 60 + found.seconds
    if found_second == second:
        starts_a_dropping_minute = to_rate.drop and label.seconds == 0 and label.minutes % 10 != 0
        assert found.frames == max(label.frames, to_rate.dropped_labels if starts_a_dropping_minute else 0)
    else:
        assert found_second == (second + 1) % 86400
        assert label.frames >= to_rate.nominal


# ---------------------------------------------------------------- MTC


@given(rates_and_frames)
def test_mtc_labels_number_the_same_moments(rate_and_frames):
    rate, frames = rate_and_frames
    sent = label_to_mtc(frames_to_label(frames, rate))
    assert sent.rate == rate.mtc_rate
    assert label_to_frames(sent) == frames // rate.mtc_divisor
    assert label_to_frames(mtc_to_label(sent, rate)) == frames - frames % rate.mtc_divisor
