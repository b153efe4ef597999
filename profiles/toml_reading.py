"""TOML text to a model, or to problems in words with place and remedy. Never raises at bad input."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from profiles.known_keys import known_keys, loc_to_path
from profiles.near_names import near_name
from profiles.plain_words import wrong_value
from profiles.problems import Problem, Problems
from profiles.toml_lines import Path, line_of

Model = TypeVar("Model", bound=BaseModel)

_AT_LINE: Final = re.compile(r" \(at line (\d+), column (\d+)\)$")
_AT_END: Final = " (at end of document)"
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")


def toml_to_model(
    text: str, model: type[Model], where: str, code: str, extra: Mapping[str, Any] | None = None
) -> tuple[Model | None, tuple[Problem, ...]]:
    """Read and validate; ``extra`` keys are added to what the file says. ``code`` starts the problems' codes."""
    found = Problems()
    if not text.strip():
        found.error(f"{code}.toml", where, "is empty", f"write the {code} into it, or copy one that ships")
        return None, found.listed()
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found.error(f"{code}.toml", *_broken(where, text, str(error), code))
        return None, found.listed()
    content |= dict(extra or {})
    try:
        return model.model_validate(content), ()
    except ValidationError as error:
        for details in error.errors(include_url=False):
            path = loc_to_path(details["loc"], content, missing=details["type"] == "missing")
            message, remedy = _words(details, path, model)
            found.error(f"{code}.schema", _place(where, text, path), message, remedy)
    return None, found.listed()


def _broken(where: str, text: str, words: str, code: str) -> tuple[str, str, str]:
    """Place, message and remedy of text that is no TOML."""
    if text.lstrip()[:1] == "{":
        return where, "is no TOML but looks like JSON", f"name a {code}: shows are JSON, {code}s TOML"
    place = _AT_LINE.search(words)
    at = f"{where}:{place[1]}:{place[2]}" if place else f"{where}:{len(text.splitlines())}"
    cause = _AT_LINE.sub("", words).replace(_AT_END, ", and the file ends")
    return at, f"is no TOML, {cause[:1].lower()}{cause[1:]}", "mend it there"


def _words(details: ErrorDetails, path: Path, model: type[BaseModel]) -> tuple[str, str]:
    key = str(path[-1]) if path else "the file"
    match details["type"]:
        case "extra_forbidden":
            near = near_name(key, known_keys(model, details["loc"]))
            remedy = f"did you mean {near}?" if near is not None else "take it out; a newer Showcaller may know it"
            return f"{key} is not known here", remedy
        case "missing":
            return f"{key} is missing", "add it"
        case "literal_error":
            return f"{key} is {details['input']!r}", f"use {details['ctx']['expected']}"
        case "value_error":
            message, _colon, remedy = details["msg"].removeprefix("Value error, ").partition(": ")
            return message, remedy or "mend it"
        case _:
            return wrong_value(details, key)


def _place(where: str, text: str, path: Path) -> str:
    """File, the line where one can be found, and the key path: ``x.toml:41: devices.3.host``."""
    line = line_of(text, path)
    words = ".".join(_key(part) for part in path)
    return f"{where}{f':{line}' if line else ''}: {words}" if words else where


def _key(part: int | str) -> str:
    text = str(part)
    return text if _BARE_KEY.fullmatch(text) else f'"{text}"'
