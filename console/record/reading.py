"""Reading an as-run back, whether its run has ended, still goes on, or was killed; and writing it out as text."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter

from console.record.as_run_schema import CARD_FIELDS, NOTE_FIELDS, ROW_FIELDS, AsRunError, check_file
from console.record.run_card import RunCard
from console.vocabulary import LedgerRow, Notice, Request, TakeNote

COLUMNS: Final = (
    "seq",
    "item",
    "cue",
    "role",
    "device",
    "command",
    "cue_s",
    "due_s",
    "sent_s",
    "late_us",
    "outcome",
    "by",
    "trigger",
    "count",
    "confirmed",
    "answered_s",
)
"""What is printed of a row, in this order."""

_SECONDS: Final = ("cue_s", "due_s", "sent_s", "answered_s")

_REQUEST: TypeAdapter[Request] = TypeAdapter(Request)
_NOTICE: TypeAdapter[Notice] = TypeAdapter(Notice)


def read_runs(path: Path) -> tuple[RunCard, ...]:
    """The runs of a file, oldest first. Raises :class:`AsRunError`."""
    with _reading(path) as connection:
        found = _query(connection, path, f"SELECT {', '.join(CARD_FIELDS)} FROM runs ORDER BY rowid")  # noqa: S608
        return tuple(RunCard.model_validate(dict(zip(CARD_FIELDS, each, strict=True))) for each in found)


def read_as_run(path: Path, run: str | None = None) -> Iterator[LedgerRow]:
    """The rows of a run (None: the last in the file) by due time, then number. Raises :class:`AsRunError`."""
    with _reading(path) as connection:
        query = f"SELECT {', '.join(ROW_FIELDS)} FROM rows WHERE run = ? ORDER BY due_s, seq"  # noqa: S608
        for each in _query(connection, path, query, _run_id(connection, path, run)):
            yield LedgerRow.model_validate(dict(zip(ROW_FIELDS, each, strict=True)))


def read_requests(path: Path, run: str | None = None) -> Iterator[tuple[int | None, Request, str | None]]:
    """(ns since the run began, request, why it was refused or None) in the order they were asked."""
    with _reading(path) as connection:
        query = "SELECT at_ns, kind, refused, body FROM requests WHERE run = ? ORDER BY id"
        for at_ns, kind, refused, body in _query(connection, path, query, _run_id(connection, path, run)):
            yield at_ns, _REQUEST.validate_python({"kind": kind, **json.loads(body)}), refused


def read_facts(path: Path, run: str | None = None) -> Iterator[Notice]:
    """Every notice of a run but rows and answers, in order."""
    with _reading(path) as connection:
        query = "SELECT kind, body FROM facts WHERE run = ? ORDER BY id"
        for kind, body in _query(connection, path, query, _run_id(connection, path, run)):
            yield _NOTICE.validate_python({"kind": kind, **json.loads(body)})


def read_notes(path: Path, run: str | None = None) -> Iterator[TakeNote]:
    """What was marked in a run, in order. Raises :class:`AsRunError`."""
    with _reading(path) as connection:
        fields = ("id", *NOTE_FIELDS, "done")
        query = f"SELECT {', '.join(fields)} FROM notes WHERE run = ? ORDER BY at_ns, id"  # noqa: S608
        for each in _query(connection, path, query, _run_id(connection, path, run)):
            yield TakeNote.model_validate(dict(zip(fields, each, strict=True)))


def as_run_to_json(rows: Iterable[LedgerRow]) -> Iterator[str]:
    """One JSON object a row, on one line each; seconds to the microsecond."""
    for row in rows:
        yield json.dumps(dict(zip(COLUMNS, _cells(row), strict=True)), ensure_ascii=False)


def as_run_to_csv(rows: Iterable[LedgerRow]) -> Iterator[str]:
    """The header, then a line a row; what is not known is empty."""
    yield ",".join(COLUMNS)
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow(_cells(row))
        yield line.getvalue().removesuffix("\r\n")


def _cells(row: LedgerRow) -> list[object]:
    found = [(name, getattr(row, name)) for name in COLUMNS]
    return [round(value, 6) if name in _SECONDS and value is not None else value for name, value in found]


def _reading(path: Path) -> closing[sqlite3.Connection]:
    if path.is_dir():
        raise AsRunError(f"{path}: is a folder; give a file that showcaller play --as-run has written")
    if not path.is_file():
        raise AsRunError(f"{path}: no such file; give one that showcaller play --as-run has written")
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            check_file(connection, path)
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise AsRunError(f"{path} cannot be read ({error}): give a file that showcaller has written") from error
    return closing(connection)


def _run_id(connection: sqlite3.Connection, path: Path, run: str | None) -> str:
    wanted = "" if run is None else "WHERE run = ?"
    query = f"SELECT run FROM runs {wanted} ORDER BY rowid DESC LIMIT 1"  # noqa: S608  one of the two texts above
    found = next(_query(connection, path, query, *(() if run is None else (run,))), None)
    if found is None:
        raise AsRunError(f"{path} has no run {run}" if run is not None else f"{path} holds no run")
    return str(found[0])


def _query(connection: sqlite3.Connection, path: Path, query: str, *values: str) -> Iterator[tuple[Any, ...]]:
    try:
        yield from connection.execute(query, values)
    except sqlite3.Error as error:
        raise AsRunError(f"{path} is damaged ({error}): copy what sqlite3's .recover finds of it") from error
