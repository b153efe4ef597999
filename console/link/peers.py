"""One window, seen from the engine: what it still has to be sent, in order, and what it says."""

from __future__ import annotations

import socket
from collections import deque
from typing import Final

from console.link.codec import Decoder, Malformed, encode, for_engine
from console.link.messages import Bye, Stream, ToEngine
from console.vocabulary import Request, SetInput

MOST_FACTS: Final = 10_000
"""Facts that may wait for one window: minutes of a dense show. A window that far behind is let go and attaches anew."""

READ_BYTES: Final = 16 << 10
"""Taken in from one window in one turn: about 150 requests, 0.4 ms, so that none of them holds up the show."""

WRITE_BYTES: Final = 64 << 10
"""Given out to one window in one turn."""


class Peer:
    """A connected window. Nothing here blocks; a dead connection shows as ``gone``, with words."""

    def __init__(self, connection: socket.socket, number: int) -> None:
        connection.setblocking(False)
        self.number = number
        self.name = f"window {number}"
        self.fd = connection.fileno()
        self.streams: frozenset[Stream] | None = None  # None until it has said hello
        self.gone: str | None = None
        self._socket = connection
        self._decoder: Decoder[ToEngine] = for_engine()
        self._facts: deque[bytes] = deque()
        self._snapshot: bytes | None = None
        self._leaving = memoryview(b"")  # what is on its way: a frame that was begun is always finished
        self._last_words: str | None = None
        self.held: dict[str, SetInput] = {}  # line it holds high -> what lets it go low

    @property
    def waits(self) -> bool:
        """True while something is still to be sent."""
        return bool(self._leaving or self._facts or self._snapshot)

    @property
    def dismissed(self) -> bool:
        """True once goodbye has been said to it."""
        return self._last_words is not None

    def note_held(self, request: Request) -> None:
        """A window that holds a line is gone when its connection is, and so is its hand."""
        if isinstance(request, SetInput):
            if request.high:
                self.held[request.input] = SetInput(by=f"{request.by}, gone", input=request.input, high=False)
            else:
                self.held.pop(request.input, None)

    def add_fact(self, frame: bytes) -> None:
        """One more frame that must come in order. A window that does not read them any more is let go."""
        if self._last_words is not None:
            return
        if len(self._facts) >= MOST_FACTS:
            self.dismiss(f"{len(self._facts)} facts behind: attach again")
            return
        self._facts.append(frame)

    def put_snapshot(self, frame: bytes) -> None:
        """The newest snapshot, in place of one that has not left yet."""
        if self._last_words is None:
            self._snapshot = frame

    def dismiss(self, words: str) -> None:
        """Say goodbye instead of all that waits; the connection ends when that has been sent."""
        if self._last_words is None:
            self._last_words = words
            self._facts.clear()
            self._snapshot = None
            self._facts.append(encode(Bye(words=words)))

    def flush(self) -> None:
        """Send what the connection takes now, no more than a turn may."""
        room = WRITE_BYTES
        while self.gone is None and room > 0:
            if not self._leaving and not self._take_next():
                if self._last_words is not None:
                    self.gone = self._last_words
                return
            try:
                sent = self._socket.send(self._leaving[:room])
            except BlockingIOError:
                return
            except OSError as error:
                self.gone = error.strerror or "connection lost"
                return
            self._leaving = self._leaving[sent:]
            room -= sent

    def read(self) -> list[ToEngine | Malformed]:
        """What it said, a turn's worth."""
        try:
            piece = self._socket.recv(READ_BYTES)
        except BlockingIOError:
            return []
        except OSError as error:
            self.gone = error.strerror or "connection lost"
            return []
        if not piece:
            self.gone = "closed its end"
            return []
        return [] if self._last_words is not None else self._decoder.feed(piece)

    def close(self) -> None:
        """Let go of the socket."""
        self._socket.close()

    def _take_next(self) -> bool:
        """The next frames on their way: facts first and together, then the snapshot."""
        if self._facts:
            batch = [self._facts.popleft()]
            size = len(batch[0])
            while self._facts and size + len(self._facts[0]) <= WRITE_BYTES:
                batch.append(self._facts.popleft())
                size += len(batch[-1])
            self._leaving = memoryview(b"".join(batch))
        elif self._snapshot is not None:
            self._leaving, self._snapshot = memoryview(self._snapshot), None
        return bool(self._leaving)
