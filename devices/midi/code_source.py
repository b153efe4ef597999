"""One source of timecode at a MIDI port: messages in, readings out, one a quarter frame.

Eight pieces name a label, two frames late. Between two labels a piece that continues the last one, by its number and
by what it carries, is a reading as well: so silence is seen within a quarter frame, and jitter averages out eight times
as fast. A piece that carries anything else shows that the code has jumped; then nothing is read until a label is whole.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, Literal

from devices.contract import CodeReading, CodeRefusal
from devices.midi.mtc import QUARTER_FRAME, Motion, MtcAssembler, MtcReading, MtcRefusal, quarter_frames
from profiles.timecode import FrameRate, Timecode, frame_rate, frames_to_label, label_to_frames, label_to_mtc
from profiles.venue_profile import TimecodeIn

CODE_DEVICE: Final = "timecode.in"
"""What the names of all sources begin with, as lamps have them."""

_NS_PER_S: Final = 1_000_000_000
_MOTIONS: Final[dict[Motion, Literal["forward", "reverse", "located"]]] = {
    Motion.FORWARD: "forward",
    Motion.REVERSE: "reverse",
    Motion.LOCATED: "located",
}


class MtcSource:
    """Reads one source. ``rate`` of the venue is its own: the wire cannot tell 23.976 from 24."""

    def __init__(self, line: TimecodeIn) -> None:
        self.id = line.id
        self.device = f"{CODE_DEVICE}.{line.id}"
        self.rate: FrameRate = frame_rate(line.rate)
        self._spoken = self.rate.mtc_rate
        self._day = 4 * self._spoken.frames_per_day
        self._assembler = MtcAssembler(self.rate)
        self._count: int | None = None  # the last quarter frame since midnight, while every one has continued
        self._unbroken = 0  # what the assembler counted last
        self._before = 0  # of those, pieces of a line that was jumped from
        self._label: tuple[int, tuple[bytes, ...]] = (-1, ())  # the group being received, as it has to be

    def feed(self, message: bytes, received_ns: int) -> CodeReading | CodeRefusal | None:
        """One whole MIDI message; None for what is no timecode, and for a piece that came twice."""
        heard = self._assembler.feed(message, received_ns)
        unbroken, self._unbroken = self._unbroken, self._assembler.unbroken
        if isinstance(heard, MtcRefusal):
            self._count = None
            return CodeRefusal(self.id, heard.words, received_ns)
        if isinstance(heard, MtcReading):
            return self._read_label(heard)
        if len(message) != 2 or message[0] != QUARTER_FRAME or self._unbroken == unbroken:
            return None
        if self._unbroken < unbroken:
            self._count, self._before = None, 0
        elif self._count is not None:
            return self._read_piece(message, received_ns)
        return CodeReading(self.id, None, "forward", received_ns, self._good_frames)

    @property
    def _good_frames(self) -> int:
        return (self._unbroken - self._before) // 4

    def _read_label(self, heard: MtcReading) -> CodeReading:
        first = 4 * label_to_frames(label_to_mtc(heard.label))
        if heard.motion is Motion.FORWARD:
            count = first + heard.quarters
            if self._count is not None and (self._count + 1 - count) % self._day:
                self._before = self._unbroken - 8
            self._count = count
            return self._reading(count, heard.received_ns)
        self._count, self._before = None, 0
        return CodeReading(self.id, self._quarters_to_ns(first), _MOTIONS[heard.motion], heard.received_ns)

    def _read_piece(self, message: bytes, received_ns: int) -> CodeReading:
        count = ((self._count or 0) + 1) % self._day
        piece = message[1] >> 4 & 7
        # Seven quarter frames past its label a piece 7 arrives: a label may begin on an odd frame.
        group = (count - piece) // 4
        if self._label[0] != group:
            self._label = (group, quarter_frames(self._frames_to_label(group)))
        if message == self._label[1][piece]:
            self._count = count
            return self._reading(count, received_ns)
        self._count, self._before = None, self._unbroken - 1
        return CodeReading(self.id, None, "forward", received_ns, 0)

    def _reading(self, count: int, received_ns: int) -> CodeReading:
        return CodeReading(self.id, self._quarters_to_ns(count), "forward", received_ns, self._good_frames)

    def _frames_to_label(self, frames: int) -> Timecode:
        return frames_to_label(frames, self._spoken, wrap=True)

    def _quarters_to_ns(self, count: int) -> int:
        return round(Fraction(count * _NS_PER_S, 4) / self._spoken.exact)
