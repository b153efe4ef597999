"""What leaves the window on paper, and what is compared with it."""

from __future__ import annotations

from typing import Final

from ui.action import Action
from ui.needs import needs_show

PAPER_ACTIONS: Final = (
    Action(
        "show.cue_sheet",
        "Export cue sheet…",
        "Show",
        ("Ctrl+Shift+E",),
        needs_show,
        gap_before=True,
        hint="by department, as PDF, page or table",
    ),
    Action(
        "show.compare",
        "Compare with…",
        "Show",
        ("Ctrl+Shift+D",),
        needs_show,
        hint="what another show file has otherwise, cue by cue",
    ),
)
