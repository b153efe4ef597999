"""The lines of a preflight report: problems in their groups, what is well said too, some of them looked at again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from console.vocabulary import CheckLine, CheckWord, lines_to_verdict
from profiles.problems import Problem, ProblemSeverity

WORDS: Final[dict[ProblemSeverity, CheckWord]] = {"error": "fail", "warning": "warn", "note": "note"}

GROUPS: Final = {
    "files": "Files and profiles",
    "show": "The show",
    "roles": "Roles, verbs and maps",
    "devices": "Devices",
    "network": "Ports and networks",
    "timecode": "Timecode and clock",
    "disk": "Disk",
    "safety": "Hazards and safe lists",
}
"""Every group with its title, in the order of the report."""

_PLACES: Final = (
    ("show.file", "files"),
    ("show.timecode", "timecode"),
    ("show.hazard", "safety"),
    ("show.once", "safety"),
    ("show", "show"),
    ("profile", "files"),
    ("venue.file", "files"),
    ("venue.json", "files"),
    ("venue.device.port", "network"),
    ("venue.device.network", "network"),
    ("venue.device.shared", "network"),
    ("venue.device.transport", "network"),
    ("venue.sim_port", "network"),
    ("venue.remote", "network"),
    ("venue.device", "devices"),
    ("venue.timecode", "timecode"),
    ("venue.rate", "timecode"),
    ("venue.input", "safety"),
    ("venue.safe", "safety"),
    ("venue.strobe", "safety"),
    ("venue.curfew", "show"),
    ("cue.flash", "safety"),
    ("venue", "roles"),
    ("cue", "roles"),
)
"""What the codes of the check on paper begin with, and the group each stands in; the first that fits counts."""

_WELL: Final = {
    "files": "show, house and profiles are read",
    "show": "every cue, item and song holds together",
    "roles": "what the cues ask is bound, and every verb has its bytes",
    "devices": "every device can be set up, and none is below the tier the show asks for",
    "network": "no two devices share an address or a port",
    "timecode": "rates and labels fit the house",
    "safety": "hazards are guarded, and every safe list can be sent",
}

WELL_CODE: Final = "paper"
MENDED: Final = "there is nothing to say of it any more"

_RANK: Final[dict[CheckWord, int]] = {"fail": 0, "warn": 1, "note": 2, "pass": 3}


def problems_to_lines(problems: Iterable[Problem]) -> tuple[CheckLine, ...]:
    """The check on paper as lines; a group in which nothing is wrong says so in one."""
    lines = [
        CheckLine(
            code=problem.code,
            group=_group(problem.code),
            where=problem.where,
            word=WORDS[problem.severity],
            message=problem.message,
            remedy=problem.remedy,
        )
        for problem in problems
    ]
    wrong = {line.group for line in lines if line.word in ("fail", "warn")}
    lines += [
        CheckLine(code=f"{WELL_CODE}.{group}", group=group, where="on paper", word="pass", message=words)
        for group, words in _WELL.items()
        if group not in wrong
    ]
    return tuple(lines)


def lines_to_problems(lines: Iterable[CheckLine]) -> tuple[Problem, ...]:
    """What is wrong or worth knowing, as problems; what passes is left out."""
    severities = {word: severity for severity, word in WORDS.items()}
    return tuple(
        Problem(severities[line.word], line.code, line.where, line.message, line.remedy)
        for line in lines
        if line.word != "pass"
    )


def in_order(lines: Iterable[CheckLine]) -> tuple[CheckLine, ...]:
    """By group, and within a group the gravest first."""
    places = list(GROUPS)
    return tuple(sorted(lines, key=lambda line: (places.index(line.group), _RANK[line.word])))


def lines_again(before: Sequence[CheckLine], looked_at: Iterable[CheckLine], keys: Collection[str]) -> list[CheckLine]:
    """A report in which the lines of ``keys`` were looked at again; one of which nothing is said any more passes."""
    found = [line for line in looked_at if line.key in keys]
    said = {line.key for line in found}
    mended = {
        line.key: line.model_copy(update={"word": "pass", "message": MENDED, "remedy": ""})
        for line in before
        if line.key in keys and line.key not in said
    }
    return [*(line for line in before if line.key not in keys), *found, *mended.values()]


def report_to_text(title: str, lines: Sequence[CheckLine]) -> str:
    """The report to be mailed or printed: a verdict, then every line under its group, the remedy below it."""
    written = [f"{lines_to_verdict(tuple(lines))}  {title}"]
    for group, heading in GROUPS.items():
        inside = [line for line in lines if line.group == group]
        if not inside:
            continue
        written += ["", heading]
        for line in inside:
            written.append(f"  {line.word.upper():<4}  {line.where}: {line.message}")
            if line.remedy:
                written.append(f"        -> {line.remedy}")
    return "\n".join(written) + "\n"


def _group(code: str) -> str:
    return next((group for start, group in _PLACES if f"{code}.".startswith(f"{start}.")), "show")
