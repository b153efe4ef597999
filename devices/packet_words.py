"""What bytes say, in words for a person: an address with its arguments, a line, or MIDI messages by name. Pure."""

from __future__ import annotations

from dataclasses import fields

import mido

from devices.midi.codec import MidiError, MidiSplitter, decode_message
from devices.midi.mmc import decode_mmc, is_mmc
from devices.midi.msc import MscMessage, decode_msc, is_msc
from devices.osc.codec import OscMessage, decode_packet
from devices.osc.guard import OscError
from profiles.argument_rules import value_to_text
from profiles.device_profile import FAMILY_OF_TRANSPORT, TransportKind

MOST_SYSEX_BYTES = 12
"""Of a SysEx that is neither show nor machine control, so many are named; all stand in the hex beside it."""


def body_words(transport: TransportKind, body: bytes) -> str:
    """The words of one packet without its framing. Bytes that cannot be read say so."""
    match FAMILY_OF_TRANSPORT[transport]:
        case "osc":
            try:
                return "; ".join(_osc_words(message) for message in decode_packet(body))
            except OscError as error:
                return f"no OSC: {error}"
        case "text":
            return body.decode(errors="replace")
        case "midi":
            return "; ".join(_midi_words(message) for message in MidiSplitter().feed(body)) or "no whole MIDI message"


def _osc_words(message: OscMessage) -> str:
    tags = [f",{message.tags}"] if message.tags else []
    return " ".join([message.address, *tags, *(_osc_value(value) for value in message.args)])


def _osc_value(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, bytes):
        return f"blob {value.hex(' ')}"
    if isinstance(value, bool | int | float):
        return value_to_text(value)
    return "nil" if value is None else str(value)


def _midi_words(message: bytes) -> str:
    try:
        if is_msc(message):
            return _msc_words(decode_msc(message))
        if is_mmc(message):
            command = decode_mmc(message)
            target = f" to {command.target}" if command.target is not None else ""
            return f"machine control {command.device}: {command.command}{target}"
        return _named(decode_message(message))
    except MidiError as error:
        return f"not read: {error}"


def _msc_words(message: MscMessage) -> str:
    head = ("command", "format", "device", "subframes")
    told = {each.name: getattr(message, each.name) for each in fields(message) if each.name not in head}
    words = [f"{name} {value}" for name, value in told.items() if value is not None]
    return " ".join([f"show control {message.format} {message.device}: {message.command}", *words])


def _named(message: mido.Message) -> str:
    """As people count: channels from 1, everything else as it stands on the wire."""
    told = message.dict()
    parts = [f"{name} {value}" for name, value in told.items() if name not in ("type", "time", "channel", "data")]
    if "data" in told:
        shown = bytes(told["data"][:MOST_SYSEX_BYTES]).hex(" ")
        parts.append(shown + (f" … {len(told['data'])} bytes" if len(told["data"]) > MOST_SYSEX_BYTES else ""))
    channel = f"channel {told['channel'] + 1} " if "channel" in told else ""
    return f"{channel}{message.type.replace('_', ' ')}" + (f": {', '.join(parts)}" if parts else "")
