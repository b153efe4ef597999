"""MIDI Time Code: full frames, quarter frames, and putting received quarter frames together again.

A running source sends four quarter frames per frame, numbered here from 00:00:00:00: *count* c is due c/4
frames after midnight, carries piece c mod 8, and belongs to the label of frame 2 · (c div 8). Eight pieces name
one label and take two frames, so a label is old when it is complete: after piece 7 the source stands
FORWARD_QUARTERS quarter frames past it. (The standard's "add two frames" is the same fact one quarter frame
later.) Running in reverse the pieces come 7 to 0, and piece 0 falls on the label itself.

MTC knows four rates. Shows at 50, 59.94 and 60 frames speak it at half rate; the labels at their own rate are
worked out in `profiles.timecode`. Source: MMA RP-004/RP-008; devices.md 4.7 [MTC1].
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from devices.midi.codec import ALL_DEVICES, MidiError, data_byte
from profiles.timecode import (
    FrameRate,
    Timecode,
    TimecodeError,
    frames_to_label,
    label_to_frames,
    label_to_mtc,
    mtc_code_to_rate,
    mtc_to_label,
)

QUARTER_FRAME: Final = 0xF1
FORWARD_QUARTERS: Final = 7
"""How far a source running forward stands past the label when its last piece arrives, in quarter frames."""

MAX_PAUSE_NS: Final = 250_000_000
"""Pieces further apart than this are not of one label, even if their numbers follow."""

_NS_PER_S: Final = 1_000_000_000
_FULL_FRAME_HEAD: Final = (0x01, 0x01)


@dataclass(frozen=True, slots=True)
class QuarterFrame:
    """One quarter frame of a running position. `message` is its two bytes."""

    piece: int
    label: Timecode
    message: bytes


class Motion(StrEnum):
    """How a source moved when it named a label."""

    FORWARD = "forward"
    REVERSE = "reverse"
    LOCATED = "located"  # a full frame: it stands there until the next quarter frame


@dataclass(frozen=True, slots=True)
class MtcReading:
    """A whole label received. At `received_ns` the source stood `quarters` MTC quarter frames past `label`."""

    label: Timecode
    quarters: int
    motion: Motion
    received_ns: int

    @property
    def frames(self) -> Fraction:
        """Where the source stood at `received_ns`, in frames of the label's rate since midnight."""
        rate = self.label.rate
        return (label_to_frames(self.label) + Fraction(self.quarters * rate.mtc_divisor, 4)) % rate.frames_per_day


@dataclass(frozen=True, slots=True)
class MtcRefusal:
    """A label received that cannot be: a second 60, a dropped frame, another rate than the source's."""

    words: str
    received_ns: int


def label_to_bytes(label: Timecode) -> bytes:
    """hr mn sc fr at the MTC rate, the rate code in bits 5 and 6 of the hour. MMC and MSC use the same four."""
    sent = label_to_mtc(label)
    code = sent.rate.mtc_code or 0  # an MTC rate always has one
    return bytes((code << 5 | sent.hours, sent.minutes, sent.seconds, sent.frames))


def bytes_to_label(raw: bytes, rate: FrameRate | None = None) -> Timecode:
    """Undo `label_to_bytes`. `rate` is the source's where it is known: the code alone cannot tell 24 from 23.976,
    30 from 29.97, or half rate. MidiError where the label is illegal or the code speaks against the rate.
    """
    hours, minutes, seconds, frames = raw
    code = hours >> 5 & 3
    spoken = mtc_code_to_rate(code)
    if rate is not None:
        if rate.mtc_rate.mtc_code != code:
            raise MidiError(f"timecode says {spoken} frames, but the source is set to {rate}: set one like the other")
        spoken = rate.mtc_rate
    try:
        # The bits above are flags in MMC and MSC (colour frame, sign, subframes) and reserved in MTC.
        label = Timecode(hours & 0x1F, minutes & 0x3F, seconds & 0x3F, frames & 0x1F, spoken)
        return label if rate is None else mtc_to_label(label, rate)
    except TimecodeError as error:
        raise MidiError(str(error)) from None


def full_frame(label: Timecode, device: int = ALL_DEVICES) -> bytes:
    """The SysEx that says where a source has jumped to; sent on a locate, not while running."""
    head = (0xF0, 0x7F, data_byte(device, "device id"), *_FULL_FRAME_HEAD)
    return bytes((*head, *label_to_bytes(label), 0xF7))


