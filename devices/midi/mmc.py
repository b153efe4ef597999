"""MIDI Machine Control: `F0 7F device 06 command F7`, and LOCATE with its target, both ways.

Hardly anything sends the responses (sub-id 07), so what was sent counts as unconfirmable. Many machines want
DEFERRED PLAY rather than PLAY after a LOCATE: they then play once they have arrived. Source: MMA RP-013;
devices.md 4.6 [MMC1] [MMC2].
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from devices.midi.codec import ALL_DEVICES, MidiError, data_byte
from devices.midi.mtc import bytes_to_label, label_to_bytes
from profiles.timecode import Timecode

COMMANDS: Final[Mapping[str, int]] = {
    "stop": 0x01,
    "play": 0x02,
    "deferred_play": 0x03,
    "fast_forward": 0x04,
    "rewind": 0x05,
    "record_strobe": 0x06,
    "record_exit": 0x07,
    "record_pause": 0x08,
    "pause": 0x09,
    "eject": 0x0A,
    "chase": 0x0B,
    "mmc_reset": 0x0D,
}
"""Commands that are one byte. Beside them stands "locate"."""

_TARGET: Final = b"\x44\x06\x01"  # command, length of what follows, sub-command TARGET
_NAMES: Final = {code: name for name, code in COMMANDS.items()}


@dataclass(frozen=True, slots=True)
class MmcMessage:
    """One command, a key of COMMANDS or "locate"; `target` and `subframes` belong to locate alone."""

    command: str
    device: int = ALL_DEVICES
    target: Timecode | None = None
    subframes: int = 0


def is_mmc(raw: bytes) -> bool:
    """True for a SysEx that is a Machine Control command, readable or not."""
    return len(raw) >= 4 and raw[:2] == b"\xf0\x7f" and raw[3] == 0x06


def encode_mmc(message: MmcMessage) -> bytes:
    """The SysEx. MidiError for an unknown command, or a target that is missing or not wanted."""
    if (message.command == "locate") != (message.target is not None):
        raise MidiError(f"MMC {message.command}: a target belongs to locate, and to nothing else")
    if message.target is not None:
        if not 0 <= message.subframes <= 99:
            raise MidiError(f"MMC locate has {message.subframes} subframes: use 0 to 99")
        body = _TARGET + label_to_bytes(message.target) + bytes((message.subframes,))
    elif message.command in COMMANDS:
        body = bytes((COMMANDS[message.command],))
    else:
        raise MidiError(f"MMC command {message.command!r} is not known: use locate, {', '.join(COMMANDS)}")
    return bytes((0xF0, 0x7F, data_byte(message.device, "device id"), 0x06, *body, 0xF7))


def decode_mmc(raw: bytes) -> MmcMessage:
    """Read one SysEx with one command. MidiError for anything malformed or not known."""
    if not is_mmc(raw) or len(raw) < 6 or raw[-1] != 0xF7 or max(raw[1:-1]) > 0x7F:
        raise MidiError(f"MMC message {raw[:16].hex(' ')} is not whole")
    device, body = raw[2], raw[4:-1]
    if len(body) == 8 and body.startswith(_TARGET):
        # Bit 5 of the frames says that the last byte is a status and no subframes.
        subframes = 0 if body[6] & 0x20 else body[7]
        return MmcMessage("locate", device, bytes_to_label(body[3:7]), subframes)
    if len(body) == 1 and body[0] in _NAMES:
        return MmcMessage(_NAMES[body[0]], device)
    raise MidiError(f"MMC command {body.hex(' ')} is not known")
