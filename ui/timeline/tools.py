"""What the mouse does on the timeline, as a small state machine fed with places and cues. No Qt.

Editing tools join here later; the pointer only looks: it picks cues, sets the cursor and pushes the view about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Area = Literal["head", "lanes"]

SNAP_PX: Final = 7.0
DRAG_PX: Final = 4.0


@dataclass(frozen=True, slots=True)
class Touch:
    """Where the mouse is: px from the left of the axis, the time there, and the cue under it."""

    area: Area
    x_px: float
    ns: int
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class Picked:
    """A cue was clicked, or the empty lane."""

    cue: str | None


@dataclass(frozen=True, slots=True)
class CursorSet:
    """The cursor goes to a time on the axis."""

    ns: int


@dataclass(frozen=True, slots=True)
class Pushed:
    """The view moves by so many pixels; positive shows what is later."""

    by_px: float


Outcome = Picked | CursorSet | Pushed | None


@dataclass
class Pointer:
    """Press, move, release. One press has one meaning, decided by where it began."""

    _pressed: Touch | None = None
    _last_px: float = 0.0
    _pushing: bool = False

    def press(self, touch: Touch) -> Outcome:
        """The button goes down."""
        self._pressed, self._last_px, self._pushing = touch, touch.x_px, False
        return CursorSet(touch.ns) if touch.area == "head" else None

    def move(self, touch: Touch) -> Outcome:
        """The mouse moves with the button down."""
        if self._pressed is None:
            return None
        if self._pressed.area == "head":
            return CursorSet(touch.ns)
        if not self._pushing and abs(touch.x_px - self._pressed.x_px) < DRAG_PX:
            return None
        self._pushing = True
        by_px, self._last_px = self._last_px - touch.x_px, touch.x_px
        return Pushed(by_px) if by_px else None

    def release(self, touch: Touch) -> Outcome:
        """The button comes up: a press that went nowhere on a lane picks what it began on."""
        pressed, self._pressed = self._pressed, None
        if pressed is None or self._pushing or pressed.area == "head":
            return None
        return Picked(pressed.cue)


def snap(ns: int, marks_ns: Iterable[int], ns_per_px: int) -> int:
    """The nearest mark within reach of the hand, else the time itself. Snapping twice changes nothing."""
    nearest = min(marks_ns, key=lambda mark: abs(mark - ns), default=None)
    if nearest is None or abs(nearest - ns) > SNAP_PX * ns_per_px:
        return ns
    return nearest
