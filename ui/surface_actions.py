"""What can be done with the console itself: the palette, the lock, keys, the caller's screen, how large it is drawn."""

from __future__ import annotations

from typing import Final

from ui.action import Action
from ui.needs import needs_engine, needs_show
from ui.state.desk import Desk


def not_rolling(desk: Desk) -> str:
    """Drawn anew, the window is away for a second: not while a show rolls."""
    rolls = desk.snapshot is not None and desk.snapshot.playhead.state == "rolling"
    return "the window would be away for a second: stop or hold first" if rolls else ""


LOCK_ACTIONS: Final = (
    Action(
        "lock.turn",
        "Lock the console",
        "Show",
        ("Ctrl+Alt+L",),
        needs_engine,
        toggled=True,
        is_on=lambda desk: desk.is_locked,
        hint="until the run is over: what is live stays, everything else is refused; unlocking asks for a word",
    ),
)

PALETTE_ACTIONS: Final = (
    Action(
        "palette.open", "Find and do…", "View", ("Ctrl+K",), hint="every action, cue, item and house by a few letters"
    ),
)

CALLER_ACTIONS: Final = (
    Action(
        "caller.show",
        "Caller's screen",
        "View",
        ("Shift+F11",),
        needs_show,
        toggled=True,
        is_on=lambda desk: desk.caller_screen is not None,
        hint="clocks, calls and the bar below, full on another screen",
    ),
)

_ANEW = "the window is drawn anew, and the show does not notice"

SCALE_ACTIONS: Final = (
    Action("scale.larger", "Everything larger", "View", ("Ctrl+Alt+=",), not_rolling, hint=_ANEW),
    Action("scale.smaller", "Everything smaller", "View", ("Ctrl+Alt+-",), not_rolling, hint=_ANEW),
)

KEY_ACTIONS: Final = (Action("keys.change", "Change keys…", "Help", ("Ctrl+F1",), hint="and a sheet of them to print"),)
