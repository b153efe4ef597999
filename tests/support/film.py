"""A short film whose every picture says its own number: an AVI written here, so no video tool is needed.

AVI 1.0 with uncompressed 24-bit pictures (Microsoft "AVI RIFF File Reference"): every frame is a key frame,
so a player lands exactly where it is sent. A picture is 16 vertical bars, white = 1 and black = 0, the
frame number's highest bit on the left.
"""

import struct
from fractions import Fraction
from pathlib import Path

BITS = 16
BAR_PX = 4
WIDTH_PX = BITS * BAR_PX
HEIGHT_PX = 16


def write_film(path: Path, *, frames: int = 1500, rate: Fraction = Fraction(25)) -> Path:
    """Write `frames` pictures at `rate` frames a second (about 3 kB each) and return `path`."""
    pictures = [_chunk(b"00db", _picture(number)) for number in range(frames)]
    index = b"".join(
        struct.pack("<4s3I", b"00db", 0x10, 4 + number * len(picture), len(picture) - 8)
        for number, picture in enumerate(pictures)
    )
    body = b"AVI " + _headers(frames, rate) + _list(b"movi", *pictures) + _chunk(b"idx1", index)
    path.write_bytes(_chunk(b"RIFF", body))
    return path


def read_number(bars: list[bool]) -> int:
    """The frame number that 16 bars show, left to right."""
    return sum(bar << place for place, bar in enumerate(reversed(bars)))


def _picture(number: int) -> bytes:
    bars = f"{number:0{BITS}b}"
    row = b"".join((b"\xff" if bar == "1" else b"\x00") * 3 * BAR_PX for bar in bars)
    return row * HEIGHT_PX


def _headers(frames: int, rate: Fraction) -> bytes:
    picture_bytes = WIDTH_PX * HEIGHT_PX * 3
    frame_us = round(1_000_000 / rate)
    main = struct.pack("<14I", frame_us, 0, 0, 0x10, frames, 0, 1, picture_bytes, WIDTH_PX, HEIGHT_PX, 0, 0, 0, 0)
    stream = struct.pack("<4s4sIHH8I4H", b"vids", b"DIB ", 0, 0, 0, 0, rate.denominator, rate.numerator,
                         0, frames, picture_bytes, 0xFFFFFFFF, 0, 0, 0, WIDTH_PX, HEIGHT_PX)  # fmt: skip
    bitmap = struct.pack("<IiiHHIIiiII", 40, WIDTH_PX, HEIGHT_PX, 1, 24, 0, picture_bytes, 0, 0, 0, 0)
    return _list(b"hdrl", _chunk(b"avih", main), _list(b"strl", _chunk(b"strh", stream), _chunk(b"strf", bitmap)))


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def _list(name: bytes, *chunks: bytes) -> bytes:
    return _chunk(b"LIST", name + b"".join(chunks))
