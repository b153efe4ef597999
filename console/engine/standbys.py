"""Lists, standbys and the guard on GO.

There is one standby for the whole show list, one a department, one a free list; all are views of the same cues. GO
runs its standby and moves on to the next called cue that is not done. Moving a standby never sends.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice, takewhile

from console.engine.lists import SHOW_LIST, Lists
from console.engine.outbox import Tray
from console.engine.run_state import RunState
from console.engine.running_order import put_next
from console.engine.stepping import is_stepped
from console.plan.schedule import LOAD_NS
from console.show.cues import Cue
from console.timebase.instants import ms_to_ns
from console.vocabulary import StandbyConfirmed, StandbyMoved

__all__ = ["OPERATOR", "SHOW_LIST", "Standbys"]

OPERATOR = "operator"
SHOW_STOPPED = "show stop: resume the show first"


@dataclass
class Standbys:
    """The standby of each list, and when and how GO was last pressed."""

    lists: Lists
    standing: dict[str, str | None] = field(default_factory=dict)
    last_run: dict[str, str] = field(default_factory=dict)
    by_hand: set[str] = field(default_factory=set)  # lists whose standby a person put there
    last_go_ns: dict[str, int] = field(default_factory=dict)  # of each list
    key_down: bool = False
    confirmed: set[str] = field(default_factory=set)  # lists whose standby a first press has called

    def first(self, run: RunState) -> None:
        """Every list to its first called cue."""
        for name in self.lists.members:
            self.standing[name] = next(self.called_behind(run, name, None), None)

    def called_behind(self, run: RunState, name: str, cue: str | None) -> Iterator[str]:
        """The called cues of a list behind a cue (None: all of them) that GO would come to."""
        members, place = self._members(run, name), self.lists.places
        first = 0 if cue is None else bisect_right(members, place[cue], key=place.__getitem__)
        behind: Iterator[str] = islice(members, first, None)
        up = put_next(run)
        at = None if cue is None else run.item_of(cue)
        if up is not None and up != at and run.schedule.by_item[up] and self.lists.is_of_rundown(name):
            # What is left of the item, then the one that was put next.
            top = bisect_left(members, place[run.schedule.by_item[up][0]], key=place.__getitem__)
            left = takewhile(lambda each: run.item_of(each) == at, behind)
            behind = chain(left, islice(members, top, None))
        for each in behind:
            if each not in run.done and self._is_callable(run, each):
                yield each

    def guard(self, run: RunState, now_ns: int, by: str, name: str = SHOW_LIST) -> str | None:
        """Why GO is refused now; None where it may pass. The key is the operator's, the gap is a list's, whoever

        presses: two departments go on one beat.
        """
        if run.panic:
            return "panic: release it first"
        if run.show_stopped is not None:
            return SHOW_STOPPED
        if run.show.rules.go_key_up and self.key_down and by == OPERATOR:
            return "the key has not come up since the last press"
        gap_ns = ms_to_ns(run.show.rules.go_gap_ms)
        last_go_ns = self.last_go_ns.get(name)
        if last_go_ns is not None and now_ns - last_go_ns < gap_ns:
            since_ms = (now_ns - last_go_ns) // 1_000_000
            return f"pressed {since_ms} ms after the last press; the gap is set to {run.show.rules.go_gap_ms} ms"
        return None

    def pressed(self, now_ns: int, by: str, name: str) -> None:
        """A GO on a list has passed the guard."""
        self.last_go_ns[name] = now_ns
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
        for name in self.lists.of_cue(run.show, cue):
            self.last_run[name] = cue
            if self.standing.get(name) == cue:
                self.put(run, tray, now_ns, name, self._first_behind(run, name, cue))

    def refresh(self, run: RunState, tray: Tray, now_ns: int) -> None:
        """Standbys that are done by other means (an item ended under them) move on; those set by hand stay."""
        for name in self.lists.members:
            cue = self.standing.get(name)
            if cue is not None and cue in run.done and name not in self.by_hand:
                self.put(run, tray, now_ns, name, self._first_behind(run, name, cue))

    def take_lists(self, run: RunState, tray: Tray, now_ns: int, lists: Lists) -> None:
        """The lists are others after an edit; a standby that is in none of them any more goes to the one behind it."""
        stood, self.lists = self.lists, lists
        if lists is stood:
            return
        for name in self.standing.keys() - lists.members.keys():
            self.put(run, tray, now_ns, name, None)
            del self.standing[name]
        for name in lists.members:
            if self.last_run.get(name) not in lists.members[name]:
                self.last_run.pop(name, None)
            standing = self.standing.get(name)
            if standing is None:
                self.put(run, tray, now_ns, name, self._first_behind(run, name, self.last_run.get(name)))
            elif standing not in lists.places:
                left = stood.called.get(name, ())
                behind = left[left.index(standing) + 1 :] if standing in left else ()
                still = (cue for cue in behind if cue in lists.places and cue not in run.done)
                self.put(run, tray, now_ns, name, next((cue for cue in still if self._is_callable(run, cue)), None))

    def look_ahead(self, run: RunState, tray: Tray, now_ns: int, item: str | None, *, by_hand: bool) -> None:
        """What comes next is another item: standbys that looked beyond the live one look there.

        Those that a person put somewhere do so only where it was put next ``by_hand`` as well.
        """
        if item is None:
            return
        top = self.lists.places[run.schedule.by_item[item][0]]
        for name in self.lists.members:
            standing = self.standing.get(name)
            at = None if standing is None else run.item_of(standing)
            if name in self.by_hand and not by_hand:
                continue
            if self.lists.is_of_rundown(name) and (at != run.live_item or standing is None) and at != item:
                members = self._members(run, name)
                behind = members[bisect_left(members, top, key=self.lists.places.__getitem__) :]
                found = (cue for cue in behind if cue not in run.done and self._is_callable(run, cue))
                self.put(run, tray, now_ns, name, next(found, None))

    def after_locate(self, run: RunState, tray: Tray, now_ns: int, item: str, position_ns: int) -> None:
        """The first called cue at a place or behind it becomes the standby of every list of the show."""
        order = {item: place for place, item in enumerate(run.schedule.items)}
        for name in self.lists.members:
            found = None
            ours = False
            for cue in self._members(run, name):
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
        members = self._members(run, name) if name in self.lists.members else ()
        if not members:
            return f"list {name!r} has no called cues"
        row, left = self._row(members, name, rows), abs(rows)
        while left:
            row += 1 if rows > 0 else -1
            if not 0 <= row < len(members):
                return "that is the end of the list"
            left -= is_stepped(run, run.show.cue_by_id[members[row]])
        self.put(run, tray, now_ns, name, members[row], by_hand=True)
        return None

    # -- what a hand does ----------------------------------------------------------------------------------------------

    def come_by_hand(self, run: RunState, tray: Tray, now_ns: int) -> None:
        """Departments were taken: GO comes to what the score has next there, unless a person chose the standby."""
        order = {each: place for place, each in enumerate(run.schedule.items)}
        here = (order[run.live_item], run.position_at(now_ns)) if run.live_item is not None else (0, LOAD_NS)
        for name, members in self.lists.members.items():
            if name in self.by_hand or not members or run.item_of(members[0]) is None:
                continue
            first = bisect_left(members, here, key=lambda cue: _moment(run, order, cue))
            standing = self.standing.get(name)
            last = len(members) if standing is None else self._row_of(members, standing)
            for row in range(first, last):
                if members[row] not in run.done and self._is_callable(run, members[row]):
                    self.put(run, tray, now_ns, name, members[row])
                    break

    def move_on(self, run: RunState, tray: Tray, now_ns: int) -> None:
        """Standbys that GO does not come to any more move on; an auto cue that a person chose stays."""
        for name in self.lists.members:
            cue = self.standing.get(name)
            if cue is None or self._is_callable(run, cue):
                continue
            found = run.show.cue_by_id[cue]
            if name not in self.by_hand or run.hand.passes_over(found, run.show.department_of(found)) is not None:
                self.put(run, tray, now_ns, name, self._first_behind(run, name, cue))

    def come_back(self, run: RunState, tray: Tray, now_ns: int, restored: Callable[[Cue], bool]) -> None:
        """Cues that were to be passed over are not: a standby that moved on because of them comes back."""
        for name, members in self.lists.members.items():
            standing = self.standing.get(name)
            row = len(members) if standing is None else self._row_of(members, standing)
            found = None
            while row > 0 and members[row - 1] != self.last_run.get(name):
                row -= 1
                if members[row] not in run.done and self._is_callable(run, members[row]):
                    if not restored(run.show.cue_by_id[members[row]]):
                        break
                    found = members[row]
            if found is not None:
                self.put(run, tray, now_ns, name, found)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _members(self, run: RunState, name: str) -> tuple[str, ...]:
        """Where GO looks for its cues: among the called ones, or all where a hand has taken some from the score."""
        return self.lists.members[name] if run.hand.taken else self.lists.called[name]

    def _row_of(self, members: tuple[str, ...], cue: str) -> int:
        return bisect_left(members, self.lists.places[cue], key=self.lists.places.__getitem__)

    def _first_behind(self, run: RunState, name: str, cue: str | None) -> str | None:
        return next(self.called_behind(run, name, cue), None)

    def _row(self, members: tuple[str, ...], name: str, rows: int) -> int:
        """Where to count from among the called cues: an auto cue in standby lies between two of them."""
        place, standing = self.lists.places, self.standing.get(name)
        if standing is None:
            return -1 if rows > 0 else len(members)
        row = bisect_left(members, place[standing], key=place.__getitem__)
        return row - 1 if rows > 0 and (row == len(members) or members[row] != standing) else row

    def _is_callable(self, run: RunState, cue: str) -> bool:
        found = run.show.cue_by_id[cue]
        if found.disabled or not is_stepped(run, found):
            return False
        if run.hand.passes_over(found, run.show.department_of(found)) is not None:
            return False
        return found.item is None or run.times(found.item).item.counts or run.lives[found.item] in ("loaded", "live")


def _moment(run: RunState, order: Mapping[str, int], cue: str) -> tuple[int, int]:
    """Where a cue of an item stands in the running order."""
    time = run.schedule.cue_times[cue]
    return order[time.item or ""], time.planned_ns
