"""A thread that writes, so that the loop never waits for a disk: it takes pieces and hands them on in batches."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Final, Generic, TypeVar

_log = logging.getLogger(__name__)

P = TypeVar("P")

MOST_HELD: Final = 100_000
"""Pieces kept while the disk refuses them; beyond that the oldest are lost, and that is logged."""


class _Mark:
    """A place in the queue somebody waits for."""

    def __init__(self) -> None:
        self.passed = threading.Event()
        self.written = False


class Writer(Generic[P]):
    """Calls ``write(pieces)`` in its own thread, every ``period_s`` or at once when asked.

    A ``write`` that fails (:class:`OSError`, or what ``faults`` names) is tried again with the same pieces and newer
    ones: it must leave nothing half done, or bear repetition.
    """

    def __init__(
        self,
        name: str,
        write: Callable[[list[P]], None],
        *,
        period_s: float,
        faults: tuple[type[Exception], ...] = (OSError,),
        most_held: int = MOST_HELD,
    ) -> None:
        self.fault: str | None = None  # why nothing can be written just now
        self._name = name
        self._write = write
        self._period_s = period_s
        self._faults = faults
        self._most_held = most_held
        self._queue: SimpleQueue[P | _Mark] = SimpleQueue()
        self._hurry = threading.Event()
        self._closing = False
        self._held: list[P] = []
        self._failures = 0
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def put(self, piece: P, *, at_once: bool = False) -> None:
        """Hand one piece over. Takes about a microsecond."""
        self._queue.put(piece)
        if at_once:
            self._hurry.set()

    def flush(self, timeout_s: float) -> bool:
        """Wait until all that was put has been written; False where it was not, by a fault or in time."""
        mark = _Mark()
        self._queue.put(mark)
        self._hurry.set()
        return mark.passed.wait(timeout_s) and mark.written

    def close(self) -> None:
        """Write what is left and end the thread."""
        self._closing = True
        self._hurry.set()
        self._thread.join()

    def _run(self) -> None:
        closing = False
        while not closing:
            self._hurry.wait(self._period_s)
            self._hurry.clear()
            closing = self._closing
            marks = self._take_all()
            written = not self._held or self._write_held()
            for mark in marks:
                mark.written = written
                mark.passed.set()

    def _take_all(self) -> list[_Mark]:
        marks = []
        try:
            while True:
                piece = self._queue.get_nowait()
                if isinstance(piece, _Mark):
                    marks.append(piece)
                else:
                    self._held.append(piece)
        except Empty:
            return marks

    def _write_held(self) -> bool:
        try:
            self._write(self._held)
        except self._faults as error:
            self._failures += 1
            self.fault = str(error)
            if str(self._failures).strip("0") == "1":  # the first, the tenth, the hundredth …
                _log.error("%s cannot be written: %s; %d pieces wait", self._name, error, len(self._held))
            if len(self._held) > self._most_held:
                _log.error("%s: %d pieces are lost", self._name, len(self._held) - self._most_held)
                del self._held[: -self._most_held]
            return False
        except Exception:  # noqa: BLE001  not the disk: one of the pieces
            self._write_singly()
        self._held.clear()
        self._failures = 0
        self.fault = None
        return True

    def _write_singly(self) -> None:
        """One of them cannot be written at all: let it go, and keep the others."""
        for piece in self._held:
            try:
                self._write([piece])
            except Exception:  # noqa: BLE001  whatever one piece does to the writing, the thread goes on
                _log.exception("%s: a piece is lost, it cannot be written: %r", self._name, piece)
