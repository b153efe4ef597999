"""The positioned cues of one item, in the order they must be started.

A pointer walks a sorted list; due times are computed from the playhead, so holding, resuming and changing the rate
cost nothing. Run time is unfolded by ``vamps.Folding``; a cue inside a vamp runs in pass 1 only unless ``every_pass``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace

from console.engine.vamps import Folding
from console.plan.item_times import ItemTimes, SectionTimes


@dataclass(frozen=True, slots=True)
class Placed:
    """A cue at a score position. ``start_ns`` is the position at which it has to be started (its lead before)."""

    start_ns: int
    position_ns: int
    rank: int  # place in the show list: ties go in list order
    cue: str
    every_pass: bool


@dataclass(frozen=True, slots=True)
class Coming:
    """A placed cue that will run: when it has to be started and when it is meant to be seen, in run ns."""

    start_ns: int
    moment_ns: int
    placed: Placed
    pass_no: int  # of the vamp it lies in; 1 outside


@dataclass
class Track:
    """What is still to come in the item. What lies behind a vamp is not, until its exit is asked."""

    item: ItemTimes
    placed: tuple[Placed, ...]
    _coming: list[Coming] = field(default_factory=list)  # sorted by start
    _next: int = 0
    _aside: list[Coming] = field(default_factory=list)  # what an exit that was asked has taken out

    @classmethod
    def build(cls, item: ItemTimes, cues: Iterable[Placed]) -> Track:
        """Of every auto cue with a position."""
        return cls(item, tuple(sorted(cues, key=lambda each: (each.start_ns, each.rank))))

    def locate(self, position_ns: int, folding: Folding, include: frozenset[str] = frozenset()) -> None:
        """Begin again behind a position; ``include`` are cues exactly there that have still to run."""
        limit_ns = folding.limit_ns(self.item)
        self._coming = []
        self._insert(
            _coming(each, folding.shift_ns, 1)
            for each in self.placed
            if (each.position_ns > position_ns or (each.position_ns == position_ns and each.cue in include))
            and (limit_ns is None or each.position_ns < limit_ns)
        )
        self.next_pass_opens(folding)

    def begin(self, folding: Folding) -> None:
        """From the very start of the item, whatever lies before its zero included."""
        self.locate(-(10**18), folding)

    def exit_asked(self, folding: Folding) -> None:
        """The vamp will be left: what lies behind it gets its run time."""
        vamp = folding.current(self.item)
        if vamp is None:
            return
        limit_ns = Folding(folding.vamp + 1).limit_ns(self.item)
        shift_ns = folding.shift_behind_ns(self.item)
        # What the score has between the exit and the section's end is not played, nor is the pass put out ahead.
        exit_run_ns = (vamp.end_ns if folding.exit_ns is None else folding.exit_ns) + folding.shift_ns
        still = self._coming[self._next :]
        self._coming = [each for each in still if each.moment_ns < exit_run_ns]
        self._aside = [each for each in still if each.moment_ns >= exit_run_ns]
        self._next = 0
        self._insert(
            _coming(each, shift_ns, 1)
            for each in self.placed
            if each.position_ns >= vamp.end_ns and (limit_ns is None or each.position_ns < limit_ns)
        )
        self.next_pass_opens(Folding(folding.vamp + 1, shift_ns=shift_ns))

    def begun_behind(self, folding: Folding) -> list[str]:
        """The cues behind a vamp that have begun in their leads, since its exit was asked."""
        vamp = folding.current(self.item)
        if vamp is None:
            return []
        limit_ns = Folding(folding.vamp + 1).limit_ns(self.item)
        waits = {each.placed.cue for each in self._coming[self._next :]}
        behind = (each for each in self.placed if each.position_ns >= vamp.end_ns and each.cue not in waits)
        return [each.cue for each in behind if limit_ns is None or each.position_ns < limit_ns]

    def exit_withdrawn(self, folding: Folding) -> None:
        """The vamp goes on after all: what lies behind it has no run time, what the exit took out has it again."""
        vamp = folding.current(self.item)
        if vamp is not None:
            still = self._coming[self._next :]
            self._coming, self._next = [each for each in still if each.placed.position_ns < vamp.end_ns], 0
            self._insert(self._aside)
            self._aside = []

    def first_behind_ns(self, vamp: SectionTimes) -> int:
        """The position at which the first cue behind a vamp has to be started; no later than the vamp's end."""
        behind = (each.start_ns for each in self.placed if each.position_ns >= vamp.end_ns)
        return min(vamp.end_ns, next(behind, vamp.end_ns))

    def next_pass_opens(self, folding: Folding) -> None:
        """A pass began: put out what the pass after it repeats, so that leads across the fold are kept."""
        vamp = folding.current(self.item)
        if vamp is None:
            return
        ahead_ns = folding.shift_ns + vamp.end_ns - vamp.start_ns
        self._insert(
            _coming(each, ahead_ns, folding.pass_no + 1)
            for each in self.placed
            if each.every_pass and vamp.start_ns <= each.position_ns < vamp.end_ns
        )

    def lead_changed(self, cue: str, lead_ns: int) -> None:
        """A cue was armed anew, and its devices need another lead."""

        def moved(each: Placed) -> Placed:
            return replace(each, start_ns=each.position_ns - lead_ns) if each.cue == cue else each

        self.placed = tuple(sorted(map(moved, self.placed), key=lambda each: (each.start_ns, each.rank)))

        def anew(each: Coming) -> Coming:
            return _coming(moved(each.placed), each.moment_ns - each.placed.position_ns, each.pass_no)

        still = self._coming[self._next :]
        self._coming, self._next = [], 0
        self._insert(anew(each) for each in still)
        self._aside = [anew(each) for each in self._aside]

    @property
    def cues(self) -> frozenset[str]:
        """Everything that is placed in it."""
        return frozenset(each.cue for each in self.placed)

    def exchange(
        self, cues: Collection[str], placed: Iterable[Placed], folding: Folding, position_ns: int, run_ns: int
    ) -> None:
        """Some cues were edited and stand elsewhere now, at ``placed`` or nowhere; the playhead stands at a place.

        What lies behind it is past. A cue whose lead has begun already leaves at once, as one without notice does.
        """
        new = tuple(placed)
        self.placed = tuple(
            sorted(
                [*(each for each in self.placed if each.cue not in cues), *new],
                key=_starting,
            )
        )
        self._coming = [each for each in self._coming[self._next :] if each.placed.cue not in cues]
        self._next = 0
        fresh = Track(self.item, self._playable(new, folding))
        fresh.locate(position_ns, replace(folding, exit_ns=None))
        if folding.exit_ns is not None:
            fresh.exit_asked(folding)
        self._insert(
            replace(
                each,
                start_ns=max(each.start_ns, run_ns),
                pass_no=max(each.pass_no, self._pass_of(each.placed, folding)),
            )
            for each in fresh.coming(len(fresh._coming))
        )

    def replace_ranks(self, rank_of: Callable[[str], int]) -> None:
        """The cues stand elsewhere in the show list."""
        self.placed = tuple(sorted((_ranked(each, rank_of(each.cue)) for each in self.placed), key=_starting))
        still, self._coming, self._next = self._coming[self._next :], [], 0
        self._insert(
            Coming(each.start_ns, each.moment_ns, _ranked(each.placed, rank_of(each.placed.cue)), each.pass_no)
            for each in still
        )

    def _playable(self, placed: tuple[Placed, ...], folding: Folding) -> tuple[Placed, ...]:
        """Without what a vamp that goes round again does not repeat."""
        return tuple(each for each in placed if each.every_pass or self._pass_of(each, folding) == 1)

    def _pass_of(self, placed: Placed, folding: Folding) -> int:
        """The pass of the vamp that a place will be played in."""
        vamp = folding.current(self.item)
        inside = vamp is not None and vamp.start_ns <= placed.position_ns < vamp.end_ns
        return folding.pass_no if inside else 1

    def next_start_ns(self) -> int | None:
        """Run time at which the next cue has to be started."""
        return self._coming[self._next].start_ns if self._next < len(self._coming) else None

    def pop(self) -> Coming:
        """Take out the next cue to be started."""
        self._next += 1
        return self._coming[self._next - 1]

    def coming(self, most: int) -> list[Coming]:
        """What is still to come, in order of starting, but not more than ``most``."""
        return self._coming[self._next : self._next + most]

    def _insert(self, rows: Iterable[Coming]) -> None:
        self._coming = sorted([*self._coming[self._next :], *rows], key=lambda row: (row.start_ns, row.placed.rank))
        self._next = 0


def _coming(placed: Placed, shift_ns: int, pass_no: int) -> Coming:
    return Coming(placed.start_ns + shift_ns, placed.position_ns + shift_ns, placed, pass_no)


def _ranked(placed: Placed, rank: int) -> Placed:
    return Placed(placed.start_ns, placed.position_ns, rank, placed.cue, placed.every_pass)


def _starting(placed: Placed) -> tuple[int, int]:
    return placed.start_ns, placed.rank
