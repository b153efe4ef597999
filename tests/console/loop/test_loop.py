"""The loop on virtual time: order, one sample a step, outcomes, once-uses, faults that end nothing, and its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.engine.outbox import Outbox
from console.loop.loop import RETRY_NS, SPARE_NS, Loop, Pace
from console.loop.sources import OutletSource, QueueSource
from console.ports import InboxItem
from console.timebase import NS_PER_MS, NS_PER_S
from console.vocabulary import Answered, Go, LedgerRow, Notice, Request, Said, SetOutput, Snapshot
from devices.contract import Command, Health, Outcome, OutputMode, Packet, Result, Severity
from tests.support.logs import ExpectedLogs
from tests.support.loop_rig import ZERO_NS, Diary, Rig, at
from tests.support.recording_outlet import RecordingOutlet
from tests.support.small_engine import SmallEngine, make_dispatch
from tests.support.virtual_clock import EVENING, ScriptedSource, SteppedWaiter, VirtualClock, VirtualWaiter


def test_everything_leaves_exactly_when_it_is_due_and_the_run_ends_when_nothing_is_left() -> None:
    rig = Rig(*(make_dispatch(at(n * 1.5), seq=n) for n in range(1, 50))).run()
    assert [each.now_ns for each in rig.outlet.sent] == [at(n * 1.5) for n in range(1, 50)]
    rows = rig.diary.of(LedgerRow)
    assert [row.seq for row in rows] == [*range(1, 50)]
    assert {row.late_us for row in rows} == {0}


def test_the_clocks_are_sampled_together() -> None:
    rig = Rig(make_dispatch(at(90.0))).run()
    for now_ns, wall, _ in rig.engine.steps:
        assert wall - EVENING == timedelta(microseconds=(now_ns - ZERO_NS) // 1000)


def test_the_clock_is_sampled_once_a_step() -> None:
    class CountingClock(VirtualClock):
        walls = 0

        def wall(self) -> datetime:
            self.walls += 1
            return super().wall()

    rig = Rig(*(make_dispatch(at(n), seq=n) for n in range(1, 9)))
    clock = CountingClock(EVENING, ZERO_NS)
    waiter = VirtualWaiter(clock)
    loop = Loop(rig.engine, clock=clock, waiter=waiter, outlet=rig.outlet, journal=rig.diary, pace=Pace(wakes=False))
    loop.run()
    waiter.close()
    rig.waiter.close()
    assert clock.walls == len(rig.engine.steps) + 1  # and once more for the last snapshot


def test_bytes_leave_before_anybody_is_told() -> None:
    rig = Rig(make_dispatch(at(1), seq=1), make_dispatch(at(1), seq=2), script=[(at(1), Go(id=5))]).run()
    sent = [rig.diary.lines.index(("sent", seq)) for seq in (1, 2, 1000)]
    assert sent == sorted(sent)
    answer = next(n for n, line in enumerate(rig.diary.lines) if isinstance(line, Answered))
    assert answer > max(sent)


def test_outcomes_come_with_the_next_step_at_once() -> None:
    rig = Rig(make_dispatch(at(1)), make_dispatch(at(2), seq=2)).run()
    with_outcomes = [(now_ns, inbox) for now_ns, _, inbox in rig.engine.steps if inbox]
    assert [now_ns for now_ns, _ in with_outcomes] == [at(1), at(2)]
    assert all(isinstance(item, Outcome) for _, inbox in with_outcomes for item in inbox)


def test_a_request_is_read_when_it_comes_and_told_with_its_answer() -> None:
    rig = Rig(make_dispatch(at(9)), script=[(at(2), Go(id=7, by="operator"))]).run()
    assert rig.outlet.wire()[0] == (at(2), "desk", "cue.fire")
    (answer,) = rig.diary.of(Answered)
    assert (answer.request, answer.name, answer.refused) == (7, "go", None)
    assert rig.diary.of(Go) == [Go(id=7, by="operator")]


def test_reports_are_polled_when_the_outlet_wants_it() -> None:
    rig = Rig()
    health = Health("desk", Severity.GOOD, "answers")
    rig.outlet.coming.append((at(3), health))
    rig.loop.sources.append(OutletSource(rig.outlet, tuple))
    rig.run()
    assert [(now_ns, inbox) for now_ns, _, inbox in rig.engine.steps if inbox] == [(at(3), (health,))]


def test_what_another_thread_puts_down_is_read_in_the_next_turn() -> None:
    rig = Rig()
    queue = QueueSource(rig.waiter)
    rig.loop.sources.append(queue)
    queue.put(Go(id=1))
    queue.put(Go(id=2))
    rig.run()
    assert [each.request for each in rig.diary.of(Answered)] == [1, 2]
    assert rig.outlet.sent[0].now_ns == ZERO_NS


# -- late and coarse ---------------------------------------------------------------------------------------------------


@given(
    due_ms=st.lists(st.integers(1, 2_000), min_size=1, max_size=30),
    strides_ms=st.lists(st.integers(1, 400), min_size=1, max_size=10),
)
def test_coarse_waking_changes_lateness_and_nothing_else(due_ms: list[int], strides_ms: list[int]) -> None:
    def dispatches() -> list[object]:
        return [make_dispatch(ZERO_NS + ms * NS_PER_MS, seq=n) for n, ms in enumerate(sorted(due_ms), 1)]

    exact = Rig(*dispatches()).run()
    coarse = Rig(*dispatches())
    turns = iter(range(10_000))

    def meet(deadline_ns: int | None) -> int:
        if deadline_ns == coarse.clock.now_ns():  # outcomes wait
            return deadline_ns
        return coarse.clock.now_ns() + strides_ms[next(turns) % len(strides_ms)] * NS_PER_MS

    loop = coarse.make_loop(SteppedWaiter(coarse.clock, meet), Pace(wakes=False))
    while coarse.engine.due:
        loop.turn()
    coarse.waiter.close()
    assert [each.command.seq for each in coarse.outlet.sent] == [each.command.seq for each in exact.outlet.sent]
    assert {each.late_ns for each in exact.outlet.sent} == {0}
    assert all(0 <= each.late_ns < max(strides_ms) * NS_PER_MS for each in coarse.outlet.sent)


# -- once-uses ---------------------------------------------------------------------------------------------------------


def test_a_once_use_is_on_disk_before_its_first_byte_and_delays_nobody_else() -> None:
    rig = Rig(
        make_dispatch(at(1), "pyro", seq=1, cue="fire", once=True),
        make_dispatch(at(1), "pyro", seq=2, cue="fire"),  # a second packet of the same cue keeps its place
        make_dispatch(at(1), "desk", seq=3, cue="look"),
    ).run()
    order = [line for line in rig.diary.lines if isinstance(line, tuple)]
    assert order == [("sent", 3), ("spent", "fire"), ("sent", 1), ("sent", 2)]


def test_a_once_use_that_cannot_be_noted_does_not_leave() -> None:
    rig = Rig(
        make_dispatch(at(1), "pyro", seq=1, cue="fire", once=True),
        make_dispatch(at(1), "desk", seq=2, cue="look"),
    )
    rig.diary.refuse = "disk full"
    rig.run()
    assert rig.outlet.wire() == [(at(1), "desk", "cue.fire")]
    outcomes = [item for _, _, inbox in rig.engine.steps for item in inbox if isinstance(item, Outcome)]
    assert [(each.seq, each.result, each.words) for each in outcomes] == [
        (2, Result.SENT, ""),
        (1, Result.FAILED, "disk full"),
    ]


# -- outputs -----------------------------------------------------------------------------------------------------------


def test_a_granted_switch_reaches_the_outlet_before_the_bytes_of_its_step() -> None:
    rig = Rig(make_dispatch(at(1), "desk"), script=[(at(1), SetOutput(id=3, device="desk", mode="off"))]).run()
    assert rig.outlet.modes == {"desk": OutputMode.OFF}
    (row,) = rig.diary.of(LedgerRow)
    assert row.outcome == "off"


def test_a_refused_switch_does_not() -> None:
    class Refusing(SmallEngine):
        def step(self, now_ns: int, wall: datetime, inbox: Sequence[InboxItem]) -> Outbox:
            outbox = super().step(now_ns, wall, inbox)
            asked = [each for each in outbox.notices if isinstance(each, Answered)]
            refused = [each.model_copy(update={"refused": "no such device"}) for each in asked]
            return replace(outbox, notices=tuple(refused))

    rig = Rig(script=[(at(1), SetOutput(id=3, device="desk", mode="off"))])
    rig.loop.engine = Refusing(zero_ns=ZERO_NS)
    rig.run()
    assert rig.outlet.modes == {}


# -- faults ------------------------------------------------------------------------------------------------------------


class FaultySource(ScriptedSource):
    def read(self, now_ns: int) -> Sequence[InboxItem]:
        raise ValueError("four bytes too few")


def test_a_source_that_raises_is_counted_logged_and_said_and_the_show_goes_on(expected_logs: ExpectedLogs) -> None:
    expected_logs.expect("source FaultySource failed")
    rig = Rig(*(make_dispatch(at(n), seq=n) for n in range(1, 8)))
    rig.loop.sources.append(FaultySource())
    rig.run()
    assert len(rig.outlet.sent) == 7
    assert rig.loop.faults["source FaultySource"] >= 8
    said = rig.diary.of(Said)
    assert "four bytes too few" in said[0].words
    assert "10 so far" in said[1].words
    assert len(said) == 2
    assert len(expected_logs.records) == 2


class BrokenOutlet(RecordingOutlet):
    def send(self, command: Command, packet: Packet, now_ns: int) -> Outcome:
        if command.device == "broken":
            raise OSError("no route")
        return super().send(command, packet, now_ns)


def test_bytes_that_cannot_be_sent_stop_nothing(expected_logs: ExpectedLogs) -> None:
    expected_logs.expect("device broken failed")
    rig = Rig(make_dispatch(at(1), "broken", seq=1), make_dispatch(at(1), "desk", seq=2))
    outlet = BrokenOutlet()
    waiter = VirtualWaiter(rig.clock)
    loop = Loop(
        rig.engine, clock=rig.clock, waiter=waiter, outlet=outlet, journal=rig.diary, audience=[rig.diary],
        pace=Pace(wakes=False),
    )  # fmt: skip
    loop.run()
    waiter.close()
    rig.waiter.close()
    assert [each.command.seq for each in outlet.sent] == [2]
    assert [row.outcome for row in rig.diary.of(LedgerRow)] == ["failed", "sent"]


def test_a_listener_that_raises_stops_nothing(expected_logs: ExpectedLogs) -> None:
    class FullDisk(Diary):
        def tell(self, requests: Sequence[Request], notices: Sequence[Notice]) -> None:
            raise OSError("disk full")

        def catch_up(self, snapshot: Snapshot | None) -> None:
            raise OSError("disk full")

    expected_logs.expect("listener FullDisk failed")
    rig = Rig(make_dispatch(at(1)), make_dispatch(at(2), seq=2))
    rig.loop.audience.insert(0, FullDisk())
    rig.run()
    assert [row.seq for row in rig.diary.of(LedgerRow)] == [1, 2]
    assert rig.diary.of(Said)


def test_a_step_that_fails_is_answered_and_the_next_one_goes_on(expected_logs: ExpectedLogs) -> None:
    class Stumbling(SmallEngine):
        def step(self, now_ns: int, wall: datetime, inbox: Sequence[InboxItem]) -> Outbox:
            if any(isinstance(item, Go) and item.id == 66 for item in inbox):
                raise KeyError("no such thing")
            return super().step(now_ns, wall, inbox)

    expected_logs.expect("the engine's step failed")
    rig = Rig(script=[(at(1), Go(id=66)), (at(3), Go(id=67))])
    rig.loop.engine = Stumbling([make_dispatch(at(1))], zero_ns=ZERO_NS)
    rig.run()
    answers = rig.diary.of(Answered)
    assert [(each.request, each.refused is None) for each in answers] == [(66, False), (67, True)]
    assert [each.now_ns for each in rig.outlet.sent] == [at(1) + RETRY_NS, at(3)]


def test_a_snapshot_that_fails_ends_nothing(expected_logs: ExpectedLogs) -> None:
    class Blind(SmallEngine):
        def snapshot(self, now_ns: int, wall: datetime) -> Snapshot:
            raise ZeroDivisionError

    expected_logs.expect("the engine's snapshot failed")
    rig = Rig()
    rig.loop.engine = Blind([make_dispatch(at(1))], zero_ns=ZERO_NS)
    rig.run()
    assert len(rig.outlet.sent) == 1
    assert rig.diary.snapshots == []


# -- snapshots and telling ---------------------------------------------------------------------------------------------


def watched(rig: Rig, until_ns: int, pace: Pace) -> list[int]:
    """Turn until an instant; the deadlines the loop asked for."""
    deadlines: list[int] = []

    def meet(deadline_ns: int | None) -> int:
        assert deadline_ns is not None
        deadlines.append(deadline_ns)
        return deadline_ns

    loop = rig.make_loop(SteppedWaiter(rig.clock, meet), pace)
    while rig.clock.now_ns() < until_ns:
        loop.turn()
    rig.waiter.close()
    return deadlines


def test_snapshots_come_at_their_rate() -> None:
    rig = Rig()
    watched(rig, at(1), Pace())
    assert [each.now_ns for each in rig.diary.snapshots] == [n * 33 * NS_PER_MS for n in range(32)]


def test_a_snapshot_just_before_something_due_waits_until_it_has_left() -> None:
    rig = Rig(make_dispatch(at(0.0335)))
    watched(rig, at(0.05), Pace())
    assert [each.now_ns for each in rig.diary.snapshots] == [0, 33_500_000, 66_500_000]
    sent = rig.diary.lines.index(("sent", 1))
    assert [line for line in rig.diary.lines[:sent] if line == "catch up"] == ["catch up"]


def test_nobody_is_told_while_something_is_always_due_but_not_for_ever() -> None:
    rig = Rig(*(make_dispatch(at(n * 0.0009), seq=n) for n in range(1, 1300)))
    watched(rig, at(1.16), Pace())
    (gap,) = [b.now_ns - a.now_ns for a, b in pairwise(rig.diary.snapshots)]
    assert 500 * NS_PER_MS < gap < 650 * NS_PER_MS
    assert rig.diary.lines.count("catch up") == 11  # once a tenth of a second
    assert {each.late_ns for each in rig.outlet.sent} == {0}


def test_a_snapshot_waits_until_there_is_time_for_what_the_last_one_took() -> None:
    rig = Rig(*(make_dispatch(at(0.105 * n), seq=n) for n in range(1, 4)))

    class Slow(SmallEngine):
        def snapshot(self, now_ns: int, wall: datetime) -> Snapshot:
            rig.clock.move_to(rig.clock.now_ns() + 10 * NS_PER_MS)
            return super().snapshot(now_ns, wall)

    rig.loop.engine = rig.engine = Slow(rig.engine.due, zero_ns=ZERO_NS)
    watched(rig, at(0.32), Pace(snapshot_ns=100 * NS_PER_MS))
    assert {each.late_ns for each in rig.outlet.sent} == {0}
    assert [each.now_ns // NS_PER_MS for each in rig.diary.snapshots] == [0, 105, 210, 315]


def test_what_is_due_is_decided_ahead_and_leaves_on_the_instant() -> None:
    rig = Rig(make_dispatch(at(0.5)))
    deadlines = watched(rig, at(0.52), Pace(snapshot_ns=NS_PER_S))
    assert at(0.5) - Pace().lead_ns in deadlines
    assert [each.late_ns for each in rig.outlet.sent] == [0]
    assert [now_ns for now_ns, _, _ in rig.engine.steps] == sorted(now_ns for now_ns, _, _ in rig.engine.steps)


def test_the_outlet_s_word_for_what_has_just_left_holds_up_nothing_that_is_due_soon() -> None:
    soon_ns = at(0.5) + SPARE_NS // 2  # on virtual time a decision takes no time, so that is all the lead there is
    rig = Rig(make_dispatch(at(0.5)), make_dispatch(soon_ns, seq=2))
    watched(rig, at(0.52), Pace(snapshot_ns=NS_PER_S))
    outcomes = [now_ns for now_ns, _, inbox in rig.engine.steps if inbox]
    assert outcomes[0] == soon_ns  # the first outcome was taken in by the step that was made ahead, for the second
    assert [each.late_ns for each in rig.outlet.sent] == [0, 0]


def test_a_press_just_before_something_due_is_not_held() -> None:
    press_ns = at(0.5) - Pace().lead_ns // 2
    rig = Rig(make_dispatch(at(0.5)), script=[(press_ns, Go(id=1))])
    arrivals = {at(0.5) - Pace().lead_ns: press_ns}  # woken by the press instead of the deadline
    loop = rig.make_loop(SteppedWaiter(rig.clock, lambda due_ns: arrivals.get(due_ns or 0, due_ns or 0)), Pace())
    while rig.engine.due:
        loop.turn()
    rig.waiter.close()
    assert rig.outlet.wire() == [(press_ns, "desk", "cue.fire"), (at(0.5), "desk", "cue.fire")]


def test_a_pace_for_a_faster_clock_is_the_same_in_real_time() -> None:
    assert Pace().at_speed(Fraction(20)) == Pace(
        snapshot_ns=660 * NS_PER_MS, quiet_ns=20 * NS_PER_MS, patience_ns=2_000 * NS_PER_MS, lead_ns=10 * NS_PER_MS
    )
    assert Pace(wakes=False).at_speed(2).wakes is False


# -- the end -----------------------------------------------------------------------------------------------------------


def test_a_stop_ends_the_run_and_what_was_sent_by_then_is_accounted_for() -> None:
    rig = Rig(make_dispatch(at(1)), make_dispatch(at(2), seq=2))
    step = rig.engine.step

    class Stopping(SmallEngine):
        def step(self, now_ns: int, wall: datetime, inbox: Sequence[InboxItem]) -> Outbox:
            if now_ns == at(1) and not inbox:
                rig.loop.stop()
            return step(now_ns, wall, inbox)

    rig.loop.engine = Stopping(zero_ns=ZERO_NS)
    rig.run()
    assert [each.command.seq for each in rig.outlet.sent] == [1]
    assert [row.seq for row in rig.diary.of(LedgerRow)] == [1]


@pytest.mark.parametrize("seq", [1, 2])
def test_the_last_snapshot_is_of_the_end(seq: int) -> None:
    rig = Rig(make_dispatch(at(seq), seq=seq)).run()
    assert rig.diary.snapshots[-1].now_ns == seq * NS_PER_S


def test_what_is_still_held_when_the_run_ends_has_a_row() -> None:
    class SlowOutlet(RecordingOutlet):
        def send(self, command: Command, packet: Packet, now_ns: int) -> Outcome:
            return replace(super().send(command, packet, now_ns), result=Result.HELD)

        def give_up(self, now_ns: int) -> Sequence[Outcome]:
            return [Outcome(each.command.seq, "desk", now_ns, Result.FAILED, "never left") for each in self.sent]

    rig = Rig(make_dispatch(at(1), "desk", seq=2))
    rig.loop = Loop(
        rig.engine, clock=rig.clock, waiter=rig.waiter, outlet=SlowOutlet(), journal=rig.diary, audience=[rig.diary],
        pace=Pace(wakes=False),
    )  # fmt: skip
    rig.run()
    assert [row.outcome for row in rig.diary.of(LedgerRow)] == ["held", "failed"], "a small engine makes both"
