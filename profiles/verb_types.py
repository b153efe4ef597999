"""What a verb of the catalogue is made of: arguments with units, keys and value, blend and chase."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Literal

ArgType = Literal["int", "float", "text", "flag"]
ArgValue = bool | int | float | str

MAIN = "main"
"""What a key argument is when the show does not name one."""


class Kind(StrEnum):
    """A parameter has a value at every moment; a trigger is an occurrence and is never replayed."""

    PARAMETER = "parameter"
    TRIGGER = "trigger"


class Blend(StrEnum):
    """How a value travels from one to the next."""

    LINEAR = "linear"
    DB = "db"  # in decibels, so that a fade does not jump at the bottom
    COLOUR = "colour"  # channel by channel
    STEP = "step"  # no way between: it snaps, or the device times its own fade


class Chase(StrEnum):
    """May a jump (locate, chase, loop, reconnect) send this again?"""

    YES = "yes"
    ASK = "ask"  # the operator is asked
    NEVER = "never"


CHASE_STRICTNESS: Final[Mapping[Chase, int]] = MappingProxyType({Chase.YES: 0, Chase.ASK: 1, Chase.NEVER: 2})
"""A profile may only move a verb to a higher number."""


@dataclass(frozen=True, slots=True)
class Arg:
    """One argument of a verb. ``minimum`` and ``maximum`` are inclusive and in ``unit``."""

    name: str
    type: ArgType
    unit: str = ""
    required: bool = True
    default: ArgValue | None = None
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing a role can be asked.

    ``keys`` and ``value`` name arguments: the keys say which parameter, the value says what it becomes. ``fade_arg``
    is the one that travels in a fade, in its own unit; empty where the verb cannot be streamed. ``chase`` of
    ``mute.set`` depends on its value: ask :func:`chase_of`. ``hazardous``: the role's hazard class applies.
    """

    name: str
    family: str
    kind: Kind
    args: tuple[Arg, ...]
    keys: tuple[str, ...]
    value: tuple[str, ...]
    blend: Blend
    chase: Chase
    fade_arg: str = ""
    hazardous: bool = False
    note: str = ""

    def find_arg(self, name: str) -> Arg | None:
        """The argument of that name, or None."""
        return next((arg for arg in self.args if arg.name == name), None)
