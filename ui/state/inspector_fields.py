"""The fields of a piece of the show, read off its model: what can be said there, in which unit and range. No Qt.

Nothing here knows a cue from a song: a number becomes a field with the bounds its model gives, a model inside a model
a group, a tuple of models rows that can be added, moved and removed, a union a choice of its forms. What a name may
point at, and what a verb is told, comes from :mod:`ui.state.inspector_options`.
"""

from __future__ import annotations

import math
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import AllowInfNan, BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from console.show.cues import AtBar, AtTimecode, Cue, Step
from console.show.references import SHELVES
from console.show.show import Show
from profiles.known_keys import Path
from ui.state.inspector_options import Asked, arg_fields, is_pointer, options_for, with_own
from ui.state.inspector_text import Field, FieldKind, Option, value_to_text

UNITS: Final = {"_s": "s", "_ms": "ms", "_bars": "bars", "bpm": "bpm"}
"""Endings of names that say a unit."""

TITLES: Final[Mapping[str, str]] = {
    "at_s": "Position",
    "bpm": "Tempo",
    "to_bpm": "Ramp to",
    "tc_start": "First click",
    "num": "Beats",
    "den": "Of",
    "of": "Counted from",
    "on": "Runs",
    "arm_window_s": "Arming window",
    "warn_s": "Called before",
    "late": "When late",
    "starts_item": "Starts its item",
    "list": "Free list",
    "parent": "Group",
    "group": "Its cues run",
    "planned_s": "Planned",
    "isrc": "ISRC",
    "on_air": "On air",
    "min_s": "At least",
    "max_s": "At most",
}

LONG: Final = frozenset({"notes", "call", "note"})
"""Texts of several lines."""

KEPT: Final = frozenset({"id"})
"""What is never changed: others point at it."""

PIECES: Final = frozenset(shelf.field for shelf in SHELVES.values())
"""Fields of the show that hold its pieces: each of them is a subject of its own."""

