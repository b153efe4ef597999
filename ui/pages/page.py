"""What every page of the window has in common.

Signals:
    action_asked(str): an action by its id.
    request_made(object): a Request that the page has put together.
    change_made(object): a change of the show, as a function from the desk to an Edit, or None where there is none.
    cue_picked(object): the id of the cue that was picked on the page, or None.
    inquiry_made(object): an Inquiry; what is found is brought by ``take_finding``.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from console.vocabulary import Finding, Inquiry, Notice
from ui.state.desk import Desk
from ui.theme.colours import Theme


class Page(QWidget):
    """One page: made when it is first turned to, told of each show and notice from then on.

    A page that is not on show draws nothing: snapshots reach it only while it is, and at once when it is turned to.
    """

    action_asked = Signal(str)
    request_made = Signal(object)
    change_made = Signal(object)
    cue_picked = Signal(object)
    inquiry_made = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._first: QWidget | None = None

    def hand_focus_to(self, widget: QWidget) -> None:
        """Who has the keyboard once the page is turned to. Qt's own focus proxy would end Tab's way before the page."""
        self._first = widget

    def show_show(self, desk: Desk) -> None:
        """Another show or house, or an edited one."""

    def show_snapshot(self, desk: Desk, local_ns: int) -> None:
        """What the engine said last; ``local_ns`` is the window's own clock."""

    def take_trouble(self, words: str) -> None:
        """Something this window asked of the engine was not done, and why."""

    def take_notice(self, notice: Notice) -> None:
        """A fact from the engine, also while another page is on show."""

    def take_finding(self, inquiry: Inquiry, finding: Finding | None, words: str) -> None:
        """What an inquiry of some page came to, or in words why it came to nothing."""

    # ------------------------------------------------------------ Qt

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._first is not None:
            self._first.setFocus(event.reason())
