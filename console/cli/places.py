"""P, a place in a show: ``ITEM``, ``ITEM@bar.beat.tick``, ``ITEM@12.5s``, ``cue:ID``, or a timecode."""

from __future__ import annotations

from console.cli.errors import CommandError, call_error
from console.plan.schedule import Schedule
from console.show.show import Show
from console.timebase.instants import TimeError, s_to_ns
from console.timebase.positions import Position, timecode_to_position_ns
from console.timebase.tempo import BarBeatTickError, text_to_bbt
from profiles.timecode import TimecodeError, frame_rate, parse_timecode


def text_to_position(text: str, show: Show, schedule: Schedule) -> Position:
    """The position a text names. CommandError: code 2 for a text that cannot be read, 1 for no such place."""
    if text.startswith("cue:"):
        return _cue_position(text.removeprefix("cue:"), schedule)
    item, at, place = text.partition("@")
    if item in schedule.items:
        return _item_position(item, place, schedule) if at else Position(item, -schedule.items[item].lead_in_ns)
    if ":" in text:
        return _timecode_position(text, show, schedule)
    raise call_error(f"{text!r}: the rundown has no such item; write ITEM, ITEM@17.1, ITEM@12.5s, cue:ID or a timecode")


def _cue_position(cue: str, schedule: Schedule) -> Position:
    time = schedule.cue_times.get(cue)
    if time is None:
        raise call_error(f"the show has no cue {cue!r}")
    if time.item is None:
        raise CommandError(f"cue {cue} is in a free list and has no place in the rundown")
    return Position(time.item, max(time.planned_ns, -schedule.items[time.item].lead_in_ns))


def _item_position(item: str, place: str, schedule: Schedule) -> Position:
    times = schedule.items[item]
    try:
        if place.endswith("s"):
            return Position(item, s_to_ns(place.removesuffix("s")))
        if times.tempo is None:
            raise call_error(f"{item} has no tempo map: give seconds, as in {item}@12.5s")
        bbt = text_to_bbt(place)
        return Position(item, times.tempo.bbt_to_ns(*bbt))
    except (TimeError, BarBeatTickError) as error:
        raise call_error(f"{item}@{place}: {error}") from None


def _timecode_position(text: str, show: Show, schedule: Schedule) -> Position:
    try:
        label = parse_timecode(text, frame_rate(show.rate))
    except TimecodeError as error:
        raise call_error(str(error)) from None
    for item, times in schedule.items.items():
        if times.tc_start is not None:
            position_ns = timecode_to_position_ns(label, times.tc_start, times.lead_in_ns)
            if -times.lead_in_ns <= position_ns <= times.length_ns:
                return Position(item, position_ns)
    raise CommandError(f"timecode {text} lies in no song of the show")
