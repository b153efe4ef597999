"""``showcaller profiles encode``: the bytes of every example of every profile, and refusals in words."""

from __future__ import annotations

import pytest

from profiles.device_profile import DeviceProfile, Example
from profiles.library import list_profiles, load_profile
from tests.support.command_line import CommandLine

SHIPPED = [entry.id for entry in list_profiles()]


def shipped(profile_id: str) -> DeviceProfile:
    profile, _ = load_profile(profile_id)
    assert profile is not None
    return profile


def typed(example: Example) -> list[str]:
    """The words of a call that asks for an example."""
    pairs = {**example.args, **example.settings}
    words = [f"{name}={str(value).lower() if isinstance(value, bool) else value}" for name, value in pairs.items()]
    words += ["--transport", example.transport] if example.transport is not None else []
    return [example.ask, *words, *(["--fade", str(example.fade_s)] if example.fade_s is not None else [])]


@pytest.mark.parametrize("profile_id", SHIPPED)
def test_every_example_can_be_typed(call: CommandLine, profile_id: str):
    for example in shipped(profile_id).examples:
        found = call.well("profiles", "encode", profile_id, *typed(example), "--json").json
        assert set(found) == {"device", "packets"}
        assert found["device"] == profile_id
        assert [packet["hex"] for packet in found["packets"]] == [hex.lower() for hex in example.hex]
        for packet in found["packets"]:
            assert set(packet) == {"transport", "port", "framing", "hex", "delay_ms"}


def test_the_shape_that_programs_rely_on(call: CommandLine):
    words = ["profiles", "encode", "behringer/x32", "level.set", "strip=ch/1", "db=-10", "--json"]
    assert call.well(*words).json == {
        "device": "behringer/x32",
        "packets": [
            {
                "transport": "osc_udp",
                "port": 10023,
                "framing": "none",
                "hex": "2f 63 68 2f 30 31 2f 6d 69 78 2f 66 61 64 65 72 00 00 00 00 2c 66 00 00 3f 00 00 00",
                "delay_ms": 0.0,
            }
        ],
    }


def test_for_a_person_it_is_a_line_a_packet(call: CommandLine):
    (line,) = call.well("profiles", "encode", "behringer/x32", "level.set", "strip=ch/1", "db=-10").lines
    assert line.startswith("osc_udp port 10023  2f 63 68 2f 30 31 ")
    (line,) = call.well("profiles", "encode", "etc/eos", "cue.fire", "cue=10", "--transport", "osc_tcp_slip").lines
    assert line.startswith("osc_tcp_slip port ")
    assert " framed slip  c0 2f 65 6f 73 " in line


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("behringer/x23 level.set", "there is no device profile 'behringer/x23': did you mean behringer/x32?"),
        ("behringer/x32 level.sett", "behringer/x32 has no command 'level.sett': did you mean level.set?"),
        ("behringer/x32 level.set strip", "'strip' is no argument: write key=value, such as cue=10"),
        ("behringer/x32 level.set =3", "'=3' is no argument: write key=value"),
        ("behringer/x32 level.set strip=ch/1 strip=ch/2 db=0", "strip is given twice, 'ch/1' and 'ch/2'"),
        ("behringer/x32 level.set strip=ch/1", "behringer/x32: level.set: db is missing: give a number of dB"),
        ("behringer/x32 level.set strip=ch/1 db=loud", "behringer/x32: level.set: db is 'loud': give a number of dB"),
        ("behringer/x32 level.set strip=ch/1 db=nan", "behringer/x32: level.set: db is nan: give a number of dB"),
        ("behringer/x32 level.set strip=ch/1 db=11", "behringer/x32: level.set: db is 11: give a number up to 10"),
        (
            "behringer/x32 level.set strip=ch/33 db=0",
            "behringer/x32: level.set: ch is 33: give a whole number from 1 to 32",
        ),
        ("behringer/x32 level.set strip=x/1 db=0", "behringer/x32: level.set: the device cannot be told strip 'x/1'"),
        ("behringer/x32 level.set strip=ch/1 db=0 dB=3", "behringer/x32: level.set: there is no argument 'dB'"),
        ("behringer/x32 level.set strip=ch/1 db=0 ch=5", "behringer/x32: level.set: there is no argument 'ch'"),
        ("behringer/x32 mute.set strip=ch/1 on=maybe", "behringer/x32: mute.set: on is 'maybe': give true or false"),
        ("behringer/x32 cue", "behringer/x32: cue: "),
        ("behringer/x32 cue number=x", "behringer/x32: cue: number is 'x': give a whole number"),
        ("behringer/x32 cue nmber=1", "behringer/x32: cue: there is no argument 'nmber': did you mean number?"),
        ("midi/msc-lighting cue.fire cue=1 device_id=900", "midi/msc-lighting: cue.fire: device_id is 900, above 127"),
        ("midi/msc-lighting cue.fire cue=1 device_id=x", "midi/msc-lighting: cue.fire: device_id is 'x': give a whole"),
        ("behringer/x32 cue number=1 --transport midi", "behringer/x32: cue: transport midi is not one of this device"),
        ("behringer/x32 cue number=1 --fade long", "argument --fade: 'long' is not seconds"),
        ("behringer/x32 cue number=1 --fade -1", "argument --fade: "),
    ],
)
def test_what_cannot_be_told_is_refused_in_words(call: CommandLine, words: str, said: str):
    answer = call("profiles", "encode", *words.split())
    assert answer.code == 2
    assert answer.fault.startswith(said), answer.fault


def test_commands_are_told_apart_from_verbs_only_by_name(call: CommandLine):
    plain = call.well("profiles", "encode", "behringer/x32", "cue", "number=12", "--json").json["packets"]
    assert [bytes.fromhex(packet["hex"])[:9] for packet in plain] == [b"/-action/"]
