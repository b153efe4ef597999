"""How hands compare with the score: plan and takes side by side, what was missed, what was pressed besides. Pure.

A lag is press minus planned moment, late is positive. An *outlier* is a lag further from its take's median than 3.5
scaled median deviations (1.4826 × MAD, taken as 10 ms at least, so that a steady hand is not blamed for a frame): the
median moves with nobody's single slip, as a mean and its deviation would. Below five presses nothing is told apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from console.plan.schedule import Schedule
from console.show.show import Show
from console.timebase import NS_PER_MS
from console.vocabulary import TakePress, TakeSheet

OUTLIER: Final = 3.5
STEADY_NS: Final = 10 * NS_PER_MS
FEWEST: Final = 5

REACH_NS: Final = 500 * NS_PER_MS
"""How far before the first press and behind the last one cues still ought to have been pressed."""

_MOMENTS: Final = frozenset(("bar", "timecode", "offset"))


@dataclass(frozen=True, slots=True)
class Cell:
    """One cue in one take. ``lag_ns`` None: the plan has no moment. ``missed``: it ought to have been pressed."""

    position_ns: int | None = None
    lag_ns: int | None = None
    outlier: bool = False
    missed: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True)
class CueRow:
    """One cue in all takes, in their order; None where a take says nothing of it."""

    cue: str
    item: str
    planned_ns: int | None
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class TakeFigures:
    """One take in a line. ``spread_ns``: the scaled median deviation; it and the median are None where no lag is."""

    take: str
    pressed: int
    missed: tuple[str, ...]
    extra: tuple[TakePress, ...]
    outliers: tuple[str, ...]
    median_ns: int | None
    spread_ns: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Takes side by side; rows in show-list order."""

    rows: tuple[CueRow, ...]
    takes: tuple[TakeFigures, ...]


def planned_ns(show: Show, schedule: Schedule, cue: str) -> int | None:
    """The moment the score has for a cue, expected ones too; None where only a person knows."""
    found, time = show.cue_by_id.get(cue), schedule.cue_times.get(cue)
    if found is None or time is None or time.item is None or time.at_load:
        return None
    at = found.at
    says = at.on in _MOMENTS or (at.on == "called" and at.section is not None)
    return time.planned_ns if says else time.position_ns


def wanted(show: Show, schedule: Schedule, sheet: TakeSheet) -> tuple[str, ...]:
    """The cues that ought to have been pressed between the first and the last press of a take, in each item of it.

    Called ones with a moment, and those of the score in departments that were taken by hand.
    """
    found: list[str] = []
    for item, (first_ns, last_ns) in _stretches(sheet).items():
        for cue_id in schedule.by_item.get(item, ()):
            cue, at_ns = show.cue_by_id[cue_id], planned_ns(show, schedule, cue_id)
            by_hand = cue.at.on in _MOMENTS and show.department_of(cue) in sheet.by_hand
            if at_ns is not None and first_ns <= at_ns <= last_ns and not cue.disabled and (cue.is_called or by_hand):
                found.append(cue_id)
    return tuple(found)


def missed_and_extra(show: Show, schedule: Schedule, sheet: TakeSheet) -> tuple[tuple[str, ...], tuple[TakePress, ...]]:
    """What ought to have been pressed and was not, and presses that ran nothing, or ran a cue again."""
    seen: set[str] = set()
    extra: list[TakePress] = []
    for press in sheet.presses:
        if press.cue is None or press.cue in seen:
            extra.append(press)
        else:
            seen.add(press.cue)
    return tuple(cue for cue in wanted(show, schedule, sheet) if cue not in seen), tuple(extra)


def compare(show: Show, schedule: Schedule, sheets: Sequence[TakeSheet]) -> Comparison:
    """The plan and these takes. A cue that was pressed several times in a take counts with its first press."""
    columns = [_column(show, schedule, sheet) for sheet in sheets]
    cues = {cue for cells, _ in columns for cue in cells}
    rows = tuple(
        CueRow(cue, item, planned_ns(show, schedule, cue), tuple(cells.get(cue) for cells, _ in columns))
        for item, order in schedule.by_item.items()
        for cue in order
        if cue in cues
    )
    return Comparison(rows, tuple(figures for _, figures in columns))


def _column(show: Show, schedule: Schedule, sheet: TakeSheet) -> tuple[dict[str, Cell], TakeFigures]:
    first: dict[str, TakePress] = {}
    for press in sheet.presses:
        if press.cue is not None and press.cue in show.cue_by_id:
            first.setdefault(press.cue, press)
    lags: dict[str, int] = {}
    for cue, press in first.items():
        at_ns = planned_ns(show, schedule, cue)
        if at_ns is not None and press.position_ns is not None:
            lags[cue] = press.position_ns - at_ns
    middle_ns, spread_ns = _middle(lags.values())
    outliers = tuple(cue for cue, lag in lags.items() if _is_outlier(lag, middle_ns, spread_ns, len(lags)))
    missed, extra = missed_and_extra(show, schedule, sheet)
    cells = {
        cue: Cell(press.position_ns, lags.get(cue), cue in outliers, by=press.by)
        for cue, press in first.items()
        if show.cue_by_id[cue].item is not None
    }
    cells.update((cue, Cell(missed=True)) for cue in missed)
    figures = TakeFigures(sheet.card.id, len(first), missed, extra, outliers, middle_ns, spread_ns)
    return cells, figures


def _middle(lags: Iterable[int]) -> tuple[int | None, int | None]:
    """Median, and the scaled median deviation from it."""
    found = list(lags)
    if not found:
        return None, None
    middle_ns = round(median(found))
    return middle_ns, round(1.4826 * median(abs(lag - middle_ns) for lag in found))


def _is_outlier(lag_ns: int, middle_ns: int | None, spread_ns: int | None, count: int) -> bool:
    if middle_ns is None or spread_ns is None or count < FEWEST:
        return False
    return abs(lag_ns - middle_ns) > OUTLIER * max(spread_ns, STEADY_NS)


def _stretches(sheet: TakeSheet) -> dict[str, tuple[int, int]]:
    """By item, from where to where a take has presses on its score."""
    found: dict[str, tuple[int, int]] = {}
    for press in sheet.presses:
        if press.item is not None and press.position_ns is not None:
            first_ns, last_ns = found.get(press.item, (press.position_ns, press.position_ns))
            # a press a little early or late is at its cue all the same: half a second covers every hand
            first_ns, last_ns = min(first_ns, press.position_ns), max(last_ns, press.position_ns)
            found[press.item] = (first_ns, last_ns)
    return {
        item: (first_ns - 500 * NS_PER_MS, last_ns + 500 * NS_PER_MS) for item, (first_ns, last_ns) in found.items()
    }
