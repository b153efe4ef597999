"""MIDI byte streams to whole messages, and builders for the channel messages that devices ask for.

The splitter is ours: mido's tokenizer loses a message when a clock byte falls inside it, and the second of two
messages under running status. MIDI 1.0 allows both. mido's `Message` is used for what a whole message means.
Channels are counted 1 to 16 as on every front panel; data bytes, programs and notes as on the wire, 0 to 127.
"""

from typing import Final

import mido

ALL_DEVICES: Final = 0x7F
"""The device id in a SysEx that every receiver answers to."""

MAX_SYSEX_BYTES: Final = 65_536

_SYSEX, _SYSEX_END, _FIRST_REALTIME = 0xF0, 0xF7, 0xF8
_UNDEFINED_REALTIME: Final = frozenset((0xF9, 0xFD))
_COMMON_LENGTHS: Final = {0xF1: 2, 0xF2: 3, 0xF3: 2, 0xF6: 1}
_CHANNEL_LENGTHS: Final = {0x8: 3, 0x9: 3, 0xA: 3, 0xB: 3, 0xC: 2, 0xD: 2, 0xE: 3}


class MidiError(ValueError):
    """A MIDI message that cannot be, or cannot be read. One line: what, where, what is allowed."""


class MidiSplitter:
    """Cuts a byte stream into whole messages, whatever pieces it comes in.

    Running status is written out, real-time bytes come out at once from wherever they stand, a SysEx comes out
    with its F0 and F7. A message that another status byte cuts short is dropped, and so are data bytes that
    belong to nothing, undefined status bytes and a SysEx above `max_sysex_bytes`; `dropped_bytes` counts them.
    """

    def __init__(self, *, max_sysex_bytes: int = MAX_SYSEX_BYTES) -> None:
        self.dropped_bytes = 0
        self._max_sysex_bytes = max_sysex_bytes
        self._open = bytearray()  # the message being gathered
        self._length = 0  # of a whole one; 0 while in a SysEx or in none
        self._running = 0  # the channel status that data bytes alone repeat; 0 for none

    def feed(self, chunk: bytes) -> list[bytes]:
        """The messages the chunk completes, in order."""
        complete: list[bytes] = []
        for byte in chunk:
            if byte >= _FIRST_REALTIME:
                if byte in _UNDEFINED_REALTIME:
                    self.dropped_bytes += 1
                else:
                    complete.append(bytes((byte,)))
            elif byte >= 0x80:
                self._take_status(byte, complete)
            else:
                self._take_data_byte(byte, complete)
        return complete

    def _take_status(self, status: int, complete: list[bytes]) -> None:
        if status == _SYSEX_END and self._open[:1] == b"\xf0":
            complete.append(bytes((*self._open, status)))
            self._open.clear()
            return
        self.dropped_bytes += len(self._open)
        self._open.clear()
        self._running = status if status < _SYSEX else 0
        self._length = _COMMON_LENGTHS.get(status, 0) if status >= _SYSEX else _CHANNEL_LENGTHS[status >> 4]
        if status == _SYSEX or self._length > 1:
            self._open.append(status)
        elif self._length == 1:
            complete.append(bytes((status,)))
        else:
            self.dropped_bytes += 1

    def _take_data_byte(self, byte: int, complete: list[bytes]) -> None:
        if not self._open:
            if not self._running:
                self.dropped_bytes += 1
                return
            self._open.append(self._running)
        self._open.append(byte)
        if self._open[0] == _SYSEX:
            if len(self._open) >= self._max_sysex_bytes:
                self.dropped_bytes += len(self._open)
                self._open.clear()
        elif len(self._open) == self._length:
            complete.append(bytes(self._open))
            self._open.clear()


def decode_message(raw: bytes) -> mido.Message:
    """One whole message, as the splitter or a port gives it, as mido's Message. MidiError for anything else."""
    try:
        return mido.Message.from_bytes(raw)
    except (ValueError, KeyError, IndexError, LookupError):
        raise MidiError(f"MIDI message {raw.hex(' ') or 'of no bytes'} cannot be read") from None


def note_on(channel: int, note: int, velocity: int) -> bytes:
    """Velocity 0 is note off to most devices."""
    return _channel_message(0x90, channel, note, velocity)


def note_off(channel: int, note: int, velocity: int = 64) -> bytes:
    return _channel_message(0x80, channel, note, velocity)


def control_change(channel: int, control: int, value: int) -> bytes:
    return _channel_message(0xB0, channel, control, value)


def program_change(channel: int, program: int) -> bytes:
    """The program as on the wire, from 0; panels often print one more."""
    return _channel_message(0xC0, channel, program)


def pitch_bend(channel: int, value: int) -> bytes:
    """14 bits from 0, centre 8192."""
    return _channel_message(0xE0, channel, *_split_14_bits(value, "pitch bend"))


def song_position(sixteenths: int) -> bytes:
    """Sixteenth notes from the start, 14 bits."""
    return bytes((0xF2, *_split_14_bits(sixteenths, "song position")))


def song_select(song: int) -> bytes:
    return bytes((0xF3, data_byte(song, "song")))


def bank_select(channel: int, bank_msb: int, bank_lsb: int, program: int) -> tuple[bytes, ...]:
    """Bank MSB, bank LSB, program: three messages."""
    return (
        control_change(channel, 0x00, bank_msb),
        control_change(channel, 0x20, bank_lsb),
        program_change(channel, program),
    )


def nrpn(
    channel: int, parameter_msb: int, parameter_lsb: int, value_msb: int, value_lsb: int | None = None
) -> tuple[bytes, ...]:
    """Parameter number and data entry: three messages, four with the fine value."""
    coarse = (*_nrpn_parameter(channel, parameter_msb, parameter_lsb), control_change(channel, 0x06, value_msb))
    return coarse if value_lsb is None else (*coarse, control_change(channel, 0x26, value_lsb))


def nrpn_increment(channel: int, parameter_msb: int, parameter_lsb: int, value: int = 0) -> tuple[bytes, ...]:
    """One step up; what `value` means is the device's own."""
    return (*_nrpn_parameter(channel, parameter_msb, parameter_lsb), control_change(channel, 0x60, value))


def nrpn_decrement(channel: int, parameter_msb: int, parameter_lsb: int, value: int = 0) -> tuple[bytes, ...]:
    """One step down; what `value` means is the device's own."""
    return (*_nrpn_parameter(channel, parameter_msb, parameter_lsb), control_change(channel, 0x61, value))


def data_byte(value: int, noun: str) -> int:
    """The value itself, if it fits seven bits. Raises MidiError."""
    if not 0 <= value <= 0x7F:
        raise MidiError(f"MIDI {noun} {value} is out of range: use 0 to 127")
    return value


def _nrpn_parameter(channel: int, msb: int, lsb: int) -> tuple[bytes, bytes]:
    return control_change(channel, 0x63, msb), control_change(channel, 0x62, lsb)


def _channel_message(status: int, channel: int, *values: int) -> bytes:
    if not 1 <= channel <= 16:
        raise MidiError(f"MIDI channel {channel} does not exist: use 1 to 16")
    return bytes((status | channel - 1, *(data_byte(value, "data byte") for value in values)))


def _split_14_bits(value: int, noun: str) -> tuple[int, int]:
    """LSB first, as every 14-bit message but controllers sends it."""
    if not 0 <= value < 1 << 14:
        raise MidiError(f"MIDI {noun} {value} is out of range: use 0 to 16383")
    return value & 0x7F, value >> 7
