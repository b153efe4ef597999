"""MIDI messages under the names that cues and input lines use."""

from __future__ import annotations

import pytest

from devices.contract import CodeReading, Health, Incoming, Severity
from devices.io.midi_port import MidiReceived, MidiState
from devices.midi.code_source import MtcSource
from devices.midi.codec import control_change, note_off, note_on, program_change
from devices.midi.listener import MidiListener, bytes_to_incoming
from devices.midi.msc import MscMessage, encode_msc
from devices.midi.mtc import full_frame
from profiles.timecode import frame_rate, parse_timecode
from profiles.venue_profile import TimecodeIn


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


class Port:
    """A MIDI input whose state a test sets."""

    name = "desk"

    def __init__(self) -> None:
        self.state = MidiState.DOWN
        self.words = "no MIDI system"
        self.arrived: list[MidiReceived] = []

    def service(self, now_ns: int) -> None: ...

    def receive(self) -> list[MidiReceived]:
        arrived, self.arrived = self.arrived, []
        return arrived

    def close(self) -> None: ...


def test_a_listener_tells_how_its_port_stands_when_that_changes() -> None:
    port = Port()
    listener = MidiListener(port)  # type: ignore[arg-type]
    assert listener.read(1) == [Health("midi:desk", Severity.FATAL, "no MIDI system")]
    assert listener.read(2) == []
    port.state, port.words = MidiState.OPEN, ""
    port.arrived = [MidiReceived(note_on(1, 36, 100), 3), MidiReceived(b"\xf8", 3)]
    assert listener.read(4) == [
        Health("midi:desk", Severity.GOOD, ""),
        Incoming("midi:desk", "midi", "note/1/36", (100,), 3),
    ]


def test_listeners_can_be_kept_apart() -> None:
    """The loop collects the sources that are ready by themselves, not by what they hold."""
    listeners = [MidiListener(Port()), MidiListener(Port())]  # type: ignore[arg-type]
    assert len(dict.fromkeys(listeners)) == 2
    assert listeners[0] != listeners[1]


def test_a_port_that_brings_timecode_tells_it_apart_from_triggers_and_is_the_lamp_of_its_source() -> None:
    port = Port()
    source = MtcSource(TimecodeIn(id="truck", kind="mtc", midi_port="desk", rate="25"))
    listener = MidiListener(port, source)  # type: ignore[arg-type]
    assert [each.device for each in listener.read(1) if isinstance(each, Health)] == ["midi:desk", "timecode.in.truck"]
    code = full_frame(parse_timecode("01:00:00:00", frame_rate("25")))
    port.arrived = [MidiReceived(code, 2), MidiReceived(note_on(1, 36, 100), 3)]
    reading, note = listener.read(4)
    assert reading == CodeReading("truck", 3600 * 10**9, "located", 2, 0)
    assert isinstance(note, Incoming)


def test_a_port_for_timecode_alone_hears_no_triggers() -> None:
    port = Port()
    source = MtcSource(TimecodeIn(id="truck", kind="mtc", midi_port="desk", rate="25"))
    listener = MidiListener(port, source, triggers=False)  # type: ignore[arg-type]
    port.arrived = [MidiReceived(note_on(1, 36, 100), 3)]
    assert [each.device for each in listener.read(4) if isinstance(each, Health)] == ["timecode.in.truck"]
