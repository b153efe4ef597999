"""Line check: devices walked one by one, and what became of each; and how long devices take to answer."""

from __future__ import annotations

from typing import Literal

from console.vocabulary.words import Asked, Fact, Word

LineResult = Literal["answered", "seen", "not_seen", "skipped"]
"""By the device's own word; by a person at it, either way; or passed over."""


class LineCard(Word):
    """One line to be walked: a device, or (``device`` False) a line of the house's own list, for people alone.

    ``sends`` and ``wire`` are what line check sends it, in words and as bytes; empty where ``hazard`` or nothing does.
    """

    line: str
    name: str
    device: bool = True
    department: str = ""
    role: str = ""
    duty: str = ""
    profile: str = ""
    address: str = ""
    sends: str = ""
    wire: tuple[str, ...] = ()
    see: str = ""
    answers: bool = False  # by itself
    hazard: str = ""  # the role that makes it one: nothing is sent to it


class Send(Asked):
    """One command for line check: a verb to a role, now."""

    kind: Literal["send"] = "send"
    role: str
    verb: str
    args: dict[str, bool | int | float | str] = {}


class CheckDevice(Asked):
    """Send one device something harmless, or (``verb``) what the operator chose for it. Never a hazard's device."""

    kind: Literal["check_device"] = "check_device"
    device: str
    verb: str = ""
    args: dict[str, bool | int | float | str] = {}


class TickLine(Asked):
    """What a person saw or heard of a line: a device by its id, or one of the house's own lines by its words."""

    kind: Literal["tick_line"] = "tick_line"
    line: str
    result: Literal["seen", "not_seen", "skipped"]
    note: str = ""


class LineTicked(Fact):
    """What is known of a line now. ``by``: who ticked it; the device itself where it answered."""

    kind: Literal["line_ticked"] = "line_ticked"
    line: str
    result: LineResult
    by: str
    note: str = ""
    sent: str = ""  # the words of what was sent last; empty: nothing was
    answer_ms: float | None = None  # of its last answer in this check
    simulated: bool = False  # by a ghost: nothing is known of the device
    wall: str  # ISO 8601 local time of the venue


class AskLatencies(Asked):
    """How long did devices take to answer, in this run? Told by :class:`LearnedLatencies`."""

    kind: Literal["ask_latencies"] = "ask_latencies"


class LearnedLatency(Word):
    """What was measured of one device: *acts*, until it has acted by its own word; *answers*, there and back alone."""

    device: str
    of: Literal["acts", "answers"]
    median_ms: float
    p10_ms: float
    p90_ms: float
    count: int


class LearnedLatencies(Fact):
    """Every device that has answered anything, as far as it was measured."""

    kind: Literal["learned_latencies"] = "learned_latencies"
    times: tuple[LearnedLatency, ...]
