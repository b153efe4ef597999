"""A window's end of the link, without a window: connect, send, receive. Used by the UI, by scripts and by tests.

After :meth:`LinkClient.connect` nothing blocks: call :meth:`LinkClient.receive` once, for what came together with the
welcome, and from then on whenever ``fileno()`` is readable.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from console.link.codec import Malformed, encode, for_window
from console.link.doorway import LinkError, dial
from console.link.messages import (
    BeginFrame,
    Bye,
    Edited,
    EditFrame,
    Hello,
    InquiryFrame,
    Live,
    NoticeFrame,
    OpenFrame,
    RequestFrame,
    ShowFrame,
    Stream,
    ToEngine,
    ToWindow,
    UndoFrame,
    ValuesFrame,
    Welcome,
)
from console.show.edits import Edit
from console.vocabulary import Ghosts, Inquiry, Request, RunKind

__all__ = ["Gap", "LinkClient", "LinkError", "Received"]

READ_BYTES: Final = 256 << 10
"""Taken in by one :meth:`LinkClient.receive`, so that a flood leaves a window time to paint."""

RETRY_S: Final = 0.02
"""Between two looks for an engine that has only just been started."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Facts are missing before the next frame: what is shown may be wrong. Attach again."""

    expected: int
    came: int


Received = ToWindow | Gap


