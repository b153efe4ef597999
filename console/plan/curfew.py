"""Before the house must be quiet: when that is on this evening, and what still fits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from console.show.show import Show
from profiles.venue_profile import Venue

_US: Final = timedelta(microseconds=1)
PAST: Final = timedelta(hours=6)
"""A curfew that passed less than this ago was this evening's; one longer ago belongs to the night before."""


def curfew_of(venue: Venue, wall: datetime) -> datetime | None:
    """The curfew of the evening that a time of day belongs to, in the same zone; None where the house has none."""
    if venue.curfew is None:
        return None
    hour, minute = (int(part) for part in venue.curfew.time.split(":"))
    curfew = wall.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return curfew + timedelta(days=1) if curfew <= wall - PAST else curfew


def left_ns(venue: Venue, wall: datetime) -> int | None:
    """Nanoseconds until the curfew, negative once it has passed; None where the house has none."""
    curfew = curfew_of(venue, wall)
    return None if curfew is None else (curfew - wall) // _US * 1000


def fits(end_ns: int, curfew_ns: int | None) -> bool | None:
    """Whether what ends then ends before the curfew; None where there is none."""
    return None if curfew_ns is None else end_ns <= curfew_ns


def planned_end(show: Show, venue: Venue) -> datetime | None:
    """When the show is planned to be over, on the house's clock; None where it is not said when it begins."""
    if show.on_air is None:
        return None
    try:
        start = datetime.fromisoformat(show.on_air)
    except ValueError:
        return None  # the show's own check names it
    if start.tzinfo is None:
        return None
    planned_s = show.programme_s
    if planned_s is None:
        planned_s = sum(item.planned_s for item in show.items if item.counts and not item.skipped)
    return start.astimezone(venue.clock_zone()) + timedelta(seconds=planned_s)


def over_curfew(show: Show, venue: Venue) -> timedelta | None:
    """How long after the curfew of its evening the show is planned to end, negative before; None without either.

    A show that starts up to six hours past a curfew starts too late; later, the next day's is meant.
    """
    end = planned_end(show, venue)
    if end is None or show.on_air is None:
        return None
    curfew = curfew_of(venue, datetime.fromisoformat(show.on_air).astimezone(end.tzinfo))
    return None if curfew is None else end - curfew
