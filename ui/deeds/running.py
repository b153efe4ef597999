"""Around a run: who sits here, which run begins, what is marked, and menus beside the keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu

from console.vocabulary import MarkIt, Preflight, RunKind
from ui.change_over_menu import change_over_menu
from ui.deeds.surface import Surface
from ui.dialogs import begin_run, compare_shows, export_sheets
from ui.dialogs.mark_word import MarkWord
from ui.seat_menu import seat_menu
from ui.state.preflight import failing, is_stale


def deeds(surface: Surface) -> dict[str, Callable[[], object]]:
    """By action id."""
    window, page, desk, theme = surface.window, surface.page, surface.desk, surface.theme
    return {
        "run.performance": partial(begin, surface, "performance"),
        "run.dress": partial(begin, surface, "dress"),
        "run.rehearsal": partial(begin, surface, "rehearsal"),
        "seat.choose": lambda: _pop_up(surface, seat_menu(window, desk, partial(sit, surface))),
        "device.change_over": lambda: _pop_up(surface, change_over_menu(window, desk, surface.ask)),
        "mark.word": lambda: _mark_with_word(surface),
        "choice.set": page.rundown.choices.open_menu,
        "hand.take": page.hands.open_take_menu,
        "hand.bypass": page.hands.open_bypass_menu,
        "show.cue_sheet": lambda: export_sheets.show_export(window, theme, desk),
        "show.compare": lambda: compare_shows.show_compare(window, theme, desk, surface.pick),
    }


def begin(surface: Surface, kind: RunKind) -> None:
    """Begin another run; a performance only after a preflight of the show as it stands."""
    desk = surface.desk
    if kind == "performance" and is_stale(desk):
        surface.turn_to("preflight")
        surface.ask(Preflight(by=desk.by))
        return
    meant = begin_run.confirm(surface.window, desk, kind)
    if meant != "stay":
        despite = failing(desk.report) if kind == "performance" else ()
        surface.bridge.begin(kind, [line.key for line in despite], desk.by, anew=meant == "anew")


def _mark_with_word(surface: Surface) -> None:
    pressed_ns, desk = surface.now_ns(), surface.desk
    asked = MarkWord(surface.theme, desk.show.departments if desk.show is not None else (), surface.window)
    if asked.exec():
        ago_s = min(max(surface.now_ns() - pressed_ns, 0) / 1e9, 600.0)
        surface.ask(MarkIt(by=desk.by, words=asked.words, department=asked.department, ago_s=ago_s))


def sit(surface: Surface, seat: str | None) -> None:
    """Take a seat: a role or a name; None is anybody."""
    surface.page.arming.lines.let_go()
    surface.desk.seat = seat
    surface.refresh()


def _pop_up(surface: Surface, menu: QMenu) -> None:
    corner = surface.page.arming if surface.page.arming.isVisible() else surface.page.lamps
    menu.popup(corner.mapToGlobal(corner.rect().topLeft()))
