"""Preflight as it travels: what is asked, how far it is, and the report, a line for each thing looked at."""

from __future__ import annotations

from typing import Literal

from console.vocabulary.words import Asked, Fact, Word

CheckWord = Literal["pass", "note", "warn", "fail"]
"""A line: well; well, and worth knowing or beyond what can be known here; to be looked at; to be mended first."""

Verdict = Literal["PASS", "WARN", "FAIL"]


class CheckLine(Word):
    """One thing that was looked at. ``code`` is stable and dotted; ``where`` names file, role, device, port or cue."""

    code: str
    group: str
    where: str
    word: CheckWord
    message: str
    remedy: str = ""

    @property
    def key(self) -> str:
        """What it is asked for by, to be looked at again."""
        return f"{self.code} {self.where}"


def lines_to_verdict(lines: tuple[CheckLine, ...]) -> Verdict:
    """FAIL with a line that fails, WARN with one that warns, PASS otherwise (notes do not count)."""
    words = {line.word for line in lines}
    return "FAIL" if "fail" in words else "WARN" if "warn" in words else "PASS"


class Preflight(Asked):
    """Check show and house, what stands and what answers; answered by a ``PreflightReport`` when it is done.

    ``lines``: keys of lines of the last report that are looked at again, and nothing else; none: everything.
    """

    kind: Literal["preflight"] = "preflight"
    lines: tuple[str, ...] = ()


class CancelPreflight(Asked):
    """Look no further; the last report stands."""

    kind: Literal["cancel_preflight"] = "cancel_preflight"


class PreflightMoved(Fact):
    """A preflight goes on: ``done`` of ``total`` checks, and what is looked at now."""

    kind: Literal["preflight_moved"] = "preflight_moved"
    done: int
    total: int
    looking_at: str


class PreflightReport(Fact):
    """A preflight is done: every line, also where only some of them were looked at again.

    ``revision`` is the show's that was checked. ``cut_short`` says why it was not finished: the lines of the report
    before stand then.
    """

    kind: Literal["preflight_report"] = "preflight_report"
    verdict: Verdict
    lines: tuple[CheckLine, ...]
    revision: int
    wall: str  # ISO 8601, when it was done
    by: str
    cut_short: str = ""


class WentOn(Fact):
    """A performance was begun in spite of ``lines``, which preflight fails and ``by`` acknowledged."""

    kind: Literal["went_on"] = "went_on"
    by: str
    lines: tuple[CheckLine, ...]
