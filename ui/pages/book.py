"""The middle of the window: the console's panels, or one page in their place, and the tabs that turn to them.

Signals:
    action_asked(str), request_made(object), change_made(object), cue_picked(object), inquiry_made(object): from
        whichever page is on show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QWidget

from console.vocabulary import Finding, Inquiry, Notice
from ui.page_actions import CONSOLE, PAGE_NAMES
from ui.pages.page import Page
from ui.state.desk import Desk
from ui.theme.colours import Theme

MakePage = Callable[[Theme, QWidget | None], Page]


class Book(QStackedWidget):
    """Holds the console and every page that was turned to so far."""

    action_asked = Signal(str)
    request_made = Signal(object)
    change_made = Signal(object)
    cue_picked = Signal(object)
    inquiry_made = Signal(object)

    def __init__(
        self, console: QWidget, makers: Mapping[str, MakePage], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._console, self._theme, self._makers = console, theme, makers
        self._made: dict[str, Page] = {}
        self.addWidget(console)

    def turn_to(self, page: str, desk: Desk, local_ns: int) -> None:
        """Show a page, by its id; one that was never seen is made now."""
        if page == CONSOLE:
            self.setCurrentIndex(0)
            return
        if page not in self._made:
            made = self._makers[page](self._theme, self)
            made.action_asked.connect(self.action_asked)
            made.request_made.connect(self.request_made)
            made.change_made.connect(self.change_made)
            made.cue_picked.connect(self.cue_picked)
            made.inquiry_made.connect(self.inquiry_made)
            self.addWidget(made)
            self._made[page] = made
            made.show_show(desk)
        self.setCurrentWidget(self._made[page])
        self._made[page].show_snapshot(desk, local_ns)
        self._made[page].setFocus()

    def page(self, page: str) -> Page:
        """A page that was turned to before. Raises KeyError for another."""
        return self._made[page]

    def show_show(self, desk: Desk) -> None:
        """Another show or house, or an edited one."""
        for page in self._made.values():
            page.show_show(desk)

    def show_snapshot(self, desk: Desk, local_ns: int) -> None:
        """The engine's last word, to the page on show."""
        page = self.currentWidget()
        if isinstance(page, Page):
            page.show_snapshot(desk, local_ns)

    def take_notice(self, notice: Notice) -> None:
        """A fact from the engine."""
        for page in self._made.values():
            page.take_notice(notice)

    def take_trouble(self, words: str) -> None:
        """What the engine did not do, to the page on show."""
        page = self.currentWidget()
        if isinstance(page, Page):
            page.take_trouble(words)

    def take_finding(self, inquiry: Inquiry, finding: Finding | None, words: str) -> None:
        """What an inquiry came to."""
        for page in self._made.values():
            page.take_finding(inquiry, finding, words)

    # ------------------------------------------------------------ Qt

    def minimumSizeHint(self) -> QSize:
        return self._console.minimumSizeHint()  # a page scrolls; it never makes the window larger


class Tabs(QWidget):
    """A row of buttons, one for each page, for the corner of the menu bar."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 6, 0)
        layout.setSpacing(2)
        for name in PAGE_NAMES:
            tab = QToolButton(self)
            tab.setDefaultAction(actions[f"page.{name.id}"])
            tab.setAccessibleName(f"Page {name.title}")
            layout.addWidget(tab)
