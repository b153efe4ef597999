"""What the inspector is open on: the picked cues, or something they belong to, or the show itself. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from console.show.cues import Cue
from console.show.references import Part, Piece, name_piece, pieces_of
from console.show.show import Show
from ui.state.desk import Desk


@dataclass(frozen=True, slots=True)
class Subject:
    """Pieces of one part by id, all edited as one; ``show`` is the show's own fields."""

    part: Part | Literal["show"]
    ids: tuple[str, ...] = ()


THE_SHOW = Subject("show")


def pieces(show: Show, subject: Subject) -> tuple[Piece | Show, ...]:
    """The pieces that are still there."""
    if subject.part == "show":
        return (show,)
    if subject.part == "cue":
        return tuple(show.cue_by_id[cue] for cue in subject.ids if cue in show.cue_by_id)
    known = {piece.id: piece for piece in pieces_of(show, subject.part)}
    return tuple(known[each] for each in subject.ids if each in known)


def subject_words(show: Show, subject: Subject) -> str:
    """What it is called: ``Cue 12 Verse``, ``5 cues``, ``Song Half-Light``, ``The show``."""
    found = pieces(show, subject)
    if subject.part == "show" or not found:
        return "The show"
    if len(found) > 1:
        return f"{len(found)} {subject.part}s"
    piece = found[0]
    assert not isinstance(piece, Show)  # noqa: S101 - only the show's own part holds it
    words = name_piece(piece)
    label = f" {piece.label}" if isinstance(piece, Cue) and piece.label else ""
    return words[:1].upper() + words[1:] + label


def subjects(desk: Desk) -> tuple[Subject, ...]:
    """All that can be turned to from where the operator stands: what is in hand first, then what it belongs to."""
    return tuple(dict.fromkeys(_subjects(desk))) if desk.show is not None else ()


def _subjects(desk: Desk) -> Iterator[Subject]:
    show = desk.show
    if show is None:
        return
    if desk.picked:
        yield Subject("cue", desk.picked)
    cue = show.cue_by_id.get(desk.selected or "")
    item = show.item_by_id.get((cue.item if cue is not None else desk.picked_item) or "")
    if cue is not None and cue.role is not None:
        yield Subject("role", (cue.role,))
        department = show.department_of(cue)
        if department is not None:
            yield Subject("department", (department,))
    if cue is not None and cue.list is not None:
        yield Subject("list", (cue.list,))
    picked = show.item_by_id.get(desk.picked_item or "")
    for each in (item, picked):
        if each is not None:
            yield Subject("item", (each.id,))
            song = show.song_of(each)
            if song is not None:
                yield Subject("song", (song.id,))
            yield from (Subject("marker", (marker.id,)) for marker in show.markers if marker.item == each.id)
    yield THE_SHOW
    parts: tuple[Part, ...] = ("department", "role", "list", "choice")
    for part in parts:
        yield from (Subject(part, (piece.id,)) for piece in pieces_of(show, part))
