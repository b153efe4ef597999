"""A driver that does what the test says, with the real interface, and a premises that shares nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from devices.driver import READY, HeardBody, Standing
from devices.io.outcome import SENT, SendOutcome
from devices.wire_packet import WirePacket


@dataclass(eq=False)
class ScriptedDriver:
    """Keeps what it is sent; answers ``outcomes`` in turn, then SENT. ``coming`` is what it hears next."""

    standing: Standing = READY
    sessions: int = 1
    proves: bool = False
    outcomes: deque[SendOutcome] = field(default_factory=deque)
    coming: deque[HeardBody] = field(default_factory=deque)
    sent: list[tuple[int, bytes]] = field(default_factory=list)
    closed: bool = False

    def service(self, now_ns: int) -> None: ...

    def wake_at_ns(self) -> int | None:
        return self.coming[0].received_ns if self.coming else None

    def send(self, packet: WirePacket, now_ns: int) -> SendOutcome:
        outcome = self.outcomes.popleft() if self.outcomes else SENT
        if outcome is SENT:
            self.sent.append((now_ns, packet.body))
        return outcome

    def receive(self, now_ns: int) -> Sequence[HeardBody]:
        heard = []
        while self.coming and self.coming[0].received_ns <= now_ns:
            heard.append(self.coming.popleft())
        return heard

    def descriptors(self) -> Sequence[int]:
        return ()

    def close(self) -> None:
        self.closed = True

    def bodies(self) -> list[bytes]:
        """What was sent, without the times."""
        return [body for _, body in self.sent]


class NothingShared:
    """For an outlet whose drivers are scripted."""

    def descriptors(self) -> tuple[int, ...]:
        return ()

    def ports_held(self) -> tuple[int, ...]:
        return ()

    def quiet(self) -> None: ...

    def close(self) -> None: ...
