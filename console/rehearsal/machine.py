"""The machine at the keys (``--go auto``): presses, ends, arms and exits where a person would, and says it was it.

It only asks what an operator could ask. Enable, dead-man and zone lines are held only where every hazard role is a
ghost, so that no run left to itself can make anything dangerous leave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from console.engine import items
from console.engine.chains import lead_ns
from console.engine.engine import Engine, InboxItem
from console.engine.items import live_cues, projected_start_ns
from console.engine.outbox import Outbox
from console.engine.run_state import RunState
from console.engine.running_order import coming, next_item
from console.engine.standbys import SHOW_LIST, Standbys
from console.engine.stepping import is_taken
from console.rehearsal.drills import Drills, asks_for_drill
from console.rehearsal.passage import Passage
from console.show.cues import Cue
from console.timebase.instants import ms_to_ns, s_to_ns
from console.vocabulary import (
    Answered,
    AnswerLate,
    Arm,
    Asked,
    AtKeys,
    EndDrill,
    EndItem,
    ExitVamp,
    Go,
    Notice,
    Request,
    SetInput,
    SetReading,
    SetStandby,
    Snapshot,
    StartDrill,
)
from devices.contract import Outcome

BY = "machine"
NEVER_NS = 1 << 62
LONG_AGO_NS = -NEVER_NS

Wish = tuple[int, Request]
"""(when, what) the machine will ask."""


class Plot(Protocol):
    """What is to be played, as :class:`AutoEngine` sees it: a passage of the show, or a take again."""

    @property
    def exits_vamps(self) -> bool:
        """True where vamps are left after their planned repeats: nobody else is there to do it."""
        ...

    def wishes(self, run: RunState, standbys: Standbys, now_ns: int) -> Sequence[tuple[int, InboxItem]]:
        """What is to be given to the engine, with the instants; what is due now is given out once."""
        ...

    def saw(self, run: RunState, notices: Sequence[Notice]) -> None:
        """What came of a step."""
        ...

    def is_over(self, run: RunState, now_ns: int) -> bool:
        """True when it has been played."""
        ...


@dataclass
class Machine:
    """Decides from the state of the run alone. ``hazards_are_ghosts``: no hazard role has a live device."""

    hazards_are_ghosts: bool

    def wishes(self, run: RunState, standbys: Standbys, now_ns: int) -> list[Wish]:
        """Everything it would ask if nothing else happened, with the instants; what is not after now is to be asked."""
        if run.over or run.panic or run.show_stopped is not None or run.transport == "held":
            return []
        return [
            *self._lines(run, now_ns),
            *((now_ns, AnswerLate(by=BY, cue=cue, fire=True)) for cue in run.asked_late),
            *_arming(run, now_ns),
            *_vamp_exit(run),
            *_press_or_end(run, standbys, now_ns),
        ]

    def _lines(self, run: RunState, now_ns: int) -> Iterator[Wish]:
        """Enable, dead-man and zone lines go high around each hazard, and are held while one runs; gauges read calm."""
        lines = run.hazards.lines
        for cue, instant in _coming_hazards(run) if self.hazards_are_ghosts else ():
            gauges = run.hazards.gauges_for(cue)
            for line in (*run.hazards.lines_for(cue), *gauges):
                until_ns, half_ns = lines.until_ns(line) or LONG_AGO_NS, lines.stale_ns(line) // 2
                leaves_ns = instant - lead_ns(run, cue.id)
                if cue.id in run.running and until_ns >= now_ns:
                    ask_ns = until_ns - half_ns
                elif until_ns < max(now_ns, leaves_ns):
                    ask_ns = leaves_ns - half_ns
                else:
                    continue
                calm = SetReading(by=BY, input=line, value=0.0)
                yield ask_ns, calm if line in gauges else SetInput(by=BY, input=line, high=True)


class AutoEngine:
    """An engine with the machine at its keys: the same ``step``, so that a loop need not know.

    Without a machine only the plot is kept, and the keys are a person's.
    """

    def __init__(self, engine: Engine, machine: Machine | None, plot: Plot | None = None) -> None:
        self.engine = engine
        self._machine = machine
        self._at_keys = machine is not None
        self._plot = plot or Passage()
        self.is_over = False
        self.on_over: Callable[[], None] = lambda: None
        self._answered: list[tuple[AtKeys | StartDrill | EndDrill, str | None]] = []
        self.drills = Drills()
        self._wish_ns = 0  # the next instant at which something is to be asked

    def step(self, now_ns: int, wall: datetime, inbox: Sequence[InboxItem]) -> Outbox:
        """One step of the engine, and whatever is to be asked at once."""
        if self._machine is not None:
            inbox = [item for item in inbox if not self._changes_hands(item)]
        if any(asks_for_drill(item) for item in inbox):
            inbox = self._take_drills(now_ns, inbox)
        if self.drills.on is not None:
            inbox = [*self.drills.sift(inbox), *self.drills.due(now_ns)]
        outbox = self.engine.step(now_ns, wall, inbox)
        self.drills.watch(outbox.notices, now_ns)
        if self._answered:
            outbox = self._with_answers(now_ns, outbox)
        if not outbox.notices and now_ns < self._wish_ns and all(isinstance(item, Outcome) for item in inbox):
            return self._waking(outbox)  # nothing has happened that a wish could follow from
        self._plot.saw(self.engine.run, outbox.notices)
        asked: list[InboxItem] = []
        while True:
            wishes = self._wishes(now_ns)
            # What was asked in this step is not asked again, so that a refusal cannot spin.
            due: list[InboxItem] = []
            for at_ns, request in wishes:
                if at_ns <= now_ns and request not in asked and request not in due:
                    due.append(request)
            self.is_over = self._plot.is_over(self.engine.run, now_ns)
            if not due:
                if self.is_over and self.engine.is_settled:
                    self.on_over()
                self._wish_ns = min((at_ns for at_ns, _ in wishes if at_ns > now_ns), default=NEVER_NS)
                return self._waking(outbox)
            asked.extend(due)
            more = self.engine.step(now_ns, wall, due)
            self._plot.saw(self.engine.run, more.notices)
            notices = (*outbox.notices, *more.notices)
            requests = (*outbox.asked, *(each for each in due if isinstance(each, Asked)))
            outbox = Outbox(outbox.dispatches + more.dispatches, notices, more.wake_at_ns, requests)

    def snapshot(self, now_ns: int, wall: datetime) -> Snapshot:
        """The state now, and who is at the keys."""
        machine = None if self._machine is None else self._at_keys
        told = {"machine": machine, "drills": self.drills.states()}
        return self.engine.snapshot(now_ns, wall).model_copy(update=told)

    def _changes_hands(self, item: InboxItem) -> bool:
        """Take or give the keys, where there is a machine to do it; elsewhere the engine refuses."""
        if not isinstance(item, AtKeys):
            return False
        self._at_keys = item.machine
        self._answered.append((item, None))
        return True

    def _take_drills(self, now_ns: int, inbox: Sequence[InboxItem]) -> list[InboxItem]:
        """Begin and end drills; what is left goes to the engine, with what they ask of it."""
        left: list[InboxItem] = []
        for item in inbox:
            if isinstance(item, StartDrill):
                refused, asks = self.drills.start(self.engine, now_ns, item)
                self._answered.append((item, refused))
                left += asks
            elif isinstance(item, EndDrill):
                refused = None if self.drills.on is not None else "no drill is on"
                self._answered.append((item, refused))
                left += self.drills.end(self.engine, now_ns)
            else:
                left.append(item)
        return left

    def _waking(self, outbox: Outbox) -> Outbox:
        bounce_ns = self.drills.wake_ns()
        return _waking(outbox, self._wish_ns if bounce_ns is None else min(self._wish_ns, bounce_ns))

    def _with_answers(self, now_ns: int, outbox: Outbox) -> Outbox:
        answered, self._answered = self._answered, []
        at_ns = self.engine.run.at(now_ns)
        notices = [
            Answered(at_ns=at_ns, request=each.id, name=each.kind, by=each.by, refused=refused)
            for each, refused in answered
        ]
        return replace(outbox, notices=(*outbox.notices, *notices))

    def _wishes(self, now_ns: int) -> list[tuple[int, InboxItem]]:
        run = self.engine.run
        wishes = list(self._plot.wishes(run, self.engine.standbys, now_ns))
        if any(at_ns <= now_ns for at_ns, _ in wishes):
            return wishes  # where to begin comes before whatever would be pressed elsewhere
        if self._plot.exits_vamps:
            wishes += _vamp_exit(run)
        if self._machine is not None and self._at_keys and not self.is_over:
            wishes += self._machine.wishes(run, self.engine.standbys, now_ns)
        return [wish for wish in wishes if not (self.drills.keeps_vamp and isinstance(wish[1], ExitVamp))]


def _waking(outbox: Outbox, wish_ns: int) -> Outbox:
    """The outbox with the machine's next appointment in its wake-up."""
    if wish_ns == NEVER_NS or (outbox.wake_at_ns is not None and outbox.wake_at_ns <= wish_ns):
        return outbox
    return replace(outbox, wake_at_ns=wish_ns)


