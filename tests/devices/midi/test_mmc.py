"""MIDI Machine Control, byte for byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.midi.codec import MidiError
from devices.midi.mmc import COMMANDS, MmcMessage, decode_mmc, encode_mmc, is_mmc
from profiles.timecode import frame_rate, parse_timecode

TARGET = parse_timecode("01:02:03:04", frame_rate("25"))


@pytest.mark.parametrize(
    ("message", "raw"),
    [
        (MmcMessage("stop"), "f0 7f 7f 06 01 f7"),
        (MmcMessage("play", device=5), "f0 7f 05 06 02 f7"),
        (MmcMessage("deferred_play"), "f0 7f 7f 06 03 f7"),
        (MmcMessage("fast_forward"), "f0 7f 7f 06 04 f7"),
        (MmcMessage("rewind"), "f0 7f 7f 06 05 f7"),
        (MmcMessage("record_strobe"), "f0 7f 7f 06 06 f7"),
        (MmcMessage("record_exit"), "f0 7f 7f 06 07 f7"),
        (MmcMessage("record_pause"), "f0 7f 7f 06 08 f7"),
        (MmcMessage("pause"), "f0 7f 7f 06 09 f7"),
        (MmcMessage("eject"), "f0 7f 7f 06 0a f7"),
        (MmcMessage("chase"), "f0 7f 7f 06 0b f7"),
        (MmcMessage("mmc_reset"), "f0 7f 7f 06 0d f7"),
        (MmcMessage("locate", target=TARGET), "f0 7f 7f 06 44 06 01 21 02 03 04 00 f7"),
        (MmcMessage("locate", target=TARGET, subframes=50), "f0 7f 7f 06 44 06 01 21 02 03 04 32 f7"),
    ],
)
def test_written_out_messages(message, raw):
    assert encode_mmc(message).hex(" ") == raw
    assert decode_mmc(bytes.fromhex(raw)) == message


def test_a_locate_at_50_frames_goes_out_at_25():
    target = parse_timecode("01:02:03:09", frame_rate("50"))
    assert encode_mmc(MmcMessage("locate", target=target)).hex(" ").endswith("21 02 03 04 00 f7")


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (MmcMessage("jump"), "'jump' is not known: use locate, stop, play"),
        (MmcMessage("locate"), "a target belongs to locate"),
        (MmcMessage("play", target=TARGET), "a target belongs to locate"),
        (MmcMessage("locate", target=TARGET, subframes=100), "100 subframes: use 0 to 99"),
        (MmcMessage("play", device=200), "device id 200"),
    ],
)
def test_refused_in_words(message, words):
    with pytest.raises(MidiError) as refused:
        encode_mmc(message)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("f0 7f 7f 06 f7", "not whole"),
        ("f0 7f 7f 02 01 f7", "not whole"),
        ("f0 7f 7f 06 01", "not whole"),
        ("f0 7f 7f 06 40 f7", "command 40 is not known"),
        ("f0 7f 7f 06 01 02 f7", "command 01 02 is not known"),
        ("f0 7f 7f 06 44 06 01 21 02 f7", "is not known"),
        ("f0 7f 7f 06 44 06 01 21 3d 03 04 00 f7", "minutes"),
    ],
)
def test_unreadable_messages_are_refused_in_words(raw, words):
    with pytest.raises(MidiError) as refused:
        decode_mmc(bytes.fromhex(raw))
    assert words in str(refused.value)


def test_a_status_in_place_of_subframes_is_no_subframes():
    message = decode_mmc(bytes.fromhex("f0 7f 7f 06 44 06 01 21 02 03 24 15 f7"))
    assert message == MmcMessage("locate", target=TARGET)


@given(st.binary(max_size=12))
def test_any_sysex_is_read_or_refused(body):
    raw = b"\xf0\x7f\x7f\x06" + body + b"\xf7"
    assert is_mmc(raw)
    try:
        message = decode_mmc(raw)
    except MidiError:
        return
    assert message.command == "locate" or message.command in COMMANDS
