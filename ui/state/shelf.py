"""What can be opened: the shows that ship, the venues, and what was opened last. No Qt."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from console.vocabulary import Ghosts, RunKind
from profiles.venue_library import list_venues, load_venue
from ui.state.words import clock_text

MOST_RECENT: Final = 8


@dataclass(frozen=True, slots=True)
class Opening:
    """A show in a house: each a file, or the id of a shipped one. ``simulated`` None: as the engine was started."""

    show: str
    venue: str
    simulated: bool | None = None
    run_kind: RunKind | None = None

    @property
    def ghosts(self) -> Ghosts | None:
        """The same as the engine is asked it."""
        return None if self.simulated is None else "all" if self.simulated else ()


@dataclass(frozen=True, slots=True)
class HouseMove:
    """Another house for the show that is open, or the same as its file has it now."""

    venue: str
    simulated: bool


@dataclass(frozen=True, slots=True)
class ShowCard:
    """What a show says about itself before it is opened."""

    name: str  # file or id
    title: str
    words: str
    ships: bool = False


@dataclass(frozen=True, slots=True)
class VenueCard:
    """A house that can be chosen. ``ships``: its addresses are somebody else's."""

    name: str
    title: str
    words: str
    ships: bool = False
    rate: str = "25"


def shipped_shows() -> tuple[ShowCard, ...]:
    """The samples, by id."""
    folder = files("console").joinpath("samples")
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".json")]
    cards = (
        show_card(entry, entry.name.removesuffix(".json")) for entry in sorted(found, key=lambda entry: entry.name)
    )
    return tuple(replace(card, ships=True) for card in cards if card is not None)


def show_card(file: Traversable, name: str) -> ShowCard | None:
    """A show's card, from its file; None where it cannot be read as one. Opening it says why."""
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        items, cues = len(raw["items"]), len(raw["cues"])
        length_s = raw.get("programme_s") or sum(item["planned_s"] for item in raw["items"])
        words = f"{items} items · {cues} cues · {clock_text(round(length_s) * 1_000_000_000)}"
        return ShowCard(name, str(raw["title"]), words)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def venue_cards(user_folder: Path | None = None) -> tuple[VenueCard, ...]:
    """Every venue that can be loaded, by id."""
    cards: list[VenueCard] = []
    for entry in list_venues(user_folder):
        venue, _ = load_venue(entry.id, user_folder)
        if venue is not None:
            place = ", ".join(filter(None, (venue.kind, venue.city)))
            words = " · ".join(filter(None, (place, f"{len(venue.devices)} devices", f"{venue.rate} fps")))
            cards.append(VenueCard(entry.id, venue.name, words, entry.shipped, venue.rate))
    return tuple(cards)


@dataclass
class Recent:
    """What was opened last, newest first, kept in a small file of the user's."""

    file: Path

    def load(self) -> tuple[Opening, ...]:
        """What the file holds; nothing where it is missing or spoilt."""
        try:
            raw = json.loads(self.file.read_text(encoding="utf-8"))
            return tuple(_opening(each) for each in raw)[:MOST_RECENT]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return ()

    def remember(self, opening: Opening) -> tuple[Opening, ...]:
        """Put one in front. A file that cannot be written is no reason not to open a show."""
        kept = _fronted(opening, self.load())
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps([asdict(each) for each in kept], indent=1)
            self.file.write_text(text, encoding="utf-8")
        except OSError:
            pass
        return kept


def _opening(raw: dict[str, object]) -> Opening:
    simulated = raw.get("simulated")
    return Opening(str(raw["show"]), str(raw["venue"]), simulated if isinstance(simulated, bool) else None)


def _fronted(opening: Opening, known: Iterable[Opening]) -> tuple[Opening, ...]:
    """A show in a house stands there once, as it was opened last."""
    place = (opening.show, opening.venue)
    return (opening, *(each for each in known if (each.show, each.venue) != place))[:MOST_RECENT]
