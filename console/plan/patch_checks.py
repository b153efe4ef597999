"""What a show's cues meet in a house: names that lead nowhere, verbs that no device has, keys that become one.

Pure; bytes are ``preflight``'s part. Findings are gathered by what is wrong, not by cue: two hundred shots of a camera
that is not here are one line with the first cue and the count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from console.plan.asks import Ask
from console.plan.folds import find_folds
from console.plan.patch import Bound, Patch
from console.show.cues import Cue
from profiles.near_names import near_words
from profiles.problems import Problem, Problems, ProblemSeverity
from profiles.verbs import CATALOGUE

_AS_AGREED: Final = "agree it with the show's people, or change the policy under [[absent]]"


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


def check_bindings(asks: Iterable[Ask], patch: Patch) -> tuple[Problem, ...]:
    """Everything the cues meet in this house, errors first."""
    tally = Tally()
    asks = tuple(asks)
    for ask in asks:
        bound = patch.bind(ask.role, ask.step.verb, ask.args)
        _check_bound(ask, bound, patch, tally)
        _check_limits(ask, bound, patch, tally)
    found = Problems()
    found.extend(tally.listed())
    for fold in find_folds(asks, patch):
        remedy = "the later cue wins; give each its own in the map, or drop one of the cues"
        found.warning("venue.fold", f"role {fold.role}", fold.words, remedy)
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
    rate_hz, limit_hz = patch.too_fast_hz(bound), patch.strobe_hz_max
    if rate_hz is not None:
        verb = bound.addressed[0].verb
        message = f"{verb} at {rate_hz:g} Hz is above the house's {limit_hz:g} Hz and will be inhibited"
        tally.add("warning", "venue.strobe", f"role {bound.role}", message, f"slow it to {limit_hz:g} Hz", ask.cue)
