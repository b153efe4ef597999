"""The rehearsal page put together: who is live on the left, how it plays in the middle, what would go wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from ui.pages.page import Page
from ui.pages.rehearsal.drill_list import DrillList
from ui.pages.rehearsal.playing import Playing
from ui.pages.rehearsal.switches import Switches
from ui.pages.rehearsal.wrongs import Wrongs
from ui.state.desk import Desk
from ui.state.rehearsal import mode_words, rehearsal_of
from ui.theme.colours import Theme


class RehearsalPage(Page):
    """Its head says what kind of run this is, in capitals; in a performance everything on it is greyed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.head = QLabel()
        self.head.setProperty("voice", "heading")
        self.switches, self.playing, self.wrongs = Switches(), Playing(theme), Wrongs(theme)
        self.switches.request_made.connect(self.request_made)
        self.playing.request_made.connect(self.request_made)
        self.playing.action_asked.connect(self.action_asked)
        self.drills = DrillList()
        self.drills.request_made.connect(self.request_made)
        playing = QScrollArea()
        playing.setAccessibleName("Playing, scrolled")
        playing.setWidget(self.playing)
        playing.setWidgetResizable(True)
        playing.setFrameShape(QFrame.Shape.NoFrame)
        playing.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QGridLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.setSpacing(6)
        layout.addWidget(self.head, 0, 0, 1, 3)
        layout.addWidget(_panel("Where bytes go", self.switches), 1, 0)
        layout.addWidget(playing, 1, 1)
        self.side = QTabWidget()
        self.side.setAccessibleName("Beside it")
        self.side.tabBar().setAccessibleName("Beside it")
        self.side.addTab(self.wrongs, "What would go wrong")
        self.side.addTab(self.drills, "Drills")
        self.side.setDocumentMode(True)
        layout.addWidget(self.side, 1, 2)
        for column, share in enumerate((4, 4, 4)):
            layout.setColumnStretch(column, share)
        layout.setRowStretch(1, 1)
        self.setAccessibleName("Rehearsal")

    def show_show(self, desk: Desk) -> None:
        """Another show has other switches."""
        self.wrongs.show_desk(desk)
        self.show_snapshot(desk, 0)

    def show_snapshot(self, desk: Desk, local_ns: int) -> None:
        """Everything as the engine says."""
        del local_ns
        if self.head.text() != mode_words(desk):
            self.head.setText(mode_words(desk))
        self.switches.show_desk(desk, may_switch=rehearsal_of(desk) is not None)
        self.playing.show_desk(desk)
        self.drills.show_desk(desk)


def _panel(title: str, inner: QWidget) -> QFrame:
    frame = QFrame()
    frame.setProperty("panel", True)
    heading = QLabel(title)
    heading.setProperty("voice", "heading")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(12, 10, 2, 4)
    layout.addWidget(heading)
    layout.addWidget(inner, 1)
    return frame
