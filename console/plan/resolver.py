"""The state at t: what every parameter should be at a place in the show, played or not.

Values track through the running order. Called cues count at their planned moments, skipped items and disabled cues not
at all, triggers never. Latency plays no part: this is what the house should see. The same whether the show rolled
there or was located there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from console.plan.fade_curves import points_value_at, step_points
from console.plan.schedule import LOAD_NS, Schedule
from console.show.cues import ChoiceTable, Condition, Cue, Point, Scalar, Step
from console.show.show import Show
from console.timebase.instants import s_to_ns
from profiles.verbs import Blend, Chase, Kind, UnknownVerbError, chase_of, complete_args, find_verb, state_key

ParameterKey = tuple[str, ...]
"""(role, family, key …)"""

GROUP_KEY = "all"
"""A value on this key sets every member of its family at the role."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds for one parameter: verb and arguments, set by which step of which cue, and how long ago.

    ``elapsed_ns`` counts from the step's moment; None where another item set it (any fade is over then). ``value`` is
    the fading value at t, ``from_value`` the one its fade began at; both None where nothing fades.
    """

    key: ParameterKey
    cue: str
    step: int
    verb: str
    args: Mapping[str, Scalar]
    chase: Chase
    elapsed_ns: int | None
    order: int  # rising in the running order: differences are sent in cue order
    value: float | None = None
    from_value: float | None = None


@dataclass(frozen=True, slots=True)
class _Setting:
    moment: tuple[int, int]  # (item index, ns from its zero)
    order: int
    cue: str
    step: int
    verb: str
    args: Mapping[str, Scalar]
    chase: Chase
    counts: bool  # False: of a standby item, and seen from nowhere else
    points: tuple[Point, ...] = ()
    target: float | None = None
    in_db: bool = False
    length_ns: int = 0


def holds(condition: Condition | None, choices: Mapping[str, str]) -> bool:
    """Whether a cue's condition is met as the choices stand."""
    if condition is None:
        return True
    met = [choices.get(term.choice) == term.value for term in condition.terms]
    return all(met) if condition.match == "all" else any(met)


def standing_choices(show: Show) -> dict[str, str]:
    """Every choice at its default."""
    return {choice.id: choice.default for choice in show.choices}


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


def reason_against(show: Show, cue: Cue, choices: Mapping[str, str]) -> str | None:
    """Why a cue does not run as things stand, its groups included; None where it does."""
    group = ""
    seen: set[str] = set()
    at = cue
    while at.id not in seen:
        seen.add(at.id)
        if at.disabled:
            return f"{group}disabled"
        if not holds(at.condition, choices):
            return f"{group}its condition is not met"
        above = show.cue_by_id.get(at.parent) if at.parent is not None else None
        if above is None:
            return None
        at, group = above, f"in {above.number}: "
    return "its group is part of itself"


