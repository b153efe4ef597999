"""The as-run on disk: what really happened in a run, one SQLite file that several runs may share.

Written by a thread of its own every quarter of a second and synced each time, so that a killed process loses less than
that, and a power cut no more. Takes of rehearsals are the same file under another name.
"""

from __future__ import annotations

import logging
import sqlite3
from collections import deque
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from console.record.run_card import RunCard
from console.record.writer import Writer
from console.vocabulary import Answered, Confirmed, LedgerRow, Notice, Request, Snapshot

_log = logging.getLogger(__name__)

PERIOD_S: Final = 0.25

APPLICATION_ID: Final = 0x53484F57  # "SHOW", in the file's header
SCHEMA_VERSION: Final = 2

ROW_FIELDS: Final = tuple(name for name in LedgerRow.model_fields if name != "kind")
CARD_FIELDS: Final = tuple(RunCard.model_fields)

_SCHEMA: Final = f"""
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};

CREATE TABLE runs (
    run TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    show TEXT NOT NULL,
    title TEXT NOT NULL,
    venue TEXT NOT NULL,
    revision INTEGER NOT NULL,
    started TEXT NOT NULL,
    closed INTEGER NOT NULL DEFAULT 0
) STRICT;

-- One row for every command, or for a cue that sent nothing. Seconds and at_ns count from the run's start.
CREATE TABLE rows (
    run TEXT NOT NULL REFERENCES runs,
    at_ns INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    item TEXT,
    cue TEXT,
    role TEXT,
    device TEXT,
    command TEXT NOT NULL,
    cue_s REAL NOT NULL,
    due_s REAL NOT NULL,
    sent_s REAL,
    late_us INTEGER,
    outcome TEXT NOT NULL,
    by TEXT NOT NULL,
    trigger TEXT NOT NULL,
    count INTEGER NOT NULL,
    confirmed TEXT NOT NULL, -- what the device's own words made of it; empty: it has not spoken, or nothing left
    PRIMARY KEY (run, seq)
) STRICT;

-- What was asked, and whether it was granted.
CREATE TABLE requests (
    id INTEGER PRIMARY KEY,
    run TEXT NOT NULL REFERENCES runs,
    at_ns INTEGER,
    kind TEXT NOT NULL,
    by TEXT NOT NULL,
    refused TEXT,
    body TEXT NOT NULL
) STRICT;

-- Every other notice.
CREATE TABLE facts (
    id INTEGER PRIMARY KEY,
    run TEXT NOT NULL REFERENCES runs,
    at_ns INTEGER NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
"""

Told = tuple[Sequence[Request], Sequence[Notice]]


class AsRunError(OSError):
    """The file cannot be used. One line: what, where, what to do."""


