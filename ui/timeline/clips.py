"""The show's cues as clips: per role and item, sorted, with a pyramid of counts for what is too small to draw.

Built once for a show and kept; the layout only bisects it. No Qt.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from console.plan.schedule import CueTime, Schedule
from console.show.cues import Cue
from console.show.show import Show
from console.timebase.instants import s_to_ns

CELL_NS: Final = 62_500_000
"""The finest cell of the pyramid: 1/16 s. Every level above doubles it."""


class Clip(NamedTuple):
    """One cue on its role's lane, in ns from its item's zero. Length 0 draws a flag."""

    start_ns: int
    end_ns: int
    cue: str
    number: str
    label: str
    fade_ns: int
    expected: bool
    hazard: bool
    disabled: bool


class Run:
    """The clips of one role in one item, by start."""

    __slots__ = ("_cells", "_longest_ns", "_starts", "clips", "first_ns", "last_ns")

    def __init__(self, clips: Sequence[Clip]) -> None:
        self.clips = tuple(sorted(clips, key=lambda clip: (clip.start_ns, clip.cue)))
        self._starts = [clip.start_ns for clip in self.clips]
        self._longest_ns = max(clip.end_ns - clip.start_ns for clip in self.clips)
        self.first_ns = self._starts[0]
        self.last_ns = max(clip.end_ns for clip in self.clips)
        self._cells: dict[int, dict[int, int]] = {}

    def between(self, from_ns: int, to_ns: int) -> tuple[Clip, ...]:
        """The clips that touch a stretch. Bisects, so it costs what is found."""
        first = bisect_left(self._starts, from_ns - self._longest_ns)
        last = bisect_right(self._starts, to_ns)
        found = self.clips[first:last]
        if self._longest_ns == 0:
            return found
        return tuple(clip for clip in found if clip.end_ns >= from_ns)

    def count(self, from_ns: int, to_ns: int) -> int:
        """How many clips start in a stretch."""
        return bisect_right(self._starts, to_ns) - bisect_left(self._starts, from_ns)

    def cells(self, cell_ns: int) -> dict[int, int]:
        """Clips starting in each cell, a power of two times ``CELL_NS``; kept, each level made from the one below."""
        if cell_ns not in self._cells:
            counts: dict[int, int] = {}
            if cell_ns <= CELL_NS:
                for start_ns in self._starts:
                    cell = start_ns // cell_ns
                    counts[cell] = counts.get(cell, 0) + 1
            else:
                for cell, count in self.cells(cell_ns // 2).items():
                    counts[cell // 2] = counts.get(cell // 2, 0) + count
            self._cells[cell_ns] = counts
        return self._cells[cell_ns]


@dataclass(frozen=True, slots=True)
class Track:
    """One role's line: what the lane is called and whose it is."""

    role: str
    name: str
    department: str


@dataclass(frozen=True)
class ClipBook:
    """Every clip of the show by item and role, and the tracks that have any."""

    tracks: tuple[Track, ...]
    runs: Mapping[str, Mapping[str, Run]]  # item -> role -> run
    places: Mapping[str, tuple[str, int]]  # cue -> (item, start in ns)
    reach: Mapping[str, tuple[int, int]]  # item -> first start and last end of its clips, in ns


def build_clip_book(show: Show, schedule: Schedule) -> ClipBook:
    """Draw up the clips. Cues without any moment in their item have no clip; groups show as their children."""
    found: dict[str, dict[str, list[Clip]]] = {}
    places: dict[str, tuple[str, int]] = {}
    for cue in show.cues:
        time = schedule.cue_times.get(cue.id)
        if cue.item is None or cue.role is None or time is None:
            continue
        start_ns = _clip_start_ns(time, schedule)
        if start_ns is None:
            continue
        clip = _clip(cue, time, start_ns)
        found.setdefault(cue.item, {}).setdefault(cue.role, []).append(clip)
        places[cue.id] = (cue.item, start_ns)
    runs = {item: {role: Run(clips) for role, clips in roles.items()} for item, roles in found.items()}
    reach = {
        item: (min(run.first_ns for run in roles.values()), max(run.last_ns for run in roles.values()))
        for item, roles in runs.items()
    }
    return ClipBook(_tracks(show, {role for roles in runs.values() for role in roles}), runs, places, reach)


def _clip_start_ns(time: CueTime, schedule: Schedule) -> int | None:
    """Load cues stand at the item's start, where their effect is wanted; a press without a place has none."""
    if time.item is None or time.item not in schedule.items:
        return None
    if time.position_ns is not None:
        return time.position_ns
    first_ns = -schedule.items[time.item].lead_in_ns
    return max(time.planned_ns, first_ns) if time.at_load or time.planned_ns < first_ns else time.planned_ns


def _clip(cue: Cue, time: CueTime, start_ns: int) -> Clip:
    fades_s = [step.offset_s + step.fade_s for step in cue.steps if step.fade_s]
    return Clip(
        start_ns=start_ns,
        end_ns=start_ns + s_to_ns(cue.length_s),
        cue=cue.id,
        number=cue.number,
        label=cue.label,
        fade_ns=s_to_ns(max(fades_s, default=0.0)),
        expected=time.expected,
        hazard=cue.hazard != "none",
        disabled=cue.disabled,
    )


def _tracks(show: Show, used: set[str]) -> tuple[Track, ...]:
    order = {department.id: place for place, department in enumerate(show.departments)}
    roles = [role for role in show.roles if role.id in used]
    roles.sort(key=lambda role: order.get(role.department, len(order)))
    known = {role.id for role in roles}
    tracks = [Track(role.id, _short_name(role.id), role.department) for role in roles]
    return (*tracks, *(Track(role, _short_name(role), "") for role in sorted(used - known)))


def _short_name(role: str) -> str:
    return role.rsplit(".", 1)[-1].replace("_", " ")
