"""Messages that leave for one device at one instant, as OSC bundles: they arrive together, in order, and take effect at
once (the time tag is *immediately*). Pure; whose profile says that it takes bundles is asked by ``conversation``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from devices.osc.codec import encode_bundle
from devices.wire_packet import FRAMERS, WirePacket
from profiles.device_profile import FAMILY_OF_TRANSPORT, DeviceProfile

MOST_BYTES: Final = 1472
"""What fits one Ethernet frame as a datagram: 1,500 less 20 of IP and 8 of UDP. A bundle cut in pieces may lose one."""

HEAD_BYTES: Final = 16
"""Of a bundle: its name and time tag. Each message in it has its length before it."""

SIZE_BYTES: Final = 4


def bundle_bytes(profile: DeviceProfile, transport: str) -> int:
    """The largest bundle a device is sent, in bytes; 0 where it is sent none."""
    kind = profile.transport(transport)
    if not profile.flags.bundles or kind is None or FAMILY_OF_TRANSPORT[kind.kind] != "osc":
        return 0
    return min(MOST_BYTES, profile.limits.max_packet_bytes or MOST_BYTES)


def bundled(packets: Sequence[WirePacket], most_bytes: int) -> list[tuple[WirePacket, int]]:
    """What leaves for these packets of one device, in order, and how many of them each holds.

    A message that is alone, or too long for a bundle, leaves as itself.
    """
    runs: list[list[WirePacket]] = []
    room = 0
    for packet in packets:
        size = SIZE_BYTES + len(packet.body)
        if size > room:
            runs.append([])
            room = most_bytes - HEAD_BYTES
        runs[-1].append(packet)
        room -= size
    return [(run[0] if len(run) == 1 else _bundle(run), len(run)) for run in runs]


def _bundle(packets: Sequence[WirePacket]) -> WirePacket:
    route = packets[0].route
    body = encode_bundle(packet.body for packet in packets)
    return WirePacket(body, FRAMERS[route.framing](body), 0, route)
