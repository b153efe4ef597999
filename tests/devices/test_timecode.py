"""Timecode out as packets: the same bytes as the codec's, ready for the port the venue names."""

from __future__ import annotations

from fractions import Fraction

import pytest

from devices.contract import OutputMode, Severity, TimecodeEncoder
from devices.ghosts.core import GhostCore
from devices.midi.mtc import quarter_frame, quarter_frame_to_ns
from devices.registry import open_devices
from devices.timecode import TIMECODE_PROFILE, MtcEncoder, timecode_device, timecode_setup
from profiles.timecode import frame_rate, frames_to_label, parse_timecode
from profiles.venue_profile import TimecodeOut
from tests.support.exchange import Exchange, make_command

OUT = TimecodeOut(id="main", kind="mtc", midi_port="TC OUT", rate="25")
DEVICE = timecode_device(OUT)


@pytest.mark.parametrize("rate", ["24", "25", "29.97df", "30", "50", "59.94df"])
def test_quarter_frames_are_the_codecs_in_any_order(rate: str) -> None:
    encoder: TimecodeEncoder = MtcEncoder(DEVICE)
    house = frame_rate(rate)
    counts = [*range(24), 7, 8, 1_000_001, 345_600, 345_599, 3]
    packets = [encoder.quarter_frame(count, house) for count in counts]
    assert [packet.payload for packet in packets] == [quarter_frame(count, house).message for count in counts]


def test_eight_quarter_frames_of_one_label_are_made_once() -> None:
    encoder = MtcEncoder(DEVICE)
    rate = frame_rate("25")
    assert encoder.quarter_frame(8, rate) is encoder.quarter_frame(8, rate)


def test_a_full_frame_is_one_sysex() -> None:
    packet = MtcEncoder(DEVICE).full_frame(parse_timecode("01:02:03:04", frame_rate("25")))
    assert packet.payload.hex(" ") == "f0 7f 7f 01 01 21 02 03 04 f7"
    assert packet.delay_ns == 0
    assert packet.with_value(1.0) is packet


def test_a_ghost_at_the_end_reads_where_it_stands() -> None:
    encoder, ghost, rate = MtcEncoder(DEVICE), GhostCore(TIMECODE_PROFILE), frame_rate("25")
    ghost.receive(encoder.full_frame(frames_to_label(25 * 3600, rate)).body, 0)
    assert [(each.verb, each.args) for each in ghost.heard] == [("timecode", {"label": "01:00:00:00"})]
    first = 4 * 25 * 3600
    for count in range(first, first + 17):
        ghost.receive(encoder.quarter_frame(count, rate).body, quarter_frame_to_ns(count, rate))
    assert ghost.timecode is not None
    assert ghost.timecode.frames == 25 * 3600 + Fraction(15, 4)  # sixteen pieces make two labels; the next waits
    assert ghost.served["timecode"] == 18
    assert not ghost.strange


def test_the_output_is_a_device_like_any_other() -> None:
    outlet = open_devices([timecode_setup(OUT, "ghost")])
    exchange = Exchange(outlet)
    packet = MtcEncoder(DEVICE).quarter_frame(0, frame_rate("25"))
    command = make_command("timecode", {}, [packet], device=DEVICE)
    assert outlet.send(command, packet, 0).result == "sent"
    exchange.turn()
    assert exchange.health(DEVICE).severity is Severity.GOOD
    outlet.set_mode(DEVICE, OutputMode.OFF)
    assert outlet.send(command, packet, 0).result == "off"
    outlet.close()
