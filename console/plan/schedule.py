"""When every cue is: the whole show resolved to positions, and the order of the show list.

Pure and ignorant of venues: latency, trim and advance come later. A cue has a *position* where its moment follows
from the score alone; a called cue, or a follower of one, has at most an *expected* moment. Bad places are reported,
not raised, so that a half-finished show still opens.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from console.plan.item_schedule import LOAD_NS, CueTime, ItemSchedule, number_order, schedule_item
from console.plan.item_times import ItemTimes, item_to_times
from console.plan.touched import Touched, everything
from console.show.rundown import Item
from console.show.show import Show
from console.timebase.tempo import BarBeatTickError, TempoMapError
from profiles.timecode import FrameRateError, TimecodeError

__all__ = [
    "LOAD_NS",
    "CueTime",
    "Schedule",
    "build_schedule",
    "drain",
    "lies_otherwise",
    "number_order",
    "reschedule",
    "same_timeline",
]

T = TypeVar("T")


@dataclass(frozen=True)
class Schedule:
    """Every item's timeline and every cue's moment.

    ``order`` is the show list, ``by_item`` the same per item (skipped ones too); ``problems`` are (cue or item, words).
    ``parts`` is what the next schedule is made of where an edit leaves it.
    """

    items: Mapping[str, ItemTimes]
    cue_times: Mapping[str, CueTime]
    order: tuple[str, ...]
    by_item: Mapping[str, tuple[str, ...]]
    problems: tuple[tuple[str, str], ...]
    parts: Mapping[str, ItemSchedule]


NOTHING = Schedule({}, {}, (), {}, (), {})


def drain(slices: Generator[None, None, T]) -> T:
    """The result of work that can be done in slices, all at once."""
    while True:
        try:
            next(slices)
        except StopIteration as done:
            result: T = done.value
            return result


def build_schedule(show: Show) -> Schedule:
    """Resolve the whole show. Never raises for what is in the document."""
    return drain(reschedule(NOTHING, show.model_copy(update={"items": (), "cues": ()}), show, everything(show, show)))


def reschedule(before: Schedule, before_show: Show, show: Show, touched: Touched) -> Generator[None, None, Schedule]:
    """The schedule after an edit, in slices: what it did not touch is taken over. Never raises, as above."""
    cues = _by_item(before_show, show, touched)
    parts: dict[str, ItemSchedule] = {}
    start_ns = 0
    for item in show.items:
        part = before.parts.get(item.id)
        if part is None or item.id in touched.items:
            times, problem = _lay(show, item, start_ns)
            stands = part is not None and not touched.whole and same_timeline(part.times, times)
        else:
            times, problem = part.times, part.layout_problem
            stands = True
            if times.planned_start_ns != start_ns:
                times = replace(times, planned_start_ns=start_ns)
        if part is None or not stands:
            part = yield from schedule_item(show, times, problem)
        elif item.id in cues:
            part = yield from schedule_item(show, times, problem, part, cues[item.id])
        elif part.times is not times:
            part = replace(part, times=times)
        parts[item.id] = part
        if item.counts and not item.skipped:
            start_ns += times.planned_ns
    yield
    return (yield from _joined(before, show, touched, parts))


def _joined(
    before: Schedule, show: Show, touched: Touched, parts: Mapping[str, ItemSchedule]
) -> Generator[None, None, Schedule]:
    anew = [part for item, part in parts.items() if part is not before.parts.get(item)]
    cue_times = dict(before.cue_times)
    yield
    for cue in touched.cues:
        cue_times.pop(cue, None)
    for item, part in before.parts.items():
        if item not in parts:
            for cue in part.order:
                cue_times.pop(cue, None)
    for part in anew:
        cue_times.update(part.cue_times)
        yield
    for cue in touched.cues:
        found = show.cue_by_id.get(cue)
        if found is not None and found.item is None:
            cue_times[cue] = CueTime(cue, None, None, 0, True, False, None, None)
    yield
    order = before.order
    if touched.rundown or any(part.order is not _order_of(before, part) for part in anew):
        order = tuple(cue for part in parts.values() if not part.times.item.skipped for cue in part.order)
        yield
    problems = [(item, part.layout_problem) for item, part in parts.items() if part.layout_problem]
    for part in parts.values():
        problems += part.problems
    return Schedule(
        {item: part.times for item, part in parts.items()},
        cue_times,
        order,
        {item: part.order for item, part in parts.items()},
        tuple(problems),
        parts,
    )


def _order_of(before: Schedule, part: ItemSchedule) -> tuple[str, ...] | None:
    stood = before.parts.get(part.times.item.id)
    return None if stood is None else stood.order


def _by_item(before: Show, after: Show, touched: Touched) -> dict[str, set[str]]:
    """The touched cues by the items they were in or are, with the groups they were in."""
    found: dict[str, set[str]] = {}
    for show in (before, after):
        for cue in touched.cues:
            piece = show.cue_by_id.get(cue)
            if piece is not None and piece.item is not None:
                found.setdefault(piece.item, set()).update({cue} if piece.parent is None else {cue, piece.parent})
    return found


def lies_otherwise(before: Schedule, after: Schedule, touched: Touched) -> bool:
    """True where what is set up ahead may belong elsewhere: other items, another order, or cues where none were."""
    return touched.rundown or any(bool(cues) != bool(before.by_item.get(item)) for item, cues in after.by_item.items())


def same_timeline(one: ItemTimes, other: ItemTimes) -> bool:
    """True where cues stand on either as they stand on the other."""
    return _timeline(one) == _timeline(other)


def _timeline(times: ItemTimes) -> tuple[object, ...]:
    song = times.song
    tempo = None if song is None else (song.metres, song.tempi, song.click)
    return tempo, times.lead_in_ns, times.length_ns, times.ends_itself, times.sections, times.tc_start


def _lay(show: Show, item: Item, start_ns: int) -> tuple[ItemTimes, str]:
    """An item's timeline, and why its song could not be laid out."""
    try:
        return item_to_times(show, item, start_ns), ""
    except (TempoMapError, TimecodeError, FrameRateError, BarBeatTickError) as error:
        return item_to_times(show, item.model_copy(update={"song": None}), start_ns), str(error)
