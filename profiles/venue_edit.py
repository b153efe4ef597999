"""A house being edited: its text, what a change would make of it, and its file. Nothing illegal ever gets that far.

A change is tried on the text, read and checked; what it would break is told, and the text stays as it was. What was
wrong before does not stand in the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from profiles.device_setup import device_to_setup
from profiles.kept_files import reason_words, save_text
from profiles.library import load_profiles
from profiles.problems import Problem
from profiles.text_files import UnreadableError, read_text
from profiles.venue_checks import check_venue
from profiles.venue_library import SUFFIX, UnknownVenueError, list_venues, read_venue, venue_file
from profiles.venue_places import placed
from profiles.venue_profile import Venue
from profiles.venue_text import Change, EditTextError, change_text


class EditRefusedError(ValueError):
    """The change is not made, or not saved. One line: what, where, what to do."""


@dataclass(frozen=True)
class HouseFile:
    """A house as its file has it, or as it is being edited. ``path`` None: it ships, and cannot be written.

    ``venue`` None: the text is no house; ``problems`` say why, with lines.
    """

    name: str  # what it is opened by: an id or a file
    where: str  # what the file is called in problems
    path: Path | None
    saved: str  # the text as it stands on the disk
    text: str
    venue: Venue | None
    problems: tuple[Problem, ...] = ()

    @property
    def is_changed(self) -> bool:
        """True where something is not saved yet."""
        return self.text != self.saved

    def changed(self, changes: Sequence[Change], user_profiles: Path | None = None) -> HouseFile:
        """With the changes made. Raises :class:`EditRefusedError` with the first thing they would break."""
        if self.venue is None:
            raise EditRefusedError(f"{self.where} has faults: mend them there first")
        try:
            text = change_text(self.text, changes)
        except EditTextError as error:
            raise EditRefusedError(str(error)) from None
        venue, problems = read_venue(text, self.where)
        if venue is None:
            raise EditRefusedError(_words(problems[0]))
        known = {(problem.code, problem.where, problem.message) for problem in _errors(self.venue, user_profiles)}
        for problem in _errors(venue, user_profiles):
            if (problem.code, problem.where, problem.message) not in known:
                raise EditRefusedError(f"{problem.where} {_words(problem)}")
        return replace(self, text=text, venue=venue, problems=())

    def reverted(self) -> HouseFile:
        """As it stands on the disk."""
        return _read(self.name, self.where, self.path, self.saved)

    def save(self) -> HouseFile:
        """Write it; the file before is kept as an earlier one. Raises :class:`EditRefusedError`.

        A file that somebody else has changed meanwhile is not written over.
        """
        if self.path is None:
            raise EditRefusedError(f"{self.name} ships with Showcaller: duplicate it, and edit your own")
        try:
            save_text(self.path, self.text, self._refuse_changed)
        except OSError as error:
            raise EditRefusedError(f"{self.path} cannot be saved, {reason_words(error)}: nothing was written") from None
        return replace(self, saved=self.text)

    def _refuse_changed(self, path: Path, standing: bytes) -> None:
        if standing != self.saved.encode():
            raise EditRefusedError(f"{path} was changed by another program meanwhile: revert, and look again")


def read_house(name: str, user_folder: Path | None = None) -> HouseFile:
    """The house of that id or file, as it stands on the disk. Never raises: problems say what is wrong."""
    shipped = {entry.id for entry in list_venues(user_folder) if entry.shipped}
    try:
        file, where = venue_file(name, user_folder)
        text = read_text(file, SUFFIX)
    except UnknownVenueError as error:
        return HouseFile(name, name, None, "", "", None, (error.problem,))
    except UnreadableError as error:
        problem = Problem("error", "venue.file", where, error.message, error.remedy)
        return HouseFile(name, where, None, "", "", None, (problem,))
    path = file if isinstance(file, Path) and name not in shipped else None
    return _read(name, where, path, text)


def _read(name: str, where: str, path: Path | None, text: str) -> HouseFile:
    venue, problems = read_venue(text, where)
    return HouseFile(name, where, path, text, text, venue, placed(problems, text, where))


def _errors(venue: Venue, user_profiles: Path | None) -> list[Problem]:
    """What is wrong between the parts of a house, and between its devices and their profiles."""
    profiles, problems = load_profiles((device.profile for device in venue.devices), user_profiles)
    found = [*check_venue(venue), *problems]
    for device in venue.devices:
        profile = profiles.get(device.profile)
        if profile is not None:
            found += device_to_setup(device, profile)[1]
    return [problem for problem in found if problem.severity == "error"]


def _words(problem: Problem) -> str:
    return f"{problem.message}: {problem.remedy}" if problem.remedy else problem.message
