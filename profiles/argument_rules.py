"""How one argument of a verb becomes a value on the wire, and back.

A rule reads the argument (``from``, its own name by default), checks it, then looks it up in a table or sends it
through a curve, then scales and shifts it: ``wire = curve(value) * scale * setting + offset``, rounded where the
message wants whole numbers. The arithmetic is in :mod:`profiles.wire_values`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal, TypeVar
from urllib.parse import quote, unquote

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool

from profiles.curves import CURVES, Curve
from profiles.verbs import ArgType

Scalar = bool | int | float | str
T = TypeVar("T")


def _expression(text: str) -> str:
    """As it is, where it can stand within another; a group with a name would be taken for a place."""
    try:
        named = re.compile(f"(?:{text})").groupindex
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"{text!r} is no regular expression: {error}") from None
    if named:
        raise ValueError(f"{text!r} names a group: write (?:…)")
    return text


Expression = Annotated[str, AfterValidator(_expression)]


class RuleError(ValueError):
    """A value that a device cannot be told. One line: the value, and what to give instead."""


class Piece(BaseModel):
    """The base of everything in a profile: frozen, and a misspelt key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Quoting(Piece):
    """How text goes into a device's own command language. Applied to values, never to the words around them."""

    wrap: str = Field(default="", max_length=1, description="sign put before and after")
    escape: dict[str, str] = Field(default_factory=dict, description="sign to what is sent for it")
    percent: StrictBool = Field(default=False, description="percent-encode as in a URL")
    refuse: str = Field(default="", description="signs the language cannot carry at all")

    def quoted(self, text: str) -> str:
        """The text as it is sent. Raises RuleError for a sign that cannot be."""
        for sign in self.refuse:
            if sign in text:
                raise RuleError(f"{text!r} holds {sign!r}, which this device cannot take: leave it out")
        if self.percent:
            return quote(text, safe="")
        return self.wrap + "".join(self.escape.get(sign, sign) for sign in text) + self.wrap

    def unquoted(self, text: str) -> str:
        """What :meth:`quoted` was given."""
        if self.percent:
            return unquote(text)
        if self.wrap:
            text = text.removeprefix(self.wrap).removesuffix(self.wrap)
        if not self.escape:
            return text
        plain = {sent: sign for sign, sent in self.escape.items()}
        codes = "|".join(re.escape(code) for code in sorted(plain, key=len, reverse=True))
        return re.sub(codes, lambda found: plain[found[0]], text)

    @property
    def pattern(self) -> str:
        """A regular expression for quoted text."""
        if self.percent:
            return r"[^&\s=]*"
        if self.wrap:
            sign = re.escape(self.wrap)
            return rf"{sign}(?:\\.|[^{sign}\\])*{sign}"
        return r".+?"


class ArgRule(Piece):
    """One argument on its way to the wire. Limits (``min``, ``max``) are in the argument's own unit."""

    from_: str | None = Field(default=None, alias="from", description="the argument it reads; its own name by default")
    type: ArgType | None = Field(default=None, description="what it must be; the catalogue's type by default")
    min: float | None = None
    max: float | None = None
    choices: tuple[str, ...] = ()
    pattern: Expression | None = Field(default=None, description="regular expression the whole text must fit")
    wanted: str = Field(default="", description="what to give, in words, for whoever gave something else")
    default: Scalar | None = Field(default=None, description="used where the show gives nothing")
    table: dict[str, int | float | str] | str | None = Field(
        default=None, description="value to wire value, or the name of a shared table"
    )
    others: Literal["refuse", "keep"] = Field(default="refuse", description="values that the table does not hold")
    curve: str | None = Field(default=None, description="a law of profiles.curves or of this profile")
    scale: float = 1.0
    times: str | None = Field(default=None, description="a setting of the device that it is multiplied by")
    offset: float = 0.0
    wire_min: float | None = Field(default=None, description="held at this on the wire")
    wire_max: float | None = Field(default=None, description="held at this on the wire")
    round: Literal["nearest", "down"] | None = Field(default=None, description="to whole numbers")
    resolution: float | None = Field(
        default=None,
        gt=0,
        description="wire values no further apart are the same to the device; what its answers may differ",
    )
    digits: int | None = Field(default=None, ge=0, le=9, description="decimals where it stands in text")
    quoting: str | None = Field(default=None, description="a quoting of this profile, where it stands in text")
    slashes: StrictBool = Field(default=False, description="may hold slashes in an OSC address: further parts of it")
    fields: dict[str, str] | None = Field(
        default=None, description="a JSON object of several arguments: its key to the argument's name"
    )


