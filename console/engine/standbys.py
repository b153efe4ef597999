"""Lists, standbys and the guard on GO.

There is one standby for the whole show list, one a department, one a free list; all are views of the same cues. GO
runs its standby and moves on to the next called cue that is not done. Moving a standby never sends.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from console.engine.outbox import Tray
from console.engine.run_state import RunState
from console.plan.schedule import number_order
from console.timebase.instants import ms_to_ns
from console.vocabulary import StandbyConfirmed, StandbyMoved

SHOW_LIST = "show"
OPERATOR = "operator"
SHOW_STOPPED = "show stop: resume the show first"


def build_lists(run: RunState) -> dict[str, tuple[str, ...]]:
    """Cue ids of every list in order: ``show``, ``dept:LX`` …, and the free lists by id."""
    lists: dict[str, tuple[str, ...]] = {SHOW_LIST: run.schedule.order}
    for department in run.show.departments:
        members = tuple(
            cue for cue in run.schedule.order if run.show.department_of(run.show.cue_by_id[cue]) == department.id
        )
        if members:
            lists[f"dept:{department.id}"] = members
    for free in run.show.lists:
        cues = sorted((cue for cue in run.show.cues if cue.list == free.id), key=number_order)
        lists[free.id] = tuple(cue.id for cue in cues)
    return lists


@dataclass
class Standbys:
    """The standby of each list, and when and how GO was last pressed."""

    lists: dict[str, tuple[str, ...]]
    standing: dict[str, str | None] = field(default_factory=dict)
    last_run: dict[str, str] = field(default_factory=dict)
    by_hand: set[str] = field(default_factory=set)  # lists whose standby a person put there
    last_go_ns: int | None = None
    key_down: bool = False
    confirmed: set[str] = field(default_factory=set)  # lists whose standby a first press has called
    _called: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _place: dict[str, dict[str, int]] = field(default_factory=dict)

    def first(self, run: RunState) -> None:
        """Every list to its first called cue."""
        for name, members in self.lists.items():
            self._place[name] = {cue: place for place, cue in enumerate(members)}
            self._called[name] = tuple(cue for cue in members if run.show.cue_by_id[cue].is_called)
            self.standing[name] = next(self.called_behind(run, name, None), None)

    def called_behind(self, run: RunState, name: str, cue: str | None) -> Iterator[str]:
        """The called cues of a list behind a cue (None: all of them) that GO would come to."""
        called, place = self._called[name], self._place[name]
        first = 0 if cue is None else bisect_right(called, place[cue], key=place.__getitem__)
        for each in islice(called, first, None):
            if each not in run.done and self._is_callable(run, each):
                yield each

    def guard(self, run: RunState, now_ns: int, by: str) -> str | None:
        """Why GO is refused now; None where it may pass. The key is the operator's, the gap is everybody's."""
        if run.panic:
            return "panic: release it first"
        if run.show_stopped is not None:
            return SHOW_STOPPED
        if run.show.rules.go_key_up and self.key_down and by == OPERATOR:
            return "the key has not come up since the last press"
        gap_ns = ms_to_ns(run.show.rules.go_gap_ms)
        if self.last_go_ns is not None and now_ns - self.last_go_ns < gap_ns:
            since_ms = (now_ns - self.last_go_ns) // 1_000_000
            return f"pressed {since_ms} ms after the last press; the gap is set to {run.show.rules.go_gap_ms} ms"
        return None

    def pressed(self, now_ns: int, by: str) -> None:
        """A GO has passed the guard."""
        self.last_go_ns = now_ns
        self.key_down = self.key_down or by == OPERATOR

    def confirms(self, run: RunState, tray: Tray, now_ns: int, name: str, by: str) -> bool:
        """In a list of two steps a first press confirms the standby, and that is all it does."""
        cue = self.standing.get(name)
        if name not in run.show.rules.go_in_two or name in self.confirmed or cue is None:
            return False
        self.confirmed.add(name)
        tray.notices.append(StandbyConfirmed(at_ns=run.at(now_ns), list=name, cue=cue, by=by))
        return True

    def put(self, run: RunState, tray: Tray, now_ns: int, name: str, cue: str | None, *, by_hand: bool = False) -> None:
        """Set a list's standby and say so. One that was confirmed has to be confirmed again."""
        self.confirmed.discard(name)
        self.by_hand.discard(name)
        if by_hand:
            self.by_hand.add(name)
        if self.standing.get(name) != cue:
            self.standing[name] = cue
            tray.notices.later(partial(StandbyMoved, at_ns=run.at(now_ns), list=name, cue=cue))

    def ran(self, run: RunState, tray: Tray, now_ns: int, cue: str) -> None:
        """A cue has run: every list that had it in standby moves on."""
        for name in self.lists:
            if cue in self._place[name]:
                self.last_run[name] = cue
            if self.standing.get(name) == cue:
                self.put(run, tray, now_ns, name, self._behind(run, name, cue))

    def refresh(self, run: RunState, tray: Tray, now_ns: int) -> None:
        """Standbys that are done by other means (an item ended under them) move on; those set by hand stay."""
        for name in self.lists:
            cue = self.standing.get(name)
            if cue is not None and cue in run.done and name not in self.by_hand:
                self.put(run, tray, now_ns, name, self._behind(run, name, cue))

    def after_locate(self, run: RunState, tray: Tray, now_ns: int, item: str, position_ns: int) -> None:
        """The first called cue at a place or behind it becomes the standby of every list of the show."""
        order = {item: place for place, item in enumerate(run.schedule.items)}
        for name, called in self._called.items():
            found = None
            ours = False
            for cue in called:
                time = run.schedule.cue_times[cue]
                if time.item is None:
                    continue
                ours = True
                if (order[time.item], time.planned_ns) >= (order[item], position_ns) and self._is_callable(run, cue):
                    found = cue
                    break
            if ours:
                self.put(run, tray, now_ns, name, found)

    def step(self, run: RunState, tray: Tray, now_ns: int, name: str, rows: int) -> str | None:
        """Move a standby by rows of called cues; returns why not."""
        members = self._called.get(name, ())
        if not members:
            return f"list {name!r} has no called cues"
        place = self._row(name, rows) + rows
        if not 0 <= place < len(members):
            return "that is the end of the list"
        self.put(run, tray, now_ns, name, members[place], by_hand=True)
        return None

    def _behind(self, run: RunState, name: str, cue: str) -> str | None:
        return next(self.called_behind(run, name, cue), None)

    def _row(self, name: str, rows: int) -> int:
        """Where to count from among the called cues: an auto cue in standby lies between two of them."""
        called, place, standing = self._called[name], self._place[name], self.standing.get(name)
        if standing is None:
            return -1 if rows > 0 else len(called)
        row = bisect_left(called, place[standing], key=place.__getitem__)
        return row - 1 if rows > 0 and (row == len(called) or called[row] != standing) else row

    def _is_callable(self, run: RunState, cue: str) -> bool:
        found = run.show.cue_by_id[cue]
        if not found.is_called or found.disabled:
            return False
        return found.item is None or run.times(found.item).item.counts or run.lives[found.item] in ("loaded", "live")
