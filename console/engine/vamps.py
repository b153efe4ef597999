"""Vamps: how run time folds onto the score.

Run time rises through every pass; score time repeats. A :class:`Folding` knows, for one item, which vamp is being
played in which pass, and by how much run time is ahead of the score. Nothing behind a vamp has a run time until its
exit is asked. Pure: every change returns a new value.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from console.plan.item_times import ItemTimes, SectionTimes


@dataclass(frozen=True, slots=True)
class Folding:
    """State of an item's vamps.

    ``shift_ns`` = run − score in the pass being played. ``vamp`` is the next vamp at or after the playhead (an index
    into ``ItemTimes.vamps``), ``pass_no`` its current pass from 1, ``exit_ns`` the score position where it will be
    left, None until asked. ``free_ns``: the part of the shift that timecode out counts on through (*free run*).
    """

    vamp: int = 0
    pass_no: int = 1
    shift_ns: int = 0
    exit_ns: int | None = None
    free_ns: int = 0

    def current(self, item: ItemTimes) -> SectionTimes | None:
        """The vamp that is being played or comes next."""
        return item.vamps[self.vamp] if self.vamp < len(item.vamps) else None

    def score_at(self, run_ns: int) -> int:
        """Score position of a run time within the present pass or after it."""
        return run_ns - self.shift_ns

    def fold_run_ns(self, item: ItemTimes) -> int | None:
        """Run time at which the present pass is over: a fold, or the exit. None behind the last vamp."""
        vamp = self.current(item)
        if vamp is None:
            return None
        return (vamp.end_ns if self.exit_ns is None else self.exit_ns) + self.shift_ns

    def limit_ns(self, item: ItemTimes) -> int | None:
        """Score position from which nothing may be scheduled yet; None where all is open."""
        vamp = self.current(item)
        return None if vamp is None or self.exit_ns is not None else vamp.end_ns

    def shift_behind_ns(self, item: ItemTimes) -> int:
        """Run − score for what lies behind the vamp, once its exit is asked."""
        vamp = self.current(item)
        if vamp is None or self.exit_ns is None:
            return self.shift_ns
        return self.shift_ns - (vamp.end_ns - self.exit_ns)

    def folded(self, item: ItemTimes) -> Folding:
        """At the end of a pass: the next pass, or out of the vamp where its exit was asked."""
        vamp = self.current(item)
        if vamp is None:
            return self
        counts_on = vamp.vamp is not None and vamp.vamp.timecode == "free_run"
        if self.exit_ns is not None:
            unplayed_ns = vamp.end_ns - self.exit_ns if counts_on else 0
            return Folding(self.vamp + 1, 1, self.shift_behind_ns(item), None, self.free_ns - unplayed_ns)
        pass_ns = vamp.end_ns - vamp.start_ns
        free_ns = pass_ns if counts_on else 0
        return replace(self, pass_no=self.pass_no + 1, shift_ns=self.shift_ns + pass_ns, free_ns=self.free_ns + free_ns)


def at_position(item: ItemTimes, position_ns: int) -> Folding:
    """The folding after a locate: vamps that end before the position count as left, run time starts anew."""
    left = sum(1 for vamp in item.vamps if vamp.end_ns <= position_ns)
    return Folding(vamp=left)


def ask_exit(item: ItemTimes, folding: Folding, run_ns: int) -> tuple[Folding, str | None]:
    """Leave the vamp at its exit point; the second value says why not."""
    vamp = folding.current(item)
    if vamp is None or vamp.vamp is None:
        return folding, "no vamp is playing or ahead in this item"
    score_ns = folding.score_at(run_ns)
    if score_ns < vamp.start_ns:
        return folding, f"{vamp.section.name} has not begun; ask when it plays"
    if folding.exit_ns is not None:
        return folding, f"the exit of {vamp.section.name} is already asked"
    if folding.pass_no < vamp.vamp.min_repeats:
        return folding, f"{vamp.section.name} is to be played {vamp.vamp.min_repeats} times at least"
    return replace(folding, exit_ns=_exit_point_ns(item, vamp, score_ns)), None


def withdraw_exit(item: ItemTimes, folding: Folding) -> tuple[Folding, str | None]:
    """Stay in the vamp after all; the second value says why not."""
    vamp = folding.current(item)
    if vamp is None:
        return folding, "no vamp is playing or ahead in this item"
    if folding.exit_ns is None:
        return folding, f"no exit of {vamp.section.name} is asked"
    return replace(folding, exit_ns=None), None


def _exit_point_ns(item: ItemTimes, vamp: SectionTimes, score_ns: int) -> int:
    """The first legal exit at or after a score position: section end, bar line, beat or quantum of bars."""
    rule = vamp.vamp.exit if vamp.vamp is not None else "section_end"
    quantum = vamp.vamp.exit_quantum_bars if vamp.vamp is not None else None
    if item.tempo is None or rule == "section_end" or vamp.section.bar is None:
        return vamp.end_ns
    if rule == "beat":
        beat = item.tempo.ns_to_next_beat(score_ns)
        return min(vamp.end_ns, item.tempo.bbt_to_ns(beat.bar, beat.beat))
    bar = item.tempo.ns_to_next_bar(score_ns)
    bars_a_step = quantum or 1
    ahead = -(bar - vamp.section.bar) % bars_a_step
    return min(vamp.end_ns, item.tempo.bar_to_ns(bar + ahead))
