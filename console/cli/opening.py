"""Opening what a command names: a show or venue by file or by the id of a shipped one, and the profiles it needs."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import platformdirs

from console.cli.errors import CALL_AT_FAULT, SHOW_AT_FAULT, CommandError, call_error
from console.cli.logs import APP
from console.samples.library import UnknownSampleError, sample_path
from console.show.show import Show
from console.show.show_file import read_show
from console.show.show_json import Loaded, ShowFileError
from console.wiring.joining import Joined, join_show
from profiles.problems import Problem
from profiles.text_files import read_text
from profiles.venue_library import SUFFIX, list_venues, load_venue, venue_file
from profiles.venue_profile import Venue


def user_folder(kind: str) -> Path:
    """The user's own ``profiles`` or ``venues`` folder; it need not exist."""
    return Path(platformdirs.user_config_dir(APP)) / kind


def state_folder() -> Path:
    """Where journals and as-runs are kept; made when first asked for."""
    folder = Path(platformdirs.user_state_dir(APP))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def show_path(name: str) -> Path:
    """The file of a show named by path or by the id of a shipped one; a file comes before an id."""
    path = Path(name)
    if path.suffix == ".json" or _is_file(path):
        return path
    try:
        return sample_path(name)
    except UnknownSampleError as error:
        if name and _is_folder(path):
            return path  # reading it says so
        raise call_error(f"{error} (or give the path of a .json file)") from None


def open_show(name: str) -> Loaded:
    """Read a show. Raises CommandError with the first fault and how many there are."""
    path = show_path(name)
    try:
        return read_show(path)
    except ShowFileError as error:
        raise CommandError(str(error), blame(path)) from None


def open_show_aloud(name: str) -> Show:
    """As :func:`open_show`; that a newer Showcaller made the file is said on standard error."""
    loaded = open_show(name)
    if loaded.read_only is not None:
        print(f"showcaller: {loaded.read_only}", file=sys.stderr)
    return loaded.show


def open_venue(name: str) -> Venue:
    """Read a venue. Raises CommandError with its first fault and how many there are."""
    venue, problems = load_venue(name, user_folder("venues"))
    if venue is None:
        raise CommandError(first_words(problems), venue_blame(name))
    return venue


def venue_text(name: str) -> tuple[str, str]:
    """The text of a venue that was read, and what its file is called in problems."""
    file, where = venue_file(name, user_folder("venues"))
    return read_text(file, SUFFIX), where


def house_show(venue: Venue) -> Show:
    """A show that asks nothing and has every role of a house, for looking at the house alone."""
    roles = dict.fromkeys([*(role.id for role in venue.roles), *venue.absent_roles])
    return Show.model_validate(
        {
            "id": "house",
            "title": "no show",
            "rate": venue.rate,
            "departments": [{"id": each, "name": each} for each in dict.fromkeys(("ANY", *venue.departments))],
            "roles": [{"id": role, "department": "ANY"} for role in roles],
        }
    )


def join(show: Show, venue: Venue) -> Joined:
    """The show in a house, with the user's own profiles too. Problems are collected, not raised."""
    return join_show(show, venue, user_folder("profiles"))


def blame(path: Path) -> int:
    """Whose fault it is that a file cannot be used: its own where there is one, else the call's, which named it."""
    return SHOW_AT_FAULT if _is_file(path) else CALL_AT_FAULT


def venue_blame(name: str) -> int:
    """As :func:`blame`, for a venue that may be named by its id."""
    known = any(entry.id == name for entry in list_venues(user_folder("venues")))
    return SHOW_AT_FAULT if known or _is_file(Path(name)) else CALL_AT_FAULT


def first_words(problems: tuple[Problem, ...]) -> str:
    """The first problem, and how many more there are."""
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"{problems[0]}{more}"


def _is_file(path: Path) -> bool:
    with suppress(OSError):  # a name no file system takes
        return path.is_file()
    return False


def _is_folder(path: Path) -> bool:
    with suppress(OSError):
        return path.is_dir()
    return False
