"""One run put together: engine, outlet, record, and the loop that drives them.

The same for a headless evening, a rehearsal at twenty times the speed and a show on air; only clock and cast differ.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from console.engine.engine import Engine, House
from console.engine.timecode_chase import CodeInput
from console.engine.timecode_out import TimecodeLine
from console.loop.loop import Loop, Pace
from console.loop.sources import OutletSource
from console.plan.line_walk import line_cards
from console.ports import Audience, Clock, Journal, Source, Waiter
from console.record.as_run import AsRun
from console.record.journal import RunJournal, Unkept
from console.record.line_checks import LineCheckKeeper, ticks_of
from console.record.run_card import RunCard
from console.record.take_recorder import TakeRecorder
from console.rehearsal.machine import AutoEngine, Machine, Plot
from console.rehearsal.passage import Passage
from console.rehearsal.replay import Replay
from console.vocabulary import Notice, PlayedFault, RunKind
from console.wiring.casting import hazards_are_ghosts
from console.wiring.fault_desk import FaultDesk
from console.wiring.joining import Joined
from console.wiring.midi_choice import chosen_midi
from console.wiring.resuming import Resumption
from console.wiring.settling import Heard, settle
from devices.contract import Health, Outcome, OutputMode, Report, Severity
from devices.line_check import harmless_of
from devices.outlet import DeviceOutlet
from devices.registry import open_devices
from devices.timecode import MtcEncoder, timecode_device, timecode_setup
from profiles.device_setup import DeviceSetup
from profiles.timecode import frame_rate
from profiles.venue_profile import HouseTimecode

_log = logging.getLogger(__name__)

OUT_OF_REACH: Final = (Severity.BAD, Severity.FATAL)


@dataclass(frozen=True)
class RunPlan:
    """What is asked of a run. ``as_run``, ``journal``: files to keep; None keeps nothing."""

    kind: RunKind
    modes: Mapping[str, OutputMode]
    machine: bool = False
    passage: Plot = field(default_factory=Passage)  # what is to be played, a take again among it
    as_run: Path | None = None
    takes: Path | None = None  # folder: a file for each pass of a rehearsal or a dress
    journal: Path | None = None
    resumption: Resumption | None = None
    held: bool = False  # outputs of a run that goes on are held until somebody says so
    spent: frozenset[str] = frozenset()  # once-uses of the performance this run belongs to
    line_checks: Path | None = None  # the folder of records they are kept in
    anew: bool = False  # a performance from which once-uses count from nothing
    faults: Mapping[str, tuple[PlayedFault, ...]] = field(default_factory=dict)  # of ghosts, from the beginning on


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
    heard: tuple[Health | Report | Outcome, ...]  # while devices were being reached, before anything was sent
    told: tuple[Notice, ...]  # what is known before the run begins: the line check of the day
    _closing: list[AsRun | TakeRecorder | RunJournal | LineCheckKeeper]

    @property
    def warnings(self) -> tuple[str, ...]:
        """One line for each device that cannot be reached as things stand."""
        last = {said.device: said for said in self.heard if isinstance(said, Health)}
        return tuple(f"{each.device}: {each.words}" for each in last.values() if each.severity in OUT_OF_REACH)

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
    """Open the files, reach for the devices, arm everything; the run counts from the end of it, and nothing is sent.

    Raises AsRunError or OSError where a file cannot be kept.
    """
    goes_on = plan.resumption
    card = run_card(joined, plan.kind, clock.wall()) if goes_on is None else goes_on.card
    with ExitStack() as undo:
        audience: list[Audience] = []
        closing: list[AsRun | TakeRecorder | RunJournal | LineCheckKeeper] = []
        journal: Journal = Unkept()
        if plan.as_run is not None:
            as_run = AsRun(plan.as_run, card)
            undo.callback(as_run.close)
            audience.append(as_run)
            closing.append(as_run)
        if plan.takes is not None and card.kind != "performance":
            order = {item.id: place for place, item in enumerate(joined.show.items)}
            takes = TakeRecorder(plan.takes, card, order)
            undo.callback(takes.close)
            audience.append(takes)
            closing.append(takes)
        if plan.journal is not None:
            kept = RunJournal(plan.journal, card, anew=plan.anew)
            undo.callback(kept.close, ended=False)
            journal = kept
            audience.append(kept)
            closing.append(kept)
        told: tuple[Notice, ...] = ()
        if plan.line_checks is not None:
            keeper = _keeper(joined, plan.line_checks, clock)
            undo.callback(keeper.close)
            audience.append(keeper)
            closing.append(keeper)
            told = ticks_of(keeper.check)
        house, setups = _house(joined, plan)
        outlet = open_devices(setups, clock_ns=clock.now_ns, midi_system=chosen_midi())
        undo.callback(outlet.close)
        heard = settle(outlet, clock.now_ns)
        began_ns = clock.now_ns() - (0 if goes_on is None else goes_on.run_ns)
        spent = plan.spent if goes_on is None else plan.spent | goes_on.spent
        engine = Engine(joined.show, house, card.run, card.kind, began_ns, spent)
        engine.run.show_file = joined.file
        passage = plan.passage
        if goes_on is not None:
            engine.resume(goes_on.lives, goes_on.done, goes_on.history, goes_on.revision, held=plan.held)
            engine.run.show_file, engine.run.saved_revision = goes_on.file, goes_on.saved_revision
            passage = Passage(asks=goes_on.asks)
        engine.run.is_replay = isinstance(passage, Replay)
        # On real time this is CLOCK_MONOTONIC: the record can be laid beside what others on this machine measured.
        _log.info("run %s counts from instant %d ns", card.run, engine.run.zero_ns)
        for setup in setups:
            engine.set_mode(setup.id, OutputMode(setup.mode))
        desk = FaultDesk(outlet, engine.run.zero_ns)
        audience.append(desk)
        for device, faults in plan.faults.items():
            engine.note_faults(device, faults)
            desk.play(device, faults, engine.run.zero_ns)
        machine = Machine(hazards_are_ghosts(joined.show, joined.patch, plan.modes)) if plan.machine else None
        sources: list[Source] = [Heard(heard), OutletSource(outlet, outlet.descriptors)]
        auto = AutoEngine(engine, machine, passage)
        undo.pop_all()
    return Assembly(joined, card, auto, outlet, sources, audience, journal, plan.modes, heard, told, closing)


def _keeper(joined: Joined, records: Path, clock: Clock) -> LineCheckKeeper:
    """Goes on with the line check of the day."""
    venue = joined.venue
    cards = line_cards(joined.show, joined.patch, harmless_of(joined.patch.devices))
    return LineCheckKeeper(records, venue.id, venue.name, cards, f"{clock.wall():%Y-%m-%d}")


def _house(joined: Joined, plan: RunPlan) -> tuple[House, list[DeviceSetup]]:
    """The house for the engine and its devices for the outlet, the outputs of timecode among them.

    Where everything is simulated nobody listens, and songs that chase run on our own clock.
    """
    setups = [replace(setup, mode=plan.modes[device].value) for device, setup in joined.patch.devices.items()]
    code = joined.patch.timecode
    outs = () if code is None else code.outs
    simulated = all(mode is not OutputMode.LIVE for mode in plan.modes.values())
    setups += [timecode_setup(out, "ghost" if simulated else "live") for out in outs]
    lines = tuple(TimecodeLine(MtcEncoder(timecode_device(out)), frame_rate(out.rate)) for out in outs)
    # A take brings the code that came in then; what comes in now would be another's.
    hears = plan.passage.hears_code if isinstance(plan.passage, Replay) else not simulated
    sources = code_inputs(code) if hears and code is not None else ()
    return House(joined.patch, joined.encoder, lines, sources, harmless_of(joined.patch.devices)), setups


def code_inputs(code: HouseTimecode) -> tuple[CodeInput, ...]:
    """The sources that are listened to, in the house's order."""
    return tuple(
        CodeInput(source.id, frame_rate(source.rate), code.freewheel_frames, code.jam_frames) for source in code.sources
    )


def run_card(joined: Joined, kind: RunKind, wall: datetime) -> RunCard:
    """The first line of everything that is kept of a run. ``wall`` is the show's own; the id tells runs of it apart."""
    made = datetime.now(wall.tzinfo)
    return RunCard(
        run=f"{joined.show.id}-{made:%Y%m%d-%H%M%S}-{made.microsecond // 1000:03}",
        kind=kind,
        show=joined.show.id,
        title=joined.show.title,
        venue=joined.venue.id,
        revision=0,
        started=wall.isoformat(),
    )
