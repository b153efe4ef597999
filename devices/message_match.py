"""One message of a profile against one that was received: what stands in its places, or None. Pure.

The counterpart of ``message_bytes``. *Strict* is for what a device would obey (an int is no float, nothing may be
left over); tolerant is for what devices answer, who are freer in both.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from devices.midi.codec import MidiError, MidiSplitter
from devices.midi.mmc import decode_mmc, is_mmc
from devices.midi.msc import decode_msc, is_msc
from devices.osc.codec import OscMessage as HeardOsc
from devices.osc.codec import decode_packet
from devices.osc.guard import OscError
from profiles.argument_rules import Rule, Scalar, value_to_text, wire_to_text
from profiles.messages import (
    ControlMessage,
    Family,
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
from profiles.timecode import (
    FrameRateError,
    Timecode,
    TimecodeError,
    frame_rate,
    frames_to_ns,
    label_to_frames,
    mtc_to_label,
)

Heard = HeardOsc | str | tuple[bytes, ...]
"""A received OSC message, a line without its ending, or the MIDI messages of one packet."""

Found = dict[str, Scalar]
"""Place to wire value."""


def hear(family: Family, body: bytes) -> tuple[Heard, ...]:
    """A received body (unframed) as what can be matched; nothing where it cannot be read."""
    match family:
        case "osc":
            try:
                return decode_packet(body)
            except OscError:
                return ()
        case "text":
            return tuple(line for line in body.decode(errors="replace").splitlines() if line)
        case "midi":
            messages = tuple(MidiSplitter().feed(body))
            return (messages,) if messages else ()


def match_message(
    message: Message, heard: Heard, rules: Mapping[str, Rule], settings: Mapping[str, Scalar], *, strict: bool
) -> Found | None:
    """What stands in the message's places where ``heard`` is one of its kind, else None."""
    if isinstance(heard, HeardOsc):
        return _match_osc(message, heard, rules, strict=strict) if isinstance(message, OscMessage) else None
    if isinstance(heard, str):
        return _match_text(message.line, heard, rules) if isinstance(message, TextMessage) else None
    try:
        return _match_midi(message, heard, rules, settings)
    except (MidiError, TimecodeError, FrameRateError):
        return None


# ------------------------------------------------------------------------------------------------------------ OSC, text


def _match_osc(message: OscMessage, heard: HeardOsc, rules: Mapping[str, Rule], *, strict: bool) -> Found | None:
    found = message.address.match(heard.address, lambda name: _pattern(rules.get(name), r"[^/]+"))
    if found is None:
        return None
    result: Found = dict(found)
    waiting = list(zip(heard.tags, heard.args, strict=False))
    for arg in message.args:
        read = _match_arg(arg, *waiting[0], rules, strict=strict) if waiting else None
        if read is not None:
            result |= read
            waiting.pop(0)
        elif not arg.template.is_optional:
            return None
    return result if not (waiting and strict) else None


def _match_arg(arg: OscArg, tag: str, value: object, rules: Mapping[str, Rule], *, strict: bool) -> Found | None:
    wanted = "TF" if arg.tag == "flag" else arg.tag
    if not (tag in wanted if strict else _kind(tag) == _kind(wanted[0])):
        return None
    if not isinstance(value, bool | int | float | str):
        return None
    return _match_value(arg.template, value, rules)


def _kind(tag: str) -> str:
    return "text" if tag in "sS" else "number" if tag in "ihfdTF" else tag


def _match_value(template: Template, value: Scalar, rules: Mapping[str, Rule]) -> Found | None:
    if template.constant is not None:
        return {} if wire_to_text(template.constant) == wire_to_text(value) else None
    if (name := template.single) is not None:
        return {name: value}
    return _match_text(template, value_to_text(value), rules)


