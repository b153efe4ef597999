"""Writing an as-run: one open file and one run in it. Waits for the disk, so it belongs to a thread that may."""

from __future__ import annotations

import logging
import sqlite3
from collections import deque
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import BaseModel

from console.record.as_run_schema import CARD_FIELDS, NOTE_FIELDS, ROW_FIELDS, AsRunError, check_file
from console.record.run_card import RunCard
from console.vocabulary import Answered, Confirmed, LedgerRow, Marked, Notice, Request

_log = logging.getLogger(__name__)

Told = tuple[Sequence[Request], Sequence[Notice]]
"""What was asked in a step, and what came of it."""


class AsRunFile:
    """One run in one file."""

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

    def write(self, pieces: Iterable[Told]) -> None:
        """All of it in one transaction: it may be tried again."""
        rows, confirmed, requests, facts, notes = [], [], [], [], []
        for asked, notices in pieces:
            requests += [self._request(*pair) for pair in pair_answers(asked, notices)]
            for notice in notices:
                if isinstance(notice, LedgerRow):
                    rows.append((self._run, *(self._field(notice, name) for name in ROW_FIELDS)))
                elif isinstance(notice, Confirmed):
                    confirmed.append(self._confirmed(notice))
                elif isinstance(notice, Marked):
                    notes.append((self._run, *(getattr(notice, name) for name in NOTE_FIELDS)))
                elif not isinstance(notice, Answered):
                    facts.append((self._run, notice.at_ns, notice.kind, _body(notice)))
        with self._connection:
            self._connection.executemany(_insert("rows", ("run", *ROW_FIELDS), or_replace=True), rows)
            self._connection.executemany(
                "UPDATE rows SET confirmed = ?, answered_s = ? WHERE run = ? AND seq = ?", confirmed
            )
            self._connection.executemany(
                _insert("requests", ("run", "at_ns", "kind", "by", "refused", "body")), requests
            )
            self._connection.executemany(_insert("facts", ("run", "at_ns", "kind", "body")), facts)
            self._connection.executemany(_insert("notes", ("run", *NOTE_FIELDS)), notes)

    def close(self) -> None:
        """Mark the run closed, and leave one file."""
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
                    f"{_insert('runs', CARD_FIELDS)} ON CONFLICT (run) DO UPDATE SET closed = 0",
                    [getattr(card, name) for name in CARD_FIELDS],
                )
            (base,) = self._connection.execute(
                "SELECT coalesce(max(seq), 0) FROM rows WHERE run = ?", (card.run,)
            ).fetchone()
        except BaseException:
            self._connection.close()
            raise
        return int(base)

    def _field(self, row: LedgerRow, name: str) -> object:
        return row.seq + self._base if name == "seq" else getattr(row, name)

    def _confirmed(self, notice: Confirmed) -> tuple[object, ...]:
        words = f"{notice.result}: {notice.words}" if notice.words else notice.result
        answered_s = None if notice.result == "unconfirmed" else notice.at_ns / 1e9
        return words, answered_s, self._run, notice.seq + self._base

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


def _insert(table: str, fields: Sequence[str], *, or_replace: bool = False) -> str:
    verb = "INSERT OR REPLACE" if or_replace else "INSERT"
    return f"{verb} INTO {table} ({', '.join(fields)}) VALUES ({', '.join('?' * len(fields))})"


def _body(word: BaseModel) -> str:
    return word.model_dump_json(exclude={"kind"})
