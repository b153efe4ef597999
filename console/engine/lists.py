"""The lists that have a standby: the whole show, each department of it, and the free lists.

All but the free ones are views of the show list; an item's share of each is kept, so that an edit reckons few anew.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from console.plan.schedule import Schedule, drain
from console.show.cues import Cue
from console.show.numbers import NumberKey, number_to_order
from console.show.show import Show

SHOW_LIST: Final = "show"
DEPARTMENT: Final = "dept:"

Names = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Share:
    """What one item gives to the lists, by their names."""

    members: Names
    called: Names


@dataclass(frozen=True)
class Lists:
    """Cue ids of every list in order: ``show``, ``dept:LX`` …, and the free lists by id.

    ``called`` are those that wait for a press; ``places`` is where each cue stands in its list, in the show list for
    those of items, which all are in the same order.
    """

    members: Names
    called: Names
    places: Mapping[str, int]
    shares: Mapping[str, Share]

    def is_of_rundown(self, name: str) -> bool:
        """False for a free list."""
        return name == SHOW_LIST or name.startswith(DEPARTMENT)

    def of_cue(self, show: Show, cue: str) -> tuple[str, ...]:
        """The lists a cue is in."""
        found = show.cue_by_id.get(cue)
        if found is None or cue not in self.places:
            return ()
        if found.item is None:
            return () if found.list is None else (found.list,)
        department = show.department_of(found)
        return (SHOW_LIST,) if department is None else (SHOW_LIST, f"{DEPARTMENT}{department}")


def build_lists(show: Show, schedule: Schedule, places: Mapping[str, int]) -> Lists:
    """The lists of a show. ``places`` are those in the show list."""
    return drain(lists_after(None, show, schedule, places, (), ()))


def lists_after(
    before: Lists | None,
    show: Show,
    schedule: Schedule,
    places: Mapping[str, int],
    anew: Collection[str],
    touched: Collection[str],
) -> Generator[None, None, Lists]:
    """The lists after an edit of the ``touched`` cues, in slices; ``anew`` are the items they were or are in."""
    shares: dict[str, Share] = {}
    for item, order in schedule.by_item.items():
        kept = before.shares.get(item) if before is not None and item not in anew else None
        shares[item] = kept or _share(show, order)
        if kept is None:
            yield
    names = [SHOW_LIST, *(f"{DEPARTMENT}{department.id}" for department in show.departments)]
    played = [share for item, share in shares.items() if not schedule.items[item].item.skipped]
    members: dict[str, tuple[str, ...]] = {}
    called: dict[str, tuple[str, ...]] = {}
    for name in names:
        members[name] = tuple(chain.from_iterable(share.members.get(name, ()) for share in played))
        called[name] = tuple(chain.from_iterable(share.called.get(name, ()) for share in played))
        if not members[name] and name != SHOW_LIST:
            del members[name], called[name]
        yield
    free = _free_lists(show, before, touched)
    yield
    for name, cues in free.items():
        members[name] = cues
        called[name] = tuple(cue for cue in cues if show.cue_by_id[cue].is_called)
    within = {cue: place for cues in free.values() for place, cue in enumerate(cues)}
    return Lists(members, called, {**places, **within} if within else places, shares)


def _share(show: Show, order: tuple[str, ...]) -> Share:
    departments = {role.id: f"{DEPARTMENT}{role.department}" for role in show.roles}
    members: dict[str, list[str]] = {SHOW_LIST: list(order)}
    called: dict[str, list[str]] = {SHOW_LIST: []}
    for each in order:
        cue = show.cue_by_id[each]
        names = [SHOW_LIST]
        if cue.role in departments:
            names.append(departments[cue.role])
            members.setdefault(departments[cue.role], []).append(each)
        if cue.is_called:
            for name in names:
                called.setdefault(name, []).append(each)
    return Share(
        {name: tuple(cues) for name, cues in members.items()}, {name: tuple(cues) for name, cues in called.items()}
    )


def _free_lists(show: Show, before: Lists | None, touched: Collection[str]) -> dict[str, tuple[str, ...]]:
    if before is None:
        cues = {free.id: [cue for cue in show.cues if cue.list == free.id] for free in show.lists}
    else:
        come = [show.cue_by_id[cue] for cue in touched if cue in show.cue_by_id]
        cues = {
            free.id: [
                *(show.cue_by_id[cue] for cue in before.members.get(free.id, ()) if cue not in touched),
                *(cue for cue in come if cue.list == free.id),
            ]
            for free in show.lists
        }
    places = show.cue_places

    def rank(cue: Cue) -> tuple[NumberKey, int]:
        return number_to_order(cue.number), places[cue.id]

    return {name: tuple(cue.id for cue in sorted(found, key=rank)) for name, found in cues.items()}
