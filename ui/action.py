"""One thing an operator can do, as data. All of them stand in ``actions``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from console.show.edits import Edit
from console.vocabulary import Request
from ui.state.desk import Desk

WhyNot = Callable[[Desk], str]
MakeRequest = Callable[[Desk, int], Request | None]


@dataclass(frozen=True)
class Action:
    """One thing an operator can do. ``keys`` are Qt key sequences; the first is shown in the menu."""

    id: str
    title: str
    menu: str | None
    keys: tuple[str, ...] = ()
    why_not: WhyNot = lambda _desk: ""
    request: MakeRequest | None = None  # None: local to the window, unless it edits
    edit: Callable[[Desk], Edit | None] | None = None
    undoes: Literal["undo", "redo"] | None = None
    toggled: bool = False
    is_on: Callable[[Desk], bool] | None = None  # whether it is ticked, where the engine knows
    gap_before: bool = False
    hint: str = ""

    @property
    def is_local(self) -> bool:
        """True where the window does it without asking the engine."""
        return self.request is None and self.edit is None and self.undoes is None
