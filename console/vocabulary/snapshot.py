"""The snapshot: the state now. An old one may be dropped."""

from __future__ import annotations

from typing import Literal

from console.vocabulary.chase import ChaseState
from console.vocabulary.drills import DrillState
from console.vocabulary.words import CodeOut, ItemLife, Mode, RunKind, StandingAnswer, Transport, Word


class Playhead(Word):
    """Where the transport stands. A UI moves it on by ``rate`` between snapshots while rolling."""

    state: Transport
    item: str | None
    position_ns: int
    rate: float = 1.0
    timecode: str = ""
    timecode_source: str = "internal"
    bar: int | None = None
    beat: int | None = None
    section: str | None = None
    vamp_pass: int | None = None
    vamp_exit_asked: bool = False
    vamp_exit_ns: int | None = None  # the position where it is left, once its exit is asked
    vamp_exit_by_ns: int | None = None  # the last position from which this pass can be the last without a late cue


class Upcoming(Word):
    """One of the next things that will run: a called cue (no ``in_ns`` where nobody knows) or an auto one."""

    cue: str
    called: bool
    in_ns: int | None = None


class RunningCue(Word):
    """A cue with waits, fades or lengths still going."""

    cue: str
    started_ns: int
    ends_ns: int | None
    waiting: bool = False


class ItemState(Word):
    """An item's life and its projected place in the run, in nanoseconds since the run began."""

    item: str
    life: ItemLife
    start_ns: int | None = None  # actual where it has started, projected otherwise
    end_ns: int | None = None
    fits: bool | None = None  # it ends before the curfew, if all before it goes as planned; None: there is none


class Unready(Word):
    """An item that is near and not all of whose devices have answered lately. It says so; it holds nobody up.

    ``devices`` have not, or are switched off; ``untold`` have no way to say.
    """

    item: str
    devices: tuple[str, ...]
    untold: tuple[str, ...] = ()


class ArmState(Word):
    """What one hazard cue still waits for."""

    cue: str
    given: tuple[str, ...]
    missing: tuple[str, ...]
    expires_ns: int | None = None
    by: tuple[str, ...] = ()  # who spoke for each of the given roles


class LineState(Word):
    """A line that hazards look at. ``lapses_ns``: when it goes stale; None where it is low."""

    line: str
    kind: Literal["enable", "dead_man", "zone_clear", "gauge"]
    guards: tuple[str, ...]  # roles; of a zone, its name
    high: bool  # of a gauge: it reads, and blocks nothing
    by_hand: bool  # may be set from a window now
    stale_ns: int
    lapses_ns: int | None = None
    by: str = ""
    words: str = ""  # of a gauge: what it reads


class DeviceState(Word):
    """One lamp: a device by its role, or a port of the console's own (timecode out, a MIDI input), which has none."""

    device: str
    role: str
    duty: str
    mode: Mode
    severity: str
    words: str
    heard_ns: int | None = None
    sent: int = 0
    drifts: int = 0  # parameters that stand, by its own word, elsewhere than our sends should have put them
    active: bool = True  # on show for its role


class AskState(Word):
    """A parameter that the last jump did not send by itself: somebody has to say."""

    department: str
    role: str
    cue: str
    command: str


class StretchState(Word):
    """The stretch that repeats."""

    item: str
    from_ns: int
    to_ns: int
    triggers: bool = False
    pass_no: int = 1
    inside: bool = False  # the playhead will come to its end


class RehearsalState(Word):
    """What a rehearsal has beside a performance."""

    speed: float = 1.0
    scale_fades: bool = False
    code_out: CodeOut = "follow"
    stretch: StretchState | None = None
    count_in_ns: int | None = None  # score to go until the place it counts in to


class InHand(Word):
    """Something a hand is on: ``target`` is a department (None: the whole show), a device, a list or a cue."""

    target: str | None
    by: str
    since_ns: int


class Snapshot(Word):
    """Everything a screen needs at 30–60 Hz, and nothing it can derive from the show."""

    now_ns: int
    wall: str  # ISO 8601 local time of the venue
    run: str
    run_kind: RunKind
    revision: int
    saved_revision: int = 0  # the show as its file has it
    show_file: str = ""  # its file; empty for one that ships, which is not saved over
    playhead: Playhead
    standbys: dict[str, str | None]
    upcoming: tuple[Upcoming, ...]
    running: tuple[RunningCue, ...]
    items: tuple[ItemState, ...]
    next_item: str | None = None  # what goes live after what is live
    next_by_hand: bool = False  # an operator has put it there; else it is the running order
    done: tuple[str, ...]
    armed: tuple[ArmState, ...]
    devices: tuple[DeviceState, ...]
    panic: bool
    learning: bool = False  # the next message from outside will be shown
    go_armed: bool
    over_under_ns: int | None = None  # projected end − hard out; positive is over
    machine: bool | None = None  # the machine presses called cues; None: none stands by, only people press
    confirmed: tuple[str, ...] = ()  # lists whose standby a first press has confirmed
    lines: tuple[LineState, ...] = ()
    spent: tuple[str, ...] = ()  # once-per-show cues that are used
    outputs_held: bool = False
    resume_list: tuple[str, ...] | None = None  # a show stop stands: what is to be put right; None: none does
    chase: ChaseState | None = None  # None: no timecode comes in here
    choices: dict[str, str] = {}  # each choice the show declares, and its value now
    asks: tuple[AskState, ...] = ()
    ask_answers: dict[str, StandingAnswer] = {}  # by department; none: its operator is asked
    put_right: dict[str, int] = {}  # by department: parameters that stand elsewhere than wanted and may be sent again
    taken: tuple[InHand, ...] = ()
    bypassed: tuple[InHand, ...] = ()
    faults: dict[str, tuple[str, ...]] = {}  # by device: what a rehearsal plays on its ghost, in words
    stood_down: tuple[InHand, ...] = ()
    to_skip: tuple[InHand, ...] = ()
    rehearsal: RehearsalState | None = None  # None: a performance
    drills: tuple[DrillState, ...] = ()  # the one that is on, or was last, first
    unready: tuple[Unready, ...] = ()  # of the items that are live or near: who has not answered lately
