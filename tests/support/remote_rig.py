"""A remote desk on virtual time: the real engine and the real loop, and a port that a test fills and reads."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from console.loop.loop import Loop, Pace
from console.loop.waiters import VirtualWaiter
from console.record.journal import Unkept
from console.show.show import Show
from console.vocabulary import Notice, Request, Snapshot
from console.wiring.remote_desk import Ear, RemoteDesk
from console.wiring.remote_lamp import RemoteLamp
from devices.contract import Health, Severity
from devices.io.outcome import SENT, SendOutcome
from devices.io.udp import Datagram
from devices.osc.listener import OscListener
from profiles.remote_control import RemoteControl
from tests.support.builders import song_show
from tests.support.engine_rig import EngineRig
from tests.support.osc_bytes import Argument, osc, parse
from tests.support.recording_outlet import RecordingOutlet
from tests.support.virtual_clock import ScriptedSource, make_clock

N = TypeVar("N", bound=Notice)

TABLET = ("127.0.0.1", 9001)


class FilledPort:
    """As :class:`devices.io.udp.UdpListener`, but a test says what has come; what is answered is kept."""

    address = ("127.0.0.1", 53100)

    def __init__(self, arriving: Iterator[bytes] | None = None) -> None:
        """``arriving``: a flood without an end."""
        self._near, self._far = socket.socketpair()  # a descriptor that is readable while something is there
        self._arriving = arriving
        self.waiting: list[Datagram] = []
        self.received = 0
        self.replies: list[tuple[tuple[Any, ...], str, tuple[Argument, ...]]] = []
        if arriving is not None:
            self._far.send(b"\0")

    def put(self, address: str, *args: Argument, sender: tuple[str, int] = TABLET) -> None:
        self.put_bytes(osc(address, *args), sender)

    def put_bytes(self, datagram: bytes, sender: tuple[str, int] = TABLET) -> None:
        if not self.waiting:
            self._far.send(b"\0")
        self.waiting.append(Datagram(datagram, sender))

    def receive(self, limit: int = 64) -> list[Datagram]:
        arrived = []
        for _ in range(limit):
            if self.waiting:
                arrived.append(self.waiting.pop(0))
                if not self.waiting:
                    self._near.recv(1)
            elif self._arriving is not None:
                arrived.append(Datagram(next(self._arriving), TABLET))
        self.received += len(arrived)
        return arrived

    def reply(self, datagram: bytes, receiver: tuple[Any, ...]) -> SendOutcome:
        self.replies.append((receiver, *parse(datagram)))
        return SENT

    def fileno(self) -> int:
        return self._near.fileno()

    def close(self) -> None:
        self._near.close()
        self._far.close()


@dataclass
class RemoteRig:
    """One show, one remote port, and a loop that a test lets run to an instant."""

    house: RemoteControl = field(default_factory=lambda: RemoteControl(port=53100))
    show: Show = field(default_factory=song_show)
    port: FilledPort = field(default_factory=FilledPort)
    notices: list[Notice] = field(default_factory=list)
    inboxes: list[int] = field(default_factory=list)  # messages from outside in each step

    def __post_init__(self) -> None:
        self.clock = make_clock()
        self.engine = EngineRig(self.show, now_ns=self.clock.now_ns()).engine
        self.listener = OscListener(self.port)  # type: ignore[arg-type]
        self.desk = RemoteDesk(self.house, self.port, self.engine)  # type: ignore[arg-type]
        self.listener.wanted = self.desk.wants
        self.lamp = RemoteLamp(self.desk, [self.listener])
        self.outlet = RecordingOutlet()
        self.script = ScriptedSource()
        self.waiter = VirtualWaiter(self.clock)
        self.zero_ns = self.clock.now_ns()
        self.loop = Loop(
            self.engine,
            clock=self.clock,
            waiter=self.waiter,
            outlet=self.outlet,
            journal=Unkept(),
            sources=[self.script, Ear(self.listener, self.desk), self.lamp],
            audience=[self, self.desk],
            pace=Pace(wakes=False),
        )

    def tell(self, requests: Sequence[Request], notices: Sequence[Notice]) -> None:
        self.inboxes.append(len(requests))
        self.notices += notices

    def catch_up(self, snapshot: Snapshot | None) -> None: ...

    def said(self, kind: type[N]) -> list[N]:
        return [notice for notice in self.notices if isinstance(notice, kind)]

    def run_to(self, seconds: float) -> None:
        """Let the loop run to an instant after the start."""
        until_ns = self.zero_ns + round(seconds * 1e9)
        self.script.add(until_ns, Health("desk", Severity.GOOD, ""))  # something to stop for
        while self.clock.now_ns() < until_ns:
            self.loop.turn()

    def close(self) -> None:
        self.waiter.close()
        self.port.close()
