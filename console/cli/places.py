"""P, a place in a show: ``ITEM``, ``ITEM@bar.beat.tick``, ``ITEM@12.5s``, ``cue:ID``, or a timecode."""

from __future__ import annotations

from typing import Final

from console.cli.errors import call_error
from console.plan.schedule import Schedule
from console.show.show import Show
from console.timebase.instants import TimeError, ns_to_s_text, s_to_ns
from console.timebase.positions import Position, timecode_to_position_ns
from console.timebase.tempo import BarBeatTickError, text_to_bbt
from profiles.near_names import near_words
from profiles.timecode import TimecodeError, frame_rate, parse_timecode

PLACE_WORDS: Final = "ITEM, ITEM@17.1, ITEM@12.5s, cue:ID or a timecode"

_LONGEST_NS: Final = s_to_ns(86_400)
"""Where nobody but a person ends an item, a day is long enough."""


def text_to_position(text: str, show: Show, schedule: Schedule) -> Position:
    """The position a text names. CommandError, code 2, for a text that cannot be read and for no such place."""
    if text.startswith("cue:"):
        return _cue_position(text.removeprefix("cue:"), schedule)
    name, at, place = text.partition("@")
    item = find_item(name, show, schedule)
    if item is not None:
        return _item_position(item, place, schedule) if at else Position(item, -schedule.items[item].lead_in_ns)
    if ":" in text:
        return _timecode_position(text, show, schedule)
    raise call_error(f"{no_item_words(name, schedule)} (a place is {PLACE_WORDS})")


def find_item(name: str, show: Show, schedule: Schedule) -> str | None:
    """The item of that id, or the one that plays the song of that id; None where there is none, or several."""
    if name in schedule.items:
        return name
    playing = [item.id for item in show.items if item.song == name]
    return playing[0] if len(playing) == 1 else None


def no_item_words(name: str, schedule: Schedule) -> str:
    """That there is no such item, and which may be meant."""
    return f"the rundown has no item {name!r}: {near_words(name, schedule.items)}"


def _cue_position(cue: str, schedule: Schedule) -> Position:
    time = schedule.cue_times.get(cue)
    if time is None:
        raise call_error(f"the show has no cue {cue!r}: {near_words(cue, schedule.cue_times)}")
    if time.item is None:
        raise call_error(f"cue {cue} is in a free list and has no place in the rundown: name one of an item")
    return Position(time.item, max(time.planned_ns, -schedule.items[time.item].lead_in_ns))


def _item_position(item: str, place: str, schedule: Schedule) -> Position:
    times = schedule.items[item]
    try:
        if place.endswith("s"):
            ns: int = s_to_ns(place.removesuffix("s"))
        elif times.tempo is None:
            raise call_error(f"{item} has no tempo map: give seconds, as in {item}@12.5s")
        else:
            ns = times.tempo.bbt_to_ns(*text_to_bbt(place))
    except (TimeError, BarBeatTickError) as error:
        raise call_error(f"{item}@{place}: {error}") from None
    latest_ns = times.length_ns if times.ends_itself else _LONGEST_NS
    if not -times.lead_in_ns <= ns <= latest_ns:
        first, last = ns_to_s_text(-times.lead_in_ns), ns_to_s_text(latest_ns)
        raise call_error(f"{item}@{place} is not in {item}: it goes from {first} s to {last} s")
    return Position(item, ns)


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
    raise call_error(f"timecode {text} lies in no song of the show: see showcaller times")
