"""``showcaller check``: preflight on paper. A verdict in a word, then every problem with its place and remedy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from console.cli.errors import CALL_AT_FAULT, SHOW_AT_FAULT, WELL, CommandError
from console.cli.opening import blame, join, show_path, user_folder, venue_blame, venue_text
from console.cli.page import Page, json_text, lines_to_text, painted, printable
from console.plan.preflight import Report, preflight
from console.show.show import Show
from console.show.show_file import read_show
from console.show.show_json import Loaded, ShowFileError
from console.show.validate import validate
from devices.ghost_check import machine_problems
from profiles.problems import Problem, Verdict, sorted_problems, verdict_of
from profiles.venue_library import load_venue
from profiles.venue_places import placed
from profiles.venue_profile import Venue


def run_check(show_name: str, venue_name: str, *, as_json: bool, colour: bool) -> Page:
    """The page; code 1 with FAIL. A file that cannot be understood fails with every fault in it.

    Raises CommandError where the call names what is not there.
    """
    loaded, show_problems = _read_show(show_name)
    venue, venue_problems = _read_venue(venue_name)
    titles = (loaded.show.title if loaded is not None else show_name, venue.name if venue is not None else venue_name)
    if loaded is not None and venue is not None:
        report = check_joined(loaded.show, show_problems, venue)
        report = replace(report, problems=placed(report.problems, *venue_text(venue_name)))
    else:
        problems = sorted_problems((*show_problems, *venue_problems))
        report = Report(verdict_of(problems), problems)
    code = SHOW_AT_FAULT if report.verdict == "FAIL" else WELL
    if as_json:
        return Page(json_text(report.to_json()), code)
    title = f"{titles[0]} in {titles[1]}: {count_words(report.problems)}"
    lines = [
        f"{painted(report.verdict, colour=colour)}  {printable(title)}",
        *problem_lines(report.problems, colour=colour),
    ]
    return Page(lines_to_text(lines), code)


def check_joined(show: Show, show_problems: Sequence[Problem], venue: Venue) -> Report:
    """Preflight, with what is to be said about the venue's device profiles."""
    joined = join(show, venue)
    report = preflight(show, (*show_problems, *validate(show)), venue, joined.patch, joined.encoder)
    profiles = {setup.profile.id: setup.profile for setup in joined.patch.devices.values()}
    machine = [problem for each in profiles.values() for problem in machine_problems(each, each.id)]
    problems = sorted_problems(dict.fromkeys((*joined.problems, *report.problems, *machine)))
    return Report(verdict_of(problems), problems)


def count_words(problems: Sequence[Problem]) -> str:
    """``2 errors, 1 warning, 3 notes``."""
    found = [problem.severity for problem in problems]
    counts = [(found.count(severity), severity) for severity in ("error", "warning", "note")]
    return ", ".join(f"{n} {word}{'s' if n > 1 else ''}" for n, word in counts if n) or "nothing to say"


def problem_lines(problems: Sequence[Problem], *, colour: bool, indent: str = "") -> list[str]:
    """Severity, place and message in columns; the remedy under the message."""
    places = [printable(problem.where) for problem in problems]
    wide = min(max(map(len, places), default=0), 60)
    lines: list[str] = []
    for problem, place in zip(problems, places, strict=True):
        severity = painted(f"{problem.severity:<7}", colour=colour)
        lines.append(f"{indent}{severity}  {place:<{wide}}  {printable(problem.message)}")
        if problem.remedy:
            lines.append(f"{indent}{'':7}  {'':{wide}}  → {printable(problem.remedy)}")
    return lines


def verdict_count_line(verdicts: Sequence[Verdict], what: str) -> str:
    """``25 profiles: 24 PASS, 1 WARN``: the last line where several things were checked."""
    words: tuple[Verdict, ...] = ("PASS", "WARN", "FAIL")
    counts = ", ".join(f"{verdicts.count(word)} {word}" for word in words if word in verdicts)
    return f"{len(verdicts)} {what}: {counts}"


def _read_show(name: str) -> tuple[Loaded | None, tuple[Problem, ...]]:
    path = show_path(name)
    try:
        loaded = read_show(path)
    except ShowFileError as error:
        if blame(path) == CALL_AT_FAULT:
            raise CommandError(str(error), CALL_AT_FAULT) from None
        return None, error.problems
    return loaded, loaded.problems


def _read_venue(name: str) -> tuple[Venue | None, tuple[Problem, ...]]:
    venue, problems = load_venue(name, user_folder("venues"))
    if venue is None and venue_blame(name) == CALL_AT_FAULT:
        raise CommandError(str(problems[0]), CALL_AT_FAULT)
    return venue, problems
