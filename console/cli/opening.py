"""Opening what a command names: a show or venue by file or by the id of a shipped one, and the profiles it needs."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from console.cli.errors import CommandError
from console.samples.library import UnknownSampleError, sample_path
from console.show.show import Show
from console.show.show_file import read_show
from console.show.show_json import Loaded, ShowFileError
from console.wiring.joining import Joined, join_show
from profiles.problems import Problem
from profiles.venue_library import load_venue
from profiles.venue_profile import Venue

APP = "showcaller"


def user_folder(kind: str) -> Path:
    """The user's own ``profiles`` or ``venues`` folder; it need not exist."""
    return Path(platformdirs.user_config_dir(APP)) / kind


def state_folder() -> Path:
    """Where journals and as-runs are kept; made when first asked for."""
    folder = Path(platformdirs.user_state_dir(APP))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def show_path(name: str) -> Path:
    """The file of a show named by path or by the id of a shipped one."""
    path = Path(name)
    if path.suffix == ".json" or path.exists():
        return path
    try:
        return sample_path(name)
    except UnknownSampleError as error:
        raise CommandError(f"{error}, or give the path of a .json file") from None


def open_show(name: str) -> Loaded:
    """Read a show. Raises CommandError with the first fault and how many there are."""
    try:
        return read_show(show_path(name))
    except ShowFileError as error:
        raise CommandError(str(error)) from None


def open_venue(name: str) -> Venue:
    """Read a venue. Raises CommandError with its first fault."""
    venue, problems = load_venue(name, user_folder("venues"))
    if venue is None:
        raise CommandError(_first(problems))
    return venue


def join(show: Show, venue: Venue) -> Joined:
    """The show in a house, with the user's own profiles too. Problems are collected, not raised."""
    return join_show(show, venue, user_folder("profiles"))


def _first(problems: tuple[Problem, ...]) -> str:
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"{problems[0]}{more}"
