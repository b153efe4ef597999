"""Notices: facts from the engine, in order."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from console.vocabulary.faults import PlayedFault
from console.vocabulary.line_check import LearnedLatencies, LineTicked
from console.vocabulary.preflight import PreflightMoved, PreflightReport, WentOn
from console.vocabulary.takes import TakeCard, TakeSheet
from console.vocabulary.words import Fact, ItemLife, Mode, Transport


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


class StandbyConfirmed(Fact):
    """A first press has confirmed a list's standby: it is called, and the next press runs it."""

    kind: Literal["standby_confirmed"] = "standby_confirmed"
    list: str
    cue: str
    by: str


class LineMoved(Fact):
    """A line that hazards look at moved, or a gauge reads something else. ``value`` None: low, no reading."""

    kind: Literal["line"] = "line"
    input: str
    value: float | None
    by: str
    words: str = ""


class ActiveChanged(Fact):
    """Another device of a role is on show."""

    kind: Literal["active"] = "active"
    role: str
    device: str
    by: str


class OutputSwitched(Fact):
    """A device's bytes go somewhere else from here on: to it, to a ghost of it, nowhere."""

    kind: Literal["output_switched"] = "output_switched"
    device: str
    mode: Mode
    by: str


class FaultsPlayed(Fact):
    """These faults are played on the ghost of a device from here on, and no others."""

    kind: Literal["faults_played"] = "faults_played"
    device: str
    faults: tuple[PlayedFault, ...]
    by: str


class OutputsHeld(Fact):
    """Outputs are held, or were released."""

    kind: Literal["outputs_held"] = "outputs_held"
    held: bool


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
    confirmed: str = ""  # "unconfirmable" at once; else a ``Confirmed`` says it later
    answered_s: float | None = None  # when the device's word came that made it so


class Confirmed(Fact):
    """What a device's own words make of a command; ``seq`` is that of its row.

    *contradicted*: the device stands elsewhere. *unconfirmed*: it could have spoken, and did not in its time.
    """

    kind: Literal["confirmed"] = "confirmed"
    seq: int
    item: str | None
    cue: str | None
    role: str
    device: str
    result: Literal["confirmed", "contradicted", "unconfirmed"]
    words: str = ""


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


class Heard(Fact):
    """A message from outside, as it was asked for by ``Learn``: what a trigger of the house would name."""

    kind: Literal["heard"] = "heard"
    source: str
    by_way: str  # osc, midi, msc
    address: str
    args: tuple[bool | int | float | str, ...] = ()


class Pressed(Fact):
    """A press has run a cue. ``list`` is empty where it was fired out of order; ``position_ns`` is the score's,

    None where nothing moves.
    """

    kind: Literal["pressed"] = "pressed"
    cue: str
    item: str | None
    position_ns: int | None
    list: str
    by: str
    input: str = ""


class CameIn(Fact):
    """A message from outside that means something in this run; ``at_ns`` is when it was received."""

    kind: Literal["came_in"] = "came_in"
    source: str
    by_way: str
    address: str
    args: tuple[bool | int | float | str, ...] = ()


class CodeCame(Fact):
    """Outside timecode stood there. Told again where it leaves the straight line from the last telling, or a second on.

    ``code_ns`` and ``motion`` as in ``devices.contract.CodeReading``; ``at_ns`` is when it was received.
    """

    kind: Literal["code_came"] = "code_came"
    source: str
    code_ns: int | None
    motion: Literal["forward", "reverse", "located"]
    good_frames: int = 0


class Marked(Fact):
    """Somebody noted what was happening. ``bar`` 0: the item has no bars there."""

    kind: Literal["marked"] = "marked"
    item: str | None
    position_ns: int
    bar: int
    beat: int
    tick: int
    timecode: str
    by: str
    department: str
    words: str


class TakesListed(Fact):
    """The takes that are kept of the show that is open, the newest first; ``words`` name those that cannot be read."""

    kind: Literal["takes"] = "takes"
    takes: tuple[TakeCard, ...]
    words: str = ""


class TakeRead(Fact):
    """What there is of a take; None and ``words`` where it cannot be read."""

    kind: Literal["take"] = "take"
    take: str
    sheet: TakeSheet | None
    words: str = ""


Notice = Annotated[
    Answered
    | TransportChanged
    | ItemChanged
    | StandbyMoved
    | StandbyConfirmed
    | Pressed
    | CameIn
    | CodeCame
    | Marked
    | TakesListed
    | TakeRead
    | LineMoved
    | ActiveChanged
    | OutputSwitched
    | FaultsPlayed
    | OutputsHeld
    | CueChanged
    | LedgerRow
    | Confirmed
    | HealthChanged
    | Said
    | Heard
    | LineTicked
    | LearnedLatencies
    | PreflightMoved
    | PreflightReport
    | WentOn,
    Field(discriminator="kind"),
]
