"""``showcaller check``: preflight on paper, and live where it is asked for.

A verdict in a word, then every problem with its place and remedy; live, also what passes.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

from console.cli.errors import CALL_AT_FAULT, SHOW_AT_FAULT, WELL, CommandError, call_error
from console.cli.opening import blame, join, show_path, state_folder, user_folder, venue_blame, venue_text
from console.cli.page import Page, json_text, lines_to_text, painted, printable
from console.plan.check_lines import GROUPS, lines_to_problems
from console.plan.preflight import Report
from console.show.show import Show
from console.show.show_file import read_show
from console.show.show_json import Loaded, ShowFileError
from console.vocabulary import CheckLine, Ghosts, lines_to_verdict
from console.wiring.casting import CastError, cast_devices
from console.wiring.preflight import check_on_paper
from console.wiring.trial import look_live
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


def run_live_check(show_name: str, venue_name: str, ghosts: Ghosts, *, as_json: bool, colour: bool) -> Page:
    """Both halves: devices are opened and asked, ports tried, lines and timecode heard; nothing of the show is sent.

    Files that cannot be understood are the page of :func:`run_check`. Raises CommandError.
    """
    loaded, show_problems = _read_show(show_name)
    venue, _ = _read_venue(venue_name)
    if loaded is None or venue is None:
        return run_check(show_name, venue_name, as_json=as_json, colour=colour)
    lines = live_report(loaded.show, show_problems, venue, ghosts)
    lines = _with_places(lines, venue_name)
    verdict = lines_to_verdict(lines)
    code = SHOW_AT_FAULT if verdict == "FAIL" else WELL
    problems = lines_to_problems(lines)
    if as_json:
        passed = [line.model_dump(include={"code", "where", "message"}) for line in lines if line.word == "pass"]
        return Page(json_text({**Report(verdict, problems).to_json(), "passed": passed}), code)
    title = f"{loaded.show.title} in {venue.name}: {count_words(problems)}"
    head = f"{painted(verdict, colour=colour)}  {printable(title)}"
    return Page(lines_to_text([head, *check_lines(lines, colour=colour)]), code)


def live_report(show: Show, show_problems: Sequence[Problem], venue: Venue, ghosts: Ghosts) -> tuple[CheckLine, ...]:
    """Every line of both halves; how far it is, is told on standard error where somebody looks. Raises CommandError."""
    joined = join(show, venue)
    try:
        modes = cast_devices(show, joined.patch, ghosts)
        folder = state_folder() / "runs"
        return look_live(joined, modes, folder, show_problems=show_problems, moved=_tell_moved)
    except CastError as error:
        raise call_error(f"--ghost: {error}") from None
    except OSError as error:
        raise CommandError(f"the house cannot be looked at: {error}") from None


def check_lines(lines: Sequence[CheckLine], *, colour: bool) -> list[str]:
    """Every line under its group, the remedy below it."""
    wide = min(max((len(printable(line.where)) for line in lines), default=0), 44)
    written: list[str] = []
    for group, title in GROUPS.items():
        inside = [line for line in lines if line.group == group]
        written += ["", title] if inside else []
        for line in inside:
            word = painted(f"{line.word.upper():<4}", colour=colour)
            written.append(f"{word}  {printable(line.where):<{wide}}  {printable(line.message)}")
            if line.remedy:
                written.append(f"{'':4}  {'':{wide}}  → {printable(line.remedy)}")
    return written


def _with_places(lines: Sequence[CheckLine], venue_name: str) -> tuple[CheckLine, ...]:
    """The same with the line of the venue's file behind what stands in it."""
    text, file = venue_text(venue_name)

    def with_place(line: CheckLine) -> CheckLine:
        for problem in placed(lines_to_problems([line]), text, file):
            return line.model_copy(update={"where": problem.where})
        return line

    return tuple(map(with_place, lines))


def _tell_moved(done: int, total: int, what: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{done}/{total} {what}" if done + 1 < total else "\r\x1b[K")
        sys.stderr.flush()


def check_joined(show: Show, show_problems: Sequence[Problem], venue: Venue) -> Report:
    """The check on paper of a show in a house."""
    return check_on_paper(join(show, venue), show_problems)


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
