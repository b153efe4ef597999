"""Where the eye and the keyboard go: zoom, panels, pages, full screen, the sheet of keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from ui.deeds.surface import Surface
from ui.dialogs import key_sheet
from ui.page_actions import CONSOLE, PAGE_NAMES


def deeds(surface: Surface) -> dict[str, Callable[[], object]]:
    """By action id."""
    page, window = surface.page, surface.window

    def focus_on(panel: QWidget) -> None:
        surface.turn_to(CONSOLE)
        panel.setFocus()

    return {
        "zoom.in": page.timeline.zoom_in,
        "zoom.out": page.timeline.zoom_out,
        "zoom.item": page.timeline.zoom_to_item,
        "zoom.show": page.timeline.zoom_to_show,
        "view.follow": lambda: page.timeline.set_follow(surface.actions["view.follow"].isChecked()),
        "focus.rundown": lambda: focus_on(page.rundown.list),
        "focus.timeline": lambda: focus_on(page.timeline),
        "focus.cues": lambda: focus_on(page.cues.table),
        **{f"page.{name.id}": partial(surface.turn_to, name.id) for name in PAGE_NAMES},
        "view.full": lambda: window.showNormal() if window.isFullScreen() else window.showFullScreen(),
        "help.keys": lambda: key_sheet.show_keys(window, page.head, page.go_bar, surface.desk.keymap),
    }
