"""Ids, numbers and pointers: is everything called once, and does every name mean something?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from console.show.checks.survey import Survey, doubles, error, place
from console.show.cues import Cue
from console.show.numbers import CueNumberError, NumberKey, number_to_key
from console.show.references import (
    SHELVES,
    TARGET_IDS,
    Piece,
    all_pieces,
    name_piece,
    pieces_of,
    references_of,
)
from console.show.show import Department, Marker
from profiles.near_names import near_words
from profiles.problems import Problem

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def check_ids(survey: Survey) -> Iterator[Problem]:
    """``show.id.double``: two pieces of one kind with one id; sections count over all songs."""
    kinds = {part: [piece.id for piece in pieces_of(survey.show, part)] for part in SHELVES}
    sections = [section.id for song in survey.show.songs for section in song.sections]
    for kind, ids in (*kinds.items(), ("section", sections)):
        for double in doubles(ids):
            yield error("show.id.double", f"{kind} {double}", f"two {kind}s have this id", "give one of them another")


def check_numbers(survey: Survey) -> Iterator[Problem]:
    """``show.number.shape``, ``show.number.equal``: cue numbers that cannot be read, or are equal in one list."""
    seen: dict[tuple[str | None, NumberKey], Cue] = {}
    for cue in survey.show.cues:
        try:
            key = number_to_key(cue.number)
        except CueNumberError:
            message = f"its number {cue.number!r} is not digits with an optional decimal part"
            yield error("show.number.shape", f"cue {cue.id}", message, "write it like 2 or 2.5")
            continue
        first = seen.setdefault((cue.list, key), cue)
        if first is not cue:
            message = f"its number equals {first.number} of cue {first.id} in the same list"
            yield error("show.number.equal", place(cue), message, "give it another")


def check_references(survey: Survey) -> Iterator[Problem]:
    """``show.reference.missing``: a pointer to nothing."""
    known = {target: ids_of(survey.show) for target, ids_of in TARGET_IDS.items()}
    for _, piece in all_pieces(survey.show):
        for reference in references_of(piece):
            if reference.id not in known[reference.target]:
                names = tuple(known[reference.target])
                yield error(
                    "show.reference.missing",
                    _place(piece),
                    f"its {reference.word}, {reference.target} {reference.id}, is not in the show",
                    near_words(reference.id, names) if 0 < len(names) <= 200 else "insert it or name another",
                )


def check_sections(survey: Survey) -> Iterator[Problem]:
    """``show.section.elsewhere``: a cue that names a section of another song than its own."""
    for cue in survey.show.cues:
        section = cue.at.section if cue.at.on in ("called", "offset") else None
        if section is None or section not in survey.show.section_by_id:
            continue
        laid = survey.song_of(cue)
        if laid is None or all(each.id != section for each in laid.song.sections):
            message = f"section {section} is not in the song of its item"
            yield error("show.section.elsewhere", place(cue), message, "name a section of that song")


def check_colours(survey: Survey) -> Iterator[Problem]:
    """``show.colour.shape``: a colour that is not #rrggbb."""
    show = survey.show
    coloured: tuple[Department | Cue | Marker, ...] = (*show.departments, *show.cues, *show.markers)
    for piece in coloured:
        if piece.colour is not None and not _COLOUR.fullmatch(piece.colour):
            message = f"colour {piece.colour!r} cannot be read"
            yield error("show.colour.shape", _place(piece), message, "write it like #d8bd78")


def _place(piece: Piece) -> str:
    return place(piece) if isinstance(piece, Cue) else name_piece(piece)
