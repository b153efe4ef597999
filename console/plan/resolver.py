"""The state at t: what every parameter should be at a place in the show, played or not.

Values track through the running order. Called cues count at their planned moments, skipped items and disabled cues not
at all, triggers never. Latency plays no part: this is what the house should see. The same whether the show rolled
there or was located there.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from typing import Final, NamedTuple

from console.plan.fade_curves import points_value_at
from console.plan.schedule import LOAD_NS, Schedule, drain
from console.plan.state_blocks import Block, Moments, ParameterKey, Row, Setting, cue_settings, step_args
from console.show.cues import Condition, Cue, Scalar
from console.show.show import Show
from profiles.verbs import Chase

__all__ = [
    "GROUP_KEY",
    "ParameterKey",
    "Standing",
    "StateIndex",
    "holds",
    "places_of",
    "reason_against",
    "standing_choices",
    "step_args",
]

GROUP_KEY = "all"
"""A value on this key sets every member of its family at the role."""


class Standing(NamedTuple):
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


def holds(condition: Condition | None, choices: Mapping[str, str]) -> bool:
    """Whether a cue's condition is met as the choices stand."""
    if condition is None:
        return True
    met = [choices.get(term.choice) == term.value for term in condition.terms]
    return all(met) if condition.match == "all" else any(met)


def standing_choices(show: Show) -> dict[str, str]:
    """Every choice at its default."""
    return {choice.id: choice.default for choice in show.choices}


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


def places_of(schedule: Schedule) -> dict[str, int]:
    """Where each cue stands in the show list."""
    return dict(zip(schedule.order, range(len(schedule.order)), strict=True))


SLICE: Final = 16
"""Cues that are looked at in one slice."""


