"""The takes of the show that is open, for windows: listed, read and ticked off in a thread, told when it is done.

An audience of the loop. While the show rolls nothing is read: a busy second thread would cost cues their milliseconds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from console.plan.schedule import build_schedule
from console.record.as_run_schema import AsRunError
from console.record.take_reading import find_takes, read_sheet, tick_note
from console.show.show import Show
from console.vocabulary import (
    Answered,
    ListTakes,
    Notice,
    ReadTake,
    Request,
    Snapshot,
    TakeRead,
    TakesListed,
    TickNote,
)

Asked = ListTakes | ReadTake | TickNote


class TakeDesk:
    """One thing at a time, in the order it was asked. ``folder`` None: no takes are kept."""

    def __init__(
        self,
        folder: Path | None,
        show: Callable[[], Show | None],
        tell: Callable[[Sequence[Notice]], None],
        wake: Callable[[], None],
    ) -> None:
        """``show``: the one that is open; ``tell``: the windows; ``wake``: the loop, from any thread."""
        self._folder, self._show, self._tell, self._wake = folder, show, tell, wake
        self._asked: deque[Asked] = deque()
        self._found: SimpleQueue[Sequence[Notice]] = SimpleQueue()
        self._busy = False

    def tell(self, requests: Sequence[Request], notices: Sequence[Notice]) -> None:
        """Put by what was granted."""
        asked = [each for each in requests if isinstance(each, Asked)]
        if asked:
            granted = {each.request for each in notices if isinstance(each, Answered) and each.refused is None}
            self._asked += [each for each in asked if each.id in granted]

    def catch_up(self, snapshot: Snapshot | None) -> None:
        """Hand on what was found; begin with the next where nothing rolls."""
        try:
            self._tell(self._found.get_nowait())
            self._busy = False
        except Empty:
            pass
        show = self._show()
        stands = snapshot is not None and snapshot.playhead.state != "rolling"
        if self._asked and not self._busy and stands and show is not None:
            self._busy = True
            asked = self._asked.popleft()
            Thread(target=self._work, args=(asked, show), name="takes", daemon=True).start()

    def _work(self, asked: Asked, show: Show) -> None:
        try:
            found = answer_take(asked, self._folder, show)
        except Exception as error:  # noqa: BLE001  a file that breaks the reading must not stop the next
            found = [TakesListed(at_ns=0, takes=(), words=f"takes cannot be read: {error}")]
        self._found.put(found)
        self._wake()


def answer_take(asked: Asked, folder: Path | None, show: Show) -> list[Notice]:
    """What came of it, as the windows are told. Waits for the disk."""
    if folder is None:
        return [TakesListed(at_ns=0, takes=(), words="no takes are kept here")]
    found, problems = find_takes(folder, show.id)
    listed = TakesListed(at_ns=0, takes=tuple(card for _, card in found), words="; ".join(problems))
    if isinstance(asked, ListTakes):
        return [listed]
    path = next((path for path, card in found if card.id == asked.take), None)
    if path is None:
        return [TakeRead(at_ns=0, take=asked.take, sheet=None, words=f"{asked.take} is not kept any more"), listed]
    try:
        if isinstance(asked, TickNote):
            tick_note(path, asked.note, done=asked.done)
        return [TakeRead(at_ns=0, take=asked.take, sheet=read_sheet(path, show, build_schedule(show)))]
    except AsRunError as error:
        return [TakeRead(at_ns=0, take=asked.take, sheet=None, words=str(error))]
