"""The picked cue, explained: the exact bytes of every step in this house, and what would keep them back now."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from console.vocabulary import ExplainCue, ExplainedCue, Finding, Inquiry
from ui.pages.page import Page
from ui.reading_pane import ReadingPane
from ui.state.blocks import Block
from ui.state.desk import Desk
from ui.state.explained import explained_blocks
from ui.theme.colours import Theme

AGAIN_NS: Final = 1_000_000_000
"""How often it is asked anew while it is on show: what keeps a cue back comes and goes."""

NOTHING_PICKED: Final = "Pick a cue in the list or on the timeline (F2), then come back with E."


class ExplainPage(Page):
    """Follows the picked cue. Asks only while it is on show."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        frame = QFrame(self)
        frame.setProperty("panel", True)
        self.heading = QLabel("Explain", frame)
        self.heading.setProperty("voice", "heading")
        self.note = QLabel("What this cue would send in this house. Looking sends nothing.", frame)
        self.note.setProperty("voice", "dim")
        self.pane = ReadingPane("The cue explained", theme, frame)
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(12, 10, 12, 8)
        inner.addWidget(self.heading)
        inner.addWidget(self.note)
        inner.addWidget(self.pane, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)
        self.hand_focus_to(self.pane)
        self._cue: str | None = None
        self._asked_ns: int | None = None
        self._waits = False

    def show_show(self, desk: Desk) -> None:
        """Another show: whatever was explained is another's."""
        self._cue = None
        self.show_snapshot(desk, 0)

    def show_snapshot(self, desk: Desk, local_ns: int) -> None:
        """Ask for the picked cue: at once where it is another, else now and then."""
        cue = desk.show.cue_by_id.get(desk.selected or "") if desk.show is not None else None
        if cue is None:
            self._cue = None
            self.heading.setText("Explain")
            self.pane.show_blocks([Block("dim", NOTHING_PICKED)])
            return
        is_other = cue.id != self._cue
        if is_other:
            self._cue = cue.id
            self.heading.setText(f"{cue.number} {cue.label}".rstrip())
            self.pane.show_blocks([Block("dim", "…")])
        if is_other or (not self._waits and (self._asked_ns is None or local_ns - self._asked_ns > AGAIN_NS)):
            self._asked_ns, self._waits = local_ns, True
            self.inquiry_made.emit(ExplainCue(cue=cue.id))

    def take_finding(self, inquiry: Inquiry, finding: Finding | None, words: str) -> None:
        """The cue explained, or why not."""
        if not isinstance(inquiry, ExplainCue) or inquiry.cue != self._cue:
            return
        self._waits = False
        if isinstance(finding, ExplainedCue):
            self.pane.show_blocks(explained_blocks(finding))
        else:
            self.pane.show_blocks([Block("caution", words)])
