"""Takes on disk: which there are, what is in one, and ticking off its notes. Any as-run can be read as a take."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from console.plan.schedule import Schedule
from console.record.as_run_schema import AsRunError, check_file
from console.record.reading import read_as_run, read_facts, read_notes, read_requests, read_runs
from console.record.run_card import RunCard
from console.rehearsal.script import Script, make_script
from console.rehearsal.sheet import make_sheet
from console.show.show import Show
from console.vocabulary import Pressed, TakeCard, TakeSheet, TransportChanged

SUFFIX: Final = ".take"


def find_takes(folder: Path, show: str | None = None) -> tuple[list[tuple[Path, TakeCard]], list[str]]:
    """The takes in a folder, of one show or of all, the newest first; and a line for each file that cannot be read."""
    found: list[tuple[Path, TakeCard]] = []
    problems: list[str] = []
    for path in sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else ():
        try:
            card = read_runs(path)[-1]
            if show is None or card.show == show:
                found.append((path, read_card(path)))
        except (AsRunError, IndexError) as error:
            problems.append(str(error) or f"{path} holds no run")
    found.sort(key=lambda each: (each[1].began, each[1].take), reverse=True)
    return found, problems


def read_card(path: Path) -> TakeCard:
    """A file's last run as a take. Raises AsRunError."""
    run = _last_run(path)
    facts = list(read_facts(path))
    notes = list(read_notes(path))
    ended_ns = max([run.began_ns, *(fact.at_ns for fact in facts)])
    where = next((fact.item for fact in facts if isinstance(fact, TransportChanged) and fact.state == "rolling"), None)
    return TakeCard(
        run=run.run,
        take=run.take,
        label=run.label,
        kind=run.kind,
        show=run.show,
        title=run.title,
        venue=run.venue,
        began=(datetime.fromisoformat(run.started) + timedelta(microseconds=run.began_ns / 1000)).isoformat(),
        item=where,
        seconds=(ended_ns - run.began_ns) / 1e9,
        presses=sum(isinstance(fact, Pressed) for fact in facts),
        notes=len(notes),
        open_notes=sum(not note.done for note in notes),
    )


def read_sheet(path: Path, show: Show, schedule: Schedule) -> TakeSheet:
    """What there is to compare of a take, beside the show as it is now. Raises AsRunError."""
    asked, rows, notes = list(read_requests(path)), read_as_run(path), list(read_notes(path))
    return make_sheet(read_card(path), show, schedule, asked, list(read_facts(path)), rows, notes)


def read_script(path: Path) -> Script:
    """What came in, to be played again. Raises AsRunError."""
    return make_script(_last_run(path).began_ns, read_requests(path), read_facts(path))


def tick_note(path: Path, note: int, *, done: bool) -> None:
    """A note is done with, or is not after all. Waits for the disk. Raises AsRunError."""
    _last_run(path)
    try:
        with closing(sqlite3.connect(path)) as connection, connection:
            check_file(connection, path)
            ticked = connection.execute("UPDATE notes SET done = ? WHERE id = ?", (int(done), note)).rowcount
    except sqlite3.Error as error:
        raise AsRunError(f"{path}: note {note} cannot be ticked off ({error}): is the file yours to write?") from error
    if not ticked:
        raise AsRunError(f"{path} has no note {note}: see showcaller takes notes {path}")


def _last_run(path: Path) -> RunCard:
    runs: Iterable[RunCard] = read_runs(path)
    for run in reversed(tuple(runs)):
        return run
    raise AsRunError(f"{path} holds no run")
