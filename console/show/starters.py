"""Templates of new shows: small TOML files that ship, read into frozen models.

A template names its roles out of one stock, so that a role is called the same in every show and every house. Which
items stand before, between and behind the songs is the template's; what items begin with is the stock's.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from console.show.cues import At, Step
from console.show.doc import Doc
from console.show.rundown import Item, ItemKind
from console.show.show import Department, FreeList, Role
from profiles.near_names import near_words

_ORDER: Final = ("concert-special", "awards", "live-finale", "interview")


class UnknownStarterError(LookupError):
    """There is no template of that id. One line, with those there are."""


class Between(Doc):
    """What stands between two songs; its id is numbered."""

    kind: ItemKind
    title: str
    planned_s: float
    min_s: float | None = None
    max_s: float | None = None
    flex: bool = False


class FirstCue(Doc):
    """A cue that items of some kinds get. Words in braces are filled in: ``{session}``, ``{title}``, ``{place}``."""

    kinds: tuple[ItemKind, ...]
    name: str
    label: str
    call: str = ""
    role: str
    at: At
    starts_item: bool = False
    warn_s: float | None = None
    steps: tuple[Step, ...]


class Stock(Doc):
    """What templates choose from."""

    departments: tuple[Department, ...]
    roles: tuple[Role, ...]
    cues: tuple[FirstCue, ...]


class Starter(Doc):
    """One template. ``words``: what it is for, in a line."""

    id: str
    title: str
    words: str
    roles: tuple[str, ...]
    song_kind: ItemKind
    lists: tuple[FreeList, ...] = ()
    before: tuple[Item, ...] = ()
    between: Between
    after: tuple[Item, ...] = ()


@cache
def stock() -> Stock:
    """The stock that ships."""
    return Stock.model_validate(_read("stock"))


@cache
def starters() -> tuple[Starter, ...]:
    """Every template, the usual first."""
    return tuple(Starter.model_validate(_read(name)) for name in _ORDER)


def find_starter(name: str) -> Starter:
    """The template of that id. Raises :class:`UnknownStarterError`."""
    found = next((each for each in starters() if each.id == name), None)
    if found is None:
        raise UnknownStarterError(f"no template is called {name!r}: {near_words(name, _ORDER)}")
    return found


def _read(name: str) -> dict[str, object]:
    return tomllib.loads((files("console.show") / "starters" / f"{name}.toml").read_text(encoding="utf-8"))
