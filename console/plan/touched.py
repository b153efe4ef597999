"""What an edit touches: so that a running engine reckons that anew, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from console.show.edits import Change, Compound, Edit, Insert, Move, Remove, Replace, SetShow
from console.show.references import Part
from console.show.show import Show

WHOLE_PARTS: Final[frozenset[Part]] = frozenset(("role", "choice", "department"))
WHOLE_FIELDS: Final = frozenset(("rate",))


@dataclass(frozen=True, slots=True)
class Touched:
    """Ids of what came, went, moved or is another piece now.

    ``items`` are those whose timeline may be another, ``rundown`` says that the items as a whole may lie otherwise.
    ``whole`` names what every cue depends on; where it does, nothing that was reckoned holds.
    """

    cues: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()
    rundown: bool = False
    lists: frozenset[str] = frozenset()
    whole: str = ""


def edit_to_touched(edit: Edit, before: Show, after: Show) -> Touched:
    """What an edit touches that led from one show to the other."""
    pieces = set(_pieces(edit))
    songs = {piece for part, piece in pieces if part == "song"}
    items = {piece for part, piece in pieces if part == "item"}
    of_songs = {item.id for show in (before, after) for item in show.items if item.song in songs}
    whole = sorted({part for part, _ in pieces if part in WHOLE_PARTS} | set(_whole_fields(edit)))
    return Touched(
        cues=frozenset(piece for part, piece in pieces if part == "cue"),
        items=frozenset(items | of_songs),
        rundown=bool(items or of_songs),
        lists=frozenset(piece for part, piece in pieces if part == "list"),
        whole=" and ".join(f"{name}s" for name in whole),
    )


def everything(before: Show, after: Show) -> Touched:
    """All of two shows."""
    return Touched(
        frozenset(cue.id for show in (before, after) for cue in show.cues),
        frozenset(item.id for show in (before, after) for item in show.items),
        True,
        frozenset(free.id for show in (before, after) for free in show.lists),
    )


def _pieces(edit: Edit) -> Iterator[tuple[Part, str]]:
    match edit:
        case Insert() | Replace():
            yield edit.part, str(edit.value.get("id"))
        case Remove() | Change() | Move():
            yield edit.part, edit.id
        case Compound():
            for each in edit.edits:
                yield from _pieces(each)
        case SetShow():
            return


def _whole_fields(edit: Edit) -> Iterator[str]:
    if isinstance(edit, SetShow):
        yield from (name for name in edit.fields if name in WHOLE_FIELDS)
    elif isinstance(edit, Compound):
        for each in edit.edits:
            yield from _whole_fields(each)
