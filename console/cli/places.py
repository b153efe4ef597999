"""P, a place in a show: ``ITEM``, ``ITEM@bar.beat.tick``, ``ITEM@12.5s``, ``cue:ID``, or a timecode."""

from __future__ import annotations

from typing import Final

from console.cli.errors import call_error
from console.plan.places import PlaceError, cue_position, find_item, item_position, timecode_position
from console.plan.schedule import Schedule
from console.show.show import Show
from console.timebase.positions import Position
from profiles.near_names import near_words

__all__ = ["PLACE_WORDS", "find_item", "no_item_words", "text_to_position"]

PLACE_WORDS: Final = "ITEM, ITEM@17.1, ITEM@12.5s, cue:ID or a timecode"


def text_to_position(text: str, show: Show, schedule: Schedule) -> Position:
    """The position a text names. CommandError, code 2, for a text that cannot be read and for no such place."""
    try:
        return _position(text, show, schedule)
    except PlaceError as error:
        raise call_error(str(error)) from None


def _position(text: str, show: Show, schedule: Schedule) -> Position:
    if text.startswith("cue:"):
        cue = text.removeprefix("cue:")
        if cue not in schedule.cue_times:
            raise call_error(f"the show has no cue {cue!r}: {near_words(cue, schedule.cue_times)}")
        return cue_position(cue, schedule)
    name, at, place = text.partition("@")
    item = find_item(name, show, schedule)
    if item is not None:
        return item_position(item, place, schedule) if at else Position(item, -schedule.items[item].lead_in_ns)
    if ":" in text:
        return timecode_position(text, show, schedule)
    raise call_error(f"{no_item_words(name, schedule)} (a place is {PLACE_WORDS})")


def no_item_words(name: str, schedule: Schedule) -> str:
    """That there is no such item, and which may be meant."""
    return f"the rundown has no item {name!r}: {near_words(name, schedule.items)}"