class LinkClient:
    """One connection. Ends with :class:`Bye`, the last thing :meth:`receive` gives, whoever ended it and however."""

    def __init__(self, connection: socket.socket, *, numbered: bool) -> None:
        """Use :meth:`connect`. ``numbered``: facts are subscribed, so a missing number is a gap."""
        self.welcome = Welcome(pid=0, opened=None)
        self._socket: socket.socket | None = connection
        self._decoder = for_window()
        self._unsent = b""
        self._numbered = numbered
        self._next_seq: int | None = None  # None until all that went before has been told
        self._early: list[Received] = []

    @classmethod
    def connect(
        cls,
        path: Path,
        token: str = "",
        timeout_s: float = 2.0,
        *,
        name: str = "window",
        subscribe: Iterable[Stream] = ("facts", "snapshots"),
    ) -> Self:
        """Attach to the engine at ``path``, waiting up to ``timeout_s`` for it to come up and answer.

        Raises :class:`LinkError` with its reason where it refuses, or does not answer.
        """
        deadline_s = time.monotonic() + timeout_s
        connection, card = _dial_until(path, deadline_s)
        streams = tuple(subscribe)
        client = cls(connection, numbered="facts" in streams)
        try:
            with suppress(ConnectionError):  # refused before the greeting was out: the words wait to be read
                connection.sendall(encode(Hello(token=token or card, name=name, subscribe=streams)))
            client._await_welcome(path, deadline_s)
        except BaseException as error:
            client.close()
            if isinstance(error, OSError) and not isinstance(error, LinkError):
                raise LinkError(f"{path}: the engine did not answer ({error})") from error
            raise
        connection.setblocking(False)
        return client

    def fileno(self) -> int:
        """The descriptor to watch; -1 once the connection has ended."""
        return self._socket.fileno() if self._socket is not None else -1

    @property
    def is_open(self) -> bool:
        """False once the connection has ended."""
        return self._socket is not None

    def send(self, request: Request) -> None:
        """Ask for something; the answer is a notice with the request's id. Raises :class:`LinkError` at the end."""
        self._send(RequestFrame(request=request))

    def send_edit(self, edit: Edit, revision: int, *, edit_id: int = 0, by: str = "operator") -> None:
        """Change the show as it was at ``revision``; answered by ``Edited`` or ``EditRefused``."""
        self._send(EditFrame(id=edit_id, by=by, revision=revision, edit=edit))

    def send_undo(self, revision: int, *, redo: bool = False, edit_id: int = 0, by: str = "operator") -> None:
        """Take the last change back, or make it again; answered as an edit is."""
        self._send(UndoFrame(id=edit_id, by=by, revision=revision, redo=redo))

    def send_open(
        self,
        show: str | None,
        venue: str,
        *,
        ghosts: Ghosts | None = None,
        run_kind: RunKind | None = None,
        open_id: int = 0,
    ) -> None:
        """Open another show, or (None) the open one in another house; answered by ``Opened`` or ``OpenRefused``.

        The others None: as the engine was started.
        """
        self._send(OpenFrame(id=open_id, show=show, venue=venue, ghosts=ghosts, run_kind=run_kind))

    def send_begin(
        self,
        run_kind: RunKind,
        *,
        begin_id: int = 0,
        anew: bool = False,
        despite: Sequence[str] = (),
        by: str = "operator",
    ) -> None:
        """Begin another run of the show that is open; answered as an opening is."""
        self._send(BeginFrame(id=begin_id, run_kind=run_kind, anew=anew, despite=tuple(despite), by=by))

    def send_values(self, *, values_id: int = 0) -> None:
        """Ask for every parameter's three values; answered by ``ParameterStates`` until one is the last."""
        self._send(ValuesFrame(id=values_id))

    def send_inquiry(self, inquiry: Inquiry, *, inquiry_id: int = 0) -> None:
        """Ask to look at something; answered by ``FindingFrame``."""
        self._send(InquiryFrame(id=inquiry_id, inquiry=inquiry))

    def receive(self) -> list[Received]:
        """What has come, oldest first; [] where nothing has. After :class:`Bye` always []."""
        received, self._early = self._early, []
        if self._socket is None:
            return received
        self._push()
        for piece in self._pieces():
            received += self._understand(piece)
        return received

    def close(self) -> None:
        """Leave. The engine goes on."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.setblocking(False)
                self._socket.send(self._unsent + encode(Bye()))
            self._socket.close()
            self._socket = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _await_welcome(self, path: Path, deadline_s: float) -> None:
        connection = self._socket
        assert connection is not None  # noqa: S101  only connect() calls this, with an open connection
        while True:
            connection.settimeout(max(0.001, deadline_s - time.monotonic()))
            frames = self._understand(connection.recv(READ_BYTES))
            for number, frame in enumerate(frames):
                if isinstance(frame, Welcome):
                    self.welcome = frame
                    self._early = frames[number + 1 :]
                    return
                if isinstance(frame, Bye):
                    raise LinkError(f"{path}: the engine refused: {frame.words}")

    def _send(self, frame: ToEngine) -> None:
        if self._socket is None:
            raise LinkError("the link has ended: attach again")
        self._unsent += encode(frame)
        self._push()

    def _push(self) -> None:
        """Send what the connection takes; the rest goes with the next call."""
        if self._socket is not None and self._unsent:
            with suppress(BlockingIOError, ConnectionError):  # what ended it shows when reading
                self._unsent = self._unsent[self._socket.send(self._unsent) :]

    def _pieces(self) -> Iterable[bytes]:
        room = READ_BYTES
        while self._socket is not None and room > 0:
            try:
                piece = self._socket.recv(room)
            except BlockingIOError:
                return
            except OSError:
                piece = b""
            yield piece
            room -= len(piece)

    def _understand(self, piece: bytes) -> list[Received]:
        received: list[Received] = []
        frames: list[ToWindow | Malformed] = self._decoder.feed(piece) if piece else [Bye(words="the engine has gone")]
        for frame in frames:
            if isinstance(frame, Malformed):
                received.append(Bye(words=f"the engine is not understood: {frame.words}"))
            else:
                received += self._count(frame)
            if isinstance(received[-1], Bye):
                self._end()
                break
        return received

    def _count(self, frame: ToWindow) -> list[Received]:
        if isinstance(frame, Live):
            self._next_seq = frame.next_seq
        elif isinstance(frame, NoticeFrame | Edited | ShowFrame) and self._numbered and self._next_seq is not None:
            expected, self._next_seq = self._next_seq, frame.seq + 1
            if frame.seq != expected:
                return [Gap(expected, frame.seq), frame]
        return [frame]

    def _end(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def _dial_until(path: Path, deadline_s: float) -> tuple[socket.socket, str]:
    pause = threading.Event()
    while True:
        left_s = deadline_s - time.monotonic()
        try:
            return dial(path, max(0.001, left_s))
        except (FileNotFoundError, ConnectionRefusedError) as error:  # not there, or not listening yet
            if left_s <= RETRY_S:
                raise LinkError(f"{path}: no engine answers there; start one with showcaller engine") from error
        except OSError as error:
            if isinstance(error, LinkError):
                raise
            raise LinkError(f"{path}: {error.strerror or error}") from error
        pause.wait(RETRY_S)