class StateIndex:
    """All settings of a show by parameter, in running order, as the choices stand."""

    def __init__(self, show: Show, schedule: Schedule, choices: Mapping[str, str]) -> None:
        self._show = show
        self._moments_of = _Moments(schedule)
        self._order = {cue: place for place, cue in enumerate(schedule.order)}
        self._rows: dict[ParameterKey, list[_Setting]] = {}
        self._moments: dict[ParameterKey, list[tuple[int, int]]] = {}
        self._keys_of: dict[str, tuple[ParameterKey, ...]] = {}
        self._from_values: dict[tuple[ParameterKey, int], float | None] = {}  # what ``_value_before`` has reckoned
        self._sort(key for cue in schedule.order for key in self._put(cue, choices))

    def choices_changed(self, choices: Mapping[str, str], cues: Iterable[str]) -> None:
        """Take in choices that stand otherwise now; ``cues`` are those that depend on them."""
        touched: set[ParameterKey] = set()
        for cue in cues:
            if cue in self._order:
                for key in self._keys_of.pop(cue, ()):
                    self._rows[key] = [each for each in self._rows[key] if each.cue != cue]
                    touched.add(key)
                touched.update(self._put(cue, choices))
        self._sort(touched)

    def resolve(self, item: str, position_ns: int) -> dict[ParameterKey, Standing]:
        """Every parameter's standing at a place, in cue order; parameters that nothing has set yet are absent."""
        here = (self._moments_of.index[item], position_ns)
        found: dict[ParameterKey, tuple[_Setting, int]] = {}
        for key, moments in self._moments.items():
            rows = self._rows[key]
            place = _last_seen(rows, bisect_right(moments, here), here[0])
            if place >= 0:
                found[key] = (rows[place], place)
        groups = {key[:-1]: setting for key, (setting, _) in found.items() if key[-1] == GROUP_KEY}
        return {
            key: self._standing(key, setting, place, here)
            for key, (setting, place) in sorted(found.items(), key=lambda row: _when(row[1][0]))
            if not groups or not _displaced(key, setting, groups)
        }

    def set_within(self, item: str, start_ns: int, end_ns: int) -> frozenset[ParameterKey]:
        """The parameters that cues of an item set from one place up to another."""
        index = self._moments_of.index[item]
        first, last = (index, start_ns), (index, end_ns)
        return frozenset(
            key for key, moments in self._moments.items() if bisect_left(moments, first) < bisect_left(moments, last)
        )

    def _put(self, cue_id: str, choices: Mapping[str, str]) -> tuple[ParameterKey, ...]:
        cue = self._show.cue_by_id[cue_id]
        chosen = cue.at.on != "choice" or choices.get(cue.at.choice) == cue.at.value
        if cue.role is None or not chosen or reason_against(self._show, cue, choices) is not None:
            return ()
        moment, counts = self._moments_of.moment(cue_id)
        pairs = _settings(cue, self._order[cue_id], moment, choices, counts=counts)
        for key, setting in pairs:
            self._rows.setdefault(key, []).append(setting)
        keys = self._keys_of[cue_id] = tuple(key for key, _ in pairs)
        return keys

    def _sort(self, keys: Iterable[ParameterKey]) -> None:
        self._from_values.clear()
        for key in set(keys):
            self._rows[key].sort(key=_when)
            self._moments[key] = [each.moment for each in self._rows[key]]

    def _standing(self, key: ParameterKey, setting: _Setting, place: int, here: tuple[int, int]) -> Standing:
        same_item = setting.moment[0] == here[0] and setting.moment[1] > LOAD_NS
        elapsed_ns = here[1] - setting.moment[1] if same_item else None
        from_value = self._value_before(key, place) if setting.points else None
        return Standing(
            key,
            setting.cue,
            setting.step,
            setting.verb,
            setting.args,
            setting.chase,
            elapsed_ns,
            setting.order,
            _value_at(setting, from_value, elapsed_ns),
            from_value,
        )

    def _value_before(self, key: ParameterKey, place: int) -> float | None:
        """The value a fade begins at: what stood just before it, itself perhaps half-way through a fade."""
        known = (key, place)
        if known not in self._from_values:
            self._from_values[known] = self._reckon_before(key, place)
        return self._from_values[known]

    def _reckon_before(self, key: ParameterKey, place: int) -> float | None:
        rows = self._rows[key]
        setting = rows[place]
        earlier = _last_seen(rows, place, setting.moment[0])
        if earlier < 0:
            return None
        before = rows[earlier]
        same_item = before.moment[0] == setting.moment[0] and before.moment[1] > LOAD_NS
        elapsed_ns = setting.moment[1] - before.moment[1] if same_item else None
        if not before.points or elapsed_ns is None or elapsed_ns >= before.length_ns:
            return before.target
        return _value_at(before, self._value_before(key, earlier), elapsed_ns)


def _when(setting: _Setting) -> tuple[int, int, int, int]:
    return (*setting.moment, setting.order, setting.step)


def _last_seen(rows: Sequence[_Setting], place: int, item_index: int) -> int:
    """The last row before a place that is seen from an item; −1 where there is none."""
    place -= 1
    while place >= 0 and not rows[place].counts and rows[place].moment[0] != item_index:
        place -= 1
    return place


def _value_at(setting: _Setting, from_value: float | None, elapsed_ns: int | None) -> float | None:
    if not setting.points or from_value is None or elapsed_ns is None or elapsed_ns >= setting.length_ns:
        return setting.target
    return points_value_at(setting.points, from_value, elapsed_ns, in_db=setting.in_db)


class _Moments:
    """When cues take effect if everything runs as planned, as (item index, ns from its zero).

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

    def moment(self, cue_id: str) -> tuple[tuple[int, int], bool]:
        """The moment, and whether it counts in items that come after."""
        time = self._cue_times[cue_id]
        own = self.index[time.item or ""]
        item = self._items[own].item
        return self._moment(own, time.planned_ns), item.counts and not item.skipped

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


def _settings(
    cue: Cue, order: int, moment: tuple[int, int], choices: Mapping[str, str], *, counts: bool
) -> list[tuple[ParameterKey, _Setting]]:
    rows: list[tuple[ParameterKey, _Setting]] = []
    for index, step in enumerate(cue.steps):
        args = step_args(step, choices)
        try:
            verb = find_verb(step.verb)
        except UnknownVerbError:
            continue  # preflight names it
        if args is None or verb.kind is not Kind.PARAMETER or cue.role is None:
            continue
        args = complete_args(verb, args)
        at = (moment[0], moment[1] + s_to_ns(step.offset_s))
        target = args.get(verb.fade_arg)
        number = float(target) if isinstance(target, int | float) and not isinstance(target, bool) else None
        points = step_points(step, number) if verb.fade_arg and number is not None else ()
        setting = _Setting(
            at,
            order,
            cue.id,
            index,
            step.verb,
            args,
            chase_of(verb, args),
            counts,
            points,
            points[-1].value if points else number,
            verb.blend is Blend.DB,
            s_to_ns(points[-1].offset_s) if points else 0,
        )
        rows.append(((cue.role, *state_key(verb, args)), setting))
    return rows


def _displaced(key: ParameterKey, setting: _Setting, groups: Mapping[ParameterKey, _Setting]) -> bool:
    """True where a later value on the group key took this member over."""
    group = groups.get(key[:-1])
    return group is not None and key[-1] != GROUP_KEY and _when(group) > _when(setting)
