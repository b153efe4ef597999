"""Who may have faults played on ghosts, and where it is seen that they are."""

from __future__ import annotations

import pytest

from console.vocabulary import (
    DeadFault,
    PlayedFault,
    RunKind,
    Said,
    SetFaults,
    SetOutput,
    SlowFault,
    TouchFault,
)
from devices.contract import OutputMode
from tests.support.builders import song_show
from tests.support.engine_rig import EngineRig


def rig_of(kind: RunKind = "rehearsal", mode: OutputMode = OutputMode.GHOST) -> EngineRig:
    rig = EngineRig(song_show(), run_kind=kind)
    for device in rig.engine.run.patch.devices:
        rig.engine.set_mode(device, mode)
    return rig


def seen(rig: EngineRig) -> dict[str, tuple[str, ...]]:
    return rig.engine.snapshot(rig.now_ns, rig.wall).faults


def set_on(rig: EngineRig, device: str, *faults: PlayedFault) -> str | None:
    return rig.ask(SetFaults(device=device, faults=faults, by="drill"))


def test_a_fault_is_granted_said_and_seen_until_it_is_taken_back() -> None:
    rig = rig_of()
    assert seen(rig) == {}
    assert set_on(rig, "foh", SlowFault(ms=300), DeadFault()) is None
    assert seen(rig) == {"foh": ("says everything 300 ms late", "is dead")}
    assert set_on(rig, "foh") is None
    assert seen(rig) == {}
    assert set_on(rig, "foh") is None, "well again is no harm"
    said = [each.words for each in rig.notices if isinstance(each, Said)]
    assert said == [
        "A fault is played: foh says everything 300 ms late; is dead. (drill)",
        "No fault is played on foh any more. (drill)",
    ]


def test_a_fault_with_an_end_is_seen_no_longer_than_that() -> None:
    rig = rig_of("dress")
    set_on(rig, "foh", DeadFault(for_s=2.0), SlowFault(ms=5))
    rig.wait(1.9)
    assert seen(rig)["foh"] == ("is dead", "says everything 5 ms late")
    rig.wait(0.2)
    assert seen(rig)["foh"] == ("says everything 5 ms late",)


def test_a_device_that_goes_live_has_no_faults_and_gets_none_back_with_its_ghost() -> None:
    rig = rig_of()
    set_on(rig, "foh", DeadFault())
    rig.ask(SetOutput(device="foh", mode="live"))
    assert seen(rig) == {}
    rig.ask(SetOutput(device="foh", mode="ghost"))
    assert seen(rig) == {}


@pytest.mark.parametrize("mode", [OutputMode.LIVE, OutputMode.OFF])
def test_what_is_no_ghost_is_left_alone(mode: OutputMode) -> None:
    rig = rig_of(mode=mode)
    refused = set_on(rig, "foh", DeadFault())
    assert refused == f"foh is {mode.value}: faults are played on ghosts alone; make it one first"
    assert set_on(rig, "foh") is None
    assert seen(rig) == {}


def test_a_performance_has_no_drills() -> None:
    refused = set_on(rig_of("performance"), "foh", DeadFault())
    assert refused == "this is a performance: faults are played in a rehearsal or a dress run"


def test_what_is_not_there_is_told_so() -> None:
    rig = rig_of()
    assert set_on(rig, "fho", DeadFault()) == "the venue has no device 'fho': did you mean foh?"
    hand = TouchFault(verb="cue.fire", args={"cue": "1"})
    refused = set_on(rig, "foh", hand)
    assert refused is not None
    assert "cue.fire" in refused
    assert seen(rig) == {}
