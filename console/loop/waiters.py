"""Waiting: on the clock and on every descriptor at once, to the microsecond; or, on virtual time, not at all.

``RealWaiter`` sleeps in one ``select`` until shortly before the deadline, then looks at the descriptors again and again
without sleeping, and for the last microseconds reads nothing but the clock. ``select`` it is, for ``poll`` and
``epoll`` round their time-outs to whole milliseconds.
"""

from __future__ import annotations

import logging
import select
import socket
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from typing import Final

from console.loop.clocks import PacedClock, VirtualClock
from console.ports import QUIET_NS, NothingDueError, Source
from console.timebase import NS_PER_S

_log = logging.getLogger(__name__)

MARGIN_NS: Final = 500_000
"""Sleep no longer than to this before a deadline: the kernel wakes 0.1 to 0.3 ms late."""

BLIND_NS: Final = 30_000
"""From here to the deadline only the clock is read: a look at 40 descriptors takes 3 µs, and what came needs a step."""


REST_NS: Final = 1_000_000
"""After so long a rest the processor begins to forget what it did before. Where the pastime fires a trigger of its own,
p50 µs of one that comes from outside, by this: 3 ms: 171 to 423 · 2 ms: 185 to 193 · 1 ms: 147 to 176 · 0.5 ms: 170."""


class WakeLine:
    """A pair of sockets by which any thread ends a ``select``, and the ``select`` itself."""

    def __init__(self) -> None:
        self._near, self._far = socket.socketpair()
        self._near.setblocking(False)
        self._far.setblocking(False)
        self._broken: set[int] = set()

    def wake(self) -> None:
        """End the wait that is going on, or the next."""
        with suppress(OSError):  # full: it will wake; closed: nobody waits any more
            self._far.send(b"\0")

    def look(
        self, sources: Sequence[Source], timeout_s: float | None, *, room: bool = True
    ) -> tuple[list[Source], bool]:
        """The sources that have something, and whether it was woken. ``room``: also those that wait to write.

        Returns early for nothing else: a signal whose answer raises nothing does not end the wait.
        """
        readers: dict[int, Source] = {fd: source for source in sources for fd in source.descriptors()}
        writers = {fd: source for source in sources for fd in source.blocked()} if room else {}
        if self._broken:
            self._broken &= readers.keys() | writers.keys()
            readers = {fd: source for fd, source in readers.items() if fd not in self._broken}
            writers = {fd: source for fd, source in writers.items() if fd not in self._broken}
        line = self._near.fileno()
        try:
            readable, writable, _ = select.select([line, *readers], [*writers], [], timeout_s)
        except (OSError, ValueError):
            return self._broken_sources({**writers, **readers}), False
        if not readable and not writable:
            return [], False
        woken = line in readable
        if woken:
            readable.remove(line)
            with suppress(BlockingIOError):
                while len(self._near.recv(4096)) == 4096:
                    pass
        ready = dict.fromkeys([readers[fd] for fd in readable] + [writers[fd] for fd in writable])
        return list(ready), woken

    def _broken_sources(self, watched: Mapping[int, Source]) -> list[Source]:
        """Sources with a descriptor that is closed or too high for ``select``; it is not watched again while listed."""
        found: list[Source] = []
        for fd, source in watched.items():
            try:
                select.select([fd], [], [], 0)
            except (OSError, ValueError) as error:
                _log.warning("%s: descriptor %d cannot be watched: %s", type(source).__name__, fd, error)
                self._broken.add(fd)
                found.append(source)
        return found

    def close(self) -> None:
        """Let go of both ends."""
        self._near.close()
        self._far.close()


class RealWaiter:
    """Waits on real time. ``margin_ns`` is slept less and watched instead, in real nanoseconds.

    ``pastime`` is called every REST_NS of a longer rest; it must be done within MARGIN_NS.
    """

    def __init__(
        self, clock: PacedClock, margin_ns: int = MARGIN_NS, pastime: Callable[[], None] | None = None
    ) -> None:
        self._clock = clock
        self._margin_ns = margin_ns
        self._pastime = pastime
        self._line = WakeLine()

    def wait_until(self, deadline_ns: int | None, sources: Sequence[Source]) -> Collection[Source]:
        """As the Protocol says. Looks at the sources at least once, also where the deadline is long past."""
        if deadline_ns is not None:
            deadline_ns = self._clock.to_monotonic_ns(deadline_ns)
        if self._pastime is not None:
            while deadline_ns is None or deadline_ns - time.monotonic_ns() > REST_NS + 2 * self._margin_ns:
                ready, woken = self._line.look(sources, REST_NS / NS_PER_S)
                if ready or woken:
                    return ready
                self._pastime()
        if deadline_ns is None:
            return self._line.look(sources, None)[0]
        left_ns = deadline_ns - time.monotonic_ns()
        while True:
            timeout_s = max(0, left_ns - self._margin_ns) / NS_PER_S
            ready, woken = self._line.look(sources, timeout_s, room=left_ns > QUIET_NS)
            left_ns = deadline_ns - time.monotonic_ns()
            if ready or woken or left_ns <= 0:
                return ready
            if left_ns <= BLIND_NS:
                break
        _spin_until(deadline_ns)
        return ()

    def hold_until(self, instant_ns: int) -> None:
        """Spin until the instant; wakes stay for the next wait."""
        _spin_until(self._clock.to_monotonic_ns(instant_ns))

    def wake(self) -> None:
        """End the wait. From any thread."""
        self._line.wake()

    def close(self) -> None:
        """Let go of the wake line."""
        self._line.close()


class VirtualWaiter:
    """Puts a virtual clock to the next deadline instead of waiting for it.

    With a source that has descriptors and no deadline it does wait: somebody outside may still ask for something.
    """

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._woken = threading.Event()
        self._line: WakeLine | None = None  # made when there is somebody outside to wait for

    def wait_until(self, deadline_ns: int | None, sources: Sequence[Source]) -> Collection[Source]:
        """As the Protocol says."""
        if any(source.descriptors() for source in sources):
            self._line = self._line or WakeLine()
            for_ever = deadline_ns is None and not self._woken.is_set()
            ready, _ = self._line.look(sources, None if for_ever else 0.0)
            if ready or for_ever:
                self._woken.clear()
                return ready
        if self._woken.is_set():
            self._woken.clear()
            return ()
        if deadline_ns is None:
            raise NothingDueError("nothing is due and nobody is left to ask for more")
        self._clock.move_to(max(deadline_ns, self._clock.now_ns()))
        return ()

    def hold_until(self, instant_ns: int) -> None:
        """Put the clock there."""
        self._clock.move_to(max(instant_ns, self._clock.now_ns()))

    def wake(self) -> None:
        """End the wait, or keep the clock where it is once. From any thread."""
        self._woken.set()
        if self._line is not None:
            self._line.wake()

    def close(self) -> None:
        """Let go of the wake line, where there is one."""
        if self._line is not None:
            self._line.close()


def _spin_until(monotonic_ns: int) -> None:
    while time.monotonic_ns() < monotonic_ns:
        pass
