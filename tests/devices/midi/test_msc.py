"""MIDI Show Control: every command byte for byte, and refusals in words."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.midi.codec import MidiError
from devices.midi.msc import COMMANDS, FORMATS, MscMessage, decode_msc, encode_msc, is_msc
from profiles.timecode import frame_rate, parse_timecode

GOLDEN = Path(__file__).parents[2] / "golden" / "msc_messages.csv"

with GOLDEN.open(newline="") as rows:
    ROWS = list(csv.DictReader(rows))


def row_to_message(row) -> MscMessage:
    fields = json.loads(row["message"])
    if "time" in fields:
        text, rate = fields["time"]
        fields["time"] = parse_timecode(text, frame_rate(rate))
    return MscMessage(**fields)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["what"])
def test_written_out_messages(row):
    message, raw = row_to_message(row), bytes.fromhex(row["bytes"])
    assert encode_msc(message) == raw
    assert decode_msc(raw) == message


def test_every_command_is_written_out():
    assert {row_to_message(row).command for row in ROWS} == set(COMMANDS)


def test_the_tables_hold_each_code_once():
    assert len(set(FORMATS.values())) == len(FORMATS) == 56
    kinds = ((0x01, 6), (0x10, 9), (0x20, 11), (0x30, 9), (0x40, 6), (0x50, 9), (0x60, 5), (0x7F, 1))
    assert list(FORMATS.values()) == [first + n for first, count in kinds for n in range(count)]
    last_of_each = "chasers equalizers barges monitors shutters cracked_haze smoke_pots all"
    ends = [first + count - 1 for first, count in kinds]
    assert [FORMATS[name] for name in last_of_each.split()] == ends
    assert FORMATS["animation"] == 0x27, "one later document says 28"
    assert len({command.code for command in COMMANDS.values()}) == len(COMMANDS) == 26


NUMBERS = st.text("0123456789.", min_size=1, max_size=6)


@given(st.sampled_from(sorted(FORMATS)), st.integers(0, 127), st.lists(NUMBERS, max_size=3))
def test_go_there_and_back(format_name, device, numbers):
    message = MscMessage("go", format_name, device, **dict(zip(("cue", "list", "path"), numbers, strict=False)))
    assert decode_msc(encode_msc(message)) == message


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (MscMessage("jump"), "command 'jump' is not known: use one of go, stop"),
        (MscMessage("go", "lights"), "format 'lights' is not known: use one of lighting"),
        (MscMessage("go", cue="12a"), "cue '12a': use digits and points"),
        (MscMessage("go", cue=""), "cue '': use digits and points"),
        (MscMessage("go", list="2"), "MSC go needs a cue"),
        (MscMessage("stop", cue="1", path="2"), "MSC stop needs a list"),
        (MscMessage("load"), "MSC load needs a cue"),
        (MscMessage("fire"), "MSC fire needs a macro"),
        (MscMessage("fire", macro=128), "macro 128"),
        (MscMessage("fire", macro=1, cue="1"), "MSC fire takes no cue: it takes macro"),
        (MscMessage("all_off", cue="1"), "takes no cue: it takes nothing"),
        (MscMessage("set", controller=1), "MSC set needs a value"),
        (MscMessage("set", controller=1, value=16384), "value 16384: use 0 to 16383"),
        (MscMessage("timed_go", cue="1"), "MSC timed_go needs a time"),
        (
            MscMessage("set_clock", time=parse_timecode("00:00:00:00", frame_rate("25")), subframes=100),
            "100 subframes: use 0 to 99",
        ),
        (MscMessage("go", device=128), "device id 128"),
        (MscMessage("go", cue="1" * 121, list="1"), "longer than 128"),
    ],
)
def test_refused_in_words(message, words):
    with pytest.raises(MidiError) as refused:
        encode_msc(message)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("f0 7f 7f 02 01 f7", "not whole"),
        ("f0 7f 7f 06 01 f7", "not whole"),
        ("f0 7f 7f 02 01 01", "not whole"),
        ("f0 7f 7f 02 01 81 f7", "not whole"),
        ("f0 7f 7f 02 01 7e f7", "command 7E in format 01"),
        ("f0 7f 7f 02 09 01 f7", "command 01 in format 09"),
        ("f0 7f 7f 02 01 01 41 f7", "cue that is not digits and points"),
        ("f0 7f 7f 02 01 01 31 00 32 00 33 00 34 f7", "more fields than cue, list, path"),
        ("f0 7f 7f 02 01 08 31 f7", "more fields than none"),
        ("f0 7f 7f 02 01 05 f7", "load comes without its cue"),
        ("f0 7f 7f 02 01 07 f7", "fire ends within its macro"),
        ("f0 7f 7f 02 01 06 01 00 01 f7", "set ends within its value"),
        ("f0 7f 7f 02 01 04 21 02 f7", "timed_go ends within its time"),
        ("f0 7f 7f 02 01 04 21 3f 00 00 00 f7", "minutes"),
    ],
)
def test_unreadable_messages_are_refused_in_words(raw, words):
    with pytest.raises(MidiError) as refused:
        decode_msc(bytes.fromhex(raw))
    assert words in str(refused.value)


def test_an_empty_cue_before_a_list_is_read_though_we_never_send_one():
    assert decode_msc(bytes.fromhex("f0 7f 7f 02 01 02 00 32 f7")) == MscMessage("stop", "lighting", list="2")


def test_a_status_in_place_of_subframes_is_no_subframes():
    message = decode_msc(bytes.fromhex("f0 7f 7f 02 01 04 21 02 03 24 15 f7"))
    assert (str(message.time), message.subframes) == ("01:02:03:04", 0)


@given(st.binary(max_size=30))
def test_any_sysex_is_read_or_refused(body):
    raw = b"\xf0\x7f\x7f\x02" + body + b"\xf7"
    try:
        message = decode_msc(raw)
    except MidiError:
        return
    assert message.command in COMMANDS


def test_is_msc():
    assert is_msc(b"\xf0\x7f\x01\x02\x01\x01\xf7")
    assert not is_msc(b"\xf0\x7f\x01\x06\x01\xf7")
    assert not is_msc(b"\xf0")


@pytest.mark.parametrize(
    ("message", "raw"),
    [
        (MscMessage("all_off", format="pyro", device=16), "f0 7f 10 02 60 08 f7"),
        (MscMessage("all_off", format="machinery", device=5), "f0 7f 05 02 20 08 f7"),
        (MscMessage("reset", format="pyro", device=16), "f0 7f 10 02 60 0a f7"),
        (MscMessage("all_off"), "f0 7f 7f 02 7f 08 f7"),
        (MscMessage("reset"), "f0 7f 7f 02 7f 0a f7"),
    ],
)
def test_sa_08_all_off_and_reset(message, raw):
    assert encode_msc(message) == bytes.fromhex(raw)
    assert decode_msc(bytes.fromhex(raw)) == message
