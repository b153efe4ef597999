"""Places in a show as people write them: a bar, seconds or a timecode to a position. What P on the command line and a
remote locate have in common."""

from __future__ import annotations

from typing import Final

from console.plan.schedule import Schedule
from console.show.show import Show
from console.timebase.instants import TimeError, ns_to_s_text, s_to_ns
from console.timebase.positions import Position, timecode_to_position_ns
from console.timebase.tempo import BarBeatTickError, text_to_bbt
from profiles.timecode import TimecodeError, frame_rate, parse_timecode

_LONGEST_NS: Final = s_to_ns(86_400)
"""Where nobody but a person ends an item, a day is long enough."""


class PlaceError(ValueError):
    """Text that names no place of the show. One line."""


def find_item(name: str, show: Show, schedule: Schedule) -> str | None:
    """The item of that id, or the one that plays the song of that id; None where there is none, or several."""
    if name in schedule.items:
        return name
    playing = [item.id for item in show.items if item.song == name]
    return playing[0] if len(playing) == 1 else None


def cue_position(cue: str, schedule: Schedule) -> Position:
    """Where a cue stands in the rundown, as an item and a place that can be located to. The cue must be there."""
    time = schedule.cue_times[cue]
    if time.item is None:
        raise PlaceError(f"cue {cue} is in a free list and has no place in the rundown: name one of an item")
    return Position(time.item, max(time.planned_ns, -schedule.items[time.item].lead_in_ns))


def item_position(item: str, place: str, schedule: Schedule) -> Position:
    """``17.1``, ``17.1.240`` or ``12.5s`` in an item that is there. Raises PlaceError."""
    times = schedule.items[item]
    try:
        if place.endswith("s"):
            ns: int = s_to_ns(place.removesuffix("s"))
        elif times.tempo is None:
            raise PlaceError(f"{item} has no tempo map: give seconds, as in {item}@12.5s")
        else:
            ns = times.tempo.bbt_to_ns(*text_to_bbt(place))
    except (TimeError, BarBeatTickError) as error:
        raise PlaceError(f"{item}@{place}: {error}") from None
    latest_ns = times.length_ns if times.ends_itself else _LONGEST_NS
    if not -times.lead_in_ns <= ns <= latest_ns:
        first, last = ns_to_s_text(-times.lead_in_ns), ns_to_s_text(latest_ns)
        raise PlaceError(f"{item}@{place} is not in {item}: it goes from {first} s to {last} s")
    return Position(item, ns)


def timecode_position(text: str, show: Show, schedule: Schedule) -> Position:
    """The place in the song whose range holds a label at the show's rate. Raises PlaceError."""
    try:
        label = parse_timecode(text, frame_rate(show.rate))
    except TimecodeError as error:
        raise PlaceError(str(error)) from None
    for item, times in schedule.items.items():
        if times.tc_start is not None:
            position_ns = timecode_to_position_ns(label, times.tc_start, times.lead_in_ns)
            if -times.lead_in_ns <= position_ns <= times.length_ns:
                return Position(item, position_ns)
    raise PlaceError(f"timecode {text} lies in no song of the show: see showcaller times")
