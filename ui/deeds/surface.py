"""What deeds may reach of the window: its parts, what is known, and the ways to ask for something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from console.vocabulary import Request
from ui.bridge import Bridge
from ui.changes import MakeEdit
from ui.console_page import ConsolePage
from ui.state.desk import Desk
from ui.state.shelf import Opening
from ui.theme.colours import Theme


@dataclass(frozen=True)
class Surface:
    """One window, as those see it who act in it."""

    window: QMainWindow
    page: ConsolePage
    theme: Theme
    desk: Desk
    bridge: Bridge
    now_ns: Callable[[], int]
    actions: Mapping[str, QAction]
    ask: Callable[[Request], None]  # a request to the engine
    change: Callable[[MakeEdit], None]  # a change of the show, made of the show as it then stands
    refuse: Callable[[str], None]  # one line: why not
    open: Callable[[Opening], None]  # another show, or this one in another house
    run: Callable[[str], None]  # another action, by id
    pick: Callable[[str | None], None]  # a cue, wherever it is shown
    turn_to: Callable[[str], None]  # a page, by id
    refresh: Callable[[], None]  # draw what follows the clock, now
