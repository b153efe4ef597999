"""Ready bytes for one device, and the one place in them that a fade may change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from devices.osc.framing import frame_length_prefix, frame_slip
from profiles.device_profile import Framing, TransportKind


def _as_it_is(body: bytes) -> bytes:
    return body


FRAMERS: Final[Mapping[Framing, Callable[[bytes], bytes]]] = MappingProxyType(
    {
        "none": _as_it_is,
        "len32": frame_length_prefix,
        "slip": frame_slip,
        "crlf": lambda body: body + b"\r\n",
        "lf": lambda body: body + b"\n",
    }
)


@dataclass(frozen=True, slots=True)
class Route:
    """How packets of one device travel; shared by all of them."""

    transport: TransportKind
    port: int | None
    framing: Framing


@dataclass(frozen=True, slots=True)
class WirePacket:
    """One packet. ``payload`` is what goes out, framing included; ``body`` is the message inside.

    ``thin_key`` names the value that a stream sets: a newer packet of the same key may take an older one's place.
    It is empty where nothing may be dropped. ``body_of`` makes the body for another fade value, None where the packet
    has none. A MIDI payload may hold several messages that must stay together (NRPN, bank select).
    """

    body: bytes
    payload: bytes
    delay_ns: int
    route: Route
    thin_key: str = ""
    body_of: Callable[[float], bytes] | None = field(default=None, compare=False, repr=False)

    @property
    def transport(self) -> TransportKind:
        """The transport's kind: osc_udp, midi, text_crlf …"""
        return self.route.transport

    @property
    def port(self) -> int | None:
        """Where to; None where there is no port or the profile leaves it to the user."""
        return self.route.port

    @property
    def framing(self) -> Framing:
        """What stands around the body: none, len32, slip, crlf, lf."""
        return self.route.framing

    def with_value(self, value: float) -> WirePacket:
        """The same packet for another fade value, in the verb's unit; itself where it has none."""
        if self.body_of is None:
            return self
        body = self.body_of(value)
        return WirePacket(
            body, FRAMERS[self.route.framing](body), self.delay_ns, self.route, self.thin_key, self.body_of
        )
