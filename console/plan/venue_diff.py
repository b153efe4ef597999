"""What moving a show from one house to another costs: cue by cue, and the house itself. Pure; nothing is sent.

A cue is compared as it would really be sent: through maps, absences, duties and latencies of both houses. What is the
same in both is not mentioned. Source: design chapter 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from console.plan.asks import Ask, asks_of
from console.plan.folds import find_doubles, find_folds
from console.plan.house_checks import hears
from console.plan.house_diff import HouseChange, house_changes
from console.plan.leads import early_ns, lead_ns
from console.plan.patch import Addressed, Bound, Patch
from console.plan.schedule import Schedule, build_schedule
from console.show.cues import Cue, Scalar
from console.show.show import Show
from profiles.device_setup import DeviceSetup
from profiles.quality import Tier, quality_of

Kind = Literal[
    "lost",
    "inhibited",
    "untriggered",
    "early",
    "doubled",
    "folded",
    "stood_in",
    "replaced",
    "lower_tier",
    "gained",
    "restored",
    "moved",
    "remapped",
    "readdressed",
]

WORDS: Final[Mapping[Kind, str]] = {
    "lost": "not sent there",
    "inhibited": "over the limit there, and held back",
    "untriggered": "wait for a message that nobody there can send",
    "early": "would have to leave before the song begins",
    "doubled": "two shots on one camera at one moment",
    "folded": "two names become one",
    "stood_in": "taken by another camera",
    "replaced": "something else is done instead",
    "lower_tier": "sent through a profile that is less proven",
    "gained": "sent there, and not here",
    "restored": "done as written again, by no stand-in",
    "moved": "leave earlier or later",
    "remapped": "said with other numbers or names",
    "readdressed": "sent to another device or address",
}
"""Each kind in words, gravest first: the order of every list."""

Weight = Literal["lost", "decide", "routine"]

_LOST: Final = frozenset[Kind](("lost", "inhibited"))
_ROUTINE: Final = frozenset[Kind](("moved", "remapped", "readdressed"))

WEIGHTS: Final[Mapping[Kind, Weight]] = {
    kind: "lost" if kind in _LOST else "routine" if kind in _ROUTINE else "decide" for kind in WORDS
}
"""What a production manager does about a kind: swallow it, look at it and decide, or nothing at all."""

Kept = dict[tuple[int, int], tuple[tuple[Kind, str, str], ...]]
"""What was found between two bindings, by which they are."""

_CAMERAS: Final = frozenset(("camera", "source"))


@dataclass(frozen=True, slots=True)
class Change:
    """One cue that is not the same in the second house. ``moved_ms``: how much earlier its bytes leave there."""

    kind: Kind
    cue: str
    number: str
    label: str
    item: str | None
    role: str  # empty for a group, which speaks to none itself
    before: str
    after: str
    moved_ms: float | None = None


@dataclass(frozen=True, slots=True)
class VenueDiff:
    """Everything that changes from ``before`` to ``after``, gravest first and in show order within a kind."""

    show: str
    before: str
    after: str
    cues: int  # of the show, disabled ones left out
    changes: tuple[Change, ...]
    departments: Mapping[str, str]  # of the show's roles
    house: tuple[HouseChange, ...]

    def counts(self) -> dict[Kind, int]:
        """How many cues each kind of change touches; kinds that touch none are left out."""
        found: dict[Kind, set[str]] = {}
        for change in self.changes:
            found.setdefault(change.kind, set()).add(change.cue)
        return {kind: len(found[kind]) for kind in WORDS if kind in found}

    def weighed(self) -> dict[Weight, int]:
        """How many cues are lost, to be decided about, and only addressed anew: each counted once, at its gravest."""
        gravest: dict[str, Weight] = {}
        for change in self.changes:  # gravest first
            gravest.setdefault(change.cue, WEIGHTS[change.kind])
        weights = list(gravest.values())
        return {"lost": weights.count("lost"), "decide": weights.count("decide"), "routine": weights.count("routine")}

    def untouched(self) -> int:
        """How many cues are sent there as they are here."""
        return self.cues - len({change.cue for change in self.changes})


@dataclass(frozen=True, slots=True)
class Group:
    """The cues that one and the same thing happens to."""

    kind: Kind
    role: str
    before: str
    after: str
    cues: tuple[Change, ...]


def grouped(changes: Iterable[Change]) -> tuple[Group, ...]:
    """What a person reads: two hundred cues of one desk that is another are one line. Order is kept."""
    found: dict[tuple[Kind, str, str, str], list[Change]] = {}
    for each in changes:
        found.setdefault((each.kind, each.role, each.before, each.after), []).append(each)
    return tuple(Group(*key, tuple(cues)) for key, cues in found.items())


def diff_venues(show: Show, before: Patch, after: Patch, schedule: Schedule | None = None) -> VenueDiff:
    """Compare two houses for one show; ``schedule`` is the show's, where it is known already."""
    schedule = schedule or build_schedule(show)
    asks = tuple(asks_of(show))
    found: dict[Change, None] = {}
    kept: Kept = {}
    for ask in asks:
        for change in _compare(ask, schedule, before, after, kept):
            found[change] = None
    for each in (
        *_new_doubles(asks, schedule, before, after),
        *_new_folds(show, asks, before, after),
        *_new_silences(show, before, after),
    ):
        found[each] = None
    departments = {role.id: role.department for role in show.roles}
    order = {cue: place for place, cue in enumerate(schedule.order)}
    gravity = {kind: place for place, kind in enumerate(WORDS)}
    changes = sorted(found, key=lambda each: (gravity[each.kind], order.get(each.cue, len(order)), each.number))
    cues = sum(not cue.disabled for cue in show.cues)
    houses = before.venue.name, after.venue.name
    return VenueDiff(show.title, *houses, cues, tuple(changes), departments, house_changes(show, before, after))


