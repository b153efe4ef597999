"""Who points at whom in the document. Edits use it to keep pointers whole, validation to find broken ones."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from console.show.cues import ChoiceTable, Cue
from console.show.doc import Doc
from console.show.rundown import Item
from console.show.show import Choice, Department, FreeList, Marker, Role, Show
from console.show.songs import Song

Part = Literal["cue", "item", "song", "role", "choice", "list", "marker", "department"]
Target = Literal["cue", "item", "song", "role", "choice", "list", "department", "section"]
Piece = Cue | Item | Song | Role | Choice | FreeList | Marker | Department
"""A part of the document that has an id."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where pieces of one part stand in the show: its field, and the model of a piece."""

    field: str
    model: type[Piece]


SHELVES: Mapping[Part, Shelf] = {
    "cue": Shelf("cues", Cue),
    "item": Shelf("items", Item),
    "song": Shelf("songs", Song),
    "role": Shelf("roles", Role),
    "choice": Shelf("choices", Choice),
    "list": Shelf("lists", FreeList),
    "marker": Shelf("markers", Marker),
    "department": Shelf("departments", Department),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """One pointer: what kind of thing is meant, its id, and what it is to the one who points (``role``, ``leader``)."""

    target: Target
    id: str
    word: str


def part_of(piece: Doc) -> Part:
    """Which part of the show a piece belongs to. Raises ``TypeError`` for anything else."""
    for part, shelf in SHELVES.items():
        if isinstance(piece, shelf.model):
            return part
    raise TypeError(f"{type(piece).__name__} is no part of a show: give one of {', '.join(SHELVES)}")


def pieces_of(show: Show, part: Part) -> tuple[Piece, ...]:
    """All pieces of one part, in stored order."""
    pieces: tuple[Piece, ...] = getattr(show, SHELVES[part].field)
    return pieces


def name_piece(piece: Piece) -> str:
    """What an operator calls it: ``cue 1.045``, ``item Hello``."""
    if isinstance(piece, Cue):
        return f"cue {piece.number}"
    if isinstance(piece, Item | Song | FreeList):
        return f"{part_of(piece)} {piece.title}"
    return f"{part_of(piece)} {piece.id}"


def references_of(piece: Piece) -> Iterator[Reference]:
    """Every pointer of a piece, in a fixed order. Ids only: whether the target exists is for the caller to ask."""
    if isinstance(piece, Cue):
        yield from _cue_references(piece)
    elif isinstance(piece, Item):
        if piece.song is not None:
            yield Reference("song", piece.song, "song")
    elif isinstance(piece, Song):
        for section in piece.sections:
            if section.vamp is not None:
                for cue in (*section.vamp.entry_cues, *section.vamp.exit_cues):
                    yield Reference("cue", cue, "vamp cue")
    elif isinstance(piece, Role):
        yield Reference("department", piece.department, "department")
    elif isinstance(piece, Marker):
        yield Reference("item", piece.item, "item")


def _cue_references(cue: Cue) -> Iterator[Reference]:
    if cue.item is not None:
        yield Reference("item", cue.item, "item")
    if cue.list is not None:
        yield Reference("list", cue.list, "list")
    if cue.role is not None:
        yield Reference("role", cue.role, "role")
    if cue.parent is not None:
        yield Reference("cue", cue.parent, "group")
    at = cue.at
    if at.on == "after":
        yield Reference("cue", at.cue, "leader")
    elif (at.on == "called" or at.on == "offset") and at.section is not None:
        yield Reference("section", at.section, "section")
    elif at.on == "choice":
        yield Reference("choice", at.choice, "choice")
    for step in cue.steps:
        for value in step.args.values():
            if isinstance(value, ChoiceTable):
                yield Reference("choice", value.choice, "choice")
    if cue.condition is not None:
        for term in cue.condition.terms:
            yield Reference("choice", term.choice, "choice")


TARGET_IDS: Mapping[Target, Callable[[Show], Mapping[str, object]]] = {
    "cue": lambda show: show.cue_by_id,
    "item": lambda show: show.item_by_id,
    "song": lambda show: show.song_by_id,
    "role": lambda show: show.role_by_id,
    "choice": lambda show: {choice.id: choice for choice in show.choices},
    "list": lambda show: {free.id: free for free in show.lists},
    "department": lambda show: {department.id: department for department in show.departments},
    "section": lambda show: show.section_by_id,
}
"""What a pointer of each kind may point at."""


def all_pieces(show: Show) -> Iterator[tuple[Part, Piece]]:
    """Every piece of the show, part by part."""
    for part in SHELVES:
        for piece in pieces_of(show, part):
            yield part, piece


def pointing_pieces(show: Show, targets: Collection[tuple[Target, str]]) -> Iterator[Piece]:
    """Every piece that may point at one of the targets, and no cue in vain where a look-up knows better."""
    for part in SHELVES:
        if part != "cue":
            yield from pieces_of(show, part)
    kinds = {kind for kind, _ in targets}
    if kinds & {"list", "role", "choice", "section"}:
        yield from show.cues
        return
    for kind, target in targets:
        if kind == "cue":
            yield from show.followers.get(target, ())
            yield from (show.cue_by_id[child] for child in show.children.get(target, ()))
        elif kind == "item":
            yield from show.cues_by_item.get(target, ())
