"""Timecode out: labels to MIDI Time Code, ready for the port the venue names.

Each output is a device like any other, so it is live, ghost or off, and its port has a health.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, Literal

from devices.midi.mtc import full_frame, quarter_frame, quarter_frames
from devices.wire_packet import Route, WirePacket
from profiles.device_profile import DeviceProfile
from profiles.device_setup import DeviceSetup
from profiles.timecode import FrameRate, Timecode
from profiles.venue_profile import HealthOverride, TimecodeOut

TIMECODE_DEVICE: Final = "timecode.out"
"""What the device ids of all outputs begin with."""

TIMECODE_PROFILE: Final = DeviceProfile.model_validate(
    {
        "id": "midi/timecode",
        "vendor": "MIDI",
        "product": "Time Code",
        "department": "TC",
        "summary": "Whatever follows our timecode; it answers nothing.",
        "grade": "A",
        "sources": ("MMA RP-004, RP-008",),
        "transports": ({"kind": "midi"},),
    }
)

_ROUTE: Final = Route("midi", None, "none")


def timecode_device(out: TimecodeOut) -> str:
    """The device id of an output: ``timecode.out.main``."""
    return f"{TIMECODE_DEVICE}.{out.id}"


def timecode_setup(out: TimecodeOut, mode: Literal["live", "ghost", "off"] = "live") -> DeviceSetup:
    """One output as a device."""
    return DeviceSetup(
        id=timecode_device(out),
        name=f"Timecode out {out.id}",
        profile=TIMECODE_PROFILE,
        transport="midi",
        host=None,
        port=None,
        reply_port=None,
        midi_port=out.midi_port,
        settings=MappingProxyType({}),
        sim_port=None,
        latency_ms=None,
        trim_ns=0,
        mode=mode,
        health=HealthOverride(),
    )


class MtcEncoder:
    """The TimecodeEncoder of the contract. Eight quarter frames are made at a time, for they share a label."""

    def __init__(self, device: str) -> None:
        self.device = device
        self._group: tuple[int, FrameRate] | None = None
        self._pieces: tuple[WirePacket, ...] = ()

    def full_frame(self, label: Timecode) -> WirePacket:
        """The SysEx that says where we have jumped to."""
        return _packet(full_frame(label))

    def quarter_frame(self, count: int, rate: FrameRate) -> WirePacket:
        """The quarter frame of that count since midnight, at a house rate; past midnight it begins anew."""
        group, piece = divmod(count, 8)
        if self._group != (group, rate):
            label = quarter_frame(count, rate).label
            self._pieces = tuple(_packet(message) for message in quarter_frames(label))
            self._group = (group, rate)
        return self._pieces[piece]


def _packet(message: bytes) -> WirePacket:
    return WirePacket(message, message, 0, _ROUTE)
