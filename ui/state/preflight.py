"""The preflight report as it is read: its lines under their groups, what of them is seen, and what a person goes on in
spite of. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from console.plan.check_lines import GROUPS, report_to_text
from console.vocabulary import CheckLine, CheckWord, PreflightMoved, PreflightReport
from ui.state.desk import Desk
from ui.state.words import Mark

MARKS: Final[dict[CheckWord, Mark]] = {
    "fail": Mark("Fail", "octagon", "stop"),
    "warn": Mark("Warn", "triangle", "caution"),
    "note": Mark("Note", "question", "plain"),
    "pass": Mark("Pass", "tick", "quiet"),
}
TITLES: Final[dict[CheckWord, tuple[str, str]]] = {
    "fail": ("to be mended", "or gone on in spite of, by name"),
    "warn": ("to be looked at", "before doors"),
    "note": ("worth knowing", "or beyond what can be known here"),
    "pass": ("well", "looked at, and nothing to say"),
}
"""What each word means to a reader: the count is *of lines*."""

FRESH: Final = timedelta(minutes=15)
"""A report older than this is of another hour; the engine begins no performance by it."""


@dataclass(frozen=True, slots=True)
class GroupHead:
    """The row above a group's lines: how many of them are to be mended, and how many looked at."""

    title: str
    fails: int
    warns: int


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the report."""

    line: CheckLine
    mark: Mark


Row = GroupHead | LineRow


@dataclass(frozen=True, slots=True)
class ReportFace:
    """The head of the page. ``done``, ``total``: how far a look is; 0 of 0 where none goes on."""

    verdict: str
    mark: Mark | None
    words: str
    done: int = 0
    total: int = 0


def report_rows(report: PreflightReport | None, only: CheckWord | None, *, wrong: bool = False) -> tuple[Row, ...]:
    """The lines under their groups, what has to be mended first.

    ``only`` one word of them; ``wrong``: what fails and warns.
    """
    if report is None:
        return ()
    rows: list[Row] = []
    gravest = {
        group: min((list(MARKS).index(line.word) for line in _inside(report, group)), default=9) for group in GROUPS
    }
    for group in sorted(GROUPS, key=lambda each: gravest[each]):
        inside = _inside(report, group)
        seen = [line for line in inside if (only is None or line.word == only) and not (wrong and line.word in QUIET)]
        if seen:
            words = [line.word for line in inside]
            rows.append(GroupHead(GROUPS[group], words.count("fail"), words.count("warn")))
            rows += [LineRow(line, MARKS[line.word]) for line in seen]
    return tuple(rows)


QUIET: Final = ("note", "pass")


def _inside(report: PreflightReport, group: str) -> list[CheckLine]:
    return [line for line in report.lines if line.group == group]


def counts(report: PreflightReport | None) -> dict[CheckWord, int]:
    """How many lines have each word, the gravest first."""
    words = [] if report is None else [line.word for line in report.lines]
    return {word: words.count(word) for word in MARKS}


def failing(report: PreflightReport | None) -> tuple[CheckLine, ...]:
    """What a person has to go on in spite of, if a performance is to begin now."""
    return () if report is None else tuple(line for line in report.lines if line.word == "fail")


def report_face(desk: Desk, moved: PreflightMoved | None) -> ReportFace:
    """What stands above the lines: the verdict and when it was made, or how far a look is."""
    report = desk.report
    if moved is not None:
        words = f"Looking at {moved.looking_at}: {moved.done} of {moved.total} done"
        return ReportFace("", None, words, moved.done, moved.total)
    if report is None:
        return ReportFace("", None, "Nothing has been looked at yet")
    if report.cut_short and not report.lines:
        return ReportFace("", None, f"Not finished: {report.cut_short}")
    mark = MARKS["fail" if report.verdict == "FAIL" else "warn" if report.verdict == "WARN" else "pass"]
    when = datetime.fromisoformat(report.wall)
    words = f"{when:%H:%M:%S}, asked by {report.by}"
    if report.cut_short:
        words += f" · the last look was not finished: {report.cut_short}"
    elif is_stale(desk):
        words += " · of another hour, or of the show before an edit: look again"
    return ReportFace(report.verdict, mark, words)


def is_stale(desk: Desk) -> bool:
    """True where a performance cannot begin by the report: there is none, it is old, or the show was edited since."""
    report, snapshot = desk.report, desk.snapshot
    if report is None or snapshot is None or report.revision != desk.revision:
        return True
    return datetime.fromisoformat(snapshot.wall) - datetime.fromisoformat(report.wall) > FRESH


def report_text(desk: Desk) -> str:
    """The whole report, to be mailed or printed."""
    title = "" if desk.show is None else f"{desk.show.title} in {desk.venue}"
    when = "" if desk.report is None else f", {desk.report.wall}"
    return report_to_text(f"{title}{when}", () if desk.report is None else desk.report.lines)
