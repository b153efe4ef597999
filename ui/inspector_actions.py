"""The inspector's own actions: to show it or not, and to go there by key."""

from __future__ import annotations

from typing import Final

from ui.action import Action
from ui.needs import needs_show

INSPECTOR_ACTIONS: Final = (
    Action(
        "view.inspector",
        "Inspector",
        "View",
        ("Ctrl+I",),
        needs_show,
        toggled=True,
        is_on=lambda desk: desk.shows_inspector,
        hint="every field of what is picked; stands open in Edit unless it was closed",
    ),
    Action("focus.inspector", "To inspector", "View", ("Alt+4",), needs_show),
)
