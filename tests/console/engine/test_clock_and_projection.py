"""Cues on the wall clock, and cues that count back from a start that is still to be called."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.show.cues import AtClock
from console.show.rundown import StartRule
from console.vocabulary import Go, GoKeyUp, Hold, Load, Locate, Panic, Roll, Snapshot, StartItem
from tests.support.builders import at_offset, evening_show, make_cue, song_show, step
from tests.support.engine_rig import NOON, ZERO_NS, EngineRig, s


def at_noon_and(seconds: int) -> AtClock:
    return AtClock(on="clock", time=f"12:{seconds // 60:02}:{seconds % 60:02}")


def clock_rig(seconds: int, **fields: object) -> EngineRig:
    cue = make_cue("clock", "9", at_noon_and(seconds), step("cue.go"), item=None, list="hot", **fields)  # type: ignore[arg-type]
    show = evening_show()
    return EngineRig(show.model_copy(update={"cues": (*show.cues, cue)}))


def test_a_clock_cue_is_on_time_with_its_lead() -> None:
    rig = clock_rig(90)
    rig.wait(200)
    assert rig.verbs(cue="clock") == [(89.993, "lx-main", "cue.go")]
    assert (rig.row("clock").cue_s, rig.row("clock").late_us) == (90.0, 0)


def test_a_clock_that_leaps_leaves_a_trigger_late_and_skipped_and_one_that_goes_back_repeats_nothing() -> None:
    rig = clock_rig(90)
    rig.engine.step(rig.now_ns, NOON + timedelta(seconds=100), [])
    rig.engine.step(rig.now_ns, NOON + timedelta(seconds=50), [])
    outbox = rig.engine.step(rig.now_ns, NOON + timedelta(seconds=95), [])
    assert outbox.dispatches == ()
    assert rig.engine.run.done.listed().count("clock") == 1


def test_a_panic_stays_silent_when_the_time_comes() -> None:
    rig = clock_rig(90)
    rig.ask(Panic())
    rig.wait(200)
    assert not rig.verbs(cue="clock")


def ready_rig() -> EngineRig:
    """The second song's cameras stand by ten seconds before its start; the talk before it is planned at 30 s."""
    show = evening_show()
    ready = make_cue(
        "ready", "2.01", at_offset(-10.0), step("camera.standby", camera="cam-1"), role="camera.cueing", item="second"
    )
    rig = EngineRig(show.model_copy(update={"cues": (*show.cues, ready)}))
    rig.ask(StartItem(item="song"))
    rig.wait(36.0)
    assert rig.engine.run.live_item == "talk"
    return rig


@pytest.mark.parametrize("held_s", [0.0, 7.0])
def test_a_hold_moves_what_counts_back_from_the_next_start(held_s: float) -> None:
    rig = ready_rig()
    rig.wait(5)
    if held_s:
        rig.ask(Hold())
        rig.wait(held_s)
        rig.ask(Roll())
    rig.wait(60)
    assert rig.row("ready").cue_s == pytest.approx(36.0 + 20.0 + held_s)


def test_a_jump_moves_it_too() -> None:
    rig = ready_rig()
    rig.ask(Locate(item="talk", position_ns=s(15.0), roll=True))
    rig.wait(60)
    assert rig.row("ready").cue_s == pytest.approx(36.0 + 5.0)


def test_it_leaves_at_once_where_the_start_comes_sooner() -> None:
    rig = ready_rig()
    rig.ask(StartItem(item="second"))
    row_s = [due_s for due_s, _, _ in rig.verbs(cue="ready")]
    assert row_s == [36.0]
    assert rig.engine.run.started_ns["second"] == ZERO_NS + s(36.0)


def test_the_projected_end_waits_while_the_show_is_held() -> None:
    rig = EngineRig(song_show())
    rig.ask(Go())
    rig.ask(GoKeyUp())
    rig.wait(10)
    rig.ask(Hold())
    ends = []
    for _ in range(2):
        rig.wait(50)
        snapshot = rig.engine.snapshot(rig.now_ns, rig.wall)
        assert Snapshot.model_validate_json(snapshot.model_dump_json()) == snapshot
        ends.append(snapshot.items[0].end_ns)
    assert ends[1] - ends[0] == s(50.0)
    assert ends[0] == pytest.approx(s(36.05 + 50.0))


@pytest.mark.parametrize(("called", "lives"), [(False, "live"), (True, "loaded")])
def test_an_item_with_a_time_starts_then_unless_it_is_to_be_called(called: bool, lives: str) -> None:
    show = evening_show()
    rule = StartRule(rule="time_of_day", time="12:01:00")
    timed = "second" if called else "talk"
    items = tuple(i.model_copy(update={"start": rule}) if i.id == timed else i for i in show.items)
    rig = EngineRig(show.model_copy(update={"items": items}))
    rig.ask(Load(item="second"))
    rig.ask(StartItem(item="song"))
    rig.wait_until(59.9)
    assert rig.engine.run.lives[timed] == ("loaded" if called else "planned")
    rig.wait_until(60.1)
    assert rig.engine.run.lives[timed] == lives
    assert called == any(notice.kind == "said" and "due to start now" in notice.words for notice in rig.notices)
