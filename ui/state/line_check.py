"""Walking the lines of the house: which is looked at, what became of each, what the last send came to. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from console.vocabulary import Confirmed, LedgerRow, LineCard, LineResult, LineTicked, Notice
from ui.state.words import Mark

AHEAD: Final = Mark("To walk", "ahead", "quiet")
RESULT_MARKS: Final[Mapping[LineResult, Mark]] = MappingProxyType(
    {
        "answered": Mark("Answered", "tick", "plain"),
        "seen": Mark("Seen", "tick", "bright"),
        "not_seen": Mark("Not seen", "cross", "stop"),
        "skipped": Mark("Skipped", "skip", "quiet"),
    }
)
GHOST: Final = Mark("Ghost only", "ring", "quiet")
"""A ghost has answered: nothing is known of the device."""

SILENT: Final = Mark("No answer", "triangle", "caution")
HAZARD: Final = Mark("Its crew's", "barred", "quiet")


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line as the list shows it."""

    line: str
    name: str
    department: str
    mark: Mark
    detail: str


@dataclass
class LineWalk:
    """The lines of the house that is open, and what is known of each."""

    cards: tuple[LineCard, ...] = ()
    ticks: dict[str, LineTicked] = field(default_factory=dict)
    said: dict[str, tuple[bool, str]] = field(default_factory=dict)  # of the last send: whether it is bad, and words

    def take(self, notice: Notice) -> str | None:
        """A fact. Returns the line it is about, or None."""
        match notice:
            case LineTicked(line=line):
                self.ticks[line] = notice
                self.said.pop(line, None)
                return line
            case LedgerRow(trigger="line check", device=str(line)):
                self.said[line] = (notice.sent_s is None, notice.outcome)
                return line
            case Confirmed(device=line, result="unconfirmed" | "contradicted") if line in self.said:
                self.said[line] = (True, notice.words or notice.result)
                return line
        return None

    def card(self, line: str | None) -> LineCard | None:
        """The card of a line."""
        return next((card for card in self.cards if card.line == line), None)

    def next_open(self, line: str | None) -> str | None:
        """The first line behind this one that nothing is known of; None where there is none."""
        lines = [card.line for card in self.cards]
        behind = lines[lines.index(line) + 1 :] if line in lines else lines
        return next((each for each in behind if each not in self.ticks), None)

    def mark(self, card: LineCard) -> Mark:
        """What became of a line, as word and shape."""
        is_bad, _words = self.said.get(card.line, (False, ""))
        if is_bad:
            return SILENT
        tick = self.ticks.get(card.line)
        if tick is None:
            return HAZARD if card.hazard else AHEAD
        return GHOST if tick.simulated and tick.result == "answered" else RESULT_MARKS[tick.result]

    def rows(self) -> tuple[LineRow, ...]:
        """Every line in the order of the walk."""
        return tuple(
            LineRow(card.line, card.name, card.department or "House", self.mark(card), self.detail(card))
            for card in self.cards
        )

    def detail(self, card: LineCard) -> str:
        """How long it took, who ticked, the note; or what the last send came to."""
        if card.line in self.said:
            return self.said[card.line][1]
        tick = self.ticks.get(card.line)
        if tick is None:
            return ""
        by = "" if tick.by in (card.line, "operator") else tick.by
        took = "" if tick.answer_ms is None else f"{tick.answer_ms:.1f} ms"
        return " · ".join(filter(None, (took, by, tick.note)))

    def summary(self) -> str:
        """How far the walk has come."""
        known = {card.line for card in self.cards}
        ticks = [tick for line, tick in self.ticks.items() if line in known]
        well = sum(tick.result in ("answered", "seen") and not tick.simulated for tick in ticks)
        ghosts = sum(tick.simulated for tick in ticks)
        missed = sum(tick.result == "not_seen" for tick in ticks)
        more = [f"{missed} not seen" * bool(missed), f"{ghosts} on ghosts" * bool(ghosts)]
        return ", ".join(
            [f"{well} of {len(self.cards)} well", *filter(None, more), f"{len(known) - len(ticks)} to walk"]
        )
