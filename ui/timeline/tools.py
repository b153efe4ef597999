"""What the mouse does on the timeline, as a table of states fed with places and cues. No Qt.

One press has one meaning, decided by where it began and settled once the mouse has gone far enough: a click picks, a
drag of a clip moves it where editing is allowed, a drag over empty lanes pushes the view, and with Ctrl or Shift it
draws a band around clips. The other button breaks off, and nothing has happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

Area = Literal["head", "lanes"]
State = Literal["idle", "ruler", "clip", "lane", "pushing", "moving", "banding"]

SNAP_PX: Final = 7.0
DRAG_PX: Final = 4.0

DRAGGED: Final[Mapping[tuple[State, bool], State]] = {
    # (what was pressed, whether Ctrl or Shift was down) -> what a drag of it is
    ("clip", False): "moving",
    ("clip", True): "moving",
    ("lane", False): "pushing",
    ("lane", True): "banding",
}


@dataclass(frozen=True, slots=True)
class Touch:
    """Where the mouse is: px from the left of the axis and from the top of the lanes, the time, the cue under it.

    ``adds``: Ctrl or Shift is down.
    """

    area: Area
    x_px: float
    ns: int
    cue: str | None = None
    y_px: float = 0.0
    adds: bool = False


@dataclass(frozen=True, slots=True)
class Picked:
    """A cue was clicked, or the empty lane; ``adds``: to what is picked, or taken from it."""

    cue: str | None
    adds: bool = False


@dataclass(frozen=True, slots=True)
class CursorSet:
    """The cursor goes to a time on the axis."""

    ns: int


@dataclass(frozen=True, slots=True)
class Pushed:
    """The view moves by so many pixels; positive shows what is later."""

    by_px: float


@dataclass(frozen=True, slots=True)
class Moving:
    """A clip is dragged, so far: nothing is changed yet. ``free``: it does not snap."""

    cue: str
    by_px: float
    free: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A clip was let go there."""

    cue: str
    by_px: float
    free: bool


@dataclass(frozen=True, slots=True)
class Banding:
    """A band is drawn, px on the axis and from the top of the lanes; ``done`` once it is let go."""

    from_px: tuple[float, float]
    to_px: tuple[float, float]
    done: bool = False


@dataclass(frozen=True, slots=True)
class BrokenOff:
    """What was being done is not done."""


Outcome = Picked | CursorSet | Pushed | Moving | Moved | Banding | BrokenOff | None


@dataclass
class Pointer:
    """Press, move, release, or break off. ``edits``: clips may be moved."""

    edits: bool = False
    _state: State = "idle"
    _pressed: Touch = Touch("lanes", 0.0, 0)
    _last_px: float = 0.0

    @property
    def state(self) -> State:
        """What goes on."""
        return self._state

    def press(self, touch: Touch) -> Outcome:
        """The button goes down."""
        self._pressed, self._last_px = touch, touch.x_px
        if touch.area == "head":
            self._state = "ruler"
            return CursorSet(touch.ns)
        self._state = "clip" if touch.cue is not None else "lane"
        return None

    def move(self, touch: Touch) -> Outcome:
        """The mouse moves with the button down."""
        if self._state == "ruler":
            return CursorSet(touch.ns)
        dragged = DRAGGED.get((self._state, self._pressed.adds))
        if dragged is not None:
            way_px = max(abs(touch.x_px - self._pressed.x_px), abs(touch.y_px - self._pressed.y_px))
            if way_px < DRAG_PX:
                return None
            self._state = "pushing" if dragged == "moving" and not self.edits else dragged
        return self._going(touch)

    def release(self, touch: Touch) -> Outcome:
        """The button comes up: a press that went nowhere on a lane picks what it began on."""
        state, self._state = self._state, "idle"
        pressed = self._pressed
        match state:
            case "clip":
                return Picked(pressed.cue, pressed.adds)
            case "lane":
                return None if pressed.adds else Picked(None)
            case "moving":
                return Moved(pressed.cue or "", touch.x_px - pressed.x_px, touch.adds)
            case "banding":
                return Banding((pressed.x_px, pressed.y_px), (touch.x_px, touch.y_px), done=True)
            case _:
                return None

    def break_off(self) -> Outcome:
        """Stop where it is, as if the button had not gone down."""
        state, self._state = self._state, "idle"
        return BrokenOff() if state in ("moving", "banding") else None

    def _going(self, touch: Touch) -> Outcome:
        pressed = self._pressed
        match self._state:
            case "pushing":
                by_px, self._last_px = self._last_px - touch.x_px, touch.x_px
                return Pushed(by_px) if by_px else None
            case "moving":
                return Moving(pressed.cue or "", touch.x_px - pressed.x_px, touch.adds)
            case "banding":
                return Banding((pressed.x_px, pressed.y_px), (touch.x_px, touch.y_px))
            case _:
                return None


def snap(ns: int, marks_ns: Iterable[int], ns_per_px: int) -> int:
    """The nearest mark within reach of the hand, else the time itself. Snapping twice changes nothing."""
    nearest = min(marks_ns, key=lambda mark: abs(mark - ns), default=None)
    if nearest is None or abs(nearest - ns) > SNAP_PX * ns_per_px:
        return ns
    return nearest
