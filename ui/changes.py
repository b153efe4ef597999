"""What the operator changes of the show: asked of the engine with the show in view, and told when refused."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from ui.action import Action
from ui.bridge import Bridge
from ui.state.desk import Desk


class Changes(QObject):
    """Sends the changes that actions make; ``said`` is told one line where one was refused."""

    def __init__(self, desk: Desk, bridge: Bridge, said: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._bridge, self._said = desk, bridge, said
        bridge.edit_refused.connect(self._on_edit_refused)

    def make(self, action: Action) -> None:
        """Ask for what the action changes, of the show as it stands here."""
        if action.undoes is not None:
            self._bridge.undo(self._desk.revision, redo=action.undoes == "redo")
        edit = action.edit(self._desk) if action.edit is not None else None
        if edit is not None:
            self._bridge.edit(edit, self._desk.revision)

    def _on_edit_refused(self, words: str) -> None:
        self._said(f"Not changed: {words}")
