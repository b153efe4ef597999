"""When every cue is: the whole show resolved to positions, and the order of the show list.

Pure and ignorant of venues: latency, trim and advance come later. A cue has a *position* where its moment follows
from the score alone; a called cue, or a follower of one, has at most an *expected* moment. Bad places are reported,
not raised, so that a half-finished show still opens.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from console.plan.item_times import ItemTimes, item_to_times
from console.show.cues import Cue
from console.show.numbers import NumberKey, number_to_key
from console.show.show import Show
from console.timebase.instants import s_to_ns
from console.timebase.positions import position_to_timecode, timecode_to_position_ns
from console.timebase.tempo import BarBeatTickError, Bbt, TempoMapError
from profiles.timecode import FrameRateError, Timecode, TimecodeError, frame_rate, parse_timecode

LOAD_NS = -(10**15)
"""Where load cues stand on an item's timeline: before anything else that can happen in it."""


@dataclass(frozen=True, slots=True)
class CueTime:
    """One cue's moment, in nanoseconds from its item's zero.

    ``position_ns`` is None where a press, a message or a clock decides. ``planned_ns`` is where it belongs in the
    running order all the same: its expected moment, or that of the cue it stands behind, but not before the item's
    start; ``LOAD_NS`` at the load.
    """

    cue: str
    item: str | None
    position_ns: int | None
    planned_ns: int
    expected: bool  # planned_ns is somebody's press away
    at_load: bool
    bbt: Bbt | None
    timecode: Timecode | None


@dataclass(frozen=True)
class Schedule:
    """Every item's timeline and every cue's moment.

    ``order`` is the show list, ``by_item`` the same per item (skipped ones too); ``problems`` are (cue or item, words).
    """

    items: Mapping[str, ItemTimes]
    cue_times: Mapping[str, CueTime]
    order: tuple[str, ...]
    by_item: Mapping[str, tuple[str, ...]]
    problems: tuple[tuple[str, str], ...]


def build_schedule(show: Show) -> Schedule:
    """Resolve the whole show. Never raises for what is in the document."""
    problems: list[tuple[str, str]] = []
    items = _lay_items(show, problems)
    cue_times: dict[str, CueTime] = {}
    by_item: dict[str, tuple[str, ...]] = {}
    order: list[str] = []
    for item_id, times in items.items():
        resolver = _ItemResolver(show, times, problems)
        by_item[item_id] = resolver.ordered()
        cue_times.update(resolver.times)
        if not times.item.skipped:
            order.extend(by_item[item_id])
    for cue in show.cues:
        if cue.item is None:
            cue_times[cue.id] = CueTime(cue.id, None, None, 0, True, False, None, None)
    return Schedule(
        MappingProxyType(items), MappingProxyType(cue_times), tuple(order), MappingProxyType(by_item), tuple(problems)
    )


def _lay_items(show: Show, problems: list[tuple[str, str]]) -> dict[str, ItemTimes]:
    items: dict[str, ItemTimes] = {}
    start_ns = 0
    for item in show.items:
        try:
            times = item_to_times(show, item, start_ns)
        except (TempoMapError, TimecodeError, FrameRateError, BarBeatTickError) as error:
            problems.append((item.id, str(error)))
            times = item_to_times(show, item.model_copy(update={"song": None}), start_ns)
        items[item.id] = times
        if item.counts and not item.skipped:
            start_ns += times.planned_ns
    return items


def number_order(cue: Cue) -> NumberKey:
    """What cues of one list are sorted by. A number that cannot be read goes first: ``validate`` names the slip."""
    try:
        return number_to_key(cue.number)
    except ValueError:
        return number_to_key("0")


