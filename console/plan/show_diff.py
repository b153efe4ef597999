"""Two show files compared: what is new, gone, elsewhere or otherwise, piece by piece and field by field. Pure.

Pieces are the same where their ids are. The order of items, departments, lists and choices counts; cues, songs, roles
and markers have theirs from somewhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from pydantic import BaseModel

from console.show.cue_words import seconds_text, steps_text, when_text
from console.show.cues import Cue
from console.show.show import Show

Kind = Literal["removed", "added", "moved", "changed"]
Thing = Literal["cue", "item", "song", "role", "department", "choice", "list", "marker", "inhibit", "show"]

WORDS: Final[Mapping[Kind, str]] = {
    "removed": "no longer there",
    "added": "new",
    "moved": "at another place",
    "changed": "otherwise",
}
"""Each kind in words, in the order of every list."""

SHELVES: Final[Mapping[Thing, str]] = {
    "cue": "cues",
    "item": "items",
    "song": "songs",
    "role": "roles",
    "department": "departments",
    "choice": "choices",
    "list": "lists",
    "marker": "markers",
    "inhibit": "inhibits",
}
"""Where the pieces of a show stand; what stands nowhere here is a field of the show itself."""

_ORDERED: Final = frozenset[Thing](("item", "department", "choice", "list"))
_PLACES: Final = frozenset(("at", "item", "list", "parent", "pre_wait_s", "at_s"))
"""Fields that say where a piece stands."""


@dataclass(frozen=True, slots=True)
class ShowChange:
    """One thing that is not the same. ``field`` is empty for a piece that came, went, or changed its place in a row.

    ``item`` is the id of the item a cue is in; ``number`` is a cue's.
    """

    kind: Kind
    thing: Thing
    id: str
    number: str
    name: str
    item: str | None
    role: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShowDiff:
    """Everything that changed, cues first and in show order within a kind."""

    before: str
    after: str
    changes: tuple[ShowChange, ...]

    def counts(self) -> dict[Kind, int]:
        """How many cues are new, gone, elsewhere or otherwise."""
        found: dict[Kind, set[str]] = {kind: set() for kind in WORDS}
        for each in self.changes:
            if each.thing == "cue":
                found[each.kind].add(each.id)
        return {kind: len(cues) for kind, cues in found.items()}

    def others(self) -> int:
        """How many pieces besides cues are not the same."""
        return len({(each.thing, each.id) for each in self.changes if each.thing != "cue"})


def compare_shows(before: Show, after: Show) -> ShowDiff:
    """What another show file has otherwise."""
    found: list[ShowChange] = []
    for thing, shelf in SHELVES.items():
        found += _compare_shelf(thing, getattr(before, shelf), getattr(after, shelf))
    fields = (name for name in Show.model_fields if name not in SHELVES.values())
    found += _compare_fields("show", before, after, fields)
    things = [*SHELVES, "show"]
    kinds = list(WORDS)
    return ShowDiff(
        before.title,
        after.title,
        tuple(sorted(found, key=lambda each: (things.index(each.thing), kinds.index(each.kind)))),
    )


def _compare_shelf(thing: Thing, before: Sequence[BaseModel], after: Sequence[BaseModel]) -> Iterator[ShowChange]:
    was, will = ({_id(piece): piece for piece in pieces} for pieces in (before, after))
    for id, piece in was.items():
        if id not in will:
            yield _change("removed", thing, piece, "", _piece_words(piece), "")
    for id, piece in will.items():
        if id not in was:
            yield _change("added", thing, piece, "", "", _piece_words(piece))
        elif piece != was[id]:
            yield from _compare_fields(thing, was[id], piece, type(piece).model_fields)
    if thing in _ORDERED:
        yield from _compare_order(thing, was, will)


def _compare_order(thing: Thing, was: Mapping[str, BaseModel], will: Mapping[str, BaseModel]) -> Iterator[ShowChange]:
    """Pieces that stand behind another one now, counted among those that are in both."""
    before, after = [id for id in was if id in will], [id for id in will if id in was]
    kept = {
        id
        for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        for id in before[block.a : block.a + block.size]
    }
    for id in after:
        places = [row.index(id) + 1 for row in (before, after)]
        if id not in kept and places[0] != places[1]:
            yield _change("moved", thing, will[id], "", *(f"place {place}" for place in places))


def _compare_fields(thing: Thing, was: BaseModel, will: BaseModel, fields: Iterable[str]) -> Iterator[ShowChange]:
    for field in fields:
        one, other = getattr(was, field), getattr(will, field)
        if one != other:
            before, after = _field_words(was, field), _field_words(will, field)
            if before == after:  # what the words leave out
                before, after = _plain_words(one), _plain_words(other)
            kind: Kind = "moved" if field in _PLACES else "changed"
            yield _change(kind, thing, will, _field_name(field), before, after)


def _change(kind: Kind, thing: Thing, piece: BaseModel, field: str, before: str, after: str) -> ShowChange:
    name = next((str(found) for at in ("label", "title", "name", "text") if (found := getattr(piece, at, ""))), "")
    return ShowChange(
        kind,
        thing,
        _id(piece),
        str(getattr(piece, "number", "") or "") if isinstance(piece, Cue) else "",
        name,
        piece.item if isinstance(piece, Cue) else None,
        (piece.role or "") if isinstance(piece, Cue) else "",
        field,
        before,
        after,
    )


def _id(piece: BaseModel) -> str:
    return str(getattr(piece, "id", ""))


def _piece_words(piece: BaseModel) -> str:
    """A piece that came or went, in short."""
    if isinstance(piece, Cue):
        return "; ".join((when_text(piece), *steps_text(piece)))
    return next((str(found) for at in ("title", "name", "text") if (found := getattr(piece, at, ""))), _id(piece))


def _field_words(piece: BaseModel, field: str) -> str:
    if isinstance(piece, Cue) and field == "at":
        return when_text(piece)
    if isinstance(piece, Cue) and field == "steps":
        return "; ".join(steps_text(piece)) or "nothing"
    value = getattr(piece, field)
    if isinstance(value, int | float) and not isinstance(value, bool) and field.endswith("_s"):
        return seconds_text(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and field.endswith("_ms"):
        return f"{value:g} ms"
    return _plain_words(value)


def _plain_words(value: object) -> str:
    match value:
        case None | "" | ():
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.9g}"
        case BaseModel():
            return value.model_dump_json(exclude_defaults=True)
        case tuple():
            return ", ".join(_plain_words(each) for each in value)
    return str(value)


def _field_name(field: str) -> str:
    return "when" if field == "at" else field.removesuffix("_s").removesuffix("_ms").replace("_", " ")
