"""A ghost in memory behind the interface of a driver: what it is sent it takes at once, and answers when it would."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush

from devices.contract import Severity
from devices.driver import READY, HeardBody, Standing
from devices.ghosts.core import GhostCore
from devices.io.outcome import SENT, Handed, SendOutcome
from devices.wire_packet import WirePacket


class GhostDriver:
    """The way to one ghost core. ``fault`` is what a rehearsal plays: words while the device is to be away."""

    proves = True
    sessions = 1

    def __init__(self, core: GhostCore) -> None:
        self.core = core
        self.fault = ""
        self._coming: list[tuple[int, int, bytes]] = []
        self._count = 0

    @property
    def standing(self) -> Standing:
        """It always stands, but for a fault."""
        return Standing(Severity.BAD, self.fault) if self.fault else READY

    def service(self, now_ns: int) -> None:
        """Nothing to open."""

    def wake_at_ns(self) -> int | None:
        """When its next answer comes."""
        return self._coming[0][0] if self._coming else None

    def send(self, packet: WirePacket, now_ns: int) -> SendOutcome:
        """Taken at once."""
        if self.fault:
            return SendOutcome(Handed.FAILED, self.fault)
        for answer in self.core.receive(packet.body, now_ns):
            if not answer.to_others:
                self._count += 1
                heappush(self._coming, (now_ns + answer.delay_ns, self._count, answer.body))
        return SENT

    def receive(self, now_ns: int) -> Sequence[HeardBody]:
        """The answers that have come by now."""
        heard = []
        while self._coming and self._coming[0][0] <= now_ns:
            at_ns, _, body = heappop(self._coming)
            heard.append(HeardBody(body, at_ns))
        return [] if self.fault else heard

    def descriptors(self) -> Sequence[int]:
        """None: it is in memory."""
        return ()

    def close(self) -> None:
        """Forget the answers on their way."""
        self._coming.clear()