@dataclass(frozen=True)
class Rule:
    """An :class:`ArgRule` with its names resolved: what the encoder works with."""

    name: str
    source: str
    type: ArgType
    spec: ArgRule
    curve: Curve | None
    table: Mapping[str, int | float | str] | None
    quoting: Quoting | None

    @cached_property
    def untable(self) -> dict[str, str]:
        """The table read backwards; of two equal wire values the first wins."""
        backwards: dict[str, str] = {}
        for value, wire in (self.table or {}).items():
            backwards.setdefault(wire_to_text(wire), value)
        return backwards

    @cached_property
    def is_number(self) -> bool:
        """True where the wire value is a number whatever the argument."""
        if self.spec.fields is not None:
            return False
        if self.table is not None:
            wires_are_numbers = all(not isinstance(wire, str) for wire in self.table.values())
            return wires_are_numbers and (self.spec.others == "refuse" or self.type in ("int", "float"))
        return self.type in ("int", "float", "flag")

    @cached_property
    def is_plain(self) -> bool:
        """True where a number changes on its way by a law alone, so that a fade can be patched."""
        return self.table is None and self.spec.fields is None and self.type in ("int", "float")


def resolve_rule(
    name: str,
    spec: ArgRule,
    natural: ArgType | None,
    curves: Mapping[str, Curve],
    tables: Mapping[str, Mapping[str, int | float | str]],
    quotings: Mapping[str, Quoting],
) -> Rule:
    """Look up what a rule names. Raises RuleError for a curve, table or quoting that is not there."""
    curve = _named("curve", spec.curve, {**CURVES, **curves})
    table = _named("table", spec.table, tables) if isinstance(spec.table, str) else spec.table
    quoting = _named("quoting", spec.quoting, quotings)
    kind = spec.type or natural or ("float" if curve is not None else "text")
    return Rule(name, spec.from_ or name, kind, spec, curve, table, quoting)


def _named(noun: str, name: str | None, known: Mapping[str, T]) -> T | None:
    if name is None:
        return None
    if name not in known:
        raise RuleError(f"{noun} {name!r} is not known: there are {', '.join(sorted(known)) or 'none'}")
    return known[name]


def wanted_words(rule: Rule) -> str:
    """What to give for this argument, in words."""
    spec = rule.spec
    if spec.wanted:
        return spec.wanted
    if rule.table is not None and spec.others == "refuse":
        return f"one of {', '.join(rule.table)}"
    if spec.choices:
        return f"one of {', '.join(spec.choices)}"
    if rule.type == "flag":
        return "true or false"
    if rule.type == "text":
        return f"text that fits {spec.pattern}" if spec.pattern else "text"
    word = "a whole number" if rule.type == "int" else "a number"
    low, high = spec.min, spec.max
    if low is not None and high is not None:
        word += f" from {low:g} to {high:g}"
    elif low is not None:
        word += f" from {low:g}"
    elif high is not None:
        word += f" up to {high:g}"
    if rule.table is not None:
        word += f" or {', '.join(rule.table)}"
    return word


def value_to_text(value: Scalar, digits: int | None = None) -> str:
    """A value as it stands in an address or a line: no exponent, no trailing zeros; ``true`` and ``false``."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if not math.isfinite(value):
            return str(value)
        text = f"{value:.{6 if digits is None else digits}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text == "-0" else text
    return str(value)


def wire_to_text(wire: Scalar) -> str:
    """A wire value as a table is searched by it: 32 and 32.0 are the same."""
    return value_to_text(float(wire)) if isinstance(wire, bool | int | float) else wire
