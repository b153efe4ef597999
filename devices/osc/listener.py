"""OSC from outside: triggers, remotes and input lines, heard on one UDP port from the senders the venue allows.

A flood costs its senders and never a cue. A read takes in a few datagrams and fewer messages, then rests, so that
whatever is due comes first and the loop has time to itself; what the kernel cannot keep meanwhile is lost. Strangers,
broken packets and addresses that mean nothing here are counted and nothing more: an address is looked at before the
rest of its packet is read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Final

from devices.contract import Incoming, Value
from devices.io.udp import Datagram, UdpListener
from devices.osc.codec import OscMessage, decode_packet
from devices.osc.guard import OscError, spans

Network = IPv4Network | IPv6Network

READ_LIMIT: Final = 32
"""Datagrams a read: what is left waits for the next, after whatever is due by then."""

MESSAGE_LIMIT: Final = 4
"""After so many messages a read ends: each may be a cue, and takes the engine 0.1 ms."""

REST_NS: Final = 1_000_000
"""How long nothing is read after a read that found all it may take."""

BUNDLE_LIMIT: Final = 16
DATAGRAM_LIMIT: Final = 2048
"""Messages of one datagram, and its bytes: no remote sends more, and one of 65,507 bytes would hold up the loop."""

KNOWN_HOSTS: Final = 1024


@dataclass
class Turned:
    """What was not let in, counted since the port was opened, and the last stranger's address."""

    strangers: int = 0
    malformed: int = 0
    unknown: int = 0
    stranger: str = ""


@dataclass(eq=False)
class OscListener:
    """A source of :class:`Incoming`. ``allow`` empty: this machine alone.

    ``wanted`` says of an address whether anything is to be made of it.
    """

    port: UdpListener
    allow: Sequence[Network] = ()
    wanted: Callable[[str], bool] = lambda _address: True
    turned: Turned = field(default_factory=Turned)
    _hosts: dict[str, bool] = field(default_factory=dict)
    _rests_until_ns: int | None = None

    def descriptors(self) -> Collection[int]:
        """The port's; none while it rests."""
        return (self.port.fileno(),) if self._rests_until_ns is None else ()

    def blocked(self) -> Collection[int]:
        """None: nothing is sent from here."""
        return ()

    def wake_at_ns(self) -> int | None:
        """When it has rested."""
        return self._rests_until_ns

    def read(self, now_ns: int) -> Sequence[Incoming]:
        """What has come, oldest first, as far as a read goes; bundles flattened."""
        if self._rests_until_ns is not None and now_ns < self._rests_until_ns:
            return ()
        heard: list[Incoming] = []
        for _ in range(READ_LIMIT):
            arrived = self.port.receive(1)
            if not arrived:
                self._rests_until_ns = None
                return heard
            heard += self._understand(arrived[0], now_ns)
            if len(heard) >= MESSAGE_LIMIT:
                break
        self._rests_until_ns = now_ns + REST_NS
        return heard

    def close(self) -> None:
        """Close the port."""
        self.port.close()

    def _understand(self, datagram: Datagram, now_ns: int) -> list[Incoming]:
        host, content = datagram.sender[0], datagram.content
        if not self._is_allowed(host):
            self.turned.strangers += 1
            self.turned.stranger = host
            return []
        is_bundle = content[:1] != b"/"
        if not is_bundle and not self.wanted(content.partition(b"\0")[0].decode(errors="replace")):
            self.turned.unknown += 1
            return []
        try:
            if len(content) > DATAGRAM_LIMIT or (is_bundle and len(spans(content)) > BUNDLE_LIMIT):
                raise OscError(f"OSC packet of {len(content)} bytes is more than a remote may send at once")
            messages = decode_packet(content)
        except OscError:
            self.turned.malformed += 1
            return []
        if is_bundle:
            count, messages = len(messages), tuple(each for each in messages if self.wanted(each.address))
            self.turned.unknown += count - len(messages)
        return [message_to_incoming(each, now_ns, datagram.sender[:2]) for each in messages]

    def _is_allowed(self, host: str) -> bool:
        known = self._hosts.get(host)
        if known is None:
            address = ip_address(host.partition("%")[0])
            known = address.is_loopback or any(address in network for network in self.allow)
            if len(self._hosts) >= KNOWN_HOSTS:
                self._hosts.clear()
            self._hosts[host] = known
        return known


def message_to_incoming(message: OscMessage, received_ns: int, sender: tuple[str, int] | None = None) -> Incoming:
    """A message as the engine takes it: arguments a cue can be compared with, others as text."""
    args = tuple(_plain(arg) for arg in message.args)
    return Incoming("osc", "osc", message.address, args, received_ns, sender)


def _plain(arg: object) -> Value:
    return arg if isinstance(arg, bool | int | float | str) else str(arg)
