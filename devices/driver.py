"""What every driver offers, whatever the transport: bytes to one device, bytes from it, and how the way there stands.

A driver knows packets and bodies, never verbs; what they mean is for ``conversation``. None of its methods waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from devices.contract import Severity
from devices.io.outcome import SendOutcome
from devices.wire_packet import WirePacket


@dataclass(frozen=True, slots=True)
class Standing:
    """How the way to a device stands. UNKNOWN is being opened; MAJOR carries packets, but no answers come back."""

    severity: Severity
    words: str = ""

    @property
    def carries(self) -> bool:
        """True where packets can be sent."""
        return self.severity in (Severity.GOOD, Severity.MAJOR)


READY: Final = Standing(Severity.GOOD)


@dataclass(frozen=True, slots=True)
class HeardBody:
    """One message of a device, unframed, and when it came."""

    body: bytes
    received_ns: int


class Driver(Protocol):
    """One device's transport."""

    @property
    def standing(self) -> Standing:
        """How the way there stands."""
        ...

    @property
    def sessions(self) -> int:
        """How often the way was opened so far: each time wants its own login."""
        ...

    @property
    def proves(self) -> bool:
        """True where a way that stands shows by itself that the device is there: a connection does, a socket not."""
        ...

    def service(self, now_ns: int) -> None:
        """Open, reopen, flush. Call when a descriptor is ready, and at :meth:`wake_at_ns`."""
        ...

    def wake_at_ns(self) -> int | None:
        """When :meth:`service` or :meth:`receive` has something to do though no descriptor says so."""
        ...

    def send(self, packet: WirePacket, now_ns: int) -> SendOutcome:
        """Hand over one packet, whole or not at all."""
        ...

    def receive(self, now_ns: int) -> Sequence[HeardBody]:
        """Some of what has come, oldest first; what is left keeps the descriptor ready."""
        ...

    def descriptors(self) -> Sequence[int]:
        """Readable when something has come. They change as connections do."""
        ...

    def close(self) -> None:
        """Let go of everything. Harmless twice."""
        ...
