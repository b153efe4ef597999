"""How it plays: back, count-in, step, what repeats, how fast.

Signals:
    action_asked(str): an action by its id.
    request_made(object): a setting that has no action.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.vocabulary import RehearseStretch, Request
from ui.actions import ACTION_BY_ID
from ui.state.desk import Desk
from ui.state.rehearsal import (
    SPEEDS,
    rehearsal_of,
    set_speed,
    speed_words,
    stretch_of,
    stretch_words,
)
from ui.theme.colours import Theme
from ui.tick_box import TickBox

SHORT = {
    "rehearse.back": "Back 8 bars",
    "rehearse.roll": "Count in",
    "rehearse.step": "Step",
    "rehearse.from": "From here",
    "rehearse.to": "Up to here",
    "rehearse.loop": "Section",
}
"""What the keys say where their heading says the rest."""

COUNT_INS = (0.0, 1.0, 2.0, 4.0)


class Playing(QFrame):
    """Keys for what a band asks for between two runs at a song."""

    action_asked = Signal(str)
    request_made = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self._desk = Desk()
        self.keys: dict[str, QPushButton] = {}
        self.speeds: dict[float, QPushButton] = {}
        self.counts: dict[float, QPushButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 12)
        layout.setSpacing(6)
        layout.addWidget(_heading("From here"))
        layout.addLayout(self._row("rehearse.back", "rehearse.roll", "rehearse.step"))
        layout.addLayout(self._choices("Count in, bars", COUNT_INS, self.counts, _bars_words, self._count))
        layout.addWidget(_heading("Again and again"))
        self.stretch = QLabel()
        self.stretch.setWordWrap(True)
        layout.addWidget(self.stretch)
        layout.addLayout(self._row("rehearse.from", "rehearse.to", "rehearse.loop"))
        self.triggers = TickBox("Repeats send triggers too; a hazard never", theme)
        self.triggers.clicked.connect(self._set_triggers)
        layout.addWidget(self.triggers)
        layout.addWidget(_heading("Speed"))
        layout.addLayout(self._choices("", SPEEDS, self.speeds, speed_words, self._speed))
        self.fades = TickBox("Fades and offsets inside cues too", theme)
        self.fades.clicked.connect(lambda on: self._ask(set_speed(self._desk, scale_fades=on)))
        self.code = TickBox("Timecode out follows", theme)
        self.code.clicked.connect(lambda on: self._ask(set_speed(self._desk, follows=on)))
        layout.addWidget(self.fades)
        layout.addWidget(self.code)
        layout.addStretch(1)

    def show_desk(self, desk: Desk) -> None:
        """As the engine says it plays."""
        self._desk = desk
        rehearsal, stretch = rehearsal_of(desk), stretch_of(desk)
        for action, key in self.keys.items():
            why_not = ACTION_BY_ID[action].why_not(desk)
            if key.isEnabled() == bool(why_not):
                key.setEnabled(not why_not)
            key.setToolTip(why_not or ACTION_BY_ID[action].hint)
            first = desk.keymap.first(ACTION_BY_ID[action])
            words = "Nothing" if action == "rehearse.loop" and stretch is not None else SHORT[action]
            key.setText(f"{words}  {first}".rstrip())
            key.setAccessibleDescription(f"{ACTION_BY_ID[action].hint}; key {first or 'none'}")
        if self.stretch.text() != stretch_words(desk):
            self.stretch.setText(stretch_words(desk))
        for bars, key in self.counts.items():
            key.setChecked(bars == desk.count_in_bars)
        for speed, key in self.speeds.items():
            key.setChecked(rehearsal is not None and rehearsal.speed == speed)
        rolls = desk.snapshot is not None and desk.snapshot.playhead.state == "rolling"
        for box, on, enabled in (
            (self.triggers, stretch is not None and stretch.triggers, stretch is not None),
            (self.fades, rehearsal is not None and rehearsal.scale_fades, rehearsal is not None and not rolls),
            (self.code, rehearsal is None or rehearsal.code_out == "follow", rehearsal is not None),
        ):
            box.setChecked(on)
            box.setEnabled(enabled)
        for key in (*self.counts.values(), *self.speeds.values()):
            key.setEnabled(rehearsal is not None)

    def _row(self, *actions: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(6)
        for column, action in enumerate(actions):
            found = ACTION_BY_ID[action]
            key = QPushButton(SHORT[action])
            key.setProperty("live", True)
            key.setAccessibleName(found.title)
            key.clicked.connect(partial(self._asked, action))
            grid.addWidget(key, 0, column)
            grid.setColumnStretch(column, 1)
            self.keys[action] = key
        return grid

    def _choices(
        self,
        words: str,
        values: Sequence[float],
        keys: dict[float, QPushButton],
        name: Callable[[float], str],
        chosen: Callable[[float], None],
    ) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        if words:
            caption = QLabel(words)
            caption.setProperty("voice", "dim")
            row.addWidget(caption)
            row.addSpacing(6)
        for value in values:
            key = QPushButton(name(value))
            key.setProperty("chip", True)
            key.setCheckable(True)
            key.setMinimumHeight(36)
            key.setAccessibleName(f"{words or 'Speed'} {name(value)}")
            key.clicked.connect(partial(self._chosen, chosen, value))
            row.addWidget(key)
            keys[value] = key
        row.addStretch(1)
        return row

    def _asked(self, action: str, _checked: bool = False) -> None:
        self.action_asked.emit(action)

    def _chosen(self, chosen: Callable[[float], None], value: float, _checked: bool = False) -> None:
        chosen(value)
        self.show_desk(self._desk)  # until the engine says otherwise

    def _count(self, bars: float) -> None:
        self._desk.count_in_bars = int(bars)

    def _speed(self, speed: float) -> None:
        self._ask(set_speed(self._desk, speed))

    def _set_triggers(self, on: bool) -> None:
        stretch = stretch_of(self._desk)
        if stretch is not None:
            first_ns, last_ns = stretch.from_ns, stretch.to_ns
            by, item = self._desk.by, stretch.item
            self._ask(RehearseStretch(by=by, item=item, from_ns=first_ns, to_ns=last_ns, triggers=on))

    def _ask(self, request: Request | None) -> None:
        if request is not None:
            self.request_made.emit(request)
        self.show_desk(self._desk)


def _bars_words(bars: float) -> str:
    return f"{bars:g}" if bars else "none"


def _heading(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("voice", "heading")
    return label
