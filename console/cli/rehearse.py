"""``showcaller rehearse``: the whole evening on the virtual clock, and everything that would go wrong in it."""

from __future__ import annotations

from console.cli.check import check_joined, count_words, problem_lines
from console.cli.errors import SHOW_AT_FAULT, WELL, call_error
from console.cli.opening import join, open_show_aloud, open_venue
from console.cli.page import Page, json_text, lines_to_text, painted, printable
from console.loop.realtime import settle_memory
from console.plan.preflight import Report
from console.show.validate import validate
from console.vocabulary import Faults, RunKind
from console.wiring.casting import CastError, cast_devices, cast_faults
from console.wiring.virtual_evening import play_evening
from profiles.problems import has_errors, sorted_problems, verdict_of


def run_rehearse(
    show_name: str, venue_name: str, kind: RunKind, faults: Faults = (), *, as_json: bool, colour: bool
) -> Page:
    """The page; code 1 with FAIL. What preflight knows on paper stands in it too.

    A show with errors of its own is not played: the page says so, and lists them.
    """
    show, venue = open_show_aloud(show_name), open_venue(venue_name)
    problems = list(check_joined(show, (), venue).problems)
    played_s = 0.0
    if not has_errors(validate(show)):
        settle_memory()
        joined = join(show, venue)
        try:
            played = cast_faults(show, joined.patch, cast_devices(show, joined.patch, "all"), faults)
        except CastError as error:
            raise call_error(str(error)) from None
        found, played_s = play_evening(joined, kind, played)
        problems += found
    report = Report(verdict_of(problems), sorted_problems(dict.fromkeys(problems)))
    code = SHOW_AT_FAULT if report.verdict == "FAIL" else WELL
    if as_json:
        return Page(json_text({**report.to_json(), "played_s": round(played_s, 3)}), code)
    played_words = f"{played_s / 60:.0f} minutes played" if played_s else "not played: the show has errors"
    title = f"{show.title} in {venue.name}, {played_words}: {count_words(report.problems)}"
    lines = [
        f"{painted(report.verdict, colour=colour)}  {printable(title)}",
        *problem_lines(report.problems, colour=colour),
    ]
    return Page(lines_to_text(lines), code)
