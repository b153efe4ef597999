"""What is on the timeline, where, and called what: a show, an axis and a size in pixels give a scene. No Qt.

The scene is plain values, so that a test can compare it as JSON and the view only has to paint. Colours are not
decided here: a clip carries its department and its mark, the theme turns them into shades.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from console.plan.item_times import ItemTimes
from console.plan.schedule import Schedule
from profiles.timecode import FrameRate
from ui.state.words import ITEM_KINDS
from ui.timeline.clips import CELL_NS, Clip, ClipBook, Run, Track
from ui.timeline.geometry import Axis, Span, Strip
from ui.timeline.rulers import RulerName, Tick, ruler_ticks

RULERS: Final[tuple[RulerName, ...]] = ("bars", "timecode", "seconds")

ITEM_PX: Final = 24
SECTION_PX: Final = 22
RULER_PX: Final = 18
HEAD_PX: Final = ITEM_PX + SECTION_PX + len(RULERS) * RULER_PX
LANE_LEAST_PX: Final = 20
LANE_MOST_PX: Final = 44

THIN_PX: Final = 3.0
CROWDED_PX: Final = 9.0  # a lane with more clips than one in so many pixels is drawn as density
CELL_PX: Final = 2.0
LABEL_LEAST_PX: Final = 16.0
LABEL_CHAR_PX: Final = 7.2
LABEL_MOST_PX: Final = 400.0
SECTIONS_LEAST_PX: Final = 140.0  # an item narrower than this does not show its sections
GAP_PX: Final = 3.0
FAR_PX: Final = 1e9


class Lane(NamedTuple):
    """A track's place, in px from the top of the lanes."""

    track: Track
    top_px: int
    height_px: int


class ClipBox(NamedTuple):
    """One clip on its lane. ``width_px`` 0 is a flag; ``label_px`` is the room for its text up to the next clip."""

    lane: int
    x_px: float
    width_px: float
    label_px: float
    fade_px: float
    cue: str
    number: str
    label: str
    expected: bool
    hazard: bool
    disabled: bool


class Density(NamedTuple):
    """Where clips are too thin or too many to draw: how many start in each cell, from ``x_px`` on."""

    lane: int
    x_px: float
    cell_px: float
    counts: tuple[int, ...]


class ItemBox(NamedTuple):
    """An item's band."""

    item: str
    x_px: float
    width_px: float
    title: str
    kind: str
    count_in_px: float


class SectionBox(NamedTuple):
    """A section of a song; with a vamp, how often it goes round."""

    x_px: float
    width_px: float
    name: str
    vamp: str


@dataclass(frozen=True)
class Scene:
    """Everything between two pixels, back to front."""

    items: tuple[ItemBox, ...]
    sections: tuple[SectionBox, ...]
    ticks: Mapping[RulerName, tuple[Tick, ...]]
    densities: tuple[Density, ...]
    clips: tuple[ClipBox, ...]


@dataclass(frozen=True)
class Score:
    """What the timeline draws: the show's clips and times, as long as nobody edits them."""

    book: ClipBook
    schedule: Schedule
    rate: FrameRate


