"""The arithmetic between measured values and printed figures, checked on numbers done by hand."""

import random
import struct
from math import inf

import pytest

from tests.bench.faders import FADES, fade_figures, steps_expected
from tests.bench.figures import (
    Aim,
    Block,
    Finding,
    Row,
    answers_ns,
    block,
    drift_ns,
    lateness_ns,
    out_of_order,
    percentile,
    row,
    row_findings,
    step_errors_ns,
    value_findings,
)
from tests.bench.presses import WARM_UP, counted_answers_ns
from tests.bench.programs import BenchError
from tests.bench.shows import FADE_HZ
from tests.bench.stopwatch import Arrival
from tests.bench.table import summary, table


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


def test_a_press_is_answered_by_the_first_arrival_before_the_next_press() -> None:
    presses, arrivals = [100, 200, 300], [50, 130, 140, 310]
    assert answers_ns(presses, arrivals) == [30, 10]  # the second was not answered, and 50 was nobody's
    assert answers_ns([], arrivals) == answers_ns(presses, []) == []


def test_where_as_many_came_as_were_pressed_each_answers_its_own_press_however_late() -> None:
    assert answers_ns([100, 200, 300], [130, 320, 330]) == [30, 120, 30]


def test_presses_of_the_warm_up_and_other_payloads_do_not_count() -> None:
    presses = [1000 * n for n in range(WARM_UP + 2)]
    came = [(at_ns + 7, b"go") for at_ns in presses] + [(presses[-1] + 3, b"fader")]
    assert counted_answers_ns(presses, sorted(came), {b"go"}) == [7, 7]


def test_drift_is_what_the_errors_of_the_steps_add_up_to() -> None:
    chain = [(5, b"0"), (106, b"1"), (207, b"2"), (304, b"3")]
    assert drift_ns(chain, 100) == -1 == sum(step_errors_ns(chain, 100))


def test_the_limits_of_a_row_are_those_it_is_judged_by() -> None:
    aim = Aim("", p50_ratio=2.0, p50_or_us=40.0, p99_within_us=300.0)
    fast, slow = of_one("C", 10.0, 100.0), of_one("C", 30.0, 100.0)
    ours = of_one("ours", 20.0, 250.0, lost=2)
    p50, p99 = row_findings("cues", ours, fast, aim)
    assert (p50.what, p50.value, p50.limit, p50.beside) == ("cues, p50", 20.0, 40.0, "2.00 × C")
    assert (p99.what, p99.value, p99.limit, p99.lost) == ("cues, p99", 250.0, 400.0, 2)
    assert row_findings("cues", ours, slow, aim)[0].limit == 60.0
    assert row_findings("cues", ours, fast, Aim("", p50_ratio=3.0, p99_ratio=5.0))[1].limit == 500.0


@pytest.mark.parametrize(
    ("finding", "reached", "times"),
    [
        (Finding("at the limit", 2.0, 2.0, "s"), True, 1.0),
        (Finding("above", 3.0, 2.0, "s"), False, 1.5),
        (Finding("lost", 1.0, 2.0, "s", lost=1), False, 0.5),
        (Finding("none", 0, 0, "faders"), True, 0.0),
        (Finding("some", 1, 0, "faders"), False, inf),
    ],
)
def test_a_finding_is_reached_within_its_limit_with_nothing_lost(finding: Finding, reached: bool, times: float) -> None:
    assert (finding.is_reached, finding.times) == (reached, times)


def test_values_without_a_limit_for_the_median_have_one_line() -> None:
    assert [each.what for each in value_findings("panic", [2_000_000], 1, inf, 5000.0)] == ["panic, p99"]
    assert [each.value for each in value_findings("GO", [2_000_000], 1, 400.0, 5000.0)] == [2000.0, 2000.0]


def test_the_summary_counts_what_was_reached() -> None:
    findings = [Finding("opening", 1.5, 2.0, "s", beside="0.5 × C"), Finding("evening", 130.4, 30.0, "s", lost=1)]
    assert summary(findings) == (
        "1 of 2 aims reached\n"
        "           measured   aim  × aim\n"
        "  opening     1.5 s   2 s   0.75  reached (0.5 × C)\n"
        "  evening     130 s  30 s   4.35  NOT reached 1 lost"
    )


def fader_steps(fader: int, fade_s: float, last: float = 0.0, late_ns: int = 0) -> list[Arrival]:
    """What one fader sends, evenly; the last step so late, and with such a value."""
    period_ns, head = 1e9 / FADE_HZ, b"/level/ch/%03d\0\0,f\0\0" % fader
    steps = [(round(n * period_ns), head + struct.pack(">f", -n)) for n in range(1, steps_expected(fade_s))]
    return [(0, head + struct.pack(">f", -90.0)), *steps[:-1], (steps[-1][0] + late_ns, head + struct.pack(">f", last))]


def test_faders_are_judged_by_interval_length_and_last_value() -> None:
    odd = fader_steps(0, 1.0, last=-0.5, late_ns=3_000_000)
    came = [*odd, *(step for fader in range(1, FADES) for step in fader_steps(fader, 1.0))]
    cues = [(500_040_000, b"during"), (1_100_010_000, b"after")]
    figures = fade_figures(sorted([*came, *cues]), {b"during": 500_000_000, b"after": 1_100_000_000}, 1.0)
    assert figures.off_target == 1
    assert figures.worst_length_ns == 3_000_000
    assert (figures.interval.lost, round(figures.interval.worst_us)) == (0, 3000)
    assert (figures.with_fades.p50_us, figures.without_fades.p50_us) == (40.0, 10.0)
    found = {each.what: each for each in figures.findings()}
    assert found["fades, cues beside them changed by"].value == 30.0
    assert not found["fades, not exactly at the end value"].is_reached
    assert found["fades, length off by"].is_reached


def test_steps_that_did_not_come_are_lost_and_a_fader_that_never_moved_is_told() -> None:
    came = [step for fader in range(FADES) for step in fader_steps(fader, 1.0)]
    cues = {b"during": 500_000_000, b"after": 1_100_000_000}
    arrived = sorted([*came[1:], *((due_ns, cue) for cue, due_ns in cues.items())])
    assert fade_figures(arrived, cues, 1.0).interval.lost == 1
    with pytest.raises(BenchError, match=f"{FADES - 1} of {FADES} faders moved"):
        fade_figures(came[steps_expected(1.0) :], cues, 1.0)


def test_what_comes_before_an_earlier_one_is_out_of_order() -> None:
    dues = {b"a": 1, b"b": 1, b"c": 1}
    assert out_of_order([(5, b"a"), (6, b"x"), (7, b"b"), (8, b"c")], dues) == 0
    assert out_of_order([(5, b"b"), (6, b"a"), (7, b"c")], dues) == 1
