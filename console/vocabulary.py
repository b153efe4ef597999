"""The words the engine, the link, the window and scripts share: frozen values that travel as JSON.

A :class:`Request` is answered *done* or *refused* with the reason. A :class:`Notice` is a fact, in order; a
:class:`Snapshot` is the state now, and an old one may be dropped. Instants are engine nanoseconds since the run
began (show clock), so that a recording means the same tomorrow.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

RunKind = Literal["performance", "dress", "rehearsal"]
Transport = Literal["stopped", "rolling", "held", "locating"]
ItemLife = Literal["planned", "loaded", "live", "ended"]
Mode = Literal["live", "ghost", "off"]
Ghosts = tuple[str, ...] | Literal["all"]
"""The roles whose devices are simulated."""


class Word(BaseModel):
    """Base of everything that travels."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# -- requests: operator, remote or machine to engine ------------------------------------------------------------------


class Asked(Word):
    """What every request carries: an id the answer quotes, and who asked."""

    id: int = 0
    by: str = "operator"


class Go(Asked):
    """Run the standby of a list and move on to its next called cue. ``list``: ``show``, ``dept:LX``, a free list."""

    kind: Literal["go"] = "go"
    list: str = "show"


class GoKeyUp(Asked):
    """The GO key came up: GO re-arms."""

    kind: Literal["go_key_up"] = "go_key_up"


class Fire(Asked):
    """Run one cue at once, out of order; standbys stay."""

    kind: Literal["fire"] = "fire"
    cue: str


class SetStandby(Asked):
    """Put a cue in standby. Never sends."""

    kind: Literal["set_standby"] = "set_standby"
    list: str = "show"
    cue: str


class MoveStandby(Asked):
    """Standby to the next or previous called cue. Never sends."""

    kind: Literal["move_standby"] = "move_standby"
    list: str = "show"
    by_rows: int = 1


class Back(Asked):
    """Standby returns to the last cue run; sends nothing."""

    kind: Literal["back"] = "back"
    list: str = "show"


class Load(Asked):
    """Load an item now: its load cues fire. Once per run."""

    kind: Literal["load"] = "load"
    item: str


class StartItem(Asked):
    """An item goes live now, with its first click at once: for items without cues, and for a jump by hand."""

    kind: Literal["start_item"] = "start_item"
    item: str


class EndItem(Asked):
    """The live item ends now; the next ones load."""

    kind: Literal["end_item"] = "end_item"
    item: str


class Locate(Asked):
    """Move the playhead: differences of state are sent by the chase rules, triggers never."""

    kind: Literal["locate"] = "locate"
    item: str
    position_ns: int
    roll: bool | None = None  # None: as it was


class Roll(Asked):
    """The playhead moves on from where it stands; also lifts a hold."""

    kind: Literal["roll"] = "roll"


class Hold(Asked):
    """Freeze positions and pressed waits; what runs in devices runs on."""

    kind: Literal["hold"] = "hold"


class Stop(Asked):
    """Transport stops, pending waits of the item end, devices keep their state."""

    kind: Literal["stop"] = "stop"


class AllStop(Asked):
    """Also everything pending anywhere; fades freeze; standby stays."""

    kind: Literal["all_stop"] = "all_stop"


class Panic(Asked):
    """All stop and the venue's safe list; again within a second: the hard list. GO is refused until released."""

    kind: Literal["panic"] = "panic"


class ReleasePanic(Asked):
    """GO works again."""

    kind: Literal["release_panic"] = "release_panic"


class ShowStop(Asked):
    """House light up, PA mute, screen message. Two steps: ``confirm`` within ten seconds of the first."""

    kind: Literal["show_stop"] = "show_stop"
    confirm: bool = False


class ExitVamp(Asked):
    """Leave the vamp at the end of this pass."""

    kind: Literal["exit_vamp"] = "exit_vamp"


class SetChoice(Asked):
    """Take a decision the show declares."""

    kind: Literal["set_choice"] = "set_choice"
    choice: str
    value: str


class Arm(Asked):
    """One of the arming roles of a hazard cue says yes; good for the cue's window."""

    kind: Literal["arm"] = "arm"
    cue: str
    role: str


class SetInput(Asked):
    """An enable line, dead-man or zone-clear input changes, by hand or by the machine where every hazard is a ghost."""

    kind: Literal["set_input"] = "set_input"
    input: str
    high: bool


class AnswerLate(Asked):
    """Answer to a cue whose late policy is *ask*."""

    kind: Literal["answer_late"] = "answer_late"
    cue: str
    fire: bool