def _compare(ask: Ask, schedule: Schedule, before: Patch, after: Patch, kept: Kept) -> Iterator[Change]:
    was = before.bind(ask.role, ask.step.verb, ask.args)
    will = after.bind(ask.role, ask.step.verb, ask.args)
    if will.skipped is not None:
        if was.skipped is None:
            yield _change("lost", ask, _way_words(was, before), will.skipped)
        return
    if was.skipped is not None:
        yield _change("gained", ask, was.skipped, _way_words(will, after))
    elif was.replaced is not will.replaced:
        yield _change("replaced" if will.replaced else "restored", ask, _deed_words(was), _deed_words(will))
    else:
        ways = kept.get((id(was), id(will)))  # a patch gives the same binding for the same words
        if ways is None:
            ways = kept[id(was), id(will)] = tuple(_compare_sends(ask, was, will, before, after))
        for kind, here, there in ways:
            yield _change(kind, ask, here, there)
        was_ns, will_ns = lead_ns(ask, was), lead_ns(ask, will)
        if was_ns != will_ns:
            yield _change("moved", ask, _lead_words(was_ns), _lead_words(will_ns), (will_ns - was_ns) / 1e6)
    if after.too_fast_hz(will) is not None and before.too_fast_hz(was) is None:
        yield _change("inhibited", ask, "allowed", f"no faster than {after.strobe_hz_max:g} Hz")
    too_early_ns = early_ns(ask, will, schedule)
    if too_early_ns > 0 and (was.skipped is not None or early_ns(ask, was, schedule) <= 0):
        yield _change("early", ask, "in time", f"{too_early_ns / 1e6:g} ms before its song begins")


def _compare_sends(ask: Ask, was: Bound, will: Bound, before: Patch, after: Patch) -> Iterator[tuple[Kind, str, str]]:
    """Both houses send: where to, with what, and how well proven. The same for every cue that asks it."""
    if _places(was, before) != _places(will, after):
        yield "readdressed", _way_words(was, before), _way_words(will, after)
    here, there = _standing_in(ask, before), _standing_in(ask, after)
    if here != there:
        yield "stood_in" if there else "restored", _camera_words(ask, here), _camera_words(ask, there)
    if _sayings(was) != _sayings(will):
        names = _other_args(was, will)
        if here == there or not names <= _CAMERAS:
            yield "remapped", _value_words(_values(was), names), _value_words(_values(will), names)
    was_tier, will_tier = _tier(was, before), _tier(will, after)
    if will_tier.rank < was_tier.rank:
        yield "lower_tier", was_tier.value, will_tier.value


def _new_doubles(asks: tuple[Ask, ...], schedule: Schedule, before: Patch, after: Patch) -> Iterator[Change]:
    """Shots that fall on one camera at one moment there, and do not here."""
    here = {(first.cue.id, second.cue.id) for first, second, _ in find_doubles(asks, schedule, before)}
    for first, second, camera in find_doubles(asks, schedule, after):
        if (first.cue.id, second.cue.id) not in here:
            cameras = " and ".join(str(each.args.get("camera")) for each in (first, second))
            yield _change("doubled", second, cameras, f"both camera {camera}, with cue {first.cue.number}")


