"""Takes on virtual time: the sample take as a file, and a take played again by the whole of a headless run."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from console.loop.clocks import VirtualClock
from console.loop.loop import Pace
from console.loop.waiters import VirtualWaiter
from console.plan.schedule import Schedule, build_schedule
from console.record.as_run_file import AsRunFile
from console.record.run_card import RunCard
from console.record.take_reading import read_script
from console.rehearsal.machine import Plot
from console.rehearsal.press_log import PressLog, log_to_pieces, read_press_log
from console.rehearsal.replay import Replay
from console.samples.library import sample_path, take_log_path
from console.show.show import Show
from console.show.show_file import read_show
from console.wiring.assembly import RunPlan, assemble
from console.wiring.joining import Joined, join_show
from devices.contract import OutputMode
from profiles.venue_library import load_venue

ITEM = "song-copper-rain"
START = datetime(2026, 9, 19, 20, 0, tzinfo=ZoneInfo("Europe/London"))


@cache
def half_light(go_window_ms: int = 0) -> Show:
    """The sample concert; a press so early waits for its cue's own place."""
    show = read_show(sample_path("half-light")).show
    return show.model_copy(update={"rules": show.rules.model_copy(update={"go_window_ms": go_window_ms})})


@cache
def schedule() -> Schedule:
    return build_schedule(half_light())


@cache
def dome(go_window_ms: int = 0) -> Joined:
    """It in its arena."""
    venue, _ = load_venue("halcyon-dome")
    assert venue is not None
    return join_show(half_light(go_window_ms), venue)


@cache
def copper_log() -> PressLog:
    """The log of presses of take 3 of Copper Rain."""
    path = take_log_path("half-light-copper-rain-3")
    assert path is not None
    return read_press_log(path.read_text(encoding="utf-8"), path.name)


def copper_take(path: Path) -> Path:
    """It as a take file."""
    log = copper_log()
    card = RunCard(
        run="copper", kind="rehearsal", show="half-light", title="Half-Light", venue="", revision=0,
        started=log.head.recorded.isoformat(), take=3, label="Take 3",
    )  # fmt: skip
    file = AsRunFile(path, card)
    file.write(log_to_pieces(log, half_light(), schedule()))
    file.close()
    return path


def play(joined: Joined, plot: Plot, as_run: Path, *, machine: bool = False) -> Path:
    """Every device a ghost, on a clock that never waits; returns the record."""
    clock = VirtualClock(START)
    waiter = VirtualWaiter(clock)
    modes = dict.fromkeys(joined.patch.devices, OutputMode.GHOST)
    assembly = assemble(joined, RunPlan("rehearsal", modes, machine, plot, as_run), clock)
    try:
        loop = assembly.loop(clock, waiter, Pace(snapshot_ns=1_000_000_000, wakes=False))
        assembly.engine.on_over = loop.stop
        loop.run()
        assert not loop.faults
    finally:
        assembly.close(ended=True)
        waiter.close()
    return as_run


def replayed(take: Path, as_run: Path, speed: float = 1.0, *, joined: Joined | None = None) -> Path:
    """A take played again as operator input."""
    return play(joined or dome(), Replay(read_script(take), Fraction(speed)), as_run)
