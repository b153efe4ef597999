"""MIDI streams cut into messages, in every split; and the builders, byte for byte."""

import mido
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.midi import codec
from devices.midi.codec import MidiError, MidiSplitter, decode_message
from tests.support.pieces import pieces_of


@pytest.mark.parametrize(
    ("stream", "messages"),
    [
        ("90 3c 40 90 3e 41", ["90 3c 40", "90 3e 41"]),
        ("90 3c 40 3e 41 3c 00", ["90 3c 40", "90 3e 41", "90 3c 00"]),  # running status
        ("c0 05 06", ["c0 05", "c0 06"]),
        ("90 3c f8 40", ["f8", "90 3c 40"]),  # a clock inside a note
        ("90 3c 40 f8 3e 41", ["90 3c 40", "f8", "90 3e 41"]),  # and inside running status
        ("f0 7f f8 01 fe f7", ["f8", "fe", "f0 7f 01 f7"]),  # and inside a SysEx
        ("f0 f7", ["f0 f7"]),
        ("f1 05 f2 01 02 f3 07 f6", ["f1 05", "f2 01 02", "f3 07", "f6"]),
        ("90 3c 40 f1 05 3e 41", ["90 3c 40", "f1 05"]),  # system common ends running status
        ("90 3c 40 f0 01 f7 3e 41", ["90 3c 40", "f0 01 f7"]),  # and so does SysEx
        ("90 3c 80 3c 40", ["80 3c 40"]),  # cut short
        ("f0 01 02 90 3c 40", ["90 3c 40"]),  # a SysEx cut short is not one
        ("f0 01 f0 02 f7", ["f0 02 f7"]),
        ("3c 40 90 3c 40", ["90 3c 40"]),  # we came in in the middle
        ("f7 90 3c 40", ["90 3c 40"]),
        ("f9 fd f4 05 f5 90 3c 40", ["90 3c 40"]),  # undefined
        ("90 3c f9 40", ["90 3c 40"]),
        ("fa fb fc ff", ["fa", "fb", "fc", "ff"]),
        ("e1 00 40 d2 11 a3 3c 22", ["e1 00 40", "d2 11", "a3 3c 22"]),
    ],
)
def test_streams(stream, messages):
    raw = bytes.fromhex(stream)
    expected = [bytes.fromhex(message) for message in messages]
    assert MidiSplitter().feed(raw) == expected
    bytewise = MidiSplitter()
    assert [message for byte in raw for message in bytewise.feed(bytes((byte,)))] == expected


def test_what_belongs_to_no_message_is_counted():
    splitter = MidiSplitter()
    splitter.feed(bytes.fromhex("3c 40 f9 f7 90 3c f0 01 02 80 3c 40"))
    assert splitter.dropped_bytes == 4 + 2 + 3


def test_a_sysex_without_end_is_given_up():
    splitter = MidiSplitter(max_sysex_bytes=100)
    assert splitter.feed(b"\xf0" + bytes(98) + b"\xf7") == [b"\xf0" + bytes(98) + b"\xf7"]
    assert splitter.feed(b"\xf0" + bytes(500)) == []
    assert splitter.dropped_bytes == 501
    assert splitter.feed(b"\xf7\x90\x3c\x40") == [b"\x90\x3c\x40"]


def sent_messages() -> st.SearchStrategy[bytes]:
    seven = st.integers(0, 127)
    channel = st.tuples(st.integers(0x80, 0xEF), seven, seven).map(
        lambda three: bytes(three[:2] if three[0] >> 4 in (0xC, 0xD) else three)
    )
    sysex = st.lists(seven, max_size=20).map(lambda body: bytes((0xF0, *body, 0xF7)))
    common = st.one_of(
        st.just(b"\xf6"), st.tuples(st.sampled_from([0xF1, 0xF3]), seven).map(bytes), st.just(b"\xf2\x10\x20")
    )
    realtime = st.sampled_from([b"\xf8", b"\xfa", b"\xfb", b"\xfc", b"\xfe", b"\xff"])
    return st.one_of(channel, sysex, common, realtime)


