"""Finds and loads venues: those that ship, and those in a folder of the user's, which come first; or any file.

A shipped venue is named by its id, any other by id or by file. Slips in a file become problems with file, line where
it is known, words and remedy.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from profiles.near_names import near_words
from profiles.problems import Problem
from profiles.text_files import UnreadableError, read_text
from profiles.toml_reading import toml_to_model
from profiles.venue_profile import Venue

SUFFIX: Final = ".toml"

Loaded = tuple[Venue | None, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class VenueEntry:
    """A venue that can be loaded: its id, the file, and whether it ships."""

    id: str
    file: Traversable
    shipped: bool


class UnknownVenueError(LookupError):
    """No venue is called that."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def list_venues(user_folder: Path | None = None) -> tuple[VenueEntry, ...]:
    """Every venue, by id; one of the user's stands in place of a shipped one with the same id."""
    entries = {entry.id: entry for entry in _entries(files("profiles") / "venues", shipped=True)}
    if user_folder is not None and user_folder.is_dir():
        entries |= {entry.id: entry for entry in _entries(user_folder, shipped=False)}
    return tuple(entries[id] for id in sorted(entries))


def is_shipped(venue_id: str) -> bool:
    """True where a house of that id ships: its file is not the user's to write."""
    return any(entry.id == venue_id for entry in list_venues())


def load_venue(name: str, user_folder: Path | None = None) -> Loaded:
    """The venue of that id, or of that file; None with at least one error where it cannot be used.

    What is wrong between its parts is ``venue_checks``' business.
    """
    try:
        return _load(*venue_file(name, user_folder))
    except UnknownVenueError as error:
        return None, (error.problem,)


def venue_file(name: str, user_folder: Path | None = None) -> tuple[Traversable, str]:
    """The file of that id or path, and what it is called in problems. Raises :class:`UnknownVenueError`."""
    known = {entry.id: entry for entry in list_venues(user_folder)}
    entry = known.get(name)
    if name.endswith(SUFFIX) or (entry is None and name and _exists(Path(name))):
        return Path(name), name
    if entry is None:
        choices = near_words(name, known)
        remedy = choices if choices.endswith("?") else f"{choices}, or give the path of a {SUFFIX} file"
        raise UnknownVenueError(Problem("error", "venue.unknown", f"venue {name}", "there is no such venue", remedy))
    return entry.file, f"profiles/venues/{name}{SUFFIX}" if entry.shipped else str(entry.file)


def read_venue(text: str, where: str) -> Loaded:
    """A venue from the text of its file. ``where`` names the file in problems."""
    return toml_to_model(text, Venue, where, "venue")


def _load(file: Traversable, where: str) -> Loaded:
    try:
        text = read_text(file, SUFFIX)
    except UnreadableError as error:
        return None, (Problem("error", "venue.file", where, error.message, error.remedy),)
    return read_venue(text, where)


def _exists(path: Path) -> bool:
    with suppress(OSError):  # a name no file system takes
        return path.exists()
    return False


def _entries(folder: Traversable, *, shipped: bool) -> Iterator[VenueEntry]:
    for file in folder.iterdir():
        if file.name.endswith(SUFFIX):
            yield VenueEntry(file.name.removesuffix(SUFFIX), file, shipped)
