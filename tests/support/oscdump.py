"""oscdump, liblo's reader of OSC: what an implementation that shares nothing with ours makes of our bytes."""

import os
import select
import socket
import time
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar, Self

from tests.support.osc_bytes import osc
from tests.support.ports import free_port
from tests.support.program import Program, ProgramError

BATCH = 16
"""Datagrams between two marks, few enough for any socket's buffer."""


class OscDump(Program):
    """Listens on `port`, and prints each message as `/address types values`."""

    binary: ClassVar[str] = "oscdump"
    package: ClassVar[str] = "liblo-tools"

    def __init__(self, runtime: Path) -> None:
        super().__init__(runtime)
        self.port = free_port()
        self._sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._unread = b""
        self._marks = 0

    def start(self) -> Self:
        """Start it; ready when a message comes back in print."""
        self.spawn("-L", str(self.port), piped=True)
        self.until(lambda: self._knocked(), "a knock to be printed")
        return self

    def stop(self) -> None:
        super().stop()
        self._sender.close()

    def read(self, datagrams: Iterable[bytes]) -> list[str]:
        """Send them all; the lines it prints, without their times. What it cannot read, it leaves out."""
        lines: list[str] = []
        left = list(datagrams)
        while left:
            batch, left = left[:BATCH], left[BATCH:]
            self._marks += 1
            for datagram in (*batch, osc("/mark", self._marks)):
                self._sender.sendto(datagram, ("127.0.0.1", self.port))
            while (line := self._next_line(10.0)) != f"/mark i {self._marks}":
                if line is None:
                    raise ProgramError(self.complaint("printed no mark within 10 s"))
                if not line.startswith("/mark i "):
                    lines.append(line)
        return lines

    def line(self, wanted: str, timeout_s: float = 10.0) -> str:
        """The next line that begins like this, without its time; others are passed over."""
        while (line := self._next_line(timeout_s)) is not None:
            if line.startswith(wanted):
                return line
        raise ProgramError(self.complaint(f"printed no {wanted} within {timeout_s:g} s"))

    def _knocked(self) -> bool:
        self._marks += 1
        self._sender.sendto(osc("/mark", self._marks), ("127.0.0.1", self.port))
        return self._next_line(0.05) is not None

    def _next_line(self, timeout_s: float) -> str | None:
        stdout = self._started().stdout
        assert stdout is not None
        deadline = time.monotonic() + timeout_s
        while b"\n" not in self._unread:
            if not select.select([stdout], [], [], max(0.0, deadline - time.monotonic()))[0]:
                return None
            piece = os.read(stdout.fileno(), 65_536)
            if not piece:
                raise ProgramError(self.complaint("closed its output"))
            self._unread += piece
        line, self._unread = self._unread.split(b"\n", 1)
        return line.decode().split(" ", 1)[1].rstrip()
