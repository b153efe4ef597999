"""Device lamps: what each says, and how many fit where. Trouble is never the one that is left out. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from console.vocabulary import DeviceState
from ui.state.desk import Desk
from ui.state.words import HEALTH_MARKS, MODE_MARKS, MOVED_MARKS, Mark, ago_text

TALL_PX: Final = 42
FLAT_PX: Final = 22
ROOMY_WIDTH_PX: Final = 132
LEAST_WIDTH_PX: Final = 90
SILENT_NS: Final = 3_000_000_000
"""A live device that can be heard and was not for so long is called deaf."""

DRIFT: Final = Mark("Drift", "diamond", "caution")
"""A device that stands, by its own word, elsewhere than it was told."""

_WEIGHT: Final = {"stop": 0, "caution": 1, "bright": 2, "plain": 3, "quiet": 4}


@dataclass(frozen=True, slots=True)
class Lamp:
    """One device: its state as word and shape, and when it was last heard or what is wrong with it."""

    device: str
    role: str
    mark: Mark
    detail: str
    in_trouble: bool


class LampCell(NamedTuple):
    """A lamp's place, in px."""

    lamp: Lamp
    x_px: int
    y_px: int
    width_px: int
    height_px: int


class LampPlan(NamedTuple):
    """The lamps that have a place, and how many have none: all of them, and those in trouble among them."""

    cells: tuple[LampCell, ...]
    left_out: int
    left_in_trouble: int = 0


def desk_lamps(desk: Desk, local_ns: int) -> tuple[Lamp, ...]:
    """A lamp for each device of the venue, in the venue's order."""
    if desk.snapshot is None:
        return ()
    now_ns = desk.run_now_ns(local_ns)
    return tuple(_lamp(state, now_ns) for state in desk.snapshot.devices)


def _lamp(state: DeviceState, now_ns: int) -> Lamp:
    duty = "" if state.duty in ("main", "") else f"{state.duty} · "
    if state.mode == "off":
        return Lamp(state.device, state.role, MODE_MARKS["off"], duty + "switched off", in_trouble=False)
    mark = HEALTH_MARKS.get(state.severity, HEALTH_MARKS["unknown"])
    heard_ns = None if state.heard_ns is None else now_ns - state.heard_ns
    if state.drifts and mark.tone not in ("stop", "caution"):
        values = "1 value stands" if state.drifts == 1 else f"{state.drifts} values stand"
        return Lamp(state.device, state.role, DRIFT, f"{duty}drift: {values} elsewhere", in_trouble=False)
    if state.duty and state.active != (state.duty == "main") and mark.tone not in ("stop", "caution"):
        shown = MOVED_MARKS["on" if state.active else "off"]
        return Lamp(state.device, state.role, shown, duty + (state.words or ago_text(heard_ns)), in_trouble=False)
    if state.mode == "ghost" and mark.tone not in ("stop", "caution"):
        return Lamp(
            state.device, state.role, MODE_MARKS["ghost"], duty + (state.words or "simulated"), in_trouble=False
        )
    trouble = mark.tone in ("stop", "caution")
    if trouble or state.severity == "minor":
        return Lamp(state.device, state.role, mark, duty + (state.words or ago_text(heard_ns)), trouble)
    if state.severity == "unknown":
        return Lamp(state.device, state.role, mark, duty + (state.words or "cannot answer"), in_trouble=False)
    if heard_ns is None and not state.role:  # a port of our own: open is all that can be said of it
        return Lamp(state.device, state.role, mark, state.words or "open", in_trouble=False)
    return Lamp(state.device, state.role, mark, duty + ago_text(heard_ns), in_trouble=False)


def summary(lamps: Sequence[Lamp]) -> str:
    """How many there are of each state, in words, trouble first: "1 Down, 20 OK, 2 Unheard"."""
    counts: dict[str, int] = {}
    for lamp in sorted(lamps, key=lambda lamp: _WEIGHT[lamp.mark.tone]):
        counts[lamp.mark.word] = counts.get(lamp.mark.word, 0) + 1
    return ", ".join(f"{count} {word}" for word, count in counts.items())


def left_over(desk: Desk) -> str:
    """How many values stand elsewhere than wanted and may be sent again; empty where none does."""
    count = sum(desk.snapshot.put_right.values()) if desk.snapshot is not None else 0
    return f" · {count} to put right" if count else ""


def lay_lamps(lamps: Sequence[Lamp], width_px: int, height_px: int) -> LampPlan:
    """Share out the room: two lines each where they all fit, else one; else trouble in full and the rest closer."""
    for tall in (TALL_PX, FLAT_PX):
        columns = max(width_px // ROOMY_WIDTH_PX, 1)
        if max(height_px // tall, 1) * columns >= len(lamps):
            return LampPlan(_cells(lamps, columns, width_px // columns, tall), 0)
    trouble = [lamp for lamp in lamps if lamp.in_trouble]
    calm = [lamp for lamp in lamps if not lamp.in_trouble]
    below_px = height_px - TALL_PX * len(trouble)
    if trouble and below_px >= 2 * FLAT_PX:
        rest = _lay_close(calm, width_px, below_px, height_px - below_px)
        return LampPlan((*_cells(trouble, 1, width_px, TALL_PX), *rest.cells), rest.left_out)
    return _lay_close(lamps, width_px, height_px, 0)


def _lay_close(lamps: Sequence[Lamp], width_px: int, height_px: int, top_px: int) -> LampPlan:
    """One line each, as many as fit; trouble before the rest."""
    columns = max(width_px // LEAST_WIDTH_PX, 1)
    cell_px = width_px // columns
    if max(height_px // FLAT_PX, 1) * columns >= len(lamps):
        return LampPlan(_cells(lamps, columns, cell_px, FLAT_PX, top_px), 0)
    places = max(height_px // FLAT_PX - 1, 1) * columns  # the last row says how many are left out
    order = sorted(range(len(lamps)), key=lambda n: (_WEIGHT[lamps[n].mark.tone], n))
    kept = [lamps[n] for n in sorted(order[:places])]
    left_in_trouble = sum(lamps[n].in_trouble for n in order[places:])
    return LampPlan(_cells(kept, columns, cell_px, FLAT_PX, top_px), len(lamps) - len(kept), left_in_trouble)


def _cells(lamps: Sequence[Lamp], columns: int, cell_px: int, tall_px: int, top_px: int = 0) -> tuple[LampCell, ...]:
    return tuple(
        LampCell(lamp, place % columns * cell_px, top_px + place // columns * tall_px, cell_px, tall_px)
        for place, lamp in enumerate(lamps)
    )
