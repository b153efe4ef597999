"""Ghosts behind real loopback sockets: one object a device, with descriptors and a ``service``, and no thread.

UDP: a packet a datagram, and for MIDI one raw message. TCP: framed as the profile's transport says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import heappop, heappush
from itertools import count
from typing import Any, Final, Protocol

from devices.ghosts.core import Answer, GhostCore
from devices.io.tcp import TcpListener, TcpStream
from devices.io.udp import UdpListener
from devices.stream_driver import Cut
from devices.wire_packet import FRAMERS
from profiles.device_profile import Framing

FORGET_NS: Final = 60_000_000_000
"""A client of a datagram ghost that has been silent for this long is told of nobody else's doings, where the device's
profile names no limit."""

READ_LIMIT: Final = 64


class GhostServer(Protocol):
    """One ghost behind its port."""

    core: GhostCore
    port: int

    def service(self, now_ns: int) -> None:
        """Take what has come, and send the answers that are due."""
        ...

    def say(self, body: bytes, now_ns: int) -> None:
        """Say something unasked to everybody who listens, as far as its faults let it."""
        ...

    def wake_at_ns(self) -> int | None:
        """When the next answer is due."""
        ...

    def descriptors(self) -> Sequence[int]:
        """Readable when something has come. They change as clients do."""
        ...

    def close(self) -> None:
        """Close for good; clients are cut off."""
        ...


class _Answers:
    """Answers on their way, each with whom it is for, and the beats of a device that says unasked that it lives."""

    def __init__(self, core: GhostCore) -> None:
        self._core = core
        self._now_ns = 0
        self._coming: list[tuple[int, int, bytes, Any]] = []
        self._number = count()
        self._beat = core.beat
        self._beat_ns = 0

    def unasked(self, now_ns: int) -> list[Answer]:
        """Its beat, and what it says of the hands at it, where they are due."""
        self._now_ns = now_ns
        hands = self._core.hands(now_ns)
        if self._beat is None or now_ns < self._beat_ns:
            return hands
        every_ns, body = self._beat
        self._beat_ns = now_ns + every_ns
        return [*self._core.say(body, now_ns), *hands]

    def put(self, due_ns: int, body: bytes, receiver: Any) -> None:
        heappush(self._coming, (due_ns, next(self._number), body, receiver))

    def send_due(self, now_ns: int, send: Callable[[bytes, Any], object]) -> None:
        while self._coming and self._coming[0][0] <= now_ns:
            _, _, body, receiver = heappop(self._coming)
            send(body, receiver)

    def wake_at_ns(self) -> int | None:
        wakes = [self._beat_ns] if self._beat is not None else []
        fault_ns = self._core.wake_at_ns(self._now_ns)
        wakes += [] if fault_ns is None else [fault_ns]
        return min([*wakes, *(each[0] for each in self._coming[:1])], default=None)


class UdpGhost:
    """A ghost that takes datagrams. ``reply_port`` is where it answers to; None: to the port that asked.

    Whoever asks is answered; of others' doings it tells those alone who kept it alive within its profile's limit.
    """

    def __init__(self, core: GhostCore, host: str, port: int, *, reply_port: int | None = None) -> None:
        self.core = core
        self._listener = UdpListener(host, port)
        self.port = self._listener.address[1]
        self._reply_port = reply_port
        self._clients: dict[tuple[Any, ...], int] = {}  # when each was last heard
        alive = core.profile.keep_alive
        limit_s = None if alive is None else alive.limit_s
        self._must_renew = limit_s is not None
        self._forget_ns = FORGET_NS if limit_s is None else round(limit_s * 1_000_000_000)
        self._answers = _Answers(core)

    def service(self, now_ns: int) -> None:
        """Take what has come, and send the answers that are due."""
        for datagram in self._listener.receive(READ_LIMIT):
            client = datagram.sender
            if self.core.is_keep_alive(datagram.content):
                self._clients[client] = now_ns
            for answer in self.core.receive(datagram.content, now_ns):
                for receiver in self._receivers(answer, client, now_ns):
                    self._answers.put(now_ns + answer.delay_ns, answer.body, receiver)
        self._tell_all(self._answers.unasked(now_ns), now_ns)
        self._answers.send_due(now_ns, self._listener.reply)

    def say(self, body: bytes, now_ns: int) -> None:
        """To every client heard of late; to the fixed reply port also before anybody was."""
        self._tell_all(self.core.say(body, now_ns), now_ns)
        self._answers.send_due(now_ns, self._listener.reply)

    def wake_at_ns(self) -> int | None:
        """When the next answer is due."""
        return self._answers.wake_at_ns()

    def descriptors(self) -> Sequence[int]:
        """The socket's."""
        fd = self._listener.fileno()
        return () if fd < 0 else (fd,)

    def close(self) -> None:
        """Close the socket."""
        self._listener.close()

    def _tell_all(self, answers: Sequence[Answer], now_ns: int) -> None:
        clients = self._heard_of_late(now_ns)
        if not clients and self._reply_port is not None and not self._must_renew:
            clients = [self._listener.address]
        for answer in answers:
            for client in clients:
                self._answers.put(now_ns + answer.delay_ns, answer.body, self._reply_address(client))

    def _receivers(self, answer: Answer, client: tuple[Any, ...], now_ns: int) -> list[tuple[Any, ...]]:
        if not answer.to_others:
            return [self._reply_address(client)]
        return [self._reply_address(other) for other in self._heard_of_late(now_ns) if other != client]

    def _reply_address(self, client: tuple[Any, ...]) -> tuple[Any, ...]:
        return client if self._reply_port is None else (client[0], self._reply_port, *client[2:])

    def _heard_of_late(self, now_ns: int) -> list[tuple[Any, ...]]:
        self._clients = {client: at for client, at in self._clients.items() if now_ns - at <= self._forget_ns}
        return list(self._clients)


