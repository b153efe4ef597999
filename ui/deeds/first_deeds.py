"""How a show begins: sheets taken in."""

from __future__ import annotations

from collections.abc import Callable

from console.show.edits import Compound
from ui.deeds.surface import Surface
from ui.dialogs.import_cues import show_import


def deeds(surface: Surface) -> dict[str, Callable[[], object]]:
    """By action id."""

    def change(edit: Compound) -> None:
        surface.change(lambda _now: edit)

    return {"cues.import": lambda: show_import(surface.window, surface.theme, surface.desk, change)}
