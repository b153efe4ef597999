"""The as-run on disk: what really happened in a run, one SQLite file that several runs may share.

Written by a thread of its own every quarter of a second and synced each time, so that a killed process loses less than
that, and a power cut no more. Takes of rehearsals are the same file under another name.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from console.record.as_run_file import AsRunFile, Told
from console.record.run_card import RunCard
from console.record.writer import Writer
from console.vocabulary import Notice, Request, Snapshot

PERIOD_S: Final = 0.25


class AsRun:
    """Records one run. An audience of the loop; any thread may make and close it."""

    def __init__(self, path: Path, card: RunCard) -> None:
        """Open or make the file. A run that is in it already goes on. Raises ``AsRunError``."""
        self.path = path
        self._file = AsRunFile(path, card)
        self._writer: Writer[Told] = Writer(
            "as-run", self._file.write, period_s=PERIOD_S, faults=(sqlite3.Error, OSError)
        )

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
        self._file.close()
