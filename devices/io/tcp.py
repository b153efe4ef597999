"""TCP to devices, and a listener for who calls us. Nothing here waits, and nothing here knows framing: bytes only.

A stream is not a mailbox: what was not sent when a connection ended is thrown away, never sent on the next one.
The device gets its safe state then, and the caller starts a new frame decoder: `connections` counts.
"""

import socket
from collections.abc import Callable
from enum import StrEnum
from typing import Final

from devices.io.outcome import SENT, Handed, PortError, SendOutcome, bind, error_to_words, local_address
from devices.io.resolve import LOOKUP_LIMIT_NS, Address, HostLookup, Lookup

MAX_BUFFER_BYTES: Final = 262_144
CONNECT_LIMIT_NS: Final = 3_000_000_000
BACK_OFF_NS: Final = (250_000_000, 500_000_000, 1_000_000_000, 2_000_000_000, 5_000_000_000)
"""Pauses between attempts; the last one repeats."""

STEADY_NS: Final = 5_000_000_000
"""A connection that lasted this long starts the pauses anew; one that a device drops at once does not."""

# A pulled cable says nothing: ask after 5 s of silence, every 2 s, and give up after the third time.
_KEEP_ALIVE: Final = tuple(
    (getattr(socket, name), value)
    for name, value in (("TCP_KEEPIDLE", 5), ("TCP_KEEPINTVL", 2), ("TCP_KEEPCNT", 3))
    if hasattr(socket, name)
)
_CHUNK_BYTES: Final = 65_536


class TcpState(StrEnum):
    DOWN = "down"
    RESOLVING = "resolving"
    CONNECTING = "connecting"
    UP = "up"


class TcpStream:
    """One connected socket with a bounded buffer for what the other side is slow to take.

    `ended` says why the connection is over, and is empty while it stands.
    """

    def __init__(self, connected: socket.socket, *, max_buffer_bytes: int = MAX_BUFFER_BYTES) -> None:
        connected.setblocking(False)
        # A GO is a few bytes: Nagle's algorithm would hold it back for the answer to the one before.
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for option, seconds_or_count in _KEEP_ALIVE:
            connected.setsockopt(socket.IPPROTO_TCP, option, seconds_or_count)
        self.ended = ""
        self._socket = connected
        self._buffer = bytearray()
        self._max_buffer_bytes = max_buffer_bytes

    def send(self, payload: bytes) -> SendOutcome:
        """Take the bytes whole, to be sent in order, or not at all."""
        if self.ended:
            return self._standing()
        if len(self._buffer) + len(payload) > self._max_buffer_bytes:
            return SendOutcome(Handed.WOULD_BLOCK, f"{len(self._buffer)} bytes wait already: the other side is slow")
        self._buffer += payload
        self.flush()
        return self._standing()

    def flush(self) -> None:
        """Send what waits, as far as the other side takes it. Call when the socket is writable."""
        try:
            while self._buffer and not self.ended:
                del self._buffer[: self._socket.send(self._buffer)]
        except BlockingIOError:
            pass
        except OSError as error:
            self.end(error_to_words(error))

    def receive(self) -> bytes:
        """What has arrived, at most 64 KiB; empty when there is nothing, and when the connection has ended."""
        if self.ended:
            return b""
        try:
            arrived = self._socket.recv(_CHUNK_BYTES)
        except BlockingIOError:
            return b""
        except OSError as error:
            self.end(error_to_words(error))
            return b""
        if not arrived:
            self.end("closed by the other side")
        return arrived

    def wants_write(self) -> bool:
        """True while bytes wait: select for writing, then `flush`."""
        return bool(self._buffer)

    def fileno(self) -> int:
        """The descriptor to select on; -1 once ended."""
        return self._socket.fileno()

    def end(self, words: str) -> None:
        """End the connection for a reason; only the first one is kept."""
        self.ended = self.ended or words
        self._buffer.clear()
        self._socket.close()

    def _standing(self) -> SendOutcome:
        return SendOutcome(Handed.FAILED, self.ended) if self.ended else SENT


