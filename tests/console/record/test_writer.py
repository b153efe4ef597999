"""The writer thread: everything in order, nothing lost to a disk that refuses for a while, and an end that waits."""

from __future__ import annotations

from console.record.writer import Writer
from tests.support.logs import ExpectedLogs


class Disk:
    """Takes pieces, unless it is full."""

    def __init__(self) -> None:
        self.pieces: list[int] = []
        self.batches = 0
        self.full = False

    def write(self, pieces: list[int]) -> None:
        if self.full:
            raise OSError("disk full")
        self.pieces += pieces
        self.batches += 1


def test_everything_arrives_in_order_in_batches() -> None:
    disk = Disk()
    writer = Writer("test", disk.write, period_s=3600)
    for piece in range(10_000):
        writer.put(piece)
    writer.close()
    assert disk.pieces == [*range(10_000)]
    assert disk.batches == 1


def test_a_flush_waits_for_what_was_put_and_for_nothing_else() -> None:
    disk = Disk()
    writer = Writer("test", disk.write, period_s=3600)
    writer.put(1)
    assert writer.flush(10)
    assert disk.pieces == [1]
    assert writer.flush(10)
    writer.close()


def test_a_hurried_piece_does_not_wait_for_the_period() -> None:
    disk = Disk()
    writer = Writer("test", disk.write, period_s=3600)
    writer.put(1, at_once=True)
    assert writer.flush(10)
    writer.close()
    assert disk.pieces == [1]


def test_what_a_full_disk_refused_is_written_later(expected_logs: ExpectedLogs) -> None:
    expected_logs.expect("test cannot be written: disk full; 1 pieces wait")
    disk = Disk()
    disk.full = True
    writer = Writer("test", disk.write, period_s=3600)
    for piece in range(5):
        writer.put(piece)
        assert not writer.flush(10)
    assert writer.fault == "disk full"
    disk.full = False
    assert writer.flush(10)
    assert writer.fault is None
    writer.close()
    assert disk.pieces == [*range(5)]
    assert len(expected_logs.records) == 1


def test_a_disk_that_stays_full_costs_the_oldest(expected_logs: ExpectedLogs) -> None:
    expected_logs.expect("cannot be written")
    expected_logs.expect("50 pieces are lost")
    disk = Disk()
    disk.full = True
    writer = Writer("test", disk.write, period_s=3600, most_held=100)
    for piece in range(150):
        writer.put(piece)
    assert not writer.flush(10)
    disk.full = False
    writer.close()
    assert disk.pieces == [*range(50, 150)]


def test_a_piece_that_cannot_be_written_is_lost_alone(expected_logs: ExpectedLogs) -> None:
    class Picky(Disk):
        def write(self, pieces: list[int]) -> None:
            if 3 in pieces:
                raise ValueError("three")
            super().write(pieces)

    expected_logs.expect("a piece is lost, it cannot be written: 3")
    disk = Picky()
    writer = Writer("test", disk.write, period_s=3600)
    for piece in range(6):
        writer.put(piece)
    assert writer.flush(10)
    writer.close()
    assert disk.pieces == [0, 1, 2, 4, 5]