class AsRun:
    """Records one run. An audience of the loop; any thread may make and close it."""

    def __init__(self, path: Path, card: RunCard) -> None:
        """Open or make the file. A run that is in it already goes on: its rows count on from there.

        Raises :class:`AsRunError`.
        """
        self.path = path
        self._run = card.run
        try:
            self._base = self._open(card)
        except (sqlite3.Error, OSError) as error:
            if isinstance(error, AsRunError):
                raise
            raise AsRunError(f"{path}: cannot record there ({error}): give another file") from error
        self._writer: Writer[Told] = Writer("as-run", self._write, period_s=PERIOD_S, faults=(sqlite3.Error, OSError))

    @property
    def fault(self) -> str | None:
        """Why nothing can be written just now, or None."""
        return self._writer.fault

    def tell(self, requests: Sequence[Request], notices: Sequence[Notice]) -> None:
        """Put by for the writer thread."""
        self._writer.put((tuple(requests), tuple(notices)))

    def catch_up(self, snapshot: Snapshot | None) -> None:
        """Nothing: the writer thread has its own time."""

    def flush(self, timeout_s: float = 5.0) -> bool:
        """Wait until all told so far is on disk; False where it is not."""
        return self._writer.flush(timeout_s)

    def close(self) -> None:
        """Write the rest, mark the run closed, and leave one file."""
        self._writer.close()
        try:
            with self._connection:
                self._connection.execute("UPDATE runs SET closed = 1 WHERE run = ?", (self._run,))
        except sqlite3.Error as error:
            _log.error("%s was not closed properly: %s; what was written before stays readable", self.path, error)
        finally:
            self._connection.close()

    def _open(self, card: RunCard) -> int:
        self._connection = sqlite3.connect(self.path, check_same_thread=False)
        try:
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            check_file(self._connection, self.path, may_be_new=True)
            with self._connection:
                self._connection.execute(
                    f"INSERT INTO runs ({', '.join(CARD_FIELDS)}) VALUES ({_marks(CARD_FIELDS)}) "  # noqa: S608
                    "ON CONFLICT (run) DO UPDATE SET closed = 0",
                    [getattr(card, name) for name in CARD_FIELDS],
                )
            (base,) = self._connection.execute(
                "SELECT coalesce(max(seq), 0) FROM rows WHERE run = ?", (card.run,)
            ).fetchone()
        except BaseException:
            self._connection.close()
            raise
        return int(base)

    def _write(self, pieces: list[Told]) -> None:
        rows, confirmed, requests, facts = [], [], [], []
        for asked, notices in pieces:
            requests += [self._request(*pair) for pair in pair_answers(asked, notices)]
            for notice in notices:
                if isinstance(notice, LedgerRow):
                    rows.append((self._run, *(self._field(notice, name) for name in ROW_FIELDS)))
                elif isinstance(notice, Confirmed):
                    words = f"{notice.result}: {notice.words}" if notice.words else notice.result
                    confirmed.append((words, self._run, notice.seq + self._base))
                elif not isinstance(notice, Answered):
                    facts.append((self._run, notice.at_ns, notice.kind, _body(notice)))
        with self._connection:
            self._connection.executemany(
                f"INSERT OR REPLACE INTO rows (run, {', '.join(ROW_FIELDS)}) "  # noqa: S608
                f"VALUES (?, {_marks(ROW_FIELDS)})",
                rows,
            )
            self._connection.executemany("UPDATE rows SET confirmed = ? WHERE run = ? AND seq = ?", confirmed)
            self._connection.executemany(
                "INSERT INTO requests (run, at_ns, kind, by, refused, body) VALUES (?, ?, ?, ?, ?, ?)", requests
            )
            self._connection.executemany("INSERT INTO facts (run, at_ns, kind, body) VALUES (?, ?, ?, ?)", facts)

    def _field(self, row: LedgerRow, name: str) -> object:
        return row.seq + self._base if name == "seq" else getattr(row, name)

    def _request(self, request: Request, answer: Answered | None) -> tuple[object, ...]:
        at_ns, refused = (answer.at_ns, answer.refused) if answer is not None else (None, None)
        return (self._run, at_ns, request.kind, request.by, refused, _body(request))


def pair_answers(requests: Sequence[Request], notices: Sequence[Notice]) -> Iterable[tuple[Request, Answered | None]]:
    """Each request of a step with its answer; of several with one id, in order."""
    answers: dict[int, deque[Answered]] = {}
    for notice in notices:
        if isinstance(notice, Answered):
            answers.setdefault(notice.request, deque()).append(notice)
    for request in requests:
        waiting = answers.get(request.id)
        yield request, waiting.popleft() if waiting else None


def check_file(connection: sqlite3.Connection, path: Path, *, may_be_new: bool = False) -> None:
    """Make sure that the file is an as-run of a version we know; an empty one is made into one where that may be."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if may_be_new and application == 0 and not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        connection.executescript(f"BEGIN; {_SCHEMA} COMMIT;")
    elif application != APPLICATION_ID:
        raise AsRunError(f"{path} is no as-run: give a file that showcaller has written")
    elif version > SCHEMA_VERSION:
        raise AsRunError(f"{path} is an as-run of version {version}, newer than this program: update it")
    elif version < SCHEMA_VERSION:
        raise AsRunError(f"{path} is an as-run of version {version}, which this program cannot use: give another file")


def _marks(fields: Sequence[str]) -> str:
    return ", ".join("?" * len(fields))


def _body(word: BaseModel) -> str:
    return word.model_dump_json(exclude={"kind"})
