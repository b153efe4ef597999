"""The engine: ``step(now, wall, inbox) -> outbox``. It is given the time, and never asks for it.

Within a step everything that is due is taken in the order in which it was due, at the instant it was due, whatever
``now`` is; so one coarse step decides what many exact ones would. Requests count at ``now``, after what was due.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final

from console.engine import code_following, items, line_checking
from console.engine.arming import arm_cue
from console.engine.chains import lead_ns
from console.engine.chase import Chase
from console.engine.clock_cues import ClockCues
from console.engine.confirming import heard_of
from console.engine.cue_runner import begin_cue, end_cue, start_later
from console.engine.fading import fade_step
from console.engine.hazards import Hazards
from console.engine.held_outputs import hold_outputs
from console.engine.history import History, Way
from console.engine.keeping import tell_came_in, tell_code
from console.engine.learning import tell_heard
from console.engine.ledger import Ledger
from console.engine.line_checks import HarmlessOf, LineChecks
from console.engine.line_inputs import hear_line, hear_port
from console.engine.lines import Lines
from console.engine.lists import build_lists
from console.engine.outbox import Dispatch, Outbox, Tray
from console.engine.parts import Parts
from console.engine.performing import perform
from console.engine.playing_faults import Playing, faults_now
from console.engine.putting_next import set_up_again
from console.engine.rearming import Rearm, prepare
from console.engine.rehearsing import repeat, repeat_run_ns
from console.engine.reported import heard_lately
from console.engine.requests import answer
from console.engine.rolling import fold, start_on_time, take_track
from console.engine.run_state import (
    END,
    FOLD,
    REPEAT,
    SEND,
    SILENCE,
    START,
    Cause,
    CueEnds,
    LatePacket,
    RunState,
    SendNow,
    StartCue,
    say,
)
from console.engine.snapshot import take_snapshot
from console.engine.standbys import Standbys
from console.engine.state_requests import state_left
from console.engine.stopping import SafeLists
from console.engine.taking_edits import take_edit
from console.engine.timecode_chase import CodeInput, CodeSource
from console.engine.timecode_out import TimecodeLine, TimecodeOut
from console.engine.triggers import Waiting
from console.plan.patch import Patch
from console.plan.resolver import StateIndex, places_of, standing_choices
from console.plan.schedule import build_schedule
from console.show.edits import Edit
from console.show.lookups import reckon_all
from console.show.show import Show
from console.vocabulary import Answered, HealthChanged, ItemLife, PlayedFault, Request, RunKind, Snapshot
from devices.contract import CodeReading, CodeRefusal, Command, Encoder, Health, Incoming, Outcome, OutputMode, Report
from profiles.timecode import FrameRate, frame_rate

InboxItem = Request | Report | Health | Incoming | CodeReading | CodeRefusal | Outcome

FADES_AT_ONCE: Final = 6
"""Steps of fades in one step of the engine: what they take, 0.1 ms, is how late they may make a press."""


COMMANDS_AT_ONCE: Final = 32
"""Of many that are due at once, so many leave before the next are decided: the last of a thousand is no later for it,
the first one 20 ms earlier."""

Due = tuple[int, int, str]
"""(instant, rank, source) of something due."""


@dataclass(frozen=True)
class House:
    """What the engine is told about tonight's house: the patch, how verbs become bytes, where timecode goes."""

    patch: Patch
    encoder: Encoder
    timecode_outs: tuple[TimecodeLine, ...] = ()
    timecode_in: tuple[CodeInput, ...] = ()  # in order of preference
    harmless: HarmlessOf = field(default_factory=dict)  # what line check sends, by device


