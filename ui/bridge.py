"""The one place where the link to the engine meets Qt.

The link is a descriptor that becomes readable; Qt watches it with a ``QSocketNotifier`` and the bridge turns the
frames that arrive into signals, all in the one Qt thread. Requests are numbered here, and an answer is handed on
together with the request it answers.

Signals:
    show_opened(OpenShow | None): another show, house or run is open, or none.
    edited(Edited): the show was changed.
    snapshot_received(Snapshot): the state now; of several that came together, the last.
    notice_received(Notice, Request | None): a fact; with the request where it is an answer to one of ours.
    edit_refused(str): a change we asked for was not made, and why.
    found(Inquiry, Finding | None, str): what we asked to look at, or why there is none.
    open_refused(str): the show we asked for was not opened, and why.
    link_lost(str): nothing more will come, and why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import Protocol

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from console.link.client import Gap, LinkError, Received
from console.link.messages import (
    Bye,
    Edited,
    EditRefused,
    FindingFrame,
    NoticeFrame,
    OpenRefused,
    ShowFrame,
    SnapshotFrame,
    Welcome,
)
from console.show.edits import Edit
from console.vocabulary import Answered, Ghosts, Inquiry, Request, RunKind


class Link(Protocol):
    """What the window needs of ``console.link.client.LinkClient``. Nothing here blocks."""

    @property
    def welcome(self) -> Welcome:
        """What the engine said first."""
        ...

    def fileno(self) -> int:
        """A descriptor that is readable when :meth:`receive` has something; -1 where there is none to watch."""
        ...

    def receive(self) -> list[Received]:
        """What has come, oldest first; ends with :class:`Bye`."""
        ...

    def send(self, request: Request) -> None:
        """Hand a numbered request over. Raises :class:`LinkError` at the end."""
        ...

    def send_edit(self, edit: Edit, revision: int, *, edit_id: int = 0, by: str = "operator") -> None:
        """Ask for a change of the show as it was at a revision."""
        ...

    def send_open(
        self,
        show: str | None,
        venue: str,
        *,
        ghosts: Ghosts | None = None,
        run_kind: RunKind | None = None,
        open_id: int = 0,
    ) -> None:
        """Ask for another show, or (None) for the open one in another house."""
        ...

    def send_begin(
        self,
        run_kind: RunKind,
        *,
        begin_id: int = 0,
        anew: bool = False,
        despite: Sequence[str] = (),
        by: str = "operator",
    ) -> None:
        """Ask for another run of the show that is open."""
        ...

    def send_inquiry(self, inquiry: Inquiry, *, inquiry_id: int = 0) -> None:
        """Ask to look at something."""
        ...

    def send_undo(self, revision: int, *, redo: bool = False, edit_id: int = 0, by: str = "operator") -> None:
        """Ask for the last change to be taken back, or made again."""
        ...

    def close(self) -> None:
        """Let go; the engine goes on."""
        ...


class Bridge(QObject):
    """Holds one link, or none."""

    show_opened = Signal(object)
    edited = Signal(object)
    snapshot_received = Signal(object)
    notice_received = Signal(object, object)
    edit_refused = Signal(str)
    found = Signal(object, object, str)
    open_refused = Signal(str)
    link_lost = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link: Link | None = None
        self._notifier: QSocketNotifier | None = None
        self._numbers = count(1)
        self._asked: dict[int, Request] = {}
        self._looked: dict[int, Inquiry] = {}

    @property
    def is_attached(self) -> bool:
        """True while there is an engine to ask."""
        return self._link is not None

    def attach(self, link: Link) -> None:
        """Take up a link, letting go of the one before; tells at once what came with the welcome."""
        self.detach()
        self._link = link
        if link.fileno() >= 0:
            self._notifier = QSocketNotifier(link.fileno(), QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self.read)
        self.show_opened.emit(link.welcome.opened)
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
        looked, self._looked = self._looked, {}
        for inquiry in looked.values():
            self.found.emit(inquiry, None, "the engine is not heard")

    def send(self, request: Request) -> int | None:
        """Number a request and send it; its number, or None where nothing is attached."""
        if self._link is None:
            return None
        numbered = request.model_copy(update={"id": next(self._numbers)})
        self._asked[numbered.id] = numbered
        try:
            self._link.send(numbered)
        except LinkError as error:
            self._lose(str(error))
            return None
        return numbered.id

    def look(self, inquiry: Inquiry) -> bool:
        """Ask to look at something; False where nothing is attached."""
        number = next(self._numbers)
        self._looked[number] = inquiry
        sent = self._try(lambda link: link.send_inquiry(inquiry, inquiry_id=number))
        if not sent and self._looked.pop(number, None) is not None:
            self.found.emit(inquiry, None, "there is no engine to ask")
        return sent

    def edit(self, edit: Edit, revision: int) -> int | None:
        """Ask for a change of the show, made with a revision in view; its number, None where nothing is attached."""
        number = next(self._numbers)
        return number if self._try(lambda link: link.send_edit(edit, revision, edit_id=number)) else None

    def undo(self, revision: int, *, redo: bool) -> int | None:
        """Ask to take the last change back, or to make it again; its number, None where nothing is attached."""
        number = next(self._numbers)
        return number if self._try(lambda link: link.send_undo(revision, redo=redo, edit_id=number)) else None

    def _try(self, send: Callable[[Link], None]) -> bool:
        if self._link is None:
            return False
        try:
            send(self._link)
        except LinkError as error:
            self._lose(str(error))
            return False
        return True

    def begin(
        self, run_kind: RunKind, despite: Sequence[str] = (), by: str = "operator", *, anew: bool = False
    ) -> bool:
        """Ask for another run of the show that is open, ``anew`` a new performance; False where nothing is attached."""
        number = next(self._numbers)
        return self._try(lambda link: link.send_begin(run_kind, begin_id=number, anew=anew, despite=despite, by=by))

    def open(self, show: str | None, venue: str, ghosts: Ghosts | None = None, run_kind: RunKind | None = None) -> bool:
        """Ask for another show, or (None) the open one in another house; False where nothing is attached."""
        if self._link is None:
            return False
        try:
            self._link.send_open(show, venue, ghosts=ghosts, run_kind=run_kind, open_id=next(self._numbers))
        except LinkError as error:
            self._lose(str(error))
            return False
        return True

    def read(self) -> None:
        """Take in what has arrived."""
        received = self._link.receive() if self._link is not None else []
        newest = next((frame for frame in reversed(received) if isinstance(frame, SnapshotFrame)), None)
        for frame in received:
            match frame:
                case SnapshotFrame() if frame is newest:
                    self.snapshot_received.emit(frame.snapshot)
                case NoticeFrame(notice=notice):
                    asked = self._asked.pop(notice.request, None) if isinstance(notice, Answered) else None
                    self.notice_received.emit(notice, asked)
                case FindingFrame(id=number, finding=finding, words=words) if number in self._looked:
                    self.found.emit(self._looked.pop(number), finding, words)
                case ShowFrame(opened=opened):
                    self.show_opened.emit(opened)
                case Edited():
                    self.edited.emit(frame)
                case EditRefused(words=words):
                    self.edit_refused.emit(words)
                case OpenRefused(words=words):
                    self.open_refused.emit(words)
                case Gap():
                    self._lose("facts were missed: attaching again")
                    return
                case Bye(words=words):
                    self._lose(words or "the engine has gone")
                    return

    def _lose(self, words: str) -> None:
        self.detach()
        self.link_lost.emit(words)
