"""``showcaller venues line-check``: the line checks of a house, and walking one in the terminal.

What is sent is sent by the engine that runs, past its guards and into its record; here a person only reads and ticks.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

from console.cli.attached import Attached
from console.cli.errors import WELL, CommandError, call_error
from console.cli.opening import open_venue, state_folder
from console.cli.page import Page, columns, json_text, lines_to_text, printable
from console.record.line_checks import LineCheck, list_line_checks
from console.vocabulary import CheckDevice, Confirmed, LedgerRow, LineCard, LineTicked, Notice, TickLine

ANSWER_S: Final = 6.0
"""Longer than any profile lets a device take for its answer."""

KEYS: Final = "Enter sends (again) · y seen · n not seen · s skip · q ends; words behind a letter are the note"
_RESULTS: Final[dict[str, Literal["seen", "not_seen", "skipped"]]] = {"y": "seen", "n": "not_seen", "s": "skipped"}
WORDS: Final = {"answered": "answered", "seen": "seen", "not_seen": "NOT SEEN", "skipped": "skipped"}


def run_line_check(venue_name: str, *, as_json: bool) -> Page:
    """Every line check of a house, newest first; of the newest every line. Raises CommandError."""
    venue = open_venue(venue_name)
    checks = list_line_checks(state_folder() / "runs", venue.id)
    if as_json:
        return Page(json_text([check.model_dump(mode="json") for check in checks]))
    if not checks:
        return Page(f"{venue.name} was never walked: showcaller venues line-check {venue_name} --walk\n")
    return Page(lines_to_text([*_page(checks[0]), *(["", "Before that"] if checks[1:] else []), *_earlier(checks[1:])]))


def walk_lines(venue_name: str, socket: Path | None, by: str, read: Callable[[], str] = sys.stdin.readline) -> int:
    """Walk the house that is open in the engine. Ends with the last line, ``q``, or the end of input.

    Raises CommandError where no engine runs, or another house is open in it.
    """
    venue = open_venue(venue_name)
    with Attached(socket) as engine:
        here = engine.venue
        if here is None or here.id != venue.id:
            found = "no show is open" if here is None else f"{here.id} is open"
            raise call_error(f"{found} in the engine: open a show in {venue.id} first")
        _say(f"{here.name}: {len(here.lines)} lines", KEYS, "")
        for number, card in enumerate(here.lines, start=1):
            _say(*_heading(number, len(here.lines), card))
            if not _walk_line(engine, card, by, read):
                break
    return WELL


def _walk_line(engine: Attached, card: LineCard, by: str, read: Callable[[], str]) -> bool:
    """One line until it is ticked; a device that can answer is asked at once. False: the walk ends here."""
    if card.answers and _send(engine, card, by):
        return True
    while True:
        sys.stdout.write("  > ")
        sys.stdout.flush()
        typed = read()
        letter, _, note = typed.strip().partition(" ")
        if not typed or letter == "q":
            return False
        if letter in _RESULTS:
            engine.ask(TickLine(line=card.line, result=_RESULTS[letter], note=note.strip(), by=by))
            return True
        if letter:
            _say(f"  {KEYS}")
        elif _send(engine, card, by):
            return True


def _send(engine: Attached, card: LineCard, by: str) -> bool:
    """Send it once more; True where the device ticked itself."""
    if not card.sends:
        _say("  nothing is sent from here: look at it")
        return False
    try:
        engine.ask(CheckDevice(device=card.line, by=by))
    except CommandError as error:
        _say(f"  {error}")
        return False
    came = engine.hear(lambda notice: _outcome(card, notice), ANSWER_S, "heard of it")
    _say(f"  {came[1]}")
    return came[0]


def _outcome(card: LineCard, notice: Notice) -> tuple[bool, str] | None:
    """Whether the device ticked itself, and in what words; None for a notice that does not say."""
    match notice:
        case LineTicked(line=card.line, result="answered", answer_ms=took):
            ghost = " (a ghost: nothing is known of the device)" if notice.simulated else ""
            return True, f"answered after {took or 0:.1f} ms{ghost}"
        case Confirmed(device=card.line, result="unconfirmed" | "contradicted"):
            return False, f"{notice.result}: {notice.words}"
        case LedgerRow(device=card.line, trigger="line check"):
            if notice.sent_s is None or not card.answers:
                return False, f"{notice.outcome}; {card.see}" if notice.sent_s is not None else notice.outcome
    return None


def _heading(number: int, count: int, card: LineCard) -> list[str]:
    where = " · ".join(filter(None, (card.department, card.role, card.duty, card.profile, card.address)))
    lines = [f"{number}/{count}  {printable(card.name)}" + (f" ({card.line})" if card.name != card.line else "")]
    lines += [f"  {printable(where)}"] if where else []
    if card.hazard:
        lines.append(f"  a hazard ({card.hazard}): its own crew checks it")
    elif card.sends:
        lines += [f"  sends {printable(card.sends)}", *(f"        {packet}" for packet in card.wire)]
    return lines


def _page(check: LineCheck) -> list[str]:
    rows = [
        (
            WORDS[each.result],
            each.department,
            each.line,
            f"{each.answer_ms:.1f} ms" if each.answer_ms is not None else "",
            each.by if each.by != each.line else "",
            each.wall[11:16],
            "; ".join(filter(None, ("on a ghost" * each.simulated, each.note))),
        )
        for each in check.lines
    ]
    return [f"{check.name}: {check.words}", "", *columns(rows, right={3})]


def _earlier(checks: tuple[LineCheck, ...]) -> list[str]:
    return [f"  {check.date}  {check.well} of {check.of}" for check in checks]


def _say(*lines: str) -> None:
    for line in lines:
        print(line)