class Engine:
    """One run of one show in one house."""

    def __init__(
        self,
        show: Show,
        house: House,
        run_id: str,
        run_kind: RunKind,
        now_ns: int,
        spent: Iterable[str] = (),
    ) -> None:
        reckon_all(show)
        schedule = build_schedule(show)
        choices = standing_choices(show)
        run = RunState(
            show=show,
            schedule=schedule,
            patch=house.patch,
            encoder=house.encoder,
            run_id=run_id,
            run_kind=run_kind,
            zero_ns=now_ns,
            choices=choices,
            hazards=Hazards(Lines.of_house(house.patch.venue), show.rules.arm_apart),
            index=StateIndex(show, schedule, choices),
            armed={cue.id: arm_cue(show, cue, house.patch, house.encoder, choices) for cue in show.cues},
            children=show.children,
            hazard_cues=tuple(cue for cue in show.cues if cue.hazard != "none"),
            places=places_of(schedule),
            lives=dict.fromkeys(schedule.items, "planned"),
            spent=set(spent),
        )
        outs = tuple(TimecodeOut(line) for line in house.timecode_outs)
        self._rate: FrameRate = outs[0].rate if outs else frame_rate(show.rate)  # what labels are shown at
        standbys = Standbys(build_lists(show, schedule, run.places))
        self.house = house
        chase = Chase(tuple(map(CodeSource, house.timecode_in)), show.rules.code_moves_items)
        self._parts = Parts(
            run, standbys, Ledger(), SafeLists.build(run), outs, chase, line_checks=LineChecks(house.harmless)
        )
        standbys.first(run)
        self.clock_cues = ClockCues.of_show(show)
        self.outside = Waiting.of_show(show)
        for cue in show.cues:
            lead_ns(run, cue.id)  # now, and not at the first GO: of 10,000 cues that takes 30 ms
        self.history = History()
        self._between = Tray()  # what edits between two steps have decided
        self._begun = self._holds_first = False
        self._score: tuple[object, Due | None] = (None, None)

    @property
    def is_settled(self) -> bool:
        """True while no device has still to take a command, or to say what became of it."""
        return self._parts.ledger.is_settled

    def resume(
        self,
        lives: Mapping[str, ItemLife],
        done: Iterable[str],
        history: History | None = None,
        revision: int = 0,
        *,
        held: bool = False,
    ) -> None:
        """Go on with a run that was cut off, before the first step: nothing is loaded or started anew.

        The show is as it was edited by then; ``history`` is what led there. ``held``: and nothing is sent until the
        outputs are released.
        """
        self._begun = True
        self._holds_first = held
        self.history, self.run.revision = history or History(), revision
        self.run.lives.update(lives)
        for cue in done:
            self.run.done.add(cue)
        self.standbys.first(self.run)

    @property
    def run(self) -> RunState:
        """The state of the run, to be read."""
        return self._parts.run

    @property
    def commands(self) -> Sequence[Command]:
        """The last commands that were handed over, oldest first, to be read."""
        return self._parts.ledger.kept

    @property
    def standbys(self) -> Standbys:
        """The lists and their standbys, to be read."""
        return self._parts.standbys

    @property
    def modes(self) -> Mapping[str, OutputMode]:
        """Where each device's bytes go, to be read."""
        return self._parts.modes

    def step(self, now_ns: int, wall: datetime, inbox: Sequence[InboxItem]) -> Outbox:
        """Decide what is due up to ``now_ns``, and wake at once for what is left of it: bytes do not wait for more.

        Raises nothing for what the inbox holds.
        """
        parts = self._parts
        run, tray = parts.run, self._between
        parts.tray, self._between = tray, Tray()
        if self._holds_first:
            self._holds_first = False
            hold_outputs(run, tray, now_ns)
        run.wall = wall
        if not self._begun:
            self._begun = True
            self._begin(now_ns)
            code_following.look(parts, now_ns)
        for each in inbox:
            if isinstance(each, Outcome):
                run.expected.settled(each)
                parts.ledger.settled(run, each, tray)
        cues, starting = self.clock_cues.passed(run, now_ns, wall)
        if cues or starting:
            self._take_due(now_ns)
        for cue, moment_ns, cause in cues:
            start_later(run, cue, moment_ns, cause)
        for item in starting:
            start_on_time(self._parts, now_ns, item)
            code_following.look(parts, now_ns)
        for each in inbox:
            if not isinstance(each, Outcome):
                self._take_due(now_ns)
                self._take(now_ns, each)
        due = self._take_due(now_ns, most=COMMANDS_AT_ONCE)
        parts.putting_right.send_some(run, parts.ledger, tray, now_ns)
        if not tray.dispatches and run.steps.next_due_ns() is not None:
            self._step_fades(now_ns)
            due = self._next_due()
        confirming = parts.ledger.confirming
        confirming.expire(run, now_ns, tray)
        wakes = (
            None if due is None else due[0],
            run.steps.next_due_ns(),
            self.clock_cues.wake_at_ns(run, now_ns, wall),
            confirming.next_ns(),
            line_checking.expire_checks(parts, now_ns),
        )
        return tray.close(min((wake for wake in wakes if wake is not None), default=None))

    def snapshot(self, now_ns: int, wall: datetime) -> Snapshot:
        """The state now, for screens."""
        parts = self._parts
        taken = take_snapshot(
            parts.run, parts.standbys, parts.ledger, parts.chase, parts.healths, parts.modes, now_ns, wall, self._rate
        )
        faults = faults_now(parts.faults, now_ns)
        return taken.model_copy(update={**state_left(parts, taken), "faults": faults})

    def prepare(self, edit: Edit) -> Generator[None, None, Rearm]:
        """Get ready for an edit, in slices between steps. Raises ``EditError`` where it cannot be made."""
        return prepare(self.run, self.standbys.lists, edit)

    def take(self, now_ns: int, rearm: Rearm, name: str, by: str, way: Way = "edit") -> str | None:
        """Make an edit that is ready; it has a revision then. Returns why not, and nothing has changed."""
        parts, run = self._parts, self.run
        parts.tray = self._between
        refused = take_edit(parts, now_ns, rearm)
        if refused is not None:
            return refused
        self.clock_cues = self.clock_cues.edited(run.show, rearm.touched.cues)
        self.outside = self.outside.edited(run.show, rearm.touched.cues)
        self._score = (None, None)
        run.revision += 1
        self.history.took(way, name, rearm.inverse)
        say(run, parts.tray, now_ns, f"{by}: {'' if way == 'edit' else f'{way} '}{name}")
        return None

    # -- what is due ---------------------------------------------------------------------------------------------------

    def _begin(self, now_ns: int) -> None:
        """The first item with cues loads; items without cues before it go live."""
        run, tray = self.run, self._parts.tray
        order = [item for item, times in run.schedule.items.items() if not times.item.skipped]
        first = next((item for item in order if run.schedule.by_item[item]), None)
        cause = Cause("playhead", "run start", now_ns)
        if first is not None:
            items.load_item(run, tray, now_ns, first, cause)
        if order and items.starts_by_itself(run, order[0]):
            items.start_item(run, self._parts.ledger, tray, now_ns, order[0], cause, now_ns)
        for problem in self._parts.safe_lists.problems:
            say(run, tray, now_ns, problem, "error")

    def _take_due(self, now_ns: int, most: int | None = None) -> Due | None:
        """Take what is due; returns the first thing that is left.

        ``most``: not more commands than that, and nothing that only ends before their bytes have left.
        """
        parts = self._parts
        dispatches = parts.tray.dispatches
        while (due := self._next_due()) is not None and due[0] <= now_ns:
            due_ns, rank, source = due
            if dispatches and most is not None and (rank == END or len(dispatches) >= most):
                break
            match source:
                case "waiting":
                    self._take_waiting(now_ns, due_ns)
                case "track":
                    take_track(parts, due_ns)
                case "fold":
                    fold(parts, due_ns)
                case "repeat":
                    repeat(parts, due_ns)
                case "timecode":
                    for out in parts.timecode_outs:
                        if out.next_due_ns() == due_ns:
                            out.send_next(parts.run, parts.ledger, parts.tray, due_ns)
                case "end" if parts.run.live_item is not None:
                    cause = Cause("playhead", "its end", due_ns)
                    items.end_item(parts.run, parts.ledger, parts.tray, due_ns, parts.run.live_item, cause)
                    items.aim_ahead(parts.run, due_ns)
                    set_up_again(parts, due_ns)
                    parts.standbys.refresh(parts.run, parts.tray, due_ns)
                    parts.timecode_jumped(due_ns)
                    code_following.look(parts, due_ns)
                case "silence":
                    code_following.wake(parts, due_ns)
        return due

    def _step_fades(self, now_ns: int) -> None:
        """Steps of fades that are due, a few at a time and none beside other bytes.

        Between two steps of the engine these leave, and a press or a cue that comes meanwhile goes before the rest:
        the rest comes with the next step.
        """
        run, parts = self.run, self._parts
        left = FADES_AT_ONCE
        while left and (due_ns := run.steps.next_due_ns()) is not None and due_ns <= now_ns:
            left -= 1
            fade_step(run, parts.ledger, parts.tray, now_ns, due_ns, run.steps.pop().what)

    def _next_due(self) -> Due | None:
        """The first thing due."""
        parts = self._parts
        waiting = parts.run.waiting.next_due()
        first = None if waiting is None else (*waiting, "waiting")
        for out in parts.timecode_outs:
            if (quarter_ns := out.next_due_ns()) is not None:
                row = (quarter_ns, SEND, "timecode")
                first = row if first is None or row < first else first
        if parts.chase.sources and (silence_ns := parts.chase.next_due_ns()) is not None:
            row = (silence_ns, SILENCE, "silence")
            first = row if first is None or row < first else first
        score = None if parts.run.playhead is None else self._score_due(parts.run)
        return score if score is not None and (first is None or score < first) else first

    def _score_due(self, run: RunState) -> Due | None:
        """The first thing due by the score. Asked at every step, and reckoned only when something has moved."""
        start_ns = run.track.next_start_ns() if run.track is not None else None
        moved = (run.playhead, run.folding, start_ns)
        if moved != self._score[0]:
            self._score = (moved, self._reckon_score(start_ns))
        return self._score[1]

    def _reckon_score(self, start_ns: int | None) -> Due | None:
        run = self.run
        playhead = run.playhead
        if playhead is None or playhead.rate == 0 or run.live_item is None:
            return None
        first: Due | None = None
        for run_ns, rank, source in (
            (repeat_run_ns(run), REPEAT, "repeat"),
            (run.folding.fold_run_ns(run.times(playhead.item)), FOLD, "fold"),
            (start_ns, START, "track"),
            (items.end_run_ns(run, playhead.item), END, "end"),
        ):
            instant = None if run_ns is None else playhead.instant_of(run_ns)
            if instant is not None and (first is None or (instant, rank, source) < first):
                first = (instant, rank, source)
        return first

    def _take_waiting(self, now_ns: int, due_ns: int) -> None:
        run, ledger, tray = self.run, self._parts.ledger, self._parts.tray
        what = run.waiting.pop().what
        match what:
            case StartCue():
                begin_cue(run, ledger, tray, due_ns, what)
            case SendNow():
                perform(run, ledger, tray, now_ns, due_ns, what)
            case LatePacket(command=command, packet=packet):
                tray.dispatches.append(Dispatch(command, packet))
            case CueEnds():
                end_cue(run, tray, due_ns, what)

    # -- the inbox -----------------------------------------------------------------------------------------------------

    def _take(self, now_ns: int, each: Request | Report | Health | Incoming | CodeReading | CodeRefusal) -> None:
        parts, run = self._parts, self.run
        if isinstance(each, Health):
            parts.healths[each.device] = each
            parts.putting_right.health(run, parts.tray, now_ns, each)
            hear_port(run, parts.tray, now_ns, each)
            parts.tray.notices.append(
                HealthChanged(
                    at_ns=run.at(now_ns),
                    device=each.device,
                    severity=each.severity.value,
                    words=each.words,
                    heard_ns=None if each.last_heard_ns is None else run.at(each.last_heard_ns),
                )
            )
        elif isinstance(each, Report):
            heard_lately(parts.healths, each)
            parts.ledger.confirming.heard(run, each, parts.tray)
            heard_of(run, parts.ledger.confirming, each)
            line_checking.hear_answer(parts, each)
        elif isinstance(each, CodeReading | CodeRefusal):
            code_following.hear(parts, now_ns, each)
            tell_code(run, parts.tray, parts.code_tape, each)
        elif isinstance(each, Incoming):
            tell_heard(run, parts.tray, now_ns, each)
            tell_came_in(run, parts.tray, each)
            if not hear_line(run, parts.tray, now_ns, each):
                self.outside.start(run, now_ns, each)
        else:
            self._request(now_ns, each)

    def _request(self, now_ns: int, request: Request) -> None:
        parts, run = self._parts, self.run
        stood = (run.playhead, run.transport)
        refused = answer(parts, now_ns, request)
        if (run.playhead, run.transport) != stood:
            parts.timecode_jumped(now_ns)
        code_following.look(parts, now_ns, request)
        self._score = (None, None)
        items.aim_ahead(run, now_ns)
        set_up_again(parts, now_ns)
        parts.standbys.refresh(run, parts.tray, now_ns)
        answered = partial(Answered, request=request.id, name=request.kind, by=request.by, refused=refused)
        parts.tray.notices.later(partial(answered, at_ns=run.at(now_ns)))

    def hears(self, kind: str, address: str) -> bool:
        """True where a message from outside means something now: to a cue, a line, or whoever wants to learn it."""
        lines = self.run.patch.venue.inputs
        waits = (kind, address) in self.outside.cues or any(address in (line.osc, line.midi) for line in lines)
        return waits or self.run.learns_until_ns is not None

    def set_mode(self, device: str, mode: OutputMode) -> None:
        """Where a device's bytes go, for the snapshot; the outlet is what obeys it."""
        self._parts.modes[device] = mode

    def note_faults(self, device: str, faults: tuple[PlayedFault, ...]) -> None:
        """What is played on a ghost from the beginning, for the snapshot; the outlet is what plays it."""
        self._parts.faults[device] = Playing(self.run.zero_ns, faults)
