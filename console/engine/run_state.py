"""Everything that changes while a show runs, in one place. The modules beside it decide; only they write here."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal, NamedTuple

from console.engine.arming import ArmedCue, ArmedSend, ParameterKey, at_speed
from console.engine.asks import Asks
from console.engine.desired import Desired
from console.engine.expected import Expected
from console.engine.fades import Fade, FadeKey
from console.engine.hand import Hand
from console.engine.hazards import Hazards
from console.engine.outbox import Tray
from console.engine.playhead import Playhead
from console.engine.rehearsal import Rehearsal, slowed
from console.engine.reported import Reported
from console.engine.scheduler import Entry, Scheduler
from console.engine.track import Track
from console.engine.vamps import Folding
from console.plan.item_times import ItemTimes
from console.plan.patch import Patch
from console.plan.resolver import StateIndex
from console.plan.schedule import Schedule
from console.show.cues import Cue
from console.show.show import Show
from console.vocabulary import ItemLife, RunKind, Said, Transport
from devices.contract import Command, Encoder, Packet
from profiles.venue_profile import Duty

# Ranks of what is due at the same instant: a stretch that is rehearsed begins again, the score folds, then cues start,
# then bytes leave, then things end; last of all silence of timecode means something.
REPEAT: Final = -1
FOLD: Final = 0
START: Final = 1
SEND: Final = 2
STEP: Final = 3
END: Final = 4
SILENCE: Final = 5

Severity = Literal["note", "warning", "error"]


Origin = Literal["press", "score", "loop", "repeat", "load", "ahead", "safe"]
"""Where a cause comes from: a press or message, which has no notice; a place in the score, in a later pass of a vamp
too, and in a repeat of a stretch that is rehearsed; an item's load; the projected start of an item that is still to be
called; panic and show stop, which pass whatever is held."""

IN_SCORE: Final[frozenset[Origin]] = frozenset(("score", "loop", "repeat"))
PASSES: Final[frozenset[Origin]] = frozenset(("loop", "repeat"))


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something runs. Nothing it causes may be due before ``at_ns``: a press has no notice."""

    by: str
    trigger: str
    at_ns: int
    origin: Origin = "press"


@dataclass(frozen=True, slots=True)
class StartCue:
    """A cue has to be started; ``moment_ns`` is when its action is meant to be seen."""

    cue: str
    moment_ns: int
    cause: Cause


@dataclass(frozen=True, slots=True)
class SendNow:
    """A send whose bytes are due. ``moment_ns`` is its cue's. ``on_paper``: of a cue kept back, tracked only."""

    send: ArmedSend
    moment_ns: int
    cause: Cause
    on_paper: bool = False


@dataclass(frozen=True, slots=True)
class FadeStep:
    """A step of a fade that is running; what was displaced meanwhile has another number."""

    key: FadeKey
    fade_no: int
    step_no: int


@dataclass(frozen=True, slots=True)
class LatePacket:
    """A packet of a command that follows its first one (a release after a press)."""

    command: Command
    packet: Packet


@dataclass(frozen=True, slots=True)
class CueEnds:
    """The waits, fades and lengths of a cue that began at ``started_ns`` are over."""

    cue: str
    started_ns: int


Due = StartCue | SendNow | LatePacket | CueEnds


def shifted(what: Due, by_ns: int) -> Due:
    """The same, later: a hold moves the moments of all that waits."""
    if isinstance(what, StartCue | SendNow):
        return replace(what, moment_ns=what.moment_ns + by_ns)
    return what


def cause_of(entry: Entry[Due]) -> Cause | None:
    """Why something that waits will run; None for what only ends or goes on."""
    return entry.what.cause if isinstance(entry.what, StartCue | SendNow) else None


@dataclass(frozen=True, slots=True)
class Running:
    """A cue that has started and is not over."""

    cue: str
    item: str | None
    started_ns: int
    moment_ns: int
    ends_ns: int


class DoneMarks:
    """The cues that are done, as a set that can be listed often and changes seldom."""

    def __init__(self) -> None:
        self._sorted: list[str] = []
        self._marked: set[str] = set()
        self._listed: tuple[str, ...] | None = ()

    def __contains__(self, cue: object) -> bool:
        return cue in self._marked

    def __len__(self) -> int:
        return len(self._marked)

    def add(self, cue: str) -> None:
        """Mark a cue done."""
        if cue not in self._marked:
            self._marked.add(cue)
            insort(self._sorted, cue)
            self._listed = None

    def discard(self, cue: str) -> None:
        """Take a mark away."""
        if cue in self._marked:
            self._marked.remove(cue)
            del self._sorted[bisect_left(self._sorted, cue)]
            self._listed = None

    def listed(self) -> tuple[str, ...]:
        """All of them, sorted."""
        if self._listed is None:
            self._listed = tuple(self._sorted)
        return self._listed


class Active(NamedTuple):
    """The device of a role that is on show."""

    device: str
    duty: Duty


@dataclass
class HeldBack:
    """What outputs that are held would have sent: of each device's parameter the last, and streams told of."""

    sends: dict[tuple[str, ParameterKey], ArmedSend] = field(default_factory=dict)
    streams: set[str] = field(default_factory=set)


