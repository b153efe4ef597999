"""The whole evening on the virtual clock: every device a ghost, the machine at the keys, nothing kept."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from zoneinfo import ZoneInfo

from console.loop.clocks import VirtualClock
from console.loop.loop import Pace
from console.loop.waiters import VirtualWaiter
from console.rehearsal.evening import EveningWatch
from console.rehearsal.passage import Passage
from console.timebase.instants import NS_PER_S
from console.vocabulary import PlayedFault, RunKind
from console.wiring.assembly import RunPlan, assemble
from console.wiring.joining import Joined
from devices.contract import OutputMode
from profiles.problems import Problem


def play_evening(
    joined: Joined, kind: RunKind, faults: Mapping[str, tuple[PlayedFault, ...]] | None = None
) -> tuple[tuple[Problem, ...], float]:
    """Play it from the first item to the last; what went wrong, and how many seconds of show that were.

    ``faults`` are played on the ghosts of these devices. The evening begins when the show is announced for, so that two
    of them are alike.
    """
    here = ZoneInfo(joined.venue.time_zone)
    on_air = joined.show.on_air
    clock = VirtualClock(datetime.fromisoformat(on_air).astimezone(here) if on_air else datetime.now(here))
    modes = dict.fromkeys(joined.patch.devices, OutputMode.GHOST)
    watch = EveningWatch(joined.show, joined.venue)
    with closing(VirtualWaiter(clock)) as waiter:
        assembly = assemble(
            joined, RunPlan(kind, modes, machine=True, passage=Passage(exits_vamps=True), faults=faults or {}), clock
        )
        began_ns = clock.now_ns()
        try:
            loop = assembly.loop(clock, waiter, Pace(snapshot_ns=NS_PER_S, wakes=False), (), [watch])
            assembly.engine.on_over = watch.stop = loop.stop
            loop.run()
        finally:
            assembly.close(ended=True)
        return watch.problems(assembly.engine.engine.run), (clock.now_ns() - began_ns) / NS_PER_S
