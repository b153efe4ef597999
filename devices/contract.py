"""What the engine and the drivers agree on: frozen values and the two Protocols between them.

Everything that crosses between deciding (``console.engine``) and doing (``devices``) is one of these. The engine
never looks inside a :class:`Packet`; a driver never learns what a cue is beyond the plain ids a :class:`Command`
carries. All instants are engine nanoseconds (``due_ns``, ``received_ns``): the clock itself stays with the loop.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal, NamedTuple, Protocol, runtime_checkable

from profiles.timecode import FrameRate, Timecode

Value = bool | int | float | str
"""A verb's argument as the show speaks it: logical names and catalogue units, never wire values."""

Args = Mapping[str, Value]


LINE_CHECK: Final = "line.check"
"""Stands for a verb where a device is sent something harmless, to see whether it is there."""


class EncodeError(ValueError):
    """A verb that the device cannot be told: one line with what, where and what to do."""


class OutputMode(StrEnum):
    """Where a device's bytes go. A property of the outlet, so the engine decides the same way in all three."""

    LIVE = "live"
    GHOST = "ghost"
    OFF = "off"


class Result(StrEnum):
    """What became of one packet at the outlet."""

    SENT = "sent"
    HELD = "held"  # waits its turn at the device's pace: another outcome says what became of it
    THINNED = "thinned"  # a newer value for the same address takes its place; the last one always goes
    FAILED = "failed"  # no port, no connection, buffer full: the words say which
    OFF = "off"  # the device is switched off for this run


class Severity(StrEnum):
    """Health graded by consequence, not by cause."""

    GOOD = "good"
    MINOR = "minor"  # operation unaffected
    MAJOR = "major"  # may be affected
    BAD = "bad"  # affected, recoverable without a person
    FATAL = "fatal"  # needs a person
    UNKNOWN = "unknown"  # the device cannot tell


@runtime_checkable
class Packet(Protocol):
    """Ready bytes for one device. Opaque to the engine."""

    @property
    def delay_ns(self) -> int:
        """Wait after the command's due time (a release after its press), in nanoseconds."""
        ...

    def with_value(self, value: float) -> Packet:
        """The same packet with its fade value replaced, in the verb's unit; itself where it has no fade value."""
        ...


@dataclass(frozen=True, slots=True)
class Harmless:
    """What may be sent to a device at any time to see whether it is there; nobody in the house sees or hears it.

    ``words`` are what is sent, as a person reads it, ``wire`` the bytes of each packet in hex; ``see`` what a person at
    the device may see of it.
    """

    verb: str
    args: Args
    packets: tuple[Packet, ...]
    words: str
    wire: tuple[str, ...]
    see: str
    answers_ns: int | None  # how long its answer is waited for; None: it has none to give


class Command(NamedTuple):
    """Engine to device: what, why, and when it is due. One command becomes one or more packets."""

    seq: int  # rising within a run; the ledger's key
    device: str  # venue device id
    role: str
    verb: str
    args: Args
    packets: Sequence[Packet]
    due_ns: int
    cue_ns: int  # the musical moment, before latency, trim and advance
    item: str | None
    cue: str | None
    by: str  # "operator", "machine", "playhead", "remote:NAME" …
    trigger: str  # what caused it, in words the as-run can print: "GO", "bar 41.1", "after 1.210"
    stream: str | None = None  # fade steps and quarter frames share one as-run row; None for a single send
    settles_ns: int = 0  # the device takes this long to get there


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one command when it was handed over."""

    seq: int
    device: str
    sent_ns: int
    result: Result
    words: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """A device's own state, graded by consequence."""

    device: str
    severity: Severity
    words: str
    last_heard_ns: int | None = None
    carries: bool = True  # False: there is no way there just now, or it is still being opened


@dataclass(frozen=True, slots=True)
class Report:
    """A device about itself: an echo, a reply, a fader someone touched."""

    device: str
    received_ns: int
    verb: str | None  # None: understood as a sign of life only
    args: Args = field(default_factory=dict)
    latency_ns: int | None = None  # from our query or command to this answer, where they can be matched
    asked: bool = False  # it answers a question of ours, else a command; of the latency alone