def _match_text(template: Template, text: str, rules: Mapping[str, Rule]) -> Found | None:
    # Between words a value ends at a space; a lone value may hold some.
    otherwise = r".+" if len(template.names) == 1 else r"\S+"
    found = template.match(text, lambda name: _pattern(rules.get(name), otherwise))
    if found is None:
        return None
    quotings = {name: rule.quoting for name, rule in rules.items() if rule.quoting is not None}
    return {name: quotings[name].unquoted(value) if name in quotings else value for name, value in found.items()}


def _pattern(rule: Rule | None, otherwise: str) -> str:
    """The regular expression for a place's text, as narrow as its rule allows."""
    if rule is None:
        return otherwise
    if rule.quoting is not None:
        return rule.quoting.pattern
    number = r"-?[0-9]+" if rule.type == "int" and rule.curve is None else r"-?(?:[0-9]+(?:\.[0-9]+)?|inf)"
    if rule.table is not None:
        words = [re.escape(value_to_text(wire)) for wire in rule.table.values()]
        if rule.spec.others == "keep":
            words.append(number if rule.type in ("int", "float") else otherwise)
        return f"(?:{'|'.join(words)})"
    if rule.type in ("int", "float"):
        return number
    if rule.spec.pattern is not None:
        return f"(?:{rule.spec.pattern})"
    return r"\S+" if rule.spec.slashes else otherwise


# ---------------------------------------------------------------------------------------------------------------- MIDI


def _match_midi(
    message: Message, heard: tuple[bytes, ...], rules: Mapping[str, Rule], settings: Mapping[str, Scalar]
) -> Found | None:
    first = heard[0]
    if len(heard) > 1 and not isinstance(message, NrpnMessage | ProgramMessage):
        return None
    match message:
        case NoteMessage():
            played = (message.channel, message.note)
            if message.off:
                return _match_sums(played, _channel_bytes(first, 0x80), rules)
            return _match_sums((*played, message.velocity), _channel_bytes(first, 0x90), rules)
        case ControlMessage():
            terms = (message.channel, message.control, message.value)
            return _match_sums(terms, _channel_bytes(first, 0xB0), rules)
        case ProgramMessage():
            return _match_program(message, heard, rules)
        case NrpnMessage():
            wanted = (0x63, 0x62, 0x06, 0x26) if message.fine else (0x63, 0x62, 0x06)
            read = _controls(heard, wanted)
            if read is None:
                return None
            numbers = (read[0], read[1] << 7 | read[2], read[3] << 7 | (read[4] if message.fine else 0))
            return _match_sums((message.channel, message.nrpn, message.value), numbers, rules)
        case MscMessage() if is_msc(first):
            return _match_msc(message, first, rules, settings)
        case MmcMessage() if is_mmc(first):
            return _match_mmc(message, first, rules, settings)
    return None


def _match_program(message: ProgramMessage, heard: tuple[bytes, ...], rules: Mapping[str, Rule]) -> Found | None:
    banks = (0x00,) if message.wide else () if message.bank is None else (0x00, 0x20)
    program = _channel_bytes(heard[-1], 0xC0)
    banked = _controls(heard[:-1], banks)
    if program is None or banked is None:
        return None
    if message.wide:
        return _match_sums((message.channel, message.program), (program[0], banked[1] << 7 | program[1]), rules)
    if message.bank is None:
        return _match_sums((message.channel, message.program), program, rules)
    numbers = (program[0], banked[1] << 7 | banked[2], program[1])
    return _match_sums((message.channel, message.bank, message.program), numbers, rules)


def _channel_bytes(raw: bytes, status: int) -> tuple[int, ...] | None:
    """Channel from 1, then the data bytes, where the status fits. A note on of velocity 0 is a note off."""
    if raw[0] >= 0xF0:
        return None
    own = 0x80 if raw[0] & 0xF0 == 0x90 and raw[2] == 0 else raw[0] & 0xF0
    return ((raw[0] & 0x0F) + 1, *raw[1:]) if own == status else None


