"""The workshop: a process beside the engine that reads profiles and tries them on ghosts.

Reading forty files takes a quarter of a second, and a slip in somebody's own profile may take longer: neither may hold
up the loop, nor a thread beside it that shares its interpreter. One job at a time; it is started for the first one, and
ends with the engine. A job that takes too long ends the process, not the show.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import deque
from pathlib import Path
from typing import Final

from console.link.codec import HEAD
from console.link.messages import FindingFrame, InquiryFrame

PATIENCE_S: Final = 20.0
"""How long one job may take."""

READ_BYTES: Final = 256 << 10
"""Taken in at once."""

Answer = FindingFrame | bytes


class _Hands:
    """Who works there: a program of ours with two pipes; neither ever blocks."""

    def __init__(self, folder: Path | None) -> None:
        call = [sys.executable, "-m", "console.wiring.workshop_main", *([str(folder)] if folder is not None else [])]
        self._popen = subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        assert self._popen.stdin is not None  # noqa: S101  for the type checker: both are pipes
        assert self._popen.stdout is not None  # noqa: S101
        self.stdin, self.stdout = self._popen.stdin, self._popen.stdout
        os.set_blocking(self.stdin.fileno(), False)
        os.set_blocking(self.stdout.fileno(), False)

    def end(self) -> None:
        """End it at once."""
        self._popen.kill()
        self._popen.wait()
        self.stdin.close()
        self.stdout.close()


class Workshop:
    """Asked and collected from the loop's thread; nothing here waits. ``folder``: the user's own profiles."""

    def __init__(self, folder: Path | None, *, patience_s: float = PATIENCE_S) -> None:
        self._folder = folder
        self._patience_s = patience_s
        self._process: _Hands | None = None
        self._asked: deque[tuple[int, InquiryFrame]] = deque()
        self._in_hand: tuple[int, InquiryFrame, float] | None = None  # until when it may take, in seconds
        self._heard = bytearray()

    @property
    def waiting(self) -> int:
        """Jobs that are not answered yet."""
        return len(self._asked) + (self._in_hand is not None)

    @property
    def descriptor(self) -> int | None:
        """Readable when :meth:`collect` has something; None while there is no process."""
        return None if self._process is None else self._process.stdout.fileno()

    def ask(self, ticket: int, frame: InquiryFrame) -> None:
        """Put a job by; it is begun by :meth:`collect`."""
        self._asked.append((ticket, frame))

    def collect(self) -> list[tuple[int, Answer]]:
        """The answers that have come, a whole frame each; begins the next job."""
        found: list[tuple[int, Answer]] = []
        if self._in_hand is not None and self._process is not None:
            ticket, frame, until_s = self._in_hand
            answer = self._hear(self._process, frame, until_s)
            if answer is not None:
                found.append((ticket, answer))
                self._in_hand = None
        if self._in_hand is None and self._asked:
            refused = self._begin()
            if refused is not None:
                found.append(refused)
        return found

    def close(self) -> None:
        """End it, with what it was doing. Harmless twice."""
        process, self._process = self._process, None
        self._heard.clear()
        if process is not None:
            process.end()

    def _begin(self) -> tuple[int, Answer] | None:
        """Hand the next job over; its refusal where that cannot be."""
        ticket, frame = self._asked.popleft()
        try:
            self._process = self._process or _Hands(self._folder)
            os.write(self._process.stdin.fileno(), frame.model_dump_json().encode() + b"\n")
        except OSError as error:
            self.close()
            return ticket, _refusal(frame, f"the workshop could not be asked ({error.strerror}): ask again")
        self._in_hand = (ticket, frame, time.monotonic() + self._patience_s)
        return None

    def _hear(self, process: _Hands, frame: InquiryFrame, until_s: float) -> Answer | None:
        """The frame that is whole, or why none will come."""
        try:
            piece = os.read(process.stdout.fileno(), READ_BYTES)
        except BlockingIOError:
            if time.monotonic() < until_s:
                return None
            self.close()
            return _refusal(frame, f"this took longer than {self._patience_s:g} s and was given up")
        if not piece:
            self.close()
            return _refusal(frame, "the workshop ended on it; see the log, and ask again")
        self._heard += piece
        size = HEAD + int.from_bytes(self._heard[:HEAD], "big")
        if len(self._heard) < max(size, HEAD + 1):
            return None
        answer = bytes(self._heard[:size])
        del self._heard[:size]
        return answer


def _refusal(frame: InquiryFrame, words: str) -> FindingFrame:
    return FindingFrame(id=frame.id, words=words)
