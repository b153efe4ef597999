"""What a show's cues meet in a house: names that lead nowhere, verbs that no device has, keys that become one.

Pure; bytes are ``preflight``'s part. Findings are gathered by what is wrong, not by cue: two hundred shots of a camera
that is not here are one line with the first cue and the count.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from console.plan.patch import Args, Bound, Patch
from console.show.cues import ChoiceTable, Cue, Scalar, Step
from console.show.show import Show
from profiles.near_names import near_words
from profiles.problems import Problem, Problems, ProblemSeverity
from profiles.verbs import CATALOGUE, Kind, complete_args, state_key

_AS_AGREED: Final = "agree it with the show's people, or change the policy under [[absent]]"


@dataclass(frozen=True, slots=True)
class Ask:
    """One step of one cue with one set of constants."""

    cue: Cue
    step: Step
    role: str
    args: Args


@dataclass(slots=True)
class Tally:
    """Gathers the same finding from many cues into one problem."""

    _cues: dict[Problem, dict[str, None]] = field(default_factory=dict)

    def add(self, severity: ProblemSeverity, code: str, where: str, message: str, remedy: str, cue: Cue) -> None:
        """Note a finding at one cue."""
        self._cues.setdefault(Problem(severity, code, where, message, remedy), {})[cue.number] = None

    def listed(self) -> Iterator[Problem]:
        """One problem a finding, with its cues."""
        for one, numbers in self._cues.items():
            first, *more = numbers
            cues = f"cue {first} and {len(more)} more" if more else f"cue {first}"
            yield Problem(one.severity, one.code, one.where, f"{one.message} ({cues})", one.remedy)


def asks_of(show: Show) -> Iterator[Ask]:
    """Every step that can ever be sent, with every set of constants its choices allow. Disabled cues are left out."""
    for cue in show.cues:
        if cue.role is not None and not cue.disabled:
            for step in cue.steps:
                for args in _every_args(step):
                    yield Ask(cue, step, cue.role, args)


def _every_args(step: Step) -> Iterator[dict[str, Scalar]]:
    tables = {name: value for name, value in step.args.items() if isinstance(value, ChoiceTable)}
    plain = {name: value for name, value in step.args.items() if not isinstance(value, ChoiceTable)}
    if not tables:
        yield plain
        return
    choices: dict[str, dict[str, None]] = {}
    for table in tables.values():
        known = choices.setdefault(table.choice, dict.fromkeys(table.table))
        choices[table.choice] = {value: None for value in known if value in table.table}
    for values in itertools.product(*choices.values()):
        standing = dict(zip(choices, values, strict=True))
        yield plain | {name: table.table[standing[table.choice]] for name, table in tables.items()}


def check_bindings(asks: Iterable[Ask], patch: Patch) -> tuple[Problem, ...]:
    """Everything the cues meet in this house, errors first."""
    tally = Tally()
    folds = _Folds()
    for ask in asks:
        bound = patch.bind(ask.role, ask.step.verb, ask.args)
        _check_bound(ask, bound, patch, tally)
        _check_limits(ask, bound, patch, tally)
        folds.add(ask, bound)
    found = Problems()
    found.extend(tally.listed())
    folds.report(found)
    return found.listed()


def _check_bound(ask: Ask, bound: Bound, patch: Patch, tally: Tally) -> None:
    verb, where = ask.step.verb, f"role {ask.role}"
    for name in ("camera", "source"):
        fallback = patch.venue.camera_fallbacks.get(str(ask.args.get(name)))
        if fallback is not None:
            words = f"{fallback} stands in for {ask.args[name]}"
            remedy = "look at its shots before doors, or name another fallback under [[cameras]]"
            tally.add("note", "venue.camera.fallback", where, words, remedy, ask.cue)
    if bound.replaced and bound.skipped is None:
        words = f"{verb} is replaced by {bound.verb} of {bound.role}"
        tally.add("note", "venue.replaced", where, words, _AS_AGREED, ask.cue)
    if bound.why == "absent":
        severity: ProblemSeverity = "note" if bound.warning is None else "warning"
        tally.add(severity, "venue.absent", where, f"{verb} is not sent here: {bound.skipped}", _AS_AGREED, ask.cue)
    elif bound.why == "nowhere":
        remedy = "add it to the map, or give the map otherwise"
        tally.add("error", "venue.map.nowhere", where, f"{verb}: {bound.skipped}", remedy, ask.cue)
    elif bound.why == "verb":
        known = CATALOGUE.get(verb)
        remedy = "bind a device that has it, or give a policy under [[absent]]"
        if known is None:
            remedy = near_words(verb, CATALOGUE)
        tally.add("error", "venue.verb", where, str(bound.skipped), remedy, ask.cue)
    elif bound.skipped is None and bound.warning is not None:
        tally.add("warning", "venue.verb.some", where, bound.warning, "only the other devices are sent to", ask.cue)


def _check_limits(ask: Ask, bound: Bound, patch: Patch, tally: Tally) -> None:
    limit_hz = patch.strobe_hz_max
    rate_hz = ask.args.get("rate_hz")
    if limit_hz is None or bound.skipped is not None or isinstance(rate_hz, bool | str) or rate_hz is None:
        return
    if rate_hz > limit_hz:
        message = f"{ask.step.verb} at {rate_hz:g} Hz is above the house's {limit_hz:g} Hz and will be inhibited"
        tally.add("warning", "venue.strobe", f"role {ask.role}", message, f"slow it to {limit_hz:g} Hz", ask.cue)


class _Folds:
    """Logical keys that become one at a device: there the later cue wins, whatever the show thinks."""

    def __init__(self) -> None:
        self._keys: dict[tuple[str, ...], dict[tuple[str, ...], None]] = {}
        self._seen: set[tuple[str, str, tuple[str, ...]]] = set()

    def add(self, ask: Ask, bound: Bound) -> None:
        verb = CATALOGUE.get(ask.step.verb)
        if verb is None or verb.kind is not Kind.PARAMETER or not verb.keys or bound.replaced:
            return
        logical = (ask.role, *state_key(verb, complete_args(verb, ask.args)))
        mark = (ask.role, verb.name, logical)
        if mark in self._seen:
            return
        self._seen.add(mark)
        targets = [(send.device, *state_key(verb, send.args)) for send in bound.addressed]
        for target in set(targets):
            if sum(other[0] == target[0] for other in targets) == 1:  # a group key is no fold of its members
                self._keys.setdefault(target, {})[logical] = None

    def report(self, found: Problems) -> None:
        """One warning for each key that several became."""
        told: set[tuple[str, ...]] = set()
        for target, logical in self._keys.items():
            names = tuple(" ".join(key[2:]) for key in logical)
            line = (*{key[0] for key in logical}, target[1], *names)
            if len(logical) > 1 and line not in told:
                told.add(line)
                found.warning(
                    "venue.fold",
                    f"role {next(iter(logical))[0]}",
                    f"{target[1]} {' and '.join(names)} are one here ({' '.join(target[2:])} at {target[0]})",
                    "the later cue wins; give each its own in the map, or drop one of the cues",
                )
