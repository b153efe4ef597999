"""Putting right, what a jump asks, and what a device gets that comes back: through the one send path, by the rules."""

from __future__ import annotations

from typing import Any

import pytest

from console.engine import locating
from console.engine.run_state import Cause
from console.show.cues import Cue
from console.vocabulary import (
    AllStop,
    AnswerAsk,
    Bypass,
    Fire,
    Locate,
    Panic,
    PutRight,
    ReleasePanic,
    Send,
    SetAskAnswer,
    SetOutput,
    Snapshot,
    Take,
)
from devices.contract import Health, Report, Result, Severity
from tests.support.builders import CALLED, at_bar, make_cue, song_show, step
from tests.support.engine_rig import EngineRig, s


def level(cue: str, number: str, db: float, strip: str = "ch/1", **fields: Any) -> Cue:
    return make_cue(cue, number, CALLED, step("level.set", strip=strip, db=db), role="audio.foh", **fields)


SHOW = song_show(
    level("down", "2", -10.0),
    level("low", "2.5", -20.0, "ch/2"),
    level("once", "2.6", -30.0, "ch/3", once_per_show=True),
    make_cue("look", "3", CALLED, step("cue.fire", list=1, cue="10")),
    make_cue("open", "4", CALLED, step("mute.set", strip="ch/1", on=False), role="audio.foh"),
    make_cue("play", "5", CALLED, step("transport.play", session="a"), role="audio.playback"),
    make_cue("scene", "6", at_bar(3), step("scene.recall", scene=105), role="audio.foh"),
    make_cue("bar", "7", at_bar(3), step("cue.fire", list=1, cue="30")),
)


@pytest.fixture
def rig() -> EngineRig:
    """The load's scene is with the mixer."""
    rig = EngineRig(SHOW)
    rig.wait(2)
    rig.sent.clear()
    return rig


def snapshot(rig: EngineRig) -> Snapshot:
    return rig.engine.snapshot(rig.now_ns, rig.wall)


def left(rig: EngineRig) -> dict[str, int]:
    return snapshot(rig).put_right


def asked(rig: EngineRig) -> list[tuple[str, str, str]]:
    return [(each.department, each.role, each.cue) for each in snapshot(rig).asks]


def fail(rig: EngineRig, *cues: str) -> None:
    """Run cues whose bytes do not leave."""
    rig.results = dict.fromkeys(("foh", "lx-main", "tracks"), Result.FAILED)
    for cue in cues:
        rig.ask(Fire(cue=cue))
    rig.results.clear()
    rig.sent.clear()


def locate(rig: EngineRig, by: str = "operator") -> None:
    """To bar 3, where a look and a scene stand."""
    rig.ask(Locate(item="song", position_ns=s(4.0), by=by))


# ------------------------------------------------------------------------------------------------- put right


def test_what_did_not_leave_is_counted_and_put_right_in_cue_order(rig: EngineRig) -> None:
    assert left(rig) == {}
    fail(rig, "look", "low", "down")
    assert left(rig) == {"LX": 1, "SND": 2}
    assert rig.ask(PutRight()) is None
    assert rig.cues_sent() == ["down", "low", "look"]
    assert left(rig) == {}
    row = [row for row in rig.rows() if row.cue == "down"][-1]
    assert (row.outcome, row.trigger, row.by) == ("sent", "put right", "operator")
    assert rig.ask(PutRight()) == "nothing stands elsewhere than wanted that may be sent again"


def test_a_department_or_a_role_alone(rig: EngineRig) -> None:
    fail(rig, "look", "down")
    assert rig.ask(PutRight(department="LX")) is None
    assert rig.cues_sent() == ["look"]
    assert rig.ask(PutRight(role="audio.foh")) is None
    assert rig.cues_sent() == ["look", "down"]
    assert rig.ask(PutRight(department="NOPE")) == "the show has no department 'NOPE'"
    assert rig.ask(PutRight(role="nope")) == "the show has no role 'nope'"


def test_never_a_trigger_an_opening_or_a_once_use(rig: EngineRig) -> None:
    fail(rig, "open", "play", "once")
    assert left(rig) == {}
    assert rig.ask(PutRight()) is not None
    assert rig.sent == []


