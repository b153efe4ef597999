"""Moving cues in time by keys: frames, beats, bars, ticks. The mouse does the same on the timeline."""

from __future__ import annotations

from typing import Final

from console.plan.moving import Unit
from ui.action import Action
from ui.needs import needs_picked_cues, needs_show
from ui.state.desk import Desk
from ui.state.time_edits import nudge_edit


def _needs_picked_shown(desk: Desk) -> str:
    return needs_show(desk) or ("" if desk.picked else "pick a cue in the list or on the timeline first")


def _nudges(unit: Unit, held: str, pair: str = "[]", *, gap_before: bool = False) -> tuple[Action, Action]:
    def nudge(count: int, word: str, key: str, *, gap: bool) -> Action:
        return Action(
            f"time.{unit}_{word}",
            f"A {unit} {word}",
            "Timeline",
            (f"{held}{key}",),
            needs_picked_cues,
            edit=lambda desk: nudge_edit(desk, unit, count),
            gap_before=gap,
        )

    return nudge(-1, "earlier", pair[0], gap=gap_before), nudge(1, "later", pair[1], gap=False)


TIME_ACTIONS: Final = (
    Action("zoom.picked", "What is picked", "Timeline", ("Ctrl+8",), _needs_picked_shown),
    Action(
        "zoom.section", "This section", "Timeline", ("Ctrl+7",), needs_show, hint="of the cursor, else the playhead"
    ),
    *_nudges("frame", "Ctrl+", ",.", gap_before=True),
    *_nudges("beat", "Ctrl+"),
    *_nudges("bar", "Ctrl+Alt+"),
    *_nudges("tick", "Alt+"),
    Action(
        "time.ripple",
        "Ripple",
        "Timeline",
        ("Ctrl+Alt+R",),
        needs_show,
        toggled=True,
        is_on=lambda desk: desk.ripples,
        hint="what is moved takes along what stands behind it in its item",
    ),
)
