"""The way of a press is kept warm by a cue that goes all the way, and nowhere else."""

from __future__ import annotations

import socket
from datetime import UTC, datetime

from console.loop.clocks import RealClock
from console.wiring.warmth import Warmth
from tests.support.logs import ExpectedLogs


def test_every_exercise_fires_once_by_packet_and_by_request_in_turn() -> None:
    warmth = Warmth(RealClock(UTC))
    try:
        for _ in range(50):
            warmth.exercise()
        assert warmth.fired == {"request": 25, "packet": 25}
    finally:
        warmth.close()


def test_a_packet_that_was_lost_or_means_nothing_does_not_end_it() -> None:
    warmth = Warmth(RealClock(UTC))
    try:
        warmth.exercise()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
            for datagram in (b"", b"junk", b"/else\0\0\0,\0\0\0"):
                stranger.sendto(datagram, ("127.0.0.1", warmth.port))
        for _ in range(20):
            warmth.exercise()
        assert sum(warmth.fired.values()) == 21
    finally:
        warmth.close()


def test_a_fault_ends_it_with_one_record_and_is_not_felt(expected_logs: ExpectedLogs) -> None:
    expected_logs.expect("not kept warm any more")
    warmth = Warmth(ClockThatStops())
    for _ in range(5):
        warmth.exercise()
    warmth.close()
    assert sum(warmth.fired.values()) == 2
    assert len(expected_logs.records) == 1


def test_once_closed_it_does_nothing() -> None:
    warmth = Warmth(RealClock(UTC))
    warmth.close()
    warmth.close()
    warmth.exercise()
    assert sum(warmth.fired.values()) == 0


class ClockThatStops(RealClock):
    """Answers three times."""

    def __init__(self) -> None:
        super().__init__(UTC)
        self.left = 3

    def wall(self) -> datetime:
        self.left -= 1
        if self.left == 0:
            raise OSError("the clock is gone")
        return super().wall()
