"""What pydantic finds wrong with a value, as a person would say it: what it is, what it should be, what to write.

The kinds are those of pydantic_core's ``ErrorDetails.type``; what is not named here keeps pydantic's own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pydantic_core import ErrorDetails

_BOOL: Final = ("neither true nor false", "write true or false, without quotes")
_WHOLE: Final = ("no whole number", "write digits, without quotes and without a point")
_NUMBER: Final = ("no number", "write a number, without quotes")
_TEXT: Final = ("no text", "put it in quotes")
_LIST: Final = ("no list", "put it in square brackets")

_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "bool_type": _BOOL,
    "bool_parsing": _BOOL,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": ("no number that can be sent", "write a number; minus infinity has words of its own, like off"),
    "string_type": _TEXT,
    "tuple_type": _LIST,
    "list_type": _LIST,
}

_LIMITS: Final[Mapping[str, tuple[str, str]]] = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}


def wrong_value(details: ErrorDetails, key: str) -> tuple[str, str]:
    """Message and remedy for a value that is of the wrong kind, or beyond its limits."""
    given, kind = details["input"], details["type"]
    if kind in ("tuple_type", "list_type") and isinstance(given, dict):
        return f"{key} may be there several times", f"write [[{key}]] in two brackets, once for each"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        if isinstance(given, list):
            return f"{key} may be there once", f"write [{key}] in one bracket, and once"
        return f"{key} is {given!r:.60}, not a table of keys", f"write [{key}], and its keys under it"
    if kind in _KINDS:
        what, remedy = _KINDS[kind]
        return f"{key} is {given!r:.60}, {what}", remedy
    if kind in _LIMITS:
        name, words = _LIMITS[kind]
        return f"{key} is {given!r:.60}, beyond its limit", f"give {words} {details['ctx'][name]:g}"
    if kind == "string_too_short":
        return f"{key} is empty", "write it, or take the line out"
    if kind in ("too_short", "too_long"):
        few = kind == "too_short"
        limit = details["ctx"]["min_length" if few else "max_length"]
        return f"{key} has too {'few' if few else 'many'} parts", f"give at {'least' if few else 'most'} {limit}"
    return f"{key}: {details['msg'][:1].lower()}{details['msg'][1:]}", f"it is {given!r:.60}: write it otherwise"
