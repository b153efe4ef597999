"""What can be undone, and what can be done again. A new edit ends what could be done again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from console.show.edits import Edit

DEPTH: Final = 100

Way = Literal["edit", "undo", "redo"]
"""How a change came about: somebody's edit, one taken back, one made again."""


@dataclass(frozen=True, slots=True)
class Past:
    """One change: what it is called, and the edit that takes it back (or makes it again)."""

    name: str
    edit: Edit


@dataclass
class History:
    """The last hundred changes, and those taken back since."""

    done: list[Past] = field(default_factory=list)
    undone: list[Past] = field(default_factory=list)

    def next_of(self, way: Way) -> Past | None:
        """What undo or redo would do."""
        past: Mapping[Way, list[Past]] = {"edit": [], "undo": self.done, "redo": self.undone}
        return past[way][-1] if past[way] else None

    def took(self, way: Way, name: str, inverse: Edit) -> None:
        """A change was made; ``inverse`` takes it back."""
        if way == "edit":
            self.undone.clear()
        elif way == "undo":
            self.done.pop()
        else:
            self.undone.pop()
        (self.undone if way == "undo" else self.done).append(Past(name, inverse))
        del self.done[:-DEPTH]
