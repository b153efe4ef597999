"""The lamp of the remote port: open or not, and who was turned away. Said seldom, however often it happens."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from console.ports import InboxItem
from console.wiring.remote_desk import RemoteDesk
from devices.contract import Health, Severity
from devices.osc.listener import OscListener

LAMP: Final = "remote"
"""What it is called among the devices."""

REVIEW_NS: Final = 10_000_000_000
"""Between two looks at the counters; what was turned away is shown until a look finds nothing new."""

FIRST_NS: Final = 1_000_000_000


class RemoteLamp:
    """A source of one :class:`Health`. Without a descriptor: read in every turn, and busy in few of them."""

    def __init__(self, desk: RemoteDesk, listeners: Sequence[OscListener], problem: str = "") -> None:
        """``problem``: why the port is not open."""
        self._desk = desk
        self._listeners = listeners
        self._problem = problem
        self._told: tuple[Severity, str] | None = None
        self._seen = self._counts()
        self._next_ns: int | None = None

    def descriptors(self) -> Collection[int]:
        """None."""
        return ()

    def blocked(self) -> Collection[int]:
        """None."""
        return ()

    def wake_at_ns(self) -> int | None:
        """Never by itself: a lamp can wait for the next turn."""
        return None

    def read(self, now_ns: int) -> Sequence[InboxItem]:
        """The lamp, where it changed."""
        if self._next_ns is not None and now_ns < self._next_ns:
            return ()
        first = self._next_ns is None
        self._next_ns = now_ns + FIRST_NS
        counts = self._counts()
        standing = self._standing(counts)
        if not first and counts != self._seen:
            self._next_ns = now_ns + REVIEW_NS
        self._seen = counts
        if standing == self._told:
            return ()
        self._told = standing
        return (Health(LAMP, *standing),)

    def _standing(self, counts: tuple[int, int, int]) -> tuple[Severity, str]:
        if self._problem:
            return Severity.FATAL, self._problem
        strangers, nonsense, dropped = (now - before for now, before in zip(counts, self._seen, strict=True))
        if dropped:
            busiest = max(self._desk.dropped, key=lambda by: self._desk.dropped[by])
            return Severity.MAJOR, f"{busiest.removeprefix('remote:')} asks too often: {dropped} left out"
        if strangers:
            last = self._listeners[-1].turned.stranger
            return Severity.MINOR, f"{last} is not let in: {strangers} packets; see [remote] allow"
        if nonsense:
            return Severity.MINOR, f"{nonsense} packets mean nothing here"
        ports = " and ".join("{} port {}".format(*each.port.address) for each in self._listeners)
        return Severity.GOOD, f"listens on {ports}" if ports else "hears MIDI"

    def _counts(self) -> tuple[int, int, int]:
        turned = [each.turned for each in self._listeners]
        return (
            sum(each.strangers for each in turned),
            sum(each.malformed + each.unknown for each in turned),
            sum(self._desk.dropped.values()),
        )
