"""How a show begins: what others wrote, taken in."""

from __future__ import annotations

from typing import Final

from ui.action import Action
from ui.needs import needs_editing

FIRST_ACTIONS: Final = (
    Action(
        "cues.import",
        "Import cues…",
        "Show",
        ("Ctrl+Alt+I",),
        needs_editing,
        hint="from a sheet as CSV: what each column means, and every row before it goes in",
    ),
)
