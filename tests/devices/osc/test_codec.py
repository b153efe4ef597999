"""OSC encoding, byte for byte against written-out packets, and there and back."""

import csv
import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pythonosc.osc_packet import OscPacket

from devices.osc.codec import OscMessage, decode_packet, encode_bundle, encode_message
from devices.osc.guard import MAX_DEPTH, OscError
from tests.support.osc_args import ADDRESSES, OSC_ARGS, args_to_tags, args_to_values, float_to_wire

GOLDEN = Path(__file__).parents[2] / "golden" / "osc_packets.csv"


with GOLDEN.open(newline="") as rows:
    ROWS = list(csv.DictReader(rows))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['address']} {row['args']}")
def test_written_out_packets(row):
    address, packet = row["address"], bytes.fromhex(row["packet"])
    args = [tuple(pair) for pair in json.loads(row["args"])]
    assert encode_message(address, args) == packet
    values = tuple(float_to_wire(value) if tag == "f" else value for tag, value in args)
    assert decode_packet(packet) == (OscMessage(address, values, args_to_tags(args)),)


@given(ADDRESSES, OSC_ARGS)
@settings(max_examples=200)
def test_what_is_encoded_decodes_to_the_same(address, args):
    (message,) = decode_packet(encode_message(address, args))
    assert message == OscMessage(address, args_to_values(args), args_to_tags(args))


@given(ADDRESSES, OSC_ARGS)
@settings(max_examples=100)
def test_python_osc_reads_our_packets_alike(address, args):
    plain = [pair for pair in args if pair[0] in "ihrfdsbTFN"]
    (timed,) = OscPacket(encode_message(address, plain)).messages
    assert timed.message.address == address
    assert timed.message.params == [value for _, value in plain]


@pytest.mark.parametrize(
    ("args", "packet"),
    [
        ([("b", b"")], "2f780000 2c620000 00000000"),
        ([("b", b"abcde")], "2f780000 2c620000 00000005 6162636465000000"),
        ([("s", "")], "2f780000 2c730000 00000000"),
        ([("s", "four")], "2f780000 2c730000 666f757200000000"),
        ([("S", "sy")], "2f780000 2c530000 73790000"),
        ([("c", "A")], "2f780000 2c630000 00000041"),
        ([("r", 0xFF8000FF)], "2f780000 2c720000 ff8000ff"),
        ([("m", b"\x00\x90\x3c\x7f")], "2f780000 2c6d0000 00903c7f"),
        ([("t", 1)], "2f780000 2c740000 0000000000000001"),
        ([("h", -1)], "2f780000 2c680000 ffffffffffffffff"),
        ([("d", 0.5)], "2f780000 2c640000 3fe0000000000000"),
        ([("f", -math.inf)], "2f780000 2c660000 ff800000"),
        ([("T", True), ("F", False), ("N", None), ("I", math.inf)], "2f780000 2c54464e49000000"),
        ([("[", [("i", 1), ("[", [("T", True)])]), ("i", 2)], "2f780000 2c5b695b545d5d69000000 00 00000001 00000002"),
    ],
)
def test_every_tag_byte_for_byte(args, packet):
    raw = bytes.fromhex(packet)
    assert encode_message("/x", args) == raw
    assert decode_packet(raw)[0].args == args_to_values(args)


def test_a_bundle_written_out():
    raw = bytes.fromhex("2362756e646c6500 0000000000000001 0000000c 2f610000 2c690000 00000001")
    assert encode_bundle([encode_message("/a", [("i", 1)])]) == raw
    assert decode_packet(raw) == (OscMessage("/a", (1,), "i", time_tag=1),)


def test_nested_bundles_come_out_flat_in_sending_order_with_their_own_time_tags():
    inner = encode_bundle([encode_message("/b"), encode_message("/c")], time_tag=2**63 + 5)
    outer = encode_bundle([encode_message("/a"), inner, encode_bundle([]), encode_message("/d")], time_tag=7)
    assert [(message.address, message.time_tag) for message in decode_packet(outer)] == [
        ("/a", 7),
        ("/b", 2**63 + 5),
        ("/c", 2**63 + 5),
        ("/d", 7),
    ]


def test_an_empty_bundle_has_no_messages():
    assert decode_packet(encode_bundle([])) == ()


def test_a_message_without_type_tags_is_taken():
    assert decode_packet(b"/go\0") == (OscMessage("/go"),)


@pytest.mark.parametrize(
    ("address", "args", "words"),
    [
        ("go", [], "does not start with /"),
        ("/a\0b", [], "holds a NUL"),
        ("/\ud800", [], "cannot be sent"),
        ("/a", [("i", 2**31)], "does not fit i"),
        ("/a", [("i", True)], "is no value for i"),
        ("/a", [("i", 1.0)], "is no value for i"),
        ("/a", [("i", "1")], "is no value for i"),
        ("/a", [("f", 1e39)], "does not fit f"),
        ("/a", [("f", 10**400)], "does not fit f"),
        ("/a", [("s", 5)], "is no value for s"),
        ("/a", [("s", "x\0")], "holds a NUL"),
        ("/a", [("b", "text")], "is no value for b"),
        ("/a", [("c", "ab")], "not one ASCII character"),
        ("/a", [("m", b"\x90")], "not the 4 bytes"),
        ("/a", [("r", -1)], "does not fit r"),
        ("/a", [("z", 1)], "'z' for /a is not known"),
        ("/a", [("]", None)], "']' for /a is not known"),
        ("/a", [("[", "ab")], "must be a list of pairs"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_words(address, args, words):
    with pytest.raises(OscError, match=r"^OSC [^\n]+$") as refused:
        encode_message(address, args)
    assert words in str(refused.value)


def test_arrays_nest_as_deep_as_the_guard_takes_and_no_deeper():
    args = []
    for _ in range(MAX_DEPTH):
        args = [("[", args)]
    assert decode_packet(encode_message("/a", args))[0].tags == "[" * MAX_DEPTH + "]" * MAX_DEPTH
    with pytest.raises(OscError, match="deep"):
        encode_message("/a", [("[", args)])


@pytest.mark.parametrize("time_tag", [-1, 2**64])
def test_a_time_tag_is_64_bits(time_tag):
    with pytest.raises(OscError, match="64 bits"):
        encode_bundle([], time_tag)


@given(st.lists(st.tuples(ADDRESSES, OSC_ARGS), max_size=4), st.integers(0, 2**64 - 1))
@settings(max_examples=60)
def test_bundles_there_and_back(messages, time_tag):
    packet = encode_bundle([encode_message(address, args) for address, args in messages], time_tag)
    assert decode_packet(packet) == tuple(
        OscMessage(address, args_to_values(args), args_to_tags(args), time_tag) for address, args in messages
    )
