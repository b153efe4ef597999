"""Clocks: never back, together with the time of day, and convertible to the machine's own."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.loop.clocks import RealClock, ScaledClock, VirtualClock, later
from console.timebase import NS_PER_S
from tests.support.virtual_clock import EVENING

BERLIN = ZoneInfo("Europe/Berlin")


def test_the_real_clock_is_the_machines() -> None:
    clock = RealClock(BERLIN)
    before_ns, before = time.monotonic_ns(), datetime.now(UTC)
    assert before_ns <= clock.now_ns() <= time.monotonic_ns()
    assert before <= clock.wall() <= datetime.now(UTC)
    assert clock.wall().tzinfo is BERLIN
    assert clock.to_monotonic_ns(123) == 123


@given(speed=st.fractions(min_value=Fraction(1, 50), max_value=200), ahead_ns=st.integers(-NS_PER_S, 3600 * NS_PER_S))
def test_a_scaled_clock_is_met_at_the_first_nanosecond_that_shows_the_instant(speed: Fraction, ahead_ns: int) -> None:
    clock = ScaledClock(speed, EVENING)
    zero_ns = clock.zero_ns
    instant_ns = zero_ns + ahead_ns
    meet_ns = clock.to_monotonic_ns(instant_ns)

    def shown(monotonic_ns: int) -> int:
        return zero_ns + (monotonic_ns - zero_ns) * speed.numerator // speed.denominator

    assert shown(meet_ns) >= instant_ns > shown(meet_ns - 1)


def test_a_scaled_clock_runs_at_its_speed_by_both_hands() -> None:
    clock = ScaledClock(20, EVENING)
    outer_ns, show_ns, wall, inner_ns = time.monotonic_ns(), clock.now_ns(), clock.wall(), time.monotonic_ns()
    while time.monotonic_ns() < inner_ns + 2_000_000:
        pass
    inner_2_ns, show_2_ns, wall_2, outer_2_ns = time.monotonic_ns(), clock.now_ns(), clock.wall(), time.monotonic_ns()
    assert 20 * (inner_2_ns - inner_ns) <= show_2_ns - show_ns <= 20 * (outer_2_ns - outer_ns)
    rounding = timedelta(microseconds=1)
    assert wall_2 - wall >= timedelta(microseconds=20 * (inner_2_ns - inner_ns) / 1000) - rounding
    assert wall_2 - wall <= timedelta(microseconds=20 * (outer_2_ns - outer_ns) / 1000) + rounding


def test_no_speed_is_refused() -> None:
    with pytest.raises(ValueError, match="give one above 0"):
        ScaledClock(0, EVENING)


def test_a_virtual_clock_moves_only_forward_and_begins_off_zero() -> None:
    clock = VirtualClock(EVENING)
    begun_ns = clock.now_ns()
    assert begun_ns % 1000 != 0
    clock.move_to(begun_ns + 90 * NS_PER_S)
    assert clock.wall() == EVENING + timedelta(seconds=90)
    with pytest.raises(ValueError, match="does not go back"):
        clock.move_to(begun_ns)


def test_true_time_passes_over_the_end_of_summer_time() -> None:
    before = datetime(2026, 10, 25, 2, 59, tzinfo=BERLIN)
    after = later(before, 120 * NS_PER_S)
    assert (after.hour, after.minute, after.utcoffset()) == (2, 1, timedelta(hours=1))
