"""What is printed of the namespace is the namespace."""

from __future__ import annotations

import re

import pytest

from console.remote.msc import WITH_CUE, WITHOUT_CUE
from console.remote.namespace import ACTIONS
from console.remote.state_out import TOLD, snapshot_to_state
from console.vocabulary import DeviceState
from tests.support.builders import song_show
from tests.support.engine_rig import EngineRig
from tests.support.tree import ROOT

PAGE = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("action", ACTIONS.values(), ids=lambda action: action.name)
def test_the_page_has_every_action_as_it_is_called(action) -> None:  # type: ignore[no-untyped-def]
    assert f"`{action.usage}`" in PAGE


def test_the_page_has_no_action_that_is_not_there() -> None:
    usages = {action.usage for action in ACTIONS.values()}
    printed = set(re.findall(r"`(/showcaller/[^`]*)`", PAGE.partition("Arguments follow")[0]))
    assert {each for each in printed if "subscribe" not in each} == usages


def test_every_action_of_show_control_is_one() -> None:
    assert {*WITH_CUE.values(), *WITHOUT_CUE.values()} <= ACTIONS.keys()


def test_what_is_told_is_what_is_printed() -> None:
    rig = EngineRig(song_show())
    rig.wait(1.0)
    snapshot = rig.engine.snapshot(rig.now_ns, rig.wall)
    told = snapshot_to_state(snapshot.model_copy(update={"over_under_ns": 1}), rig.show, None)
    names = {re.sub(r"^standby/.*", "standby/LIST", re.sub(r"^next/\d", "next/1 to 3", name)) for name in told}
    assert names == TOLD.keys()
    assert all(f"`{name.partition('/')[0]}" in PAGE for name in TOLD)


def test_the_worst_live_device_is_told() -> None:
    rig = EngineRig(song_show())
    snapshot = rig.engine.snapshot(rig.now_ns, rig.wall)

    def health(*devices: tuple[str, str, str]) -> tuple[str | int | float, ...]:
        states = tuple(
            DeviceState(device=device, role="", duty="", mode=mode, severity=severity, words=f"{device} is {severity}")  # type: ignore[arg-type]
            for device, mode, severity in devices
        )
        return snapshot_to_state(snapshot.model_copy(update={"devices": states}), rig.show, None)["health"]

    assert health() == ("good", "", "")
    assert health(("a", "live", "good"), ("b", "ghost", "fatal"), ("c", "live", "major")) == (
        "major",
        "c",
        "c is major",
    )