def quarter_frames(label: Timecode) -> tuple[bytes, ...]:
    """The eight messages of one label, pieces 0 to 7, two bytes each."""
    hours, minutes, seconds, frames = label_to_bytes(label)
    nibbles = (nibble for byte in (frames, seconds, minutes, hours) for nibble in (byte & 0xF, byte >> 4))
    return tuple(bytes((QUARTER_FRAME, piece << 4 | nibble)) for piece, nibble in enumerate(nibbles))


def quarter_frame(count: int, rate: FrameRate) -> QuarterFrame:
    """The quarter frame of that count since midnight; past the end of the day it begins anew."""
    spoken = rate.mtc_rate
    group, piece = divmod(count, 8)
    label = frames_to_label(2 * group, spoken, wrap=True)
    return QuarterFrame(piece, label, quarter_frames(label)[piece])


def quarter_frame_to_ns(count: int, rate: FrameRate) -> int:
    """When a quarter frame is due, in ns after midnight's frame 0, to the nearest ns, halves up."""
    due = Fraction(count * _NS_PER_S, 4) / rate.mtc_rate.exact
    return (2 * due.numerator + due.denominator) // (2 * due.denominator)


def ns_to_quarter_frame(ns: int, rate: FrameRate) -> int:
    """The first quarter frame due at or after a time."""
    count = int(ns * 4 * rate.mtc_rate.exact / _NS_PER_S)
    while quarter_frame_to_ns(count, rate) >= ns:
        count -= 1
    while quarter_frame_to_ns(count, rate) < ns:
        count += 1
    return count


class MtcAssembler:
    """Puts quarter frames and full frames of one source together.

    Only eight pieces in unbroken order give a reading. A piece that comes twice is taken once; a gap, a turn of
    direction, a pause above MAX_PAUSE_NS or a full frame start the count anew. `rate` is the source's where it
    is known; `forward_quarters` is the compensation for the two frames that the assembly takes.
    """

    def __init__(self, rate: FrameRate | None = None, *, forward_quarters: int = FORWARD_QUARTERS) -> None:
        self._rate = rate
        self._forward_quarters = forward_quarters
        self._nibbles = [0] * 8
        self._piece: int | None = None
        self._step = 0  # +1 forward, -1 reverse, 0 unknown
        self._run = 0  # pieces in unbroken order, this one included
        self._last_ns = 0

    @property
    def unbroken(self) -> int:
        """Pieces heard in unbroken order, the last one included."""
        return self._run

    def feed(self, message: bytes, received_ns: int) -> MtcReading | MtcRefusal | None:
        """Take one whole MIDI message; None while a label is incomplete, and for anything that is not MTC."""
        if len(message) == 2 and message[0] == QUARTER_FRAME:
            return self._take_piece(message[1] >> 4 & 7, message[1] & 0xF, received_ns)
        if is_full_frame(message):
            self._piece, self._run = None, 0
            return self._read(message[5:9], Motion.LOCATED, received_ns)
        return None

    def _take_piece(self, piece: int, nibble: int, received_ns: int) -> MtcReading | MtcRefusal | None:
        last, self._piece = self._piece, piece
        pause_ns, self._last_ns = received_ns - self._last_ns, received_ns
        twice = piece == last and nibble == self._nibbles[piece]
        self._nibbles[piece] = nibble
        if last is None or pause_ns > MAX_PAUSE_NS:
            self._run = 1
        elif twice:
            return None
        else:
            self._count_run({1: 1, 7: -1}.get((piece - last) % 8, 0))
        if self._run < 8 or piece != (7 if self._step > 0 else 0):
            return None
        low_first = self._nibbles
        raw = bytes(low_first[at] | low_first[at + 1] << 4 for at in (6, 4, 2, 0))
        return self._read(raw, Motion.FORWARD if self._step > 0 else Motion.REVERSE, received_ns)

    def _count_run(self, step: int) -> None:
        """Step is +1 or -1 for a neighbouring piece, 0 for a gap."""
        if step == 0:
            self._run = 1
        elif self._run == 1 or step == self._step:
            self._step = step
            self._run += 1
        else:  # the source turned round: what it said before belongs to no label in this direction
            self._step = step
            self._run = 1

    def _read(self, raw: bytes, motion: Motion, received_ns: int) -> MtcReading | MtcRefusal:
        try:
            label = bytes_to_label(raw, self._rate)
        except MidiError as error:
            return MtcRefusal(str(error), received_ns)
        return MtcReading(label, self._forward_quarters if motion is Motion.FORWARD else 0, motion, received_ns)


def is_full_frame(message: bytes) -> bool:
    """True for an MTC full frame to any device."""
    return (
        len(message) == 10
        and message[:2] == b"\xf0\x7f"
        and tuple(message[3:5]) == _FULL_FRAME_HEAD
        and message[9] == 0xF7
    )
