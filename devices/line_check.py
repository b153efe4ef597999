"""What line check sends to a device, and what it looks like to a person. Pure.

In this order: what its profile names for it; its health question; else a message that no device acts on, of its own
family. Never a trigger, and never anything that an audience could see or hear.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Final

from devices.contract import LINE_CHECK, EncodeError, Harmless
from devices.encode import NO_SETTINGS, DeviceSettings, bare_packet, encode, health_packet, settings_of_setup
from devices.osc.codec import decode_packet, encode_message
from devices.telling import confirms_within_ns
from devices.wire_packet import WirePacket
from profiles.argument_rules import value_to_text
from profiles.device_profile import DeviceProfile
from profiles.device_setup import DeviceSetup
from profiles.messages import Family

PROBES: Final[Mapping[Family, tuple[bytes, str]]] = MappingProxyType(
    {
        # OSC 1.0: an address that a server has no method for is passed over.
        "osc": (encode_message("/showcaller/line_check", []), "a line in its OSC monitor or log; it does nothing"),
        # MIDI 1.0, universal system exclusive, general information: who is there? Read-only by its definition.
        "midi": (bytes.fromhex("f0 7e 7f 06 01 f7"), "its MIDI-in lamp blinks; it does nothing"),
        "text": (b"", "a prompt on its command line; it does nothing"),
    }
)
"""Where a profile names nothing and the device cannot be asked: a message without effect, and what is seen of it."""


def harmless(profile: DeviceProfile, settings: DeviceSettings = NO_SETTINGS) -> Harmless:
    """What may be sent to the device at any time. Raises EncodeError where a setting is missing."""
    named = profile.line_check
    if named is not None:
        packets = encode(profile, named.ask, named.args, settings=settings)
        words = " ".join([named.ask, *(f"{name}={value_to_text(value)}" for name, value in named.args.items())])
        within_ns = confirms_within_ns(profile, settings.transport, named.ask, named.args)
        return Harmless(named.ask, named.args, packets, words, _wire(packets), named.see, within_ns)
    question = health_packet(profile, settings)
    if question is not None:
        within_ns = confirms_within_ns(profile, settings.transport, LINE_CHECK, {})
        return _message(profile, question, "its health question: it answers by itself", within_ns)
    body, see = PROBES[profile.family]
    return _message(profile, bare_packet(profile, body, settings), see, None)


def harmless_of(devices: Mapping[str, DeviceSetup]) -> Mapping[str, Harmless]:
    """As :func:`harmless` for a house; without those to which nothing can be sent, which preflight names."""
    found = {}
    for device, setup in devices.items():
        with suppress(EncodeError):
            found[device] = harmless(setup.profile, settings_of_setup(setup))
    return found


def _message(profile: DeviceProfile, packet: WirePacket, see: str, within_ns: int | None) -> Harmless:
    words = body_to_words(profile.family, packet.body)
    return Harmless(LINE_CHECK, {"sends": words}, (packet,), words, _wire((packet,)), see, within_ns)


def _wire(packets: tuple[WirePacket, ...]) -> tuple[str, ...]:
    return tuple(packet.payload.hex(" ") for packet in packets)


def body_to_words(family: Family, body: bytes) -> str:
    """One message as a person reads it: address and arguments, the line, or the bytes."""
    match family:
        case "osc":
            message = decode_packet(body)[0]
            return " ".join([message.address, *(str(value) for value in message.args)])
        case "text":
            return body.decode("utf-8", "replace") or "an empty line"
        case "midi":
            return "MIDI identity request" if body == PROBES["midi"][0] else body.hex(" ")
