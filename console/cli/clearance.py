"""Before ``engine --run performance``: preflight is run and printed; what fails stops it, unless a person goes on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from console.cli.check import check_lines, count_words, live_report
from console.cli.errors import SHOW_AT_FAULT, CommandError
from console.cli.opening import open_show, open_venue
from console.cli.page import lines_to_text, takes_colour
from console.plan.check_lines import lines_to_problems
from console.record.resuming import find_unfinished
from console.vocabulary import Ghosts, WentOn, lines_to_verdict

MEND: Final = "mend it, or go on in spite of it with --despite NAME, which is recorded"


def clear_performance(show_name: str, venue_name: str, ghosts: Ghosts, despite: str | None) -> WentOn | None:
    """Print what preflight warns of and fails; what is to be recorded where somebody goes on in spite of it.

    Raises CommandError where something fails and nobody does.
    """
    loaded, venue = open_show(show_name), open_venue(venue_name)
    lines = live_report(loaded.show, loaded.problems, venue, ghosts)
    wrong = [line for line in lines if line.word in ("fail", "warn")]
    failing = tuple(line for line in wrong if line.word == "fail")
    head = f"{lines_to_verdict(lines)}  preflight of {loaded.show.title} in {venue.name}: "
    page = [head + count_words(lines_to_problems(lines)), *check_lines(wrong, colour=takes_colour(sys.stdout))]
    sys.stdout.write(lines_to_text(page))
    sys.stdout.flush()
    if failing and despite is None:
        raise CommandError(f"preflight fails in {len(failing)} lines: {MEND}", SHOW_AT_FAULT)
    return WentOn(at_ns=0, by=despite or "", lines=failing) if failing else None


def goes_on(runs: Path) -> bool:
    """True where a run was cut off: it was cleared when it began, and nothing may hold it up now."""
    return runs.is_dir() and find_unfinished(runs) is not None