def test_a_touched_fader_and_a_line_check_are_put_right(rig: EngineRig) -> None:
    rig.ask(Fire(cue="down"))
    rig.hear(Report("foh", rig.now_ns, "level.set", {"strip": "ch/1", "db": -3.0}))
    assert left(rig) == {"SND": 1}
    rig.ask(PutRight())
    assert left(rig) == {}
    rig.ask(Send(role="audio.foh", verb="level.set", args={"strip": "ch/1", "db": -3.0}))
    assert left(rig) == {"SND": 1}


def test_many_leave_a_few_at_a_time_and_a_press_goes_between(rig: EngineRig) -> None:
    show = song_show(*(level(f"l{n}", f"2.{n:02}", -float(n), f"ch/{n}") for n in range(1, 30)))
    rig = EngineRig(show)
    rig.wait(2)
    fail(rig, *(f"l{n}" for n in range(1, 30)))
    rig.ask(PutRight())
    assert len(rig.sent) == 29
    assert left(rig) == {}
    steps = rig.steps
    fail(rig, *(f"l{n}" for n in range(1, 30)))
    rig.ask(PutRight())
    assert rig.steps - steps >= 29 // 6


def test_all_stop_and_panic_end_it(rig: EngineRig) -> None:
    fail(rig, "down")
    rig.ask(Panic())
    assert rig.ask(PutRight()) == "panic: release it first"
    rig.ask(ReleasePanic())
    assert rig.ask(PutRight(department="SND")) is None


def test_a_device_that_is_off_is_not_counted(rig: EngineRig) -> None:
    rig.results["foh"] = Result.OFF
    rig.ask(Fire(cue="down"))
    assert left(rig) == {}
    rig.results.clear()
    rig.ask(SetOutput(device="foh", mode="off"))
    rig.ask(SetOutput(device="foh", mode="live"))
    rig.ask(Fire(cue="low"))
    assert left(rig) == {"SND": 2}  # the level, and the scene of the load


def test_a_fade_on_its_way_is_left_alone(rig: EngineRig) -> None:
    down = step("level.set", strip="ch/1", db=-10.0, fade_s=1.0)
    rig = EngineRig(song_show(make_cue("fade", "2", CALLED, down, role="audio.foh")))
    rig.ask(Fire(cue="fade"))
    rig.wait(0.5)
    rig.results["foh"] = Result.FAILED
    rig.wait(0.1)
    assert left(rig) == {}
    rig.wait(1)
    assert left(rig) == {"SND": 1}
    rig.results.clear()
    rig.sent.clear()
    rig.ask(PutRight())
    (sent,) = rig.sent
    assert sent.packet.payload[-4:].hex() == "c1200000"  # type: ignore[attr-defined]  # -10.0, the exact end


# ------------------------------------------------------------------------------------------------- what a jump asks


def test_a_jump_asks_for_a_scene_and_a_yes_sends_it(rig: EngineRig) -> None:
    locate(rig)
    assert rig.cues_sent() == ["bar"]
    assert asked(rig) == [("SND", "audio.foh", "scene")]
    assert left(rig) == {"SND": 1}
    assert rig.ask(AnswerAsk(department="SND", send=True)) is None
    assert rig.cues_sent() == ["bar", "scene"]
    assert (asked(rig), left(rig)) == ([], {})
    assert rig.ask(AnswerAsk(department="SND", send=True)) == "nothing is asked of SND"
    assert rig.ask(AnswerAsk(send=False)) == "nothing is asked"


def test_a_no_leaves_it_under_put_right(rig: EngineRig) -> None:
    locate(rig)
    assert rig.ask(AnswerAsk(send=False)) is None
    assert rig.cues_sent() == ["bar"]
    assert (asked(rig), left(rig)) == ([], {"SND": 1})
    rig.ask(PutRight(department="SND"))
    assert rig.cues_sent() == ["bar", "scene"]


def test_what_is_put_right_is_asked_no_more(rig: EngineRig) -> None:
    locate(rig)
    rig.ask(PutRight())
    assert asked(rig) == []


