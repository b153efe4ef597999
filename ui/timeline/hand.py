"""What the mouse on the timeline comes to: from what the pointer says and what is in sight to what is asked. No Qt.

Nothing is changed while something is dragged; ``drag`` and ``band`` are what is to be drawn of it meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from console.show.show import Show
from console.timebase.instants import s_to_ns
from ui.timeline.drag import Drag, drag_to, place_words
from ui.timeline.geometry import Axis, Strip
from ui.timeline.layout import Lane, Scene, Score, clip_at, clips_in
from ui.timeline.tools import Banding, Moved, Moving, Outcome, Picked, Pointer, Touch, snap

ALONE_NS = 4_000_000_000
"""Shown before and behind a cue that is zoomed to by itself."""


@dataclass(frozen=True)
class Sight:
    """What is in sight: places are (item, position in ns) of the playhead and of the cursor."""

    show: Show | None
    score: Score | None
    strip: Strip
    axis: Axis
    lanes: tuple[Lane, ...]
    scene: Scene | None
    head: tuple[str, int] | None
    cursor: tuple[str, int] | None
    picked: frozenset[str]

    def cue_ns(self, cue: str | None) -> int | None:
        """Where a cue's clip begins on the axis."""
        place = None if cue is None or self.score is None else self.score.book.places.get(cue)
        return None if place is None else self.strip.place_to_ns(*place)

    def place_ns(self, place: tuple[str, int] | None) -> int | None:
        """A place on the axis."""
        return None if place is None else self.strip.place_to_ns(*place)

    def picked_span(self) -> tuple[int, int] | None:
        """From the first to the last of what is picked, on the axis; one alone with a little around it."""
        places = [ns for cue in self.picked if (ns := self.cue_ns(cue)) is not None]
        if not places:
            return None
        room_ns = 0 if max(places) > min(places) else ALONE_NS
        return min(places) - room_ns, max(places) + room_ns

    def section_span(self) -> tuple[int, int] | None:
        """The section of the cursor, else of the playhead, on the axis; its item where it has none there."""
        item, ns = self.cursor or self.head or ("", 0)
        span = self.strip.by_item.get(item)
        if span is None or self.score is None:
            return None
        section = self.score.schedule.items[item].section_at(ns)
        if section is None:
            return span.start_ns, span.end_ns
        return span.zero_ns + section.start_ns, span.zero_ns + section.end_ns


@dataclass(frozen=True, slots=True)
class Pick:
    """These cues are to be picked, with one of them in hand; None: nothing."""

    cue: str | None
    cues: tuple[str, ...] = ()


@dataclass
class Hand:
    """The pointer, and what it has hold of."""

    pointer: Pointer = field(default_factory=Pointer)
    drag: Drag | None = None
    band: Banding | None = None

    def pick(self, picked: Picked, sight: Sight) -> Pick:
        """A click takes one; with Ctrl or Shift it adds one to what is picked, or takes it out."""
        cue = picked.cue
        if cue is None or not picked.adds:
            return Pick(cue, () if cue is None else (cue,))
        if cue in sight.picked:
            left = tuple(sorted(sight.picked - {cue}))
            return Pick(next(iter(left), None), left)
        return Pick(cue, (*sorted(sight.picked), cue))

    def move(self, outcome: Moving | Moved, sight: Sight) -> Drag | None:
        """Where what is dragged would stand; a :class:`Drag` is returned once it was let go somewhere else."""
        place = None if sight.score is None else sight.score.book.places.get(outcome.cue)
        marks = () if outcome.free else tuple(clip_marks_ns(sight))
        drag = None if place is None else drag_to(sight.strip, sight.axis, place, outcome.cue, outcome.by_px, marks)
        self.drag = drag if isinstance(outcome, Moving) else None
        return drag if isinstance(outcome, Moved) and drag is not None and drag.by_ns else None

    def draw_band(self, outcome: Outcome, sight: Sight) -> Pick | None:
        """A band grows, or picks what it touches once it is let go; what was broken off leaves nothing."""
        self.drag = self.band = None
        if not isinstance(outcome, Banding):
            return None
        if not outcome.done:
            self.band = outcome
            return None
        cues = () if sight.scene is None else clips_in(sight.scene, sight.lanes, outcome.from_px, outcome.to_px)
        return Pick(next(iter(cues), None), cues)

    def readout(self, sight: Sight) -> str:
        """What the place is called where the dragged clip would stand."""
        if self.drag is None or sight.score is None:
            return ""
        return place_words(sight.score.schedule, sight.score.rate, self.drag.item, self.drag.to_ns)


def touch(sight: Sight, x_px: float, y_px: float, *, in_head: bool, adds: bool) -> Touch:
    """A point, px from the left of the axis and from the top of the lanes, as the pointer wants to know it."""
    ns = sight.axis.x_to_ns(x_px)
    if in_head:
        return Touch("head", x_px, snap(ns, ruler_marks_ns(sight), sight.axis.ns_per_px), None, y_px, adds)
    box = None if sight.scene is None else clip_at(sight.scene, sight.lanes, x_px, y_px)
    return Touch("lanes", x_px, ns, None if box is None else box.cue, y_px, adds)


def ruler_marks_ns(sight: Sight) -> Iterator[int]:
    """What the cursor snaps to: bars or beats, and seconds, as far as they are drawn."""
    if sight.scene is not None:
        for tick in (*sight.scene.ticks["bars"], *sight.scene.ticks["seconds"]):
            yield sight.axis.x_to_ns(tick.x_px)


def clip_marks_ns(sight: Sight) -> Iterator[int]:
    """What a clip snaps to: bars or beats as far as they are drawn, sections, markers, playhead and cursor."""
    if sight.scene is None or sight.show is None:
        return
    for tick in sight.scene.ticks["bars"]:
        yield sight.axis.x_to_ns(tick.x_px)
    for box in sight.scene.sections:
        yield sight.axis.x_to_ns(box.x_px)
    markers = [(marker.item, s_to_ns(marker.at_s)) for marker in sight.show.markers]
    for place in (*markers, sight.head, sight.cursor):
        ns = sight.place_ns(place)
        if ns is not None:
            yield ns
