"""Maps: how a house turns the show's names and numbers into its own.

A map belongs to a role and looks at one argument. It answers with the arguments of one or more sends: a name becomes
a number, several names share one, a name becomes a layer *and* a clip, or ``all`` becomes three zones. Nothing in a
map can run: a rule is a pattern with places, and a number is a sum of factors. Source: design chapter 6.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Self

from pydantic import model_validator

from profiles.argument_rules import Piece
from profiles.templates import Scalar, Template

Target = Scalar | dict[str, Scalar]
"""What one name becomes: a value for the argument itself, or values for several arguments."""

Sends = tuple[Mapping[str, Scalar], ...]
"""The arguments to set, one mapping for each send."""

PLUS = "plus"
"""The constant term of a sum; no place in a pattern may be called that."""


class Rule(Piece):
    """Names that follow a numbering: ``S{song}_CHORUS_{hit}`` to ``{ clip = { song = 10, hit = 1 } }``.

    A place stands for one or more characters; where a sum uses it, for digits. ``to`` is a value for the argument
    itself, or a table of arguments: each a constant, a text with places, or a sum (factor for each place, ``plus`` a
    constant). ``S07_CHORUS_2`` gives ``clip = 10 × 7 + 1 × 2 = 72``.
    """

    pattern: Template
    to: Template | dict[str, Template | dict[str, int]]

    @model_validator(mode="after")
    def _places_are_known(self) -> Self:
        places = self.pattern.names
        if PLUS in places:
            raise ValueError(f"{self.pattern.text!r} has a place called {PLUS!r}: give it another name")
        if isinstance(self.to, dict) and (clash := sorted(set(self.to) & set(places))):
            raise ValueError(
                f"'to' names the place {clash[0]!r} as an argument: write to = {{ clip = {{ song = 10 }} }}"
            )
        used = {name for value in self._values() for name in _places_of(value)}
        if unknown := sorted(used - set(places)):
            raise ValueError(f"{unknown[0]!r} is not a place of {self.pattern.text!r}: it has {_or(places)}")
        return self

    def _values(self) -> tuple[Template | dict[str, int], ...]:
        return tuple(self.to.values()) if isinstance(self.to, dict) else (self.to,)

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        digits = {name for value in self._values() if isinstance(value, dict) for name in value}
        return self.pattern.expression(lambda name: "[0-9]+" if name in digits else ".+?")

    def target(self, name: str) -> Target | None:
        """What the rule makes of a name, or None where the pattern does not fit."""
        match = self._expression.fullmatch(name)
        if match is None:
            return None
        places = match.groupdict(default="")
        if isinstance(self.to, dict):
            return {argument: _filled(value, places) for argument, value in self.to.items()}
        return _filled(self.to, places)


class ArgumentMap(Piece):
    """What becomes of one argument of a role's verbs in this house.

    Tried in order: ``table`` (exact names), ``rules``, ``offset`` (whole numbers), then ``otherwise`` for whatever is
    left; ``keep_others`` lets it through unchanged. Without either, an unknown name leads nowhere, and the check says
    so before doors. A list in the table means several sends.
    """

    argument: str
    verbs: tuple[str, ...] = ()  # empty: every verb of the role that has the argument
    table: dict[str, Target | tuple[Target, ...]] = {}
    rules: tuple[Rule, ...] = ()
    offset: int | None = None
    otherwise: Target | None = None
    keep_others: bool = False
    notes: str = ""

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if not self.table and not self.rules and self.offset is None and self.otherwise is None:
            raise ValueError(f"the map of {self.argument!r} is empty: give it a table, rules, an offset or otherwise")
        if self.otherwise is not None and self.keep_others:
            raise ValueError(f"the map of {self.argument!r} has otherwise and keep_others: keep one of the two")
        if empty := [name for name, row in self.table.items() if row in ((), {})]:
            raise ValueError(f"{empty[0]!r} of the map of {self.argument!r} becomes nothing: give it a value")
        return self

    def covers(self, verb: str) -> bool:
        """True where the map is meant for this verb."""
        return not self.verbs or verb in self.verbs

    def sends(self, value: Scalar) -> Sends | None:
        """The arguments to set for each send; None where the value leads nowhere."""
        name = scalar_to_name(value)
        row = self.table.get(name)
        if row is not None:
            return tuple(self._set(each) for each in row) if isinstance(row, tuple) else (self._set(row),)
        for rule in self.rules:
            target = rule.target(name)
            if target is not None:
                return (self._set(target),)
        if self.offset is not None and isinstance(value, int) and not isinstance(value, bool):
            return ({self.argument: value + self.offset},)
        if self.otherwise is not None:
            return (self._set(self.otherwise),)
        return ({self.argument: value},) if self.keep_others else None

    def targets(self) -> tuple[Target, ...]:
        """Every constant the map can answer with, rules left out."""
        rows = (row if isinstance(row, tuple) else (row,) for row in self.table.values())
        found = tuple(target for row in rows for target in row)
        return found if self.otherwise is None else (*found, self.otherwise)

    def arguments(self) -> frozenset[str]:
        """Every argument the map can set."""
        tables = [target for target in self.targets() if isinstance(target, dict)]
        tables += [dict.fromkeys(rule.to, 0) for rule in self.rules if isinstance(rule.to, dict)]
        return frozenset({self.argument}.union(*tables))

    def _set(self, target: Target) -> Mapping[str, Scalar]:
        return target if isinstance(target, dict) else {self.argument: target}


def scalar_to_name(value: Scalar) -> str:
    """A value as it is written for a key of a table: ``101``, ``2.5``, ``true`` or the text itself."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _places_of(value: Template | dict[str, int]) -> tuple[str, ...]:
    return value.names if isinstance(value, Template) else tuple(name for name in value if name != PLUS)


def _filled(value: Template | dict[str, int], places: Mapping[str, str]) -> Scalar:
    if isinstance(value, Template):
        filled = value.value(places)
        return "" if filled is None else filled
    return sum(factor * int(places[name]) if name != PLUS else factor for name, factor in value.items())


def _or(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "none"
