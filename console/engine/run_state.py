"""Everything that changes while a show runs, in one place. The modules beside it decide; only they write here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final

from console.engine.arming import ArmedCue, ArmedSend
from console.engine.desired import Desired
from console.engine.fades import Fade
from console.engine.hazards import Hazards
from console.engine.outbox import Tray
from console.engine.playhead import Playhead
from console.engine.scheduler import Scheduler
from console.engine.track import Track
from console.engine.vamps import Folding
from console.plan.item_times import ItemTimes
from console.plan.patch import Patch
from console.plan.schedule import Schedule
from console.show.show import Show
from console.vocabulary import ItemLife, RunKind, Said, Transport
from devices.contract import Command, Encoder, Packet

# Ranks of what is due at the same instant: the score folds first, then cues start, then bytes leave, then things end.
FOLD: Final = 0
START: Final = 1
SEND: Final = 2
STEP: Final = 3
END: Final = 4


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something runs. Nothing it causes may be due before ``at_ns``: a press has no notice."""

    by: str
    trigger: str
    at_ns: int


@dataclass(frozen=True, slots=True)
class StartCue:
    """A cue has to be started; ``moment_ns`` is when its action is meant to be seen."""

    cue: str
    moment_ns: int
    cause: Cause


@dataclass(frozen=True, slots=True)
class SendNow:
    """A send whose bytes are due. ``entry_ns``: due before any hold moved it."""

    send: ArmedSend
    moment_ns: int
    cause: Cause


@dataclass(frozen=True, slots=True)
class FadeStep:
    """The next step of a fade that is running."""

    key: tuple[str, ...]
    fade: Fade


@dataclass(frozen=True, slots=True)
class LatePacket:
    """A packet of a command that follows its first one (a release after a press)."""

    command: Command
    packet: Packet


@dataclass(frozen=True, slots=True)
class CueEnds:
    """A running cue's waits, fades and lengths are over."""

    cue: str


Due = StartCue | SendNow | FadeStep | LatePacket | CueEnds


def shifted(what: Due, by_ns: int) -> Due:
    """The same, later: a hold moves the moments of all that waits."""
    match what:
        case StartCue() | SendNow():
            return replace(what, moment_ns=what.moment_ns + by_ns)
        case FadeStep(fade=fade):
            moved = replace(fade, start_ns=fade.start_ns + by_ns, cue_ns=fade.cue_ns + by_ns)
            return replace(what, fade=moved)
    return what


@dataclass(frozen=True, slots=True)
class Running:
    """A cue that has started and is not over."""

    cue: str
    item: str | None
    started_ns: int
    moment_ns: int
    ends_ns: int


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
    armed: dict[str, ArmedCue] = field(default_factory=dict)
    waiting: Scheduler[Due] = field(default_factory=Scheduler)
    desired: Desired = field(default_factory=Desired)
    fades: dict[tuple[str, ...], Fade] = field(default_factory=dict)  # (device, *key) -> fade
    transport: Transport = "stopped"
    playhead: Playhead | None = None
    folding: Folding = field(default_factory=Folding)
    track: Track | None = None
    rate: Fraction = Fraction(1)
    lives: dict[str, ItemLife] = field(default_factory=dict)
    started_ns: dict[str, int] = field(default_factory=dict)
    ended_ns: dict[str, int] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    spent: set[str] = field(default_factory=set)  # once-per-show cues that have been used
    recorded: set[str] = field(default_factory=set)  # cues with at least one as-run row in this pass
    running: dict[str, Running] = field(default_factory=dict)
    asked_late: dict[str, SendNow] = field(default_factory=dict)
    panic: bool = False
    seq: int = 0
    revision: int = 0
    over: bool = False

    @property
    def live_item(self) -> str | None:
        """The item the playhead is in, if it is live."""
        if self.playhead is not None and self.lives.get(self.playhead.item) == "live":
            return self.playhead.item
        return None

    def times(self, item: str) -> ItemTimes:
        """The item's timeline."""
        return self.schedule.items[item]

    def position_at(self, now_ns: int) -> int:
        """Score position of the playhead; 0 where there is none."""
        if self.playhead is None:
            return 0
        return self.folding.score_at(self.times(self.playhead.item), self.playhead.run_at(now_ns))

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


def say(run: RunState, tray: Tray, now_ns: int, words: str, severity: str = "note") -> None:
    """Tell the operator something once."""
    tray.notices.append(Said(at_ns=run.at(now_ns), severity=severity, words=words))  # type: ignore[arg-type]
