"""UDP to devices and from remotes. Nothing here waits; whoever owns the loop selects on `fileno()`."""

import socket
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final, NamedTuple

from devices.io.outcome import SENT, Handed, PortError, SendOutcome, bind, error_to_words, local_address
from devices.io.resolve import LOOKUP_LIMIT_NS, Address, HostLookup, Lookup

MAX_DATAGRAM_BYTES: Final = 65_535
REOPEN_NS: Final = 1_000_000_000


class UdpState(StrEnum):
    UNRESOLVED = "unresolved"
    READY = "ready"
    FAILED = "failed"


class Datagram(NamedTuple):
    """One datagram and who sent it: (host, port), with scope and flow where the sender is IPv6."""

    content: bytes
    sender: tuple[Any, ...]


class UdpPort:
    """To one device, and its answers.

    `same_socket`: the device answers to the port that asked. The socket is then connected: only this device is
    heard, and the system tells when nobody listens there. Otherwise answers come from any port of any sender to
    `local_port`, which the device knows by its settings.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        same_socket: bool = True,
        local_host: str = "",
        local_port: int = 0,
        broadcast: bool = False,
        lookup: Lookup = socket.getaddrinfo,
        lookup_limit_ns: int = LOOKUP_LIMIT_NS,
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        self.host = host
        self.port = port
        self._same_socket = same_socket
        self._local = (local_host, local_port)
        self._broadcast = broadcast
        self._lookup = HostLookup(host, port, socket.SOCK_DGRAM, limit_ns=lookup_limit_ns, lookup=lookup, wake=wake)
        self.state = UdpState.UNRESOLVED
        self.words = self._lookup.words
        self._socket: socket.socket | None = None
        self._send: Callable[[bytes], object] | None = None
        self._reopen_ns: int | None = None
        self._closed = False
        self._refused = False  # a datagram came back, and no send has told of it yet

    def service(self, now_ns: int) -> None:
        """Look up the host and open the socket, once; after a failure, again after a while."""
        pausing = self._reopen_ns is not None and now_ns < self._reopen_ns
        if self._socket is not None or self._closed or pausing:
            return
        self._lookup.service(now_ns)
        if self._lookup.address is None:
            self.state = UdpState.FAILED if self._lookup.failed else UdpState.UNRESOLVED
            self.words = self._lookup.words
            return
        try:
            self._open(self._lookup.address)
            self.state, self.words, self._reopen_ns = UdpState.READY, "", None
        except PortError as error:
            self.state, self.words = UdpState.FAILED, str(error)
            self._reopen_ns = now_ns + REOPEN_NS

    def wake_at_ns(self) -> int | None:
        """When `service` has something to do by itself."""
        if self._socket is not None or self._closed:
            return None
        return self._lookup.wake_at_ns() if self._reopen_ns is None else self._reopen_ns

    def send(self, datagram: bytes) -> SendOutcome:
        """Hand over one datagram, now or not at all.

        A connected socket reports the refusal of an *earlier* datagram in place of sending this one, so this one
        is tried again. It then counts as sent, with words: the device may just have started. Each refusal is told
        once, for a device that never answers has no other way to show that it is back.
        """
        send = self._send
        if send is None:
            return SendOutcome(Handed.FAILED, self.words)
        try:
            try:
                send(datagram)
            except ConnectionRefusedError:
                self._refused = True
                send(datagram)
        except BlockingIOError:
            return SendOutcome(Handed.WOULD_BLOCK, f"{self}: the system's send queue is full")
        except OSError as error:
            return SendOutcome(Handed.FAILED, f"{self}: {error_to_words(error)}")
        if self._refused:
            self._refused = False
            return SendOutcome(Handed.SENT, f"{self}: nothing listens there: start the device, or check its port")
        return SENT

    def receive(self, limit: int = 64) -> list[Datagram]:
        """What has arrived, oldest first, at most `limit` datagrams."""
        arrived: list[Datagram] = []
        while self._socket is not None and len(arrived) < limit:
            try:
                arrived.append(Datagram(*self._socket.recvfrom(MAX_DATAGRAM_BYTES)))
                self._refused = False
            except ConnectionRefusedError:
                self._refused = True  # it tells of an earlier datagram; answers may stand behind it
            except OSError:
                break
        return arrived

    @property
    def address(self) -> tuple[str, int] | None:
        """Where the device is, in numbers: host and port; None until that is known."""
        known = self._lookup.address
        return None if known is None else (known.target[0], known.target[1])

    @property
    def local_port(self) -> int:
        """The port answers come to; 0 while there is none."""
        return 0 if self._socket is None else int(self._socket.getsockname()[1])

    def fileno(self) -> int:
        """The descriptor to select on for answers; -1 while there is none."""
        return -1 if self._socket is None else self._socket.fileno()

    def close(self) -> None:
        """Close for good. Harmless twice."""
        if self._socket is not None:
            self._socket.close()
        self._socket = self._send = None
        self._closed = True
        self.state, self.words = UdpState.FAILED, f"{self} is closed"

    def __str__(self) -> str:
        return f"UDP to {self.host}:{self.port}"

    def _open(self, address: Address) -> None:
        opened = socket.socket(address.family, socket.SOCK_DGRAM)
        try:
            opened.setblocking(False)
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, self._broadcast)
            if self._local != ("", 0):
                host, port = self._local
                bind(opened, "UDP", local_address(host), port)
            if self._same_socket:
                opened.connect(address.target)
        except OSError as error:
            opened.close()
            raise PortError(f"{self} cannot be opened: {error_to_words(error)}") from None
        except PortError:
            opened.close()
            raise
        self._socket = opened
        self._send = opened.send if self._same_socket else lambda datagram: opened.sendto(datagram, address.target)


class UdpListener:
    """A local port that anyone may send to: triggers, remotes, a ghost's own address.

    Port 0 takes a free one, see `address`. PortError where it cannot be opened, at once and in words.
    """

    def __init__(self, host: str, port: int) -> None:
        host = local_address(host)
        self._socket = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
        try:
            self._socket.setblocking(False)
            bind(self._socket, "UDP", host, port)
        except PortError:
            self._socket.close()
            raise

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens: host and port."""
        host, port, *_ = self._socket.getsockname()
        return host, port

    def receive(self, limit: int = 64) -> list[Datagram]:
        """What has arrived, oldest first, at most `limit` datagrams."""
        arrived: list[Datagram] = []
        while len(arrived) < limit:
            try:
                arrived.append(Datagram(*self._socket.recvfrom(MAX_DATAGRAM_BYTES)))
            except OSError:  # nothing more, or closed
                break
        return arrived

    def reply(self, datagram: bytes, receiver: tuple[Any, ...]) -> SendOutcome:
        """Answer a sender, now or not at all."""
        try:
            self._socket.sendto(datagram, receiver)
        except BlockingIOError:
            return SendOutcome(Handed.WOULD_BLOCK, f"UDP to {receiver[0]}:{receiver[1]}: the send queue is full")
        except OSError as error:
            return SendOutcome(Handed.FAILED, f"UDP to {receiver[0]}:{receiver[1]}: {error_to_words(error)}")
        return SENT

    def fileno(self) -> int:
        """The descriptor to select on; -1 once closed."""
        return self._socket.fileno()

    def close(self) -> None:
        """Close for good. Harmless twice."""
        self._socket.close()
