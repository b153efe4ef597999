"""The inspector shown, hidden, and given the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from ui.deeds.surface import Surface
from ui.page_actions import CONSOLE


def deeds(surface: Surface) -> dict[str, Callable[[], object]]:
    """By action id."""
    desk, page = surface.desk, surface.page

    def turn() -> None:
        desk.inspector = not desk.shows_inspector
        surface.refresh()
        if not desk.shows_inspector:
            page.cues.table.setFocus()

    def go_there() -> None:
        desk.inspector = True
        surface.turn_to(CONSOLE)
        surface.refresh()
        page.inspector.take_keyboard()

    return {"view.inspector": turn, "focus.inspector": go_there}
