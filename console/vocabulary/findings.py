"""Findings: what an inquiry is answered with."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from console.vocabulary.values import Values
from console.vocabulary.words import Mode, Word


class PacketText(Word):
    """One packet as people read it. ``hex`` is what leaves, framing included; ``words`` what it says."""

    transport: str
    port: int | None
    framing: str
    delay_ms: float  # after the first one's due
    hex: str
    words: str


class ExplainedSend(Word):
    """One step of a cue at one device. ``due_s``: when bytes leave, seconds from the cue's own moment.

    ``against``: what would keep it back if the cue were pressed now; empty where it would leave.
    """

    cue: str
    number: str
    step: int
    role: str
    device: str
    duty: str
    mode: Mode
    asked_verb: str  # as the show says it
    asked: Values
    verb: str  # as this house is told it
    args: Values
    due_s: float
    latency_ms: float
    trim_ms: float
    advance_ms: float
    fade: str
    packets: tuple[PacketText, ...]
    against: tuple[str, ...] = ()


class ExplainedCue(Word):
    """A cue with all it would send here. ``words``: what this house leaves out or does otherwise.

    ``against``: what keeps the whole cue from running now.
    """

    kind: Literal["explained_cue"] = "explained_cue"
    cue: str
    number: str
    label: str
    sends: tuple[ExplainedSend, ...]
    words: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


class CommandBytes(Word):
    """What left, or was about to, for one ledger row."""

    kind: Literal["command_bytes"] = "command_bytes"
    seq: int
    packets: tuple[PacketText, ...]


class AnswerTime(Word):
    """One answer of a device: when it came, and how long after what it answers."""

    device: str
    at_ns: int
    took_ns: int


class AnswerTimes(Word):
    """Answers since the last look, oldest first for each device."""

    kind: Literal["answer_times"] = "answer_times"
    times: tuple[AnswerTime, ...]


class FaultText(Word):
    """A problem of a profile: where, what, and what to do."""

    severity: Literal["error", "warning", "note"]
    where: str
    message: str
    remedy: str


class ProfileCard(Word):
    """One line of the library. Of one that cannot be used only ``id``, ``shipped``, ``file`` and faults are known."""

    id: str
    shipped: bool
    file: str
    vendor: str = ""
    product: str = ""
    department: str = ""
    tier: str = ""
    grade: str = ""
    transports: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    summary: str = ""
    faults: tuple[FaultText, ...] = ()


class ProfileList(Word):
    """The library. ``folder`` is where one's own profiles are looked for."""

    kind: Literal["profile_list"] = "profile_list"
    folder: str
    cards: tuple[ProfileCard, ...]


class ArgCard(Word):
    """One argument as it is asked for; ``law``: how it becomes a value on the wire, if not as it is."""

    name: str
    type: Literal["int", "float", "text", "flag"]
    unit: str = ""
    required: bool = True
    default: str = ""
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    wanted: str = ""
    law: str = ""
    note: str = ""


class AbilityCard(Word):
    """One verb or command of a device. ``confirms``: how its own word for it comes; empty where it has none."""

    name: str
    is_verb: bool
    keeps_value: bool
    chase: str
    args: tuple[ArgCard, ...]
    fades: str = ""
    latency_ms: float = 0.0
    confirms: str = ""
    note: str = ""
    example: dict[str, str] = {}  # arguments and settings that are known to be well


class ProfilePage(Word):
    """All that a profile says."""

    kind: Literal["profile_page"] = "profile_page"
    card: ProfileCard
    next_needs: tuple[str, ...]
    transports: tuple[str, ...]
    settings: tuple[ArgCard, ...]
    abilities: tuple[AbilityCard, ...]
    health: str
    setup: tuple[str, ...]
    verify: tuple[str, ...]
    proved: tuple[str, ...]
    sources: tuple[str, ...]


class GhostSaid(Word):
    """One message of the simulated device; ``to_others``: to everybody but who told it."""

    delay_ms: float
    hex: str
    words: str
    means: str
    to_others: bool = False


class Tried(Word):
    """What a command came to on a simulated device: its bytes, what the ghost understood and said, its state after."""

    kind: Literal["tried"] = "tried"
    profile: str
    command: str
    packets: tuple[PacketText, ...]
    understood: tuple[str, ...]
    strange: int  # packets it made nothing of
    said: tuple[GhostSaid, ...]
    state: tuple[str, ...]


Finding = Annotated[
    ExplainedCue | CommandBytes | AnswerTimes | ProfileList | ProfilePage | Tried,
    Field(discriminator="kind"),
]
