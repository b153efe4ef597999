"""Takes of a rehearsal or a dress: a file of its own for each pass, in a folder, while the as-run goes on as ever.

A pass begins with the first roll of all, and wherever the score begins to roll behind the furthest place it has come
to. It ends where the next begins. The thread that writes also tells them apart: the loop only hands over.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from console.record.as_run import PERIOD_S
from console.record.as_run_file import AsRunFile, Told, pair_answers
from console.record.as_run_schema import AsRunError
from console.record.run_card import RunCard
from console.record.take_reading import SUFFIX
from console.record.writer import MOST_HELD, Writer
from console.vocabulary import (
    Answered,
    Bypass,
    Notice,
    Rejoin,
    Request,
    SetAskAnswer,
    SetChase,
    SetChoice,
    Snapshot,
    StandDown,
    Take,
    TransportChanged,
)

_log = logging.getLogger(__name__)

STANDING: Final = (Take, Rejoin, Bypass, StandDown, SetChoice, SetChase, SetAskAnswer)
"""What was asked before a pass and still holds in it: it stands at the head of its take."""

MOST_STANDING: Final = 500

Place = tuple[int, int]
"""(place of the item in the running order, position in ns)"""


class TakeRecorder:
    """Records the passes of one run. An audience of the loop; any thread may make and close it."""

    def __init__(self, folder: Path, card: RunCard, order: Mapping[str, int]) -> None:
        """``order``: the place of each item in the running order. Files are made when there is something to keep."""
        self._folder = folder
        self._card = card
        self._order = order
        self._file: AsRunFile | None = None
        self._takes = 0
        self._furthest: Place | None = None
        self._rolling_since: TransportChanged | None = None
        self._standing: list[Request] = []
        self._pending: list[Told] = []  # of this take, not yet on disk
        self._writer: Writer[Told] = Writer("takes", self._write, period_s=PERIOD_S, faults=(sqlite3.Error, OSError))

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
        """Write the rest, and leave whole files."""
        self._writer.close()
        if self._file is not None:
            with suppress(sqlite3.Error, OSError):
                self._write_pending()
            self._file.close()

    # -- in the writer's thread ----------------------------------------------------------------------------------------

    def _write(self, pieces: list[Told]) -> None:
        """Each piece to the take it belongs to. What is told apart already waits for its file by itself."""
        while pieces:
            requests, notices = pieces[0]
            change = next((each for each in notices if self._begins_pass(each)), None)
            if change is not None:
                self._write_pending()
                self._begin(change.at_ns)
                self._pending.append(self._head(change.at_ns))
            self._note(requests, notices)
            self._pending.append(pieces.pop(0))
        self._write_pending()

    def _write_pending(self) -> None:
        del self._pending[:-MOST_HELD]
        if self._file is not None:
            self._file.write(self._pending)
        self._pending.clear()

    def _begin(self, at_ns: int) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        self._folder.mkdir(parents=True, exist_ok=True)
        self._takes += 1
        path = self._folder / f"{self._card.run}.{self._takes:03}{SUFFIX}"
        label = f"Take {self._takes}"
        card = self._card.model_copy(update={"take": self._takes, "label": label, "began_ns": at_ns})
        try:
            self._file = AsRunFile(path, card)
        except AsRunError as error:
            _log.error("this take is not kept: %s", error)

    def _begins_pass(self, notice: Notice) -> bool:
        """True where the score begins to roll at a place that is not ahead of all there was."""
        if not isinstance(notice, TransportChanged):
            return False
        self._stretch(notice)
        place = self._place(notice.item, notice.position_ns)
        begins = notice.state == "rolling" and place is not None and (self._furthest is None or place < self._furthest)
        if notice.state == "rolling":
            self._rolling_since = notice
            self._furthest = place if begins or self._furthest is None else max(self._furthest, place or self._furthest)
        else:
            self._rolling_since = None
        return begins

    def _stretch(self, notice: TransportChanged) -> None:
        """How far the playhead has come by a change of the transport."""
        since = self._rolling_since
        if since is not None and self._furthest is not None:
            stands = notice.state != "rolling" and notice.item == since.item
            position_ns = notice.position_ns if stands else since.position_ns + notice.at_ns - since.at_ns
            place = self._place(since.item, position_ns)
            if place is not None:
                self._furthest = max(self._furthest, place)

    def _place(self, item: str | None, position_ns: int) -> Place | None:
        return None if item is None or item not in self._order else (self._order[item], position_ns)

    def _note(self, requests: Iterable[Request], notices: Sequence[Notice]) -> None:
        for request, answer in pair_answers(tuple(requests), notices):
            if isinstance(request, STANDING) and answer is not None and answer.refused is None:
                self._standing.append(request)
        del self._standing[:-MOST_STANDING]

    def _head(self, at_ns: int) -> Told:
        """What holds from before, asked again as the take begins."""
        asked = [request.model_copy(update={"id": place}) for place, request in enumerate(self._standing, 1)]
        answers = [Answered(at_ns=at_ns, request=each.id, name=each.kind, by=each.by) for each in asked]
        return asked, answers
