"""Edits: every change of a show, as frozen values that travel as JSON and know how to be taken back.

``apply(show, edit)`` returns the new show and the inverse. What an edit carries (a whole piece, or fields of one) is
plain JSON until it is applied, so that one place checks it, whoever sent it. An edit that would break a pointer, give
an id or a number twice, or leave the document's shape is refused with :class:`EditError`; whether a show makes sense
is for ``validate``.

An inverse restores byte for byte. It brings back what once stood, faults of an imported file included, so its pointers
and numbers are not checked again (``restores``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, JsonValue, TypeAdapter

from console.show.doc import Doc
from console.show.draft import Draft, EditError
from console.show.numbers import CueNumberError, number_to_key
from console.show.references import Part, Piece, name_piece, part_of, pieces_of
from console.show.show import Show

__all__ = [
    "Change",
    "Compound",
    "Edit",
    "EditError",
    "Insert",
    "Move",
    "Remove",
    "Replace",
    "SetShow",
    "apply",
    "change",
    "change_cue",
    "describe",
    "insert",
    "json_to_edit",
    "move",
    "remove",
    "remove_item",
    "renumber",
    "replace",
    "set_show",
]

Fields = Mapping[str, object]
"""Fields of a piece by name; values are models of the show or JSON."""


class _Edit(Doc):
    restores: bool = False


class Insert(_Edit):
    """A new piece, before the one at ``index`` (None: at the end)."""

    kind: Literal["insert"] = "insert"
    part: Part
    value: dict[str, JsonValue]
    index: int | None = None


class Remove(_Edit):
    """One piece goes; refused while others point at it."""

    kind: Literal["remove"] = "remove"
    part: Part
    id: str


class Replace(_Edit):
    """Another piece of the same id in the same place."""

    kind: Literal["replace"] = "replace"
    part: Part
    value: dict[str, JsonValue]


class Change(_Edit):
    """Some fields of one piece."""

    kind: Literal["change"] = "change"
    part: Part
    id: str
    fields: dict[str, JsonValue]


class Move(_Edit):
    """One piece to another place in its order: ``index`` is its place afterwards."""

    kind: Literal["move"] = "move"
    part: Part
    id: str
    index: int


class SetShow(_Edit):
    """Fields of the show itself: title, rate, rules …"""

    kind: Literal["show"] = "show"
    fields: dict[str, JsonValue]


class Compound(_Edit):
    """Several edits that are one to the operator: all or none, one undo. Pointers are checked when all are done."""

    kind: Literal["compound"] = "compound"
    name: str = ""
    edits: tuple[Edit, ...]


Edit = Annotated[
    Insert | Remove | Replace | Change | Move | SetShow | Compound,
    Field(discriminator="kind"),
]
Compound.model_rebuild()
_EDIT: TypeAdapter[Edit] = TypeAdapter(Edit)


def json_to_edit(raw: object) -> Edit:
    """An edit from parsed JSON. Raises pydantic's ``ValidationError``."""
    return _EDIT.validate_python(raw)


def apply(show: Show, edit: Edit) -> tuple[Show, Edit]:
    """The show after the edit, and the edit that takes it back. Pure.

    Raises :class:`EditError` (one line: what, where, what to do) and then nothing has changed.
    """
    draft = Draft(show)
    inverse = _perform(draft, edit)
    changed = draft.to_show()
    if not edit.restores:
        draft.check(changed)
    return changed, inverse.model_copy(update={"restores": True})


def _perform(draft: Draft, edit: Edit) -> Edit:
    match edit:
        case Insert():
            piece = draft.insert(edit.part, edit.value, edit.index)
            return Remove(part=edit.part, id=piece.id)
        case Remove():
            piece, index = draft.remove(edit.part, edit.id)
            return Insert(part=edit.part, value=_to_json(piece), index=index)
        case Replace():
            return Replace(part=edit.part, value=_to_json(draft.replace(edit.part, edit.value)))
        case Change():
            old = draft.change(edit.part, edit.id, edit.fields)
            return Change(part=edit.part, id=edit.id, fields=_fields_to_json(old, edit.fields))
        case Move():
            return Move(part=edit.part, id=edit.id, index=draft.move(edit.part, edit.id, edit.index))
        case SetShow():
            old_show = draft.set_show(edit.fields)
            return SetShow(fields=_fields_to_json(old_show, edit.fields))
        case Compound():
            undone = [_perform(draft, each) for each in edit.edits]
            return Compound(name=edit.name, edits=tuple(reversed(undone)))


def _to_json(doc: Doc) -> dict[str, Any]:
    return doc.model_dump(mode="json", exclude_defaults=True)


