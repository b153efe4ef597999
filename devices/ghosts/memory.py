"""A ghost in memory behind the interface of a driver: what it is sent it takes at once, and answers when it would."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush

from devices.contract import Severity
from devices.driver import READY, HeardBody, Standing
from devices.ghosts.core import Answer, GhostCore
from devices.io.outcome import SENT, Handed, SendOutcome
from devices.wire_packet import WirePacket


class GhostDriver:
    """The way to one ghost core. A dead one is known to be: nothing is asked of a ghost in memory."""

    proves = True
    sessions = 1

    def __init__(self, core: GhostCore) -> None:
        self.core = core
        self._death = ""
        self._now_ns = 0
        self._coming: list[tuple[int, int, bytes]] = []
        self._count = 0

    @property
    def standing(self) -> Standing:
        """It always stands, but for its death."""
        return Standing(Severity.BAD, self._death) if self._death else READY

    def service(self, now_ns: int) -> None:
        """Nothing to open; faults come and go, and hands are at work."""
        self._now_ns = now_ns
        self._death = self.core.death(now_ns)
        for answer in self.core.hands(now_ns):
            self._expect(answer, now_ns)

    def wake_at_ns(self) -> int | None:
        """When its next answer comes, or a fault has its time."""
        wakes = [self._coming[0][0]] if self._coming else []
        fault_ns = self.core.wake_at_ns(self._now_ns)
        return min(wakes if fault_ns is None else [*wakes, fault_ns], default=None)

    def send(self, packet: WirePacket, now_ns: int) -> SendOutcome:
        """Taken at once."""
        death = self.core.death(now_ns)
        if death:
            return SendOutcome(Handed.FAILED, death)
        for answer in self.core.receive(packet.body, now_ns):
            if not answer.to_others:
                self._expect(answer, now_ns)
        return SENT

    def receive(self, now_ns: int) -> Sequence[HeardBody]:
        """The answers that have come by now."""
        heard = []
        while self._coming and self._coming[0][0] <= now_ns:
            at_ns, _, body = heappop(self._coming)
            heard.append(HeardBody(body, at_ns))
        return [] if self.core.death(now_ns) else heard

    def descriptors(self) -> Sequence[int]:
        """None: it is in memory."""
        return ()

    def close(self) -> None:
        """Forget the answers on their way."""
        self._coming.clear()

    def _expect(self, answer: Answer, now_ns: int) -> None:
        self._count += 1
        heappush(self._coming, (now_ns + answer.delay_ns, self._count, answer.body))
