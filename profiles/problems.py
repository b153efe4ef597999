"""What is wrong with a profile, a venue or a show, in words an operator can act on.

Loaders and checks never raise at bad input: they return :class:`Problem` values, all of them, so that a page of
mistakes is mended in one go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

ProblemSeverity = Literal["error", "warning", "note"]
Verdict = Literal["PASS", "WARN", "FAIL"]

_RANK: dict[ProblemSeverity, int] = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where it stands, what it is and what to do about it.

    ``code`` is stable and dotted (``profile.schema``, ``venue.role.unbound``); ``where`` names file and line, device,
    role or cue; ``message`` and ``remedy`` are one plain line each.
    """

    severity: ProblemSeverity
    code: str
    where: str
    message: str
    remedy: str

    def __str__(self) -> str:
        """One line: what, where, what to do."""
        remedy = f": {self.remedy}" if self.remedy else ""
        return f"{self.where}: {self.message}{remedy}"


@dataclass(slots=True)
class Problems:
    """Collects problems while a check runs; iterate it, or take :meth:`listed`."""

    found: list[Problem] = field(default_factory=list)

    def error(self, code: str, where: str, message: str, remedy: str) -> None:
        """Must be mended: the thing cannot be used as it stands."""
        self.found.append(Problem("error", code, where, message, remedy))

    def warning(self, code: str, where: str, message: str, remedy: str) -> None:
        """Can be used, but somebody should look before doors."""
        self.found.append(Problem("warning", code, where, message, remedy))

    def note(self, code: str, where: str, message: str, remedy: str) -> None:
        """Worth knowing: nothing that has to be mended, but something to look at or to decide."""
        self.found.append(Problem("note", code, where, message, remedy))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take over what another check found."""
        self.found.extend(problems)

    def listed(self) -> tuple[Problem, ...]:
        """Everything found, errors first, otherwise in the order of finding."""
        return sorted_problems(self.found)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __bool__(self) -> bool:
        return bool(self.found)


def sorted_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Errors, then warnings, then notes; the order within each is kept."""
    return tuple(sorted(problems, key=lambda problem: _RANK[problem.severity]))


def has_errors(problems: Iterable[Problem]) -> bool:
    """True where at least one problem must be mended first."""
    return any(problem.severity == "error" for problem in problems)


def verdict_of(problems: Iterable[Problem]) -> Verdict:
    """FAIL with an error, WARN with a warning, PASS otherwise (notes do not count)."""
    severities = {problem.severity for problem in problems}
    if "error" in severities:
        return "FAIL"
    return "WARN" if "warning" in severities else "PASS"


def under(where: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The same problems with ``where`` put before their own place."""
    return tuple(
        replace(problem, where=f"{where}: {problem.where}" if problem.where else where) for problem in problems
    )
