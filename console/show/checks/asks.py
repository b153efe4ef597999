"""What cues ask of their roles: verbs, arguments, fades and hazards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from console.show.checks.survey import Survey, error, place, warning
from console.show.cues import ChoiceTable, Cue, Hazard, Scalar, Step
from profiles.near_names import near_words
from profiles.problems import Problem
from profiles.verbs import CATALOGUE, Kind, Verb, args_problems, value_problem

_RANK: Mapping[Hazard, int] = {"none": 0, "low": 1, "high": 2}


def _steps(survey: Survey) -> Iterator[tuple[Cue, Step, Verb]]:
    """Every step whose verb is known, with its cue."""
    for cue in survey.show.cues:
        for step in cue.steps:
            verb = CATALOGUE.get(step.verb)
            if verb is not None:
                yield cue, step, verb


def check_verbs(survey: Survey) -> Iterator[Problem]:
    """``show.verb.unknown``, ``show.verb.undeclared``: verbs outside the catalogue, or outside what the role takes."""
    for cue in survey.show.cues:
        role = survey.show.role_by_id.get(cue.role) if cue.role is not None else None
        for name in dict.fromkeys(step.verb for step in cue.steps):
            if name not in CATALOGUE:
                message = f"no verb is called {name!r}"
                yield error("show.verb.unknown", place(cue), message, near_words(name, CATALOGUE))
            elif role is not None and name not in role.verbs:
                message = f"role {role.id} does not declare {name}"
                yield error("show.verb.undeclared", place(cue), message, "add it to the role, or ask another")
    for each in survey.show.roles:
        for name in each.verbs:
            if name not in CATALOGUE:
                message = f"it declares {name!r}, which no verb is called"
                yield error("show.verb.unknown", f"role {each.id}", message, near_words(name, CATALOGUE))


def check_args(survey: Survey) -> Iterator[Problem]:
    """``show.step.args``: arguments missing, unknown, of the wrong type or out of range; tables value by value."""
    for cue, step, verb in _steps(survey):
        faults = dict.fromkeys(fault for args in _plain_args(step, verb) for fault in args_problems(verb, args))
        for fault in faults:
            message, _, remedy = fault.rpartition(": ")
            yield error("show.step.args", place(cue), f"{verb.name}: {message}", remedy)


def _plain_args(step: Step, verb: Verb) -> Iterator[dict[str, Scalar]]:
    """The arguments with tables resolved: enough combinations that every value of every table comes once."""
    plain = {name: value for name, value in step.args.items() if not isinstance(value, ChoiceTable)}
    if step.points and verb.fade_arg:
        plain.setdefault(verb.fade_arg, step.points[-1].value)
    tables = {name: tuple(value.table.values()) for name, value in step.args.items() if isinstance(value, ChoiceTable)}
    for n in range(max((len(values) for values in tables.values()), default=1)):
        yield plain | {name: values[min(n, len(values) - 1)] for name, values in tables.items() if values}


def check_tables(survey: Survey) -> Iterator[Problem]:
    """``show.step.table``: a table says something for every value of its choice, and for no other."""
    for cue in survey.show.cues:
        for step in cue.steps:
            for name, value in step.args.items():
                choice = survey.choices.get(value.choice) if isinstance(value, ChoiceTable) else None
                if choice is None or not isinstance(value, ChoiceTable):
                    continue
                missing = [each for each in choice.values if each not in value.table]
                extra = [each for each in value.table if each not in choice.values]
                where = place(cue)
                if missing:
                    message = f"{step.verb}: {name} has nothing for {', '.join(missing)} of choice {choice.id}"
                    yield error("show.step.table", where, message, "add it to the table")
                if extra:
                    message = f"{step.verb}: {name} has a value for {', '.join(extra)}, which choice {choice.id} lacks"
                    yield error("show.step.table", where, message, "remove it, or add the value to the choice")


def check_fades(survey: Survey) -> Iterator[Problem]:
    """``show.step.fade``: points and fades on what can travel, points in rising order and in range."""
    for cue, step, verb in _steps(survey):
        if step.fade_s is not None and verb.kind is Kind.TRIGGER:
            message = f"{verb.name} happens at once, its fade has no effect"
            yield warning("show.step.fade", place(cue), message, "give it a length instead")
        if not step.points:
            continue
        fade_arg = verb.find_arg(verb.fade_arg) if verb.fade_arg else None
        if fade_arg is None:
            message = f"{verb.name} has no value that travels, yet the step has points"
            yield error("show.step.fade", place(cue), message, "remove the points")
            continue
        if step.fade_s is not None:
            message = f"{verb.name} has both a fade and points"
            yield error("show.step.fade", place(cue), message, "keep one of them")
        offsets = [point.offset_s for point in step.points]
        if offsets != sorted(set(offsets)):
            yield error("show.step.fade", place(cue), f"{verb.name}: its points do not rise in time", "sort them")
        for fault in dict.fromkeys(value_problem(fade_arg, point.value) for point in step.points):
            if fault is not None:
                message, _, remedy = fault.rpartition(": ")
                yield error("show.step.fade", place(cue), f"{verb.name}: a point's {message}", remedy)


def check_hazards(survey: Survey) -> Iterator[Problem]:
    """``show.hazard.*``: what is dangerous says so, and what is highly dangerous is armed."""
    for cue in survey.show.cues:
        where = place(cue)
        role = survey.show.role_by_id.get(cue.role) if cue.role is not None else None
        asks_hazard = any(verb.hazardous for step in cue.steps if (verb := CATALOGUE.get(step.verb)) is not None)
        if role is not None and asks_hazard and _RANK[cue.hazard] < _RANK[role.hazard]:
            message = f"role {role.id} is a {role.hazard} hazard, the cue says {cue.hazard}"
            yield error("show.hazard.understated", where, message, f"set its hazard to {role.hazard}")
        if cue.hazard == "high" and not cue.arm:
            message = "it is a high hazard that nobody arms"
            yield error("show.hazard.unarmed", where, message, "name the roles that arm it")
        if cue.hazard != "high" and (cue.arm or cue.arm_window_s is not None):
            message = f"it is to be armed, yet its hazard is {cue.hazard}"
            yield error("show.hazard.idle_arm", where, message, "set its hazard to high, or remove the arming")
        if cue.hazard != "none" and cue.late == "fire":
            message = "it is a hazard that would fire however late"
            yield warning("show.hazard.late", where, message, "let it skip or ask")
        if cue.once_per_show and cue.hazard == "none":
            message = "it may run once in a show, yet it is no hazard"
            yield warning("show.once.harmless", where, message, "set its hazard, or let it run again")