def _fields_to_json(doc: Doc, names: Iterable[str]) -> dict[str, Any]:
    return doc.model_dump(mode="json", include=set(names))


# -- making edits -----------------------------------------------------------------------------------------------------


def insert(piece: Piece, index: int | None = None) -> Insert:
    """Put a piece before the one at ``index`` of its part, or at the end."""
    return Insert(part=part_of(piece), value=_to_json(piece), index=index)


def remove(part: Part, piece_id: str) -> Remove:
    """Take one piece out."""
    return Remove(part=part, id=piece_id)


def replace(piece: Piece) -> Replace:
    """Put a piece in the place of the one with its id."""
    return Replace(part=part_of(piece), value=_to_json(piece))


def change(part: Part, piece_id: str, fields: Fields) -> Change:
    """Set some fields of one piece."""
    return Change(part=part, id=piece_id, fields=_jsonable(fields))


def change_cue(cue_id: str, fields: Fields) -> Change:
    """Set some fields of one cue: ``change_cue("song-verse", {"label": "Verse", "at": at_bar(17)})``."""
    return change("cue", cue_id, fields)


def move(part: Part, piece_id: str, index: int) -> Move:
    """Move one piece so that it stands at ``index``."""
    return Move(part=part, id=piece_id, index=index)


def set_show(fields: Fields) -> SetShow:
    """Set fields of the show itself."""
    return SetShow(fields=_jsonable(fields))


def remove_item(show: Show, item_id: str) -> Compound:
    """An item with everything that lives on its timeline: its cues and its markers."""
    cues = [remove("cue", cue.id) for cue in show.cues_by_item.get(item_id, ())]
    markers = [remove("marker", marker.id) for marker in show.markers if marker.item == item_id]
    return Compound(
        name=f"Remove item {_title(show, 'item', item_id)}", edits=(*cues, *markers, remove("item", item_id))
    )


def renumber(cue_ids: Sequence[str], first: str, step: str = "1") -> Compound:
    """Give cues, in the order given, the numbers first, first + step … Pointers hold, since they go by id.

    Digits behind the point are kept as written: from 1.010 in steps of .005 come 1.010, 1.015, 1.020.
    Raises :class:`EditError` where a number cannot be read.
    """
    try:
        start, width = number_to_key(first).decimal, number_to_key(step.lstrip("+")).decimal
    except CueNumberError as error:
        raise EditError(f"renumber: {error}") from None
    places = max(len(text.partition(".")[2]) for text in (first, step))
    numbers = [f"{start + width * n:.{places}f}" for n in range(len(cue_ids))]
    edits = tuple(change_cue(cue, {"number": number}) for cue, number in zip(cue_ids, numbers, strict=True))
    return Compound(name=f"Renumber {len(edits)} cues", edits=edits)


def _jsonable(fields: Fields) -> dict[str, JsonValue]:
    return {name: _value_to_json(value) for name, value in fields.items()}


def _value_to_json(value: object) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_defaults=True)
    if isinstance(value, Mapping):
        return {key: _value_to_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_value_to_json(each) for each in value]
    return value


# -- in words ---------------------------------------------------------------------------------------------------------


def describe(edit: Edit, show: Show | None = None) -> str:
    """What the edit does, for the undo menu and the log: ``Change label of cue 1.045``.

    With the show it applies to, pieces go by number or title; without it by id.
    """
    match edit:
        case Insert():
            return f"Insert {edit.part} {_value_title(edit.value)}"
        case Replace():
            return f"Replace {edit.part} {_value_title(edit.value)}"
        case Remove():
            return f"Remove {edit.part} {_title(show, edit.part, edit.id)}"
        case Move():
            return f"Move {edit.part} {_title(show, edit.part, edit.id)}"
        case Change():
            return f"Change {_field_words(edit.fields)} of {edit.part} {_title(show, edit.part, edit.id)}"
        case SetShow():
            return f"Change {_field_words(edit.fields)} of the show"
        case Compound():
            if edit.name:
                return edit.name
            if len(edit.edits) == 1:
                return describe(edit.edits[0], show)
            return f"{len(edit.edits)} changes"


def _field_words(fields: Mapping[str, object]) -> str:
    names = [name.removesuffix("_ms").removesuffix("_s").replace("_", " ") for name in fields]
    return " and ".join(([", ".join(names[:-1])] if names[:-1] else []) + names[-1:]) or "nothing"


def _value_title(value: Mapping[str, object]) -> str:
    return str(value.get("number") or value.get("title") or value.get("id"))


def _title(show: Show | None, part: Part, piece_id: str) -> str:
    for piece in pieces_of(show, part) if show is not None else ():
        if piece.id == piece_id:
            return name_piece(piece).removeprefix(f"{part} ")
    return piece_id
