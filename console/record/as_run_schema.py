"""How an as-run lies on disk: one SQLite file for a run, or for a take of one. Read and written by the rooms beside."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

from console.record.run_card import RunCard
from console.vocabulary import LedgerRow, Marked

APPLICATION_ID: Final = 0x53484F57  # "SHOW", in the file's header
SCHEMA_VERSION: Final = 3

ROW_FIELDS: Final = tuple(name for name in LedgerRow.model_fields if name != "kind")
NOTE_FIELDS: Final = tuple(name for name in Marked.model_fields if name != "kind")
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
    take INTEGER NOT NULL, -- which pass of the run; 0: all of it
    label TEXT NOT NULL,
    began_ns INTEGER NOT NULL, -- when the pass began
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
    answered_s REAL, -- when those words came: less sent_s, the device's delay
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

-- Every other notice: presses and what they ran, messages and timecode from outside, the transport.
CREATE TABLE facts (
    id INTEGER PRIMARY KEY,
    run TEXT NOT NULL REFERENCES runs,
    at_ns INTEGER NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- What somebody marked, and whether it is done with.
CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    run TEXT NOT NULL REFERENCES runs,
    at_ns INTEGER NOT NULL,
    item TEXT,
    position_ns INTEGER NOT NULL,
    bar INTEGER NOT NULL, -- 0: no bars there
    beat INTEGER NOT NULL,
    tick INTEGER NOT NULL,
    timecode TEXT NOT NULL,
    by TEXT NOT NULL,
    department TEXT NOT NULL,
    words TEXT NOT NULL,
    done INTEGER NOT NULL DEFAULT 0
) STRICT;
"""


class AsRunError(OSError):
    """The file cannot be used. One line: what, where, what to do."""


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
