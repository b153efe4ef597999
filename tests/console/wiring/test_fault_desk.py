"""Faults from the first byte on, over the link, and away again."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from console.link.client import LinkClient
from console.plan.patch import build_patch
from console.show.show import Show
from console.vocabulary import DeadFault, Fire, GarbageFault, LossyFault, SetFaults, SetOutput, SlowFault, TouchFault
from console.wiring.casting import CastError, cast_devices, cast_faults
from console.wiring.fault_desk import played_to_fault
from console.wiring.host import EngineHost, HostPlan
from console.wiring.joining import Joined
from devices.contract import OutputMode
from devices.encode import ProfileEncoder
from devices.ghosts.faults import Dead, Garbage, Lossy, Slow, Touch, Undo
from tests.support.builders import CALLED, light, make_cue, song_show
from tests.support.houses import HOUSE, PROFILES, make_venue
from tests.support.showcaller import Window

SHOW = song_show(make_cue("look", "5", CALLED, light("10")))
VENUE = make_venue(devices=[{**row, "host": "127.0.0.1", "port": 9} for row in HOUSE["devices"]])
PATCH = build_patch(SHOW, VENUE, PROFILES)


def cast(*named: tuple[str, str], ghosts: tuple[str, ...] | str = "all") -> dict[str, int]:
    """By device, how many faults."""
    modes = cast_devices(SHOW, PATCH, "all" if ghosts == "all" else tuple(ghosts))
    faults = cast_faults(SHOW, PATCH, modes, tuple((name, DeadFault()) for name, _ in named))
    return {device: len(each) for device, each in faults.items()}


def test_a_role_means_what_is_on_show_a_device_itself_and_all_every_ghost() -> None:
    assert cast(("video.server", ""), ("vid-b", ""), ("vid-a", "")) == {"vid-a": 2, "vid-b": 1}
    assert cast(("all", "")) == dict.fromkeys(PATCH.devices, 1)
    assert cast(("all", ""), ghosts=("audio.foh",)) == {"foh": 1}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("audio.hof", "there is no role and no device of that name: did you mean audio.foh?"),
        ("lx-main", "lx-main is live, and faults are played on ghosts alone: add --ghost all"),
        ("lighting.main", "lx-main is live, and faults are played on ghosts alone: add --ghost lighting.main"),
    ],
)
def test_who_cannot_be_at_fault_is_named(name: str, said: str) -> None:
    with pytest.raises(CastError, match=f"^fault of {name}: {said.replace('?', '.')}$"):
        cast((name, ""), ghosts=("audio.foh",))


def test_every_kind_becomes_its_ghost_s_own_from_an_instant_on() -> None:
    s = 1_000_000_000
    assert played_to_fault(DeadFault(for_s=3), 5 * s, 0) == Dead(from_ns=5 * s, until_ns=8 * s)
    assert played_to_fault(SlowFault(ms=7), s, 0) == Slow(from_ns=s, by_ns=7_000_000)
    assert played_to_fault(LossyFault(percent=25), s, 4) == Lossy(from_ns=s, share=0.25, seed=4)
    assert played_to_fault(GarbageFault(), s, 2) == Garbage(from_ns=s, share=1.0, seed=2)
    assert played_to_fault(TouchFault(after_s=0.5), s, 0) == Undo(from_ns=s, after_ns=s // 2)
    hand = TouchFault(verb="cue.go", after_s=2, every_s=3)
    assert played_to_fault(hand, s, 0) == Touch(from_ns=3 * s, verb="cue.go", args={}, every_ns=3 * s)


def join(_show: str, _venue: str) -> Joined:
    show: Show = SHOW
    return Joined(show, VENUE, PATCH, ProfileEncoder(PATCH.devices), ())


@pytest.fixture
def window() -> Iterator[Window]:
    """A window at an engine whose desk is dead from the beginning."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="showcaller-")))
        pool = stack.enter_context(ThreadPoolExecutor(1))
        plan = HostPlan(ghosts="all", faults=(("lighting.main", DeadFault()),))
        host = EngineHost(folder / "engine.sock", plan, join)
        turning = pool.submit(host.run)
        stack.callback(turning.result, 20)
        stack.callback(host.stop)
        client = LinkClient.connect(folder / "engine.sock", timeout_s=20)
        yield stack.enter_context(Window(client))


def lamp(window: Window, device: str) -> str:
    snapshot = window.next_snapshot()
    return next(each.severity for each in snapshot.devices if each.device == device)


def test_faults_are_played_taken_back_and_refused_over_the_link(window: Window) -> None:
    assert window.open("song", "house") is None
    window.until(lambda: lamp(window, "lx-main") == "bad", "a dead desk")
    assert window.next_snapshot().faults == {"lx-main": ("is dead",)}
    assert window.ask(SetFaults(device="lx-main")).refused is None
    window.until(lambda: lamp(window, "lx-main") != "bad", "a desk that is back")
    assert window.ask(SetFaults(device="foh", faults=(DeadFault(),))).refused is None
    window.until(lambda: lamp(window, "foh") == "bad", "a dead mixer")
    assert window.ask(SetOutput(device="foh", mode="off")).refused is None
    assert window.ask(SetOutput(device="foh", mode="ghost")).refused is None
    window.until(lambda: lamp(window, "foh") != "bad", "a mixer that is well")
    assert window.next_snapshot().faults == {}
    assert window.ask(SetOutput(device="foh", mode=OutputMode.LIVE.value)).refused is None
    assert "foh is live" in (window.ask(SetFaults(device="foh", faults=(DeadFault(),))).refused or "")


def test_a_performance_begun_behind_it_has_no_faults(window: Window) -> None:
    assert window.open("song", "house") is None
    window.begin_performance()
    assert window.next_snapshot().faults == {}
    assert window.ask(Fire(cue="look")).refused is None
