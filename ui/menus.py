"""Menus and shortcuts, drawn up from the actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QWidget

from ui.actions import ACTIONS, MENUS, Action
from ui.state.desk import Desk


def build_menus(window: QMainWindow, page: QWidget, ran: Callable[[str], None]) -> dict[str, QAction]:
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
    return made


def _make(window: QMainWindow, page: QWidget, action: Action, ran: Callable[[str], None]) -> QAction:
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
    for keys in action.keys:
        _refuse_when_grey(page, made, keys, on_triggered)
    return made


def _refuse_when_grey(page: QWidget, action: QAction, keys: str, ran: Callable[[], None]) -> None:
    """A key of an action that is greyed out runs it all the same, to be refused with the reason.

    Qt would hand it to the list that has the focus, which looks for a row that begins with the letter.
    """
    stand_in = QShortcut(QKeySequence(keys), page)
    stand_in.setAutoRepeat(False)
    stand_in.setEnabled(False)
    stand_in.activated.connect(ran)
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
