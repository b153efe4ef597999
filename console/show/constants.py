"""Constants in cues: arguments of verbs and levels, which know one value that JSON does not."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import AfterValidator, AllowInfNan, PlainSerializer

Scalar = bool | int | float | str
"""A constant as Python has it."""

MINUS_INFINITY = "-inf"
"""How JSON writes the bottom of a fader, for which it has no number."""


def _read_constant(value: Scalar) -> Scalar:
    if value == MINUS_INFINITY:
        return -math.inf
    if isinstance(value, float) and (math.isnan(value) or value == math.inf):
        raise ValueError(f"{value} is no number to send; minus infinity is written {MINUS_INFINITY!r}")
    return value


def _read_level(value: float) -> float:
    _read_constant(value)
    return value


def _write_constant(value: Scalar) -> Scalar:
    return MINUS_INFINITY if value == -math.inf else value


Constant = Annotated[
    bool | int | Annotated[float, AllowInfNan(True)] | str,
    AfterValidator(_read_constant),
    PlainSerializer(_write_constant, when_used="json"),
]
"""A :data:`Scalar` as a field: decibels may be minus infinity, which is saved as ``"-inf"``."""

Level = Annotated[
    float,
    AllowInfNan(True),
    AfterValidator(_read_level),
    PlainSerializer(_write_constant, when_used="json", return_type=float | str),
]
"""A float that may be minus infinity."""