@given(st.lists(sent_messages()), st.data())
@settings(max_examples=150)
def test_what_was_sent_arrives_in_every_split_with_running_status_and_clocks_between(messages, drawn):
    stream, status = bytearray(), 0
    realtime = []
    for message in messages:
        body = message[1:] if message[0] == status and drawn.draw(st.booleans()) else message
        if message[0] < 0xF8:
            status = message[0] if message[0] < 0xF0 else 0
        for byte in body:
            stream.append(byte)
            if len(message) > 1 and drawn.draw(st.integers(0, 5)) == 0:
                stream.append(0xF8)
                realtime.append(b"\xf8")
    splitter = MidiSplitter()
    arrived = [message for piece in pieces_of(drawn, bytes(stream)) for message in splitter.feed(piece)]
    assert [m for m in arrived if m[0] < 0xF8] == [m for m in messages if m[0] < 0xF8]
    assert sorted(m for m in arrived if m[0] >= 0xF8) == sorted([m for m in messages if m[0] >= 0xF8] + realtime)
    assert splitter.dropped_bytes == 0


@given(st.binary(max_size=60), st.data())
@settings(max_examples=200)
def test_any_stream_gives_whole_messages_the_same_in_every_split(stream, drawn):
    whole, split = MidiSplitter(max_sysex_bytes=10), MidiSplitter(max_sysex_bytes=10)
    messages = whole.feed(stream)
    assert [message for piece in pieces_of(drawn, stream) for message in split.feed(piece)] == messages
    assert split.dropped_bytes == whole.dropped_bytes
    for message in messages:
        assert bytes(decode_message(message).bytes()) == message


def test_messages_mean_what_mido_says():
    assert decode_message(b"\x91\x24\x7f") == mido.Message("note_on", channel=1, note=36, velocity=127)
    assert decode_message(b"\xf0\x7f\x01\xf7") == mido.Message("sysex", data=(0x7F, 1))


@pytest.mark.parametrize("raw", [b"", b"\x3c", b"\x90\x3c", b"\xf9", b"\x90\x3c\x80", b"\xf0\x01", b"\xf0\x90\xf7"])
def test_what_is_not_one_message_is_refused(raw):
    with pytest.raises(MidiError, match="cannot be read"):
        decode_message(raw)


@pytest.mark.parametrize(
    ("built", "raw"),
    [
        (codec.note_on(1, 60, 127), "90 3c 7f"),
        (codec.note_off(16, 60), "8f 3c 40"),
        (codec.control_change(2, 7, 100), "b1 07 64"),
        (codec.program_change(1, 0), "c0 00"),
        (codec.pitch_bend(1, 8192), "e0 00 40"),
        (codec.pitch_bend(1, 16383), "e0 7f 7f"),
        (codec.song_position(402), "f2 12 03"),
        (codec.song_select(10), "f3 0a"),
        (b"".join(codec.bank_select(1, 2, 3, 4)), "b0 00 02 b0 20 03 c0 04"),
        (b"".join(codec.nrpn(1, 0x40, 0x17, 0x6B)), "b0 63 40 b0 62 17 b0 06 6b"),
        (b"".join(codec.nrpn(1, 0x40, 0x17, 0x6B, 0x01)), "b0 63 40 b0 62 17 b0 06 6b b0 26 01"),
        (b"".join(codec.nrpn_increment(1, 0x40, 0x17)), "b0 63 40 b0 62 17 b0 60 00"),
        (b"".join(codec.nrpn_decrement(3, 0x40, 0x17, 5)), "b2 63 40 b2 62 17 b2 61 05"),
    ],
)
def test_builders(built, raw):
    assert built.hex(" ") == raw


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: codec.note_on(0, 60, 1), "channel 0 does not exist: use 1 to 16"),
        (lambda: codec.note_on(17, 60, 1), "channel 17"),
        (lambda: codec.note_on(1, 128, 1), "128 is out of range: use 0 to 127"),
        (lambda: codec.control_change(1, 7, -1), "-1 is out of range"),
        (lambda: codec.pitch_bend(1, 16384), "pitch bend 16384"),
        (lambda: codec.song_position(-1), "song position -1"),
        (lambda: codec.song_select(128), "song 128"),
    ],
)
def test_builders_refuse_in_words(build, words):
    with pytest.raises(MidiError) as refused:
        build()
    assert words in str(refused.value)
