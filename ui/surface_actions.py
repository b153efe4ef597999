"""What can be done with the console itself: the palette, the lock, keys, the caller's screen, how large it is drawn."""

from __future__ import annotations

from typing import Final

from ui.action import Action
from ui.needs import needs_engine

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

KEY_ACTIONS: Final = (Action("keys.change", "Change keys…", "Help", ("Ctrl+F1",), hint="and a sheet of them to print"),)
