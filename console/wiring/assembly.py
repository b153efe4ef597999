"""One run put together: engine, outlet, record, and the loop that drives them.

The same for a headless evening, a rehearsal at twenty times the speed and a show on air; only clock and cast differ.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from console.engine.engine import Engine, House
from console.loop.loop import Loop, Pace
from console.loop.sources import OutletSource
from console.ports import Audience, Clock, Journal, Source, Waiter
from console.record.as_run import AsRun
from console.record.journal import RunJournal, Unkept
from console.record.run_card import RunCard
from console.rehearsal.machine import AutoEngine, Machine
from console.rehearsal.passage import Passage
from console.vocabulary import RunKind
from console.wiring.casting import hazards_are_ghosts
from console.wiring.joining import Joined
from devices.contract import OutputMode
from devices.outlet import DeviceOutlet
from devices.registry import open_devices
from devices.timecode import MtcEncoder, timecode_setup


@dataclass(frozen=True)
class RunPlan:
    """What is asked of a run. ``as_run``, ``journal``: files to keep; None keeps nothing."""

    kind: RunKind
    modes: Mapping[str, OutputMode]
    machine: bool = False
    passage: Passage = field(default_factory=Passage)
    as_run: Path | None = None
    journal: Path | None = None
    spent: Collection[str] = ()


@dataclass
class Assembly:
    """A run that is ready to go. Close it when its loop has ended."""

    joined: Joined
    card: RunCard
    engine: AutoEngine
    outlet: DeviceOutlet
    sources: list[Source]
    audience: list[Audience]
    journal: Journal
    modes: Mapping[str, OutputMode]
    _closing: list[AsRun | RunJournal]

    def loop(
        self,
        clock: Clock,
        waiter: Waiter,
        pace: Pace,
        sources: Sequence[Source] = (),
        audience: Sequence[Audience] = (),
    ) -> Loop:
        """A loop that drives it; more sources and listeners may be given."""
        return Loop(
            self.engine,
            clock=clock,
            waiter=waiter,
            outlet=self.outlet,
            journal=self.journal,
            sources=[*self.sources, *sources],
            audience=[*self.audience, *audience],
            pace=pace,
        )

    def close(self, *, ended: bool) -> None:
        """Close devices and files. ``ended``: the run is over and will not be resumed."""
        self.outlet.close()
        for each in self._closing:
            if isinstance(each, RunJournal):
                each.close(ended=ended)
            else:
                each.close()


def assemble(joined: Joined, plan: RunPlan, clock: Clock) -> Assembly:
    """Arm everything. Raises AsRunError or OSError where a file cannot be kept; nothing has been sent then."""
    now_ns, wall = clock.now_ns(), clock.wall()
    card = run_card(joined, plan.kind, wall)
    setups = [replace(setup, mode=plan.modes[device].value) for device, setup in joined.patch.devices.items()]
    house = House(joined.patch, joined.encoder)
    code = joined.patch.timecode
    if code is not None and code.out is not None:
        simulated = all(mode is not OutputMode.LIVE for mode in plan.modes.values())
        setups.append(timecode_setup(code.out, "ghost" if simulated else "live"))
        house = House(joined.patch, joined.encoder, MtcEncoder(), code.out.rate)
    outlet = open_devices(setups, clock_ns=clock.now_ns)
    engine = Engine(joined.show, house, card.run, plan.kind, now_ns, plan.spent)
    for device, mode in plan.modes.items():
        engine.set_mode(device, mode)
    machine = None
    if plan.machine:
        machine = Machine(hazards_are_ghosts(joined.show, joined.patch, plan.modes))
    audience: list[Audience] = []
    closing: list[AsRun | RunJournal] = []
    journal: Journal = Unkept()
    if plan.as_run is not None:
        as_run = AsRun(plan.as_run, card)
        audience.append(as_run)
        closing.append(as_run)
    if plan.journal is not None:
        kept = RunJournal(plan.journal, card)
        journal = kept
        audience.append(kept)
        closing.append(kept)
    sources: list[Source] = [OutletSource(outlet, outlet.descriptors)]
    auto = AutoEngine(engine, machine, plan.passage)
    return Assembly(joined, card, auto, outlet, sources, audience, journal, plan.modes, closing)


def run_card(joined: Joined, kind: RunKind, wall: datetime) -> RunCard:
    """The first line of everything that is kept of a run."""
    return RunCard(
        run=f"{joined.show.id}-{wall:%Y%m%d-%H%M%S}",
        kind=kind,
        show=joined.show.id,
        title=joined.show.title,
        venue=joined.venue.id,
        revision=0,
        started=wall.isoformat(),
    )
