"""The engine's process: one loop, one link, and whatever show the windows ask for.

Opening a show is done whole, beside the one that is open, and only then takes its place; a refusal leaves everything
as it was. While an item is rolling nothing is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from console.engine.parameter_states import parameter_states
from console.link.messages import (
    BeginFrame,
    EditFrame,
    EditRefused,
    InquiryFrame,
    Opened,
    OpenFrame,
    OpenRefused,
    UndoFrame,
)
from console.link.server import LinkServer
from console.loop.clocks import RealClock
from console.loop.loop import Loop, Pace
from console.loop.waiters import RealWaiter
from console.ports import Audience, Source
from console.record.journal import RunJournal, Unkept
from console.record.occasions import performance_spent
from console.rehearsal.passage import Passage
from console.show.show import Show
from console.timebase.positions import Position
from console.vocabulary import (
    Faults,
    Ghosts,
    Notice,
    ParameterState,
    PreflightMoved,
    PreflightReport,
    Request,
    RunKind,
    Said,
    Snapshot,
    WentOn,
)
from console.wiring.assembly import Assembly, RunPlan, assemble
from console.wiring.between_shows import Handover, Idle
from console.wiring.casting import CastError, cast_devices, cast_faults
from console.wiring.edit_desk import EditDesk
from console.wiring.inquiry_desk import InquiryDesk
from console.wiring.joining import Joined
from console.wiring.opened_show import once_words, opened_show
from console.wiring.preflight import Occasion
from console.wiring.preflight_desk import PreflightDesk
from console.wiring.resuming import Resumption, find_resumption
from console.wiring.take_desk import TakeDesk
from console.wiring.trigger_sources import Triggers, open_triggers
from console.wiring.warmth import Warmth
from console.wiring.workshop import Workshop
from devices.contract import OutputMode
from devices.registry import open_devices
from profiles.near_names import near_words

UNCHECKED: Final = (
    "a performance begins with a preflight: open it as a rehearsal, run and read preflight, then begin the performance"
)
UTC = ZoneInfo("UTC")
ALONE_NS = 5_000_000_000


class OpenError(Exception):
    """A show that cannot be opened. One line: what, where, what to do. ``by_call``: it names what is not there."""

    def __init__(self, words: str, *, by_call: bool = False) -> None:
        super().__init__(words)
        self.by_call = by_call


@dataclass(frozen=True)
class HostPlan:
    """How this engine opens what it is asked for."""

    ghosts: Ghosts = ()  # where who opens does not say
    machine: bool = False
    start_item: str | None = None  # begin here: the machine's first GO
    run_kind: RunKind = "rehearsal"
    records: Path | None = None  # folder for as-runs and journals; None keeps none
    anew: bool = False  # the first performance that is opened is a new one: once-uses count from nothing
    checked: bool = False  # preflight was run before the engine began: a performance may be opened
    despite: WentOn | None = None  # what it failed, and who goes on in spite of it
    resumes: bool = False  # go on with the last run of the show, where it was cut off
    releases: bool = False  # and let its outputs go at once; else they are held until somebody says so
    faults: Faults = ()  # on ghosts, of every run but a performance
    watchers: Sequence[Audience] = ()  # who is told besides the windows
    profiles: Path | None = None  # the user's own device profiles
    ends_alone: bool = False  # end some seconds after the last window has gone, whatever is running


class EngineHost:
    """Answers the link, and keeps one loop going: idle, or with the show that is open."""

    def __init__(
        self,
        path: Path,
        plan: HostPlan,
        join: Callable[[str | Show, str], Joined],
        loading: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        """``join(show, venue)`` opens both by name, or only the house, and patches them; it raises :class:`OpenError`.

        ``loading()`` is entered around that and what comes of it.

        Raises LinkError or OSError where nobody could attach at ``path``.
        """
        self._plan = plan
        self._join = join
        self._loading = loading
        self._assembly: Assembly | None = None
        self._opened_by = ("", "")  # what show and house were opened by
        self._edits: EditDesk | None = None
        self._triggers = Triggers()
        self._server = LinkServer(path, self)
        self._clock = RealClock(UTC)
        self._workshop = Workshop(plan.profiles)
        self._inquiries = InquiryDesk(self._workshop, self._server.answer_inquiry, self._clock.now_ns)
        self._warmth = Warmth(self._clock)
        self._waiter = RealWaiter(self._clock, pastime=self._warmth.exercise)
        self._checks = PreflightDesk(self._occasion, self._tell_fact, self._waiter.wake, lambda: self._clock.wall())
        folder = None if plan.records is None else plan.records / "takes"
        self._takes = TakeDesk(folder, self._open_show, lambda found: self._server.tell((), found), self._waiter.wake)
        self._loop = self._make_loop()
        self._next: Loop | None = None
        self._ended = self._closed = False
        self._attended_ns: int | None = None

    def run(self) -> None:
        """Until :meth:`stop`; then everything is closed."""
        try:
            while not self._ended:
                self._loop.run()
                if self._next is None:
                    break
                self._loop, self._next = self._next, None
        finally:
            self.close()

    def stop(self) -> None:
        """End after the turn that is going on. From any thread, and from a signal."""
        self._ended = True
        self._loop.stop()

    @property
    def warnings(self) -> tuple[str, ...]:
        """One line for what an operator should know of the show, each port and each device that could not be opened."""
        if self._assembly is None:
            return ()
        return (*self._assembly.joined.said, *self._triggers.problems, *self._assembly.warnings)

    def has_item(self, item: str) -> bool:
        """True where the show that is open has that item."""
        return item in self._items

    def no_item_words(self, item: str) -> str:
        """That the show that is open has no such item, and which may be meant."""
        return f"the rundown has no item {item!r}: {near_words(item, self._items)}"

    @property
    def _items(self) -> Mapping[str, object]:
        return {} if self._assembly is None else self._assembly.joined.show.item_by_id

    def close(self) -> None:
        """Say goodbye to the windows and close everything. Harmless twice."""
        if self._closed:
            return
        self._closed = True
        self._server.close()
        self._triggers.close()
        self._workshop.close()
        self._close_show(ended=True)
        self._waiter.close()
        self._warmth.close()

    def open(self, frame: OpenFrame) -> Opened | OpenRefused:
        """Open another show, or the same in another house; on success all windows have been told when this returns."""
        stays = self._assembly if frame.show is None else None
        if frame.show is None and stays is None:
            return OpenRefused(id=frame.id, words="no show is open that could go to another house: name one")
        if self._assembly is not None and self._assembly.engine.engine.run.transport == "rolling":
            return OpenRefused(id=frame.id, words="a show is rolling: stop it before another is opened")
        try:
            with self._loading():
                asked = frame.show if stays is None else stays.engine.engine.run.show
                joined = self._join(asked or "", frame.venue)
                ghosts = self._plan.ghosts if frame.ghosts is None else frame.ghosts
                modes = cast_devices(joined.show, joined.patch, ghosts)
                kind = frame.run_kind or (self._plan.run_kind if stays is None else stays.card.kind)
                if kind == "performance" and (stays is not None or not (self._plan.checked or self._plan.resumes)):
                    return OpenRefused(id=frame.id, words=UNCHECKED)
                if stays is not None:
                    joined = replace(joined, file=stays.engine.engine.run.show_file)
                anew = self._plan.anew and self._assembly is None
                names = (frame.show or self._opened_by[0], frame.venue)
                self._take(joined, modes, kind, names, anew=anew, edits=None if stays is None else self._edits)
        except (OpenError, CastError, OSError) as error:
            by_call = isinstance(error, CastError) or (isinstance(error, OpenError) and error.by_call)
            return OpenRefused(id=frame.id, words=str(error), by_call=by_call)
        return Opened(id=frame.id)

    def begin(self, frame: BeginFrame) -> Opened | OpenRefused:
        """Begin another run of the show that is open, its devices as they are switched."""
        if self._assembly is None:
            return OpenRefused(id=frame.id, words="no show is open")
        engine = self._assembly.engine.engine
        if engine.run.transport == "rolling":
            return OpenRefused(id=frame.id, words="the show is rolling: stop it before another run begins")
        performs = frame.run_kind == "performance"
        against = self._checks.against(frame.despite, engine.run.revision) if performs else None
        if against is not None:
            return OpenRefused(id=frame.id, words=against)
        went_on = self._checks.went_on(frame.by) if performs else None
        joined = self._assembly.joined.with_show(engine.run.show)
        try:
            with self._loading():
                modes = {device: mode for device, mode in engine.modes.items() if device in joined.patch.devices}
                anew = performs and frame.anew
                self._take(joined, modes, frame.run_kind, self._opened_by, anew=anew, edits=self._edits)
        except (CastError, OSError) as error:
            return OpenRefused(id=frame.id, words=str(error))
        if went_on is not None:
            self._tell_fact(went_on)
        return Opened(id=frame.id)

    def tell(self, requests: Sequence[Request], notices: Sequence[Notice]) -> None:
        """Nothing: as an audience, the host only waits until there is time."""

    def catch_up(self, snapshot: Snapshot | None) -> None:
        """Go on with edits: nothing is due. End where that was asked and nobody has been attached for a while."""
        if self._edits is not None and self._edits.has_work:
            self._edits.work()
            self._waiter.wake()  # the step that tells what came of it, or the next slice
        self._inquiries.work(self._assembly)
        if self._inquiries.has_work:
            self._waiter.wake()
        if not self._plan.ends_alone:
            return
        now_ns = self._clock.now_ns()
        if self._server.windows:
            self._attended_ns = now_ns
        elif self._attended_ns is not None and now_ns - self._attended_ns > ALONE_NS:
            self.stop()

    def parameter_states(self) -> Iterator[ParameterState]:
        """The three values of every parameter of the show that is open; none where none is."""
        if self._assembly is None:
            return iter(())
        return parameter_states(self._assembly.engine.engine.run, self._clock.now_ns())

    def inquire(self, frame: InquiryFrame, ticket: int) -> None:
        """Look something up, when there is time for it."""
        self._inquiries.ask(ticket, frame)

    def edit(self, frame: EditFrame | UndoFrame, ticket: int) -> None:
        """Change the show, when there is time for it."""
        if self._edits is None:
            words = "no show is open: open one before it is edited"
            self._server.answer_edit(ticket, EditRefused(id=frame.id, words=words, revision=0))
        else:
            self._edits.ask(ticket, frame)

    def _take(
        self,
        joined: Joined,
        modes: Mapping[str, OutputMode],
        kind: RunKind,
        names: tuple[str, str],
        *,
        anew: bool,
        edits: EditDesk | None = None,
    ) -> None:
        """Put the joined show in the place of the one that is open; ``edits`` led to it."""
        clock = RealClock(ZoneInfo(joined.venue.time_zone))
        anew = anew and kind == "performance"
        used = self._spent(joined)
        unfinished = self._unfinished(joined, clock.wall())
        goes_on = unfinished if self._plan.resumes else None
        if goes_on is not None:
            joined = joined.with_show(goes_on.show)
        faults = () if kind == "performance" else self._plan.faults
        plan = RunPlan(
            kind=kind,
            modes=modes,
            faults=cast_faults(joined.show, joined.patch, modes, faults),
            machine=self._plan.machine,
            passage=self._passage(joined),
            as_run=goes_on.journal.with_suffix(".asrun") if goes_on else self._file(joined, clock.wall(), "asrun"),
            journal=goes_on.journal if goes_on else self._file(joined, clock.wall(), "journal"),
            takes=None if self._plan.records is None else self._plan.records / "takes",
            resumption=goes_on,
            held=not self._plan.releases,
            spent=frozenset() if anew else used,
            line_checks=self._plan.records,
            anew=anew,
        )
        all_ghosts = all(mode is not OutputMode.LIVE for mode in modes.values())
        standing = self._triggers
        triggers = open_triggers(joined.venue, self._waiter.wake, clock.now_ns, loopback=all_ghosts, standing=standing)
        try:
            assembly = assemble(joined, plan, clock)
        except BaseException:
            triggers.close(heir=standing)
            raise
        triggers.attend(assembly.engine.engine, before=standing.desk)
        standing.close(heir=triggers)
        self._close_show(ended=False)
        self._checks.forget()
        self._assembly, self._triggers, self._clock = assembly, triggers, clock
        record = assembly.journal if isinstance(assembly.journal, RunJournal) else None
        standing_edits = goes_on.edits if goes_on is not None else ()
        self._edits = EditDesk(assembly.engine.engine, record, self._server.answer_edit, clock.now_ns, standing_edits)
        if edits is not None:
            self._edits.take_over(edits)
        handover = Handover(assembly, clock)
        self._next = self._make_loop(handover)
        # What is left of this turn reaches neither the old show nor, before its time, the new one.
        self._loop.engine = handover
        self._loop.sources = [self._server]
        self._loop.audience = [self._server]
        self._loop.stop()
        self._opened_by = names
        self._server.open_show(opened_show(assembly, names))
        problems = [Said(at_ns=0, severity="error", words=words) for words in triggers.problems]
        problems += [Said(at_ns=0, severity="warning", words=words) for words in joined.said]
        if unfinished is not None and goes_on is None:
            made = f", with its {unfinished.revision} edits" if unfinished.revision else ""
            since = unfinished.card.started[:16]
            named = f"{unfinished.card.show} --venue {unfinished.card.venue}"
            words = f"a run of {since} was cut off: showcaller engine {named} --resume goes on with it{made}"
            problems.append(Said(at_ns=0, severity="warning", words=words))
        once = once_words(joined.show, used, anew=anew)
        problems += [Said(at_ns=0, severity="note", words=words) for words in once]
        if goes_on is not None:
            problems += [Said(at_ns=0, severity="warning", words=words) for words in goes_on.problems]
        for listener in (*assembly.audience, self._server):
            listener.tell((), [*assembly.told, *problems])
        if goes_on is not None and goes_on.went_on is not None:
            self._server.tell((), [goes_on.went_on])  # the record has it since the run began
        if kind == "performance" and self._plan.despite is not None and edits is None:
            self._tell_fact(self._plan.despite)

    def _occasion(self, snapshot: Snapshot) -> Occasion | None:
        """What a preflight is about: the show as it stands, where it stands."""
        if self._assembly is None:
            return None
        assembly, engine = self._assembly, self._assembly.engine.engine
        joined = assembly.joined.with_show(engine.run.show)
        held = {*assembly.outlet.ports_held(), *(osc.port.address[1] for osc in self._triggers.osc)}
        now = snapshot.model_copy(update={"revision": engine.run.revision})
        return Occasion(joined, dict(engine.modes), now, frozenset(held), self._plan.records)

    def _open_show(self) -> Show | None:
        return None if self._assembly is None else self._assembly.engine.engine.run.show

    def _tell_fact(self, fact: PreflightMoved | PreflightReport | WentOn) -> None:
        """For the windows; for the record as well, but not each step on the way."""
        if self._assembly is None:
            return
        at_ns = self._assembly.engine.engine.run.at(self._clock.now_ns())
        record = () if isinstance(fact, PreflightMoved) else self._assembly.audience
        for listener in (*record, self._server):
            listener.tell((), [fact.model_copy(update={"at_ns": at_ns})])

    def _make_loop(self, *first: Source) -> Loop:
        audience: list[Audience] = [self._server, *self._plan.watchers, self._checks, self._takes, self]
        if self._assembly is None:
            return Loop(
                Idle(),
                clock=self._clock,
                waiter=self._waiter,
                outlet=open_devices([], clock_ns=self._clock.now_ns),
                journal=Unkept(),
                sources=[self._server],
                audience=audience,
            )
        sources = [*first, self._server, *self._triggers.sources]
        if self._triggers.desk is not None:
            audience.append(self._triggers.desk)
        return self._assembly.loop(self._clock, self._waiter, Pace(), sources, audience)

    def _passage(self, joined: Joined) -> Passage:
        item = self._plan.start_item
        if item is None or item not in joined.show.item_by_id:
            return Passage()
        return Passage(Position(item, 0), starts_at_item=True)

    def _unfinished(self, joined: Joined, wall: datetime) -> Resumption | None:
        """The last run of this show in this house, if it was cut off. Looked for once, by the first show opened."""
        folder = self._plan.records
        if folder is None or not folder.is_dir() or self._assembly is not None:
            return None
        return find_resumption(folder, joined.show, joined.venue.id, wall, joined.file)

    def _spent(self, joined: Joined) -> frozenset[str]:
        """The once-uses of the performance that the next run belongs to."""
        folder = self._plan.records
        if folder is None or not folder.is_dir():
            return frozenset()
        return performance_spent(folder, joined.show.id, joined.venue.id)

    def _file(self, joined: Joined, wall: datetime, suffix: str) -> Path | None:
        """A file that is not there yet."""
        folder = self._plan.records
        if folder is None:
            return None
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{wall:%Y%m%d-%H%M%S}-{joined.show.id}"
        for number in count(1):
            path = folder / f"{name}{'' if number == 1 else f'-{number}'}.{suffix}"
            if not path.exists():
                break
        return path

    def _close_show(self, *, ended: bool) -> None:
        if self._assembly is not None:
            if self._edits is not None:
                self._edits.close()
            self._inquiries.forget()
            self._assembly.close(ended=ended)
            self._assembly = self._edits = None