def _arming(run: RunState, now_ns: int) -> Iterator[Wish]:
    """Every arming role of a high hazard says yes when half of the window is left before it leaves."""
    for cue, instant in _coming_hazards(run):
        given = run.hazards.given(cue, now_ns)
        if cue.hazard == "high" and cue.id not in run.done:
            for role in cue.arm:
                if role not in given:
                    yield instant - s_to_ns((cue.arm_window_s or 30.0) / 2), Arm(by=BY, cue=cue.id, role=role)


def _coming_hazards(run: RunState) -> Iterator[tuple[Cue, int]]:
    """The hazards of the live item that run or have still to run, with their moments; none beyond a vamp."""
    item = run.live_item
    if item is None or run.playhead is None:
        return
    limit_ns = run.folding.limit_ns(run.times(item))
    for cue in live_cues(run, item):
        if cue.hazard == "none" or (cue.id in run.done and cue.id not in run.running):
            continue
        planned_ns = run.schedule.cue_times[cue.id].planned_ns
        instant = run.instant_of_score(planned_ns)
        if instant is not None and (limit_ns is None or planned_ns < limit_ns):
            yield cue, instant


def _vamp_exit(run: RunState) -> Iterator[Wish]:
    """In the last planned pass: at once where the exit is its end, else when the last exit point is the next one."""
    item = run.live_item
    vamp = run.folding.current(run.times(item)) if item is not None else None
    if item is None or vamp is None or vamp.vamp is None or run.playhead is None or run.folding.exit_ns is not None:
        return
    passes_left = vamp.vamp.planned_repeats - run.folding.pass_no
    ask_ns = vamp.start_ns + 1
    tempo = run.times(item).tempo
    if vamp.vamp.exit in ("bar", "quantum") and tempo is not None and vamp.section.bar and vamp.section.bars:
        last_bar = vamp.section.bar + vamp.section.bars
        ask_ns = tempo.bar_to_ns(last_bar - (vamp.vamp.exit_quantum_bars or 1)) + 1
    elif vamp.vamp.exit == "beat":
        ask_ns = vamp.end_ns - 1_000_000
    pass_ns = vamp.end_ns - vamp.start_ns
    instant = run.playhead.instant_of(ask_ns + run.folding.shift_ns + max(0, passes_left) * pass_ns)
    if instant is not None:
        yield instant, ExitVamp(by=BY)


