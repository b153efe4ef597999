"""How a show begins: a new one, sheets taken in, and help."""

from __future__ import annotations

from collections.abc import Callable

from console.show.edits import Compound
from ui.deeds.surface import Surface
from ui.dialogs.help_pages import HelpPages
from ui.dialogs.import_cues import show_import
from ui.dialogs.new_show import ask_new
from ui.folders import venue_folder
from ui.state.help_topics import topic_for
from ui.state.shelf import venue_cards


def deeds(surface: Surface) -> dict[str, Callable[[], object]]:
    """By action id."""

    def change(edit: Compound) -> None:
        surface.change(lambda _now: edit)

    def begin() -> None:
        opening = ask_new(surface.window, surface.theme, venue_cards(venue_folder()), surface.now_ns)
        if opening is not None:
            surface.open(opening)

    return {
        "show.new": begin,
        "help.pages": lambda: show_help(surface),
        "cues.import": lambda: show_import(surface.window, surface.theme, surface.desk, change),
    }


def show_help(surface: Surface) -> None:
    """Help that stands beside the console until it is closed; asked again, it turns to where the operator is now."""
    standing = surface.window.findChild(HelpPages)
    pages = standing or HelpPages(surface.theme, surface.desk.keymap, lambda: surface.run("help.keys"), surface.window)
    pages.choose(topic_for(surface.desk.page, is_open=surface.desk.show is not None))
    if standing is None:
        pages.finished.connect(pages.deleteLater)
    pages.show()
    pages.activateWindow()
    pages.topics.setFocus()
