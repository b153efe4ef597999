"""OSC from outside: triggers and input lines, heard on one UDP port from the senders the venue allows.

Reads are bounded, so that a flood costs its senders and never a cue; malformed packets and strangers are counted.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address

from devices.contract import Incoming, Value
from devices.io.udp import UdpListener
from devices.osc.codec import OscMessage, decode_packet
from devices.osc.guard import OscError

Network = IPv4Network | IPv6Network

READ_LIMIT = 32
"""Datagrams a read: what is left waits for the next turn, after whatever is due by then."""

MOST_KNOWN = 1000
"""Senders whose answer is kept: reading an address takes as long as reading a trigger."""


@dataclass(eq=False)
class OscListener:
    """A source of :class:`Incoming`. ``allow`` empty: anyone who reaches the port (it is bound to loopback then)."""

    port: UdpListener
    allow: Sequence[Network] = ()
    malformed: int = 0
    refused: int = 0
    _known: dict[str, bool] = field(default_factory=dict)

    def descriptors(self) -> Collection[int]:
        """The port's."""
        return (self.port.fileno(),)

    def blocked(self) -> Collection[int]:
        """None: nothing is sent from here."""
        return ()

    def wake_at_ns(self) -> int | None:
        """None: it reads when something comes."""
        return None

    def read(self, now_ns: int) -> Sequence[Incoming]:
        """What has come, oldest first; bundles flattened."""
        heard: list[Incoming] = []
        for datagram in self.port.receive(READ_LIMIT):
            if not self._is_allowed(datagram.sender[0]):
                self.refused += 1
                continue
            try:
                heard.extend(message_to_incoming(message, now_ns) for message in decode_packet(datagram.content))
            except OscError:
                self.malformed += 1
        return heard

    def close(self) -> None:
        """Close the port."""
        self.port.close()

    def _is_allowed(self, host: str) -> bool:
        if not self.allow:
            return True
        known = self._known.get(host)
        if known is None:
            address = ip_address(host.partition("%")[0])
            known = address.is_loopback or any(address in network for network in self.allow)
            if len(self._known) < MOST_KNOWN:
                self._known[host] = known
        return known


def message_to_incoming(message: OscMessage, received_ns: int) -> Incoming:
    """A message as the engine takes it: arguments a cue can be compared with, others as text."""
    args = tuple(_plain(arg) for arg in message.args)
    return Incoming("osc", "osc", message.address, args, received_ns)


def _plain(arg: object) -> Value:
    return arg if isinstance(arg, bool | int | float | str) else str(arg)
