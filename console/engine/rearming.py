"""Getting ready for an edit, beside the running show: reads the run and writes nothing, in slices under half a
millisecond where the edit is small. What comes of it is put in place at once, by ``taking_edits``.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from console.engine.arming import ArmedCue, arm_cue
from console.engine.lists import Lists, lists_after
from console.engine.run_state import RunState
from console.plan.patch import Patch
from console.plan.resolver import StateIndex, places_of
from console.plan.schedule import Schedule, lies_otherwise, reschedule
from console.plan.touched import Touched, edit_to_touched, everything
from console.show.cues import Cue
from console.show.edits import Edit, apply
from console.show.show import Show

SLICE: Final = 4
"""Cues armed in one slice."""


@dataclass(frozen=True)
class Rearm:
    """Everything that will be another after an edit.

    ``rundown``: what comes next may be another. ``retimed`` are cues with another place in the score, ``stale`` those
    whose lead may be another. ``seen``: what it was reckoned from; where that has changed meanwhile, it has to be
    reckoned again.
    """

    inverse: Edit
    show: Show
    touched: Touched
    rundown: bool
    retimed: frozenset[str]
    stale: frozenset[str]
    patch: Patch
    schedule: Schedule
    places: Mapping[str, int]
    index: StateIndex
    lists: Lists
    armed: Mapping[str, ArmedCue]
    hazard_cues: tuple[Cue, ...]
    choices: Mapping[str, str]
    seen: tuple[object, ...]

    def is_of(self, run: RunState) -> bool:
        """True while nothing has changed that it was reckoned from."""
        return self.seen == seen_of(run)


def seen_of(run: RunState) -> tuple[object, ...]:
    """What getting ready for an edit depends on."""
    return run.revision, id(run.show), id(run.patch), tuple(run.choices.items())


def prepare(run: RunState, lists: Lists, edit: Edit) -> Generator[None, None, Rearm]:
    """Reckon what an edit changes. Raises ``EditError`` where it cannot be made."""
    seen = seen_of(run)
    before, schedule = run.show, run.schedule
    show, inverse = apply(before, edit)
    yield
    touched = edit_to_touched(edit, before, show)
    patch, choices = run.patch, run.choices
    if touched.whole:
        touched = replace(everything(before, show), whole=touched.whole)
        patch = patch.for_show(show)
        choices = {
            choice.id: choices[choice.id] if choices.get(choice.id) in choice.values else choice.default
            for choice in show.choices
        }
    anew = yield from reschedule(schedule, before, show, touched)
    changed = [item for item, part in anew.parts.items() if part is not schedule.parts.get(item)]
    retimed: set[str] = set()
    moved: set[str] = set()
    for item in changed:
        known = schedule.cue_times
        for cue, time in anew.parts[item].cue_times.items():
            stood = known.get(cue)
            if stood is not time:
                moved.add(cue)
                if stood is None or (stood.position_ns, stood.at_load) != (time.position_ns, time.at_load):
                    retimed.add(cue)
        yield
    rundown = lies_otherwise(schedule, anew, touched)
    places = run.places if anew.order is schedule.order else places_of(anew)
    yield
    hanging = _hanging_on(touched.cues, before, show)
    index = yield from run.index.edited(show, anew, places, choices, moved | touched.cues | hanging, rundown=rundown)
    later = lists
    if changed or rundown or touched.cues or touched.lists or touched.whole:
        later = yield from lists_after(None if touched.whole else lists, show, anew, places, changed, touched.cues)
    armed: dict[str, ArmedCue] = {}
    for number, cue in enumerate(touched.cues):
        if cue in show.cue_by_id:
            armed[cue] = arm_cue(show, show.cue_by_id[cue], patch, run.encoder, choices)
        if number % SLICE == SLICE - 1:
            yield
    return Rearm(
        inverse,
        show,
        touched,
        rundown,
        frozenset(retimed),
        frozenset(_leading_to(touched.cues | retimed, before, show)),
        patch,
        anew,
        places,
        index,
        later,
        armed,
        _hazard_cues(run, show, touched),
        choices,
        seen,
    )


def _hanging_on(cues: Iterable[str], before: Show, after: Show) -> set[str]:
    """Whether a group runs decides over everything in it."""
    found: set[str] = set()
    ahead = list(cues)
    while ahead:
        each = ahead.pop()
        for show in (before, after):
            for child in show.children.get(each, ()):
                if child not in found:
                    found.add(child)
                    ahead.append(child)
    return found


def _leading_to(cues: Iterable[str], before: Show, after: Show) -> set[str]:
    """The cues, and all that would run one of them: their leads hang on it."""
    found: set[str] = set()
    ahead = list(cues)
    while ahead:
        each = ahead.pop()
        if each in found:
            continue
        found.add(each)
        for show in (before, after):
            cue = show.cue_by_id.get(each)
            if cue is None:
                continue
            if cue.parent is not None:
                ahead.append(cue.parent)
            if cue.at.on == "after":
                ahead.append(cue.at.cue)
    return found


def _hazard_cues(run: RunState, show: Show, touched: Touched) -> tuple[Cue, ...]:
    kept = [cue for cue in run.hazard_cues if cue.id not in touched.cues]
    come = (show.cue_by_id.get(cue) for cue in touched.cues)
    new = [cue for cue in come if cue is not None and cue.hazard != "none"]
    if not new and len(kept) == len(run.hazard_cues):
        return run.hazard_cues
    return tuple(sorted([*kept, *new], key=lambda cue: show.cue_places[cue.id]))
