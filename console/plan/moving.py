"""Moving cues in time, by hand: several together, in one edit with one undo. Pure.

A cue that stands in bars moves by as much music, one that stands at a time by as much time; what follows a cue that
moves goes with it, and so does what is in its group. A cue that waits for a press, a message or a clock has no time to
be moved.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from console.plan.item_schedule import LOAD_NS
from console.plan.item_times import ItemTimes
from console.plan.placing import ns_to_at
from console.plan.schedule import Schedule
from console.show.cue_editing import cue_words
from console.show.cues import After, At, AtBar, AtOffset, AtTimecode, Cue
from console.show.draft import EditError
from console.show.edits import Compound, change_cue
from console.show.show import Show
from console.timebase.instants import s_to_ns
from console.timebase.positions import position_to_timecode
from console.timebase.tempo import TICKS_PER_BEAT
from profiles.timecode import frame_rate, frames_to_ns

Unit = Literal["frame", "tick", "beat", "bar"]


@dataclass(frozen=True, slots=True)
class Shift:
    """How far: in time, and in quarter notes where there are bars. ``words`` say it in the name of the edit."""

    by_ns: int
    quarters: Fraction | None
    words: str


def shift_to(schedule: Schedule, show: Show, cue_id: str, to_ns: int) -> Shift:
    """The shift that brings a cue to a place on its item's timeline. Raises :class:`EditError` for one without time."""
    times, ns = _stands(schedule, show, cue_id)
    quarters = None if times.tempo is None else times.tempo.ns_to_quarters(to_ns) - times.tempo.ns_to_quarters(ns)
    return Shift(to_ns - ns, quarters, f"by {(to_ns - ns) / 1e9:+.3f} s")


def shift_by(schedule: Schedule, show: Show, cues: Collection[str], unit: Unit, count: int) -> Shift:
    """The shift by so many frames, ticks, beats or bars, as the first of these cues sees them.

    Raises :class:`EditError` where none has a time, or where bars are asked for and there are none.
    """
    first = first_of(schedule, show, cues)
    times, ns = _stands(schedule, show, first)
    words = f"{unit if abs(count) == 1 else unit + 's'} {'later' if count > 0 else 'earlier'}"
    words = f"{abs(count)} {words}"
    if unit == "frame":
        by_ns = frames_to_ns(count, frame_rate(show.rate))
        return Shift(by_ns, None, words)
    tempo = times.tempo
    if tempo is None:
        raise EditError(f"cue {show.cue_by_id[first].number} stands where nothing is clicked: move it by frames")
    bar, beat, tick = tempo.ns_to_bbt(ns)
    if unit == "bar":
        quarters = tempo.bbt_to_quarters(bar + count) - tempo.bbt_to_quarters(bar)
    else:
        is_first = beat == 1 and tick == 0
        metre = tempo.metre_at(bar - 1 if count < 0 and is_first else bar)
        quarters = Fraction(4 * count, metre.den) / (TICKS_PER_BEAT if unit == "tick" else 1)
    to_ns = tempo.quarters_to_ns(tempo.bbt_to_quarters(bar, beat, tick) + quarters)
    return Shift(to_ns - ns, quarters, words)


def first_of(schedule: Schedule, show: Show, cues: Collection[str]) -> str:
    """The earliest of those that have a time. Raises :class:`EditError` where none has."""
    timed = [cue for cue in cues if not why_not_moved(schedule, show, cue)]
    if not timed:
        raise EditError(next(filter(None, (why_not_moved(schedule, show, cue) for cue in cues)), "no cue is picked"))
    order = {item: place for place, item in enumerate(schedule.items)}
    return min(timed, key=lambda cue: (order[show.cue_by_id[cue].item or ""], _stands(schedule, show, cue)[1]))


def and_later(schedule: Schedule, show: Show, cues: Collection[str]) -> tuple[str, ...]:
    """These cues, and those with a time of their own that stand behind the first of them in its item (ripple)."""
    first = first_of(schedule, show, cues)
    item, from_ns = show.cue_by_id[first].item or "", _stands(schedule, show, first)[1]
    later = [
        cue.id
        for cue in show.cues_by_item.get(item, ())
        if cue.id not in cues
        and cue.at.on in ("bar", "timecode", "offset")
        and not why_not_moved(schedule, show, cue.id)
        and _stands(schedule, show, cue.id)[1] >= from_ns
    ]
    return (*cues, *later)


