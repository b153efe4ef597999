"""Menus and shortcuts, drawn up from the actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QWidget

from ui.actions import ACTIONS, MENUS, Action
from ui.state.desk import Desk
from ui.state.keymap import Keymap


def build_menus(window: QMainWindow, page: QWidget, ran: Callable[[str], None], keymap: Keymap) -> dict[str, QAction]:
    """A QAction for each action, in its menu; ``ran`` is told the id when one is triggered.

    While ``page`` is on show it is told of keys of greyed actions too: a refused key is seen to be refused.
    """
    made: dict[str, QAction] = {}
    menus = {title: window.menuBar().addMenu(title) for title in MENUS}
    for action in ACTIONS:
        made[action.id] = _make(window, page, action, ran)
        if action.menu is not None:
            if action.gap_before:
                menus[action.menu].addSeparator()
            menus[action.menu].addAction(made[action.id])
        else:
            window.addAction(made[action.id])
    set_keys(made, keymap)
    return made


def _make(window: QMainWindow, page: QWidget, action: Action, ran: Callable[[str], None]) -> QAction:
    made = QAction(action.title, window)
    made.setObjectName(action.id)
    made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    made.setAutoRepeat(action.is_local)  # a key held down asks the engine once
    made.setCheckable(action.toggled)
    if action.hint:
        made.setStatusTip(action.hint)

    def on_triggered() -> None:
        ran(action.id)

    made.triggered.connect(on_triggered)
    _refuse_when_grey(page, made, on_triggered)
    return made


def set_keys(made: Mapping[str, QAction], keymap: Keymap) -> None:
    """Other keys, at once: each action's, and those of its stand-in."""
    for action in ACTIONS:
        sequences = [QKeySequence(keys) for keys in keymap.keys(action)]
        if made[action.id].shortcuts() != sequences:
            made[action.id].setShortcuts(sequences)


def _refuse_when_grey(page: QWidget, action: QAction, ran: Callable[[], None]) -> None:
    """A key of an action that is greyed out runs it all the same, to be refused with the reason.

    Qt would hand it to the list that has the focus, which looks for a row that begins with the letter.
    """
    stand_in = QShortcut(page)
    stand_in.setAutoRepeat(False)
    stand_in.setEnabled(False)
    stand_in.activated.connect(ran)

    def on_changed() -> None:
        if stand_in.keys() != action.shortcuts():
            stand_in.setKeys(action.shortcuts())

    action.changed.connect(on_changed)
    action.enabledChanged.connect(lambda enabled: stand_in.setEnabled(not enabled))


def show_enabled(made: dict[str, QAction], desk: Desk, actions: Iterable[Action] = ACTIONS) -> None:
    """Grey what cannot be used now; its tooltip says why."""
    for action in actions:
        why_not = action.why_not(desk)
        if made[action.id].isEnabled() == bool(why_not):
            made[action.id].setEnabled(not why_not)
        if action.is_on is not None and made[action.id].isChecked() != action.is_on(desk):
            made[action.id].setChecked(action.is_on(desk))
        made[action.id].setToolTip(why_not or action.hint or action.title)