def _press_or_end(run: RunState, standbys: Standbys, now_ns: int) -> Iterator[Wish]:
    """The next called cue of the live item; without one, the start of the loaded item, or the live item's end."""
    item = run.live_item
    if item is not None:
        called = next((cue for cue in live_cues(run, item) if _is_pressed(run, cue)), None)
        if called is not None:
            yield from _press(run, standbys, called, _planned_instant(run, called, now_ns))
            return
        if items.end_run_ns(run, item) is not None or run.folding.current(run.times(item)) is not None:
            return  # it ends by itself
    start = _start_cue(run)
    if start is not None and start.item is not None and start.item == next_item(run):
        yield from _press(run, standbys, start, projected_start_ns(run, start.item, now_ns) or now_ns)
    elif item is not None:
        yield run.started_ns[item] + run.times(item).planned_ns, EndItem(by=BY, item=item)


def _press(run: RunState, standbys: Standbys, cue: Cue, at_ns: int) -> Iterator[Wish]:
    """GO on a cue, with its list's standby put there first, and never inside the guard's gap."""
    earliest_ns = standbys.last_go_ns.get(SHOW_LIST, LONG_AGO_NS) + ms_to_ns(run.show.rules.go_gap_ms)
    ready_ns = at_ns = max(at_ns, earliest_ns)
    in_two = SHOW_LIST in run.show.rules.go_in_two and SHOW_LIST not in standbys.confirmed
    if in_two:  # a press confirms it first, as early as it is called
        ready_ns -= max(s_to_ns(cue.warn_s or 0), 2 * ms_to_ns(run.show.rules.go_gap_ms))
    if standbys.standing.get(SHOW_LIST) != cue.id:
        yield ready_ns, SetStandby(by=BY, cue=cue.id)
    else:
        yield max(ready_ns, earliest_ns), Go(by=BY)


def _planned_instant(run: RunState, cue: Cue, now_ns: int) -> int:
    """When a called cue of the live item is expected; now, where nothing says when."""
    planned_ns = run.schedule.cue_times[cue.id].planned_ns
    if run.playhead is None or planned_ns < -run.times(run.playhead.item).lead_in_ns:
        return now_ns
    instant = run.playhead.instant_of(planned_ns + run.folding.shift_ns)
    return now_ns if instant is None else instant


def _is_pressed(run: RunState, cue: Cue) -> bool:
    """Called cues that are still to come, but for those that a person's hand is on."""
    kept = is_taken(run, cue) or run.hand.passes_over(cue, run.show.department_of(cue)) is not None
    return cue.is_called and cue.id not in run.done and not kept


def _start_cue(run: RunState) -> Cue | None:
    """The called cue that starts the loaded item that comes first; None where none is, or it starts by itself."""
    for item in coming(run):
        if run.lives[item] == "loaded":
            called = [cue for cue in live_cues(run, item) if _is_pressed(run, cue)]
            starting = [cue for cue in called if cue.starts_item]
            return next(iter(starting or called), None)
    return None
