"""A name server that answers when the test says so."""

import socket
import threading
from typing import Any


class FakeLookup:
    """In place of `socket.getaddrinfo`: each call waits for one `answer()`, then gives `target` or raises."""

    def __init__(
        self, target: tuple[str, int] | None = None, *, error: OSError | None = None, also_ipv6: bool = False
    ) -> None:
        self.calls = 0
        self._target = target
        self._error = error
        self._also_ipv6 = also_ipv6
        self._may_answer = threading.Semaphore(0)
        self._asked = threading.Semaphore(0)
        self._asking = threading.current_thread()

    def answer(self) -> None:
        """Let one lookup end, and wait until its thread has too."""
        assert self._asked.acquire(timeout=10), "nothing was looked up"
        self._may_answer.release()
        self._asking.join(10)

    def __call__(self, _host: str, _port: int, **_hints: Any) -> list[tuple[Any, ...]]:
        self.calls += 1
        self._asking = threading.current_thread()
        self._asked.release()
        if not self._may_answer.acquire(timeout=10):
            raise TimeoutError("the test never answered this lookup")
        if self._error is not None:
            raise self._error
        ipv6 = [(socket.AF_INET6, socket.SOCK_DGRAM, 17, "", ("2001:db8::1", 1, 0, 0))] if self._also_ipv6 else []
        return [*ipv6, (socket.AF_INET, socket.SOCK_DGRAM, 17, "", self._target)]
