"""The guard: every malformed packet is refused in one line, and nothing accepted upsets python-osc."""

import math
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pythonosc.osc_packet import OscPacket

from devices.osc.codec import OscMessage, decode_packet, encode_bundle, encode_message
from devices.osc.guard import MAX_DEPTH, OscError, spans
from tests.support.osc_args import ADDRESSES, OSC_ARGS

BUNDLE = "2362756e646c6500 0000000000000001 "


def nested(depth: int) -> bytes:
    packet = encode_message("/a")
    for _ in range(depth):
        packet = encode_bundle([packet])
    return packet


@pytest.mark.parametrize(
    ("packet", "words"),
    [
        ("", "empty"),
        ("2f61", "not a multiple of 4"),
        ("61620000", "neither with / nor with #bundle"),
        ("2f616161", "address at byte 0 is not ended by NUL"),
        ("2f610001", "address at byte 0 is not padded with NUL"),
        ("2fff0000 2c000000", "address at byte 0 is not UTF-8"),
        ("2f610000 00000000", "do not start with a comma"),
        ("2f610000 69000000 00000001", "do not start with a comma"),
        ("2f610000 2c696969", "type tags at byte 4 is not ended"),
        ("2f610000 2c690001 00000001", "type tags at byte 4 is not padded"),
        ("2f610000 2cff0000", "type tags at byte 4 is not UTF-8"),
        ("2f610000 2c690000", "i at byte 8 needs 4 bytes, but 0"),
        ("2f610000 2c640000 00000000", "d at byte 8 needs 8 bytes, but 4"),
        ("2f610000 2c690000 00000001 00000002", "4 bytes after its last argument"),
        ("2f610000 2c7a6900 00000005 00000006", "type tag 'z'"),
        ("2f610000 2c730000", "string at byte 8 is not ended"),
        ("2f610000 2c730000 61626364", "string at byte 8 is not ended"),
        ("2f610000 2c730000 61006300", "string at byte 8 is not padded"),
        ("2f610000 2c530000 ff000000", "string at byte 8 is not UTF-8"),
        ("2f610000 2c630000 00000141", "character at byte 8 is not ASCII"),
        ("2f610000 2c630000 000000ff", "character at byte 8 is not ASCII"),
        ("2f610000 2c620000", "blob at byte 8 ends before its length"),
        ("2f610000 2c620000 ffffffff", "blob at byte 8 has length -1"),
        ("2f610000 2c620000 00000005 61626364", "blob at byte 8 has length 5, but 4"),
        ("2f610000 2c620000 7fffffff 61626364", "blob at byte 8 has length 2147483647"),
        ("2f610000 2c620000 00000001 61620000", "blob at byte 8 is not padded"),
        ("2f610000 2c5d0000", "close an array that is not open"),
        ("2f610000 2c5b0000", "leave an array open"),
        ("2f610000 2c" + "5b" * 9 + "5d" * 9 + "00", "nested deeper than 8"),
        ("2362756e646c6500", "ends before its time tag"),
        ("2362756e646c6500 00000000", "ends before its time tag"),
        (BUNDLE + "fffffffc", "element at byte 16 has size -4"),
        (BUNDLE + "00000000", "element at byte 16 has size 0"),
        (BUNDLE + "00000006 2f610000 2c000000", "has size 6"),
        (BUNDLE + "00000010 2f610000 2c000000", "has size 16, but only 8"),
        (BUNDLE + "00000008 78610000 2c000000", "byte 20 starts neither with / nor with #bundle"),
        (BUNDLE + "00000008 2362756e646c6500", "byte 20 ends before its time tag"),
        (BUNDLE + "00000004 2f610000 00000004", "element at byte 24 has size 4, but only 0"),
    ],
)
def test_refused_with_what_and_where(packet, words):
    with pytest.raises(OscError, match=r"^OSC [^\n]+$") as refused:
        spans(bytes.fromhex(packet))
    assert words in str(refused.value)


def test_bundles_nest_to_a_limit():
    assert len(spans(nested(MAX_DEPTH))) == 1
    with pytest.raises(OscError, match="nested deeper"):
        spans(nested(MAX_DEPTH + 1))
    with pytest.raises(OscError, match="nested deeper"):
        spans(nested(2000))


def test_the_size_limit_is_the_callers():
    packet = encode_message("/a", [("b", bytes(1000))])
    assert spans(packet, max_bytes=len(packet))
    with pytest.raises(OscError, match="longer than the 1000"):
        spans(packet, max_bytes=1000)


def test_a_span_says_where_its_message_lies():
    message = encode_message("/ab", [("i", 1)])
    first, second = spans(encode_bundle([message, message], time_tag=9))
    packet = encode_bundle([message, message], time_tag=9)
    assert packet[first.start : first.end] == packet[second.start : second.end] == message
    assert (first.start, second.start, first.tags, first.time_tag) == (20, 36, "i", 9)
    assert packet[first.tags_at - 1 : first.tags_at + 1] == b",i"


WHOLE = st.builds(encode_message, ADDRESSES, OSC_ARGS)
PACKETS = st.one_of(
    WHOLE, st.builds(encode_bundle, st.lists(st.one_of(WHOLE, st.builds(encode_bundle, st.lists(WHOLE, max_size=2)))))
)


@st.composite
def mutated_packets(draw: st.DrawFn) -> bytes:
    """A good packet with a few bytes changed, cut out, put in or cut off."""
    packet = bytearray(draw(PACKETS))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(packet) - 1)))
        match draw(st.sampled_from(["change", "cut", "insert", "word", "end"])):
            case "change" if packet:
                packet[at] = draw(st.integers(0, 255))
            case "cut":
                del packet[at : at + draw(st.sampled_from([1, 4]))]
            case "insert":
                packet[at:at] = draw(st.binary(min_size=1, max_size=4))
            case "word":
                word = draw(st.sampled_from([0, -4, -1, 4, 2**31 - 1, -(2**31), len(packet)]))
                packet[at & ~3 : (at & ~3) + 4] = struct.pack(">i", word)
            case _:
                del packet[at:]
    return bytes(packet)


@given(st.one_of(PACKETS, mutated_packets(), st.binary(max_size=80)))
@settings(max_examples=600)
def test_any_packet_is_taken_or_refused_and_python_osc_agrees_on_what_is_taken(packet):
    try:
        messages = decode_packet(packet)
    except OscError:
        return
    assert all(message.address.startswith("/") for message in messages)
    if not any(set(message.tags) & set("SIctm") for message in messages):
        # It sorts by time, and puts now in place of a time that is past: only the sets can be compared.
        read = [timed.message for timed in OscPacket(packet).messages]
        assert sorted(map(as_text, messages)) == sorted(map(as_text, read))


def as_text(message) -> str:
    values = message.args if isinstance(message, OscMessage) else message.params
    return f"{message.address} {plain(values)}"


def plain(values):
    """Arrays as lists, whoever decoded them; an OSC float may be NaN, so compare as text."""
    return [plain(value) if isinstance(value, list | tuple) else value for value in values]


def test_an_argument_after_an_impulse_is_read_right():
    (message,) = decode_packet(encode_message("/x", [("I", None), ("c", "q"), ("S", "sy"), ("i", 7)]))
    assert message.args == (math.inf, "q", "sy", 7)
