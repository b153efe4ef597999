"""The bar that never scrolls away: GO, who presses it, the standby, the vamp, the next three, the transport.

Signals:
    go_pressed(), go_released(): the GO button, as a key's going down and up.
    action_asked(str): a button of the transport or a plate, by action id.
"""

from __future__ import annotations

from typing import Final, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.actions import ACTION_BY_ID
from ui.go_button import GoButton
from ui.next_card import NextCard
from ui.plates import KeysPlate, VampPlate
from ui.standby_card import StandbyCard
from ui.state.calls import next_calls, standby_call
from ui.state.desk import Desk
from ui.state.go import go_face, keys_face
from ui.state.vamps import vamp_face
from ui.theme.colours import Theme, department_tints
from ui.theme.shapes import shape_icon

HEIGHT_PX: Final = 146

_BUTTONS: Final = (
    ("transport.hold", "pause", 0, 0),
    ("transport.stop", "stop", 0, 1),
    ("standby.back", "back", 0, 2),
    ("transport.all_stop", "all_stop", 1, 0),
    ("show_stop", "house", 1, 1),
    ("panic", "octagon", 1, 2),
)
_SHORT: Final = {"Back to last cue run": "Back", "Release panic": "Release", "Confirm stop": "Confirm"}
_BUTTON_PX: Final = 108  # the longest word there is on a button, so that none pushes its neighbours


_P = TypeVar("_P", bound=QAbstractButton)


class GoBar(QFrame):
    """What an operator's hands and eyes are on while the show runs."""

    go_pressed = Signal()
    go_released = Signal()
    action_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("panel", True)
        self.go = GoButton(theme, self)
        self.go.pressed.connect(self.go_pressed)
        self.go.released.connect(self.go_released)
        self.keys = self._plate(KeysPlate(theme, self), "keys.machine")
        self.standby = StandbyCard(theme, self)
        self.vamp = self._plate(VampPlate(theme, self), "vamp.exit")
        self.next = NextCard(theme, self)
        self.buttons: dict[str, QPushButton] = {}
        coming = QVBoxLayout()
        coming.setSpacing(4)
        coming.addWidget(self.vamp)
        coming.addWidget(self.next, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(10)
        layout.addWidget(self.go)
        layout.addWidget(self.keys)
        layout.addWidget(self.standby, 5)
        layout.addLayout(coming, 4)
        layout.addLayout(self._make_transport())
        self.setFixedHeight(HEIGHT_PX)

    def _plate(self, plate: _P, action_id: str) -> _P:
        plate.setObjectName(action_id)
        plate.clicked.connect(self._on_clicked)
        return plate

    def _make_transport(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        for action_id, shape, row, column in _BUTTONS:
            title = ACTION_BY_ID[action_id].title
            button = QPushButton(f" {_SHORT.get(title, title)}", self)
            button.setAccessibleName(title)
            button.setProperty("live", True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setObjectName(action_id)
            button.setIcon(shape_icon(shape, self._theme.text, self._theme.faint))
            button.setFixedWidth(_BUTTON_PX)
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
            button.clicked.connect(self._on_clicked)
            grid.addWidget(button, row, column)
            self.buttons[action_id] = button
        return grid

    # ------------------------------------------------------------ what is shown

    def show_show(self, desk: Desk) -> None:
        """Another show: its departments' colours."""
        departments = [(each.id, each.colour) for each in desk.show.departments] if desk.show is not None else []
        tints = department_tints(departments, self._theme)
        self.standby.tints = self.next.tints = tints

    def show_now(self, desk: Desk, local_ns: int, refused: tuple[str, int] | None) -> None:
        """The standby, the next three, the button and the transport at a local instant."""
        face = go_face(desk, local_ns, refused)
        self.go.show_face(face)
        self.keys.show_face(keys_face(desk))
        self.vamp.show_face(vamp_face(desk, local_ns))
        self.standby.show_call(standby_call(desk, local_ns), _last_words(desk), face)
        self.next.show_calls(next_calls(desk, local_ns))
        self._show_transport(desk, local_ns)

    def _show_transport(self, desk: Desk, local_ns: int) -> None:
        snapshot = desk.snapshot
        held = snapshot is not None and snapshot.playhead.state == "held"
        panic = snapshot is not None and snapshot.panic
        open_stop = desk.show_stop_is_open(local_ns)
        self._dress("transport.hold", "transport.roll" if held else "transport.hold", "on" if held else "")
        self._dress("panic", "panic.release" if panic else "panic", "stop" if panic else "")
        self._dress("show_stop", "show_stop", "stop" if open_stop else "", "Confirm stop" if open_stop else None)
        for place, button in self.buttons.items():
            if place not in ("transport.hold", "panic", "show_stop"):
                self._enable(button, desk, place)
        for place in ("transport.hold", "panic", "show_stop"):
            self._enable(self.buttons[place], desk, self.buttons[place].objectName())

    def _dress(self, place: str, action_id: str, state: str, title: str | None = None) -> None:
        button = self.buttons[place]
        name = title or ACTION_BY_ID[action_id].title
        if (button.objectName(), button.property("state") or "", button.accessibleName()) == (action_id, state, name):
            return
        button.setObjectName(action_id)
        button.setText(f" {_SHORT.get(name, name)}")
        button.setAccessibleName(name)
        button.setProperty("state", state)
        shape = "play" if action_id == "transport.roll" else next(shape for at, shape, *_ in _BUTTONS if at == place)
        shade = {"on": self._theme.caution, "stop": self._theme.stop}.get(state, self._theme.text)
        button.setIcon(shape_icon(shape, shade, self._theme.faint))
        button.style().unpolish(button)
        button.style().polish(button)

    def _enable(self, button: QPushButton, desk: Desk, action_id: str) -> None:
        action = ACTION_BY_ID[action_id]
        why_not = action.why_not(desk)
        if button.isEnabled() == bool(why_not):
            button.setEnabled(not why_not)
        first = desk.keymap.first(action)
        keys = f" ({first})" if first else ""
        tip = f"{action.title}{keys}" + (f": {why_not}" if why_not else f"\n{action.hint}" if action.hint else "")
        if button.toolTip() != tip:
            button.setToolTip(tip)

    def _on_clicked(self) -> None:
        button = self.sender()
        if button is not None:
            self.action_asked.emit(button.objectName())


def _last_words(desk: Desk) -> str:
    """What stands in the card where nothing is in standby."""
    if desk.show is None:
        return "No show is open"
    if desk.snapshot is None:
        return "Waiting for the engine"
    if desk.is_over():
        return "The rundown is over"
    if desk.has_begun() and not any(up.called for up in desk.snapshot.upcoming):
        return "No called cue is left"
    return "Nothing in standby: pick a cue and press Return"
