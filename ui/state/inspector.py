"""The inspector: every field of what is picked, its value or *several*, and why nothing may be changed. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final

from console.show.cues import Cue
from console.show.references import Piece, name_piece
from console.show.show import Show
from profiles.known_keys import Path
from profiles.problems import Problem
from ui.needs import needs_editing
from ui.state.desk import Desk
from ui.state.inspector_fields import PIECES, Group, model_groups
from ui.state.inspector_moments import place_texts
from ui.state.inspector_options import Asked
from ui.state.inspector_subjects import Subject, pieces, subject_words
from ui.state.inspector_text import SEVERAL, Field

Abilities = Mapping[str, frozenset[str]]
"""The verbs each device profile understands, by the profile's id."""

_MISSING: Final = object()


@dataclass(frozen=True, slots=True)
class Face:
    """What the inspector shows. ``locked``: why nothing may be changed; empty where it may."""

    title: str
    groups: tuple[Group, ...]
    locked: str = ""


def inspector_face(desk: Desk, subject: Subject, abilities: Abilities) -> Face:
    """Fields of the subject; of several pieces those they share, and no rows to add or move."""
    show = desk.show
    if show is None:
        return Face("", ())
    found = pieces(show, subject)
    if not found:
        return Face("Nothing is picked", ())
    first, others = found[0], found[1:]
    value = first.model_dump(mode="json") if not isinstance(first, Show) else _own(first)
    groups = tuple(model_groups(type(first), value, show, _title(first), asked_of(desk, first, abilities)))
    if isinstance(first, Cue):
        groups = _laid_out(groups)
    if others:
        groups = tuple(_shared(groups, first, others))
    elif isinstance(first, Cue):
        groups = tuple(_with_places(groups, place_texts(first, desk)))
    return Face(subject_words(show, subject), groups, needs_editing(desk))


def _laid_out(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """A cue's own fields by what they are about; when it runs and what it does stand between them."""
    own = {str(field.path[0]): field for field in groups[0].fields}
    when = next((group for group in groups if group.title == "When"), Group("When"))
    named = {title: tuple(own.pop(name) for name in names if name in own) for title, names in _LAYOUT.items()}
    does = [group for group in groups[1:] if group is not when]
    return (
        Group("Cue", named["Cue"]),
        replace(when, fields=(*when.fields, *named["When"])),
        *does,
        Group("Guards", (*named["Guards"], *own.values())),
        Group("Where", named["Where"]),
    )


_LAYOUT: Final[Mapping[str, tuple[str, ...]]] = {
    "Cue": ("number", "label", "role", "disabled", "colour", "call", "notes"),
    "When": ("mode", "pre_wait_s", "advance_ms", "late", "warn_s", "starts_item", "every_pass"),
    "Where": ("item", "list", "parent", "group"),
    "Guards": ("hazard", "arm", "arm_window_s", "zone_clear", "once_per_show", "condition"),
}


def problem_words(desk: Desk, subject: Subject, problems: Iterable[Problem]) -> tuple[str, ...]:
    """What ``validate`` finds wrong with the subject as it stands, with what to do."""
    found = pieces(desk.show, subject) if desk.show is not None else ()
    names = tuple(name_piece(piece) for piece in found if not isinstance(piece, Show))
    ids = tuple(f"({piece.id})" for piece in found)
    return tuple(
        f"{problem.message}: {problem.remedy}"
        for problem in problems
        if problem.where.endswith(ids) or problem.where in names or (subject.part == "show" and problem.where == "show")
    )


def asked_of(desk: Desk, piece: Piece | Show, abilities: Abilities) -> Asked:
    """Whom the piece speaks to in this house, and what that understands."""
    if not isinstance(piece, Cue):
        return Asked()
    cards = [card for card in desk.cards.values() if card.role == piece.role and card.duty != "standby"]
    main = next((card for card in cards if card.duty == "main"), cards[0] if cards else None)
    return Asked(
        item=piece.item,
        list=piece.list,
        role=piece.role,
        device=(main.name or main.id) if main is not None else "",
        understood=abilities.get(main.profile) if main is not None else None,
    )


def _own(show: Show) -> dict[str, Any]:
    return show.model_dump(mode="json", include={name for name in Show.model_fields if name not in PIECES})


def _title(piece: Piece | Show) -> str:
    return type(piece).__name__.replace("FreeList", "List")


def _with_places(groups: Iterable[Group], places: tuple[str, ...]) -> Iterable[Group]:
    """The same moment in its other forms stands beside a position."""
    for group in groups:
        if places and group.title == "When":
            fields = [
                replace(field, note=" = ".join(places)) if field.kind == "place" else field for field in group.fields
            ]
            yield replace(group, fields=tuple(fields))
        else:
            yield group


def _shared(groups: Iterable[Group], first: Piece | Show, others: tuple[Piece | Show, ...]) -> Iterable[Group]:
    for group in groups:
        fields = tuple(chain.from_iterable(_common(field, first, others) for field in group.fields))
        if fields:
            yield Group(group.title, fields)


def _common(field: Field, first: Piece | Show, others: tuple[Piece | Show, ...]) -> Iterable[Field]:
    """The field as it stands for all of them; none where one has no such field."""
    if field.title == "Number" and field.path == ("number",):
        return  # no two of one list have the same
    own, same = _at(first, field.path), True
    for other in others:
        value = _at(other, field.path)
        if value is _MISSING or not _alike(first, other, field.path):
            return
        same = same and value == own
    yield field if same else replace(field, text="", several=True, hint=SEVERAL)


def _alike(first: Piece | Show, other: Piece | Show, path: Path) -> bool:
    """Whether what holds the field is of the same kind in both: the same trigger, the same verb."""
    for depth in range(1, len(path)):
        one, two = _at(first, path[:depth]), _at(other, path[:depth])
        if path[depth:] != ("on",) and type(one) is not type(two):
            return False
        if getattr(one, "verb", None) != getattr(two, "verb", None) and path[depth:] != ("verb",):
            return False
    return True


def _at(piece: Any, path: Path) -> Any:
    here = piece
    for key in path:
        if isinstance(here, Mapping):
            here = here.get(key)
        elif isinstance(key, int):
            here = here[key] if isinstance(here, tuple) and key < len(here) else _MISSING
        else:
            here = getattr(here, key, _MISSING)
        if here is _MISSING:
            break
    return here
