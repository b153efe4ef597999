"""Cues: a numbered thing that can GO, when it runs, and what it asks of its role.

A cue list row and a timeline clip are two views of the same :class:`Cue`; neither is stored. Times are floats in
seconds (``_s``) or milliseconds (``_ms``) as a person types them; exact nanoseconds begin in ``console.plan``.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from console.show.constants import Constant, Level
from console.show.constants import Scalar as Scalar
from console.show.doc import Doc

Curve = Literal["linear", "ease", "ease_in", "ease_out", "step"]
Hazard = Literal["none", "low", "high"]
LatePolicy = Literal["default", "fire", "skip", "ask"]


class Called(Doc):
    """A person presses. With a section the moment is *expected* there."""

    on: Literal["called"]
    section: str | None = None


class AtBar(Doc):
    """A score position: bars and beats from 1, a tick is 1/480 of the bar's beat."""

    on: Literal["bar"]
    bar: int
    beat: int = Field(default=1, ge=1)
    tick: int = Field(default=0, ge=0, lt=480)


class AtTimecode(Doc):
    """A timecode label in the song's range, at the show's rate."""

    on: Literal["timecode"]
    label: str


class AtOffset(Doc):
    """Seconds from an anchor of the item: its load, its start (first click), downbeat, a section, or its end."""

    on: Literal["offset"]
    anchor: Literal["load", "start", "downbeat", "section", "end"]
    seconds: float = 0.0
    section: str | None = None


class After(Doc):
    """Following, stored once, here on the follower: the leader's auto-continue (start) or auto-follow (end)."""

    on: Literal["after"]
    cue: str
    of: Literal["start", "end"] = "start"
    delay_s: float = 0.0


class AtClock(Doc):
    """A time of day in the venue's zone, ``HH:MM:SS[.fff]``."""

    on: Literal["clock"]
    time: str = Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?$")


class OnMessage(Doc):
    """A message from outside: an OSC address, or a canonical MIDI or MSC name such as ``note/1/36``."""

    on: Literal["message"]
    source: Literal["osc", "midi", "msc"]
    address: str
    args: tuple[Constant, ...] = ()


class OnChoice(Doc):
    """A choice being set to a value."""

    on: Literal["choice"]
    choice: str
    value: str


class OnFeed(Doc):
    """A feed reaching a state."""

    on: Literal["feed"]
    feed: str
    state: str


class InGroup(Doc):
    """Runs because its group runs; the group says whether together or in sequence."""

    on: Literal["group"]


At = Annotated[
    Called | AtBar | AtTimecode | AtOffset | After | AtClock | OnMessage | OnChoice | OnFeed | InGroup,
    Field(discriminator="on"),
]


class ChoiceTable(Doc):
    """An argument that depends on a choice: each of the choice's values to a constant."""

    choice: str
    table: dict[str, Constant]


class Point(Doc):
    """One automation point: offset from the step in seconds, value in the verb's unit, curve towards it."""

    offset_s: float = Field(ge=0)
    value: Level
    curve: Curve = "linear"


class Step(Doc):
    """A verb, its arguments, and how long it takes: a fade to the target, points, or a length."""

    verb: str
    args: dict[str, Constant | ChoiceTable] = Field(default_factory=dict)
    offset_s: float = Field(default=0.0, ge=0)
    fade_s: float | None = Field(default=None, ge=0)
    curve: Curve = "linear"
    points: tuple[Point, ...] = ()
    length_s: float | None = Field(default=None, ge=0)


class Is(Doc):
    """A choice standing at a value."""

    choice: str
    value: str


class Condition(Doc):
    """All of, or any of. Data, not an expression."""

    match: Literal["all", "any"] = "all"
    terms: tuple[Is, ...]


class Cue(Doc):
    """One cue. Belongs to one item or to one free list; speaks to one role, or is a group of cues that do."""

    id: str
    number: str
    label: str = ""
    call: str = ""
    notes: str = ""
    colour: str | None = None
    item: str | None = None
    list: str | None = None
    role: str | None = None
    at: At
    mode: Literal["auto", "called"] | None = None  # None: called where `at` is, auto elsewhere
    steps: tuple[Step, ...] = ()
    group: Literal["together", "sequence"] | None = None
    parent: str | None = None
    pre_wait_s: float = Field(default=0.0, ge=0)
    advance_ms: float = 0.0
    late: LatePolicy = "default"
    warn_s: float | None = Field(default=None, ge=0)
    starts_item: bool = False
    hazard: Hazard = "none"
    arm: tuple[str, ...] = ()
    arm_window_s: float | None = Field(default=None, gt=0)
    zone_clear: str | None = None
    once_per_show: bool = False
    every_pass: bool = False
    condition: Condition | None = None
    disabled: bool = False

    @property
    def is_called(self) -> bool:
        """True where GO must be pressed; an auto cue leaves by itself."""
        return self.mode == "called" or (self.mode is None and isinstance(self.at, Called))

    @property
    def length_s(self) -> float:
        """From the cue's start to the end of its longest step; 0 draws a flag on the timeline."""
        return max((step_end_s(step) for step in self.steps), default=0.0)


def step_end_s(step: Step) -> float:
    """Seconds from the cue's start to the end of this step's fade, points or length."""
    last_point_s = step.points[-1].offset_s if step.points else 0.0
    return step.offset_s + max(step.fade_s or 0.0, last_point_s, step.length_s or 0.0)
