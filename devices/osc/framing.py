"""OSC packets on a byte stream: int32 length prefix (OSC 1.0) and SLIP (OSC 1.1, RFC 1055).

The decoders hold no socket: feed them what arrives, in any split, and take what is complete. What cannot be
a packet comes out in its place as an OscError value, not raised, so that packets before and after it in
the same bytes are kept. The wrong framing at a device ends in it closing the connection: the profile says which.
"""

from typing import Final, Protocol

from devices.osc.guard import MAX_PACKET_BYTES, OscError

_END: Final = b"\xc0"
_ESCAPE: Final = b"\xdb"
_ESCAPED_END: Final = b"\xdb\xdc"
_ESCAPED_ESCAPE: Final = b"\xdb\xdd"


class FrameDecoder(Protocol):
    """Bytes of one connection to packets; a new connection wants a new decoder."""

    def feed(self, chunk: bytes) -> list[bytes | OscError]:
        """What the chunk completes, in order."""
        ...


def frame_length_prefix(packet: bytes) -> bytes:
    """The packet behind its length in four bytes, big-endian."""
    return len(packet).to_bytes(4, "big") + packet


def frame_slip(packet: bytes) -> bytes:
    """The packet between two ENDs: the first ends whatever noise came before."""
    escaped = packet.replace(_ESCAPE, _ESCAPED_ESCAPE).replace(_END, _ESCAPED_END)
    return _END + escaped + _END


class LengthPrefixDecoder:
    """Undoes `frame_length_prefix`.

    A length that is negative or above `max_bytes` means the stream is out of step for good: one OscError
    comes out, all later bytes are ignored, `broken` is True, and the connection should be closed.
    """

    def __init__(self, *, max_bytes: int = MAX_PACKET_BYTES) -> None:
        self.broken = False
        self._max_bytes = max_bytes
        self._buffer = bytearray()

    def feed(self, chunk: bytes) -> list[bytes | OscError]:
        if self.broken:
            return []
        self._buffer += chunk
        complete: list[bytes | OscError] = []
        at = 0
        while len(self._buffer) - at >= 4:
            size = int.from_bytes(self._buffer[at : at + 4], "big", signed=True)
            if not 0 <= size <= self._max_bytes:
                self.broken = True
                complete.append(
                    OscError(f"OSC stream announces a packet of {size} bytes: close it, and check the device's framing")
                )
                at = len(self._buffer)
            elif len(self._buffer) - at - 4 < size:
                break
            else:
                complete.append(bytes(self._buffer[at + 4 : at + 4 + size]))
                at += 4 + size
        del self._buffer[:at]
        return complete


class SlipDecoder:
    """Undoes `frame_slip`, and takes streams that put a single END between packets.

    A frame with a wrong escape, or of more than `max_bytes` once unescaped, comes out as an OscError; the
    next END starts afresh. At most `max_bytes` of payload are held, whatever is sent.
    """

    def __init__(self, *, max_bytes: int = MAX_PACKET_BYTES) -> None:
        self._max_bytes = max_bytes
        self._buffer = bytearray()
        self._size = 0  # of the frame once unescaped: an escape and the byte after it are one
        self._too_long = False

    def feed(self, chunk: bytes) -> list[bytes | OscError]:
        *ended, rest = chunk.split(_END)
        complete: list[bytes | OscError] = []
        for piece in ended:
            self._take(piece)
            frame = self._finish()
            if frame is not None:
                complete.append(frame)
        self._take(rest)
        return complete

    def _take(self, piece: bytes) -> None:
        if self._too_long:
            return
        self._buffer += piece
        self._size += len(piece) - piece.count(_ESCAPE)
        if self._size > self._max_bytes or len(self._buffer) > 2 * self._max_bytes:
            self._too_long = True
            self._buffer.clear()

    def _finish(self) -> bytes | OscError | None:
        frame, too_long = bytes(self._buffer), self._too_long
        self._buffer.clear()
        self._size, self._too_long = 0, False
        if too_long:
            return OscError(f"SLIP frame is longer than the {self._max_bytes} bytes taken")
        if not frame:
            return None
        if frame.count(_ESCAPE) != frame.count(_ESCAPED_END) + frame.count(_ESCAPED_ESCAPE):
            return OscError("SLIP frame holds an escape that is none: check the device's framing")
        return frame.replace(_ESCAPED_END, _END).replace(_ESCAPED_ESCAPE, _ESCAPE)
