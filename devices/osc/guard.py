"""The strict gate every received OSC packet passes before python-osc sees it.

python-osc 1.10.2 hangs for ever on a negative bundle element size, recurses without limit, misreads every
argument after a tag it does not know, and takes truncated or unpadded packets for good. Behind `spans` none
of that can happen: a packet is either whole in every byte or refused in one line.

Source: OSC 1.0 (opensoundcontrol.org/spec-1_0). Departures, both on the generous side: strings may be UTF-8
(QLab and others send it), and an inner bundle may carry an earlier time tag than the outer one.
"""

from typing import Final, NamedTuple

MAX_PACKET_BYTES: Final = 65_536
"""The largest packet taken. A UDP datagram over IPv4 holds 65,507 bytes at most."""

MAX_DEPTH: Final = 8
"""How deep bundles may nest in bundles, and arrays in arrays."""

BUNDLE_START: Final = b"#bundle\0"
IMMEDIATELY: Final = 1
"""The time tag that means now."""

FIXED_BYTES: Final = {"i": 4, "f": 4, "c": 4, "r": 4, "m": 4, "h": 8, "d": 8, "t": 8, "T": 0, "F": 0, "N": 0, "I": 0}
"""Tags whose argument has one length, in bytes. Beside them: `s` and `S` (string), `b` (blob), `[` and `]`."""

_ZEROS: Final = (b"", b"\0", b"\0\0", b"\0\0\0", b"\0\0\0\0")


class OscError(ValueError):
    """An OSC packet or message that cannot be what it claims. One line: what is wrong, at which byte."""


class MessageSpan(NamedTuple):
    """Where one message lies in a packet.

    `start`, `tags_at` and `end` count bytes from the packet's start; `tags_at` is the first byte after the
    comma, equal to `end` where the sender left out the type tags. `time_tag` is the 64-bit NTP value of the
    innermost bundle, None for a bare message.
    """

    start: int
    end: int
    tags_at: int
    tags: str
    time_tag: int | None


def spans(packet: bytes, *, max_bytes: int = MAX_PACKET_BYTES) -> tuple[MessageSpan, ...]:
    """The messages of a packet in sending order, every byte of it checked. Raises OscError."""
    size = len(packet)
    if size == 0:
        raise OscError("OSC packet is empty")
    if size > max_bytes:
        raise OscError(f"OSC packet of {size} bytes is longer than the {max_bytes} taken")
    if size % 4:
        raise OscError(f"OSC packet of {size} bytes is not a multiple of 4 long")
    if packet[0] == 0x2F:
        return (_message_span(packet, 0, size, None),)
    found: list[MessageSpan] = []
    # A stack of ends instead of recursion: (end of the bundle, its time tag).
    open_bundles = [_bundle_start(packet, 0, size)]
    at = 16
    while open_bundles:
        end, time_tag = open_bundles[-1]
        if at == end:
            open_bundles.pop()
            continue
        element_end = _element_end(packet, at, end)
        at += 4
        if packet[at] == 0x2F:
            found.append(_message_span(packet, at, element_end, time_tag))
            at = element_end
            continue
        if len(open_bundles) == MAX_DEPTH:
            raise OscError(f"OSC bundle at byte {at} is nested deeper than {MAX_DEPTH}")
        open_bundles.append(_bundle_start(packet, at, element_end))
        at += 16
    return tuple(found)


def _bundle_start(packet: bytes, at: int, end: int) -> tuple[int, int]:
    if not packet.startswith(BUNDLE_START, at):
        raise OscError(f"OSC element at byte {at} starts neither with / nor with #bundle")
    if end - at < 16:
        raise OscError(f"OSC bundle at byte {at} ends before its time tag")
    return end, int.from_bytes(packet[at + 8 : at + 16], "big")


def _element_end(packet: bytes, at: int, end: int) -> int:
    size = int.from_bytes(packet[at : at + 4], "big", signed=True)
    if size <= 0 or size % 4:
        raise OscError(f"OSC bundle element at byte {at} has size {size}: must be a positive multiple of 4")
    if size > end - at - 4:
        raise OscError(f"OSC bundle element at byte {at} has size {size}, but only {end - at - 4} bytes follow")
    return at + 4 + size


def _message_span(packet: bytes, start: int, end: int, time_tag: int | None) -> MessageSpan:
    at = _string_end(packet, start, end, "address")
    if at == end:  # an old sender without type tags, and without arguments
        return MessageSpan(start, end, end, "", time_tag)
    if packet[at] != 0x2C:
        raise OscError(f"OSC type tags at byte {at} do not start with a comma")
    tags_at = at + 1
    at = _string_end(packet, at, end, "type tags")
    tags = packet[tags_at : packet.index(0, tags_at)].decode()
    depth = 0
    for tag in tags:
        length = FIXED_BYTES.get(tag)
        if length is not None:
            if length > end - at:
                raise OscError(f"OSC argument {tag} at byte {at} needs {length} bytes, but {end - at} are left")
            if tag == "c" and not (packet[at : at + 3] == b"\0\0\0" and packet[at + 3] < 0x80):
                raise OscError(f"OSC character at byte {at} is not ASCII")
            at += length
        elif tag in "sS":
            at = _string_end(packet, at, end, "string")
        elif tag == "b":
            at = _blob_end(packet, at, end)
        elif tag == "[":
            depth += 1
            if depth > MAX_DEPTH:
                raise OscError(f"OSC array in the type tags at byte {tags_at} is nested deeper than {MAX_DEPTH}")
        elif tag == "]":
            depth -= 1
            if depth < 0:
                raise OscError(f"OSC type tags at byte {tags_at} close an array that is not open")
        else:
            # What follows an unknown tag cannot be found, so the whole message goes.
            raise OscError(f"OSC type tag {tag!r} in the message at byte {start} is not known")
    if depth:
        raise OscError(f"OSC type tags at byte {tags_at} leave an array open")
    if at != end:
        raise OscError(f"OSC message at byte {start} has {end - at} bytes after its last argument")
    return MessageSpan(start, end, tags_at, tags, time_tag)


def _string_end(packet: bytes, at: int, end: int, noun: str) -> int:
    """Where the element after the string begins; the string is terminated, padded with NUL, and UTF-8."""
    nul = packet.find(0, at, end)
    if nul < 0:
        raise OscError(f"OSC {noun} at byte {at} is not ended by NUL")
    padding = 4 - (nul - at) % 4
    if packet[nul : nul + padding] != _ZEROS[padding] or nul + padding > end:
        raise OscError(f"OSC {noun} at byte {at} is not padded with NUL to a multiple of 4")
    try:
        packet[at:nul].decode()
    except UnicodeDecodeError:
        raise OscError(f"OSC {noun} at byte {at} is not UTF-8") from None
    return nul + padding


def _blob_end(packet: bytes, at: int, end: int) -> int:
    if end - at < 4:
        raise OscError(f"OSC blob at byte {at} ends before its length")
    size = int.from_bytes(packet[at : at + 4], "big", signed=True)
    padding = -size % 4
    if not 0 <= size <= end - at - 4 - padding:
        raise OscError(f"OSC blob at byte {at} has length {size}, but {end - at - 4} bytes are left")
    after = at + 4 + size
    if packet[after : after + padding] != _ZEROS[padding]:
        raise OscError(f"OSC blob at byte {at} is not padded with NUL to a multiple of 4")
    return after + padding
