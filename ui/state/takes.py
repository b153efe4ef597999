"""Takes as the window knows them: which there are, which are laid beside the score, what is picked of them. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, NamedTuple

from console.plan.adopting import Adoption, adopt
from console.plan.schedule import Schedule
from console.plan.take_lags import Cell, Comparison, compare, planned_ns
from console.show.show import Show
from console.vocabulary import Notice, TakeCard, TakeNote, TakeRead, TakeSheet, TakesListed

MOST_SHOWN: Final = 4
SIGNS: Final = ("●", "◆", "■", "○")
"""Of the chosen takes, in their order: the same as their shadows on the timeline have."""

GRIDS: Final[Mapping[str, Fraction | None]] = {
    "as pressed": None,
    "nearest 1/4": Fraction(1),
    "nearest 1/8": Fraction(1, 2),
    "nearest 1/16": Fraction(1, 4),
}


class Shadow(NamedTuple):
    """Where a cue really left in a take, or that it was missed; in ns on its item. ``take``: which column it is."""

    take: int
    cue: str
    role: str
    planned_ns: int | None
    left_ns: int | None  # None: missed


@dataclass
class Takes:
    """What was told of takes, and the operator's own choices. ``chosen``: the first is the one that is adopted from."""

    cards: tuple[TakeCard, ...] = ()
    sheets: dict[str, TakeSheet] = field(default_factory=dict)
    chosen: list[str] = field(default_factory=list)
    cues: frozenset[str] = frozenset()
    grid: Fraction | None = None
    words: str = ""
    listed: bool = False

    def take(self, notice: Notice) -> bool:
        """A fact; True where it says something of takes."""
        if isinstance(notice, TakesListed):
            self.cards, self.words, self.listed = notice.takes, notice.words, True
            known = {card.id for card in self.cards}
            self.chosen = [each for each in self.chosen if each in known]
        elif isinstance(notice, TakeRead):
            self.words = notice.words
            if notice.sheet is not None:
                self.sheets[notice.take] = notice.sheet
        else:
            return False
        return True

    def choose(self, take: str, *, on: bool) -> bool:
        """Lay a take beside the score, or not; False where there are enough already."""
        if not on:
            self.chosen = [each for each in self.chosen if each != take]
        elif take not in self.chosen:
            if len(self.chosen) >= MOST_SHOWN:
                return False
            self.chosen.append(take)
        return True

    @property
    def shown(self) -> list[TakeSheet]:
        """The chosen takes that have been read, in their order."""
        return [self.sheets[each] for each in self.chosen if each in self.sheets]

    @property
    def notes(self) -> list[tuple[TakeSheet, TakeNote]]:
        """What was marked in them."""
        return [(sheet, note) for sheet in self.shown for note in sheet.notes]

    def comparison(self, show: Show, schedule: Schedule) -> Comparison:
        """The plan and the chosen takes."""
        return compare(show, schedule, self.shown)

    def adoption(self, show: Show, schedule: Schedule) -> Adoption | None:
        """What adopting the picked cues' timing from the first chosen take would do; None without one."""
        return adopt(show, schedule, self.shown[0], self.cues or None, self.grid) if self.shown else None

    def shadows(self, show: Show, schedule: Schedule) -> dict[str, tuple[Shadow, ...]]:
        """What lies on the timeline of each item."""
        found: dict[str, list[Shadow]] = {}
        for place, sheet in enumerate(self.shown):
            left = {leave.cue: leave for leave in sheet.leaves if leave.cue in show.cue_by_id}
            pressed = {
                press.cue: press
                for press in reversed(sheet.presses)
                if press.cue in show.cue_by_id and press.position_ns is not None
            }
            missed = compare(show, schedule, [sheet]).takes[0].missed
            for cue in {**left, **dict.fromkeys((*pressed, *missed))}:
                piece = show.cue_by_id[cue or ""]
                if piece.item is None or piece.role is None or cue is None:
                    continue
                at_ns = left[cue].position_ns if cue in left else None
                if at_ns is None and cue in pressed:
                    at_ns = pressed[cue].position_ns
                shadow = Shadow(place, cue, piece.role, planned_ns(show, schedule, cue), at_ns)
                found.setdefault(piece.item, []).append(shadow)
        return {item: tuple(shadows) for item, shadows in found.items()}


def lag_words(cell: Cell | None) -> str:
    """A cell of the table: ms with a sign, or a word."""
    if cell is None:
        return ""
    if cell.missed:
        return "missed"
    if cell.lag_ns is None:
        return "pressed"
    return f"{round(cell.lag_ns / 1e6):+d}" + ("  outlier" if cell.outlier else "")


def card_title(card: TakeCard) -> str:
    """What a take is called."""
    return card.label or f"Take {card.take}"