def _controls(heard: Sequence[bytes], wanted: Sequence[int]) -> tuple[int, ...] | None:
    """Channel and values of a run of control changes in the wanted order."""
    if len(heard) != len(wanted):
        return None
    if any(raw[0] & 0xF0 != 0xB0 or raw[1] != control for raw, control in zip(heard, wanted, strict=True)):
        return None
    channel = (heard[0][0] & 0x0F) + 1 if heard else 0
    return channel, *(raw[2] for raw in heard)


def _match_msc(
    message: MscMessage, raw: bytes, rules: Mapping[str, Rule], settings: Mapping[str, Scalar]
) -> Found | None:
    read = decode_msc(raw)
    if read.command != message.msc or read.format != message.format:
        return None
    found = _match_sums((message.device,), (read.device,), rules)
    for template, value in (
        (message.cue, read.cue),
        (message.list, read.list),
        (message.path, read.path),
        (message.time, _seconds(read.time, settings)),
    ):
        found = _joined(found, _match_field(template, value, rules))
    for terms, number in (
        (message.macro, read.macro),
        (message.controller, read.controller),
        (message.value, read.value),
    ):
        if terms is not None and number is not None:
            found = _joined(found, _match_sums((terms,), (number,), rules))
    return found


def _match_mmc(
    message: MmcMessage, raw: bytes, rules: Mapping[str, Rule], settings: Mapping[str, Scalar]
) -> Found | None:
    read = decode_mmc(raw)
    if read.command != message.mmc:
        return None
    found = _match_sums((message.device,), (read.device,), rules)
    return _joined(found, _match_field(message.target, _seconds(read.target, settings), rules))


def _match_field(template: Template | None, value: Scalar | None, rules: Mapping[str, Rule]) -> Found | None:
    if template is None or value is None:
        return {} if value is None and (template is None or template.is_optional) else None
    return _match_value(template, value, rules)


def _joined(found: Found | None, more: Found | None) -> Found | None:
    return None if found is None or more is None else found | more


def _seconds(label: Timecode | None, settings: Mapping[str, Scalar]) -> float | None:
    if label is None:
        return None
    rate = frame_rate(value_to_text(settings.get("frame_rate", "25")))
    own = mtc_to_label(label, rate) if label.rate != rate else label
    return frames_to_ns(label_to_frames(own), rate) / 1e9


# ---------------------------------------------------------------------------------------------------------------- sums


def _match_sums(sums: Sequence[Sum], numbers: Sequence[int] | None, rules: Mapping[str, Rule]) -> Found | None:
    if numbers is None:
        return None
    found: Found = {}
    for terms, number in zip(sums, numbers, strict=False):
        read = next(_solutions(terms, number, rules), None)
        if read is None:
            return None
        found |= read
    return found


def _solutions(terms: Sum, number: int, rules: Mapping[str, Rule]) -> Iterator[Found]:
    """The ways a number can be that sum: table terms tried in their order, the rest is the one free term's."""
    constant = sum(int(term.constant) for term in terms if isinstance(term.constant, int | float))
    names = [name for term in terms if (name := term.single) is not None]
    tabled = [name for name in names if name in rules and rules[name].table is not None and not _keeps(rules[name])]
    free = [name for name in names if name not in tabled]
    choices = [list(dict.fromkeys((rules[name].table or {}).values())) for name in tabled]
    for picked in itertools.product(*choices):
        if any(isinstance(wire, str) for wire in picked):
            continue
        rest = number - constant - sum(int(wire) for wire in picked)
        found: Found = dict(zip(tabled, picked, strict=True))
        if not free and rest == 0:
            yield found
        elif len(free) == 1 and _within(rules.get(free[0]), rest):
            yield found | {free[0]: rest}


def _keeps(rule: Rule) -> bool:
    return rule.spec.others == "keep"


def _within(rule: Rule | None, wire: int) -> bool:
    if rule is None:
        return True
    low = 0 if rule.spec.wire_min is None else rule.spec.wire_min
    return low <= wire and (rule.spec.wire_max is None or wire <= rule.spec.wire_max)
