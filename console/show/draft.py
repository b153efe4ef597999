"""A show being edited: one list a part, changed in place, with note kept of what was touched.

Only ``edits.apply`` works on drafts. Pieces themselves are never changed, only exchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, cast

from pydantic import JsonValue, ValidationError

from console.show.cues import Cue
from console.show.doc import Doc
from console.show.lookups import carry_over
from console.show.numbers import CueNumberError, NumberKey, number_to_key
from console.show.references import (
    SHELVES,
    TARGET_IDS,
    Part,
    Piece,
    Reference,
    Target,
    name_piece,
    pieces_of,
    pointing_pieces,
    references_of,
)
from console.show.shapes import shape_faults
from console.show.show import Show
from console.show.songs import Song

D = TypeVar("D", bound=Doc)

_KEPT_SHOW_FIELDS = frozenset({"schema_version", *(shelf.field for shelf in SHELVES.values())})


class EditError(ValueError):
    """An edit that cannot be made. One line: what, where, what to do."""


class Draft:
    """The show with some edits made. Methods raise :class:`EditError`."""

    def __init__(self, show: Show) -> None:
        self._show = show
        self._changed_show = show  # the show's own fields
        self._pieces: dict[Part, list[Piece]] = {}  # parts that were opened
        self._places: dict[Part, dict[str, int]] = {}  # where each id stands; dropped when places shift
        self._touched: dict[tuple[Part, str], Piece | None] = {}  # what stood there before the first touch
        self._current: dict[tuple[Part, str], Piece | None] = {}  # what stands there now
        self._reordered: set[Part] = set()

    def insert(self, part: Part, value: Mapping[str, JsonValue], index: int | None) -> Piece:
        """Put in a new piece, built from JSON. Returns it."""
        piece = _build(SHELVES[part].model, value, f"new {part} {value.get('id', '')}".rstrip())
        pieces, places = self._open(part)
        if piece.id in places:
            raise EditError(f"{part} {piece.id} is there already: give the new one another id")
        at = len(pieces) if index is None else index
        if not 0 <= at <= len(pieces):
            raise EditError(f"{part} {piece.id} cannot stand at place {at}: give one from 0 to {len(pieces)}")
        pieces.insert(at, piece)
        if at == len(pieces) - 1:
            places[piece.id] = at
            self._reordered.add(part)
        else:
            self._shifted(part)
        self._touch(part, piece.id, None, piece)
        return piece

    def remove(self, part: Part, piece_id: str) -> tuple[Piece, int]:
        """Take a piece out. Returns it and where it stood."""
        index = self._find(part, piece_id)
        piece = self._pieces[part].pop(index)
        self._shifted(part)
        self._touch(part, piece_id, piece, None)
        return piece, index

    def replace(self, part: Part, value: Mapping[str, JsonValue]) -> Piece:
        """Exchange a piece for one of the same id. Returns the old one."""
        piece = _build(SHELVES[part].model, value, f"{part} {value.get('id', '')}".rstrip())
        return self._exchange(part, piece)

    def change(self, part: Part, piece_id: str, fields: Mapping[str, JsonValue]) -> Piece:
        """Set fields of a piece. Returns the old one."""
        index = self._find(part, piece_id)
        old = self._pieces[part][index]
        if fields.get("id", piece_id) != piece_id:
            raise EditError(f"{part} {piece_id}: an id stays for ever, others point at it; change the number or title")
        value = old.model_dump(mode="json", exclude_defaults=True) | dict(fields)
        return self._exchange(part, _build(SHELVES[part].model, value, name_piece(old)))

    def move(self, part: Part, piece_id: str, index: int) -> int:
        """Move a piece to ``index``. Returns where it stood."""
        old_index = self._find(part, piece_id)
        pieces = self._pieces[part]
        if not 0 <= index < len(pieces):
            raise EditError(f"{part} {piece_id} cannot move to place {index}: give one from 0 to {len(pieces) - 1}")
        piece = pieces.pop(old_index)
        pieces.insert(index, piece)
        self._shifted(part)
        self._current[part, piece_id] = piece
        return old_index

    def set_show(self, fields: Mapping[str, JsonValue]) -> Show:
        """Set the show's own fields. Returns the show as it was before."""
        for name in fields:
            if name in _KEPT_SHOW_FIELDS:
                raise EditError(f"the show's {name} cannot be set as a whole: change its pieces one by one")
        old = self._changed_show
        value = _own_fields(old) | dict(fields)
        checked = _build(Show, value, f"show {old.title}")
        self._changed_show = old.model_copy(update={name: getattr(checked, name) for name in fields})
        return old

    def to_show(self) -> Show:
        """The show as it now stands."""
        show = self._changed_show.model_copy(
            update={SHELVES[part].field: tuple(pieces) for part, pieces in self._pieces.items()}
        )
        cues = {piece_id: piece for (part, piece_id), piece in self._current.items() if part == "cue"}
        carry_over(self._show, show, cast("dict[str, Cue | None]", cues), shifted="cue" in self._reordered)
        return show

    # -- soundness ----------------------------------------------------------------------------------------------------

    def check(self, show: Show) -> None:
        """Refuse pointers into nothing and two equal numbers in one list. ``show`` is what ``to_show`` gave."""
        now = {key: self._current[key] for key in self._touched}
        self._check_numbers(show, now)
        self._check_pointers(show, now)
        self._check_removals(show, now)

    def _check_numbers(self, show: Show, now: Mapping[tuple[Part, str], Piece | None]) -> None:
        renumbered: dict[tuple[str | None, NumberKey], Cue] = {}
        for touched, piece in now.items():
            before = self._touched[touched]
            if not isinstance(piece, Cue) or (isinstance(before, Cue) and _place(before) == _place(piece)):
                continue
            try:
                slot = (piece.list, number_to_key(piece.number))
            except CueNumberError as error:
                raise EditError(f"cue {piece.id}: {error}") from None
            if slot in renumbered:
                raise EditError(_equal_numbers(piece, renumbered[slot]))
            renumbered[slot] = piece
        for slot, piece in renumbered.items():
            twin = next((cue for cue in show.cue_slots[slot] if cue != piece.id), None)
            if twin is not None:
                raise EditError(_equal_numbers(piece, show.cue_by_id[twin]))

    def _check_pointers(self, show: Show, now: Mapping[tuple[Part, str], Piece | None]) -> None:
        known: dict[Target, Mapping[str, object]] = {}
        for key, piece in now.items():
            if piece is None:
                continue
            before = self._touched[key]
            stood = set(references_of(before)) if before is not None else set()
            for reference in references_of(piece):
                if reference in stood:
                    continue
                if reference.target not in known:
                    known[reference.target] = TARGET_IDS[reference.target](show)
                if reference.id not in known[reference.target]:
                    raise EditError(
                        f"{name_piece(piece)}: its {reference.word}, {reference.target} {reference.id}, "
                        f"is not in the show: insert it first or name another"
                    )

    def _check_removals(self, show: Show, now: Mapping[tuple[Part, str], Piece | None]) -> None:
        gone = set(self._gone(now))
        if not gone:
            return
        users: dict[tuple[Target, str], list[tuple[Piece, Reference]]] = {}
        for piece in pointing_pieces(show, gone):
            for reference in references_of(piece):
                if (reference.target, reference.id) in gone:
                    users.setdefault((reference.target, reference.id), []).append((piece, reference))
        for (target, target_id), found in users.items():
            piece, reference = found[0]
            others = f" and {len(found) - 1} more" if len(found) > 1 else ""
            raise EditError(
                f"{target} {target_id} cannot go: it is the {reference.word} of {name_piece(piece)}{others}: "
                f"change or remove that first"
            )

    def _gone(self, now: Mapping[tuple[Part, str], Piece | None]) -> Iterator[tuple[Target, str]]:
        for (part, piece_id), piece in now.items():
            before = self._touched[part, piece_id]
            if piece is None and before is not None and part != "marker":
                yield part, piece_id
            if isinstance(before, Song):
                kept = {section.id for section in piece.sections} if isinstance(piece, Song) else set()
                yield from (("section", section.id) for section in before.sections if section.id not in kept)

    # -- places -------------------------------------------------------------------------------------------------------

    def _open(self, part: Part) -> tuple[list[Piece], dict[str, int]]:
        if part not in self._pieces:
            self._pieces[part] = list(pieces_of(self._show, part))
        if part not in self._places and part == "cue" and "cue" not in self._reordered:
            self._places[part] = dict(self._show.cue_places)
        elif part not in self._places:
            self._places[part] = {piece.id: index for index, piece in enumerate(self._pieces[part])}
        return self._pieces[part], self._places[part]

    def _find(self, part: Part, piece_id: str) -> int:
        index = self._open(part)[1].get(piece_id)
        if index is None:
            raise EditError(f"no {part} has the id {piece_id!r}: somebody may have removed it; look again")
        return index

    def _shifted(self, part: Part) -> None:
        self._places.pop(part, None)
        self._reordered.add(part)

    def _touch(self, part: Part, piece_id: str, before: Piece | None, now: Piece | None) -> None:
        self._touched.setdefault((part, piece_id), before)
        self._current[part, piece_id] = now

    def _exchange(self, part: Part, piece: Piece) -> Piece:
        index = self._find(part, piece.id)
        old = self._pieces[part][index]
        self._pieces[part][index] = piece
        self._touch(part, piece.id, old, piece)
        return old


def _build(model: type[D], value: Mapping[str, Any], where: str) -> D:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise EditError(f"{where}: {'; '.join(fault.words for fault in shape_faults(error, value, model))}") from None


def _own_fields(show: Show) -> dict[str, Any]:
    return show.model_dump(mode="json", exclude=set(_KEPT_SHOW_FIELDS))


def _place(cue: Cue) -> tuple[str | None, str]:
    return cue.list, cue.number


def _equal_numbers(new: Cue, other: Cue) -> str:
    where = f"list {other.list}" if other.list is not None else "the show list"
    return f"cue {new.id}: number {new.number} equals {other.number} of cue {other.id} in {where}: give it another"
