"""MIDI Show Control 1.0: `F0 7F device 02 format command data F7`, both ways.

The tables are the standard's; names are its own words in lower case. MSC answers nothing: what was sent can never
be confirmed. Source: MMA RP-002/RP-014; devices.md 4.5 [MSC1], whose 27 for animation is right against [MSC2].
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from devices.midi.codec import ALL_DEVICES, MidiError, data_byte
from devices.midi.mtc import bytes_to_label, label_to_bytes
from profiles.timecode import Timecode

MAX_MESSAGE_BYTES: Final = 128
"""The standard's limit for one message, F0 and F7 included."""

FORMATS: Final[Mapping[str, int]] = {
    "lighting": 0x01,
    "moving_lights": 0x02,
    "colour_changers": 0x03,
    "strobes": 0x04,
    "lasers": 0x05,
    "chasers": 0x06,
    "sound": 0x10,
    "music": 0x11,
    "cd_players": 0x12,
    "eprom_playback": 0x13,
    "audio_tape": 0x14,
    "intercoms": 0x15,
    "amplifiers": 0x16,
    "audio_effects": 0x17,
    "equalizers": 0x18,
    "machinery": 0x20,
    "rigging": 0x21,
    "flys": 0x22,
    "lifts": 0x23,
    "turntables": 0x24,
    "trusses": 0x25,
    "robots": 0x26,
    "animation": 0x27,
    "floats": 0x28,
    "breakaways": 0x29,
    "barges": 0x2A,
    "video": 0x30,
    "video_tape": 0x31,
    "video_cassette": 0x32,
    "video_disc": 0x33,
    "switchers": 0x34,
    "video_effects": 0x35,
    "character_generators": 0x36,
    "still_stores": 0x37,
    "monitors": 0x38,
    "projection": 0x40,
    "film": 0x41,
    "slides": 0x42,
    "video_projectors": 0x43,
    "dissolvers": 0x44,
    "shutters": 0x45,
    "process_control": 0x50,
    "hydraulic_oil": 0x51,
    "water": 0x52,
    "co2": 0x53,
    "compressed_air": 0x54,
    "natural_gas": 0x55,
    "fog": 0x56,
    "smoke": 0x57,
    "cracked_haze": 0x58,
    "pyro": 0x60,
    "fireworks": 0x61,
    "explosions": 0x62,
    "flame": 0x63,
    "smoke_pots": 0x64,
    "all": 0x7F,
}


@dataclass(frozen=True, slots=True)
class MscCommand:
    """What follows the command byte: `fields` in order, of which the first `needed` must be there.

    cue, list, path: digits and points, separated by 00, left out from the right. time: hr mn sc fr ff.
    controller, value: 14 bits, LSB first. macro: one byte.
    """

    code: int
    fields: tuple[str, ...] = ()
    needed: int = 0


_CUE: Final = ("cue", "list", "path")

COMMANDS: Final[Mapping[str, MscCommand]] = {
    "go": MscCommand(0x01, _CUE),
    "stop": MscCommand(0x02, _CUE),
    "resume": MscCommand(0x03, _CUE),
    "timed_go": MscCommand(0x04, ("time", *_CUE), needed=1),
    "load": MscCommand(0x05, _CUE, needed=1),
    "set": MscCommand(0x06, ("controller", "value", "time"), needed=2),
    "fire": MscCommand(0x07, ("macro",), needed=1),
    "all_off": MscCommand(0x08),
    "restore": MscCommand(0x09),
    "reset": MscCommand(0x0A),
    "go_off": MscCommand(0x0B, _CUE),
    "go_jam_clock": MscCommand(0x10, _CUE),
    "standby_plus": MscCommand(0x11, ("list",)),
    "standby_minus": MscCommand(0x12, ("list",)),
    "sequence_plus": MscCommand(0x13, ("list",)),
    "sequence_minus": MscCommand(0x14, ("list",)),
    "start_clock": MscCommand(0x15, ("list",)),
    "stop_clock": MscCommand(0x16, ("list",)),
    "zero_clock": MscCommand(0x17, ("list",)),
    "set_clock": MscCommand(0x18, ("time", "list"), needed=1),
    "mtc_chase_on": MscCommand(0x19, ("list",)),
    "mtc_chase_off": MscCommand(0x1A, ("list",)),
    "open_cue_list": MscCommand(0x1B, ("list",), needed=1),
    "close_cue_list": MscCommand(0x1C, ("list",), needed=1),
    "open_cue_path": MscCommand(0x1D, ("path",), needed=1),
    "close_cue_path": MscCommand(0x1E, ("path",), needed=1),
}

_FORMAT_NAMES: Final = {code: name for name, code in FORMATS.items()}
_COMMAND_NAMES: Final = {command.code: name for name, command in COMMANDS.items()}
_FIXED_BYTES: Final = {"time": 5, "controller": 2, "value": 2, "macro": 1}
_NUMBER_SIGNS: Final = frozenset("0123456789.")
_FIELD_NAMES: Final = ("cue", "list", "path", "time", "controller", "value", "macro")


@dataclass(frozen=True, slots=True)
class MscMessage:
    """One command. `device` is 0 to 6F hex for one device, 70 to 7E for groups, 7F for all.

    Fields a command does not have stay None. `subframes` (hundredths of a frame) belong to `time`.
    """

    command: str
    format: str = "all"
    device: int = ALL_DEVICES
    cue: str | None = None
    list: str | None = None
    path: str | None = None
    time: Timecode | None = None
    subframes: int = 0
    controller: int | None = None
    value: int | None = None
    macro: int | None = None


