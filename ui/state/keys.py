"""Space, Esc and D: what they mean just now. Decided here, so that it can be read as a table. No Qt.

Space runs the standby wherever the focus is, unless a text field has the caret or a dialog or menu is open; Esc is
panic in Rehearsal and Performance, dialog or not, and closes things in Edit. D is the dead-man: high while it is held.
A key held down counts once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.state.desk import Mode

Key = Literal["space", "escape", "dead_man"]
Meaning = Literal["go", "go_up", "panic", "hold", "hold_up", "nothing", "ordinary"]
"""``nothing``: the key is ours and does nothing; ``ordinary``: it is whatever the focused widget makes of it."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """One key going down or coming up, and what it met."""

    key: Key
    down: bool
    repeated: bool = False
    modified: bool = False  # with Ctrl, Alt, Shift or Meta


@dataclass(frozen=True, slots=True)
class Focus:
    """Where keys would go."""

    show_is_open: bool
    mode: Mode
    text_has_caret: bool = False
    dialog_is_open: bool = False


@dataclass
class LiveKeys:
    """Remembers only whether Space is down for a GO and D for the dead-man, so that their coming up belongs to it."""

    _space_is_go: bool = False
    _holds: bool = False

    def meaning(self, keyed: Keyed, focus: Focus) -> Meaning:
        """What this key means."""
        if keyed.key == "space":
            return self._space(keyed, focus)
        if keyed.key == "dead_man":
            return self._dead_man(keyed, focus)
        if not focus.show_is_open or focus.mode == "edit" or keyed.modified:
            return "ordinary"
        return "panic" if keyed.down and not keyed.repeated else "nothing"

    def _dead_man(self, keyed: Keyed, focus: Focus) -> Meaning:
        if self._holds:
            if keyed.repeated or keyed.down:
                return "nothing"
            self._holds = False
            return "hold_up"
        if keyed.modified or focus.text_has_caret or focus.dialog_is_open or not focus.show_is_open:
            return "ordinary"
        if not keyed.down or keyed.repeated:
            return "nothing"
        self._holds = True
        return "hold"

    def _space(self, keyed: Keyed, focus: Focus) -> Meaning:
        if self._space_is_go:
            if keyed.repeated:
                return "nothing"
            self._space_is_go = keyed.down
            return "nothing" if keyed.down else "go_up"
        if keyed.modified or focus.text_has_caret or focus.dialog_is_open or not focus.show_is_open:
            return "ordinary"
        if not keyed.down or keyed.repeated:
            return "nothing"
        self._space_is_go = True
        return "go"