class _ItemResolver:
    """Resolves the cues of one item: leaders before followers, each cue once."""

    def __init__(self, show: Show, times: ItemTimes, problems: list[tuple[str, str]]) -> None:
        self._show = show
        self._item = times
        self._problems = problems
        self._cues = {cue.id: cue for cue in show.cues_by_item.get(times.item.id, ())}
        self._moments: dict[str, tuple[int | None, bool]] = {}  # cue -> (ns, expected)
        self._children = children_by_group(self._cues.values())
        self.times: dict[str, CueTime] = {}

    def ordered(self) -> tuple[str, ...]:
        """Resolve everything and return the item's cues as the show list has them."""
        for cue_id in self._cues:
            self._moment(cue_id, ())
        order = self._in_order()
        rate = frame_rate(self._show.rate)
        planned_ns = LOAD_NS
        for cue_id in order:
            cue = self._cues[cue_id]
            ns, expected = self._moments[cue_id]
            at_load = cue.at.on == "offset" and cue.at.anchor == "load"
            # Whoever waits for a press or a message does so once the item has begun, not at its load.
            planned_ns = ns if ns is not None else max(planned_ns, -self._item.lead_in_ns)
            counts_from_load = ns is not None and ns < LOAD_NS // 2
            position_ns = None if expected or counts_from_load else ns
            timecode = None
            if position_ns is not None and self._item.tc_start is not None:
                timecode = position_to_timecode(position_ns, self._item.tc_start, self._item.lead_in_ns, rate)
            bbt = Bbt(cue.at.bar, cue.at.beat, cue.at.tick) if cue.at.on == "bar" and ns is not None else None
            self.times[cue_id] = CueTime(
                cue_id, self._item.item.id, position_ns, planned_ns, expected or ns is None, at_load, bbt, timecode
            )
        return order

    def _moment(self, cue_id: str, chain: tuple[str, ...]) -> tuple[int | None, bool]:
        """(nanoseconds from zero or None, expected only) of the moment the cue's action starts."""
        if cue_id in self._moments:
            return self._moments[cue_id]
        cue = self._cues.get(cue_id)
        if cue is None or cue_id in chain:
            return None, True
        try:
            ns, expected = self._trigger_moment(cue, (*chain, cue_id))
        except (BarBeatTickError, TimecodeError) as error:
            self._problems.append((cue_id, str(error)))
            ns, expected = None, True
        if ns is not None:
            ns += s_to_ns(cue.pre_wait_s)
        self._moments[cue_id] = (ns, expected or cue.is_called)
        return self._moments[cue_id]

    def _trigger_moment(self, cue: Cue, chain: tuple[str, ...]) -> tuple[int | None, bool]:
        at, item = cue.at, self._item
        if at.on == "bar":
            if item.tempo is None:
                raise BarBeatTickError(
                    f"{at.bar}.{at.beat}.{at.tick}: {item.item.id} has no tempo map; give it seconds"
                )
            return item.tempo.bbt_to_ns(at.bar, at.beat, at.tick), False
        if at.on == "timecode":
            if item.tc_start is None:
                raise TimecodeError(f"{at.label}: {item.item.id} has no tc_start; give it one or use bars")
            label = parse_timecode(at.label, frame_rate(self._show.rate))
            return timecode_to_position_ns(label, item.tc_start, item.lead_in_ns), False
        if at.on == "offset":
            base_ns = self._anchor_ns(at.anchor, at.section)
            return (None if base_ns is None else base_ns + s_to_ns(at.seconds)), False
        if at.on == "after":
            leader_ns, expected = self._moment(at.cue, chain)
            leader = self._cues.get(at.cue)
            if leader_ns is None or leader is None:
                return None, True
            end_ns = self._length_ns(leader, chain) if at.of == "end" else 0
            return leader_ns + end_ns + s_to_ns(at.delay_s), expected
        if at.on == "group":
            return self._moment_in_group(cue, chain)
        if at.on == "called":
            if cue.starts_item:
                return -item.lead_in_ns, True
            return (None if at.section is None else self._anchor_ns("section", at.section)), True
        return None, True

    def _anchor_ns(self, anchor: str, section: str | None) -> int | None:
        item = self._item
        if anchor == "load":
            return LOAD_NS
        if anchor == "start":
            return -item.lead_in_ns
        if anchor == "downbeat":
            return 0
        if anchor == "end":
            return item.length_ns
        return next((each.start_ns for each in item.sections if each.section.id == section), None)

    def _moment_in_group(self, cue: Cue, chain: tuple[str, ...]) -> tuple[int | None, bool]:
        parent = self._cues.get(cue.parent or "")
        if parent is None:
            return None, True
        parent_ns, expected = self._moment(parent.id, chain)
        if parent_ns is None or parent.group == "together":
            return parent_ns, expected
        siblings = self._children.get(parent.id, ())
        place = siblings.index(cue.id)
        if place == 0:
            return parent_ns, expected
        before = self._cues[siblings[place - 1]]
        before_ns, expected = self._moment(before.id, chain)
        return (None if before_ns is None else before_ns + self._length_ns(before, chain)), expected

    def _length_ns(self, cue: Cue, chain: tuple[str, ...]) -> int:
        """From the start of the cue's action to its end; a group ends with its last child."""
        if cue.group is None:
            return s_to_ns(cue.length_s)
        start_ns, _ = self._moment(cue.id, chain)
        ends = [
            child_ns + self._length_ns(self._cues[child], chain)
            for child in self._children.get(cue.id, ())
            if (child_ns := self._moment(child, chain)[0]) is not None and child not in chain
        ]
        return max(ends, default=0) - (start_ns or 0) if ends else 0

    def _in_order(self) -> tuple[str, ...]:
        """By planned moment; a cue without one stands behind the cue whose number comes before its own."""
        keys = {cue_id: number_order(cue) for cue_id, cue in self._cues.items()}
        behind: dict[str | None, list[str]] = {}
        before: str | None = None
        for cue_id in sorted(self._cues, key=keys.__getitem__):
            if self._moments[cue_id][0] is None:
                behind.setdefault(before, []).append(cue_id)
            else:
                before = cue_id
        placed = [cue_id for cue_id in self._cues if self._moments[cue_id][0] is not None]
        placed.sort(key=lambda cue_id: (self._moments[cue_id][0], keys[cue_id]))
        order = list(behind.get(None, ()))
        for cue_id in placed:
            order.append(cue_id)
            order.extend(behind.get(cue_id, ()))
        return tuple(order)


def children_by_group(cues: Iterable[Cue]) -> dict[str, tuple[str, ...]]:
    """Children of each group, by number."""
    found: dict[str, list[Cue]] = {}
    for cue in cues:
        if cue.parent is not None:
            found.setdefault(cue.parent, []).append(cue)
    return {parent: tuple(c.id for c in sorted(children, key=number_order)) for parent, children in found.items()}
