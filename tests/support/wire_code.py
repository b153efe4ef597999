"""Timecode as the wire has it, for engines on the virtual clock: packets that are the MIDI bytes themselves."""

from __future__ import annotations

from devices.contract import Packet
from devices.midi.mtc import full_frame, quarter_frame
from profiles.timecode import FrameRate, Timecode


class WireBytes:
    """A packet that is its payload."""

    delay_ns = 0

    def __init__(self, payload: bytes) -> None:
        self.payload = payload

    def with_value(self, value: float) -> Packet:
        del value
        return self


class TimecodePackets:
    """A TimecodeEncoder without a port."""

    def __init__(self, device: str = "tc") -> None:
        self.device = device

    def full_frame(self, label: Timecode) -> Packet:
        return WireBytes(full_frame(label))

    def quarter_frame(self, count: int, rate: FrameRate) -> Packet:
        return WireBytes(quarter_frame(count, rate).message)
