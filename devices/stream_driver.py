"""A device at the end of a TCP connection: packets out as they are, messages in by whatever cuts the stream."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from devices.contract import Severity
from devices.driver import READY, HeardBody, Standing
from devices.io.outcome import SendOutcome
from devices.io.tcp import TcpPort, TcpState
from devices.wire_packet import WirePacket

Cut = Callable[[bytes], Iterable[bytes | ValueError]]
"""Bytes of one connection, in any split, to bodies; what cannot be one comes out as an error in its place."""

READ_LIMIT: Final = 4
"""Bodies a call: reading one takes some 50 µs, and something may be due."""

LOOK_NS: Final = 20_000_000
"""How often an unfinished connection, or bytes a slow device has not taken, are looked at."""

MISFRAMED_PAUSE_NS: Final = 5_000_000_000
"""How long a device that frames in another way is left alone: it will do so again."""


class StreamDriver:
    """One TCP connection after another to one device.

    ``make_cut`` is called for each connection. ``strict``: an error in the stream leaves it out of step for good (a
    length that cannot be), so the connection is given up.
    """

    proves = True

    def __init__(self, make_port: Callable[[], TcpPort], make_cut: Callable[[], Cut], *, strict: bool = False) -> None:
        self.malformed = 0
        self._make_port = make_port
        self._make_cut = make_cut
        self._strict = strict
        self._port = make_port()
        self._cut: Cut = make_cut()
        self._cut_for = 0  # which connection of the port it belongs to
        self._sessions_before = 0
        self._fallen = ""
        self._misframed = ""
        self._pause_end_ns = 0
        self._served_ns = 0
        self._waiting: deque[HeardBody] = deque()

    @property
    def standing(self) -> Standing:
        """A refused or lost connection comes back by itself; a name nobody knows, or wrong framing, does not."""
        if self._misframed:
            return Standing(Severity.FATAL, self._misframed)
        if self._port.state is TcpState.UP:
            return READY
        if self._port.is_nameless:
            return Standing(Severity.FATAL, self._port.words)
        if self._fallen:
            return Standing(Severity.BAD, self._fallen)
        return Standing(Severity.UNKNOWN, self._port.words)

    @property
    def sessions(self) -> int:
        """Connections made so far."""
        return self._sessions_before + self._port.connections

    def service(self, now_ns: int) -> None:
        """Connect, connect again, flush."""
        self._served_ns = now_ns
        if now_ns < self._pause_end_ns:
            return
        self._misframed = ""
        port = self._port
        port.service(now_ns)
        if port.state is TcpState.UP:
            self._fallen = ""
            if port.connections != self._cut_for:
                self._cut, self._cut_for = self._make_cut(), port.connections
                self._waiting.clear()
        elif port.state is TcpState.DOWN:  # it has just fallen: an attempt leaves this state at once
            self._fallen = port.words

    def wake_at_ns(self) -> int | None:
        """The next attempt, or the next look at what is unfinished."""
        if self._waiting:
            return self._served_ns
        if self._misframed:
            return self._pause_end_ns
        if self._port.wants_write():
            return self._served_ns + LOOK_NS
        return self._port.wake_at_ns()

    def send(self, packet: WirePacket, now_ns: int) -> SendOutcome:
        """Into the connection, or FAILED with words where there is none: nothing is kept for the next one."""
        return self._port.send(packet.payload)

    def receive(self, now_ns: int) -> Sequence[HeardBody]:
        """At most READ_LIMIT bodies."""
        if not self._waiting:
            self._read(now_ns)
        return [self._waiting.popleft() for _ in range(min(READ_LIMIT, len(self._waiting)))]

    def descriptors(self) -> Sequence[int]:
        """The connection's, while there is one."""
        fd = self._port.fileno()
        return () if fd < 0 else (fd,)

    def close(self) -> None:
        """Close for good."""
        self._port.close()
        self._waiting.clear()

    def _read(self, now_ns: int) -> None:
        if self._port.state is not TcpState.UP:
            return
        arrived = self._port.receive()
        if not arrived:
            self.service(now_ns)  # perhaps the end: look at once
            return
        for body in self._cut(arrived):
            if isinstance(body, bytes):
                self._waiting.append(HeardBody(body, now_ns))
                continue
            self.malformed += 1
            if self._strict:
                self._give_up(now_ns, str(body))
                return

    def _give_up(self, now_ns: int, words: str) -> None:
        self._sessions_before += self._port.connections
        self._port.close()
        self._port = self._make_port()
        self._cut_for = 0
        self._misframed = f"{self._port}: {words}"
        self._pause_end_ns = now_ns + MISFRAMED_PAUSE_NS
