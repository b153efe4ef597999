"""What pydantic found wrong with the shape of a document, in an operator's words.

Pydantic names the members of unions in its paths; here a path is what stands in the JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from profiles.known_keys import Path, known_keys, loc_to_path
from profiles.near_names import near_name

_LONGEST_VALUE = 40


@dataclass(frozen=True, slots=True)
class ShapeFault:
    """One fault: the keys and indexes that lead to it, whether the key itself is unknown, and one line of words."""

    path: Path
    unknown: bool
    words: str


def shape_faults(error: ValidationError, raw: object, model: type[BaseModel]) -> tuple[ShapeFault, ...]:
    """Every fault in ``error``, which came from validating ``raw`` as ``model``; one for each place."""
    found: dict[Path, list[Any]] = {}
    for each in error.errors(include_url=False):
        path = loc_to_path(each["loc"], raw, missing=each["type"] == "missing")
        found.setdefault(path, []).append(each)
    return tuple(
        ShapeFault(path, errors[0]["type"] == "extra_forbidden", _words(path, errors, model))
        for path, errors in found.items()
    )


def path_to_text(path: Path) -> str:
    """``cues[3].at.bar``."""
    text = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
    return text.removeprefix(".")


def _words(path: Path, errors: Sequence[Any], model: type[BaseModel]) -> str:
    first, place = errors[0], path_to_text(path) or "it"
    if first["type"] == "missing":
        return f"{place} is missing: give it a value"
    if first["type"] == "extra_forbidden":
        near = near_name(str(path[-1]), known_keys(model, first["loc"]))
        return f"{place} is not known here: " + (f"did you mean {near}?" if near is not None else "remove it")
    if first["type"] == "union_tag_not_found":
        return f"{place} lacks {first['ctx']['discriminator']}: say which kind it is"
    if first["type"] == "union_tag_invalid":
        return f"{place} is of the unknown kind {first['ctx']['tag']!r}: give one of {first['ctx']['expected_tags']}"
    if first["type"] == "literal_error":
        return f"{place} is {_shown(first['input'])}: give {first['ctx']['expected']}"
    wishes = dict.fromkeys(_wish(each["msg"]) for each in errors)
    return f"{place} is {_shown(first['input'])}: {' or '.join(wishes)}"


def _wish(message: str) -> str:
    wish = message.removeprefix("Value error, ").removeprefix("Input ")
    return wish[:1].lower() + wish[1:]


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"
