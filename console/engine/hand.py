"""What the operator's hand is on: departments taken from the score, devices bypassed, cues stood down or to be skipped.

*Taken* keeps what the playhead, the clock and an item's load would send; a press still sends. *Bypassed* keeps what
anybody sends, but for panic and its like. Both are tracked: what the show wants goes on as the score says. *Stood down*
is a cue that does not run in this run, *skipped* one that is passed over once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from console.show.cues import Cue

PLAYHEAD: Final = "playhead"
_AUTOMATIC: Final = frozenset((PLAYHEAD, "clock", "engine"))
_BY_CODE: Final = "timecode"

TAKEN: Final = "taken by hand"
BYPASSED: Final = "bypassed"
STOOD_DOWN: Final = "stood down for this run"
SKIPPED: Final = "by hand"

HandState = Literal["joined", "taken", "in line", "bypassed", "standing", "stood down", "coming", "to be skipped"]
HandRequest = Literal["take", "rejoin", "bypass", "lift", "stand_down", "reinstate", "skip", "keep"]

_STATES: Final[tuple[tuple[HandState, HandState, HandRequest, HandRequest], ...]] = (
    ("joined", "taken", "take", "rejoin"),
    ("in line", "bypassed", "bypass", "lift"),
    ("standing", "stood down", "stand_down", "reinstate"),
    ("coming", "to be skipped", "skip", "keep"),
)
HAND: Final[dict[tuple[HandState, HandRequest], HandState | str]] = {
    key: answer
    for free, marked, lay, lift in _STATES
    for key, answer in {
        (free, lay): marked,
        (free, lift): f"refused: it is {free} already",
        (marked, lay): f"refused: it is {marked} already",
        (marked, lift): free,
    }.items()
}
"""Every state answers every request that bears on it; a refusal is an answer."""


def is_automatic(by: str) -> bool:
    """True for what nobody pressed. The machine at the keys presses as a person would, though never what is taken."""
    return by in _AUTOMATIC or by.startswith(_BY_CODE)


@dataclass(frozen=True, slots=True)
class Mark:
    """Who laid a hand on something, and when."""

    by: str
    since_ns: int


@dataclass
class Hand:
    """All of it, for one run.

    ``taken`` is keyed by department, None for the whole show; ``bypassed`` by device or department; ``stood_down`` by
    cue, department or list; ``skips`` by cue. ``passed``: cues whose moment came while they were taken; they are not
    done, so that GO can still run them. ``apart``: parameters of devices that do not stand where the show wants them,
    because something was kept back or a hand has put them elsewhere.
    """

    taken: dict[str | None, Mark] = field(default_factory=dict)
    bypassed: dict[str, Mark] = field(default_factory=dict)
    stood_down: dict[str, Mark] = field(default_factory=dict)
    skips: dict[str, Mark] = field(default_factory=dict)
    passed: set[str] = field(default_factory=set)
    apart: set[tuple[str, ...]] = field(default_factory=set)

    def has_taken(self, department: str | None) -> bool:
        """True where a department is taken, by itself or with the show. A group (None) is taken with the show only."""
        return bool(self.taken) and (None in self.taken or (department is not None and department in self.taken))

    def keeps(self, device: str, department: str, by: str) -> str | None:
        """Why what ``by`` sends to a device does not leave, as an outcome; None where it does."""
        if self.bypassed and (device in self.bypassed or department in self.bypassed):
            return f"skipped: {BYPASSED}"
        if self.taken and self.has_taken(department) and is_automatic(by):
            return f"skipped: {TAKEN}"
        return None

    def passes_over(self, cue: Cue, department: str | None) -> str | None:
        """Why GO does not come to a cue and nothing runs it: stood down, or to be skipped; None where neither."""
        if self.is_stood_down(cue, department):
            return STOOD_DOWN
        return SKIPPED if cue.id in self.skips else None

    def is_stood_down(self, cue: Cue, department: str | None) -> bool:
        """True where a cue, its department or its list is stood down."""
        return bool(self.stood_down) and any(name in self.stood_down for name in names_of(cue, department))


def names_of(cue: Cue, department: str | None) -> tuple[str | None, ...]:
    """What a cue can be stood down by: its id, its department, its lists."""
    return cue.id, department, cue.list if cue.item is None else "show", f"dept:{department}"


def next_state(state: HandState, request: HandRequest) -> str | None:
    """Why a request is refused in a state; None where it is granted."""
    answer = HAND[state, request]
    return answer.removeprefix("refused: ") if answer.startswith("refused: ") else None
