"""Seconds from people and files become whole nanoseconds exactly, and back."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.timebase import (
    NS_PER_DAY,
    TimeError,
    ms_to_ns,
    ns_to_ms,
    ns_to_s,
    ns_to_s_text,
    number_to_fraction,
    s_to_ns,
    text_to_time_of_day,
    time_of_day_to_text,
)


@pytest.mark.parametrize(
    ("seconds", "ns"),
    [
        (0, 0),
        (2.790698, 2_790_698_000),
        (0.1, 100_000_000),
        (1e-9, 1),
        ("12.5", 12_500_000_000),
        (" -3.75 ", -3_750_000_000),
        ("1e3", 1_000_000_000_000),
        (Decimal("0.0000000005"), 1),
        (Decimal("-0.0000000005"), 0),
        ("0.00000000049", 0),
        (Fraction(1, 3), 333_333_333),
        (Fraction(-2, 3), -666_666_667),
        (86_399.880233, 86_399_880_233_000),
    ],
)
def test_seconds_are_read_as_written_and_halves_go_up(seconds, ns):
    assert s_to_ns(seconds) == ns


def test_milliseconds():
    assert ms_to_ns(250) == 250_000_000
    assert ms_to_ns(0.1) == 100_000
    assert ns_to_ms(2_500_000) == 2.5
    assert ns_to_s(2_500_000_000) == 2.5


def test_a_number_is_exactly_what_was_typed():
    assert number_to_fraction(117.3) == Fraction(1173, 10)
    assert number_to_fraction("117.3") == Fraction(1173, 10)
    assert number_to_fraction(124) == 124


@pytest.mark.parametrize(
    "value",
    ["", "soon", "1,5", "nan", "inf", float("nan"), float("-inf"), Decimal("sNaN"), "1e999999999", "1e-999999999"],
)
def test_what_is_no_number_is_refused(value):
    with pytest.raises(TimeError, match=r"is not a usable number: write one like 12\.5"):
        s_to_ns(value)


@pytest.mark.parametrize(
    ("ns", "text"),
    [
        (0, "0.000000"),
        (2_790_697_674, "2.790698"),
        (22_926_628_412, "22.926628"),
        (499, "0.000000"),
        (500, "0.000001"),
        (-500, "0.000000"),
        (-501, "-0.000001"),
        (-3_750_000_000, "-3.750000"),
        (999_999_500, "1.000000"),
    ],
)
def test_seconds_are_written_with_six_decimals(ns, text):
    assert ns_to_s_text(ns) == text


@given(st.integers(min_value=-(10**18), max_value=10**18))
def test_whole_microseconds_survive_their_text(microseconds):
    assert s_to_ns(ns_to_s_text(microseconds * 1000)) == microseconds * 1000


@pytest.mark.parametrize(
    ("text", "ns"),
    [
        ("00:00", 0),
        ("9:05", 32_700_000_000_000),
        ("20:15:30", 72_930_000_000_000),
        ("20:15:30.5", 72_930_500_000_000),
        ("23:59:59.9999999999", NS_PER_DAY - 1),
    ],
)
def test_times_of_day_are_read(text, ns):
    assert text_to_time_of_day(text) == ns


@pytest.mark.parametrize("text", ["", "24:00", "12:60", "12:00:60", "12", "12:00:00:00", "-1:00", "noon", "12:00:00."])
def test_what_is_no_time_of_day_is_refused(text):
    with pytest.raises(TimeError, match="cannot be read: write it like 20:15:30"):
        text_to_time_of_day(text)


def test_a_time_of_day_is_written_as_a_clock_shows_it():
    assert time_of_day_to_text(text_to_time_of_day("9:05:07.999")) == "09:05:07"
    assert time_of_day_to_text(NS_PER_DAY + 1) == "00:00:00"
    assert time_of_day_to_text(-1) == "23:59:59"


@given(st.integers(min_value=0, max_value=86_399))
def test_whole_seconds_of_the_day_survive_their_text(second):
    ns = second * 1_000_000_000
    assert text_to_time_of_day(time_of_day_to_text(ns)) == ns
