"""The houses there are to choose from, each with what its check for the open show came to. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from profiles.problems import Problem, Verdict
from profiles.venue_library import list_venues
from profiles.venue_profile import Venue


@dataclass(frozen=True, slots=True)
class Checked:
    """What ``showcaller check`` said of a house for the open show."""

    verdict: Verdict
    problems: tuple[Problem, ...]

    @property
    def words(self) -> str:
        """``2 errors, 1 warning``; notes are not counted, since nothing has to be mended for them."""
        severities = [problem.severity for problem in self.problems]
        counts = [(severities.count(each), each) for each in ("error", "warning")]
        found = [f"{n} {word}{'s' if n > 1 else ''}" for n, word in counts if n]
        return ", ".join(found) or "fits the show"


@dataclass(frozen=True, slots=True)
class HouseCard:
    """A house in the list."""

    name: str
    title: str
    words: str
    origin: str
    loaded: bool = False
    changed: bool = False

    @property
    def told(self) -> str:
        """The second line."""
        marks = ("loaded" if self.loaded else "", "not saved" if self.changed else "", self.words, self.origin)
        return " · ".join(filter(None, marks))


def house_names(user_folder: Path, recent: Iterable[str], picked: Iterable[str], loaded: str) -> tuple[str, ...]:
    """Every house known: shipped ones and the user's by id, then files that were opened or picked, if still there."""
    known = {entry.id: None for entry in list_venues(user_folder)}
    for name in (loaded, *recent, *picked):
        if name and name not in known and not _is_listed(name, user_folder) and Path(name).is_file():
            known[name] = None
    return tuple(known)


def _is_listed(name: str, user_folder: Path) -> bool:
    return Path(name).parent == user_folder


def house_card(
    name: str, venue: Venue | None, *, ships: bool, loaded: bool, changed: bool, checks: Mapping[str, Checked]
) -> HouseCard:
    """The card of a house; one that cannot be read says so."""
    origin = "ships" if ships else "file" if name.endswith(".toml") else "yours"
    title = venue.name if venue is not None else Path(name).stem
    place = ", ".join(filter(None, (venue.kind, venue.city))) if venue is not None else "has faults"
    checked = checks.get(name)
    words = " · ".join(filter(None, (checked.words if checked is not None else "", place)))
    return HouseCard(name, title, words, origin, loaded, changed)