class SetOutput(Asked):
    """Live, ghost or off for one device."""

    kind: Literal["set_output"] = "set_output"
    device: str
    mode: Mode


class AtKeys(Asked):
    """Who presses called cues: the machine, or people alone."""

    kind: Literal["at_keys"] = "at_keys"
    machine: bool


class Send(Asked):
    """One command for line check: a verb to a role, now."""

    kind: Literal["send"] = "send"
    role: str
    verb: str
    args: dict[str, bool | int | float | str] = {}


Request = Annotated[
    Go
    | GoKeyUp
    | Fire
    | SetStandby
    | MoveStandby
    | Back
    | Load
    | StartItem
    | EndItem
    | Locate
    | Roll
    | Hold
    | Stop
    | AllStop
    | Panic
    | ReleasePanic
    | ShowStop
    | ExitVamp
    | SetChoice
    | Arm
    | SetInput
    | AnswerLate
    | SetOutput
    | AtKeys
    | Send,
    Field(discriminator="kind"),
]


# -- notices: facts from the engine, in order -------------------------------------------------------------------------


class Fact(Word):
    """What every notice carries: when, in nanoseconds since the run began."""

    at_ns: int


class Answered(Fact):
    """A request was done, or refused with the reason."""

    kind: Literal["answered"] = "answered"
    request: int
    name: str
    by: str
    refused: str | None = None


class TransportChanged(Fact):
    """The transport is in another state."""

    kind: Literal["transport"] = "transport"
    state: Transport
    item: str | None
    position_ns: int
    words: str = ""


class ItemChanged(Fact):
    """An item moved on in its life."""

    kind: Literal["item"] = "item"
    item: str
    life: ItemLife
    by: str


class StandbyMoved(Fact):
    """A list's standby is another cue, or none."""

    kind: Literal["standby"] = "standby"
    list: str
    cue: str | None


class CueChanged(Fact):
    """A cue started, finished, was skipped or failed; ``words`` say why."""

    kind: Literal["cue"] = "cue"
    cue: str
    item: str | None
    life: Literal["waiting", "running", "done", "skipped", "inhibited", "failed"]
    by: str
    words: str = ""


class LedgerRow(Fact):
    """One line of the as-run: a command and what became of it, or a cue that sent nothing.

    Seconds are show-clock seconds since the run began. ``late_us`` is sent − due. Streams (fade steps, quarter
    frames, keep-alives) have a row at their start and end with ``count`` on the last.
    """

    kind: Literal["ledger"] = "ledger"
    seq: int
    item: str | None
    cue: str | None
    role: str | None
    device: str | None
    command: str
    cue_s: float
    due_s: float
    sent_s: float | None
    late_us: int | None
    outcome: str
    by: str
    trigger: str
    count: int = 1


class HealthChanged(Fact):
    """A device is better or worse."""

    kind: Literal["health"] = "health"
    device: str
    severity: Literal["good", "minor", "major", "bad", "fatal", "unknown"]
    words: str
    heard_ns: int | None = None


class Said(Fact):
    """Something an operator should read once: a warning, a remedy."""

    kind: Literal["said"] = "said"
    severity: Literal["note", "warning", "error"]
    words: str


Notice = Annotated[
    Answered | TransportChanged | ItemChanged | StandbyMoved | CueChanged | LedgerRow | HealthChanged | Said,
    Field(discriminator="kind"),
]


# -- the snapshot: the state now --------------------------------------------------------------------------------------


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


class ArmState(Word):
    """What one hazard cue still waits for."""

    cue: str
    given: tuple[str, ...]
    missing: tuple[str, ...]
    expires_ns: int | None = None


class DeviceState(Word):
    """One lamp."""

    device: str
    role: str
    duty: str
    mode: Mode
    severity: str
    words: str
    heard_ns: int | None = None
    sent: int = 0


class Snapshot(Word):
    """Everything a screen needs at 30–60 Hz, and nothing it can derive from the show."""

    now_ns: int
    wall: str  # ISO 8601 local time of the venue
    run: str
    run_kind: RunKind
    revision: int
    playhead: Playhead
    standbys: dict[str, str | None]
    upcoming: tuple[Upcoming, ...]
    running: tuple[RunningCue, ...]
    items: tuple[ItemState, ...]
    done: tuple[str, ...]
    armed: tuple[ArmState, ...]
    devices: tuple[DeviceState, ...]
    panic: bool
    go_armed: bool
    over_under_ns: int | None = None  # projected end − hard out; positive is over
    machine: bool | None = None  # the machine presses called cues; None: none stands by, only people press
    choices: dict[str, str] = {}  # each choice the show declares, and its value now
