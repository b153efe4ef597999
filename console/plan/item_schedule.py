"""When the cues of one item are, and in which order the show list has them.

Leaders are resolved before followers, each cue once. What is known from before an edit is taken over: only what the
edit touched, and what hangs on that, is resolved again.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass

from console.plan.item_times import ItemTimes
from console.show.cues import Cue
from console.show.numbers import NumberKey, number_to_order
from console.show.show import Show
from console.timebase.instants import s_to_ns
from console.timebase.positions import position_to_timecode, timecode_to_position_ns
from console.timebase.tempo import BarBeatTickError, Bbt
from profiles.timecode import Timecode, TimecodeError, frame_rate, parse_timecode

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


Moment = tuple[int | None, bool]
"""(nanoseconds from the item's zero or None, expected only)"""


@dataclass(frozen=True)
class ItemSchedule:
    """One item resolved. ``layout_problem`` says why its song could not be laid out."""

    times: ItemTimes
    order: tuple[str, ...]
    cue_times: Mapping[str, CueTime]
    moments: Mapping[str, Moment]
    keys: Mapping[str, NumberKey]  # the cues' numbers
    problems: tuple[tuple[str, str], ...]
    layout_problem: str = ""


def schedule_item(
    show: Show, times: ItemTimes, layout_problem: str, before: ItemSchedule | None = None, touched: Iterable[str] = ()
) -> Generator[None, None, ItemSchedule]:
    """Resolve an item's cues, in slices.

    ``before``: how they were on the same timeline, before an edit of the ``touched``: of these, and of the groups they
    were in.
    """
    resolver = _ItemResolver(show, times)
    yield
    if before is not None:
        resolver.take_over(before, frozenset(touched))
        yield
    resolver.resolve()
    yield
    order = before.order if before is not None and resolver.keeps_order_of(before) else resolver.in_order()
    yield
    cue_times = resolver.cue_times(order, before)
    problems = tuple(resolver.problems)
    return ItemSchedule(times, order, cue_times, resolver.moments, resolver.keys, problems, layout_problem)


def number_order(cue: Cue) -> NumberKey:
    """What cues of one list are sorted by."""
    return number_to_order(cue.number)


class _ItemResolver:
    """Resolves the cues of one item."""

    def __init__(self, show: Show, times: ItemTimes) -> None:
        self._show = show
        self._item = times
        self._cues = {cue.id: cue for cue in show.cues_by_item.get(times.item.id, ())}
        self._anew: set[str] = set(self._cues)
        self.moments: dict[str, Moment] = {}
        self.keys: dict[str, NumberKey] = {}
        self.problems: list[tuple[str, str]] = []

    def take_over(self, before: ItemSchedule, touched: frozenset[str]) -> None:
        """Keep what an edit of these cues leaves as it was."""
        self._anew = self._hanging_on(touched)
        kept = self._cues.keys() - self._anew
        self.moments = {cue: moment for cue, moment in before.moments.items() if cue in kept}
        self.keys = {cue: key for cue, key in before.keys.items() if cue in kept}
        self.problems = [problem for problem in before.problems if problem[0] in kept]

    def resolve(self) -> None:
        """Find every moment that is not known."""
        for cue_id in self._cues if len(self._anew) == len(self._cues) else self._anew & self._cues.keys():
            self.keys[cue_id] = number_order(self._cues[cue_id])
            self._moment(cue_id, ())

    def keeps_order_of(self, before: ItemSchedule) -> bool:
        """True where the edit came between no two cues."""
        return len(before.order) == len(self._cues) and all(
            before.keys.get(cue) == self.keys[cue] and before.moments[cue][0] == self.moments[cue][0]
            for cue in self._anew & self._cues.keys()
        )

    def cue_times(self, order: tuple[str, ...], before: ItemSchedule | None) -> dict[str, CueTime]:
        """Every cue's time, in list order; of those that did not change, the one that was."""
        found: dict[str, CueTime] = {}
        planned_ns = LOAD_NS
        known = {} if before is None else before.cue_times
        for cue_id in order:
            ns, expected = self.moments[cue_id]
            # Whoever waits for a press or a message does so once the item has begun, not at its load.
            planned_ns = ns if ns is not None else max(planned_ns, -self._item.lead_in_ns)
            stood = known.get(cue_id)
            if stood is not None and cue_id not in self._anew and stood.planned_ns == planned_ns:
                found[cue_id] = stood
            else:
                found[cue_id] = self._cue_time(self._cues[cue_id], ns, planned_ns, expected=expected)
        return found

    def _cue_time(self, cue: Cue, ns: int | None, planned_ns: int, *, expected: bool) -> CueTime:
        counts_from_load = ns is not None and ns < LOAD_NS // 2
        position_ns = None if expected or counts_from_load else ns
        timecode = None
        if position_ns is not None and self._item.tc_start is not None:
            rate = frame_rate(self._show.rate)
            timecode = position_to_timecode(position_ns, self._item.tc_start, self._item.lead_in_ns, rate)
        return CueTime(
            cue.id,
            self._item.item.id,
            position_ns,
            planned_ns,
            expected or ns is None,
            cue.at.on == "offset" and cue.at.anchor == "load",
            Bbt(cue.at.bar, cue.at.beat, cue.at.tick) if cue.at.on == "bar" and ns is not None else None,
            timecode,
        )

    def _hanging_on(self, touched: frozenset[str]) -> set[str]:
        """The touched cues of the item, and all whose moment may follow from theirs."""
        found: set[str] = set()
        ahead = list(touched)
        while ahead:
            each = ahead.pop()
            if each in found:
                continue
            found.add(each)
            ahead += (follower.id for follower in self._show.followers.get(each, ()))
            ahead += self._show.children.get(each, ())
            cue = self._cues.get(each)
            if cue is not None and cue.parent is not None:
                ahead.append(cue.parent)  # its length, and with it the moments of those behind
        return found

    def _moment(self, cue_id: str, chain: tuple[str, ...]) -> Moment:
        """When the cue's action starts."""
        if cue_id in self.moments:
            return self.moments[cue_id]
        cue = self._cues.get(cue_id)
        if cue is None or cue_id in chain:
            return None, True
        try:
            ns, expected = self._trigger_moment(cue, (*chain, cue_id))
        except (BarBeatTickError, TimecodeError) as error:
            self.problems.append((cue_id, str(error)))
            ns, expected = None, True
        if ns is not None:
            ns += s_to_ns(cue.pre_wait_s)
        self.moments[cue_id] = (ns, expected or cue.is_called)
        return self.moments[cue_id]

    def _trigger_moment(self, cue: Cue, chain: tuple[str, ...]) -> Moment:
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

    def _moment_in_group(self, cue: Cue, chain: tuple[str, ...]) -> Moment:
        parent = self._cues.get(cue.parent or "")
        if parent is None:
            return None, True
        parent_ns, expected = self._moment(parent.id, chain)
        if parent_ns is None or parent.group == "together":
            return parent_ns, expected
        siblings = self._show.children.get(parent.id, ())
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
            for child in self._show.children.get(cue.id, ())
            if (child_ns := self._moment(child, chain)[0]) is not None and child not in chain
        ]
        return max(ends, default=0) - (start_ns or 0) if ends else 0

    def in_order(self) -> tuple[str, ...]:
        """By planned moment; a cue without one stands behind the cue whose number comes before its own."""
        keys = self.keys
        behind: dict[str | None, list[str]] = {}
        before: str | None = None
        for cue_id in sorted(self._cues, key=keys.__getitem__):
            if self.moments[cue_id][0] is None:
                behind.setdefault(before, []).append(cue_id)
            else:
                before = cue_id
        placed = [cue_id for cue_id in self._cues if self.moments[cue_id][0] is not None]
        placed.sort(key=lambda cue_id: (self.moments[cue_id][0], keys[cue_id]))
        order = list(behind.get(None, ()))
        for cue_id in placed:
            order.append(cue_id)
            order.extend(behind.get(cue_id, ()))
        return tuple(order)
