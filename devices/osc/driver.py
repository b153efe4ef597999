"""Devices that speak OSC: a datagram a packet, or a stream cut by length or by SLIP."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from devices.contract import Severity
from devices.driver import READY, HeardBody, Standing
from devices.io.outcome import SendOutcome
from devices.io.tcp import TcpPort
from devices.io.udp import UdpPort, UdpState
from devices.osc.framing import LengthPrefixDecoder, SlipDecoder
from devices.osc.reply_door import ReplyDoor
from devices.stream_driver import Cut, StreamDriver
from devices.wire_packet import WirePacket

READ_LIMIT: Final = 4


class UdpDriver:
    """Packets as datagrams over a connected socket; answers come to it, or to a door that devices share."""

    proves = False

    def __init__(self, port: UdpPort, door: ReplyDoor | None = None) -> None:
        self._port = port
        self._door = door
        self._box: deque[HeardBody] | None = None

    @property
    def standing(self) -> Standing:
        """A name nobody knows needs a person; a reply port that is taken leaves sending as it was."""
        if self._port.state is UdpState.FAILED:
            return Standing(Severity.FATAL, self._port.words)
        if self._port.state is UdpState.UNRESOLVED:
            return Standing(Severity.UNKNOWN, self._port.words)
        if self._door is not None and self._door.words:
            return Standing(Severity.MAJOR, self._door.words)
        return READY

    @property
    def sessions(self) -> int:
        """1 once the socket is open: it stays open."""
        return int(self._port.state is UdpState.READY)

    def service(self, now_ns: int) -> None:
        """Look up, open."""
        self._port.service(now_ns)
        if self._door is not None:
            self._door.service(now_ns)
            if self._box is None and self._port.address is not None:
                self._box = self._door.mailbox(self._port.address)

    def wake_at_ns(self) -> int | None:
        """The next try at what is not open."""
        own = self._port.wake_at_ns()
        door = None if self._door is None else self._door.wake_at_ns()
        return own if door is None else door if own is None else min(own, door)

    def send(self, packet: WirePacket, now_ns: int) -> SendOutcome:
        """One datagram."""
        return self._port.send(packet.payload)

    def receive(self, now_ns: int) -> Sequence[HeardBody]:
        """At most a few, from the socket and from the door."""
        heard = [HeardBody(datagram.content, now_ns) for datagram in self._port.receive(READ_LIMIT)]
        if self._door is not None and self._box is not None:
            self._door.read(now_ns)
            heard += self._box
            self._box.clear()
        return heard

    def descriptors(self) -> Sequence[int]:
        """The socket's, and the door's."""
        fds = [self._port.fileno()]
        if self._door is not None:
            fds.append(self._door.fileno())
        return [fd for fd in fds if fd >= 0]

    def close(self) -> None:
        """Close the socket; the door is for others too."""
        self._port.close()


def len32_driver(make_port: Callable[[], TcpPort]) -> StreamDriver:
    """OSC 1.0 over TCP: each packet behind its length."""
    return StreamDriver(make_port, cut_by_length, strict=True)


def slip_driver(make_port: Callable[[], TcpPort]) -> StreamDriver:
    """OSC 1.1 over TCP: SLIP."""
    return StreamDriver(make_port, cut_by_slip)


def cut_by_length() -> Cut:
    """What cuts one stream of packets behind their lengths."""
    return LengthPrefixDecoder().feed


def cut_by_slip() -> Cut:
    """What cuts one stream of SLIP frames."""
    return SlipDecoder().feed
