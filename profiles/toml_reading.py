"""TOML text to a model, or to problems in words with place and remedy. Never raises at bad input."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from profiles.problems import Problem, Problems

Model = TypeVar("Model", bound=BaseModel)

_AT_LINE: Final = re.compile(r" \(at line (\d+), column (\d+)\)$")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")


def toml_to_model(
    text: str, model: type[Model], where: str, code: str, extra: Mapping[str, Any] | None = None
) -> tuple[Model | None, tuple[Problem, ...]]:
    """Read and validate; ``extra`` keys are added to what the file says. ``code`` starts the problems' codes."""
    found = Problems()
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        words = str(error)
        place = _AT_LINE.search(words)
        line = f":{place[1]}" if place else ""
        found.error(f"{code}.toml", f"{where}{line}", _AT_LINE.sub("", words), "mend the TOML at that place")
        return None, found.listed()
    try:
        return model.model_validate(content | dict(extra or {})), ()
    except ValidationError as error:
        for details in error.errors(include_url=False):
            message, remedy = _words(details)
            found.error(f"{code}.schema", _place(where, text, details["loc"]), message, remedy)
    return None, found.listed()


def _words(details: ErrorDetails) -> tuple[str, str]:
    key = str(details["loc"][-1]) if details["loc"] else "the file"
    match details["type"]:
        case "extra_forbidden":
            return f"{key} is not known here", "check its spelling against the schema, or take it out"
        case "missing":
            return f"{key} is missing", "add it"
        case "literal_error":
            return f"{key} is {details['input']!r}", f"use {details['ctx']['expected']}"
        case "value_error":
            message, _colon, remedy = details["msg"].removeprefix("Value error, ").partition(": ")
            return message, remedy or "mend it"
        case _:
            return (
                f"{key}: {details['msg'][:1].lower()}{details['msg'][1:]}",
                f"it is {details['input']!r:.60}; mend it",
            )


def _place(where: str, text: str, loc: tuple[int | str, ...]) -> str:
    """File, the line of the table where one can be found, and the key path."""
    path = ".".join(_key(part) for part in loc)
    line = _line_of_table(text, loc)
    return f"{where}{f':{line}' if line else ''}: {path}" if path else where


def _key(part: int | str) -> str:
    text = str(part)
    return text if _BARE_KEY.fullmatch(text) else f'"{text}"'


def _line_of_table(text: str, loc: tuple[int | str, ...]) -> int | None:
    """The line of the longest ``[table]`` header that leads to the place; list members are not counted out."""
    names = [_key(part) for part in loc if isinstance(part, str)]
    lines = text.splitlines()
    for length in range(len(names), 0, -1):
        header = ".".join(names[:length])
        for number, line in enumerate(lines, start=1):
            if line.strip() == f"[{header}]":
                return number
    return None
