"""Numbers that are free where a cue is to stand: nobody else's number changes for it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection
from decimal import ROUND_FLOOR, Decimal
from typing import Final

from console.show.draft import EditError
from console.show.numbers import NumberKey, number_to_order
from console.show.show import Show

MOST_PLACES: Final = 9
"""Digits behind the point that a cue number may have."""


def number_between(low: str, high: str | None) -> str:
    """A number above ``low`` and below ``high`` (None: whatever comes): 3 after 2, but 2.5 between 2 and 3.

    The next with the digits of ``low`` where that leaves room, else about the middle, with more digits.
    Raises :class:`EditError` where nothing lies between.
    """
    below = number_to_order(low).decimal
    above = number_to_order(high).decimal if high is not None else None
    own = len(low.partition(".")[2].rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))
    for places in range(own, MOST_PLACES + 1):
        step = Decimal(1).scaleb(-places)
        wanted = below if above is None or places == own else (below + above) / 2
        found = max(wanted.quantize(step, ROUND_FLOOR), below.quantize(step, ROUND_FLOOR) + step)
        if found > below and (above is None or found < above):
            return f"{found:.{places}f}"
    raise EditError(f"no number is free between {low} and {high}: renumber some of the cues first")


class FreeNumbers:
    """The numbers of one list, with those that are given out on the way."""

    def __init__(self, show: Show, of_list: str | None, besides: Collection[str] = ()) -> None:
        """``besides``: cues whose numbers do not count, since they are to get others."""
        slots = show.cue_slots.items()
        self._keys = sorted(
            key for (home, key), cues in slots if home == of_list and any(cue not in besides for cue in cues)
        )

    def behind(self, number: str) -> str:
        """The number of a cue that is to stand right behind that one."""
        own = number_to_order(number)
        place = bisect_right(self._keys, own)
        high = self._keys[place] if place < len(self._keys) else None
        return self.take(number_between(number, _written(high)))

    def before(self, number: str) -> str:
        """The number of a cue that is to stand right before that one."""
        place = bisect_left(self._keys, number_to_order(number))
        return self.take(number_between((_written(self._keys[place - 1]) if place else None) or "0", number))

    def last(self) -> str:
        """The number of a cue that is to stand behind all others."""
        return self.behind(_written(self._keys[-1]) or "0") if self._keys else self.take("1")

    def take(self, number: str) -> str:
        """That number is no longer free."""
        insort(self._keys, number_to_order(number))
        return number


def _written(key: NumberKey | None) -> str | None:
    return None if key is None else f"{key.decimal:f}{key.suffix}"
