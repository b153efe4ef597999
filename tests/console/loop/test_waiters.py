"""Waiting on real descriptors: early for what comes and for a wake, never for a deadline, never stuck on a fault."""

from __future__ import annotations

import os
import select
import signal
import socket
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC

import pytest

from console.loop.clocks import RealClock, ScaledClock
from console.loop.waiters import REST_NS, RealWaiter, VirtualWaiter
from console.ports import InboxItem, NothingDueError
from console.timebase import NS_PER_MS, NS_PER_S
from tests.support.logs import ExpectedLogs
from tests.support.virtual_clock import EVENING, ScriptedSource, make_clock

SOON_NS = 20 * NS_PER_MS
FAR_NS = 60 * NS_PER_S


class SocketSource:
    """One end of a socket pair; the test holds the other."""

    def __init__(self) -> None:
        self.near, self.far = socket.socketpair()
        self.near.setblocking(False)
        self.wants_room = False

    def descriptors(self) -> Collection[int]:
        return (self.near.fileno(),)

    def blocked(self) -> Collection[int]:
        return (self.near.fileno(),) if self.wants_room else ()

    def wake_at_ns(self) -> int | None:
        return None

    def read(self, now_ns: int) -> Sequence[InboxItem]:
        return ()

    def close(self) -> None:
        self.near.close()
        self.far.close()


@pytest.fixture
def open_things() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def waiter(open_things: ExitStack) -> RealWaiter:
    waiter = RealWaiter(RealClock(EVENING.tzinfo))  # type: ignore[arg-type]
    open_things.callback(waiter.close)
    return waiter


@pytest.fixture
def source(open_things: ExitStack) -> SocketSource:
    source = SocketSource()
    open_things.callback(source.close)
    return source


@pytest.mark.parametrize("ahead_ns", [SOON_NS, 400_000, 20_000, 0, -NS_PER_S])
def test_a_deadline_is_never_met_early(waiter: RealWaiter, ahead_ns: int) -> None:
    deadline_ns = time.monotonic_ns() + ahead_ns
    assert list(waiter.wait_until(deadline_ns, ())) == []
    assert time.monotonic_ns() >= deadline_ns


def test_a_faster_clock_is_waited_for_in_its_own_time(open_things: ExitStack) -> None:
    clock = ScaledClock(50, EVENING)
    waiter = RealWaiter(clock)
    open_things.callback(waiter.close)
    begun_ns, deadline_ns = time.monotonic_ns(), clock.now_ns() + NS_PER_S
    waiter.wait_until(deadline_ns, ())
    assert clock.now_ns() >= deadline_ns
    assert time.monotonic_ns() - begun_ns < NS_PER_S


@pytest.mark.parametrize("deadline", ["far", "within the margin", "past", "none"])
def test_what_has_come_is_handed_back_at_once(waiter: RealWaiter, source: SocketSource, deadline: str) -> None:
    idle = ScriptedSource()
    source.far.send(b"x")
    ahead_ns = {"far": FAR_NS, "within the margin": 400_000, "past": -1}
    deadline_ns = time.monotonic_ns() + ahead_ns[deadline] if deadline in ahead_ns else None
    assert list(waiter.wait_until(deadline_ns, [idle, source])) == [source]


def test_a_source_waiting_for_room_is_handed_back_when_there_is_some(waiter: RealWaiter, source: SocketSource) -> None:
    source.wants_room = True
    assert list(waiter.wait_until(time.monotonic_ns() + FAR_NS, [source])) == [source]


def test_room_is_no_reason_to_wake_just_before_a_deadline(waiter: RealWaiter, source: SocketSource) -> None:
    source.wants_room = True
    deadline_ns = time.monotonic_ns() + 900_000
    assert list(waiter.wait_until(deadline_ns, [source])) == []
    assert time.monotonic_ns() >= deadline_ns


@pytest.mark.parametrize("deadline_ns", [None, FAR_NS])
def test_a_wake_from_another_thread_ends_the_wait(waiter: RealWaiter, deadline_ns: int | None) -> None:
    thread = threading.Thread(target=waiter.wake)
    thread.start()
    waiter.wait_until(None if deadline_ns is None else time.monotonic_ns() + deadline_ns, ())
    thread.join()


def test_wakes_before_the_wait_count_once(waiter: RealWaiter) -> None:
    for _ in range(100_000):  # more than the line holds
        waiter.wake()
    waiter.wait_until(None, ())
    deadline_ns = time.monotonic_ns() + SOON_NS
    waiter.wait_until(deadline_ns, ())
    assert time.monotonic_ns() >= deadline_ns


def test_a_hold_ends_at_its_instant_and_leaves_wakes_to_the_next_wait(waiter: RealWaiter) -> None:
    waiter.wake()
    instant_ns = time.monotonic_ns() + 100_000
    waiter.hold_until(instant_ns)
    assert time.monotonic_ns() >= instant_ns
    waiter.hold_until(instant_ns - NS_PER_S)
    waiter.wait_until(None, ())