def _new_folds(show: Show, asks: tuple[Ask, ...], before: Patch, after: Patch) -> Iterator[Change]:
    here = {(fold.role, fold.family, fold.names) for fold in find_folds(asks, before)}
    for fold in find_folds(asks, after):
        if (fold.role, fold.family, fold.names) not in here:
            cue = show.cue_by_id[fold.cues[-1]]
            names = " and ".join(fold.names)
            yield _cue_change(
                "folded", cue, fold.role, f"{fold.family} {names}", f"one: {fold.target} at {fold.device}"
            )


def _new_silences(show: Show, before: Patch, after: Patch) -> Iterator[Change]:
    """Cues that a message from outside sets off here, and that nobody can set off there."""
    for cue in show.cues:
        if not cue.disabled and hears(before.venue, cue.at) and not hears(after.venue, cue.at):
            yield _cue_change("untriggered", cue, cue.role or "", "heard", "nobody is listened to")


def _change(kind: Kind, ask: Ask, before: str, after: str, moved_ms: float | None = None) -> Change:
    return _cue_change(kind, ask.cue, ask.role, before, after, moved_ms)


def _cue_change(kind: Kind, cue: Cue, role: str, before: str, after: str, moved_ms: float | None = None) -> Change:
    return Change(kind, cue.id, cue.number, cue.label, cue.item, role, before, after, moved_ms)


def _places(bound: Bound, patch: Patch) -> tuple[object, ...]:
    return tuple(_place_words(patch.devices[device]) for device in dict.fromkeys(s.device for s in bound.addressed))


def _sayings(bound: Bound) -> tuple[tuple[str, tuple[tuple[str, Scalar], ...]], ...]:
    """What is said to the main device; the others are told the same."""
    main = bound.addressed[0].device
    return tuple((send.verb, tuple(sorted(send.args.items()))) for send in bound.addressed if send.device == main)


def _tier(bound: Bound, patch: Patch) -> Tier:
    tiers = (quality_of(patch.devices[send.device].profile).tier for send in bound.addressed)
    return min(tiers, key=lambda tier: tier.rank)


def _way_words(bound: Bound, patch: Patch) -> str:
    devices = dict.fromkeys(send.device for send in bound.addressed)
    return ", ".join(f"{device} ({_place_words(patch.devices[device])})" for device in devices)


def _place_words(setup: DeviceSetup) -> str:
    where = f"MIDI {setup.midi_port}" if setup.midi_port is not None else f"{setup.host}:{setup.port}"
    return f"{setup.profile.id} at {where}"


def _deed_words(bound: Bound) -> str:
    main = bound.addressed[0].device
    return "; ".join(_send_words(bound.role, send) for send in bound.addressed if send.device == main)


def _send_words(role: str, send: Addressed) -> str:
    return " ".join([role, send.verb, *(f"{name}={value}" for name, value in send.args.items())])


def _standing_in(ask: Ask, patch: Patch) -> dict[str, str]:
    """The cameras of a cue that are not in a house, with those that take their shots."""
    fallbacks = patch.venue.camera_fallbacks
    asked = (str(ask.args[name]) for name in sorted(_CAMERAS) if name in ask.args)
    return {camera: fallbacks[camera] for camera in asked if camera in fallbacks}


def _camera_words(ask: Ask, standing_in: Mapping[str, str]) -> str:
    if not standing_in:
        return ", ".join(str(ask.args[name]) for name in sorted(_CAMERAS) if name in ask.args)
    return ", ".join(f"{other} for {camera}" for camera, other in standing_in.items())


def _other_args(was: Bound, will: Bound) -> frozenset[str]:
    """The arguments that are not the same in both; the verb, under no name, where that differs."""
    was_args, will_args = _values(was), _values(will)
    return frozenset(name for name in was_args | will_args if was_args.get(name) != will_args.get(name))


def _values(bound: Bound) -> dict[str, tuple[str, ...]]:
    """Each argument with its values over all sends to the main device, in order; the verb among them."""
    found: dict[str, dict[str, None]] = {}
    for verb, args in _sayings(bound):
        for name, value in (("", verb), *args):
            found.setdefault(name, {})[str(value)] = None
    return {name: tuple(values) for name, values in found.items()}


def _value_words(args: Mapping[str, tuple[str, ...]], names: Iterable[str]) -> str:
    return "; ".join(f"{name} {', '.join(args.get(name, ('nothing',)))}".strip() for name in sorted(names))


def _lead_words(lead_ns: int) -> str:
    if lead_ns == 0:
        return "on its moment"
    return f"{abs(lead_ns) / 1e6:g} ms {'before' if lead_ns > 0 else 'after'} its moment"
