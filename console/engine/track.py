"""The positioned cues of one item, in the order they must be started.

A pointer walks a sorted list; due times are computed from the playhead, so holding, resuming and changing the rate
cost nothing. Run time is unfolded by ``vamps.Folding``; a cue inside a vamp runs in pass 1 only unless ``every_pass``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from console.engine.arming import ArmedCue
from console.engine.vamps import Folding
from console.plan.item_times import ItemTimes


@dataclass(frozen=True, slots=True)
class Placed:
    """A cue at a score position. ``start_ns`` is the position at which it has to be started (its lead before)."""

    start_ns: int
    position_ns: int
    rank: int  # place in the show list: ties go in list order
    cue: str
    every_pass: bool


@dataclass
class Track:
    """What is still to come in the item. ``behind`` holds what waits for a vamp's exit."""

    item: ItemTimes
    placed: tuple[Placed, ...]
    _open: list[tuple[int, Placed]] = field(default_factory=list)  # (start in run ns, cue), sorted
    _next: int = 0

    @classmethod
    def build(cls, item: ItemTimes, cues: Iterable[tuple[int, int, ArmedCue]]) -> Track:
        """From (position_ns, place in the list, armed cue) of every auto cue with a position."""
        placed = sorted(
            (
                Placed(position_ns - armed.start_lead_ns, position_ns, rank, armed.cue.id, armed.cue.every_pass)
                for position_ns, rank, armed in cues
            ),
            key=lambda each: (each.start_ns, each.rank),
        )
        return cls(item, tuple(placed))

    def locate(self, position_ns: int, folding: Folding, include: frozenset[str]) -> None:
        """Begin again behind a position; ``include`` are cues exactly there that have still to run."""
        coming = [
            each
            for each in self.placed
            if each.position_ns > position_ns or (each.position_ns == position_ns and each.cue in include)
        ]
        limit_ns = folding.limit_ns(self.item)
        self._open = [
            (each.start_ns + folding.shift_ns, each)
            for each in coming
            if limit_ns is None or each.position_ns < limit_ns
        ]
        self._next = 0
        self.next_pass_opens(folding)

    def begin(self, folding: Folding) -> None:
        """From the very start of the item, whatever lies before its zero included."""
        self.locate(-(10**18), folding, frozenset())

    def exit_asked(self, folding: Folding) -> None:
        """The vamp will be left: what lies behind it gets its run time."""
        vamp = folding.current(self.item)
        if vamp is None:
            return
        after = Folding(folding.vamp + 1)
        limit_ns = after.limit_ns(self.item)
        shift_ns = folding.shift_behind_ns(self.item)
        self._insert(
            (each.start_ns + shift_ns, each)
            for each in self.placed
            if each.position_ns >= vamp.end_ns and (limit_ns is None or each.position_ns < limit_ns)
        )
        # What the score has between the exit and the section's end is not played, nor is the pass put out ahead.
        exit_run_ns = (vamp.end_ns if folding.exit_ns is None else folding.exit_ns) + folding.shift_ns
        self._open = [
            (start_ns, each)
            for start_ns, each in self._open[self._next :]
            if each.position_ns >= vamp.end_ns or start_ns + each.position_ns - each.start_ns < exit_run_ns
        ]
        self._next = 0
        self.next_pass_opens(Folding(folding.vamp + 1, shift_ns=shift_ns))

    def next_pass_opens(self, folding: Folding) -> None:
        """A pass began: put out what the pass after it repeats, so that leads across the fold are kept."""
        vamp = folding.current(self.item)
        if vamp is None:
            return
        ahead_ns = folding.shift_ns + vamp.end_ns - vamp.start_ns
        self._insert(
            (each.start_ns + ahead_ns, each)
            for each in self.placed
            if each.every_pass and vamp.start_ns <= each.position_ns < vamp.end_ns
        )

    def next_start_ns(self) -> int | None:
        """Run time at which the next cue has to be started."""
        return self._open[self._next][0] if self._next < len(self._open) else None

    def pop(self) -> tuple[int, Placed]:
        """(run time of its moment, cue) of the next cue; moves on."""
        start_ns, placed = self._open[self._next]
        self._next += 1
        return start_ns + placed.position_ns - placed.start_ns, placed

    def coming(self) -> list[tuple[int, Placed]]:
        """(run time of its moment, cue) of all that is still to come, in order of starting."""
        return [(start_ns + each.position_ns - each.start_ns, each) for start_ns, each in self._open[self._next :]]

    def _insert(self, rows: Iterable[tuple[int, Placed]]) -> None:
        self._open = sorted([*self._open[self._next :], *rows], key=lambda row: (row[0], row[1].rank))
        self._next = 0
