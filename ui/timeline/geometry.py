"""Time to pixels and back, and where each item lies on the show's axis. No Qt.

The *axis* is show-wide nanoseconds, made for looking only: nothing is stored in it. Every item keeps its own
timeline; a *span* says where that timeline's zero stands on the axis.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from console.plan.schedule import Schedule

FINEST_NS_PER_PX: Final = 500_000
COARSEST_NS_PER_PX: Final = 30_000_000_000
GROWTH_NS: Final = 10_000_000_000


@dataclass(frozen=True, slots=True)
class Axis:
    """What is seen: the time at x = 0, and how much time a pixel is. Whole ns, so that nothing creeps."""

    left_ns: int
    ns_per_px: int

    def ns_to_x(self, ns: int) -> float:
        """Pixels from the left edge; exact enough that :meth:`x_to_ns` gives the same ns back."""
        return (ns - self.left_ns) / self.ns_per_px

    def x_to_ns(self, x_px: float) -> int:
        """The time at a pixel, nearest ns."""
        return self.left_ns + round(x_px * self.ns_per_px)

    def zoomed(self, factor: float, at_px: float) -> Axis:
        """``factor`` times as much time a pixel, within limits; the time at ``at_px`` stays under the cursor."""
        ns_per_px = min(max(round(self.ns_per_px * factor), FINEST_NS_PER_PX), COARSEST_NS_PER_PX)
        return Axis(self.x_to_ns(at_px) - round(at_px * ns_per_px), ns_per_px)

    def scrolled(self, by_px: float) -> Axis:
        """The same zoom, seen from ``by_px`` further right."""
        return Axis(self.x_to_ns(by_px), self.ns_per_px)


def fit_axis(from_ns: int, to_ns: int, width_px: int, margin_px: int = 24) -> Axis:
    """The axis that shows a stretch of time whole, with a margin on both sides."""
    room_px = max(width_px - 2 * margin_px, 1)
    ns_per_px = -(-max(to_ns - from_ns, 1) // room_px)
    ns_per_px = min(max(ns_per_px, FINEST_NS_PER_PX), COARSEST_NS_PER_PX)
    return Axis(from_ns - margin_px * ns_per_px, ns_per_px)


def turn_page(axis: Axis, playhead_ns: int, width_px: int) -> Axis | None:
    """The axis after following turned a page, or None while the playhead is well in sight.

    The page turns when the playhead nears the right edge or is out of sight; it then stands at a fifth of the width.
    """
    x_px = axis.ns_to_x(playhead_ns)
    if 0 <= x_px <= 0.88 * width_px:
        return None
    return Axis(playhead_ns - round(0.2 * width_px) * axis.ns_per_px, axis.ns_per_px)


@dataclass(frozen=True, slots=True)
class Span:
    """One item's place on the axis: its count-in starts at ``start_ns``, its zero stands at ``zero_ns``."""

    item: str
    start_ns: int
    zero_ns: int
    end_ns: int


@dataclass(frozen=True)
class Strip:
    """All items laid along the axis, in running order, end to end."""

    spans: tuple[Span, ...]
    by_item: Mapping[str, Span] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_item", {span.item: span for span in self.spans})

    @cached_property
    def starts_ns(self) -> tuple[int, ...]:
        return tuple(span.start_ns for span in self.spans)

    @property
    def end_ns(self) -> int:
        """Where the last item ends; 0 for an empty show."""
        return max((span.end_ns for span in self.spans), default=0)

    def place_to_ns(self, item: str, position_ns: int) -> int | None:
        """A position on the axis; None for an item that is not laid out."""
        span = self.by_item.get(item)
        return None if span is None else span.zero_ns + position_ns

    def ns_to_place(self, ns: int) -> tuple[str, int] | None:
        """(item, position in ns) at a time on the axis; what is behind the last item belongs to it."""
        at = bisect_right(self.starts_ns, ns) - 1
        if at < 0:
            return None
        return self.spans[at].item, ns - self.spans[at].zero_ns

    def visible(self, from_ns: int, to_ns: int) -> Iterable[Span]:
        """The spans that touch a stretch of the axis."""
        first = max(bisect_right(self.starts_ns, from_ns) - 1, 0)
        for span in self.spans[first:]:
            if span.start_ns > to_ns:
                return
            if span.end_ns >= from_ns:
                yield span


def build_strip(schedule: Schedule, runs: Mapping[str, tuple[int | None, int | None]]) -> Strip:
    """Lay the items end to end in running order, each as long as its score. ``runs``: (start, end) in the run, in ns.

    The strip is a tape, not a clock: a jump, a vamp or a late start moves nothing on it. Only an item that has no score
    grows, in steps of :data:`GROWTH_NS`, when it runs longer than planned. Skipped items, and standbys that have not
    been taken, are left out.
    """
    spans: list[Span] = []
    next_ns = 0
    for item_id, times in schedule.items.items():
        start_ns, end_ns = runs.get(item_id, (None, None))
        if times.item.skipped or (not times.item.counts and start_ns is None):
            continue
        length_ns = max(times.length_ns, 0)
        if times.tempo is None and start_ns is not None and end_ns is not None:
            over_ns = end_ns - start_ns - length_ns
            length_ns += -(-max(over_ns, 0) // GROWTH_NS) * GROWTH_NS
        zero_ns = next_ns + times.lead_in_ns
        spans.append(Span(item_id, next_ns, zero_ns, zero_ns + length_ns))
        next_ns = zero_ns + length_ns
    return Strip(tuple(spans))
