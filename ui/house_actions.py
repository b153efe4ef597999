"""What can be done with houses: on the house page the picked one is loaded, elsewhere the page is turned to."""

from __future__ import annotations

from typing import Final

from ui.action import Action
from ui.needs import needs_held_or_stopped
from ui.state.desk import Desk

IN_PERFORMANCE: Final = "a performance stays in its house: begin a rehearsal, load it, and run preflight"


def _needs_rehearsal(desk: Desk) -> str:
    """A performance begins with a preflight of its house, which another house would leave behind."""
    if desk.page != "house":
        return ""
    return needs_held_or_stopped(desk) or (IN_PERFORMANCE if desk.run_kind == "performance" else "")


HOUSE_ACTIONS: Final = (
    Action(
        "house.load",
        "Load the picked house",
        "Show",
        ("Ctrl+Shift+H",),
        _needs_rehearsal,
        hint="the show stays as it is; a house that cannot be loaded leaves the one that is",
    ),
)
