"""OSC messages and bundles to bytes and back.

Encoding is ours (python-osc's builder refuses an empty blob and has no `S`, `c` and `I`); decoding is
python-osc's, behind the guard. An argument is a pair (tag, value):

===== ================================= ===== =================================
tag   value                             tag   value
===== ================================= ===== =================================
i h   int of 32, 64 bits                f d   float of 32, 64 bits
s S   str without NUL                   b     bytes
c     str of one ASCII character        r     int, RGBA in 32 bits
t     int, 64-bit NTP time              m     bytes: port, status, data1, data2
T F   True, False                       N I   None, inf ("infinitum", a bang)
[     list or tuple of pairs
===== ================================= ===== =================================

A value of a tag without payload (T F N I) says nothing and is not looked at when encoding.
"""

import math
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from pythonosc import osc_message

from devices.osc.guard import BUNDLE_START, FIXED_BYTES, IMMEDIATELY, MAX_DEPTH, MessageSpan, OscError, spans

OscValue: TypeAlias = "int | float | str | bytes | bool | tuple[OscValue, ...] | None"
OscArg: TypeAlias = "tuple[str, OscValue | Sequence[OscArg]]"


class OscMessage(NamedTuple):
    """One decoded message. Arrays are tuples; `tags` is the type tag string without its comma.

    `time_tag` is the 64-bit NTP time of the innermost bundle (1 = immediately), None outside a bundle.
    """

    address: str
    args: tuple[OscValue, ...] = ()
    tags: str = ""
    time_tag: int | None = None


def encode_message(address: str, args: Iterable[OscArg] = ()) -> bytes:
    """One message, its type tag string always present. OscError where a value does not fit its tag."""
    if not address.startswith("/"):
        raise OscError(f"OSC address {address!r} does not start with /")
    tags: list[str] = [","]
    payload: list[bytes] = []
    _append_args(args, tags, payload, address, depth=0)
    try:
        head = _text_to_bytes(address) + _text_to_bytes("".join(tags))
    except ValueError as error:
        raise OscError(f"OSC address {address!r} cannot be sent: {error}") from None
    return b"".join((head, *payload))


def encode_bundle(packets: Iterable[bytes], time_tag: int = IMMEDIATELY) -> bytes:
    """Encoded messages or bundles as one bundle due at a 64-bit NTP time."""
    if not 0 <= time_tag < 1 << 64:
        raise OscError(f"OSC time tag {time_tag} does not fit 64 bits")
    parts = [BUNDLE_START, time_tag.to_bytes(8, "big")]
    for packet in packets:
        parts += (len(packet).to_bytes(4, "big"), packet)
    return b"".join(parts)


def decode_packet(packet: bytes) -> tuple[OscMessage, ...]:
    """The messages of a packet in sending order, bundles flattened. OscError for anything malformed."""
    return tuple(_decode_message(packet, span) for span in spans(packet))


# python-osc skips S, c and I without eating their bytes, and turns t into a date that has lost bits.
# Each has a stand-in of the same length that it reads exactly.
_STAND_INS: Final = bytes.maketrans(b"ScIt", b"siTh")


def _decode_message(packet: bytes, span: MessageSpan) -> OscMessage:
    if not span.tags:  # most triggers: what the guard has checked is all there is
        return OscMessage(packet[span.start : packet.index(0, span.start)].decode(), (), "", span.time_tag)
    tags_end = span.tags_at + len(span.tags)
    body = b"".join(
        (
            packet[span.start : span.tags_at],
            packet[span.tags_at : tags_end].translate(_STAND_INS),
            packet[tags_end : span.end],
        )
    )
    read = osc_message.OscMessage(body)
    args = _read_args(iter(span.tags), iter(read.params))
    return OscMessage(read.address, args, span.tags, span.time_tag)


def _read_args(tags: Iterator[str], values: Iterator[Any]) -> tuple[OscValue, ...]:
    """Values under their tags up to the end of the array; a reader undoes a stand-in where there is one."""
    read: list[OscValue] = []
    for tag in tags:
        if tag == "]":
            break
        value = next(values)
        if isinstance(value, list):
            read.append(_read_args(tags, iter(value)))
        else:
            read.append(_READERS[tag](value) if tag in _READERS else value)
    return tuple(read)


_READERS: Final[dict[str, Callable[..., OscValue]]] = {
    "c": chr,
    "m": bytes,
    "I": lambda _stand_in: math.inf,
    "t": lambda signed: signed & 0xFFFF_FFFF_FFFF_FFFF,
}


def _append_args(args: Iterable[OscArg], tags: list[str], payload: list[bytes], address: str, *, depth: int) -> None:
    for tag, value in args:
        if tag == "[":
            if depth == MAX_DEPTH or not isinstance(value, list | tuple):
                raise OscError(f"OSC array for {address} must be a list of pairs, at most {MAX_DEPTH} deep")
            tags.append("[")
            _append_args(value, tags, payload, address, depth=depth + 1)  # type: ignore[arg-type]
            tags.append("]")
            continue
        tags.append(tag)
        if FIXED_BYTES.get(tag) != 0:
            payload.append(_encode_value(tag, value, address))


def _encode_value(tag: str, value: object, address: str) -> bytes:
    if tag not in _CODERS:
        raise OscError(f"OSC type tag {tag!r} for {address} is not known: use one of ihrtfdsSbcmTFNI[")
    kinds, to_bytes = _CODERS[tag]
    # A bool is an int to Python, but never what a device means by a number.
    if not isinstance(value, kinds) or isinstance(value, bool):
        raise OscError(f"OSC argument {value!r} for {address} is no value for {tag}")
    try:
        return to_bytes(value)
    except (struct.error, OverflowError, ValueError) as error:
        raise OscError(f"OSC argument {value!r} for {address} does not fit {tag}: {error}") from None


def _text_to_bytes(text: str) -> bytes:
    coded = text.encode()
    if 0 in coded:
        raise ValueError("it holds a NUL")
    return coded + bytes(4 - len(coded) % 4)


def _blob_to_bytes(blob: bytes) -> bytes:
    return len(blob).to_bytes(4, "big") + blob + bytes(-len(blob) % 4)


def _char_to_bytes(char: str) -> bytes:
    if len(char) != 1 or not char.isascii():
        raise ValueError("it is not one ASCII character")
    return ord(char).to_bytes(4, "big")


def _midi_to_bytes(message: bytes) -> bytes:
    if len(message) != 4:
        raise ValueError("it is not the 4 bytes port, status, data1, data2")
    return message


_CODERS: Final[dict[str, tuple[tuple[type, ...], Callable[[Any], bytes]]]] = {
    "i": ((int,), struct.Struct(">i").pack),
    "h": ((int,), struct.Struct(">q").pack),
    "r": ((int,), struct.Struct(">I").pack),
    "t": ((int,), struct.Struct(">Q").pack),
    "f": ((int, float), struct.Struct(">f").pack),
    "d": ((int, float), struct.Struct(">d").pack),
    "s": ((str,), _text_to_bytes),
    "S": ((str,), _text_to_bytes),
    "b": ((bytes,), _blob_to_bytes),
    "c": ((str,), _char_to_bytes),
    "m": ((bytes,), _midi_to_bytes),
}
