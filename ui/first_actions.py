"""How a show begins: out of a template, with what others wrote, and with help."""

from __future__ import annotations

from typing import Final

from ui.action import Action
from ui.needs import needs_editing

FIRST_ACTIONS: Final = (
    Action("show.new", "New show…", "Show", ("Ctrl+N",), hint="out of a template, with its house and its songs"),
    Action(
        "cues.import",
        "Import cues…",
        "Show",
        ("Ctrl+Alt+I",),
        needs_editing,
        hint="from a sheet as CSV: what each column means, and every row before it goes in",
    ),
)

HELP_ACTIONS: Final = (
    Action("help.pages", "Help", "Help", ("F1",), hint="by topic, beginning with where you are"),
    Action("help.keys", "Keys", "Help", ("Shift+F1",)),
)