@dataclass
class RunState:
    """One run of one show in one house."""

    show: Show
    schedule: Schedule
    patch: Patch
    encoder: Encoder
    run_id: str
    run_kind: RunKind
    zero_ns: int
    choices: dict[str, str]
    hazards: Hazards
    index: StateIndex
    armed: dict[str, ArmedCue] = field(default_factory=dict)
    children: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of each group, by number
    hazard_cues: tuple[Cue, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)  # of every cue in the show list
    leads: dict[str, int] = field(default_factory=dict)  # what ``chains.lead_ns`` has reckoned
    waiting: Scheduler[Due] = field(default_factory=Scheduler)
    steps: Scheduler[FadeStep] = field(default_factory=Scheduler)  # of fades; everything else goes first
    desired: Desired = field(default_factory=Desired)
    expected: Expected = field(default_factory=Expected)
    reported: Reported = field(default_factory=Reported)
    asks: Asks = field(default_factory=Asks)
    fades: dict[FadeKey, Fade] = field(default_factory=dict)  # those that leave
    paper: dict[FadeKey, Fade] = field(default_factory=dict)  # those that are tracked only
    hand: Hand = field(default_factory=Hand)
    transport: Transport = "stopped"
    playhead: Playhead | None = None
    rolls_since_ns: int = 0  # when the playhead was last put somewhere or set rolling
    folding: Folding = field(default_factory=Folding)
    rehearsal: Rehearsal = field(default_factory=Rehearsal)
    track: Track | None = None
    lives: dict[str, ItemLife] = field(default_factory=dict)
    ahead: dict[str, tuple[str, ...]] = field(default_factory=dict)  # loaded item -> cues that count back from it
    wall: datetime | None = None  # the time of day of the step that is going on
    curfew_asked: dict[str, int] = field(default_factory=dict)  # item that does not fit -> when that was said
    next_up: str | None = None  # the item that was put next; what it says when: ``running_order``
    set_up: str | None = None  # the item that was loaded, or live, last
    again: str | None = None  # an item that was loaded before and is next now: ``putting_next``
    started_ns: dict[str, int] = field(default_factory=dict)
    ended_ns: dict[str, int] = field(default_factory=dict)
    done: DoneMarks = field(default_factory=DoneMarks)
    passes: dict[str, int] = field(default_factory=dict)  # cue of every pass -> the last pass it is done for
    spent: set[str] = field(default_factory=set)  # once-per-show cues that have been used
    recorded: set[str] = field(default_factory=set)  # cues with an as-run row since their item last began
    running: dict[str, Running] = field(default_factory=dict)
    asked_late: dict[str, list[SendNow]] = field(default_factory=dict)
    panic: bool = False
    show_stopped: tuple[str, ...] | None = None  # what is to be put right after a show stop; None: none is called
    held: HeldBack | None = None  # outputs are held: what would have left, tracked
    active: dict[str, Active] = field(default_factory=dict)  # role -> the device on show, where that is not the main
    learns_until_ns: int | None = None  # until then the next message from outside is shown
    seq: int = 0
    fade_no: int = 0
    revision: int = 0
    saved_revision: int = 0
    show_file: str = ""  # empty: a shipped show, which is not saved over
    over: bool = False
    is_replay: bool = False  # a take is played again: no hazard leaves

    @property
    def live_item(self) -> str | None:
        """The item the playhead is in, if it is live."""
        if self.playhead is not None and self.lives.get(self.playhead.item) == "live":
            return self.playhead.item
        return None

    def speaks(self, send: ArmedSend) -> bool:
        """True where a send's device is one that its role speaks to now."""
        active = self.active.get(send.role)
        if active is None or active.duty is not Duty.STANDBY:
            return send.duty is not Duty.STANDBY
        return send.device == active.device or send.duty is Duty.PARALLEL

    def sends_of(self, cue: str) -> tuple[ArmedSend, ...]:
        """What a cue sends to the devices its role speaks to now, the one on show first."""
        armed = self.armed[cue]
        sends = armed.sends
        if self.active:
            speaking = [send for send in (*sends, *armed.standby) if self.speaks(send)]
            sends = tuple(sorted(speaking, key=lambda send: not self._is_on_show(send)))
        own_speed = self.rehearsal.own_speed
        return sends if own_speed == 1 else tuple(at_speed(send, own_speed, self.encoder) for send in sends)

    def _is_on_show(self, send: ArmedSend) -> bool:
        active = self.active.get(send.role)
        return send.duty is Duty.MAIN if active is None else send.device == active.device

    def times(self, item: str) -> ItemTimes:
        """The item's timeline."""
        return self.schedule.items[item]

    def position_at(self, now_ns: int) -> int:
        """Score position of the playhead; 0 where there is none."""
        return 0 if self.playhead is None else self.folding.score_at(self.playhead.run_at(now_ns))

    def instant_of_score(self, position_ns: int) -> int | None:
        """When the playhead will stand at a score position of this pass; None while it does not move."""
        return None if self.playhead is None else self.playhead.instant_of(position_ns + self.folding.shift_ns)

    def slowed(self, score_ns: int) -> int:
        """How long so much score takes at the speed of this rehearsal."""
        return slowed(score_ns, self.rehearsal.speed)

    def at(self, now_ns: int) -> int:
        """An instant as nanoseconds since the run began, as notices carry it."""
        return now_ns - self.zero_ns

    def next_seq(self) -> int:
        """The number of the next command or row."""
        self.seq += 1
        return self.seq

    def item_of(self, cue: str) -> str | None:
        """The item a cue belongs to."""
        found = self.show.cue_by_id.get(cue)
        return found.item if found is not None else None

    def wait(self, due_ns: int, rank: int, cue: str, what: Due) -> None:
        """Put something of a cue off until it is due; at one instant cues go in show-list order."""
        self.waiting.push(due_ns, rank, cue, self.item_of(cue), what, self.places.get(cue, 0))


def say(run: RunState, tray: Tray, now_ns: int, words: str, severity: Severity = "note") -> None:
    """Tell the operator something once."""
    tray.notices.append(Said(at_ns=run.at(now_ns), severity=severity, words=words))
