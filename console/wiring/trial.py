"""A look at the house without a run: devices are opened and asked how they are, lines and timecode are heard.

The engine of it holds its outputs, so that nothing of the show leaves. Keep-alives and questions do.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from console.loop.clocks import RealClock
from console.loop.loop import Pace
from console.loop.waiters import RealWaiter
from console.record.occasions import performance_spent
from console.timebase import NS_PER_S
from console.vocabulary import CheckLine, Snapshot
from console.wiring.assembly import RunPlan, assemble
from console.wiring.joining import Joined
from console.wiring.preflight import Moved, Occasion, look
from console.wiring.trigger_sources import open_triggers
from devices.contract import OutputMode
from profiles.problems import Problem

LEAST_S: Final = 1.0
"""How long lines and timecode are listened to, whatever has answered: a line is said ten times a second."""

MOST_S: Final = 8.0
"""How long devices may take to answer, or to count as away."""


def look_live(
    joined: Joined,
    modes: Mapping[str, OutputMode],
    folder: Path,
    *,
    show_problems: Sequence[Problem] = (),
    moved: Moved = lambda _done, _total, _what: None,
) -> tuple[CheckLine, ...]:
    """Both halves of preflight for a show that nobody has opened. Raises OSError where nothing can be opened."""
    clock = RealClock(ZoneInfo(joined.venue.time_zone))
    waiter = RealWaiter(clock)
    try:
        spent = performance_spent(folder, joined.show.id, joined.venue.id) if folder.is_dir() else frozenset[str]()
        assembly = assemble(joined, RunPlan("rehearsal", modes, spent=spent), clock)
        try:
            engine = assembly.engine.engine
            engine.resume({}, (), held=True)
            simulated = all(mode is not OutputMode.LIVE for mode in modes.values())
            triggers = open_triggers(joined.venue, waiter.wake, clock.now_ns, loopback=simulated)
            try:
                triggers.attend(engine)
                loop = assembly.loop(clock, waiter, Pace(), triggers.sources)
                begun_ns = clock.now_ns()
                devices = joined.patch.devices.values()
                told = frozenset(each.id for each in devices if each.profile.health is not None and each.health.watch)
                loop.turn()
                while not simulated and _goes_on(engine.snapshot(clock.now_ns(), clock.wall()), told, begun_ns, clock):
                    loop.turn()
                snapshot = engine.snapshot(clock.now_ns(), clock.wall())
                held = {*assembly.outlet.ports_held(), *(osc.port.address[1] for osc in triggers.osc)}
                occasion = Occasion(joined, modes, snapshot, frozenset(held), folder)
                return look(occasion, show_problems=show_problems, moved=moved)
            finally:
                triggers.close()
        finally:
            assembly.close(ended=True)
    finally:
        waiter.close()


def _goes_on(snapshot: Snapshot, told: Collection[str], begun_ns: int, clock: RealClock) -> bool:
    """True while a live device that can tell may still answer for the first time, or fail for the last."""
    waited_s = (clock.now_ns() - begun_ns) / NS_PER_S
    undecided = any(
        state.mode == "live" and state.device in told and state.severity in ("unknown", "major")
        for state in snapshot.devices
    )
    return waited_s < LEAST_S or (undecided and waited_s < MOST_S)
