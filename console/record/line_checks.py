"""Line checks on disk: one JSON file for each house and day, beside the as-runs, exchanged whole at every tick."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from console.record.writer import Writer
from console.vocabulary import LineCard, LineResult, LineTicked, Notice, Request, Snapshot
from profiles.kept_files import save_text

_log = logging.getLogger(__name__)

FOLDER: Final = "line-checks"
PERIOD_S: Final = 1.0


class CheckedLine(BaseModel):
    """What became of one line."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: str
    department: str
    role: str
    result: LineResult
    by: str
    note: str
    sent: str
    answer_ms: float | None
    simulated: bool
    wall: str


class LineCheck(BaseModel):
    """The line check of one house on one day. ``of``: how many lines there were to walk."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    venue: str
    name: str
    date: str  # of the house's own clock: 2026-09-19
    of: int
    lines: tuple[CheckedLine, ...] = ()

    @property
    def well(self) -> int:
        """How many answered, or were seen; ghosts do not count."""
        return sum(each.result in ("answered", "seen") and not each.simulated for each in self.lines)

    @property
    def words(self) -> str:
        """One line for a preflight: when, and how many of how many."""
        missed = sum(each.result == "not_seen" for each in self.lines)
        left = self.of - len({each.line for each in self.lines})
        ghosts = sum(each.simulated for each in self.lines)
        more = [
            f"{ghosts} on ghosts" * bool(ghosts),
            f"{missed} not seen" * bool(missed),
            f"{left} not walked" * bool(left),
        ]
        return ", ".join([f"last line check: {self.date}, {self.well} of {self.of}", *filter(None, more)])

    def ticked(self, tick: LineTicked, cards: Sequence[LineCard]) -> LineCheck:
        """With one tick more; the last of each line counts. In the order of the walk."""
        card = next((each for each in cards if each.line == tick.line), LineCard(line=tick.line, name=tick.line))
        line = CheckedLine(
            line=tick.line,
            department=card.department,
            role=card.role,
            **tick.model_dump(include={"result", "by", "note", "sent", "answer_ms", "simulated", "wall"}),
        )
        order = {each.line: place for place, each in enumerate(cards)}
        lines = [*(each for each in self.lines if each.line != tick.line), line]
        lines.sort(key=lambda each: order.get(each.line, len(order)))
        return self.model_copy(update={"lines": tuple(lines), "of": len(cards)})


def check_file(records: Path, venue: str, date: str) -> Path:
    """Where the line check of a house and day is kept."""
    return records / FOLDER / venue / f"{date}.json"


def list_line_checks(records: Path, venue: str) -> tuple[LineCheck, ...]:
    """Every line check of a house, the newest first. What cannot be read is logged and left out."""
    found = []
    for path in sorted((records / FOLDER / venue).glob("*.json"), reverse=True):
        check = read_line_check(path)
        if check is not None:
            found.append(check)
    return tuple(found)


def last_line_check(records: Path, venue: str) -> LineCheck | None:
    """The newest, or None where there was none."""
    found = list_line_checks(records, venue)
    return found[0] if found else None


def read_line_check(path: Path) -> LineCheck | None:
    """One file; None where there is none, or it cannot be read."""
    try:
        return LineCheck.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        _log.warning("%s is no line check that can be read: %s", path, str(error).splitlines()[0])
        return None


def ticks_of(check: LineCheck) -> tuple[LineTicked, ...]:
    """What a window is told of a line check that goes on."""
    return tuple(LineTicked(at_ns=0, **each.model_dump(exclude={"department", "role"})) for each in check.lines)


class LineCheckKeeper:
    """Keeps the ticks of a house. An audience of the loop; the disk is another thread's."""

    def __init__(self, records: Path, venue: str, name: str, cards: Sequence[LineCard], date: str) -> None:
        """``date``: the house's, now; ticks of another day are of another line check."""
        self._records, self._cards = records, cards
        self.check = read_line_check(check_file(records, venue, date)) or _fresh(venue, name, date, cards)
        self._writer: Writer[LineCheck] = Writer("line check", self._write, period_s=PERIOD_S)

    def tell(self, requests: Sequence[Request], notices: Sequence[Notice]) -> None:
        """Put ticks by for the writer thread."""
        del requests
        ticks = [notice for notice in notices if isinstance(notice, LineTicked)]
        for tick in ticks:
            if tick.wall and not tick.wall.startswith(self.check.date):
                self.check = _fresh(self.check.venue, self.check.name, tick.wall[:10], self._cards)
            self.check = self.check.ticked(tick, self._cards)
        if ticks:
            self._writer.put(self.check, at_once=True)

    def catch_up(self, snapshot: Snapshot | None) -> None:
        """Nothing: the writer thread has its own time."""

    def close(self) -> None:
        """Write the rest."""
        self._writer.close()

    def _write(self, pieces: list[LineCheck]) -> None:
        by_date = {check.date: check for check in pieces}  # the newest of each day holds all before it
        for check in by_date.values():
            path = check_file(self._records, check.venue, check.date)
            path.parent.mkdir(parents=True, exist_ok=True)
            save_text(path, check.model_dump_json(indent=1) + "\n")


def _fresh(venue: str, name: str, date: str, cards: Sequence[LineCard]) -> LineCheck:
    return LineCheck(venue=venue, name=name, date=date, of=len(cards))
