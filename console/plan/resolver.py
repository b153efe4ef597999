"""The state at t: what every parameter should be at a place in the show, played or not.

Values track through the running order. Called cues count at their planned moments, skipped items and disabled cues not
at all, triggers never. Latency plays no part: this is what the house should see. The same whether the show rolled
there or was located there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
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
    points: tuple[Point, ...] = ()
    target: float | None = None
    in_db: bool = False


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


class StateIndex:
    """All settings of a show by parameter, in running order, for one state of the choices."""

    def __init__(self, show: Show, schedule: Schedule, choices: Mapping[str, str]) -> None:
        self._item_index = {item: index for index, item in enumerate(schedule.items)}
        self._by_key: dict[ParameterKey, list[_Setting]] = {}
        settings: list[tuple[ParameterKey, _Setting]] = []
        for order, cue_id in enumerate(schedule.order):
            cue = show.cue_by_id[cue_id]
            if not cue.disabled and holds(cue.condition, choices):
                settings.extend(_settings(cue, order, cue_moment(schedule, self._item_index, cue_id), choices))
        settings.sort(key=lambda pair: (pair[1].moment, pair[1].order, pair[1].step))
        for key, setting in settings:
            self._by_key.setdefault(key, []).append(setting)
        self._moments = {key: [each.moment for each in rows] for key, rows in self._by_key.items()}

    def resolve(self, item: str, position_ns: int) -> dict[ParameterKey, Standing]:
        """Every parameter's standing at a place; parameters that nothing has set yet are absent."""
        here = (self._item_index[item], position_ns)
        found: dict[ParameterKey, _Setting] = {}
        for key, moments in self._moments.items():
            place = bisect_right(moments, here)
            if place:
                found[key] = self._by_key[key][place - 1]
        return {
            key: self._standing(key, setting, here)
            for key, setting in sorted(found.items(), key=lambda pair: (pair[1].moment, pair[1].order, pair[1].step))
            if not _displaced(key, setting, found)
        }

    def _standing(self, key: ParameterKey, setting: _Setting, here: tuple[int, int]) -> Standing:
        same_item = setting.moment[0] == here[0] and setting.moment[1] > LOAD_NS
        elapsed_ns = here[1] - setting.moment[1] if same_item else None
        from_value = self._value_before(key, setting) if setting.points else None
        value = _value_at(setting, from_value, elapsed_ns)
        return Standing(
            key,
            setting.cue,
            setting.step,
            setting.verb,
            setting.args,
            setting.chase,
            elapsed_ns,
            setting.order,
            value,
            from_value,
        )

    def _value_before(self, key: ParameterKey, setting: _Setting) -> float | None:
        """The value a fade begins at: what stood just before it, itself perhaps half-way through a fade."""
        rows = self._by_key[key]
        place = rows.index(setting)
        if place == 0:
            return None
        before = rows[place - 1]
        same_item = before.moment[0] == setting.moment[0] and before.moment[1] > LOAD_NS
        elapsed_ns = setting.moment[1] - before.moment[1] if same_item else None
        if not before.points or elapsed_ns is None or elapsed_ns >= s_to_ns(before.points[-1].offset_s):
            return before.target
        return _value_at(before, self._value_before(key, before), elapsed_ns)


def _value_at(setting: _Setting, from_value: float | None, elapsed_ns: int | None) -> float | None:
    if not setting.points or from_value is None or elapsed_ns is None:
        return setting.target
    return points_value_at(setting.points, from_value, elapsed_ns, in_db=setting.in_db)


def cue_moment(schedule: Schedule, item_index: Mapping[str, int], cue_id: str) -> tuple[int, int]:
    """(item index, ns) at which a cue takes effect when everything runs as planned.

    A load cue takes effect when its item loads, and one that counts back from a called start may fall in the item
    before: both lie behind the last item with cues before their own.
    """
    time = schedule.cue_times[cue_id]
    own = item_index[time.item or ""]
    items = list(schedule.items.values())
    lead_in_ns = items[own].lead_in_ns
    if time.planned_ns >= -lead_in_ns:
        return own, time.planned_ns
    before = schedule.previous_with_cues(time.item or "")
    first = 0 if before is None else item_index[before] + 1
    ns = time.planned_ns
    if time.at_load or ns <= LOAD_NS // 2:
        return first, LOAD_NS
    place, ns = own, ns + lead_in_ns  # counted from the item's start
    while place > first and ns < 0:
        place -= 1
        if not items[place].item.skipped:
            ns += items[place].planned_ns
    return place, max(ns, 0) - items[place].lead_in_ns if place != own else ns - lead_in_ns


def _settings(
    cue: Cue, order: int, moment: tuple[int, int], choices: Mapping[str, str]
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
            points,
            points[-1].value if points else number,
            verb.blend is Blend.DB,
        )
        rows.append(((cue.role, *state_key(verb, args)), setting))
    return rows


def _displaced(key: ParameterKey, setting: _Setting, found: Mapping[ParameterKey, _Setting]) -> bool:
    """True where a later value on the group key took this member over."""
    if key[-1] == GROUP_KEY:
        return False
    group = found.get((*key[:-1], GROUP_KEY))
    return group is not None and (group.moment, group.order) > (setting.moment, setting.order)
