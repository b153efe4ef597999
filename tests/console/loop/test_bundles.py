"""What one step sends to one device in a row leaves as one, where the device takes bundles; the order never changes."""

from __future__ import annotations

from devices.contract import Result
from tests.support.loop_rig import Rig, at
from tests.support.small_engine import make_dispatch


def run(*devices: str, bundling: tuple[str, ...] = ("desk", "mixer"), once: str = "") -> Rig:
    """A loop whose engine sends to these devices, in this order, at one instant."""
    due = [
        make_dispatch(at(1), device, seq=seq, cue=f"cue-{seq}", once=device == once)
        for seq, device in enumerate(devices)
    ]
    rig = Rig(*due)
    rig.outlet.bundling = bundling
    return rig.run()


def test_a_row_for_one_device_leaves_as_one_and_rows_of_others_stay_between() -> None:
    rig = run("desk", "desk", "mixer", "desk", "desk", "desk")
    assert rig.outlet.bundled == [(0, 1), (3, 4, 5)]
    assert [each.command.seq for each in rig.outlet.sent] == [0, 1, 2, 3, 4, 5]
    assert {each.now_ns for each in rig.outlet.sent} == {at(1)}


def test_a_device_that_takes_none_gets_them_one_by_one() -> None:
    rig = run("desk", "desk", bundling=())
    assert rig.outlet.bundled == []
    assert [each.command.seq for each in rig.outlet.sent] == [0, 1]


def test_a_once_use_is_not_bundled_with_what_does_not_wait_for_the_disk() -> None:
    rig = run("desk", "mixer", "desk", "mixer", once="mixer")
    assert rig.outlet.bundled == [(0, 2), (1, 3)]
    assert [each.command.seq for each in rig.outlet.sent] == [0, 2, 1, 3]


def test_each_command_is_told_its_own_outcome() -> None:
    rig = run("desk", "desk")
    outcomes = [item for _, _, inbox in rig.engine.steps for item in inbox]
    assert [(each.seq, each.result) for each in outcomes] == [(0, Result.SENT), (1, Result.SENT)]  # type: ignore[union-attr]