def test_a_signal_does_not_cut_the_wait_short(waiter: RealWaiter, open_things: ExitStack) -> None:
    rung: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, _: rung.append(number))
    open_things.callback(signal.signal, signal.SIGALRM, before)
    open_things.callback(signal.setitimer, signal.ITIMER_REAL, 0)
    signal.setitimer(signal.ITIMER_REAL, 0.005, 0.005)
    deadline_ns = time.monotonic_ns() + SOON_NS
    waiter.wait_until(deadline_ns, ())
    assert time.monotonic_ns() >= deadline_ns
    assert rung


def test_a_signal_that_wakes_does(waiter: RealWaiter, open_things: ExitStack) -> None:
    before = signal.signal(signal.SIGALRM, lambda *_: waiter.wake())
    open_things.callback(signal.signal, signal.SIGALRM, before)
    signal.setitimer(signal.ITIMER_REAL, 0.005)
    waiter.wait_until(None, ())


def test_a_descriptor_that_was_closed_is_told_once_and_the_others_are_still_heard(
    waiter: RealWaiter, source: SocketSource, open_things: ExitStack, expected_logs: ExpectedLogs
) -> None:
    expected_logs.expect("descriptor .* cannot be watched")
    broken = SocketSource()
    open_things.callback(broken.close)
    fd = os.dup(broken.near.fileno())
    os.close(fd)
    broken.descriptors = lambda: (fd,)  # type: ignore[method-assign]
    far_ns = time.monotonic_ns() + FAR_NS
    assert list(waiter.wait_until(far_ns, [broken, source])) == [broken]
    source.far.send(b"x")
    assert list(waiter.wait_until(far_ns, [broken, source])) == [source]
    assert len(expected_logs.records) == 1
    broken.descriptors = lambda: (broken.near.fileno(),)  # type: ignore[method-assign]
    source.near.recv(1)
    broken.far.send(b"x")
    assert list(waiter.wait_until(far_ns, [broken, source])) == [broken]


def test_a_virtual_waiter_jumps(open_things: ExitStack) -> None:
    clock = make_clock()
    waiter = VirtualWaiter(clock)
    deadline_ns = clock.now_ns() + 3600 * NS_PER_S
    waiter.wait_until(deadline_ns, ())
    assert clock.now_ns() == deadline_ns
    waiter.wait_until(deadline_ns - 1, ())
    assert clock.now_ns() == deadline_ns
    waiter.wake()
    waiter.wait_until(deadline_ns + 1, ())
    assert clock.now_ns() == deadline_ns
    with pytest.raises(NothingDueError):
        waiter.wait_until(None, [ScriptedSource()])
    waiter.hold_until(deadline_ns + 5)
    waiter.hold_until(deadline_ns)
    assert clock.now_ns() == deadline_ns + 5


def test_a_virtual_waiter_waits_for_people_outside_only_when_nothing_is_due(
    source: SocketSource, open_things: ExitStack
) -> None:
    clock = make_clock()
    waiter = VirtualWaiter(clock)
    open_things.callback(waiter.close)
    deadline_ns = clock.now_ns() + NS_PER_S
    assert list(waiter.wait_until(deadline_ns, [source])) == []
    assert clock.now_ns() == deadline_ns
    source.far.send(b"x")
    assert list(waiter.wait_until(None, [source])) == [source]
    assert list(waiter.wait_until(deadline_ns + NS_PER_S, [source])) == [source]
    assert clock.now_ns() == deadline_ns
    source.near.recv(1)
    thread = threading.Thread(target=waiter.wake)
    thread.start()
    waiter.wait_until(None, [source])
    thread.join()
    assert select.select([source.near], [], [], 0)[0] == []


def test_a_long_rest_is_passed_in_pieces_and_a_short_one_is_not(open_things: ExitStack) -> None:
    rests: list[int] = []
    waiter = RealWaiter(RealClock(UTC), pastime=lambda: rests.append(time.monotonic_ns()))
    open_things.callback(waiter.close)
    deadline_ns = time.monotonic_ns() + REST_NS
    assert list(waiter.wait_until(deadline_ns, ())) == []
    assert rests == []
    deadline_ns = time.monotonic_ns() + 10 * REST_NS
    assert list(waiter.wait_until(deadline_ns, ())) == []
    assert 1 <= len(rests) <= 10
    assert rests[-1] < deadline_ns <= time.monotonic_ns()


def test_what_comes_ends_a_rest_that_is_passed_in_pieces(source: SocketSource, open_things: ExitStack) -> None:
    waiter = RealWaiter(RealClock(UTC), pastime=lambda: source.far.send(b"x") and None)
    open_things.callback(waiter.close)
    assert list(waiter.wait_until(None, [source])) == [source]
    assert list(waiter.wait_until(time.monotonic_ns() + FAR_NS, [source])) == [source]
