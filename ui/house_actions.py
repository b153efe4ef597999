"""What can be done with houses: on the house page the picked one is loaded, elsewhere the page is turned to."""

from __future__ import annotations

from typing import Final

from ui.action import Action
from ui.needs import needs_held_or_stopped

HOUSE_ACTIONS: Final = (
    Action(
        "house.load",
        "Load the picked house",
        "Show",
        ("Ctrl+Shift+H",),
        needs_held_or_stopped,
        hint="the show stays as it is; a house that cannot be loaded leaves the one that is",
    ),
)
