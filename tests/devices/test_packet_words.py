"""Bytes in words: for each kind of message what a person reads, and something for what cannot be read."""

import pytest

from devices.encode import DeviceSettings, encode
from devices.packet_words import body_words
from profiles.library import list_profiles, load_profile


@pytest.mark.parametrize(
    ("transport", "body", "words"),
    [
        ("osc_udp", b"/ch/01/mix/fader\0\0\0\0,f\0\0\x3f\x40\0\0", "/ch/01/mix/fader ,f 0.75"),
        ("osc_udp", b"/a\0\0,sT\0b c\0", '/a ,sT "b c" true'),
        ("osc_udp", b"/go\0,\0\0\0", "/go"),
        ("text_crlf", b"PLAY 1-10", "PLAY 1-10"),
        ("midi", bytes.fromhex("902440"), "channel 1 note on: note 36, velocity 64"),
        ("midi", bytes.fromhex("b00001c205"), "channel 1 control change: control 0, value 1; channel 3 program change: "
         "program 5"),
        ("midi", bytes.fromhex("f07e7f0601f7"), "sysex: 7e 7f 06 01"),
        ("msc", bytes.fromhex("f07f1002600131f7"), "show control pyro 16: go cue 1"),
        ("mmc", bytes.fromhex("f07f7f0602f7"), "machine control 127: play"),
    ],
)  # fmt: skip
def test_messages_are_read_out(transport: str, body: bytes, words: str) -> None:
    assert body_words(transport, body) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("transport", "body"), [("osc_udp", b"\xff\xfe"), ("midi", b"\x90"), ("msc", b"\xf0\x7f\x02\xf7")]
)
def test_what_cannot_be_read_says_so(transport: str, body: bytes) -> None:
    assert body_words(transport, body)  # type: ignore[arg-type]


@pytest.mark.parametrize("profile_id", [entry.id for entry in list_profiles()])
def test_every_example_of_every_profile_reads_as_something(profile_id: str) -> None:
    profile, _ = load_profile(profile_id)
    assert profile is not None
    for each in profile.examples:
        settings = DeviceSettings(each.transport, None, each.settings)
        for packet in encode(profile, each.ask, each.args, each.fade_s, settings):
            words = body_words(packet.transport, packet.body)
            assert words
            assert not words.startswith(("no ", "not "))