def move_cues(schedule: Schedule, show: Show, cues: Collection[str], shift: Shift) -> Compound | None:
    """Cues moved together; None where nothing would change. What has no time stays.

    Raises :class:`EditError` where no cue has one, and where one would come before its item can begin.
    """
    first_of(schedule, show, cues)
    moving = frozenset(cues)
    edits = []
    for cue_id in cues:
        cue = show.cue_by_id[cue_id]
        if why_not_moved(schedule, show, cue_id) or _is_carried(show, cue, moving):
            continue
        at = _moved(schedule, show, cue, shift)
        if at != cue.at:
            edits.append(change_cue(cue_id, {"at": at}))
    if not edits:
        return None
    return Compound(name=f"Move {cue_words(show, [each.id for each in edits])} {shift.words}", edits=tuple(edits))


def why_not_moved(schedule: Schedule, show: Show, cue_id: str) -> str:
    """Why a cue cannot be moved in time; empty where it can."""
    cue = show.cue_by_id[cue_id]
    if cue.starts_item:
        return f"cue {cue.number} starts its item: the score counts from it"
    if cue.at.on == "group":
        return f"cue {cue.number} runs with its group: move the group"
    if cue.at.on not in ("bar", "timecode", "offset", "after") or cue.item is None:
        return f"cue {cue.number} waits to be asked for: it has no time to be moved"
    part = schedule.parts.get(cue.item)
    ns = None if part is None else part.moments.get(cue_id, (None, True))[0]
    if ns is None:
        return f"cue {cue.number} follows one that waits: it has no time to be moved"
    return f"cue {cue.number} runs as its item loads" if ns < LOAD_NS // 2 else ""


def _stands(schedule: Schedule, show: Show, cue_id: str) -> tuple[ItemTimes, int]:
    """Its item's timeline, and where on it the cue is in ns. Raises :class:`EditError` where that is nowhere."""
    if words := why_not_moved(schedule, show, cue_id):
        raise EditError(words)
    item = show.cue_by_id[cue_id].item or ""
    return schedule.items[item], schedule.parts[item].moments[cue_id][0] or 0


def _is_carried(show: Show, cue: Cue, moving: frozenset[str]) -> bool:
    """True where what it follows is moved, and it with that."""
    while isinstance(cue.at, After) and cue.at.cue in show.cue_by_id:
        if cue.at.cue in moving:
            return True
        cue = show.cue_by_id[cue.at.cue]
    return False


def _moved(schedule: Schedule, show: Show, cue: Cue, shift: Shift) -> At:
    times, ns = _stands(schedule, show, cue.id)
    at, to_ns = cue.at, ns + shift.by_ns
    if isinstance(at, AtBar) and times.tempo is not None and shift.quarters is not None:
        stood = times.tempo.bbt_to_quarters(at.bar, at.beat, at.tick)
        to_ns = times.tempo.quarters_to_ns(stood + shift.quarters)
    if to_ns < -times.lead_in_ns:
        raise EditError(f"cue {cue.number} would come before its item begins: move it less")
    match at:
        case AtBar():
            return ns_to_at(times, to_ns)
        case AtOffset():
            return at.model_copy(update={"seconds": round(at.seconds + shift.by_ns / 1e9, 6)})
        case AtTimecode() if times.tc_start is not None:
            label = position_to_timecode(to_ns, times.tc_start, times.lead_in_ns, frame_rate(show.rate))
            return at.model_copy(update={"label": str(label)})
        case After():
            if s_to_ns(at.delay_s) + shift.by_ns < 0:
                raise EditError(f"cue {cue.number} would come before the one it follows: move that one, or less")
            return at.model_copy(update={"delay_s": round(at.delay_s + shift.by_ns / 1e9, 6)})
        case _:
            return at
