"""Cue numbers: text on screen, compared as decimals.

2 < 2.5 < 10 and 1.10 = 1.1, as on every desk that lets a cue be slipped in between two others. Letters after the
digits ("12A") sort behind the plain number.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_SHAPE = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)([A-Za-z]{0,4})", re.ASCII)


class CueNumberError(ValueError):
    """Text that is no cue number."""


class NumberKey(NamedTuple):
    """What two cue numbers are compared by. Equal keys may not stand in one list."""

    decimal: Decimal
    suffix: str


@lru_cache(maxsize=65536)
def number_to_key(number: str) -> NumberKey:
    """The sorting key of a cue number such as ``"1.045"`` or ``"12A"``.

    Raises :class:`CueNumberError` with the remedy for anything else.
    """
    match = _SHAPE.fullmatch(number)
    if match is None:
        raise CueNumberError(
            f"cue number {number!r} is not digits with an optional decimal part; write it like 2 or 2.5"
        )
    return NumberKey(Decimal(match.group(1)).normalize(), match.group(2).upper())


def readable_key(number: str) -> NumberKey | None:
    """The sorting key, or None where the number cannot be read."""
    try:
        return number_to_key(number)
    except CueNumberError:
        return None


def number_to_order(number: str) -> NumberKey:
    """What cues of one list are sorted by. What cannot be read goes first: ``validate`` names the slip."""
    return readable_key(number) or _FIRST


_FIRST = number_to_key("0")
