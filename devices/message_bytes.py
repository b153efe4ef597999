"""One message of a profile, its values known, to bytes. Pure.

Where a message carries the value of a fade, :func:`build_body` also answers how the body looks for another value.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from devices.contract import EncodeError
from devices.midi import codec as midi
from devices.midi.mmc import MmcMessage as MmcBytes
from devices.midi.mmc import encode_mmc
from devices.midi.msc import MscMessage as MscBytes
from devices.midi.msc import encode_msc
from devices.osc.codec import OscArg as OscPair
from devices.osc.codec import encode_message
from devices.osc.guard import FIXED_BYTES
from profiles.argument_rules import Rule, RuleError, Scalar, value_to_text
from profiles.messages import (
    ControlMessage,
    Message,
    MmcMessage,
    MscMessage,
    NoteMessage,
    NrpnMessage,
    OscArg,
    OscMessage,
    ProgramMessage,
    Sum,
    TextMessage,
)
from profiles.templates import Template
from profiles.timecode import FrameRateError, Timecode, TimecodeError, frame_rate, frames_to_label, ns_to_frames
from profiles.wire_values import law_to_wire, to_wire

BodyOf = Callable[[float], bytes]

_PACK_F = struct.Struct(">f").pack
_PACK_D = struct.Struct(">d").pack
_FORBIDDEN_IN_ADDRESS = frozenset(" #*,?[]{}")


@dataclass(frozen=True, slots=True)
class Wire:
    """What a message is filled with: ``given`` are arguments, captures and settings, ``values`` what they become."""

    rules: Mapping[str, Rule]
    given: Mapping[str, Scalar]
    values: Mapping[str, Scalar]


def wire_of(rules: Mapping[str, Rule], given: Mapping[str, Scalar]) -> Wire:
    """Every value on the wire. Raises RuleError."""
    values = {}
    for name, rule in rules.items():
        value = to_wire(rule, given)
        if value is not None:
            values[name] = value
    return Wire(rules, given, values)


def build_body(message: Message, wire: Wire, fade_place: str = "") -> tuple[bytes, BodyOf | None]:
    """The body of one message, and how it looks for another value of the argument behind ``fade_place``.

    Raises EncodeError, RuleError, and the codecs' own errors (all ValueErrors of one line).
    """
    for template in message.templates():
        if (missing := template.missing(wire.values)) is not None:
            raise EncodeError(f"{wire.rules[missing].source} is missing: give it, or let the venue's map set it")
    body = _body(message, wire)
    if not any(fade_place in template.names for template in message.templates()):
        return body, None
    rule = wire.rules[fade_place]
    patched: BodyOf | None = None
    if isinstance(message, OscMessage):
        patched = _osc_patch(message, wire, body, rule)
    elif isinstance(message, ControlMessage | NrpnMessage) and [term.single for term in message.value] == [rule.name]:
        patched = _midi_patch(message, wire, body, rule)
    return body, patched or _rebuilt(message, wire, rule)


def _rebuilt(message: Message, wire: Wire, rule: Rule) -> BodyOf:
    def body_of(value: float) -> bytes:
        number = law_to_wire(rule, value, wire.given)
        return _body(message, Wire(wire.rules, wire.given, {**wire.values, rule.name: number}))

    return body_of


def _body(message: Message, wire: Wire) -> bytes:
    match message:
        case OscMessage():
            return encode_message(_address(message.address, wire), _pairs(message, wire))
        case TextMessage():
            return _line(message.line, wire)
        case NoteMessage(off=off):
            build = midi.note_off if off else midi.note_on
            return build(_sum(message.channel, wire), _sum(message.note, wire), _sum(message.velocity, wire))
        case ControlMessage():
            return midi.control_change(
                _sum(message.channel, wire), _sum(message.control, wire), _sum(message.value, wire)
            )
        case ProgramMessage():
            return _program(message, wire)
        case NrpnMessage():
            number, value = _sum(message.nrpn, wire), _sum(message.value, wire)
            fine = value & 0x7F if message.fine else None
            parts = midi.nrpn(_sum(message.channel, wire), number >> 7, number & 0x7F, value >> 7, fine)
            return b"".join(parts)
        case MscMessage():
            return _msc(message, wire)
        case MmcMessage():
            target = None if message.target is None else _label(message.target, wire)
            return encode_mmc(MmcBytes(message.mmc, _sum(message.device, wire), target))


# ----------------------------------------------------------------------------------------------------------------- OSC


def _address(template: Template, wire: Wire) -> str:
    for name in template.names:
        text, rule = value_to_text(wire.values.get(name, "")), wire.rules[name]
        forbidden = _FORBIDDEN_IN_ADDRESS if rule.spec.slashes else _FORBIDDEN_IN_ADDRESS | {"/"}
        bad = next((sign for sign in text if sign in forbidden or not "!" <= sign <= "~"), None)
        if bad is not None:
            raise EncodeError(
                f"{rule.source} is {text!r}: {bad!r} cannot stand in an OSC address; "
                "use a number or id, or let the venue's map give one"
            )
    return "".join(template.pieces(wire.values, value_to_text))


def _pairs(message: OscMessage, wire: Wire) -> list[OscPair]:
    pairs: list[OscPair] = []
    for arg in message.args:
        value = _text_or_value(arg.template, wire)
        if value is not None:
            pairs.append(_pair(arg, value))
    return pairs


def _pair(arg: OscArg, value: Scalar) -> OscPair:
    """The type is the profile's, never guessed from the value."""
    match arg.tag:
        case "s":
            return "s", value_to_text(value)
        case "flag":
            return ("T" if value not in (False, 0, "false") else "F"), None
        case "i" | "h":
            return arg.tag, _whole(value, arg.template.text)
        case _:
            return arg.tag, _number(value, arg.template.text)


