"""Drills: a fault played on purpose, and how long it took somebody to act and to put it right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from console.vocabulary.faults import DeadFault, LossyFault, PlayedFault, SlowFault
from console.vocabulary.words import Asked, Word


class StartDrill(Asked):
    """Play a drill of the list, on a device where it needs one. Another one that is on ends."""

    kind: Literal["start_drill"] = "start_drill"
    drill: str
    device: str | None = None


class EndDrill(Asked):
    """The drill that is on is over, and so is what it played."""

    kind: Literal["end_drill"] = "end_drill"


class DrillState(Word):
    """One drill that is on, or was. Instants as in every notice; None: not yet, or never."""

    drill: str
    device: str | None
    began_ns: int
    acted_ns: int | None = None
    act: str = ""  # what was asked first
    right_ns: int | None = None
    right: str = ""  # what put it right
    ended_ns: int | None = None


@dataclass(frozen=True, slots=True)
class Drill:
    """One of the list. ``right_by``: the requests that put it right."""

    id: str
    title: str
    words: str
    right_by: frozenset[str]
    faults: tuple[PlayedFault, ...] = ()
    code: Literal["", "drops", "jumps"] = ""
    bounces: bool = False
    keeps_vamp: bool = False


_AWAY: Final = frozenset({"change_over", "bypass", "take", "set_output", "switch_department"})
_BACK: Final = frozenset({"back", "reassert", "set_standby", "move_standby"})
_CODE: Final = frozenset({"set_chase", "jam", "choose_source", "hold", "stop", "roll"})

DRILLS: Final = (
    Drill("dead-desk", "Dead desk", "A device falls silent.", _AWAY, (DeadFault(),)),
    Drill(
        "lost-packets",
        "Lost packets",
        "Half of what is sent to a device is lost.",
        _AWAY | {"put_right"},
        (LossyFault(percent=50),),
    ),
    Drill(
        "late-replies",
        "Late replies",
        "A device answers three seconds late.",
        _AWAY | {"put_right"},
        (SlowFault(ms=3000),),
    ),
    Drill("code-drops", "Timecode drops out", "Nothing more comes from any source.", _CODE, code="drops"),
    Drill("code-jumps", "Timecode jumps", "The code is 37 seconds further on.", _CODE | {"locate"}, code="jumps"),
    Drill("double-go", "Double press", "The next press bounces.", _BACK, bounces=True),
    Drill("long-vamp", "A vamp runs long", "The band goes round again.", frozenset({"exit_vamp"}), keeps_vamp=True),
)
DRILL_BY_ID: Final = {drill.id: drill for drill in DRILLS}
