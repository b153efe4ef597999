"""What our sends should have caused, device by device, and where that is apart from what the show wants."""

from __future__ import annotations

from typing import Any

import pytest

from console.engine.differences import differences, targets
from console.show.cues import Cue
from console.vocabulary import AllStop, Fire, Panic, Send
from devices.contract import Result
from tests.support.builders import CALLED, make_cue, song_show, step
from tests.support.engine_rig import EngineRig

LOADED = "song-load"  # of the small show: a scene, before anything else
CH1 = ("foh", "level", "ch/1")


def level(cue: str, number: str, db: float, fade_s: float | None = None, strip: str = "ch/1") -> Cue:
    return make_cue(cue, number, CALLED, step("level.set", strip=strip, db=db, fade_s=fade_s), role="audio.foh")


def zones(cue: str, number: str, zone: str, effect: str) -> Cue:
    return make_cue(cue, number, CALLED, step("zone.effect", zone=zone, effect=effect), role="lighting.audience")


def rig_with(*cues: Cue, **fields: Any) -> EngineRig:
    return EngineRig(song_show(*cues), **fields)


def off(rig: EngineRig, *devices: str) -> list[tuple[str, ...]]:
    found = differences(rig.engine.run, devices or None)
    return [each.send.device_key for each in found if each.send.device_key is not None and each.wanted.cue != LOADED]


def test_a_command_that_left_is_expected_of_its_device_in_the_house_s_own_names() -> None:
    rig = rig_with(make_cue("clip", "2", CALLED, step("clip.play", clip="LOGO"), role="video.server"))
    rig.ask(Fire(cue="clip"))
    rig.wait(0)
    for device in ("vid-a", "vid-b"):
        sent = rig.engine.run.expected.get((device, "clip", "9"))
        assert sent is not None
        assert (sent.send.cue, sent.send.args["clip"]) == ("clip", 1)
    assert off(rig) == []


def test_what_did_not_leave_is_not_expected_and_differs() -> None:
    rig = rig_with(level("down", "2", -10.0), level("up", "3", 0.0), results={"foh": Result.FAILED})
    rig.ask(Fire(cue="down"))
    assert rig.engine.run.expected.get(CH1) is None
    assert off(rig) == [CH1]
    rig.results.clear()
    rig.ask(Fire(cue="down"))
    assert off(rig) == []
    rig.results["foh"] = Result.FAILED
    rig.ask(Fire(cue="up"))
    sent = rig.engine.run.expected.get(CH1)
    assert sent is not None
    assert (sent.value, sent.missed) == (-10.0, True)
    assert off(rig) == [CH1]
    assert off(rig, "vid-a") == []


def test_a_fade_is_expected_at_the_step_that_left_last() -> None:
    rig = rig_with(level("down", "2", -10.0, 1.0))
    rig.ask(Fire(cue="down"))
    rig.wait(0.5)
    sent = rig.engine.run.expected.get(CH1)
    assert sent is not None
    assert sent.value == pytest.approx(-5.0)
    assert off(rig) == []
    rig.results["foh"] = Result.FAILED
    rig.wait(0.25)
    sent = rig.engine.run.expected.get(CH1)
    assert sent is not None
    assert sent.value == pytest.approx(-5.0)
    assert off(rig) == [CH1]


def test_a_fade_stopped_half_way_is_wanted_and_expected_where_it_stands() -> None:
    rig = rig_with(level("down", "2", -10.0, 1.0))
    rig.ask(Fire(cue="down"))
    rig.wait(0.5)
    rig.ask(AllStop())
    assert off(rig) == []
    rig.engine.run.expected.forget("foh")
    (gone,) = (each for each in differences(rig.engine.run) if each.wanted.cue != LOADED)
    assert gone.send.args["db"] == pytest.approx(-5.0)
    assert gone.send.fade is None


def test_a_device_s_own_fade_is_settling_until_its_time_is_over() -> None:
    rig = rig_with(make_cue("look", "2", CALLED, step("cue.fire", list=1, cue="10", fade_s=3.0)))
    rig.ask(Fire(cue="look"))
    sent = rig.engine.run.expected.get(("lx-main", "cue", "main"))
    assert sent is not None
    assert sent.settled_ns - sent.sent_ns == 3_000_000_000


def test_a_group_sets_its_members_and_the_later_of_two_folded_names_holds() -> None:
    rig = rig_with(
        zones("low", "2", "lower", "wave"), zones("all", "3", "all", "still"), zones("up", "4", "upper", "fire")
    )
    for cue in ("low", "all", "up"):
        rig.ask(Fire(cue=cue))
        rig.wait(1)
    assert off(rig) == []
    assert [each.wanted.args["effect"] for each in targets(rig.engine.run, {"bands"})] == ["still", "fire"]


def test_a_line_check_is_expected_but_not_wanted() -> None:
    rig = rig_with(level("down", "2", -10.0))
    rig.ask(Fire(cue="down"))
    rig.ask(Send(role="audio.foh", verb="level.set", args={"strip": "ch/1", "db": -3.0}))
    assert off(rig) == [CH1]


def test_the_safe_list_is_wanted_and_expected() -> None:
    rig = rig_with(level("down", "2", -10.0))
    rig.ask(Panic())
    assert off(rig) == []
    rig.engine.run.expected.forget("lx-main")
    assert [key[0] for key in off(rig)] == ["lx-main"]


def test_a_trigger_is_never_expected() -> None:
    rig = rig_with(make_cue("play", "2", CALLED, step("transport.play", session="a"), role="audio.playback"))
    rig.ask(Fire(cue="play"))
    assert {sent.send.cue for sent in rig.engine.run.expected.listed().values()} == {LOADED}
