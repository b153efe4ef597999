"""An engine that talks with ghosts of its devices on virtual time, and faults to play on them.

Bytes go through the real conversations: pace, questions, health. Only the wire is a ghost's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heappush

from console.engine.engine import InboxItem
from devices.contract import Outcome
from devices.conversation import Conversation
from devices.driver import HeardBody
from devices.encode import settings_of_setup
from devices.ghosts.core import GhostCore
from devices.ghosts.memory import GhostDriver
from devices.io.outcome import SENT, SendOutcome
from devices.wire_packet import WirePacket
from tests.support.engine_rig import EngineRig


class FaultyGhost(GhostDriver):
    """A ghost behind a bad line: late, lossy, garbled, or with nobody there."""

    proves = False

    def __init__(self, core: GhostCore) -> None:
        super().__init__(core)
        self.late_ns = 0
        self.loses_answers = 0  # so many more
        self.garbles = False
        self.dead = False  # bytes go into nothing, as datagrams do

    def send(self, packet: WirePacket, now_ns: int) -> SendOutcome:
        return SENT if self.dead else super().send(packet, now_ns + self.late_ns)

    def hand(self, body: bytes, now_ns: int) -> None:
        """The device says something unasked, now."""
        self._count += 1
        heappush(self._coming, (now_ns, self._count, body))

    def receive(self, now_ns: int) -> Sequence[HeardBody]:
        heard = list(super().receive(now_ns))
        lost, self.loses_answers = heard[: self.loses_answers], max(0, self.loses_answers - len(heard))
        kept = heard[len(lost) :]
        if self.garbles:
            kept = [HeardBody(each.body[::-1] + b"\xff", each.received_ns) for each in kept]
        return kept


@dataclass
class GhostRig(EngineRig):
    """``ghosts``: the wire of each device, to play faults on."""

    ghosts: dict[str, FaultyGhost] = field(default_factory=dict)
    talks: dict[str, Conversation] = field(default_factory=dict)

    def touch(self, device: str, verb: str, **args: bool | float | str) -> None:
        """Somebody at the device sets something, and it says so."""
        ghost = self.ghosts[device]
        for body in ghost.core.touch(verb, args):
            ghost.hand(body, self.now_ns)
        self.talks[device].wake_ns = self.now_ns
        self._step([])

    def _step(self, inbox: list[InboxItem]) -> None:
        if not self.talks:
            for device, setup in self.engine.run.patch.devices.items():
                self.ghosts[device] = FaultyGhost(GhostCore(setup.profile, settings_of_setup(setup)))
                self.talks[device] = Conversation(setup, self.ghosts[device])
        outcomes: list[InboxItem] = []
        while True:
            heard: list[InboxItem] = []
            for talk in self.talks.values():
                if talk.wake_ns is not None and talk.wake_ns <= self.now_ns:
                    heard += talk.poll(self.now_ns)
            outbox = self.engine.step(self.now_ns, self.wall, [*outcomes, *heard, *inbox])
            outcomes = [self._send(each.command, each.packet) for each in outbox.dispatches]  # type: ignore[arg-type]
            self.sent.extend(outbox.dispatches)
            self.notices.extend(outbox.notices)
            inbox = []
            wakes = [outbox.wake_at_ns, *(talk.wake_ns for talk in self.talks.values())]
            self._wake_ns = min((wake for wake in wakes if wake is not None), default=None)
            if not outcomes and not heard:
                return

    def _send(self, command: object, packet: WirePacket) -> Outcome:
        return self.talks[command.device].send(command, packet, self.now_ns)  # type: ignore[attr-defined,arg-type]
