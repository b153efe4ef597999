"""Lists, standbys and the guard on GO.

There is one standby for the whole show list, one a department, one a free list; all are views of the same cues. GO
runs its standby and moves on to the next called cue that is not done. Moving a standby never sends.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from console.engine.outbox import Tray
from console.engine.run_state import RunState
from console.show.numbers import number_to_key
from console.timebase.instants import ms_to_ns
from console.vocabulary import StandbyMoved

SHOW_LIST = "show"


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
        cues = sorted((cue for cue in run.show.cues if cue.list == free.id), key=lambda cue: number_to_key(cue.number))
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

    def first(self, run: RunState) -> None:
        """Every list to its first called cue."""
        for name in self.lists:
            self.standing[name] = self._next_called(run, name, -1)

    def guard(self, run: RunState, now_ns: int) -> str | None:
        """Why GO is refused now; None where it may pass. Counts the press."""
        if run.panic:
            return "panic: release it before GO"
        if run.show.rules.go_key_up and self.key_down:
            return "the GO key has not come up since the last press"
        gap_ns = ms_to_ns(run.show.rules.go_gap_ms)
        if self.last_go_ns is not None and now_ns - self.last_go_ns < gap_ns:
            since_ms = (now_ns - self.last_go_ns) // 1_000_000
            return f"pressed {since_ms} ms after the last GO; the gap is set to {run.show.rules.go_gap_ms} ms"
        return None

    def pressed(self, now_ns: int, *, holds_key: bool) -> None:
        """A GO has passed the guard."""
        self.last_go_ns = now_ns
        self.key_down = holds_key

    def put(self, run: RunState, tray: Tray, now_ns: int, name: str, cue: str | None, *, by_hand: bool = False) -> None:
        """Set a list's standby and say so."""
        self.by_hand.discard(name)
        if by_hand:
            self.by_hand.add(name)
        if self.standing.get(name) != cue:
            self.standing[name] = cue
            tray.notices.append(StandbyMoved(at_ns=run.at(now_ns), list=name, cue=cue))

    def ran(self, run: RunState, tray: Tray, now_ns: int, cue: str) -> None:
        """A cue has run: every list that had it in standby moves on."""
        for name, members in self.lists.items():
            if cue in members:
                self.last_run[name] = cue
            if self.standing.get(name) == cue:
                self.put(run, tray, now_ns, name, self._next_called(run, name, members.index(cue)))

    def refresh(self, run: RunState, tray: Tray, now_ns: int) -> None:
        """Standbys that are done by other means (an item ended under them) move on; those set by hand stay."""
        for name, members in self.lists.items():
            cue = self.standing.get(name)
            if cue is not None and cue in run.done and name not in self.by_hand:
                self.put(run, tray, now_ns, name, self._next_called(run, name, members.index(cue)))

    def after_locate(self, run: RunState, tray: Tray, now_ns: int, item: str, position_ns: int) -> None:
        """The first called cue behind a place becomes the standby of every list of the show."""
        order = list(run.schedule.items)
        here = order.index(item)
        for name, members in self.lists.items():
            if not any(run.show.cue_by_id[cue].item is not None for cue in members):
                continue
            found = None
            for cue in members:
                time = run.schedule.cue_times[cue]
                place = order.index(time.item) if time.item is not None else -1
                if (place, time.planned_ns) > (here, position_ns) and self._is_callable(run, cue):
                    found = cue
                    break
            self.put(run, tray, now_ns, name, found)

    def step(self, run: RunState, tray: Tray, now_ns: int, name: str, rows: int) -> str | None:
        """Move a standby by rows of called cues; returns why not."""
        members = [cue for cue in self.lists.get(name, ()) if run.show.cue_by_id[cue].is_called]
        if not members:
            return f"list {name!r} has no called cues"
        standing = self.standing.get(name)
        place = members.index(standing) + rows if standing in members else (0 if rows > 0 else len(members) - 1)
        if not 0 <= place < len(members):
            return "that is the end of the list"
        self.put(run, tray, now_ns, name, members[place], by_hand=True)
        return None

    def _next_called(self, run: RunState, name: str, place: int) -> str | None:
        for cue in self.lists[name][place + 1 :]:
            if self._is_callable(run, cue) and cue not in run.done:
                return cue
        return None

    def _is_callable(self, run: RunState, cue: str) -> bool:
        found = run.show.cue_by_id[cue]
        return found.is_called and not found.disabled