def is_msc(raw: bytes) -> bool:
    """True for a SysEx that is MIDI Show Control, readable or not."""
    return len(raw) >= 4 and raw[:2] == b"\xf0\x7f" and raw[3] == 0x02


def encode_msc(message: MscMessage) -> bytes:
    """The SysEx. MidiError where a field is missing, out of range, or none of the command's.

    A list without a cue is refused, as is a path without a list: what desks make of an empty field differs.
    """
    command = COMMANDS.get(message.command)
    format_code = FORMATS.get(message.format)
    if command is None:
        raise MidiError(f"MSC command {message.command!r} is not known: use one of {', '.join(COMMANDS)}")
    if format_code is None:
        raise MidiError(f"MSC format {message.format!r} is not known: use one of {', '.join(FORMATS)}")
    data = _data(message, command)
    raw = bytes((0xF0, 0x7F, data_byte(message.device, "device id"), 0x02, format_code, command.code, *data, 0xF7))
    if len(raw) > MAX_MESSAGE_BYTES:
        raise MidiError(f"MSC {message.command} of {len(raw)} bytes is longer than {MAX_MESSAGE_BYTES}")
    return raw


def decode_msc(raw: bytes) -> MscMessage:
    """Read one SysEx. Empty cue, list and path fields come out as None. MidiError for anything malformed."""
    if not is_msc(raw) or len(raw) < 7 or raw[-1] != 0xF7 or max(raw[1:-1]) > 0x7F:
        raise MidiError(f"MSC message {raw[:16].hex(' ')} is not whole")
    name = _COMMAND_NAMES.get(raw[5])
    format_name = _FORMAT_NAMES.get(raw[4])
    if name is None or format_name is None:
        raise MidiError(f"MSC command {raw[5]:02X} in format {raw[4]:02X} is not known")
    return MscMessage(name, format_name, raw[2], **_read_fields(COMMANDS[name], raw[6:-1], name))


def _data(message: MscMessage, command: MscCommand) -> bytes:
    given = [name for name in _FIELD_NAMES if getattr(message, name) is not None]
    for name in given:
        if name not in command.fields:
            raise MidiError(f"MSC {message.command} takes no {name}: it takes {', '.join(command.fields) or 'nothing'}")
    # Nothing marks a field but its place, so all fields before the last one given must be there.
    count = max([command.needed, *(command.fields.index(name) + 1 for name in given)])
    sent = command.fields[:count]
    for name in sent:
        if name not in given:
            raise MidiError(f"MSC {message.command} needs a {name}")
    fixed = b"".join(_fixed_to_bytes(message, name) for name in sent if name in _FIXED_BYTES)
    return fixed + b"\0".join(_number_to_bytes(message, name) for name in sent if name not in _FIXED_BYTES)


def _fixed_to_bytes(message: MscMessage, name: str) -> bytes:
    if name == "time" and message.time is not None:
        if not 0 <= message.subframes <= 99:
            raise MidiError(f"MSC {message.command} has {message.subframes} subframes: use 0 to 99")
        return label_to_bytes(message.time) + bytes((message.subframes,))
    number = int(getattr(message, name))
    if name == "macro":
        return bytes((data_byte(number, "MSC macro"),))
    if not 0 <= number < 1 << 14:
        raise MidiError(f"MSC {message.command} has {name} {number}: use 0 to 16383")
    return bytes((number & 0x7F, number >> 7))


def _number_to_bytes(message: MscMessage, name: str) -> bytes:
    text = str(getattr(message, name))
    if not text or not _NUMBER_SIGNS.issuperset(text):
        raise MidiError(f"MSC {message.command} has {name} {text!r}: use digits and points")
    return text.encode()


def _read_fields(command: MscCommand, data: bytes, name: str) -> dict[str, Any]:
    read: dict[str, Any] = {}
    numbers = [field for field in command.fields if field not in _FIXED_BYTES]
    for place, field in enumerate(command.fields):
        length = _FIXED_BYTES.get(field)
        if length is None:
            break
        piece, data = data[:length], data[length:]
        if not piece and place >= command.needed:
            break
        if len(piece) < length:
            raise MidiError(f"MSC {name} ends within its {field}")
        if field == "time":
            read["time"] = bytes_to_label(piece[:4])
            # Bit 5 of the frames says that the last byte is a status and no subframes.
            read["subframes"] = 0 if piece[3] & 0x20 else piece[4]
        else:
            read[field] = int.from_bytes(piece[:1], "big") | (piece[1] << 7 if length == 2 else 0)
    texts = data.split(b"\0") if data else []
    if len(texts) > len(numbers):
        raise MidiError(f"MSC {name} has more fields than {', '.join(command.fields) or 'none'}")
    for field, text in zip(numbers, texts, strict=False):
        if not _NUMBER_SIGNS.issuperset(text.decode()):
            raise MidiError(f"MSC {name} has a {field} that is not digits and points")
        read[field] = text.decode() or None
    for field in command.fields[: command.needed]:
        if read.get(field) is None:
            raise MidiError(f"MSC {name} comes without its {field}")
    return read
