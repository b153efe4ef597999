"""What a remote calls things: cue numbers, lists, items and places of the show that is open, to the ids requests carry.

Made once a show, so that a message costs a look-up. Of 10,000 cues that takes some milliseconds, which a running show
has only in pieces: hence :func:`make_slowly`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from console.plan.places import PlaceError, cue_position, find_item, item_position, timecode_position
from console.plan.schedule import Schedule
from console.show.numbers import CueNumberError, NumberKey, number_to_key
from console.show.show import Show
from console.timebase.positions import Position
from profiles.near_names import near_words

LONGEST_WORDS: Final = 400
AT_ONCE: Final = 250
"""Cues of one step: 0.2 ms."""

ITEMS: Final = ""
"""The list in which the cues of all items stand, as numbers are kept here."""


class RemoteError(ValueError):
    """A message from outside that cannot be done. One line, answered to whoever sent it.

    It quotes what came: whatever a stranger put there, it prints as one line and is no longer than a datagram bears.
    """

    def __init__(self, words: str) -> None:
        super().__init__("".join(sign if sign.isprintable() else " " for sign in words[:LONGEST_WORDS]))


@dataclass(frozen=True)
class Names:
    """The names of one show."""

    show: Show
    schedule: Schedule
    _numbers: Mapping[NumberKey, tuple[str, ...]] = field(default_factory=dict)  # ids, one of an item first

    @classmethod
    def of(cls, show: Show, schedule: Schedule) -> Names:
        """The names of a show as it stands, at once."""
        return next(made for made in make_slowly(show, schedule) if made is not None)

    def cue(self, text: str) -> str:
        """``2.5``, ``LIST:2.5`` for a number of a free list, or a cue's id. Raises RemoteError."""
        if text in self.show.cue_by_id:
            return text
        home, colon, number = text.rpartition(":")
        ids = self._with_number(number)
        if colon:
            ids = tuple(each for each in ids if self._home(each) == home)
        elif len(ids) > 1 and self._home(ids[0]) != ITEMS:
            named = " or ".join(f"{self._home(each)}:{number}" for each in ids)
            raise RemoteError(f"number {number} stands in several lists: say {named}")
        if not ids:
            raise RemoteError(f"the show has no cue {text!r}: give its number, LIST:NUMBER, or its id")
        return ids[0]

    def list(self, text: str) -> str:
        """A list by its id, a department's also without ``dept:``. Raises RemoteError."""
        lists = ("show", *(f"dept:{each.id}" for each in self.show.departments), *(each.id for each in self.show.lists))
        for name in (text, f"dept:{text}"):
            if name in lists:
                return name
        raise RemoteError(f"there is no list {text!r}: {near_words(text, lists)}")

    def item(self, text: str) -> str:
        """An item by its id, or by that of the song it plays. Raises RemoteError."""
        found = find_item(text, self.show, self.schedule)
        if found is None:
            raise RemoteError(f"the rundown has no item {text!r}")
        return found

    def position(self, item: str, place: str | None) -> Position:
        """Where a locate goes: an item's start, bars or seconds in it, ``cue:NUMBER``, or a timecode alone.

        Raises RemoteError.
        """
        try:
            if item.startswith("cue:"):
                return cue_position(self.cue(item.removeprefix("cue:")), self.schedule)
            if place is None and ":" in item:
                return timecode_position(item, self.show, self.schedule)
            found = self.item(item)
            if place is None:
                return Position(found, -self.schedule.items[found].lead_in_ns)
            if ":" not in place:
                return item_position(found, place, self.schedule)
            there = timecode_position(place, self.show, self.schedule)
        except PlaceError as error:
            raise RemoteError(str(error)) from None
        if there.item != found:
            raise RemoteError(f"timecode {place} lies in {there.item}, not in {found}")
        return there

    def _with_number(self, number: str) -> tuple[str, ...]:
        try:
            return self._numbers.get(number_to_key(number), ())
        except CueNumberError:
            return ()

    def _home(self, cue: str) -> str:
        """The free list a cue stands in; ITEMS for one of an item."""
        return self.show.cue_by_id[cue].list or ITEMS


def make_slowly(show: Show, schedule: Schedule) -> Iterator[Names | None]:
    """The names of a show, last: each step before that takes in a few cues, and yields None."""
    found: dict[NumberKey, tuple[str, ...]] = {}
    for place, cue in enumerate(show.cues, 1):
        key = number_to_key(cue.number)
        before = found.get(key, ())
        found[key] = (cue.id, *before) if cue.list is None else (*before, cue.id)
        if place % AT_ONCE == 0:
            yield None
    yield Names(show, schedule, found)
