"""Who sits at this window: an arming role, another caller the show names, or a name. What is recorded as theirs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from ui.state.desk import Desk


def seats_of(desk: Desk) -> tuple[str, ...]:
    """The arming roles of the show, and who may call a show stop."""
    if desk.show is None:
        return ()
    roles = (role for cue in desk.show.cues for role in cue.arm)
    return tuple(dict.fromkeys([*roles, *desk.show.rules.show_stop_by]))


def seat_menu(parent: QWidget, desk: Desk, chosen: Callable[[str | None], object]) -> QMenu:
    """Anybody, each seat, or a name that is typed."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    group = QActionGroup(menu)
    known: list[str | None] = [None, *seats_of(desk)]
    if desk.seat not in known:
        known.append(desk.seat)
    for seat in known:
        action = menu.addAction("Anybody, as the operator" if seat is None else seat)
        action.setCheckable(True)
        action.setChecked(seat == desk.seat)
        group.addAction(action)
        action.triggered.connect(lambda _=False, seat=seat: chosen(seat))
    menu.addSeparator()
    menu.addAction("A name…").triggered.connect(lambda: _ask_name(parent, chosen))
    return menu


def _ask_name(parent: QWidget, chosen: Callable[[str | None], object]) -> None:
    name, given = QInputDialog.getText(parent, "Who sits here", "Name, as the record is to have it:")
    if given and name.strip():
        chosen(name.strip())
