"""No faster than a device bears, nothing lost but what a newer value makes needless, and the last value always goes."""

from __future__ import annotations

import itertools
import random

import pytest

from devices.pacing import FULL_PAUSE_NS, MOST_HELD, Pacer

S = 1_000_000_000
MS = 1_000_000


def test_without_limits_everything_may_go_at_once() -> None:
    pacer: Pacer[str] = Pacer()
    assert not pacer.limits
    for now_ns in (0, 0, 0, 5):
        assert pacer.free_at_ns(now_ns) <= now_ns
        assert pacer.free_at_ns(now_ns, value=True) <= now_ns
        pacer.went(now_ns)
    assert pacer.wake_at_ns(5) is None
    assert pacer.take(5) is None


def test_acts_come_in_a_burst_and_then_at_the_devices_pace() -> None:
    pacer: Pacer[int] = Pacer(10)
    left = []
    for number in range(30):
        if pacer.held or pacer.free_at_ns(0) > 0:
            assert pacer.hold(number, None, value=False)
        else:
            pacer.went(0)
            left.append((0, number))
    assert len(left) == 10
    while (now_ns := pacer.wake_at_ns(0)) is not None:
        number = pacer.take(now_ns)
        assert number is not None
        pacer.went(now_ns)
        left.append((now_ns, number))
    assert [number for _, number in left] == list(range(30)), "none lost, none overtaken"
    assert [at_ns for at_ns, _ in left] == [0] * 10 + [S] * 10 + [2 * S] * 10


def test_values_keep_an_even_distance_and_the_newest_stands_for_those_before() -> None:
    pacer: Pacer[tuple[str, int]] = Pacer(100)
    left: list[tuple[int, tuple[str, int]]] = []
    for now_ns in range(0, S, 4 * MS):  # three faders at 250 Hz each, 100 a second may go
        for name in "abc":
            if pacer.free_at_ns(now_ns, value=True) <= now_ns and not pacer.held:
                pacer.went(now_ns)
                left.append((now_ns, (name, now_ns)))
            else:
                assert pacer.hold((name, now_ns), name, value=True)
        while (what := pacer.take(now_ns)) is not None:
            pacer.went(now_ns)
            left.append((now_ns, what))
    last_ns = now_ns
    while (now_ns := pacer.wake_at_ns(last_ns)) is not None:
        what = pacer.take(now_ns)
        assert what is not None
        pacer.went(now_ns)
        left.append((now_ns, what))
        last_ns = now_ns
    gaps = [later - earlier for (earlier, _), (later, _) in itertools.pairwise(left)]
    assert min(gaps) >= 10 * MS
    shares = {name: sum(1 for _, (key, _) in left if key == name) for name in "abc"}
    assert max(shares.values()) - min(shares.values()) <= 2, shares
    finals = {name: value for _, (name, value) in left}
    assert finals == dict.fromkeys("abc", S - 4 * MS), "the last value of each has gone"


@pytest.mark.parametrize("seed", range(20))
def test_no_second_holds_more_than_the_device_bears_and_no_act_is_lost(seed: int) -> None:
    chance = random.Random(seed)
    rate = chance.choice([0.5, 1, 3, 10, 40])
    pacer: Pacer[int] = Pacer(rate)
    left: list[tuple[int, int]] = []
    now_ns = 0
    for number in range(200):
        now_ns += chance.choice([0, 0, MS, 30 * MS, 700 * MS])
        while (held := pacer.take(now_ns)) is not None:
            pacer.went(now_ns)
            left.append((now_ns, held))
        if pacer.held or pacer.free_at_ns(now_ns) > now_ns:
            assert pacer.hold(number, None, value=False)
        else:
            pacer.went(now_ns)
            left.append((now_ns, number))
    while (wake_ns := pacer.wake_at_ns(now_ns)) is not None:
        now_ns = max(now_ns, wake_ns)
        held = pacer.take(now_ns)
        assert held is not None
        pacer.went(now_ns)
        left.append((now_ns, held))
    assert [number for _, number in left] == list(range(200))
    count = max(1, int(rate))
    window_ns = round(count * S / rate)
    for (earlier, _), (later, _) in zip(left, left[count:], strict=False):
        assert later - earlier >= window_ns


def test_an_act_goes_before_values_that_wait() -> None:
    pacer: Pacer[str] = Pacer(1)
    pacer.went(0)
    pacer.hold("fade", "level", value=True)
    pacer.hold("go", None, value=False)
    assert pacer.take(S - 1) is None
    assert pacer.take(S) == "go"
    pacer.went(S)
    assert pacer.take(2 * S) == "fade"


def test_a_newer_act_on_the_same_parameter_takes_the_place_of_the_older() -> None:
    pacer: Pacer[str] = Pacer(1)
    pacer.went(0)
    pacer.hold("effect", ("zone", "1"), value=False)
    pacer.hold("flash", None, value=False)
    pacer.hold("off", ("zone", "1"), value=False)
    assert pacer.held == 2
    assert pacer.take(S) == "off"


def test_a_snap_takes_the_place_of_the_fade_that_waits() -> None:
    pacer: Pacer[str] = Pacer(1)
    pacer.went(0)
    pacer.hold("fade", "level", value=True)
    pacer.hold("snap", "level", value=False)
    assert pacer.held == 1
    assert pacer.take(S) == "snap"


def test_when_a_held_act_will_leave_is_known_beforehand() -> None:
    pacer: Pacer[int] = Pacer(2)
    pacer.went(0)
    pacer.went(0)
    told = []
    for number in range(4):
        told.append(pacer.leaves_at_ns(0))
        pacer.hold(number, None, value=False)
    assert told == [S, S, 2 * S, 2 * S]


def test_one_at_a_time_waits_for_the_answer_but_not_for_ever() -> None:
    pacer: Pacer[str] = Pacer(answer_limit_ns=S)
    pacer.went(0)
    pacer.hold("second", None, value=False)
    pacer.hold("third", None, value=False)
    assert pacer.take(5) is None
    pacer.answered()
    assert pacer.take(6) == "second"
    pacer.went(6)
    assert pacer.wake_at_ns(7) == 6 + S
    assert pacer.take(6 + S) == "third"


def test_a_full_port_is_left_alone_for_a_moment() -> None:
    pacer: Pacer[str] = Pacer()
    pacer.was_full(0)
    pacer.hold("value", "key", value=True)
    assert pacer.take(0) is None
    assert pacer.wake_at_ns(0) == FULL_PAUSE_NS
    assert pacer.take(FULL_PAUSE_NS) == "value"


def test_what_waits_is_bounded_and_thrown_away_when_the_device_is_gone() -> None:
    pacer: Pacer[int] = Pacer(1)
    pacer.went(0)
    kept = [pacer.hold(number, None, value=False) for number in range(MOST_HELD + 1)]
    assert kept == [True] * MOST_HELD + [False]
    pacer.clear()
    assert pacer.held == 0
    assert pacer.wake_at_ns(0) is None
