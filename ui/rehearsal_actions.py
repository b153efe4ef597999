"""What only a rehearsal does: again and again, back some bars, slower, counted in, cue by cue."""

from __future__ import annotations

from typing import Final

from console.vocabulary import BackBars, Request, Roll, StepCue
from ui.action import Action
from ui.needs import needs_held_or_stopped
from ui.state.desk import Desk
from ui.state.rehearsal import (
    here,
    needs_rehearsal,
    rehearsal_of,
    speed_request,
    stretch_end,
    stretch_of,
    toggle_stretch,
)


def _needs_place(desk: Desk) -> str:
    return needs_rehearsal(desk) or ("" if here(desk) is not None else "click a place on the timeline first")


def _needs_stretch_or_place(desk: Desk) -> str:
    return needs_rehearsal(desk) or ("" if stretch_of(desk) is not None else _needs_place(desk))


def _needs_standing(desk: Desk) -> str:
    return needs_rehearsal(desk) or needs_held_or_stopped(desk)


def _needs_speed(desk: Desk) -> str:
    rehearsal = rehearsal_of(desk)
    return needs_rehearsal(desk) or ("" if rehearsal is not None and rehearsal.speed != 1 else "the speed is normal")


def _roll(desk: Desk, _local_ns: int) -> Request | None:
    return Roll(by=desk.by, count_in_bars=desk.count_in_bars)


REHEARSAL_ACTIONS: Final = (
    Action(
        "rehearse.back",
        "Back eight bars",
        "Rehearse",
        ("8",),
        needs_rehearsal,
        lambda d, _: BackBars(by=d.by),
        hint="puts up the state there, and stands",
    ),
    Action(
        "rehearse.roll",
        "Count in and roll",
        "Rehearse",
        ("Shift+R",),
        _needs_standing,
        _roll,
        hint="nothing leaves until the place is reached",
    ),
    Action(
        "rehearse.step",
        "Step to next cue",
        "Rehearse",
        (".",),
        _needs_standing,
        lambda d, _: StepCue(by=d.by),
        hint="goes there and runs it, called or not; the transport stands",
    ),
    Action(
        "rehearse.loop",
        "Repeat section",
        "Rehearse",
        ("L",),
        _needs_stretch_or_place,
        lambda d, _: toggle_stretch(d),
        toggled=True,
        is_on=lambda d: stretch_of(d) is not None,
        gap_before=True,
        hint="at the cursor, else at the playhead; once more, and nothing repeats",
    ),
    Action(
        "rehearse.from",
        "Repeat from here",
        "Rehearse",
        ("[",),
        _needs_place,
        lambda d, _: stretch_end(d, first=True),
        hint="at the nearest bar line",
    ),
    Action(
        "rehearse.to",
        "Repeat up to here",
        "Rehearse",
        ("]",),
        _needs_place,
        lambda d, _: stretch_end(d, first=False),
        hint="at the nearest bar line",
    ),
    Action(
        "rehearse.slower",
        "Slower",
        "Rehearse",
        ("<",),
        needs_rehearsal,
        lambda d, _: speed_request(d, -1),
        gap_before=True,
    ),
    Action("rehearse.faster", "Faster", "Rehearse", (">",), needs_rehearsal, lambda d, _: speed_request(d, 1)),
    Action("rehearse.normal", "As written", "Rehearse", ("=",), _needs_speed, lambda d, _: speed_request(d, 0)),
)
