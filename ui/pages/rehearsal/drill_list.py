"""Faults on demand: the drills that can be played, on which ghost, and how long each took.

Signals:
    request_made(object): a drill begun or ended.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.vocabulary import DRILLS, EndDrill, StartDrill
from ui.state.desk import Desk
from ui.state.drills import drill_on, drill_words, ghosts_of
from ui.state.rehearsal import rehearsal_of


class DrillList(QFrame):
    """Each drill with a key; what was done in which time stands below, the last first."""

    request_made = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self._by = "operator"
        self._ghosts: tuple[str, ...] = ()
        self.keys: dict[str, QPushButton] = {}
        self.device = QComboBox()
        self.device.setAccessibleName("The ghost it is played on")
        self.end = QPushButton("End the drill")
        self.end.clicked.connect(self._end)
        self.words = QLabel()
        self.words.setWordWrap(True)
        head = QHBoxLayout()
        heading = QLabel("Drills")
        heading.setProperty("voice", "heading")
        head.addWidget(heading)
        head.addStretch(1)
        head.addWidget(QLabel("on"))
        head.addWidget(self.device)
        head.addWidget(self.end)
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        for row, drill in enumerate(DRILLS):
            grid.addWidget(QLabel(drill.title), row, 0)
            words = QLabel(drill.words)
            words.setProperty("voice", "caption")
            grid.addWidget(words, row, 1)
            key = QPushButton("Play")
            key.setAccessibleName(f"Play the drill: {drill.title}")
            key.clicked.connect(partial(self._start, drill.id))
            grid.addWidget(key, row, 2)
            self.keys[drill.id] = key
        grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 8, 8)
        layout.addLayout(head)
        layout.addLayout(grid)
        layout.addSpacing(6)
        layout.addWidget(self.words)
        layout.addStretch(1)

    def show_desk(self, desk: Desk) -> None:
        """What can be played now, and what was."""
        self._by = desk.by
        ghosts = ghosts_of(desk)
        if ghosts != self._ghosts:
            chosen, self._ghosts = self.device.currentText(), ghosts
            self.device.clear()
            self.device.addItems(list(ghosts))
            self.device.setCurrentIndex(max(0, self.device.findText(chosen)))
        may = rehearsal_of(desk) is not None
        comes = desk.snapshot is not None and desk.snapshot.chase is not None
        for drill in DRILLS:
            why_not = "" if may else "this is a performance"
            if drill.faults and not ghosts:
                why_not = why_not or "no device is a ghost: switch one first"
            if drill.code and not comes:
                why_not = why_not or "no timecode comes in here"
            self.keys[drill.id].setEnabled(not why_not)
            self.keys[drill.id].setToolTip(why_not)
        self.end.setEnabled(drill_on(desk) is not None)
        drills = desk.snapshot.drills if desk.snapshot is not None else ()
        told = "\n".join(map(drill_words, drills)) or "What was done, and how long it took, stands here."
        if self.words.text() != told:
            self.words.setText(told)

    def _start(self, drill: str, _checked: bool = False) -> None:
        self.request_made.emit(StartDrill(by=self._by, drill=drill, device=self.device.currentText() or None))

    def _end(self) -> None:
        self.request_made.emit(EndDrill(by=self._by))