def _osc_patch(message: OscMessage, wire: Wire, body: bytes, rule: Rule) -> BodyOf | None:
    """Body before and after a lone float stay as they are; the float between is packed anew."""
    tail = 0
    for arg in reversed(message.args):
        value = _text_or_value(arg.template, wire)
        if value is None:
            continue
        tag, sent = _pair(arg, value)
        size = FIXED_BYTES[tag] if tag in FIXED_BYTES else (len(str(sent).encode()) // 4 + 1) * 4
        tail += size
        if arg.template.single == rule.name and tag in ("f", "d"):
            head, rest = body[: len(body) - tail], body[len(body) - tail + size :]
            return _float_patch(head, rest, rule, wire.given, _PACK_F if tag == "f" else _PACK_D)
    return None


def _float_patch(
    head: bytes, rest: bytes, rule: Rule, given: Mapping[str, Scalar], pack: Callable[[float], bytes]
) -> BodyOf:
    def body_of(value: float) -> bytes:
        return head + pack(law_to_wire(rule, value, given)) + rest

    return body_of


# ---------------------------------------------------------------------------------------------------------- text, MIDI


def _midi_patch(message: ControlMessage | NrpnMessage, wire: Wire, body: bytes, rule: Rule) -> BodyOf:
    """The value stands at the end: one byte, or seven bits and, after the next status and number, the other seven."""
    fine = isinstance(message, NrpnMessage) and message.fine
    shift = 7 if isinstance(message, NrpnMessage) else 0
    head, between = (body[:-4], body[-3:-1]) if fine else (body[:-1], b"")

    def body_of(value: float) -> bytes:
        number = _whole(law_to_wire(rule, value, wire.given), rule.name)
        high = midi.data_byte(number >> shift, "value")
        return head + bytes((high,)) + (between + bytes((number & 0x7F,)) if fine else b"")

    return body_of


def _line(template: Template, wire: Wire) -> bytes:
    quoted: dict[str, Scalar] = {}
    for name in template.names:
        if name not in wire.values:
            continue
        rule = wire.rules[name]
        text = value_to_text(wire.values[name], rule.spec.digits)
        quoted[name] = rule.quoting.quoted(text) if rule.quoting is not None else text
    line = "".join(template.pieces(quoted))
    if not line.isprintable():
        bad = next(sign for sign in line if not sign.isprintable())
        raise EncodeError(f"the line would hold the sign {bad!r}: leave it out, it would end or break the command")
    return line.encode()


def _text_or_value(template: Template, wire: Wire) -> Scalar | None:
    """A lone place keeps its type; within words every value stands as its rule quotes it."""
    if template.constant is not None or template.single is not None:
        return template.value(wire.values)
    if template.is_optional and any(name not in wire.values for name in template.names):
        return None
    return _line(template, wire).decode()


def _program(message: ProgramMessage, wire: Wire) -> bytes:
    channel, program = _sum(message.channel, wire), _sum(message.program, wire)
    if message.wide:
        return midi.control_change(channel, 0x00, program >> 7) + midi.program_change(channel, program & 0x7F)
    if message.bank is None:
        return midi.program_change(channel, program)
    bank = _sum(message.bank, wire)
    return b"".join(midi.bank_select(channel, bank >> 7, bank & 0x7F, program))


def _msc(message: MscMessage, wire: Wire) -> bytes:
    return encode_msc(
        MscBytes(
            message.msc,
            message.format,
            _sum(message.device, wire),
            cue=_text(message.cue, wire),
            list=_text(message.list, wire),
            path=_text(message.path, wire),
            time=None if message.time is None else _label(message.time, wire),
            macro=None if message.macro is None else _sum(message.macro, wire),
            controller=None if message.controller is None else _sum(message.controller, wire),
            value=None if message.value is None else _sum(message.value, wire),
        )
    )


def _text(template: Template | None, wire: Wire) -> str | None:
    if template is None:
        return None
    value = _text_or_value(template, wire)
    return None if value is None else value_to_text(value)


def _sum(terms: Sum, wire: Wire) -> int:
    total = 0
    for term in terms:
        value = term.value(wire.values, value_to_text)
        if value is not None:
            total += _whole(value, term.text)
    return total


def _label(template: Template, wire: Wire) -> Timecode:
    seconds = _number(_text_or_value(template, wire) or 0, template.text)
    name = wire.given.get("frame_rate", "25")
    try:
        rate = frame_rate(value_to_text(name)).mtc_rate
        return frames_to_label(ns_to_frames(round(seconds * 1_000_000_000), rate), rate)
    except (FrameRateError, TimecodeError) as error:
        raise EncodeError(str(error)) from None


def _whole(value: Scalar, what: str) -> int:
    number = _number(value, what)
    if not math.isfinite(number):
        raise EncodeError(
            f"{what} would be {number:g} on the wire, where a whole number is needed: give a finite value"
        )
    return math.floor(number + 0.5)


def _number(value: Scalar, what: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise RuleError(f"{what} is {value!r}: a number is needed; let the venue's map give one") from None