def lay_lanes(tracks: Sequence[Track], height_px: int) -> tuple[Lane, ...]:
    """Share the height out evenly, within what is readable; more than fits scrolls."""
    if not tracks:
        return ()
    each = min(max(height_px // len(tracks), LANE_LEAST_PX), LANE_MOST_PX)
    return tuple(Lane(track, place * each, each) for place, track in enumerate(tracks))


def build_scene(score: Score, strip: Strip, axis: Axis, lanes: Sequence[Lane], from_px: float, to_px: float) -> Scene:
    """The scene of one axis between two pixels. Costs what is seen, not what is in the show."""
    from_ns, to_ns = axis.x_to_ns(from_px), axis.x_to_ns(to_px)
    items: list[ItemBox] = []
    sections: list[SectionBox] = []
    ticks: dict[RulerName, list[Tick]] = {ruler: [] for ruler in RULERS}
    for span in strip.visible(from_ns, to_ns):
        times = score.schedule.items[span.item]
        items.append(_item_box(axis, span, times))
        sections.extend(_section_boxes(axis, span, times, from_px, to_px))
        for ruler in RULERS:
            ticks[ruler].extend(ruler_ticks(ruler, axis, span, times, score.rate, from_ns, to_ns))
    placed: list[list[_Placed]] = [[] for _ in lanes]
    densities: list[Density] = []
    for span in strip.spans:
        # A cue may stand before its item's first click or ring on after its end: the clips' reach counts, not the span.
        first_ns, last_ns = score.book.reach.get(span.item, (to_ns, from_ns))
        if span.zero_ns + first_ns > to_ns or span.zero_ns + last_ns < from_ns:
            continue
        runs = score.book.runs[span.item]
        for place, lane in enumerate(lanes):
            run = runs.get(lane.track.role)
            if run is not None:
                density = _lay_run(run, place, axis, span, from_ns, to_ns, placed[place])
                if density is not None:
                    densities.append(density)
    return Scene(
        tuple(items),
        tuple(sections),
        {ruler: _readable(found) for ruler, found in ticks.items()},
        tuple(densities),
        tuple(_clip_boxes(placed, axis)),
    )


class _Placed(NamedTuple):
    x_px: float
    clip: Clip | None  # None: a density starts here


def _lay_run(
    run: Run, lane: int, axis: Axis, span: Span, from_ns: int, to_ns: int, placed: list[_Placed]
) -> Density | None:
    """Put a run's clips on its lane, or give back their density where they are too many to read."""
    first_ns, last_ns = max(from_ns - span.zero_ns, run.first_ns), min(to_ns - span.zero_ns, run.last_ns)
    if last_ns < first_ns:
        return None
    count = run.count(first_ns, last_ns)
    if count > 1 and count * CROWDED_PX > (last_ns - first_ns) / axis.ns_per_px:
        density = _density(run, lane, axis, span, first_ns, last_ns)
        placed.append(_Placed(density.x_px, None))
        return density
    found = run.between(first_ns, last_ns)
    placed.extend(_Placed(axis.ns_to_x(span.zero_ns + clip.start_ns), clip) for clip in found)
    return None


def _clip_boxes(placed: Sequence[Sequence[_Placed]], axis: Axis) -> Iterator[ClipBox]:
    """Boxes in lane order; a label has the room up to whatever comes next on its lane."""
    per_px = axis.ns_per_px
    for lane, things in enumerate(placed):
        for (x_px, clip), (next_px, _) in pairwise((*things, _Placed(FAR_PX, None))):
            if clip is None:
                continue
            length_ns = clip.end_ns - clip.start_ns
            width_px = max(length_ns / per_px, THIN_PX) if length_ns else 0.0
            room_px = min(next_px - x_px - GAP_PX, width_px if length_ns else LABEL_MOST_PX)
            yield ClipBox(
                lane,
                x_px,
                width_px,
                room_px if room_px >= _number_px(clip) else 0.0,
                clip.fade_ns / per_px,
                clip.cue,
                clip.number,
                clip.label,
                clip.expected,
                clip.hazard,
                clip.disabled,
            )


def _number_px(clip: Clip) -> float:
    """The least a label needs: its number whole, or it says nothing."""
    return LABEL_LEAST_PX + len(clip.number) * LABEL_CHAR_PX


def _density(run: Run, lane: int, axis: Axis, span: Span, first_ns: int, last_ns: int) -> Density:
    cell_ns = CELL_NS
    while cell_ns / axis.ns_per_px < CELL_PX:
        cell_ns *= 2
    counts = run.cells(cell_ns)
    first, last = first_ns // cell_ns, last_ns // cell_ns
    x_px = axis.ns_to_x(span.zero_ns + first * cell_ns)
    return Density(lane, x_px, cell_ns / axis.ns_per_px, tuple(counts.get(cell, 0) for cell in range(first, last + 1)))


def _readable(ticks: Sequence[Tick]) -> tuple[Tick, ...]:
    """Without the labels that would run into the one before; their ticks stay."""
    kept: list[Tick] = []
    free_px = -FAR_PX
    for tick in ticks:
        if tick.label and tick.x_px < free_px:
            kept.append(Tick(tick.x_px, ""))
            continue
        if tick.label:
            free_px = tick.x_px + len(tick.label) * LABEL_CHAR_PX + 10
        kept.append(tick)
    return tuple(kept)


def _item_box(axis: Axis, span: Span, times: ItemTimes) -> ItemBox:
    x_px = axis.ns_to_x(span.start_ns)
    return ItemBox(
        span.item,
        x_px,
        (span.end_ns - span.start_ns) / axis.ns_per_px,
        times.item.title,
        ITEM_KINDS[times.item.kind],
        (span.zero_ns - span.start_ns) / axis.ns_per_px,
    )


def _section_boxes(axis: Axis, span: Span, times: ItemTimes, from_px: float, to_px: float) -> list[SectionBox]:
    boxes: list[SectionBox] = []
    if (span.end_ns - span.start_ns) / axis.ns_per_px < SECTIONS_LEAST_PX:
        return boxes
    for section in times.sections:
        x_px = axis.ns_to_x(span.zero_ns + section.start_ns)
        end_ns = min(span.zero_ns + section.end_ns, span.end_ns)
        width_px = (end_ns - span.zero_ns - section.start_ns) / axis.ns_per_px
        if width_px <= 0 or x_px + width_px < from_px or x_px > to_px:
            continue
        vamp = "" if section.vamp is None else f"×{section.vamp.planned_repeats}"
        boxes.append(SectionBox(x_px, width_px, section.section.name, vamp))
    return boxes


def clips_in(
    scene: Scene, lanes: Sequence[Lane], one_px: tuple[float, float], other_px: tuple[float, float]
) -> tuple[str, ...]:
    """The cues whose clips a band between two points touches, each once, from left to right."""
    (left, right), (top, bottom) = sorted((one_px[0], other_px[0])), sorted((one_px[1], other_px[1]))
    touched: dict[str, None] = {}
    for box in sorted(scene.clips, key=lambda each: each.x_px):
        lane = lanes[box.lane]
        in_lane = lane.top_px <= bottom and lane.top_px + lane.height_px >= top
        if in_lane and box.x_px <= right and box.x_px + box.width_px >= left:
            touched[box.cue] = None
    return tuple(touched)


def clip_at(scene: Scene, lanes: Sequence[Lane], x_px: float, y_px: float) -> ClipBox | None:
    """The clip under a point of the lanes, the one painted last first; a flag is as wide as its label."""
    for box in reversed(scene.clips):
        lane = lanes[box.lane]
        if lane.top_px <= y_px < lane.top_px + lane.height_px:
            reach_px = box.width_px if box.width_px else max(min(box.label_px, 90.0), 8.0)
            if box.x_px - 3 <= x_px <= box.x_px + reach_px:
                return box
    return None
