"""A clip dragged by hand, until it is let go: where it would stand, and what that place is called. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from console.plan.schedule import Schedule
from console.timebase.positions import position_to_timecode
from profiles.timecode import FrameRate
from ui.timeline.geometry import Axis, Strip
from ui.timeline.tools import snap


@dataclass(frozen=True, slots=True)
class Drag:
    """``cue`` would stand at ``to_ns`` on its item's timeline, which is ``by_ns`` from where it stands."""

    cue: str
    item: str
    to_ns: int
    by_ns: int
    axis_ns: int


def drag_to(
    strip: Strip, axis: Axis, place: tuple[str, int], cue: str, by_px: float, marks_ns: Iterable[int]
) -> Drag | None:
    """A clip of the cue at a place (item, ns), dragged by px; ``marks_ns`` on the axis are what it snaps to.

    It stays in its item: other items have other songs. None for an item that is not laid out.
    """
    item, from_ns = place
    span = strip.by_item.get(item)
    if span is None:
        return None
    stood_ns = span.zero_ns + from_ns
    wanted_ns = snap(stood_ns + round(by_px * axis.ns_per_px), marks_ns, axis.ns_per_px)
    axis_ns = min(max(wanted_ns, span.start_ns), span.end_ns)
    return Drag(cue, item, axis_ns - span.zero_ns, axis_ns - stood_ns, axis_ns)


def place_words(schedule: Schedule, rate: FrameRate, item: str, ns: int) -> str:
    """``17.3.240   01:02:03:04`` as far as the item has bars and timecode; else seconds from its zero."""
    times = schedule.items[item]
    words = []
    if times.tempo is not None:
        words.append(str(times.tempo.ns_to_bbt(ns)))
    if times.tc_start is not None:
        words.append(str(position_to_timecode(ns, times.tc_start, times.lead_in_ns, rate)))
    return "   ".join(words) or f"{ns / 1e9:.3f} s"
