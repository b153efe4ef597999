"""Why an action cannot be used just now, in words; empty where it can. Functions of what the desk knows, without Qt."""

from __future__ import annotations

from collections.abc import Callable

from console.vocabulary import ChaseState, Snapshot
from ui.state.desk import Desk
from ui.state.devices import shared_roles
from ui.state.hazards import desk_hazards
from ui.state.rows import next_item


def needs_show(desk: Desk) -> str:
    """A show has to be open."""
    return "" if desk.show is not None else "open a show first"


def needs_engine(desk: Desk) -> str:
    """The engine has to be heard."""
    if desk.show is None:
        return "open a show first"
    return "" if desk.linked and desk.snapshot is not None else "the engine is not heard"


def needs_editing(desk: Desk) -> str:
    """The show may be changed: it is open, the engine is heard, and nothing locks it."""
    if desk.is_locked:
        return "the console is locked: unlock it first (Show menu)"
    locked = "editing is locked in Performance: turn to Edit or Rehearsal first" if desk.mode == "show" else ""
    return needs_engine(desk) or locked


def needs_picked_cues(desk: Desk) -> str:
    """A cue or more is picked, to be changed."""
    return needs_editing(desk) or ("" if desk.picked else "pick a cue in the list or on the timeline first")


def stands(desk: Desk, holds: Callable[[Snapshot], object], words: str) -> str:
    """The engine has to be heard, and something to hold of the state it tells; else ``words``."""
    heard = desk.snapshot
    return needs_engine(desk) or ("" if heard is not None and holds(heard) else words)


def needs_selection(desk: Desk) -> str:
    """A cue has to be picked."""
    return needs_engine(desk) or ("" if desk.selected is not None else "pick a cue in the list first")


def needs_held_or_stopped(desk: Desk) -> str:
    """The transport has to stand."""
    return stands(desk, lambda now: now.playhead.state != "rolling", "it is rolling")


def needs_rolling(desk: Desk) -> str:
    """The transport has to roll."""
    return stands(desk, lambda now: now.playhead.state == "rolling", "nothing is rolling")


def needs_vamp(desk: Desk) -> str:
    """A vamp has to go round."""
    return stands(desk, lambda now: now.playhead.vamp_pass is not None, "no vamp is going round")


def needs_machine(desk: Desk) -> str:
    """A machine has to stand by at the keys."""
    return stands(desk, lambda now: now.machine is not None, "no machine stands by in this run")


def needs_code(desk: Desk) -> str:
    """Outside timecode has to be bound in this house."""
    return needs_engine(desk) or ("" if chase_of(desk) is not None else "no timecode comes in here")


def needs_locked_code(desk: Desk) -> str:
    """Outside timecode has to be locked."""
    chase = chase_of(desk)
    runs = chase is not None and any(source.state in ("locked", "freewheel") for source in chase.sources)
    return needs_code(desk) or ("" if runs else "no source of timecode is locked")


def needs_choice(desk: Desk) -> str:
    """The show has to leave something to choose."""
    words = needs_engine(desk)
    return words or ("" if desk.show is not None and desk.show.choices else "the show leaves nothing to choose")


def needs_panic(desk: Desk) -> str:
    """There has to be a panic to release."""
    return stands(desk, lambda now: now.panic, "there is no panic to release")


def needs_left_over(desk: Desk) -> str:
    """Something has to stand elsewhere than wanted."""
    return stands(desk, lambda now: now.put_right, "everything stands as it is wanted")


def needs_asked(desk: Desk) -> str:
    """The last jump has to have asked for something."""
    return stands(desk, lambda now: now.asks, "the last jump asked for nothing")


def needs_cursor(desk: Desk) -> str:
    """A place on the timeline has to be clicked."""
    return needs_engine(desk) or ("" if desk.cursor is not None else "click a place on the timeline first")


def needs_live_item(desk: Desk) -> str:
    """An item has to be live."""
    words = needs_engine(desk)
    return words or ("" if life_of_item(desk, "live") else "no item is live")


def needs_planned_item(desk: Desk) -> str:
    """An item has still to be loaded."""
    words = needs_engine(desk)
    return words or ("" if life_of_item(desk, "planned") else "every item has been loaded")


def needs_next_item(desk: Desk) -> str:
    """An item has still to be started."""
    words = needs_engine(desk)
    return words or ("" if next_item(desk) else "there is no item left to start")


def is_machine(desk: Desk) -> bool:
    """True where the machine presses called cues."""
    return desk.snapshot is not None and bool(desk.snapshot.machine)


def life_of_item(desk: Desk, life: str) -> str | None:
    """The first item with that life; None where there is none."""
    if desk.snapshot is None:
        return None
    return next((state.item for state in desk.snapshot.items if state.life == life), None)


def needs_held_outputs(desk: Desk) -> str:
    """Outputs have to be held."""
    return stands(desk, lambda now: now.outputs_held, "outputs are not held")


def needs_show_stop(desk: Desk) -> str:
    """The show has to be stopped."""
    return stands(desk, lambda now: now.resume_list is not None, "no show stop stands")


def needs_spare(desk: Desk) -> str:
    """A role has to have a second device."""
    return needs_engine(desk) or ("" if shared_roles(desk) else "no role has a second device in this house")


def needs_still(desk: Desk) -> str:
    """Nothing may roll."""
    return stands(desk, lambda now: now.playhead.state != "rolling", "stop the show before another run begins")


def needs_hazard(desk: Desk) -> str:
    """A hazard has to be near."""
    return needs_engine(desk) or ("" if desk_hazards(desk, desk.received_ns) else "no hazard waits for its arms")


def chase_of(desk: Desk) -> ChaseState | None:
    """How outside timecode is followed."""
    return desk.snapshot.chase if desk.snapshot is not None else None
