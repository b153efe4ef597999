"""Text protocols on a byte stream: one command or answer a line, ended by CRLF or LF.

The decoder holds no socket: feed it what arrives, in any split. What cannot be a line comes out in its place
as a LineError value, not raised, so that the lines around it are kept.
"""

from typing import Final

MAX_LINE_BYTES: Final = 65_536

_LF: Final = b"\n"
_CR: Final = b"\r"


class LineError(ValueError):
    """A line that cannot be sent or read. One line: what is wrong and what is allowed."""


def frame_line(text: str, *, ending: str = "\r\n", encoding: str = "utf-8") -> bytes:
    """One line with its ending. A line break inside is refused: the device would take it for two commands."""
    if "\r" in text or "\n" in text:
        raise LineError(f"text {text!r} holds a line break: send it as two commands")
    try:
        return (text + ending).encode(encoding)
    except UnicodeEncodeError:
        raise LineError(f"text {text!r} cannot be written as {encoding}: use signs the device knows") from None


class LineDecoder:
    """Undoes `frame_line`, whichever of the two endings the device uses; empty lines come out as such.

    A line above `max_bytes`, or not in the encoding, comes out as a LineError; the next line starts afresh.
    """

    def __init__(self, *, encoding: str = "utf-8", max_bytes: int = MAX_LINE_BYTES) -> None:
        self._encoding = encoding
        self._max_bytes = max_bytes
        self._buffer = bytearray()
        self._too_long = False

    def feed(self, chunk: bytes) -> list[str | LineError]:
        """The lines the chunk completes, in order, without their endings."""
        *ended, rest = chunk.split(_LF)
        complete: list[str | LineError] = []
        for piece in ended:
            self._take(piece)
            complete.append(self._finish())
        self._take(rest)
        return complete

    def _take(self, piece: bytes) -> None:
        if self._too_long:
            return
        self._buffer += piece
        if len(self._buffer) > self._max_bytes + len(_CR):
            self._too_long = True
            self._buffer.clear()

    def _finish(self) -> str | LineError:
        line, too_long = bytes(self._buffer).removesuffix(_CR), self._too_long
        self._buffer.clear()
        self._too_long = False
        if too_long or len(line) > self._max_bytes:
            return LineError(f"line is longer than the {self._max_bytes} bytes taken")
        try:
            return line.decode(self._encoding)
        except UnicodeDecodeError:
            return LineError(f"line {line[:40]!r} is not {self._encoding}: check the device's encoding")
