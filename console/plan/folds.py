"""Names of the show that become one in a house: the later cue wins there, whatever the show thinks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from console.plan.asks import Ask
from console.plan.patch import Bound, Patch
from console.plan.schedule import Schedule
from console.timebase.instants import ms_to_ns
from profiles.verbs import CATALOGUE, Kind, complete_args, state_key

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """``names`` of one verb family of a role, each with the first cue that speaks to it, are ``target`` at a device."""

    role: str
    family: str
    device: str
    target: str
    names: tuple[str, ...]
    cues: tuple[str, ...]

    @property
    def words(self) -> str:
        """What became of them."""
        return f"{self.family} {' and '.join(self.names)} are one here ({self.target} at {self.device})"


def find_folds(asks: Iterable[Ask], patch: Patch) -> tuple[Fold, ...]:
    """Every fold of the show in this house, once for parallel devices that fold alike."""
    keys: dict[Key, dict[Key, str]] = {}  # at the device -> of the show, with its first cue
    seen: set[tuple[str, str, Key]] = set()
    for ask in asks:
        for target, logical in _meetings(ask, patch.bind(ask.role, ask.step.verb, ask.args), seen):
            keys.setdefault(target, {}).setdefault(logical, ask.cue.id)
    told: dict[tuple[str, str, tuple[str, ...]], Fold] = {}
    for target, logical_keys in keys.items():
        if len(logical_keys) > 1:
            role = next(iter(logical_keys))[0]
            names = tuple(" ".join(key[2:]) for key in logical_keys)
            fold = Fold(role, target[1], target[0], " ".join(target[2:]), names, tuple(logical_keys.values()))
            told.setdefault((role, fold.family, names), fold)
    return tuple(told.values())


def _meetings(ask: Ask, bound: Bound, seen: set[tuple[str, str, Key]]) -> Iterator[tuple[Key, Key]]:
    verb = CATALOGUE.get(ask.step.verb)
    if verb is None or verb.kind is not Kind.PARAMETER or not verb.keys or bound.replaced:
        return
    logical = (ask.role, *state_key(verb, complete_args(verb, ask.args)))
    mark = (ask.role, verb.name, logical)
    if mark in seen:
        return
    seen.add(mark)
    targets = [(send.device, *state_key(verb, send.args)) for send in bound.addressed]
    for target in dict.fromkeys(targets):
        if sum(other[0] == target[0] for other in targets) == 1:  # a group key is no fold of its members
            yield target, logical


def find_doubles(asks: Iterable[Ask], schedule: Schedule, patch: Patch) -> Iterator[tuple[Ask, Ask, str]]:
    """Shots that fall on one camera at one moment: the first, the other, and the camera."""
    taken: dict[tuple[object, ...], Ask] = {}
    for ask in asks:
        time = schedule.cue_times[ask.cue.id]
        if ask.step.verb != "camera.shot" or time.position_ns is None:
            continue
        for send in patch.bind(ask.role, ask.step.verb, ask.args).addressed[:1]:
            camera = str(send.args.get("camera"))
            moment = (time.item, time.position_ns + ms_to_ns(ask.step.offset_s * 1000), send.device, camera)
            first = taken.setdefault(moment, ask)
            if first.cue is not ask.cue:
                yield first, ask, camera
