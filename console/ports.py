"""What the core asks of the world around it, as Protocols: time, waiting, what comes in, who is told, what is kept.

All instants are engine nanoseconds of the one :class:`Clock` in use. The real things stand in ``console.loop``,
``console.link.server`` and ``console.record``; virtual ones beside them are as good, and tests use those.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, Protocol

from console.vocabulary import Notice, Request, Snapshot
from devices.contract import CodeReading, CodeRefusal, Health, Incoming, Outcome, Report

InboxItem = Request | Report | Health | Incoming | CodeReading | CodeRefusal | Outcome
"""What one step of the engine takes in."""

QUIET_NS: Final = 1_000_000
"""How long nothing may be due before the loop spends time on telling: 1 ms."""


class Clock(Protocol):
    """Read once per step; everything decided in a step shares that reading."""

    def now_ns(self) -> int:
        """The instant now: show-clock nanoseconds, never going back."""
        ...

    def wall(self) -> datetime:
        """The venue's time of day now, aware."""
        ...


class Source(Protocol):
    """Where things come in: the link, trigger sockets, a MIDI queue, the devices' replies."""

    def descriptors(self) -> Collection[int]:
        """Descriptors that are readable when there is something to read.

        A source without any is read in every turn; whoever fills it from another thread calls :meth:`Waiter.wake`.
        """
        ...

    def blocked(self) -> Collection[int]:
        """Descriptors that bytes of ours wait for; the source is read when one has room again."""
        ...

    def wake_at_ns(self) -> int | None:
        """When the source wants to be read though nothing came (a reply, a keep-alive), or None."""
        ...

    def read(self, now_ns: int) -> Sequence[InboxItem]:
        """Everything that has come, oldest first. Never blocks."""
        ...


class NothingDueError(RuntimeError):
    """A virtual waiter's word that no deadline is set and nobody is left who could set one."""


class Waiter(Protocol):
    """The clock's companion: on virtual time, waiting is what moves the clock."""

    def wait_until(self, deadline_ns: int | None, sources: Sequence[Source]) -> Collection[Source]:
        """Return when the deadline has come, or earlier when woken or when a source has something.

        The answer holds the sources that have something. None waits for ever. Raises :class:`NothingDueError` on
        virtual time where that would be for ever indeed.
        """
        ...

    def hold_until(self, instant_ns: int) -> None:
        """Return at that instant, at once where it has come. Nothing ends it early: for microseconds only."""
        ...

    def wake(self) -> None:
        """End the wait now, or the next one if none is going on. From any thread, and from a signal."""
        ...


class NotDurableError(OSError):
    """A once-use could not be put on disk in time. One line: what, where, what to do."""


class Journal(Protocol):
    """What must be on disk before it is done."""

    def spend(self, cues: Collection[str]) -> None:
        """Note that once-per-show cues are used; returns when that is durable. Raises :class:`NotDurableError`."""
        ...


class Audience(Protocol):
    """Who is told what happened: the link, the record, the journal, a terminal."""

    def tell(self, requests: Sequence[Request], notices: Sequence[Notice]) -> None:
        """What was asked and what came of it, in order. Bytes may be due at once: put it by, work later."""
        ...

    def catch_up(self, snapshot: Snapshot | None) -> None:
        """Nothing is due for a while: send on what was put by. Now and then with the state of the moment."""
        ...
