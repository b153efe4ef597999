"""Desired, expected and reported, side by side: three values, none of which another one overwrites."""

from __future__ import annotations

from console.engine.parameter_states import parameter_states
from console.vocabulary import Fire, ParameterState, Send
from devices.contract import Report, Result
from tests.support.builders import CALLED, make_cue, song_show, step
from tests.support.engine_rig import EngineRig


def states(rig: EngineRig) -> dict[tuple[str, str], ParameterState]:
    return {(each.device, each.parameter): each for each in parameter_states(rig.engine.run, rig.now_ns)}


def test_the_three_values_stand_side_by_side() -> None:
    level = step("level.set", strip="pa", db=-10.0)
    look = step("cue.fire", list=1, cue="10", fade_s=3.0)
    rig = EngineRig(
        song_show(make_cue("level", "2", CALLED, level, role="audio.foh"), make_cue("look", "3", CALLED, look))
    )
    rig.wait(1)
    rig.ask(Fire(cue="level"))
    rig.ask(Fire(cue="look"))
    rig.hear(Report("foh", rig.now_ns, "level.set", {"strip": "main", "db": -3.0}))
    found = states(rig)[("foh", "level pa")]
    assert found.desired == found.expected == {"strip": "main", "db": -10.0}
    assert found.reported == {"strip": "main", "db": -3.0}
    assert (found.expected_differs, found.reported_differs) == (False, True)
    assert (found.sent_ns, found.heard_ns, found.cue, found.department) == (
        1_000_000_000,
        1_000_000_000,
        "level",
        "SND",
    )
    settling = states(rig)[("lx-main", "cue main")]
    assert (settling.settling, settling.reported) == (True, None)


def test_what_never_left_and_what_nobody_wants() -> None:
    rig = EngineRig(song_show(), results={"foh": Result.FAILED})
    found = states(rig)[("foh", "scene main")]
    assert (found.expected, found.expected_differs) == (None, True)
    rig.ask(Send(role="lighting.main", verb="cue.fire", args={"list": 1, "cue": "7"}))
    checked = states(rig)[("lx-main", "cue main")]
    assert (checked.desired, checked.expected_differs) == (None, True)
    assert checked.expected is not None
    assert checked.expected["cue"] == "7"
