"""Below the inspector's fields: the bytes of the picked cue, when it last ran, and one step tried by itself.

Signals:
    inquiry_made(object): an ExplainCue or a TryCommand.
    request_made(object): a CheckDevice, after a second press.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.vocabulary import ExplainCue, ExplainedCue, ExplainedSend, Finding, Inquiry, Tried, TryCommand
from ui.reading_pane import ReadingPane
from ui.state.blocks import Block
from ui.state.desk import Desk
from ui.state.inspector_trial import (
    ghost_trial,
    last_blocks,
    live_trial,
    live_words,
    not_live,
    own_sends,
    send_words,
    sends_blocks,
)
from ui.state.profile_rows import tried_blocks
from ui.theme.colours import Theme
from ui.timers import once_timer

AGAIN_NS: Final = 1_000_000_000
"""How often the bytes are asked for anew: another choice or change-over sends others."""

SURE_MS: Final = 4_000
"""How long the second press of a live trial counts."""

LOOK_NS: Final = 200_000_000
"""How often it is looked what became of the cue: a house of two hundred devices has thousands of rows."""

LABEL_PX: Final = 64


class TrialPane(QWidget):
    """Follows one picked cue; asks only while it is on show."""

    inquiry_made = Signal(object)
    request_made = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cue: str | None = None
        self._desk: Desk | None = None
        self._explained: ExplainedCue | None = None
        self._refused = ""
        self._asked_ns: int | None = None
        self._looked_ns: int | None = None
        self._tried: TryCommand | None = None
        self._trial: tuple[Block, ...] = ()
        self._is_sure = False
        self._sure = once_timer(self, SURE_MS, self._forget_sure)
        self.pane = ReadingPane("What the cue sends, and when it last ran", theme, self, label_px=LABEL_PX)
        self.which = QComboBox(self)
        self.which.setAccessibleName("Step to try")
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.currentIndexChanged.connect(self._forget_sure)
        self.ghost = QPushButton("Try on a ghost", self)
        self.ghost.setProperty("chip", True)
        self.ghost.clicked.connect(self._on_ghost_clicked)
        self.live = QPushButton("Try live…", self)
        self.live.setProperty("chip", True)
        self.live.clicked.connect(self._on_live_clicked)
        self.words = QLabel("", self)
        self.words.setProperty("voice", "dim")
        self.words.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.ghost)
        buttons.addWidget(self.live)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setSpacing(4)
        layout.addWidget(self.pane)
        layout.addWidget(self.which)
        layout.addLayout(buttons)
        layout.addWidget(self.words)

    def show_cue(self, desk: Desk, cue: str | None, local_ns: int) -> None:
        """The cue in hand: its bytes are asked for at once where it is another, else now and then."""
        self._desk = desk
        if cue != self._cue:
            self._cue, self._explained, self._refused, self._trial = cue, None, "", ()
            self._asked_ns = self._looked_ns = None
            self._forget_sure()
        self.setVisible(cue is not None)
        if cue is None:
            return
        if desk.linked and (self._asked_ns is None or local_ns - self._asked_ns >= AGAIN_NS):
            self._asked_ns = local_ns
            self.inquiry_made.emit(ExplainCue(cue=cue))
        if self._looked_ns is None or not 0 <= local_ns - self._looked_ns < LOOK_NS:
            self._looked_ns = local_ns
            self._show(desk, cue)

    def share_out(self, height_px: int) -> None:
        """As much as is left for it of the inspector's height."""
        self.pane.setFixedHeight(min(max(height_px // 4, 84), 260))

    def take_finding(self, inquiry: Inquiry, finding: Finding | None, words: str) -> None:
        """The cue's bytes, or what the ghost made of a step."""
        if isinstance(inquiry, ExplainCue) and inquiry.cue == self._cue:
            self._explained = finding if isinstance(finding, ExplainedCue) else None
            self._refused = "" if isinstance(finding, ExplainedCue) else words
            self._show_sends()
        elif isinstance(inquiry, TryCommand) and inquiry == self._tried:
            self._tried = None
            found = tuple(tried_blocks(finding)) if isinstance(finding, Tried) else (Block("caution", words),)
            self._trial = (Block("title", f"A ghost of {inquiry.profile}"), *found)
        if self._desk is not None and self._cue is not None:
            self._show(self._desk, self._cue)

    # ------------------------------------------------------------ inside

    def _show_sends(self) -> None:
        labels = [send_words(send) for send in own_sends(self._explained)]
        if labels != [self.which.itemText(row) for row in range(self.which.count())]:
            self.which.clear()
            self.which.addItems(labels)

    def _show(self, desk: Desk, cue: str) -> None:
        send = self._send()
        against = not_live(desk, send)
        self.which.setVisible(self.which.count() > 1)
        self.ghost.setEnabled(send is not None and self._tried is None)
        self.live.setEnabled(not against)
        if against:
            self._forget_sure()
        self.live.setText(live_words(send, sure=self._is_sure) if send is not None else "Try live…")
        self.words.setText(f"Live: {against}" if against else "")
        self.words.setVisible(bool(against))
        explained = self._explained
        sends = tuple(sends_blocks(explained)) if explained is not None else (Block("dim", self._refused or "…"),)
        self.pane.show_blocks((*self._trial, Block("title", "Last ran"), *last_blocks(desk, cue), *sends))

    def _send(self) -> ExplainedSend | None:
        sends = own_sends(self._explained)
        row = max(self.which.currentIndex(), 0)
        return sends[row] if row < len(sends) else None

    def _forget_sure(self) -> None:
        self._is_sure = False
        self._sure.stop()
        self.live.setText("Try live…")

    def _on_ghost_clicked(self) -> None:
        send = self._send()
        if send is None or self._desk is None or self._cue is None:
            return
        self._tried = ghost_trial(self._desk, send)
        if self._tried is None:
            self._trial = (Block("caution", f"This house does not say what {send.device} is."),)
        else:
            self.inquiry_made.emit(self._tried)
        self._show(self._desk, self._cue)

    def _on_live_clicked(self) -> None:
        send = self._send()
        if send is None or self._desk is None:
            return
        if self._is_sure:
            self._forget_sure()
            self.request_made.emit(live_trial(self._desk, send))
            return
        self._is_sure = True
        self._sure.start()
        self.live.setText(live_words(send, sure=True))
