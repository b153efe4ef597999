"""Live, ghost or off: a row of three keys for each department, and for each of its devices.

Signals:
    request_made(object): the switch that was asked for.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QWidget

from console.vocabulary import Mode, SetOutput, SwitchDepartment
from ui.state.desk import Desk
from ui.state.rehearsal import MODE_WORDS, Switch, switches_of

MODES: tuple[Mode, ...] = ("live", "ghost", "off")


class Switches(QScrollArea):
    """Shows what the engine says, not what was pressed; a mode that is on is named in the row as well."""

    request_made = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys: dict[tuple[str, Mode], QPushButton] = {}
        self._details: dict[str, QLabel] = {}
        self._rows: tuple[tuple[str, bool], ...] = ()
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(0, 4, 8, 8)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self.setWidget(self._body)
        self.setWidgetResizable(True)
        for each in (self._body, self.viewport()):
            each.setAutoFillBackground(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Live, ghost or off")

    def show_desk(self, desk: Desk, *, may_switch: bool) -> None:
        """Every switch as it stands."""
        switches = switches_of(desk)
        rows = tuple((each.id, each.is_department) for each in switches)
        if rows != self._rows:
            self._build(switches, desk)
            self._rows = rows
        for switch in switches:
            if self._details[switch.id].text() != switch.detail:
                self._details[switch.id].setText(switch.detail)
            for mode in MODES:
                key = self.keys[switch.id, mode]
                if key.isChecked() != (switch.mode == mode):
                    key.setChecked(switch.mode == mode)
                if key.isEnabled() != may_switch:
                    key.setEnabled(may_switch)

    def _build(self, switches: tuple[Switch, ...], desk: Desk) -> None:
        while (taken := self._grid.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.deleteLater()
        self.keys, self._details = {}, {}
        for row, switch in enumerate(switches):
            name = QLabel(switch.name[:1].upper() + switch.name[1:] if switch.is_department else f"   {switch.name}")
            name.setProperty("voice", "heading" if switch.is_department else "")
            detail = QLabel()
            detail.setProperty("voice", "caption")
            detail.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._details[switch.id] = detail
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(detail, row, 1)
            for column, mode in enumerate(MODES):
                self._grid.addWidget(self._key(switch, mode, desk), row, 2 + column)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(len(switches), 1)

    def _key(self, switch: Switch, mode: Mode, desk: Desk) -> QPushButton:
        key = QPushButton(MODE_WORDS[mode])
        key.setProperty("chip", True)
        key.setCheckable(True)
        key.setFixedWidth(58)
        if switch.is_department:
            key.setStyleSheet("min-height: 42px")
        key.setAccessibleName(f"{switch.name}: {MODE_WORDS[mode]}")
        key.clicked.connect(partial(self._pressed, switch, mode, desk.by))
        self.keys[switch.id, mode] = key
        return key

    def _pressed(self, switch: Switch, mode: Mode, by: str, _checked: bool = False) -> None:
        key = self.keys[switch.id, mode]
        key.setChecked(switch.mode == mode)  # until the engine says otherwise
        if switch.is_department:
            self.request_made.emit(SwitchDepartment(by=by, department=switch.id, mode=mode))
        else:
            self.request_made.emit(SetOutput(by=by, device=switch.id, mode=mode))
