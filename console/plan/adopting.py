"""Taking over the timing of a take: cues move to where they were pressed, in one edit with one undo. Pure.

Outliers are left for a person, as is whatever has no place of its own to move. A called cue that nothing tied to the
score learns from its presses where it is expected, and stays called.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from console.plan.item_times import ItemTimes
from console.plan.placing import ns_to_at
from console.plan.schedule import Schedule
from console.plan.take_lags import compare
from console.show.cues import Cue
from console.show.edits import Compound, Edit, change_cue
from console.show.show import Show
from console.vocabulary import TakeSheet

EIGHTH = Fraction(1, 2)
"""An eighth note, in quarters."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """What would be changed: ``moved`` are (cue, from, to) in ns on their items, ``left`` are (cue, why)."""

    edit: Edit | None
    moved: tuple[tuple[str, int | None, int], ...]
    left: tuple[tuple[str, str], ...]


def adopt(
    show: Show, schedule: Schedule, sheet: TakeSheet, cues: Collection[str] | None = None, grid: Fraction | None = None
) -> Adoption:
    """Move cues (None: all that were pressed) to their presses; ``grid``: to the nearest of so many quarter notes."""
    moved: list[tuple[str, int | None, int]] = []
    left: list[tuple[str, str]] = []
    edits: list[Edit] = []
    for row in compare(show, schedule, (sheet,)).rows:
        cell = row.cells[0]
        if cell is None or (cues is not None and row.cue not in cues):
            continue
        cue = show.cue_by_id[row.cue]
        if cell.missed:
            left.append((row.cue, "was not pressed"))
        elif cell.outlier:
            left.append(
                (row.cue, f"is an outlier, {(cell.lag_ns or 0) / 1e6:+.0f} ms: move it by hand, if it is meant")
            )
        elif cell.position_ns is None:
            left.append((row.cue, "was pressed while nothing moved"))
        elif cue.at.on not in ("bar", "timecode", "offset") or row.planned_ns is None:
            left.append((row.cue, "has no place of its own in the score"))
        else:
            times = schedule.items[row.item]
            to_ns = _on_grid(times, cell.position_ns, grid)
            at = ns_to_at(times, to_ns)
            if at != cue.at:
                edits.append(change_cue(cue.id, {"at": at}))
                moved.append((cue.id, row.planned_ns, to_ns))
    name = f"Adopt the timing of {sheet.card.label or f'take {sheet.card.take}'} for {_count(len(moved))}"
    return Adoption(Compound(name=name, edits=tuple(edits)) if edits else None, tuple(moved), tuple(left))


def learn(
    show: Show, schedule: Schedule, sheets: Sequence[TakeSheet], cue_id: str, grid: Fraction | None = None
) -> Adoption:
    """Where a called cue is expected: the median of its presses on the score. It stays called."""
    cue = show.cue_by_id[cue_id]
    at_ns = [
        press.position_ns
        for sheet in sheets
        for press in sheet.presses
        if press.cue == cue_id and press.item == cue.item and press.position_ns is not None
    ]
    refused = _why_not_learnt(cue, at_ns)
    if refused or cue.item is None:
        return Adoption(None, (), ((cue_id, refused),))
    times = schedule.items[cue.item]
    to_ns = _on_grid(times, round(median(at_ns)), grid)
    edit = change_cue(cue_id, {"at": ns_to_at(times, to_ns), "mode": "called"})
    name = f"Learn where {cue.number} is expected from {len(at_ns)} presses"
    return Adoption(Compound(name=name, edits=(edit,)), ((cue_id, None, to_ns),), ())


def _why_not_learnt(cue: Cue, at_ns: Sequence[int]) -> str:
    if not cue.is_called or cue.item is None:
        return "is not called in an item: only a called cue is expected somewhere"
    if cue.starts_item:
        return "starts its item: the score counts from it"
    return "" if at_ns else "was pressed in none of these takes while its item moved"


def _on_grid(times: ItemTimes, ns: int, grid: Fraction | None) -> int:
    """The nearest point of the grid, halves later; where there is no tempo, where it is."""
    if grid is None or times.tempo is None:
        return ns
    steps = times.tempo.ns_to_quarters(ns) / grid
    return times.tempo.quarters_to_ns(grid * ((2 * steps.numerator + steps.denominator) // (2 * steps.denominator)))


def _count(cues: int) -> str:
    return "1 cue" if cues == 1 else f"{cues} cues"
