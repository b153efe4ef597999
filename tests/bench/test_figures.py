"""The arithmetic between measured values and printed figures, checked on numbers done by hand."""

import random

import pytest

from tests.bench.figures import Aim, Block, Row, block, lateness_ns, percentile, row, step_errors_ns
from tests.bench.table import table


def figures(p50_us: float, p99_us: float, *, worst_us: float = 0.0, lost: int = 0) -> Block:
    return Block(p50_us=p50_us, p99_us=p99_us, worst_us=worst_us, lost=lost)


def of_one(name: str, p50_us: float, p99_us: float, *, lost: int = 0) -> Row:
    return row(name, [figures(p50_us, p99_us, lost=lost)])


@pytest.mark.parametrize(
    ("count", "percent", "expected"),
    [(100, 50, 50), (100, 99, 99), (100, 100, 100), (101, 50, 51), (10, 99, 10), (1, 50, 1), (200, 99, 198)],
)
def test_a_percentile_is_the_nearest_rank_whatever_the_order(count: int, percent: float, expected: int) -> None:
    values = list(range(1, count + 1))
    random.Random(count).shuffle(values)
    assert percentile(values, percent) == expected


def test_a_percentile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="measured no values"):
        percentile([], 50)
    with pytest.raises(ValueError, match="no 0th percentile"):
        percentile([1.0], 0)


def test_early_counts_as_far_as_late_and_what_is_missing_is_lost() -> None:
    assert block([-3000, 1000, 2000], expected=5) == figures(2.0, 3.0, worst_us=3.0, lost=2)


def test_one_bad_block_of_three_does_not_make_the_row() -> None:
    blocks = [figures(10, 20, worst_us=30), figures(900, 5000, worst_us=9000, lost=1), figures(12, 22, worst_us=31)]
    summed = row("C", blocks)
    assert (summed.p50_us, summed.p99_us, summed.worst_us, summed.lost) == (12, 22, 9000, 1)
    assert (summed.p50_least_us, summed.p50_most_us, summed.blocks) == (10, 900, 3)


def test_a_row_without_blocks_is_refused() -> None:
    with pytest.raises(ValueError, match="C has no blocks"):
        row("C", [])


def test_lateness_is_arrival_minus_due_of_the_same_payload_in_any_order() -> None:
    arrivals = [(1_300, b"b"), (1_050, b"a"), (1_400, b"heartbeat")]
    assert sorted(lateness_ns(arrivals, {b"a": 1_000, b"b": 1_200, b"never came": 1_500})) == [50, 100]


def test_a_payload_that_arrives_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="arrived twice"):
        lateness_ns([(1, b"a"), (2, b"a")], {b"a": 0})


def test_every_interval_of_a_chain_is_held_against_the_step() -> None:
    assert step_errors_ns([(0, b"on"), (100, b"off"), (198, b"on"), (301, b"off")], 100) == [0, -2, 3]


@pytest.mark.parametrize(
    ("p50_us", "p99_us", "lost", "reached"),
    [
        (20.0, 400.0, 0, True),  # 2 × and 300 µs exactly
        (40.0, 300.0, 0, True),  # beyond 2 ×, but within 40 µs
        (40.1, 300.0, 0, False),
        (20.0, 400.1, 0, False),
        (20.0, 300.0, 1, False),
    ],
)
def test_the_aim_of_timed_cues(p50_us: float, p99_us: float, lost: int, reached: bool) -> None:
    aim = Aim("", p50_ratio=2.0, p50_or_us=40.0, p99_within_us=300.0)
    ours = of_one("ours", p50_us, p99_us, lost=lost)
    assert aim.reached(ours, of_one("C", 10.0, 100.0)) is reached


@pytest.mark.parametrize(("p50_us", "p99_us", "reached"), [(30, 500, True), (30.1, 500, False), (30, 500.1, False)])
def test_the_aim_of_a_relay(p50_us: float, p99_us: float, reached: bool) -> None:
    aim = Aim("", p50_ratio=3.0, p99_ratio=5.0)
    assert aim.reached(of_one("ours", p50_us, p99_us), of_one("C", 10.0, 100.0)) is reached


def test_the_table_holds_only_ours_against_the_aim() -> None:
    rows = [of_one("C relay", 10.0, 100.0), of_one("peer", 150.0, 900.0), of_one("ours", 25.0, 600.0)]
    text = table("OSC in to OSC out", rows, Aim("3 × and 5 ×", p50_ratio=3.0, p99_ratio=5.0), "ours")
    assert text == (
        "OSC in to OSC out: aim 3 × and 5 ×; 1 blocks\n"
        "           p50 ×  p99 ×  p50 µs  p99 µs  worst µs  lost  p50 of blocks µs\n"
        "  C relay   1.00   1.00    10.0   100.0         0     0      10.0 to 10.0\n"
        "  peer     15.00   9.00   150.0   900.0         0     0    150.0 to 150.0\n"
        "  ours      2.50   6.00    25.0   600.0         0     0      25.0 to 25.0  NOT reached"
    )
