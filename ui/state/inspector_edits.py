"""What a field of the inspector changes: one named edit for all picked pieces, checked before it is sent. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any, Final, Literal

from pydantic import BaseModel, ValidationError

from console.show.cues import Cue
from console.show.edits import Compound, Edit, EditError, apply, change, set_show
from console.show.references import Piece, name_piece, part_of
from console.show.shapes import shape_faults
from console.show.show import Show
from profiles.known_keys import Path
from profiles.verbs import CATALOGUE, args_problems
from ui.state.desk import Desk
from ui.state.inspector_fields import PIECES
from ui.state.inspector_moments import other_form, text_to_at
from ui.state.inspector_subjects import Subject, pieces
from ui.state.inspector_text import Field, FieldError, text_to_value

RowDeed = Literal["add", "remove", "up", "down"]


def field_edit(desk: Desk, subject: Subject, field: Field, text: str) -> Edit | None:
    """What the text changes; None where it changes nothing. Raises :class:`FieldError` with the reason in words."""
    return _edit(desk, subject, field.path, field.title, lambda value, piece: _put(desk, value, piece, field, text))


def row_edit(desk: Desk, subject: Subject, at: Path, deed: RowDeed) -> Edit | None:
    """A row of a list added (``at``: the list), removed or moved (``at``: the row). Raises :class:`FieldError`."""
    word = f"{_ONE_OF.get(str(at[-1] if deed == 'add' else at[-2]), 'row')}"
    name = f"{_DEED_WORDS[deed]} {word}"
    return _edit(desk, subject, at, name, lambda value, piece: _row(desk, value, piece, at, deed), deed)


_DEED_WORDS: Final[Mapping[RowDeed, str]] = {"add": "Add", "remove": "Remove", "up": "Move", "down": "Move"}
_ONE_OF: Final[Mapping[str, str]] = {
    "steps": "step",
    "points": "point",
    "terms": "term",
    "metres": "metre",
    "tempi": "tempo",
    "sections": "section",
    "inhibits": "inhibit",
}


def _edit(
    desk: Desk,
    subject: Subject,
    path: Path,
    title: str,
    put: Callable[[dict[str, Any], Piece | Show], None],
    deed: RowDeed | None = None,
) -> Edit | None:
    show = desk.show
    if show is None:
        raise FieldError("open a show first")
    top = str(path[0])
    edits: list[Edit] = []
    found = pieces(show, subject)
    for piece in found:
        before = _json(piece)
        value = deepcopy(before)
        put(value, piece)
        if value != before:
            tops = [name for name in value if value[name] != before.get(name)] or [top]
            _check(type(piece), value, piece, path)
            fields = {name: value[name] for name in tops}
            edits.append(set_show(fields) if isinstance(piece, Show) else change(part_of(piece), piece.id, fields))
    if not edits:
        return None
    whose = _whose(found)
    name = f"{title} of {whose}" if deed is not None else f"Change {title.lower()} of {whose}"
    edit = Compound(name=name, edits=tuple(edits))
    try:
        apply(show, edit)
    except EditError as error:
        raise FieldError(str(error)) from None
    return edit


def _whose(found: Sequence[Piece | Show]) -> str:
    if len(found) > 1:
        return f"{len(found)} cues" if isinstance(found[0], Cue) else f"{len(found)} pieces"
    return "the show" if isinstance(found[0], Show) else name_piece(found[0])


def _json(piece: Piece | Show) -> dict[str, Any]:
    return piece.model_dump(mode="json", exclude=set(PIECES) if isinstance(piece, Show) else None)


def _check(model: type[BaseModel], value: dict[str, Any], piece: Piece | Show, path: Path) -> None:
    """Whether the piece may be so; the fault at the field is said first."""
    try:
        made = model.model_validate(value)
    except ValidationError as error:
        faults = shape_faults(error, value, model)
        nearest = min(faults, key=lambda fault: fault.path[: len(path)] != path)
        raise FieldError(nearest.words) from None
    if isinstance(made, Cue) and isinstance(piece, Cue):
        _check_args(made, path)


def _check_args(cue: Cue, path: Path) -> None:
    """Arguments that were typed have to be such as the catalogue allows."""
    if len(path) < 4 or path[0] != "steps" or path[2] != "args":
        return
    step = cue.steps[int(path[1])]
    verb, value = CATALOGUE.get(step.verb), step.args.get(str(path[3]))
    if verb is None or value is None:
        return
    tables = list(value.table.values()) if hasattr(value, "table") else [value]
    for each in tables:
        problems = [words for words in args_problems(verb, {str(path[3]): each}) if " is missing:" not in words]
        if problems:
            raise FieldError(problems[0])


def _put(desk: Desk, value: dict[str, Any], piece: Piece | Show, field: Field, text: str) -> None:
    """Set what the path leads to; a few places stand for more than their own value."""
    path = field.path
    if isinstance(piece, Cue) and path == ("at",):
        value["at"] = text_to_at(text, piece, desk)
        return
    new = text_to_value(field, text)
    if isinstance(piece, Cue) and path == ("at", "on"):
        if new != value["at"]["on"]:
            value["at"] = other_form(new, piece, desk)
        return
    here = _walk(value, path[:-1])
    name = path[-1]
    if field.title.startswith("Has "):
        here[name] = (here.get(name) or deepcopy(_SEEDS[str(name)])) if new else None
        return
    if name == "verb":
        here["args"] = kept_args(new, here.get("args") or {})
    if len(path) > 1 and path[-2] == "args" and new is None:
        here.pop(name, None)
        return
    if isinstance(piece, Cue) and path in (("item",), ("list",)) and new is not None:
        value["list" if path == ("item",) else "item"] = None
    here[name] = new


def kept_args(verb_name: str, before: Mapping[str, Any]) -> dict[str, Any]:
    """What of a verb's arguments another verb takes too, and something for what it needs besides."""
    verb = CATALOGUE.get(verb_name)
    if verb is None:
        return dict(before)
    args = {arg.name: before[arg.name] for arg in verb.args if arg.name in before}
    for arg in verb.args:
        if arg.required and arg.name not in args:
            lowest = max(arg.minimum or 0, 0)
            args[arg.name] = {
                "flag": True,
                "text": arg.choices[0] if arg.choices else "?",
                "int": int(lowest),
                "float": float(lowest),
            }[arg.type]
    return args


