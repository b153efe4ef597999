"""What is moved in time in the window: functions from the desk to an Edit. No Qt."""

from __future__ import annotations

from console.plan.moving import Shift, Unit, and_later, move_cues, shift_by, shift_to
from console.show.edits import Edit
from ui.state.desk import Desk


def nudge_edit(desk: Desk, unit: Unit, count: int) -> Edit | None:
    """What is picked, so many frames, ticks, beats or bars later; earlier where negative."""
    if desk.show is None or desk.schedule is None or not desk.picked:
        return None
    return _moved(desk, shift_by(desk.schedule, desk.show, desk.picked, unit, count))


def drag_edit(desk: Desk, cue: str, to_ns: int) -> Edit | None:
    """A cue to a position on its item's timeline, and what is picked with it by as much."""
    if desk.show is None or desk.schedule is None or cue not in desk.show.cue_by_id:
        return None
    return _moved(desk, shift_to(desk.schedule, desk.show, cue, to_ns))


def _moved(desk: Desk, shift: Shift) -> Edit | None:
    if desk.show is None or desk.schedule is None:
        return None
    cues = and_later(desk.schedule, desk.show, desk.picked) if desk.ripples else desk.picked
    return move_cues(desk.schedule, desk.show, cues, shift)
