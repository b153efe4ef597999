"""The devices of the house: a table of all, and beside it everything about the picked one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from console.timebase.instants import NS_PER_S
from console.vocabulary import AnswerTimes, AskLatencies, CommandBytes, Finding, Inquiry, ShowBytes, WatchAnswers
from ui.empty_words import EmptyWords
from ui.pages.devices.device_panel import DevicePanel
from ui.pages.page import Page
from ui.row_table import RowTable
from ui.state.desk import Desk
from ui.state.device_figures import ASK_EVERY_NS, DeviceFigures
from ui.state.device_rows import TITLES, device_rows
from ui.state.lamps import desk_lamps, left_over, summary
from ui.theme.colours import Theme

_WIDTHS: Final = {0: 88, 1: 108, 3: 74, 4: 92, 5: 100, 6: 124}
_ROLE_COLUMN: Final = 2
LEARN_EVERY_NS: Final = 20 * NS_PER_S
"""A latency that is suggested moves slowly, and each time it is asked for is a row of the record."""


class DevicesPage(Page):
    """Asks for answer times only while it is on show; what devices were told is kept by the desk."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._figures = DeviceFigures()
        self._asked_ns: int | None = None
        self._learned_ns: int | None = None
        self._waits = False
        self._run = ""
        self._desk = Desk()
        self._local_ns = 0
        self.heading = QLabel("Devices", self)
        self.heading.setProperty("voice", "heading")
        self.table = RowTable("Devices of the house", TITLES, _WIDTHS, _ROLE_COLUMN, theme, self)
        EmptyWords(self.table, "No devices: add some to the house (F3), or open the show in another")
        self.panel = DevicePanel(theme, self)
        left = QFrame(self)
        left.setProperty("panel", True)
        inner = QVBoxLayout(left)
        inner.setContentsMargins(1, 8, 1, 1)
        head = QHBoxLayout()
        head.setContentsMargins(10, 0, 10, 0)
        head.addWidget(self.heading)
        inner.addLayout(head)
        inner.addWidget(self.table, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(6)
        split.addWidget(left)
        split.addWidget(self.panel)
        split.setStretchFactor(0, 11)
        split.setStretchFactor(1, 9)
        split.setSizes([700, 560])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        self.hand_focus_to(self.table)
        self.table.key_picked.connect(self._on_device_picked)
        self.panel.request_made.connect(self.request_made)
        self.panel.bytes_asked.connect(self._on_bytes_asked)

    def show_show(self, desk: Desk) -> None:
        """Another show or house."""
        self._desk = desk

    def show_snapshot(self, desk: Desk, local_ns: int) -> None:
        """How every device is now; the first is picked where none is."""
        self._desk, self._local_ns = desk, local_ns
        snapshot = desk.snapshot
        if snapshot is not None:
            if snapshot.run != self._run:
                self._run, self._figures = snapshot.run, DeviceFigures()
            self._figures.sample(snapshot.now_ns, snapshot.devices)
            self._ask(local_ns)
            self._ask_latencies(local_ns)
        lamps = desk_lamps(desk, local_ns)
        self.heading.setText(f"Devices  {summary(lamps)}{left_over(desk)}" if lamps else "Devices")
        self.table.show_rows(device_rows(desk, self._figures, local_ns))
        if self.table.picked is None:
            self.table.pick(self.table.rows.key_at(0))
        self.panel.show_device(desk, self._figures, self.table.picked, local_ns)

    def take_finding(self, inquiry: Inquiry, finding: Finding | None, words: str) -> None:
        """Answer times, or the bytes of a command."""
        if isinstance(inquiry, WatchAnswers):
            self._waits = False
            if isinstance(finding, AnswerTimes):
                self._figures.take_answers(finding)
        elif isinstance(inquiry, ShowBytes):
            self.panel.show_bytes(inquiry.seq, finding if isinstance(finding, CommandBytes) else None, words)

    def _ask(self, local_ns: int) -> None:
        if not self._waits and (self._asked_ns is None or local_ns - self._asked_ns >= ASK_EVERY_NS):
            self._asked_ns, self._waits = local_ns, True
            self.inquiry_made.emit(WatchAnswers(after_ns=self._figures.after_ns))

    def _ask_latencies(self, local_ns: int) -> None:
        if self._learned_ns is None or local_ns - self._learned_ns >= LEARN_EVERY_NS:
            self._learned_ns = local_ns
            self.request_made.emit(AskLatencies(by=self._desk.by))

    def _on_device_picked(self, device: str | None) -> None:
        self.panel.show_device(self._desk, self._figures, device, self._local_ns)

    def _on_bytes_asked(self, seq: int) -> None:
        self.inquiry_made.emit(ShowBytes(seq=seq))