_SEEDS: Final[Mapping[str, dict[str, Any]]] = {
    "condition": {"match": "all", "terms": []},
    "vamp": {"planned_repeats": 2},
    "start": {"rule": "after"},
    "ad_break": {"id": 1, "duration_s": 120, "pre_roll_ms": 4000},
    "guide": {"file": "guide.wav"},
    "until": {"bar": 1},
}
"""What a part begins as that was not there."""


def _row(desk: Desk, value: dict[str, Any], piece: Piece | Show, at: Path, deed: RowDeed) -> None:
    if deed == "add":
        rows = _walk(value, at)
        rows.append(_next_row(str(at[-1]), rows) if rows else _first_row(desk, piece, str(at[-1])))
        return
    rows, place = _walk(value, at[:-1]), int(at[-1])
    row = rows.pop(place)
    if deed != "remove":
        rows.insert(max(place + (1 if deed == "down" else -1), 0), row)


def _first_row(desk: Desk, piece: Piece | Show, name: str) -> dict[str, Any]:
    """As it most often begins: a step with the first verb of its role, a term with the first choice."""
    show = desk.show
    if name == "steps" and isinstance(piece, Cue) and show is not None:
        role = show.role_by_id.get(piece.role or "")
        verb = role.verbs[0] if role is not None and role.verbs else "cue.fire"
        return {"verb": verb, "args": kept_args(verb, {})}
    if name == "terms":
        choice = show.choices[0] if show is not None and show.choices else None
        if choice is None:
            raise FieldError("the show leaves nothing to choose: declare a choice first")
        return {"choice": choice.id, "value": choice.default}
    return deepcopy(_FIRST[name])


def _next_row(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A row like the last, one further on."""
    last = deepcopy(rows[-1])
    match name:
        case "points":
            last["offset_s"] += 1
        case "metres" | "tempi":
            last["bar"] += 4
            last |= {"to_bpm": None, "until": None} if name == "tempi" else {}
        case "sections" | "inhibits":
            taken = {row["id"] for row in rows}
            n = next(n for n in range(len(rows) + 1, 10_000) if f"{_stem(last['id'])}-{n}" not in taken)
            last["id"] = f"{_stem(last['id'])}-{n}"
            last |= {"name": f"Section {len(rows) + 1}", "vamp": None} if name == "sections" else {}
            if last.get("bar") is not None:
                last["bar"] += last["bars"] or 8
    return last


def _stem(section: str) -> str:
    return section.rstrip("0123456789").rstrip("-")


_FIRST: Final[Mapping[str, dict[str, Any]]] = {
    "points": {"offset_s": 0, "value": 0},
    "metres": {"bar": 1, "num": 4, "den": 4},
    "tempi": {"bar": 1, "bpm": 120},
    "sections": {"id": "section-1", "name": "Section 1", "bar": 1, "bars": 8},
    "inhibits": {"id": "inhibit-1", "what": []},
}


def _walk(value: Any, path: Path) -> Any:
    for key in path:
        value = value[key]
    return value
