"""What the operator changes of the show: asked of the engine one after another, and told when refused.

A change is made of the show as it stands once the change before it is answered, since the engine refuses one that was
made with an older show in view. Keys and drags may so come faster than the link answers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject

from console.link.messages import Edited
from console.show.edits import Edit, EditError
from ui.action import Action
from ui.bridge import Bridge
from ui.state.desk import Desk

MakeEdit = Callable[[Desk], Edit | None]


class Changes(QObject):
    """Sends the changes that actions and panels make; ``said`` is told one line where one was refused."""

    def __init__(self, desk: Desk, bridge: Bridge, said: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._bridge, self._said = desk, bridge, said
        self._waiting: deque[Callable[[], int | None]] = deque()
        self._asked: int | None = None  # the number of the change that is not answered yet
        bridge.edit_refused.connect(self._on_edit_refused)
        bridge.link_lost.connect(self._on_link_lost)
        bridge.show_opened.connect(self._on_show_opened)

    def make(self, action: Action) -> None:
        """Ask for what the action changes, or takes back."""
        if action.undoes is not None:
            is_redo = action.undoes == "redo"
            self._ask(lambda: self._bridge.undo(self._desk.revision, redo=is_redo))
        if action.edit is not None:
            self.ask(action.edit)

    def ask(self, make: MakeEdit) -> None:
        """Ask for a change; ``make`` is given the show as it stands when its turn comes, and may find nothing to do."""
        if self._desk.is_locked:
            self._said("Not changed: the console is locked: unlock it first (Show menu)")
            return
        self._ask(lambda: self._send(make(self._desk)))

    def take(self, edited: Edited) -> None:
        """The show was changed, by this window or another, and the desk has it: the next may go after our own."""
        if self._asked is not None and edited.id == self._asked:
            self._next()

    def _ask(self, send: Callable[[], int | None]) -> None:
        self._waiting.append(send)
        if self._asked is None:
            self._next()

    def _next(self) -> None:
        self._asked = None
        while self._waiting and self._asked is None:
            try:
                self._asked = self._waiting.popleft()()
            except EditError as error:  # there is no such change: the reason is for whoever asked
                self._said(f"Not changed: {error}")

    def _send(self, edit: Edit | None) -> int | None:
        return None if edit is None else self._bridge.edit(edit, self._desk.revision)

    def _forget(self) -> None:
        self._waiting.clear()
        self._asked = None

    def _on_edit_refused(self, words: str) -> None:
        self._forget()  # what was meant to follow it may mean something else now
        self._said(f"Not changed: {words}")

    def _on_link_lost(self, _words: str) -> None:
        self._forget()

    def _on_show_opened(self, _opened: object) -> None:
        self._forget()
