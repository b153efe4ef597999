"""What the virtual evening found, as the window lists it: read from the JSON of ``showcaller rehearse``. No Qt."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from ui.state.words import Mark

WRONG_MARKS: Final = {
    "error": Mark("Error", "cross", "stop"),
    "warning": Mark("Warning", "triangle", "caution"),
    "note": Mark("Note", "dot", "quiet"),
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that would go wrong."""

    mark: Mark
    where: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Findings:
    """The list, and one line that sums it up."""

    words: str
    wrongs: tuple[Wrong, ...] = ()


def read_findings(out: str, err: str) -> Findings:
    """What the program printed; what it could not do is said in its own words."""
    try:
        told = json.loads(out)
        wrongs = tuple(
            Wrong(WRONG_MARKS[each["severity"]], each["where"], each["message"], each["remedy"])
            for each in told["problems"]
        )
        minutes = round(told["played_s"] / 60)
    except (ValueError, KeyError, TypeError):
        return Findings(err.strip() or "The evening could not be played.")
    count = sum(each.mark.word != "Note" for each in wrongs)
    played = f"{minutes} minutes played" if minutes else "Not played: the show has errors"
    found = f"{count} to mend" if count else "nothing to mend"
    return Findings(f"{told['verdict']} · {played} · {found}", wrongs)
