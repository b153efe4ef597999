"""What cues set, item by item: the material that ``resolver`` finds the state at a place in.

A block holds what takes effect while one item is on, by parameter. An edit exchanges the blocks it touches; another
running order exchanges none, but for load cues and those that count back into the item before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from console.plan.fade_curves import step_points
from console.plan.schedule import LOAD_NS, Schedule
from console.show.cues import ChoiceTable, Cue, Point, Scalar, Step
from console.show.rundown import Item
from console.timebase.instants import s_to_ns
from profiles.verbs import Blend, Chase, Kind, UnknownVerbError, chase_of, complete_args, find_verb, state_key

ParameterKey = tuple[str, ...]
"""(role, family, key …)"""


@dataclass(frozen=True, slots=True)
class Setting:
    """What one step of a cue does to one parameter, ``offset_ns`` after the cue's moment."""

    key: ParameterKey
    cue: str
    step: int
    verb: str
    args: Mapping[str, Scalar]
    chase: Chase
    offset_ns: int
    points: tuple[Point, ...] = ()
    target: float | None = None
    in_db: bool = False
    length_ns: int = 0


class Row(NamedTuple):
    """A setting in the item in which it takes effect, ``ns`` from that item's zero."""

    ns: int
    setting: Setting
    counts: bool  # False: of a standby item, and seen from nowhere else


@dataclass
class Block:
    """What takes effect in one item: rows by parameter in order, and the last that others see."""

    rows: dict[ParameterKey, tuple[Row, ...]] = field(default_factory=dict)
    last: dict[ParameterKey, Row] = field(default_factory=dict)

    def exchanged(self, gone: Collection[str], come: Iterable[Row], places: Mapping[str, int]) -> Block:
        """The block without some cues, and with other rows. ``places`` of cues in the show list part equal moments."""
        new: dict[ParameterKey, list[Row]] = {}
        for row in come:
            new.setdefault(row.setting.key, []).append(row)
        rows, last = dict(self.rows), dict(self.last)
        for key in [key for key, stand in rows.items() if key in new or any(row.setting.cue in gone for row in stand)]:
            kept = [row for row in rows[key] if row.setting.cue not in gone]
            _put(rows, last, key, [*kept, *new.pop(key, ())], places)
        for key, fresh in new.items():
            _put(rows, last, key, fresh, places)
        return Block(rows, last)

    def at(self, key: ParameterKey, ns: int) -> Row | None:
        """What holds of a parameter at a place of the item, as far as the item itself says."""
        rows = self.rows.get(key, ())
        place = bisect_right(rows, ns, key=_ns)
        return rows[place - 1] if place else None

    def before(self, key: ParameterKey, limit: tuple[int, int], places: Mapping[str, int]) -> Row | None:
        """What holds of a parameter just before (ns, place in the show list), as far as the item itself says."""
        rows = self.rows.get(key, ())
        place = bisect_left(rows, limit, key=lambda row: (row.ns, places[row.setting.cue]))
        return rows[place - 1] if place else None


def _put(
    rows: dict[ParameterKey, tuple[Row, ...]],
    last: dict[ParameterKey, Row],
    key: ParameterKey,
    stand: list[Row],
    places: Mapping[str, int],
) -> None:
    stand.sort(key=lambda row: (row.ns, places[row.setting.cue], row.setting.step))
    rows[key] = tuple(stand)
    seen = next((row for row in reversed(stand) if row.counts), None)
    if seen is not None:
        last[key] = seen
    else:
        last.pop(key, None)
    if not stand:
        del rows[key]


def _ns(row: Row) -> int:
    return row.ns


class Moments:
    """When cues take effect if everything runs as planned: in which item, and when from its zero.

    A load cue takes effect when its item loads, and one that counts back from a called start may fall in the item
    before: both lie behind the last item with cues before their own.
    """

    def __init__(self, schedule: Schedule) -> None:
        self._cue_times = schedule.cue_times
        self._items = list(schedule.items.values())
        self.index = {item: place for place, item in enumerate(schedule.items)}
        self._first: list[int] = []  # the earliest item a cue of each item may fall in
        first = 0
        for place, times in enumerate(self._items):
            self._first.append(first)
            if schedule.by_item[times.item.id] and times.item.counts and not times.item.skipped:
                first = place + 1

    def moment(self, cue_id: str) -> tuple[str, int, bool]:
        """The item, the ns from its zero, and whether it counts in items that come after."""
        time = self._cue_times[cue_id]
        own = self.index[time.item or ""]
        item = self._items[own].item
        place, ns = self._moment(own, time.planned_ns)
        return self._items[place].item.id, ns, item.counts and not item.skipped

    def is_early(self, cue_id: str) -> bool:
        """True where a cue may take effect in an item before its own."""
        time = self._cue_times[cue_id]
        return time.planned_ns < -self._items[self.index[time.item or ""]].lead_in_ns

    def counts_otherwise(self, item: str, now: Item) -> bool:
        """True where an item stood otherwise in what is played."""
        place = self.index.get(item)
        stood = self._items[place].item if place is not None else None
        return stood is None or (stood.counts, stood.skipped) != (now.counts, now.skipped)

    def _moment(self, own: int, ns: int) -> tuple[int, int]:
        lead_in_ns = self._items[own].lead_in_ns
        if ns >= -lead_in_ns:
            return own, ns
        if ns <= LOAD_NS // 2:
            return self._first[own], LOAD_NS
        place, from_start_ns = own, ns + lead_in_ns
        while place > self._first[own] and from_start_ns < 0:
            place -= 1
            if self._items[place].item.counts and not self._items[place].item.skipped:
                from_start_ns += self._items[place].planned_ns
        if place == own:
            return own, ns
        return place, max(from_start_ns, 0) - self._items[place].lead_in_ns


def step_args(step: Step, choices: Mapping[str, str]) -> dict[str, Scalar] | None:
    """Arguments with choice tables looked up; None where a table lacks the standing value."""
    args: dict[str, Scalar] = {}
    for name, value in step.args.items():
        if isinstance(value, ChoiceTable):
            if choices.get(value.choice, "") not in value.table:
                return None
            args[name] = value.table[choices[value.choice]]
        else:
            args[name] = value
    return args


def cue_settings(cue: Cue, choices: Mapping[str, str]) -> tuple[Setting, ...]:
    """Everything a cue sets, as the choices stand; triggers set nothing."""
    found: list[Setting] = []
    for index, step in enumerate(cue.steps):
        args = step_args(step, choices)
        try:
            verb = find_verb(step.verb)
        except UnknownVerbError:
            continue  # preflight names it
        if args is None or verb.kind is not Kind.PARAMETER or cue.role is None:
            continue
        args = complete_args(verb, args)
        target = args.get(verb.fade_arg)
        number = float(target) if isinstance(target, int | float) and not isinstance(target, bool) else None
        points = step_points(step, number) if verb.fade_arg and number is not None else ()
        found.append(
            Setting(
                (cue.role, *state_key(verb, args)),
                cue.id,
                index,
                step.verb,
                args,
                chase_of(verb, args),
                s_to_ns(step.offset_s),
                points,
                points[-1].value if points else number,
                verb.blend is Blend.DB,
                s_to_ns(points[-1].offset_s) if points else 0,
            )
        )
    return tuple(found)
