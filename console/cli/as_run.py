"""``showcaller as-run``: the record of a run, by due time, for a person, a sheet or a program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from console.cli.errors import CommandError
from console.cli.opening import blame
from console.cli.page import Page, columns, lines_to_text, printable
from console.record.as_run_schema import AsRunError
from console.record.reading import as_run_to_csv, as_run_to_json, read_as_run, read_runs
from console.record.run_card import RunCard
from console.vocabulary import LedgerRow


def run_as_run(path: Path, *, as_csv: bool, as_json: bool) -> Page:
    """The last run of the file. Raises CommandError."""
    try:
        runs = read_runs(path)
        rows = list(read_as_run(path))
    except AsRunError as error:
        raise CommandError(str(error), blame(path)) from None
    if as_json:
        return Page(lines_to_text(as_run_to_json(rows)))
    if as_csv:
        return Page(lines_to_text(as_run_to_csv(rows)))
    return Page(lines_to_text([printable(_head(runs, rows)), *_table(rows)]))


def _head(runs: Sequence[RunCard], rows: Sequence[LedgerRow]) -> str:
    card = runs[-1]
    others = f", the last of {len(runs)} runs in the file" if len(runs) > 1 else ""
    sent = sum(row.sent_s is not None for row in rows)
    about = f"{card.title} in {card.venue}, {card.kind} {card.run} of {card.started}{others}"
    return f"{about}: {len(rows)} rows, {sent} sent"


def _table(rows: Sequence[LedgerRow]) -> Iterator[str]:
    head = ("due", "late", "outcome", "the device", "cue", "device", "command", "by", "trigger")
    yield from columns([head, *(_row(row) for row in rows)], right={0, 1})


def _row(row: LedgerRow) -> tuple[str, ...]:
    late = f"{row.late_us / 1000:+.2f} ms" if row.late_us is not None else ""
    command = row.command + (f" × {row.count}" if row.count > 1 else "")
    return (
        _clock(row.due_s),
        late,
        row.outcome,
        row.confirmed,
        row.cue or "",
        row.device or row.role or "",
        command,
        row.by,
        row.trigger,
    )


def _clock(seconds: float) -> str:
    """``1:02:03.456`` of the run; a moment before its start has a minus."""
    ms = round(abs(seconds) * 1000)
    sign = "-" if seconds < 0 and ms else ""
    return f"{sign}{ms // 3_600_000}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"