class TcpGhost:
    """A ghost that takes connections, each cut into bodies by ``make_cut`` and answered in the same framing."""

    def __init__(self, core: GhostCore, host: str, port: int, *, framing: Framing, make_cut: Callable[[], Cut]) -> None:
        self.core = core
        self._listener = TcpListener(host, port)
        self.port = self._listener.address[1]
        self._frame = FRAMERS[framing]
        self._make_cut = make_cut
        self._clients: list[tuple[TcpStream, Cut]] = []
        self._answers = _Answers(core)

    def service(self, now_ns: int) -> None:
        """Take connections and what has come, and send the answers that are due."""
        self._clients += [(stream, self._make_cut()) for stream in self._listener.accept()]
        for stream, cut in self._clients:
            self._read(stream, cut, now_ns)
        self._clients = [each for each in self._clients if not each[0].ended]
        self._tell_all(self._answers.unasked(now_ns), now_ns)
        self._answers.send_due(now_ns, self._send)

    def say(self, body: bytes, now_ns: int) -> None:
        """To every connection."""
        self._tell_all(self.core.say(body, now_ns), now_ns)
        self._answers.send_due(now_ns, self._send)

    def wake_at_ns(self) -> int | None:
        """When the next answer is due."""
        return self._answers.wake_at_ns()

    def descriptors(self) -> Sequence[int]:
        """The listener's, and one for each connection."""
        fds = (self._listener.fileno(), *(stream.fileno() for stream, _cut in self._clients))
        return [fd for fd in fds if fd >= 0]

    def close(self) -> None:
        """Close the port and cut everybody off."""
        self._listener.close()
        for stream, _cut in self._clients:
            stream.end("the ghost is closed")
        self._clients.clear()

    def _tell_all(self, answers: Sequence[Answer], now_ns: int) -> None:
        for answer in answers:
            for stream, _cut in self._clients:
                self._answers.put(now_ns + answer.delay_ns, answer.body, stream)

    def _read(self, stream: TcpStream, cut: Cut, now_ns: int) -> None:
        stream.flush()
        arrived = stream.receive()
        for body in cut(arrived):
            if not isinstance(body, bytes):
                stream.end("wrong framing")  # as devices do
                return
            for answer in self.core.receive(body, now_ns):
                receivers = [stream]
                if answer.to_others:
                    receivers = [other for other, _cut in self._clients if other is not stream]
                for receiver in receivers:
                    self._answers.put(now_ns + answer.delay_ns, answer.body, receiver)

    def _send(self, body: bytes, stream: TcpStream) -> None:
        stream.send(self._frame(body))
