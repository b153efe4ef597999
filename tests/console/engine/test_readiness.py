"""Readiness of an item: who of its devices has answered lately, some time before it starts; nobody is held up by it."""

from __future__ import annotations

import pytest

from console.engine.readiness import judge
from console.plan.patch import build_patch
from console.vocabulary import Bypass, Go, SetOutput, Unready
from devices.contract import Health, OutputMode, Severity
from tests.support.builders import song_show
from tests.support.engine_rig import EngineRig
from tests.support.houses import PROFILES, make_profile, make_venue

ASKED = make_profile(
    "test/desk",
    verbs=PROFILES["test/desk"].model_dump(exclude_defaults=True)["verbs"],
    health={"send": {"address": "/ping"}, "reply": {"address": "/pong"}},
)
SETUPS = build_patch(song_show(), make_venue(), {**PROFILES, "test/desk": ASKED}).devices


def of(severity: Severity, device: str = "lx-main") -> dict[str, Health]:
    return {device: Health(device, severity, "")}


@pytest.mark.parametrize(
    ("healths", "mode", "found"),
    [
        (of(Severity.GOOD), OutputMode.LIVE, ((), ())),
        (of(Severity.MINOR), OutputMode.LIVE, ((), ())),
        (of(Severity.MAJOR), OutputMode.LIVE, (("lx-main",), ())),
        (of(Severity.BAD), OutputMode.LIVE, (("lx-main",), ())),
        (of(Severity.FATAL), OutputMode.LIVE, (("lx-main",), ())),
        (of(Severity.UNKNOWN), OutputMode.LIVE, (("lx-main",), ())),
        ({}, OutputMode.LIVE, (("lx-main",), ())),
        (of(Severity.BAD), OutputMode.GHOST, ((), ())),
        (of(Severity.GOOD), OutputMode.OFF, (("lx-main",), ())),
    ],
)
def test_a_device_that_can_tell_is_ready_when_it_has(
    healths: dict[str, Health], mode: OutputMode, found: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    assert judge(["lx-main"], SETUPS, healths, {"lx-main": mode}) == found


def test_a_device_that_cannot_tell_is_named_apart_unless_its_way_is_gone() -> None:
    live = {"foh": OutputMode.LIVE}
    assert judge(["foh"], SETUPS, of(Severity.UNKNOWN, "foh"), live) == ((), ("foh",))
    assert judge(["foh"], SETUPS, {}, live) == ((), ("foh",))
    assert judge(["foh"], SETUPS, of(Severity.FATAL, "foh"), live) == (("foh",), ())


def unready(rig: EngineRig) -> tuple[Unready, ...]:
    return rig.engine.snapshot(rig.now_ns, rig.wall).unready


def test_an_item_that_is_near_names_who_has_not_answered_and_go_runs_it() -> None:
    rig = EngineRig(song_show(), profiles={**PROFILES, "test/desk": ASKED}, run_kind="rehearsal")
    rig.hear(Health("lx-main", Severity.BAD, "does not answer"))
    (silent,) = unready(rig)
    assert (silent.item, silent.devices) == ("song", ("lx-main",))
    assert rig.ask(Go()) is None
    rig.hear(Health("lx-main", Severity.GOOD, ""))
    assert unready(rig) == ()


def test_what_is_bypassed_or_simulated_is_not_waited_for() -> None:
    rig = EngineRig(song_show(), profiles={**PROFILES, "test/desk": ASKED}, run_kind="rehearsal")
    rig.hear(Health("lx-main", Severity.BAD, "does not answer"))
    assert rig.ask(Bypass(target="lx-main")) is None
    assert unready(rig) == ()
    assert rig.ask(Bypass(target="lx-main", on=False)) is None
    assert rig.ask(SetOutput(device="lx-main", mode="ghost")) is None
    assert unready(rig) == ()
