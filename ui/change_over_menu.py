"""Which device of a role is on show, as a menu; picking another asks for the change-over."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from console.vocabulary import ChangeOver
from ui.state.desk import Desk
from ui.state.devices import shared_roles


def change_over_menu(parent: QWidget, desk: Desk, asked: Callable[[ChangeOver], object]) -> QMenu:
    """A role each, with its devices; the one on show is ticked and cannot be picked."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for role, states in shared_roles(desk).items():
        devices = menu.addMenu(role)
        for state in states:
            action = devices.addAction(f"{state.device}, {state.duty}" + (" – on show" if state.active else ""))
            action.setCheckable(True)
            action.setChecked(state.active)
            action.setEnabled(not state.active and state.mode != "off")
            action.triggered.connect(
                lambda _=False, role=role, device=state.device: asked(ChangeOver(role=role, device=device))
            )
    return menu
