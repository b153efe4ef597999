"""The console itself: the palette and where it goes, the lock, the keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ui.actions import ACTIONS
from ui.caller_window import CallerWindow
from ui.deeds.surface import Surface
from ui.dialogs.change_keys import ChangeKeys
from ui.dialogs.palette import Palette, show_palette
from ui.dialogs.unlock import Unlock
from ui.folders import state_folder, venue_folder
from ui.kept import write_keymap, write_lock
from ui.menus import set_keys
from ui.page_actions import CONSOLE
from ui.pages.house.page import HousePage
from ui.state.keymap import Keymap
from ui.state.palette import Entry, find_entries, make_stock
from ui.state.shelf import venue_cards


def deeds(surface: Surface) -> dict[str, Callable[[], object]]:
    """By action id."""
    return {
        "palette.open": partial(open_palette, surface),
        "lock.turn": partial(turn_lock, surface),
        "keys.change": partial(change_keys, surface),
        "caller.show": partial(turn_caller, surface),
    }


def open_palette(surface: Surface) -> None:
    """Everything by a few letters; what was picked is done once the palette is gone."""
    stock = make_stock(surface.desk.show, ACTIONS, venue_cards(venue_folder()) if surface.desk.show is not None else ())
    palette = Palette(
        surface.theme, lambda typed: find_entries(typed, surface.desk, stock), partial(go_to, surface), surface.window
    )
    show_palette(palette, surface.page.head)


def go_to(surface: Surface, entry: Entry) -> None:
    """Do it, or turn to where it stands; nothing is sent for a cue, an item or a house."""
    page = surface.page
    match entry.kind:
        case "action":
            surface.run(entry.key)
        case "cue":
            surface.turn_to(CONSOLE)
            surface.pick(entry.key)
            page.timeline.reveal(entry.key)
            page.cues.table.setFocus()
        case "item":
            surface.turn_to(CONSOLE)
            surface.desk.picked_item = entry.key
            page.timeline.zoom_to_item(entry.key)
            page.rundown.list.setFocus()
        case "house":
            surface.run("page.house")
            shown = page.book.page("house")
            if surface.desk.page == "house" and isinstance(shown, HousePage):
                shown.pick_house(entry.key)


def turn_lock(surface: Surface) -> None:
    """Lock at once; unlock when the word was typed or the button held."""
    desk = surface.desk
    if not desk.is_locked:
        surface.turn_to(CONSOLE)
        _set_lock(surface, desk.snapshot.run if desk.snapshot is not None else None)
        return
    surface.actions["lock.turn"].setChecked(True)  # Qt has unticked it
    unlock = Unlock(surface.window)
    unlock.accepted.connect(partial(_set_lock, surface, None))
    unlock.open()


def change_keys(surface: Surface) -> None:
    """The editor; each change counts at once."""

    def on_changed(keymap: Keymap) -> None:
        surface.desk.keymap = keymap
        set_keys(surface.actions, keymap)
        surface.page.book.show_snapshot(surface.desk, surface.now_ns())
        surface.refresh()
        trouble = write_keymap(state_folder(), keymap)
        if trouble:
            surface.refuse(trouble)

    dialog = ChangeKeys(surface.theme, surface.desk.keymap, on_changed, surface.window)
    dialog.open()


def turn_caller(surface: Surface) -> None:
    """The caller's window comes, where it was the last time if that screen is there, or goes."""
    desk, page = surface.desk, surface.page
    standing = surface.window.findChild(CallerWindow)
    if standing is not None:
        standing.close()
        return
    caller = CallerWindow(surface.theme, surface.actions.values(), surface.run, surface.window)

    def on_screen_changed(name: str) -> None:
        desk.caller_screen = name

    def on_closed() -> None:
        desk.caller_screen = None
        caller.setParent(None)
        surface.turn_to(desk.page)

    caller.screen_changed.connect(on_screen_changed)
    caller.closed.connect(on_closed)
    caller.go_bar.go_pressed.connect(page.go_bar.go_pressed)
    caller.go_bar.go_released.connect(page.go_bar.go_released)
    page.now_shown.connect(caller.show_now)
    caller.show_on(desk.caller_screen or "")
    surface.turn_to(desk.page)  # ticks the menu
    surface.refresh()


def _set_lock(surface: Surface, run: str | None) -> None:
    surface.desk.locked_run = run
    trouble = write_lock(state_folder(), run)
    if trouble:
        surface.refuse(trouble)
    surface.turn_to(surface.desk.page)  # greys and ungreys
    surface.refresh()