FORMS: Final[Mapping[str, str]] = {
    "called": "called, by a press",
    "bar": "at a bar",
    "timecode": "at a timecode",
    "offset": "from an anchor",
    "after": "after another cue",
    "clock": "at a time of day",
    "message": "by a message from outside",
    "choice": "when a choice is set",
    "feed": "when a feed says so",
    "group": "with its group",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together. ``row``: the path of a row that may be moved and removed; ``adds``: of a list."""

    title: str
    fields: tuple[Field, ...] = ()
    row: Path | None = None
    adds: Path | None = None
    adds_word: str = ""
    is_first: bool = False
    is_last: bool = False


def model_groups(
    model: type[BaseModel], value: Mapping[str, Any], show: Show, title: str, asked: Asked
) -> Iterator[Group]:
    """The groups of a piece; ``value`` is its whole JSON."""
    yield from _groups(model, value, (), show, title, asked, None)


def _groups(
    model: type[BaseModel],
    value: Mapping[str, Any],
    path: Path,
    show: Show,
    title: str,
    asked: Asked,
    row: tuple[bool, bool] | None,
) -> Iterator[Group]:
    fields: list[Field] = []
    below: list[Group] = []
    for name, info in model.model_fields.items():
        inner, nullable = _bare(info.annotation)
        here, at = value.get(name), (*path, name)
        if (name in KEPT and inner is not int) or name == "schema_version" or (model is Show and name in PIECES):
            continue
        words = f"{title} · {title_of(name).lower()}" if path else title_of(name)
        forms = _forms(info)
        if forms:
            below += _form_groups(forms, here or {}, at, show, words, asked)
        elif (part := _model_of(inner)) is not None:
            if nullable:
                fields.append(_presence(at, name, here is not None))
            if here is not None:
                below += _groups(part, here, at, show, words, asked, None)
        elif (part := _rows_of(inner)) is not None:
            below += _row_groups(part, here or (), at, show, words, asked)
        elif model is Step and name == "args":
            fields += arg_fields(value, at)
        elif not (get_origin(inner) is Literal and len(get_args(inner)) == 1):
            fields.append(_field(model, name, info, inner, nullable, here, at, show, asked))
    is_row = row is not None
    first, last = row if row is not None else (False, False)
    yield Group(title, tuple(fields), path if is_row else None, is_first=first, is_last=last)
    yield from below


def _form_groups(
    forms: Mapping[str, type[BaseModel]], value: Mapping[str, Any], at: Path, show: Show, title: str, asked: Asked
) -> Iterator[Group]:
    """A union: which of its forms, then the fields of that one."""
    form = value.get("on", "")
    options = tuple(Option(name, FORMS.get(name, name)) for name in forms)
    which = Field((*at, "on"), title_of("on"), "choice", form, options=options, needed=True)
    model = forms.get(form)
    if model in (AtBar, AtTimecode):
        place = f"{value['bar']}.{value['beat']}.{value['tick']}" if model is AtBar else value["label"]
        where = Field(at, "Position", "place", place, needed=True)
        yield Group("When", (which, where))
        return
    inner = next(_groups(model, value, at, show, title, asked, None)) if model is not None else Group(title)
    yield Group("When", (which, *inner.fields))


def _row_groups(part: type[BaseModel], rows: Any, at: Path, show: Show, title: str, asked: Asked) -> Iterator[Group]:
    word = title.rsplit(" · ", 1)[-1].lower()
    one = _ONE.get(word, word)
    for place, value in enumerate(rows):
        name = value.get("name") or value.get("id") or ""
        ends = (place == 0, place == len(rows) - 1)
        words = f"{title.removesuffix(word.capitalize()).removesuffix(word)}{one} {place + 1}"
        yield from _groups(
            part, value, (*at, place), show, words[:1].upper() + words[1:] + (f" · {name}" if name else ""), asked, ends
        )
    yield Group("", adds=at, adds_word=f"Add {one}")


_ONE: Final[Mapping[str, str]] = {
    "steps": "step",
    "points": "point",
    "terms": "term",
    "metres": "metre",
    "tempi": "tempo",
    "sections": "section",
    "inhibits": "inhibit",
}


def _field(
    model: type[BaseModel],
    name: str,
    info: FieldInfo,
    inner: Any,
    nullable: bool,
    here: Any,
    at: Path,
    show: Show,
    asked: Asked,
) -> Field:
    low, high, above, below = _bounds(info)
    default = None if info.default is PydanticUndefined else info.default
    empty = None if nullable else [] if default == () else default
    options = options_for(model, name, show, asked)
    literals = get_args(inner) if get_origin(inner) is Literal else ()
    kind = _kind(name, inner, is_pointer=is_pointer(model, name) and inner is str)
    if literals or (isinstance(inner, type) and issubclass(inner, StrEnum)):
        kind = "choice"
        options = tuple(
            Option(str(each), str(each).replace("_", " "), each if isinstance(each, int) else None)
            for each in literals or list(inner)
        )
    if kind == "choice" and nullable:
        options = (Option("", "none"), *options)
    if kind == "choice":
        options = with_own(options, value_to_text(here))
    return Field(
        at,
        title_of(name),
        kind,
        value_to_text(here),
        unit_of(name),
        low,
        high,
        above,
        below,
        options,
        needed=(info.is_required() and inner is not str and not nullable) or (kind == "choice" and not nullable),
        empty="" if empty is None and inner is str and not nullable else empty,
        note=_NOTES.get((model, name), ""),
    )


_NOTES: Final[Mapping[tuple[type, str], str]] = {
    (Cue, "number"): "Numbers order as decimals: 2 < 2.5 < 10. Two in one list are refused.",
    (Cue, "advance_ms"): "Leaves so much earlier, on top of what its device needs.",
    (Cue, "mode"): "none: called where its moment is a press, auto elsewhere.",
    (Cue, "every_pass"): "Also on the later passes of a vamp.",
}


def _presence(at: Path, name: str, is_there: bool) -> Field:
    """Whether a part that may be missing is there."""
    return Field(at, f"Has {title_of(name).lower()}", "flag", value_to_text(is_there), needed=True)


def title_of(name: str) -> str:
    """How a field is called: ``pre_wait_s`` is *Pre wait*."""
    for ending in ("_s", "_ms", "_bars"):
        name = name if name in TITLES else name.removesuffix(ending)
    return TITLES.get(name, name.replace("_", " ").capitalize())


def unit_of(name: str) -> str:
    """The unit a name ends in; empty where it says none."""
    return next((unit for ending, unit in UNITS.items() if name.endswith(ending)), "s" if name == "seconds" else "")


def _kind(name: str, inner: Any, *, is_pointer: bool) -> FieldKind:
    if inner is bool:
        return "flag"
    if inner is int:
        return "whole"
    if inner is float:
        return "number"
    if get_origin(inner) is tuple:
        return "names" if get_args(inner)[0] is str or get_origin(get_args(inner)[0]) is Literal else "values"
    if get_origin(inner) is dict:
        return "table"
    if inner is str:
        return "choice" if is_pointer else "lines" if name in LONG else "text"
    return "value"


def _bounds(info: FieldInfo) -> tuple[float | None, float | None, bool, bool]:
    """Lowest and highest, and whether each is no value itself."""
    low: Any = None
    high: Any = None
    above = below = False
    for each in info.metadata:
        match each:
            case Ge(ge=bound):
                low = bound
            case Gt(gt=bound):
                low, above = bound, True
            case Le(le=bound):
                high = bound
            case Lt(lt=bound):
                high, below = bound, True
            case AllowInfNan():
                low = -math.inf
    return low, high, above, below


def _bare(annotation: Any) -> tuple[Any, bool]:
    """An annotation without None and without what stands beside it, and whether None was there."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        members = [each for each in get_args(annotation) if each is not type(None)]
        nullable = len(members) < len(get_args(annotation))
        return (_bare(members[0])[0] if len(members) == 1 else annotation), nullable
    return annotation, False


def _forms(info: FieldInfo) -> Mapping[str, type[BaseModel]]:
    """The members of a discriminated union by what tells them apart; none for anything else."""
    if info.discriminator is None:
        return {}
    members = get_args(info.annotation)
    return {get_args(each.model_fields[str(info.discriminator)].annotation)[0]: each for each in members}


def _model_of(inner: Any) -> type[BaseModel] | None:
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None


def _rows_of(inner: Any) -> type[BaseModel] | None:
    return _model_of(get_args(inner)[0]) if get_origin(inner) is tuple else None
