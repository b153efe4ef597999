"""OSC on streams: byte-exact frames, and the same packets in whatever pieces they arrive."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.osc.codec import encode_message
from devices.osc.framing import LengthPrefixDecoder, SlipDecoder, frame_length_prefix, frame_slip
from devices.osc.guard import OscError
from tests.support.pieces import STREAMS, pieces_of

PING = encode_message("/eos/ping")


def comparable(items):
    return [str(item) if isinstance(item, OscError) else item for item in items]


def test_frames_written_out():
    assert frame_length_prefix(PING).hex(" ", 4) == "00000010 2f656f73 2f70696e 67000000 2c000000"
    assert frame_slip(PING).hex() == "c02f656f732f70696e670000002c000000c0"
    escaped = frame_slip(encode_message("/x", [("i", 0xC0DB)]))
    assert escaped.hex(" ") == "c0 2f 78 00 00 2c 69 00 00 00 00 db dc db dd c0"


@pytest.mark.parametrize(("frame", "decoder"), [(frame_length_prefix, LengthPrefixDecoder), (frame_slip, SlipDecoder)])
@given(packets=st.lists(st.binary(min_size=1, max_size=30) | st.just(b"\xc0\xdb\xdb\xdc\xdd")), pieces=st.data())
@settings(max_examples=100)
def test_every_split_gives_the_same_packets(frame, decoder, packets, pieces):
    stream = b"".join(map(frame, packets))
    whole = decoder()
    assert whole.feed(stream) == packets
    split = decoder()
    assert [packet for piece in pieces_of(pieces, stream) for packet in split.feed(piece)] == packets


@pytest.mark.parametrize("decoder", [LengthPrefixDecoder, SlipDecoder])
@given(stream=STREAMS, pieces=st.data())
@settings(max_examples=200)
def test_every_split_of_rubbish_gives_the_same(decoder, stream, pieces):
    whole, split = decoder(max_bytes=12), decoder(max_bytes=12)
    expected = comparable(whole.feed(stream))
    assert comparable(packet for piece in pieces_of(pieces, stream) for packet in split.feed(piece)) == expected


def test_slip_with_a_single_end_between_packets():
    assert SlipDecoder().feed(b"one\xc0two\xc0three") == [b"one", b"two"]


def test_slip_ignores_empty_frames():
    assert SlipDecoder().feed(b"\xc0\xc0\xc0a\xc0\xc0") == [b"a"]


@pytest.mark.parametrize("wrong", [b"a\xdbb", b"\xdb", b"\xdb\xdb\xdc", b"\xdb\xdb"])
def test_slip_drops_a_wrong_escape_and_goes_on(wrong):
    before, refused, after = SlipDecoder().feed(frame_slip(b"x") + wrong + frame_slip(b"y"))
    assert (before, after) == (b"x", b"y")
    assert "escape" in str(refused)


@pytest.mark.parametrize("flood", [b"a" * 1000, b"\xdb" * 1000])
def test_slip_holds_no_more_than_its_limit_and_goes_on(flood):
    decoder = SlipDecoder(max_bytes=100)
    assert decoder.feed(flood) == []
    refused, after = decoder.feed(frame_slip(b"y"))
    assert "longer than the 100" in str(refused)
    assert after == b"y"


def test_slip_takes_the_longest_frame_though_every_byte_is_escaped():
    packet = b"\xc0" * 100
    assert SlipDecoder(max_bytes=100).feed(frame_slip(packet)) == [packet]


@pytest.mark.parametrize("size", [-1, -(2**31), 101, 2**31 - 1, 0x2F656F73])
def test_a_length_out_of_bounds_ends_the_stream(size):
    decoder = LengthPrefixDecoder(max_bytes=100)
    before, refused = decoder.feed(frame_length_prefix(b"x") + size.to_bytes(4, "big", signed=True) + b"abc")
    assert before == b"x"
    assert f"announces a packet of {size} bytes" in str(refused)
    assert decoder.broken
    assert decoder.feed(frame_length_prefix(b"y")) == []


def test_a_length_of_nothing_is_an_empty_packet():
    assert LengthPrefixDecoder().feed(bytes(4) + frame_length_prefix(b"y")) == [b"", b"y"]
