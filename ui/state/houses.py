"""A show in a house that is not the engine's: for looking at what another house would change. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from console.plan.patch import Patch, build_patch
from console.plan.schedule import Schedule
from console.plan.venue_diff import VenueDiff, diff_venues
from console.show.show import Show
from profiles.library import load_profiles
from profiles.venue_library import load_venue

APP: Final = "showcaller"


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the user's own houses and device profiles lie; they need not exist."""

    venues: Path
    profiles: Path


def user_folders() -> Folders:
    """Those of this user."""
    config = Path(platformdirs.user_config_dir(APP))
    return Folders(config / "venues", config / "profiles")


class HouseError(Exception):
    """A house that cannot be used. One line."""


def load_patch(show: Show, house: str, folders: Folders) -> Patch:
    """The show in a house named by id or file. Raises HouseError with the first problem."""
    venue, problems = load_venue(house, folders.venues)
    if venue is None:
        raise HouseError(str(problems[0]))
    profiles, _ = load_profiles((device.profile for device in venue.devices), folders.profiles)
    return build_patch(show, venue, profiles)


def diff_houses(show: Show, schedule: Schedule, before: str, after: str, folders: Folders) -> VenueDiff | str:
    """What changes from one house to the other, or why that cannot be said."""
    try:
        here, there = (load_patch(show, house, folders) for house in (before, after))
    except HouseError as error:
        return str(error)
    return diff_venues(show, here, there, schedule)