def test_a_standing_answer_saves_the_question(rig: EngineRig) -> None:
    assert rig.ask(SetAskAnswer(department="SND", answer="send")) is None
    locate(rig)
    assert sorted(rig.cues_sent()) == ["bar", "scene"]
    assert asked(rig) == []
    assert snapshot(rig).ask_answers == {"SND": "send"}
    rig = EngineRig(SHOW)
    rig.ask(SetAskAnswer(department="SND", answer="leave"))
    rig.wait(1)
    locate(rig)
    assert (asked(rig), left(rig)) == ([], {"SND": 1})
    assert rig.ask(SetAskAnswer(department="NOPE", answer="send")) == "the show has no department 'NOPE'"


def test_another_jump_asks_anew(rig: EngineRig) -> None:
    locate(rig)
    rig.ask(Locate(item="song", position_ns=s(0.5)))
    assert asked(rig) == []  # the scene of the load stands there, as it should
    locate(rig)
    assert asked(rig) == [("SND", "audio.foh", "scene")]


def test_under_timecode_nobody_is_asked(rig: EngineRig) -> None:
    parts = rig.engine._parts
    cause = Cause("timecode:ltc", "code 01:00:04:00", rig.now_ns)
    locating.locate(parts.run, parts.ledger, parts.tray, rig.now_ns, "song", s(4.0), cause, roll=True)
    assert (asked(rig), left(rig)["SND"]) == ([], 1)


def test_a_jump_sends_again_what_never_left(rig: EngineRig) -> None:
    rig.results["lx-main"] = Result.FAILED
    locate(rig)
    rig.results.clear()
    rig.sent.clear()
    locate(rig)
    assert rig.cues_sent() == ["bar"]
    locate(rig)
    assert rig.cues_sent() == ["bar"]


# ------------------------------------------------------------------------------------------------- back again


def away(rig: EngineRig, device: str = "foh") -> None:
    rig.hear(Health(device, Severity.BAD, "TCP to foh: connection refused", carries=False))


def back(rig: EngineRig, device: str = "foh") -> None:
    rig.hear(Health(device, Severity.UNKNOWN, "can be sent to; it has no way to answer"))


def test_a_device_that_comes_back_gets_its_state_and_not_its_backlog(rig: EngineRig) -> None:
    rig.ask(Fire(cue="low"))
    away(rig)
    fail(rig, "play", "open", "down")
    rig.ask(Fire(cue="look"))
    rig.sent.clear()
    back(rig)
    assert rig.cues_sent() == ["down", "low"]
    assert {row.trigger for row in rig.rows() if row.cue == "low"} == {"fire", "foh is back"}
    assert left(rig) == {"SND": 1}  # the scene: somebody has to ask for it
    back(rig)
    assert rig.cues_sent() == ["down", "low"]


def test_a_way_that_is_only_being_opened_is_no_return(rig: EngineRig) -> None:
    rig.ask(Fire(cue="low"))
    away(rig)
    rig.sent.clear()
    rig.hear(Health("foh", Severity.UNKNOWN, "is being looked up", carries=False))
    assert rig.sent == []
    back(rig)
    assert rig.cues_sent() == ["low"]


def test_another_device_s_trouble_sends_nothing(rig: EngineRig) -> None:
    rig.ask(Fire(cue="low"))
    rig.sent.clear()
    away(rig, "lx-main")
    back(rig, "lx-main")
    rig.hear(Health("foh", Severity.GOOD, ""))
    rig.hear(Health("nobody", Severity.GOOD, ""))
    assert rig.sent == []


def test_all_stop_gives_up_what_waits(rig: EngineRig) -> None:
    parts = rig.engine._parts
    fail(rig, "down")
    parts.putting_right.ask(parts.run, Cause("operator", "put right", rig.now_ns), lambda _: True, asked=True)
    rig.ask(AllStop())
    assert rig.sent == []
    assert left(rig) == {"SND": 1}


def test_a_bypassed_device_is_left_alone_and_what_is_taken_by_whoever_is_no_person(rig: EngineRig) -> None:
    fail(rig, "down")
    assert rig.ask(Bypass(target="foh", on=True)) is None
    assert left(rig) == {}
    assert rig.ask(PutRight()) is not None
    rig.ask(Bypass(target="foh", on=False))
    rig.sent.clear()
    rig.ask(Take(department="SND"))
    away(rig)
    back(rig)
    assert rig.sent == []
    assert rig.ask(PutRight()) is None
    assert "down" in rig.cues_sent()
