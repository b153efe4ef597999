"""The pages of the window by name, and the actions that turn to them. Each page's widget stands in ``ui/pages``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ui.action import Action
from ui.needs import needs_show
from ui.state.desk import Desk

CONSOLE: Final = "console"


@dataclass(frozen=True)
class PageName:
    """A page: its id, the word on its tab, and the key that turns to it."""

    id: str
    title: str
    key: str


PAGE_NAMES: Final = (
    PageName(CONSOLE, "Console", "F2"),
    PageName("house", "House", "F3"),
    PageName("houses_diff", "Diff", "F4"),
    PageName("preflight", "Preflight", "F5"),
    PageName("devices", "Devices", "F6"),
    PageName("line_check", "Lines", "Shift+F6"),
    PageName("profiles", "Profiles", "F7"),
    PageName("rehearsal", "Rehearsal", "F8"),
    PageName("explain", "Explain", "E"),
    PageName("takes", "Takes", "F9"),
)
"""In the order of the tabs. The console is what a show is run from; all others come in its place for a while."""


def _is_open(page: str) -> Callable[[Desk], bool]:
    return lambda desk: desk.page == page


PAGE_ACTIONS: Final = tuple(
    Action(f"page.{name.id}", name.title, "View", (name.key,), needs_show, toggled=True, is_on=_is_open(name.id))
    for name in PAGE_NAMES
)
