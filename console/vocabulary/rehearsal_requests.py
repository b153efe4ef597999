"""Requests that only a rehearsal grants: a performance refuses them, with the reason."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from console.vocabulary.drills import EndDrill, StartDrill
from console.vocabulary.words import Asked, CodeOut, Mode


class SwitchDepartment(Asked):
    """Live, ghost or off for every device of a department's roles."""

    kind: Literal["switch_department"] = "switch_department"
    department: str
    mode: Mode


class SetSpeed(Asked):
    """How fast the score goes. What a cue does inside itself (offsets, fades) keeps its own time unless asked.

    ``code_out``: timecode out follows at that speed, or is off.
    """

    kind: Literal["set_speed"] = "set_speed"
    speed: float = Field(ge=0.25, le=4)
    scale_fades: bool = False
    code_out: CodeOut = "follow"


class RehearseStretch(Asked):
    """Play a stretch of an item again and again, its state put up at each top; ``item`` None: no longer.

    A repeat sends no trigger unless ``triggers`` asks for it, and never a hazard. Nothing moves until it is played.
    """

    kind: Literal["rehearse_stretch"] = "rehearse_stretch"
    item: str | None
    from_ns: int = 0
    to_ns: int = 0
    triggers: bool = False


class BackBars(Asked):
    """Go back to the bar line so many bars before this bar, and stand there; state is put up as for any locate."""

    kind: Literal["back_bars"] = "back_bars"
    bars: int = Field(default=8, ge=1, le=64)


class StepCue(Asked):
    """While the transport stands: go to the next cue, called or not, and run it as a press would."""

    kind: Literal["step_cue"] = "step_cue"


RehearsalRequest = SwitchDepartment | SetSpeed | RehearseStretch | BackBars | StepCue | StartDrill | EndDrill
