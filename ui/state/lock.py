"""The lock of a show: what stays in reach while it is on, and the words for what does not. No Qt.

Locked, a console plays a show and does nothing else: what is live, what tonight brings, what is looked at. Whoever
leans on it changes no show, house, mode or page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from ui.action import Action
from ui.state.desk import Desk

LOCKED: Final = "the console is locked: unlock it first (Show menu)"
WORD: Final = "unlock"
"""What is typed to unlock."""

LIVE_MENUS: Final = frozenset({"Run", "Hand", "Timeline"})
STAYS: Final = frozenset(
    {
        *("rundown.next", "rundown.skip", "rundown.up", "rundown.down"),
        *("seat.choose", "lock.turn", "palette.open", "caller.show"),
        *("page.console", "focus.rundown", "focus.timeline", "focus.cues", "view.full", "help.keys"),
    }
)
"""Besides what stands in the live menus."""


def stays(action: Action) -> bool:
    """True for what can be done under the lock."""
    return (action.menu in LIVE_MENUS and action.edit is None) or action.id in STAYS


def under_lock(action: Action) -> Action:
    """The action, refused while the console is locked unless it is live."""
    return action if stays(action) else replace(action, why_not=_unless_locked(action.why_not))


def is_unlocking(typed: str) -> bool:
    """True where the word was typed."""
    return typed.strip().casefold() == WORD


def _unless_locked(why_not: Callable[[Desk], str]) -> Callable[[Desk], str]:
    return lambda desk: LOCKED if desk.is_locked else why_not(desk)
