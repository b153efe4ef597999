"""Menus and shortcuts, drawn up from the actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from ui.actions import ACTIONS, MENUS, Action
from ui.state.desk import Desk


def build_menus(window: QMainWindow, ran: Callable[[str], None]) -> dict[str, QAction]:
    """A QAction for each action, in its menu; ``ran`` is told the id when one is triggered."""
    made: dict[str, QAction] = {}
    menus = {title: window.menuBar().addMenu(title) for title in MENUS}
    for action in ACTIONS:
        made[action.id] = _make(window, action, ran)
        if action.menu is not None:
            if action.gap_before:
                menus[action.menu].addSeparator()
            menus[action.menu].addAction(made[action.id])
        else:
            window.addAction(made[action.id])
    return made


def _make(window: QMainWindow, action: Action, ran: Callable[[str], None]) -> QAction:
    made = QAction(action.title, window)
    made.setObjectName(action.id)
    made.setShortcuts([QKeySequence(keys) for keys in action.keys])
    made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    made.setAutoRepeat(action.is_local)  # a key held down asks the engine once
    made.setCheckable(action.toggled)
    if action.hint:
        made.setStatusTip(action.hint)

    def on_triggered() -> None:
        ran(action.id)

    made.triggered.connect(on_triggered)
    return made


def show_enabled(made: dict[str, QAction], desk: Desk, actions: Iterable[Action] = ACTIONS) -> None:
    """Grey what cannot be used now; its tooltip says why."""
    for action in actions:
        why_not = action.why_not(desk)
        if made[action.id].isEnabled() == bool(why_not):
            made[action.id].setEnabled(not why_not)
        if action.is_on is not None and made[action.id].isChecked() != action.is_on(desk):
            made[action.id].setChecked(action.is_on(desk))
        made[action.id].setToolTip(why_not or action.hint or action.title)
