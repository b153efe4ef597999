"""The one place where the link to the engine meets Qt.

The link is a descriptor that becomes readable; Qt watches it with a ``QSocketNotifier`` and the bridge turns what
arrives into signals, all in the one Qt thread. Requests are numbered here, and an answer is handed on together with
the request it answers.

Signals:
    show_received(Show, int): the show, and its revision.
    snapshot_received(Snapshot): the state now.
    notice_received(Notice, Request | None): a fact; with the request where it is an answer to one of ours.
    link_lost(str): nothing more will come, and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Protocol

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from console.show.show import Show
from console.vocabulary import Answered, Notice, Request, Snapshot


class LinkLostError(ConnectionError):
    """The engine is gone; the text says so in one line."""


@dataclass(frozen=True, slots=True)
class ShowReceived:
    """The show as the engine holds it."""

    show: Show
    revision: int = 0
    venue: str = ""


Received = ShowReceived | Snapshot | Notice


class Link(Protocol):
    """What the window needs of a connection to an engine. Nothing here blocks."""

    def fileno(self) -> int:
        """A descriptor that is readable when :meth:`receive` has something; -1 where the link is fed by hand."""
        ...

    def receive(self) -> Sequence[Received]:
        """Everything that has arrived, oldest first. Raises :class:`LinkLostError` when no more can come."""
        ...

    def send(self, request: Request) -> None:
        """Hand a numbered request over. Raises :class:`LinkLostError`."""
        ...

    def close(self) -> None:
        """Let go; the engine goes on."""
        ...


class Bridge(QObject):
    """Holds one link, or none."""

    show_received = Signal(object, int, str)
    snapshot_received = Signal(object)
    notice_received = Signal(object, object)
    link_lost = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link: Link | None = None
        self._notifier: QSocketNotifier | None = None
        self._numbers = count(1)
        self._asked: dict[int, Request] = {}

    def attach(self, link: Link) -> None:
        """Take up a link, letting go of the one before."""
        self.detach()
        self._link = link
        if link.fileno() >= 0:
            self._notifier = QSocketNotifier(link.fileno(), QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self.read)
        self.read()

    def detach(self) -> None:
        """Let go of the link, if there is one."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._link is not None:
            self._link.close()
            self._link = None
        self._asked.clear()

    def send(self, request: Request) -> int | None:
        """Number a request and send it; its number, or None where nothing is attached."""
        if self._link is None:
            return None
        numbered = request.model_copy(update={"id": next(self._numbers)})
        self._asked[numbered.id] = numbered
        try:
            self._link.send(numbered)
        except LinkLostError as error:
            self._lose(str(error))
            return None
        return numbered.id

    def read(self) -> None:
        """Take in what has arrived. Of several snapshots only the last is told."""
        if self._link is None:
            return
        try:
            received = self._link.receive()
        except LinkLostError as error:
            self._lose(str(error))
            return
        newest = next((each for each in reversed(received) if isinstance(each, Snapshot)), None)
        for each in received:
            if isinstance(each, ShowReceived):
                self.show_received.emit(each.show, each.revision, each.venue)
            elif isinstance(each, Snapshot):
                if each is newest:
                    self.snapshot_received.emit(each)
            else:
                answered = self._asked.pop(each.request, None) if isinstance(each, Answered) else None
                self.notice_received.emit(each, answered)

    def _lose(self, words: str) -> None:
        self.detach()
        self.link_lost.emit(words)