class StateIndex:
    """All settings of a show by item and parameter, in running order, as the choices stand."""

    def __init__(self, show: Show, schedule: Schedule, choices: Mapping[str, str]) -> None:
        self._show = show
        self._moments = Moments(schedule)
        self._items = list(schedule.items)
        self._places: Mapping[str, int] = places_of(schedule)
        self._blocks: dict[str, Block] = {}
        self._made: dict[str, tuple[Setting, ...]] = {}
        self._rows_of: dict[str, tuple[tuple[str, Row], ...]] = {}  # cue -> in which items its rows lie
        self._early: set[str] = set()  # cues that may take effect in an item before their own
        self._from_values: dict[tuple[ParameterKey, str, int], float | None] = {}  # what stood before a row
        drain(self._exchange(schedule.order, choices))

    def choices_changed(self, choices: Mapping[str, str], cues: Iterable[str]) -> None:
        """Take in choices that stand otherwise now; ``cues`` are those that depend on them."""
        touched = [cue for cue in cues if cue in self._places]
        for cue in touched:
            self._made.pop(cue, None)
        drain(self._exchange(touched, choices))

    def edited(
        self,
        show: Show,
        schedule: Schedule,
        places: Mapping[str, int],
        choices: Mapping[str, str],
        cues: Iterable[str],
        *,
        rundown: bool,
    ) -> Generator[None, None, StateIndex]:
        """The index after an edit, in slices; this one stays as it is.

        ``cues`` are those that came, went, are another piece or have another moment, or depend on one that is;
        ``rundown`` says that the items may lie otherwise.
        """
        new = StateIndex.__new__(StateIndex)
        new._show, new._moments, new._items = show, Moments(schedule), list(schedule.items)
        new._places = places
        new._blocks = {item: block for item, block in self._blocks.items() if item in schedule.items}
        new._made, new._rows_of = dict(self._made), dict(self._rows_of)
        new._early = set(self._early)
        new._from_values = {}
        yield
        touched = set(cues)
        for cue in touched:
            new._made.pop(cue, None)
        if rundown:
            touched |= self._early
            for item, order in schedule.by_item.items():
                if self._moments.counts_otherwise(item, schedule.items[item].item):
                    touched.update(order)
        yield from new._exchange(touched, choices)
        return new

    def resolve(self, item: str, position_ns: int) -> dict[ParameterKey, Standing]:
        """Every parameter's standing at a place, in cue order; parameters that nothing has set yet are absent."""
        return self._standings(item, position_ns, lambda block, key: block.at(key, position_ns))

    def before(self, cue: str) -> dict[ParameterKey, Standing]:
        """Every parameter's standing just before a cue of the running order, with fades arrived."""
        host, ns, _ = self._moments.moment(cue)
        limit = (ns, self._places[cue])
        found = self._standings(host, ns, lambda block, key: block.before(key, limit, self._places))
        return {key: each._replace(elapsed_ns=None) for key, each in found.items()}

    def _standings(
        self, item: str, position_ns: int, row_of: Callable[[Block, ParameterKey], Row | None]
    ) -> dict[ParameterKey, Standing]:
        """What the items before one have left, and what ``row_of`` finds in its own block."""
        found: dict[ParameterKey, tuple[str, Row]] = {}
        for each in self._items:
            block = self._blocks.get(each)
            if each == item:
                if block is not None:
                    here = ((key, row_of(block, key)) for key in block.rows)
                    found.update((key, (each, row)) for key, row in here if row is not None)
                break
            if block is not None:
                found.update((key, (each, row)) for key, row in block.last.items())
        groups = {key[:-1]: placed for key, placed in found.items() if key[-1] == GROUP_KEY}
        return {
            key: self._standing(key, host, row, item, position_ns)
            for key, (host, row) in sorted(found.items(), key=lambda each: self._when(*each[1]))
            if not groups or not self._displaced(key, host, row, groups)
        }

    def set_within(self, item: str, start_ns: int, end_ns: int) -> frozenset[ParameterKey]:
        """The parameters that are set while an item goes from one place up to another."""
        block = self._blocks.get(item, Block())
        return frozenset(key for key, rows in block.rows.items() if any(start_ns <= row.ns < end_ns for row in rows))

    # -- what lies where -----------------------------------------------------------------------------------------------

    def _exchange(self, cues: Iterable[str], choices: Mapping[str, str]) -> Generator[None, None, None]:
        """Put the rows of some cues where they belong now."""
        gone: dict[str, set[str]] = {}
        come: dict[str, list[Row]] = {}
        for number, cue in enumerate(cues):
            for host, _ in self._rows_of.pop(cue, ()):
                gone.setdefault(host, set()).add(cue)
            rows = self._rows(cue, choices)
            self._early.discard(cue)
            if rows:
                self._rows_of[cue] = rows
                if self._moments.is_early(cue):
                    self._early.add(cue)
            for host, row in rows:
                come.setdefault(host, []).append(row)
            if number % SLICE == SLICE - 1:
                yield
        self._from_values.clear()
        for host in [item for item in self._items if item in gone or item in come]:
            block = self._blocks.get(host, Block())
            self._blocks[host] = block.exchanged(gone.get(host, set()), come.get(host, ()), self._places)
            yield

    def _rows(self, cue_id: str, choices: Mapping[str, str]) -> tuple[tuple[str, Row], ...]:
        cue = self._show.cue_by_id.get(cue_id)
        if cue is None or cue_id not in self._places or cue.role is None:
            return ()
        chosen = cue.at.on != "choice" or choices.get(cue.at.choice) == cue.at.value
        if not chosen or reason_against(self._show, cue, choices) is not None:
            return ()
        if cue_id not in self._made:
            self._made[cue_id] = cue_settings(cue, choices)
        host, ns, counts = self._moments.moment(cue_id)
        return tuple((host, Row(ns + each.offset_ns, each, counts)) for each in self._made[cue_id])

    # -- what holds ----------------------------------------------------------------------------------------------------

    def _when(self, host: str, row: Row) -> tuple[int, int, int, int]:
        return self._moments.index[host], row.ns, self._places[row.setting.cue], row.setting.step

    def _displaced(
        self, key: ParameterKey, host: str, row: Row, groups: Mapping[ParameterKey, tuple[str, Row]]
    ) -> bool:
        """True where a later value on the group key took this member over."""
        group = groups.get(key[:-1])
        return group is not None and key[-1] != GROUP_KEY and self._when(*group) > self._when(host, row)

    def _standing(self, key: ParameterKey, host: str, row: Row, item: str, position_ns: int) -> Standing:
        setting = row.setting
        elapsed_ns = position_ns - row.ns if host == item and row.ns > LOAD_NS else None
        from_value = self._value_before(key, host, row) if setting.points else None
        return Standing(
            key,
            setting.cue,
            setting.step,
            setting.verb,
            setting.args,
            setting.chase,
            elapsed_ns,
            self._places[setting.cue],
            _value_at(setting, from_value, elapsed_ns),
            from_value,
        )

    def _value_before(self, key: ParameterKey, host: str, row: Row) -> float | None:
        """The value a fade begins at: what stood just before it, itself perhaps half-way through a fade."""
        place = self._blocks[host].rows[key].index(row)
        known = (key, host, place)
        if known not in self._from_values:
            self._from_values[known] = self._reckon_before(key, host, place)
        return self._from_values[known]

    def _reckon_before(self, key: ParameterKey, host: str, place: int) -> float | None:
        rows = self._blocks[host].rows[key]
        if place == 0:
            return self._left_by(key, host)
        before = rows[place - 1]
        elapsed_ns = rows[place].ns - before.ns if before.ns > LOAD_NS else None
        if not before.setting.points or elapsed_ns is None or elapsed_ns >= before.setting.length_ns:
            return before.setting.target
        return _value_at(before.setting, self._value_before(key, host, before), elapsed_ns)

    def _left_by(self, key: ParameterKey, host: str) -> float | None:
        """What the items before one leave a parameter at: fades are over by then."""
        for item in reversed(self._items[: self._moments.index[host]]):
            block = self._blocks.get(item)
            if block is not None and key in block.last:
                return block.last[key].setting.target
        return None


def _value_at(setting: Setting, from_value: float | None, elapsed_ns: int | None) -> float | None:
    if not setting.points or from_value is None or elapsed_ns is None or elapsed_ns >= setting.length_ns:
        return setting.target
    return points_value_at(setting.points, from_value, elapsed_ns, in_db=setting.in_db)