@dataclass(frozen=True, slots=True)
class Incoming:
    """A trigger from outside, with the instant it was received."""

    source: str  # input id of the venue: "osc", "midi:CAM CUES" …
    kind: str  # "osc" | "midi" | "msc"
    address: str  # OSC address, or a canonical name such as "note/1/36"
    args: tuple[Value, ...]
    received_ns: int
    sender: tuple[str, int] | None = None  # host and port, where it can be answered
    to: str = ""  # whom an MSC command is meant for: device id and format, "5/lighting"


@dataclass(frozen=True, slots=True)
class CodeReading:
    """Timecode from outside: at ``received_ns`` the source stood ``code_ns`` of real time past label midnight.

    ``code_ns`` is None where something is heard and no label is whole yet. *Located* is a full frame: the source
    stands there. ``good_frames``: frames of the wire's rate heard in unbroken order up to here.
    """

    source: str  # the venue's id of it
    code_ns: int | None
    motion: Literal["forward", "reverse", "located"]
    received_ns: int
    good_frames: int = 0


@dataclass(frozen=True, slots=True)
class CodeRefusal:
    """Timecode from outside that cannot be: an illegal label, another rate than the source's."""

    source: str
    words: str
    received_ns: int


class Encoder(Protocol):
    """Verb + physical arguments to packets, from the device's profile. Pure; used when arming, not at GO."""

    def encode(self, device: str, verb: str, args: Args, fade_s: float | None = None) -> tuple[Packet, ...]:
        """Packets in sending order.

        ``fade_s`` reaches the bytes only where the profile lets the device time its own fade.
        Raises :class:`EncodeError`.
        """
        ...

    def fades_itself(self, device: str, verb: str) -> bool:
        """True where the device runs the fade and one send suffices."""
        ...

    def fade_rate_hz(self, device: str, verb: str) -> float:
        """How many fade steps a second the device wants; 0 where the value cannot be streamed."""
        ...

    def rest_value(self, device: str, verb: str) -> float | None:
        """The value a parameter has where nothing ever set it, in the verb's unit; None where nobody knows."""
        ...

    def confirms_within_ns(self, device: str, verb: str, args: Args) -> int | None:
        """How long after a command the device's own word is waited for; None where it has none to say."""
        ...

    def agrees(self, device: str, verb: str, told: Args, said: Args) -> bool:
        """True where nothing that a device said of a verb is otherwise than it was told."""
        ...


class TimecodeEncoder(Protocol):
    """Timecode to packets, for the output the venue names. Pure."""

    @property
    def device(self) -> str:
        """The device id that sends go to."""
        ...

    def full_frame(self, label: Timecode) -> Packet:
        """The message that says where we have jumped to."""
        ...

    def quarter_frame(self, count: int, rate: FrameRate) -> Packet:
        """The quarter frame of that count since midnight, at a house rate."""
        ...


class Outlet(Protocol):
    """The one narrow place that acts. Never blocks the caller."""

    def send(self, command: Command, packet: Packet, now_ns: int) -> Outcome:
        """Hand over one packet now."""
        ...

    def bundles(self, device: str) -> bool:
        """True where packets that leave for a device at one instant leave as one."""
        ...

    def send_together(self, sends: Sequence[tuple[Command, Packet]], now_ns: int) -> Sequence[Outcome]:
        """Hand over packets of one such device now, in order: an outcome for each."""
        ...

    def set_mode(self, device: str, mode: OutputMode) -> None:
        """Live, ghost or off for one device."""
        ...

    def poll(self, now_ns: int) -> Sequence[Report | Health | Outcome]:
        """What devices said, how they are, and what became of what was held; also renews keep-alives that are due."""
        ...

    def give_up(self, now_ns: int) -> Sequence[Outcome]:
        """The run is over: what is held does not leave any more, and each is answered."""
        ...

    def wake_at_ns(self) -> int | None:
        """When :meth:`poll` next has work of its own (keep-alive, delayed packet), or None."""
        ...
