"""Look-ups over the cues of a show, carried from one edit to the next.

Reckoned anew, those of ten thousand cues take milliseconds, which a running show does not have. Whatever is carried
equals what the show would reckon itself, but for the order of keys.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from console.show.cues import Cue
from console.show.numbers import NumberKey, number_to_order, readable_key
from console.show.show import Show


def reckon_all(show: Show) -> None:
    """Reckon every look-up now, where there is time for it."""
    for name in _ALL:
        getattr(show, name)


def carry_over(before: Show, after: Show, cues: Mapping[str, Cue | None], *, shifted: bool) -> None:
    """Give the show after an edit what the one before had reckoned.

    ``cues`` are those that were touched or moved, as they are now (None: gone). ``shifted``: others have another place.
    """
    kept, found = before.__dict__, after.__dict__
    if not cues and not shifted and before.items is after.items:
        found.update({name: kept[name] for name in _ALL if name in kept})
        return
    old = [before.cue_by_id[cue] for cue in cues if cue in before.cue_by_id]
    new = [cue for cue in cues.values() if cue is not None]
    found["cue_by_id"] = by_id = dict(before.cue_by_id)
    for cue in old:
        del by_id[cue.id]
    if not shifted and "cue_places" in kept:
        found["cue_places"] = before.cue_places
    by_id.update((cue.id, cue) for cue in new)
    if "cues_by_item" in kept:
        found["cues_by_item"] = _cues_by_item(before, after, old, new)
    if "followers" in kept:
        found["followers"] = _followers(before, after, old, new)
    if "children" in kept:
        found["children"] = _children(before, by_id, old, new)
    if "cue_slots" in kept:
        found["cue_slots"] = _slots(before, old, new)


_ALL = ("cue_by_id", "cue_places", "cues_by_item", "followers", "children", "cue_slots")


def _cues_by_item(before: Show, after: Show, old: list[Cue], new: list[Cue]) -> dict[str, tuple[Cue, ...]]:
    known = before.cues_by_item
    if before.items is not after.items:
        standing = {item.id for item in after.items}
        known = {item: cues for item, cues in known.items() if cues or item in standing}
        known = {**dict.fromkeys(standing - known.keys(), ()), **known}
    gone = [(cue.item, cue) for cue in old if cue.item is not None]
    come = [(cue.item, cue) for cue in new if cue.item is not None]
    return _exchanged(known, gone, come, after, standing={item.id for item in after.items})


def _followers(before: Show, after: Show, old: list[Cue], new: list[Cue]) -> dict[str, tuple[Cue, ...]]:
    gone = [(cue.at.cue, cue) for cue in old if cue.at.on == "after"]
    come = [(cue.at.cue, cue) for cue in new if cue.at.on == "after"]
    return _exchanged(before.followers, gone, come, after)


def _exchanged(
    known: dict[str, tuple[Cue, ...]],
    gone: list[tuple[str, Cue]],
    come: list[tuple[str, Cue]],
    after: Show,
    standing: Collection[str] = (),
) -> dict[str, tuple[Cue, ...]]:
    """Cues by a key, some of them exchanged, each key's in stored order. Keys in ``standing`` stay when empty."""
    found = dict(known)
    leaving: dict[str, set[str]] = {}
    for key, cue in gone:
        leaving.setdefault(key, set()).add(cue.id)
    coming: dict[str, list[Cue]] = {}
    for key, cue in come:
        coming.setdefault(key, []).append(cue)
    for key in leaving.keys() | coming.keys():
        out = leaving.get(key, set())
        cues = [cue for cue in found.get(key, ()) if cue.id not in out]
        if key in coming:
            places = after.cue_places
            cues = sorted([*cues, *coming[key]], key=lambda cue: places[cue.id])
        found[key] = tuple(cues)
        if not cues and key not in standing:
            del found[key]
    return found


def _children(before: Show, by_id: dict[str, Cue], old: list[Cue], new: list[Cue]) -> dict[str, tuple[str, ...]]:
    found = dict(before.children)
    gone = {cue.id for cue in old}
    for group in {cue.parent for cue in (*old, *new) if cue.parent is not None}:
        ids = [cue for cue in found.get(group, ()) if cue not in gone]
        ids += [cue.id for cue in new if cue.parent == group]
        found[group] = tuple(sorted(ids, key=lambda cue: number_to_order(by_id[cue].number)))
        if not ids:
            del found[group]
    return found


def _slots(before: Show, old: list[Cue], new: list[Cue]) -> dict[tuple[str | None, NumberKey], tuple[str, ...]]:
    found = dict(before.cue_slots)
    for cue in old:
        if (key := readable_key(cue.number)) is not None:
            left = tuple(each for each in found.get((cue.list, key), ()) if each != cue.id)
            found[cue.list, key] = left
            if not left:
                del found[cue.list, key]
    for cue in new:
        if (key := readable_key(cue.number)) is not None:
            found[cue.list, key] = (*found.get((cue.list, key), ()), cue.id)
    return found
