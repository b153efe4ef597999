"""Host names to addresses, away from the thread that must not wait.

A name server that is slow or gone blocks `getaddrinfo` for tens of seconds. So each name is asked for once, in a
thread of its own; an address in numbers needs no thread and is there at once.
"""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Final

LOOKUP_LIMIT_NS: Final = 5_000_000_000
RETRY_NS: Final = 5_000_000_000

Lookup = Callable[..., list[tuple[Any, ...]]]
"""The signature of `socket.getaddrinfo`."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a socket connects to: its family and what `connect` takes."""

    family: int
    target: tuple[Any, ...]


class HostLookup:
    """One host and port on their way to an address.

    `service` starts, watches and repeats the lookup; `address` is None until it is known, and `words` say how
    it stands. A lookup above its limit counts as failed, yet is still taken should it end: no second thread
    is started beside it.
    """

    def __init__(
        self,
        host: str,
        port: int,
        kind: socket.SocketKind,
        *,
        limit_ns: int = LOOKUP_LIMIT_NS,
        lookup: Lookup = socket.getaddrinfo,
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        self.host = host
        self.address = _numeric_address(host, port)
        self.failed = False
        self.words = "" if self.address else f"host {host} is not looked up yet"
        self._port = port
        self._kind = kind
        self._limit_ns = limit_ns
        self._lookup = lookup
        self._wake = wake
        self._answers: SimpleQueue[Address | str] = SimpleQueue()
        self._running = False
        self._next_ns: int | None = None  # end of the limit while running, else of the pause before a new try

    def service(self, now_ns: int) -> None:
        """Move on. Call at any pace; never waits."""
        if self.address is not None:
            return
        try:
            answer = self._answers.get_nowait()
        except Empty:
            self._service_unanswered(now_ns)
            return
        self._running = False
        if isinstance(answer, Address):
            self.address, self.failed, self.words = answer, False, ""
        else:
            self._fail(answer)
            self._next_ns = now_ns + RETRY_NS

    def wake_at_ns(self) -> int | None:
        """When `service` next has something to do by itself, None when nothing but an answer is awaited."""
        return self._next_ns if self.address is None else None

    def _service_unanswered(self, now_ns: int) -> None:
        if self._running:
            if self._next_ns is not None and now_ns >= self._next_ns:
                self._next_ns = None
                self._fail(f"no answer within {self._limit_ns / 1e9:g} s")
        elif self._next_ns is None or now_ns >= self._next_ns:
            self._running = True
            self._next_ns = now_ns + self._limit_ns
            self.words = f"host {self.host} is being looked up"
            Thread(target=self._ask, name=f"lookup {self.host}", daemon=True).start()

    def _fail(self, reason: str) -> None:
        self.failed = True
        self.words = f"host {self.host} cannot be looked up ({reason}): check the name, or give the address in numbers"

    def _ask(self) -> None:
        """In the lookup's own thread: one question, one answer into the queue."""
        try:
            found = self._lookup(self.host, self._port, type=self._kind)
            # Show networks speak IPv4; a name that has both is taken at its IPv4 address.
            family, _, _, _, target = min(found, key=lambda entry: entry[0] != socket.AF_INET)
            self._answers.put(Address(family, target))
        except (OSError, UnicodeError, ValueError) as error:
            self._answers.put(getattr(error, "strerror", None) or str(error))
        self._wake()


def _numeric_address(host: str, port: int) -> Address | None:
    try:
        version = ip_address(host).version
    except ValueError:
        return None
    return Address(socket.AF_INET if version == 4 else socket.AF_INET6, (host, port))
