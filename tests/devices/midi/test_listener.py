"""MIDI messages under the names that cues and input lines use."""

from __future__ import annotations

import pytest

from devices.midi.codec import control_change, note_off, note_on, program_change
from devices.midi.listener import bytes_to_incoming
from devices.midi.msc import MscMessage, encode_msc


@pytest.mark.parametrize(
    ("message", "address", "args"),
    [
        (note_on(1, 36, 100), "note/1/36", (100,)),
        (note_on(1, 36, 0), "note/1/36", (0,)),
        (note_off(16, 127), "note/16/127", (0,)),
        (control_change(2, 7, 64), "cc/2/7", (64,)),
        (program_change(1, 4), "pc/1/5", ()),
        (encode_msc(MscMessage("go", "lighting", 1, cue="12.5", list="2")), "msc/go/12.5", ("2",)),
        (encode_msc(MscMessage("all_off")), "msc/all_off", ()),
    ],
)
def test_names(message: bytes, address: str, args: tuple[object, ...]) -> None:
    incoming = bytes_to_incoming(message, "midi:desk", 5)
    assert incoming is not None
    assert (incoming.address, incoming.args, incoming.source, incoming.received_ns) == (address, args, "midi:desk", 5)


@pytest.mark.parametrize("message", [b"\xf8", b"\xfe", b"\xf1\x00", bytes.fromhex("f07f7f010121000000f7"), b""])
def test_clock_and_timecode_trigger_nothing(message: bytes) -> None:
    assert bytes_to_incoming(message, "midi:desk", 5) is None
