"""Finds and loads device profiles: those that ship, and those in a folder of the user's, which come first.

An id is ``vendor/product`` and stands for ``<vendor>/<product>.toml``. Slips in a file become problems with file,
line where it is known, words and remedy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from profiles.checks import profile_problems
from profiles.device_profile import DeviceProfile
from profiles.near_names import near_words
from profiles.problems import Problem, Problems, has_errors
from profiles.text_files import UnreadableError, read_text
from profiles.toml_reading import toml_to_model

SUFFIX: Final = ".toml"

ID_PATTERN: Final = re.compile(r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*")

Loaded = tuple[DeviceProfile | None, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class ProfileEntry:
    """A profile that can be loaded: its id, the file, and whether it ships."""

    id: str
    file: Traversable
    shipped: bool


def list_profiles(user_folder: Path | None = None) -> tuple[ProfileEntry, ...]:
    """Every profile, by id; one of the user's stands in place of a shipped one with the same id."""
    entries = {entry.id: entry for entry in _entries(_shipped_folder(), shipped=True)}
    if user_folder is not None and user_folder.is_dir():
        entries |= {entry.id: entry for entry in _entries(user_folder, shipped=False)}
    return tuple(entries[id] for id in sorted(entries))


def load_profile(id: str, user_folder: Path | None = None) -> Loaded:
    """The profile and what is to be said about it; None with at least one error where it cannot be used."""
    known = {entry.id: entry for entry in list_profiles(user_folder)}
    entry = known.get(id)
    if entry is None:
        found = Problems()
        found.error("profile.unknown", f"profile {id}", "there is no such profile", near_words(id, known))
        return None, found.listed()
    return _load_shipped(id) if entry.shipped else _load(entry)


def load_profiles(
    ids: Iterable[str], user_folder: Path | None = None
) -> tuple[Mapping[str, DeviceProfile], tuple[Problem, ...]]:
    """Those that can be used, by id, and everything that is to be said about all of them."""
    found = Problems()
    profiles: dict[str, DeviceProfile] = {}
    for id in dict.fromkeys(ids):
        profile, problems = load_profile(id, user_folder)
        found.extend(problems)
        if profile is not None:
            profiles[id] = profile
    return profiles, found.listed()


def read_profile(text: str, id: str, where: str) -> Loaded:
    """A profile from the text of its file, checked."""
    profile, problems = toml_to_model(text, DeviceProfile, where, "profile", {"id": id})
    if profile is None:
        return None, problems
    problems = profile_problems(profile, where)
    return (None if has_errors(problems) else profile), problems


def _shipped_folder() -> Traversable:
    return files("profiles") / "devices"


@cache
def _load_shipped(id: str) -> Loaded:
    vendor, product = id.split("/")
    file = _shipped_folder() / vendor / f"{product}.toml"
    return _load(ProfileEntry(id, file, shipped=True))


def _load(entry: ProfileEntry) -> Loaded:
    where = f"profiles/devices/{entry.id}.toml" if entry.shipped else str(entry.file)
    try:
        text = read_text(entry.file, SUFFIX)
    except UnreadableError as error:
        return None, (Problem("error", "profile.file", where, error.message, error.remedy),)
    return read_profile(text, entry.id, where)


def _entries(folder: Traversable, *, shipped: bool) -> Iterator[ProfileEntry]:
    for vendor in folder.iterdir():
        if not vendor.is_dir():
            continue
        for file in vendor.iterdir():
            id = f"{vendor.name}/{file.name.removesuffix(SUFFIX)}"
            if file.name.endswith(SUFFIX) and ID_PATTERN.fullmatch(id):
                yield ProfileEntry(id, file, shipped)