class TcpPort:
    """To one device: looks up, connects, and connects again after a growing pause, all inside `service`."""

    def __init__(
        self,
        host: str,
        port: int,
        *,
        max_buffer_bytes: int = MAX_BUFFER_BYTES,
        lookup: Lookup = socket.getaddrinfo,
        lookup_limit_ns: int = LOOKUP_LIMIT_NS,
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        self.host = host
        self.port = port
        self.state = TcpState.DOWN
        self.words = f"{self} is not connected yet"
        self.connections = 0
        self._max_buffer_bytes = max_buffer_bytes
        self._lookup = HostLookup(host, port, socket.SOCK_STREAM, limit_ns=lookup_limit_ns, lookup=lookup, wake=wake)
        self._connecting: socket.socket | None = None
        self._stream: TcpStream | None = None
        self._since_ns = 0  # when the present attempt or connection began
        self._retry_ns = 0
        self._failures = 0
        self._closed = False

    def service(self, now_ns: int) -> None:
        """Move on: look up, connect, flush, notice an end. Call when the descriptor is ready, and at `wake_at_ns`."""
        if self._closed:
            return
        if self.state is TcpState.UP:
            self._service_stream(now_ns)
        if self.state is TcpState.DOWN and now_ns >= self._retry_ns:
            self.state = TcpState.RESOLVING
        if self.state is TcpState.RESOLVING:
            self._service_lookup(now_ns)
        if self.state is TcpState.CONNECTING:
            self._service_connecting(now_ns)

    def wake_at_ns(self) -> int | None:
        """When `service` next has something to do by itself."""
        if self._closed or self.state is TcpState.UP:
            return None
        if self.state is TcpState.RESOLVING:
            return self._lookup.wake_at_ns()
        return self._retry_ns if self.state is TcpState.DOWN else self._since_ns + CONNECT_LIMIT_NS

    def send(self, payload: bytes) -> SendOutcome:
        """Take the bytes whole, to be sent in order, or not at all. Never waits."""
        if self._stream is None:
            return SendOutcome(Handed.FAILED, self.words)
        outcome = self._stream.send(payload)
        return SendOutcome(outcome.handed, f"{self}: {outcome.words}") if outcome.words else outcome

    def receive(self) -> bytes:
        """What has arrived, at most 64 KiB. After the end of a connection, call `service`."""
        return b"" if self._stream is None else self._stream.receive()

    @property
    def is_nameless(self) -> bool:
        """True while the host's name cannot be looked up: the words say why."""
        return self._lookup.failed

    def wants_write(self) -> bool:
        """True while the descriptor should be selected for writing: connecting, or bytes wait."""
        return self._connecting is not None or (self._stream is not None and self._stream.wants_write())

    def fileno(self) -> int:
        """The descriptor to select on; -1 while there is none. It changes with every connection."""
        open_socket = self._connecting or self._stream
        return -1 if open_socket is None else open_socket.fileno()

    def close(self) -> None:
        """Close for good. Harmless twice."""
        self._closed = True
        self._fall(0, "closed")

    def __str__(self) -> str:
        return f"TCP to {self.host}:{self.port}"

    def _service_stream(self, now_ns: int) -> None:
        if self._stream is not None:
            self._stream.flush()
            if self._stream.ended:
                if now_ns - self._since_ns >= STEADY_NS:
                    self._failures = 0
                self._fall(now_ns, self._stream.ended)

    def _service_lookup(self, now_ns: int) -> None:
        self._lookup.service(now_ns)
        self.words = f"{self}: {self._lookup.words}"
        if self._lookup.address is not None:
            self._connect(self._lookup.address, now_ns)

    def _connect(self, address: Address, now_ns: int) -> None:
        self._since_ns = now_ns
        self._connecting = socket.socket(address.family, socket.SOCK_STREAM)
        self._connecting.setblocking(False)
        self.state, self.words = TcpState.CONNECTING, f"{self} is being connected"
        try:
            self._connecting.connect(address.target)
        except BlockingIOError:
            pass
        except OSError as error:
            self._fall(now_ns, error_to_words(error))

    def _service_connecting(self, now_ns: int) -> None:
        connecting = self._connecting
        if connecting is None:
            return
        code = connecting.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            self._fall(now_ns, error_to_words(OSError(code, "")))
            return
        try:
            connecting.getpeername()
        except OSError:  # still on its way
            if now_ns - self._since_ns >= CONNECT_LIMIT_NS:
                self._fall(now_ns, f"no answer within {CONNECT_LIMIT_NS / 1e9:g} s")
            return
        self._connecting = None
        self._stream = TcpStream(connecting, max_buffer_bytes=self._max_buffer_bytes)
        self._since_ns = now_ns
        self.connections += 1
        self.state, self.words = TcpState.UP, ""

    def _fall(self, now_ns: int, words: str) -> None:
        """Down, until the next attempt is due."""
        if self._connecting is not None:
            self._connecting.close()
        if self._stream is not None:
            self._stream.end(words)
        self._connecting = self._stream = None
        self._retry_ns = now_ns + BACK_OFF_NS[min(self._failures, len(BACK_OFF_NS) - 1)]
        self._failures += 1
        self.state, self.words = TcpState.DOWN, f"{self}: {words}"


class TcpListener:
    """A local port that others connect to: a ghost's own address, a remote.

    Port 0 takes a free one, see `address`. PortError where it cannot be opened, at once and in words.
    """

    def __init__(self, host: str, port: int) -> None:
        host = local_address(host)
        self._socket = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
        try:
            self._socket.setblocking(False)
            # Else the port of the run before stays taken for a minute after its connections closed.
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bind(self._socket, "TCP", host, port)
            self._socket.listen()
        except PortError:
            self._socket.close()
            raise

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens: host and port."""
        host, port, *_ = self._socket.getsockname()
        return host, port

    def accept(self) -> list[TcpStream]:
        """Who has connected since the last call."""
        streams: list[TcpStream] = []
        while True:
            try:
                streams.append(TcpStream(self._socket.accept()[0]))
            except OSError:  # nobody more, or closed
                return streams

    def fileno(self) -> int:
        """The descriptor to select on; -1 once closed."""
        return self._socket.fileno()

    def close(self) -> None:
        """Close for good. Harmless twice."""
        self._socket.close()
