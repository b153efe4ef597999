"""Finds and loads venues: those that ship, and those in a folder of the user's, which come first; or any file.

A shipped venue is named by its id, any other by id or by file. Slips in a file become problems with file, line where
it is known, words and remedy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from profiles.problems import Problem, Problems
from profiles.toml_reading import toml_to_model
from profiles.venue_profile import Venue
from profiles.verbs import nearest_words

SUFFIX: Final = ".toml"

Loaded = tuple[Venue | None, tuple[Problem, ...]]

_IN_A_LIST: Final = re.compile(r"^(?P<where>.*?): (?P<path>(?P<table>[a-z_]+)\.(?P<row>\d+)(?:\..*)?)$")


@dataclass(frozen=True, slots=True)
class VenueEntry:
    """A venue that can be loaded: its id, the file, and whether it ships."""

    id: str
    file: Traversable
    shipped: bool


def list_venues(user_folder: Path | None = None) -> tuple[VenueEntry, ...]:
    """Every venue, by id; one of the user's stands in place of a shipped one with the same id."""
    entries = {entry.id: entry for entry in _entries(files("profiles") / "venues", shipped=True)}
    if user_folder is not None and user_folder.is_dir():
        entries |= {entry.id: entry for entry in _entries(user_folder, shipped=False)}
    return tuple(entries[id] for id in sorted(entries))


def load_venue(name: str, user_folder: Path | None = None) -> Loaded:
    """The venue of that id, or of that file; None with at least one error where it cannot be used.

    What is wrong between its parts is ``venue_checks``' business.
    """
    if name.endswith(SUFFIX):
        return _load(Path(name), name)
    known = {entry.id: entry for entry in list_venues(user_folder)}
    entry = known.get(name)
    if entry is None:
        found = Problems()
        remedy = f"{nearest_words(name, known)}, or give the path of a {SUFFIX} file"
        found.error("venue.unknown", f"venue {name}", "there is no such venue", remedy)
        return None, found.listed()
    return _load(entry.file, f"profiles/venues/{name}{SUFFIX}" if entry.shipped else str(entry.file))


def read_venue(text: str, where: str) -> Loaded:
    """A venue from the text of its file. ``where`` names the file in problems."""
    venue, problems = toml_to_model(text, Venue, where, "venue")
    return venue, tuple(_with_line(problem, text) for problem in problems)


def _load(file: Traversable, where: str) -> Loaded:
    found = Problems()
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        found.error("venue.file", where, "there is no such file", "check the path, or name a venue by its id")
        return None, found.listed()
    except (OSError, UnicodeDecodeError) as error:
        found.error("venue.file", where, f"the file cannot be read ({error})", "save it as UTF-8 text, readable to you")
        return None, found.listed()
    return read_venue(text, where)


def _with_line(problem: Problem, text: str) -> Problem:
    """A place in a ``[[table]]`` with the line where that row begins: ``x.toml:41: devices.3.host``."""
    place = _IN_A_LIST.match(problem.where)
    if place is None:
        return problem
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.strip() == f"[[{place['table']}]]"]
    row = int(place["row"])
    if row >= len(lines):  # written as an inline array: the path has to do
        return problem
    return replace(problem, where=f"{place['where']}:{lines[row]}: {place['path']}")


def _entries(folder: Traversable, *, shipped: bool) -> Iterator[VenueEntry]:
    for file in folder.iterdir():
        if file.name.endswith(SUFFIX):
            yield VenueEntry(file.name.removesuffix(SUFFIX), file, shipped)
