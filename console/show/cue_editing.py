"""What an operator does to cues in a list: put one in between, copy, paste, take out, switch off, move.

Each is a pure function from the show to an edit that is one undo. Numbers that others have stay; a new cue gets one
that is free where it stands. All raise :class:`EditError` where it cannot be done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from console.show.cues import After, At, AtOffset, Called, Cue, InGroup
from console.show.draft import EditError
from console.show.edits import Compound, Edit, Fields, Insert, Move, change_cue, insert, move, remove
from console.show.free_numbers import FreeNumbers
from console.show.show import Show

CALLED: Final = Called(on="called")


def insert_behind(show: Show, cue_id: str, fields: Fields | None = None) -> tuple[Compound, str]:
    """A new called cue for the same role, right behind another, and its id. In a group it is one more of the group."""
    beside = show.cue_by_id[cue_id]
    number = FreeNumbers(show, beside.list).behind(beside.number)
    at: At = CALLED if beside.parent is None else InGroup(on="group")
    made = Cue(
        id=free_id(show, beside.item or beside.list or "cue", number),
        number=number,
        item=beside.item,
        list=beside.list,
        role=beside.role,
        parent=beside.parent,
        at=at,
    )
    if made.role is None and beside.group is not None:  # beside a group: spoken to the first of those in it
        child = next(iter(show.children.get(beside.id, ())), None)
        made = made.model_copy(update={"role": show.cue_by_id[child].role if child is not None else None})
    edit = insert(made.model_copy(update=dict(fields or {})), show.cue_places[cue_id] + 1)
    return Compound(name=f"Insert cue {number}", edits=(edit,)), made.id


def insert_first(show: Show, item: str | None, of_list: str | None) -> tuple[Compound, str]:
    """The first cue of an item or of a free list that has none: called, for the first role of the show."""
    number, taken = 1, {key.decimal for home, key in show.cue_slots if home == of_list}
    while number in taken:
        number += 1
    role = show.roles[0].id if show.roles else None
    cue_id = free_id(show, item or of_list or "cue", str(number))
    made = Cue(id=cue_id, number=str(number), item=item, list=of_list, role=role, at=CALLED)
    return Compound(name=f"Insert cue {number}", edits=(insert(made),)), cue_id


def copy_behind(
    show: Show, cues: Sequence[Cue], behind: Cue, name: str, numbers: FreeNumbers | None = None
) -> tuple[Compound, tuple[str, ...]]:
    """Copies of cues right behind another, in its item or list, and their ids: new ids, free numbers.

    What pointed from one copied cue to another points from copy to copy. A copy starts no item that has a start; what
    follows nothing here, or stands at a section that is not here, is called.
    """
    ids: dict[str, str] = {}
    for cue in cues:  # first of all: a follower may stand before its leader
        ids[cue.id] = free_id(show, f"{cue.id}-copy", "", set(ids.values()))
    numbers = numbers or FreeNumbers(show, behind.list)
    starts = any(each.starts_item for each in show.cues_by_item.get(behind.item or "", ()))
    edits: list[Insert] = []
    number, place = behind.number, show.cue_places[behind.id] + 1
    for cue in cues:
        number = numbers.behind(number)
        fields = {
            "id": ids[cue.id],
            "number": number,
            "item": behind.item,
            "list": behind.list,
            "parent": _parent(show, cue, behind, ids),
            "at": _at(show, cue, behind, ids),
            "starts_item": cue.starts_item and not starts and behind.item is not None,
        }
        edits.append(insert(cue.model_copy(update=fields), place + len(edits)))
    return Compound(name=name, edits=tuple(edits)), tuple(ids.values())


def duplicate(show: Show, cue_ids: Collection[str]) -> tuple[Compound, tuple[str, ...]]:
    """Copies of cues, with all that is in their groups, behind the last of them in each item or list."""
    homes: dict[tuple[str | None, str | None], list[Cue]] = {}
    for cue in with_children(show, cue_ids):
        homes.setdefault((cue.item, cue.list), []).append(cue)
    numbers = {of_list: FreeNumbers(show, of_list) for _, of_list in homes}
    edits: list[Edit] = []
    made: list[str] = []
    # The last first, so that the places of the others hold.
    for (_, of_list), cues in sorted(homes.items(), key=lambda home: -show.cue_places[home[1][-1].id]):
        copies, ids = copy_behind(show, cues, cues[-1], "", numbers[of_list])
        edits += copies.edits
        made += ids
    return Compound(name=f"Duplicate {cue_words(show, cue_ids)}", edits=tuple(edits)), tuple(made)


def delete(show: Show, cue_ids: Collection[str]) -> Compound:
    """Take cues out, with all that is in their groups. Refused when applied while others point at them."""
    edits = tuple(remove("cue", cue.id) for cue in with_children(show, cue_ids))
    return Compound(name=f"Delete {cue_words(show, cue_ids)}", edits=edits)


def switch(show: Show, cue_ids: Collection[str], *, disabled: bool) -> Compound | None:
    """Disable cues, or enable them; None where all are so already."""
    word = "Disable" if disabled else "Enable"
    return set_fields(show, cue_ids, {"disabled": disabled}, word)


def set_fields(show: Show, cue_ids: Collection[str], fields: Fields, verb: str = "Change") -> Compound | None:
    """The same fields of several cues; None where all have them so already."""
    changed = [
        cue.id
        for cue in map(show.cue_by_id.__getitem__, cue_ids)
        if any(getattr(cue, name) != value for name, value in fields.items())
    ]
    if not changed:
        return None
    return Compound(name=f"{verb} {cue_words(show, changed)}", edits=tuple(change_cue(cue, fields) for cue in changed))


def move_beside(show: Show, cue_id: str, neighbour_id: str, *, before: bool) -> Compound | None:
    """A cue to right before or behind another of its item or list; None where it stands there.

    In a free list order is that of the list, and numbers stay. In an item untimed cues stand by number: the cue that
    is moved takes one that is free there, and no other number changes.
    """
    cue, neighbour = show.cue_by_id[cue_id], show.cue_by_id[neighbour_id]
    if cue is neighbour:
        return None
    if (cue.item, cue.list) != (neighbour.item, neighbour.list):
        raise EditError(f"cue {cue.number} stays in its item: cut it and paste it there")
    name = f"Move cue {cue.number} {'before' if before else 'behind'} {neighbour.number}"
    if cue.list is not None:
        return Compound(name=name, edits=(_moved(show, cue_id, neighbour_id, before=before),))
    numbers = FreeNumbers(show, None, {cue_id})
    number = (numbers.before if before else numbers.behind)(neighbour.number)
    return Compound(name=name, edits=(change_cue(cue_id, {"number": number}),))


def with_children(show: Show, cue_ids: Iterable[str]) -> tuple[Cue, ...]:
    """Cues and all that is in their groups, each once, in the order of the show file."""
    wanted: set[str] = set()
    asked = list(cue_ids)
    while asked:
        cue = asked.pop()
        if cue not in wanted:
            wanted.add(cue)
            asked += show.children.get(cue, ())
    return tuple(sorted((show.cue_by_id[cue] for cue in wanted), key=lambda cue: show.cue_places[cue.id]))


def cue_words(show: Show, cue_ids: Collection[str]) -> str:
    """``cue 2.5``, ``3 cues``."""
    if len(cue_ids) == 1:
        return f"cue {show.cue_by_id[next(iter(cue_ids))].number}"
    return f"{len(cue_ids)} cues"


def _moved(show: Show, cue_id: str, neighbour_id: str, *, before: bool) -> Move:
    place, there = show.cue_places[cue_id], show.cue_places[neighbour_id]
    return move("cue", cue_id, there - (place < there) + (not before))


def _parent(show: Show, cue: Cue, behind: Cue, ids: Mapping[str, str]) -> str | None:
    """The copy of its group; else its own group, where it stays at home."""
    if cue.parent is None or cue.parent in ids:
        return ids.get(cue.parent or "")
    group = show.cue_by_id.get(cue.parent)
    return group.id if group is not None and (group.item, group.list) == (behind.item, behind.list) else None


def _at(show: Show, cue: Cue, behind: Cue, ids: Mapping[str, str]) -> At:
    at = cue.at
    if isinstance(at, After):
        leader = ids.get(at.cue) or (at.cue if at.cue in show.cue_by_id else None)
        return CALLED if leader is None else at.model_copy(update={"cue": leader})
    if isinstance(at, InGroup) and _parent(show, cue, behind, ids) is None:
        return CALLED
    if isinstance(at, Called | AtOffset) and at.section is not None and not _has_section(show, behind, at.section):
        return CALLED
    return at


def _has_section(show: Show, beside: Cue, section: str) -> bool:
    song = show.song_of(show.item_by_id[beside.item]) if beside.item is not None else None
    return song is not None and any(each.id == section for each in song.sections)


def free_id(show: Show, home: str, number: str, besides: Collection[str] = ()) -> str:
    """An id nobody has: the home and the number, and a count where that is taken."""
    wished = f"{home}-{number}" if number else home
    count, found = 2, wished
    while found in show.cue_by_id or found in besides:
        found, count = f"{wished}-{count}", count + 1
    return found
