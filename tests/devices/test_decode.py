"""Bytes back to verbs: what a ghost is told, and what a device says about itself."""

import math

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from devices.decode import Reply, decode, decode_all, decode_reply
from devices.encode import DeviceSettings, encode, health_packet
from devices.osc.codec import encode_bundle
from profiles.library import list_profiles, load_profile
from profiles.verbs import CATALOGUE, args_problems
from tests.support.osc_bytes import osc
from tests.support.profile_text import MIDI, profile

PROFILES = {entry.id: load_profile(entry.id)[0] for entry in list_profiles()}
STEP = {"allen-heath/dlive": 0.51}
"""Where a number comes back less than exactly: a fader of 128 steps."""

EXAMPLES = [(id, index) for id, made in PROFILES.items() for index in range(len(made.examples))]

# What the wire does not carry cannot come back.
LOST = {
    "ableton/live-abletonosc": {"loop"},
    "casparcg/server": {"template", "layer"},
    "midi/camera-cards": {"shot", "ms"},
    "midi/mmc": {"session"},
    "midi/msc-pyro": {"ms"},
    "xjadeo/xjadeo": {"position_s"},
    "figure53/qlab": {"position_s"},
}


@pytest.mark.parametrize(("id", "index"), EXAMPLES)
def test_a_ghost_understands_what_every_example_sends(id, index):
    made = PROFILES[id]
    example = made.examples[index]
    settings = DeviceSettings(transport=example.transport, values=example.settings)
    readings = decode_all(made, encode(made, example.ask, example.args, example.fade_s, settings)[0].body, settings)
    args = next(args for name, args in readings if name == example.ask)
    for name, value in example.args.items():
        if name in LOST.get(id, ()):
            continue
        came = args[name]
        assert came == value if not isinstance(value, float) else came == pytest.approx(value, abs=STEP.get(id, 0.02))


def test_the_first_reading_of_the_profile_counts():
    made = PROFILES["figure53/qlab"]
    assert decode(made, osc("/cue/20/stop")) == ("transport.stop", {"session": "20"})
    assert decode_all(made, osc("/cue/20/stop")) == (
        ("transport.stop", {"session": "20"}),
        ("clip.stop", {"layer": "20"}),
    )


@hypothesis_settings(max_examples=50)
@given(db=st.floats(-85, 10), strip=st.sampled_from(["ch/1", "ch/32", "dca/8", "bus/16", "main", "mono", "mtx/6"]))
def test_a_mixers_echo_is_in_decibels_again(db, strip):
    made = PROFILES["behringer/x32"]
    (packet,) = encode(made, "level.set", {"strip": strip, "db": db})
    (reply,) = decode_reply(made, packet.body)
    assert reply.verb == "level.set"
    assert reply.args["strip"] == strip
    assert reply.args["db"] == pytest.approx(db, abs=0.01)


def test_a_mute_comes_back_with_its_own_polarity():
    made = PROFILES["behringer/x32"]
    assert decode_reply(made, osc("/ch/17/mix/on", 0)) == (Reply("mute.set", {"strip": "ch/17", "on": True}),)
    assert decode_reply(made, osc("/config/mute/2", 1)) == (Reply("mute.set", {"strip": "mutegroup/2", "on": True}),)
    assert decode_reply(made, osc("/dca/3/fader", 0.0)) == (Reply("level.set", {"strip": "dca/3", "db": -math.inf}),)


def test_a_device_is_strict_and_its_answers_are_taken_freely():
    made = PROFILES["behringer/x32"]
    assert decode(made, osc("/ch/17/mix/on", 0.0)) is None  # a float is no int to the desk
    assert decode_reply(made, osc("/ch/17/mix/on", 0.0))[0].args["on"] is True
    assert decode(made, osc("/ch/7/mix/on", 0)) is None  # unpadded
    assert decode(made, osc("/ch/33/mix/on", 0)) is None  # no such channel
    assert decode(made, osc("/ch/01/mix/on", 0, 1)) is None  # one too many


@pytest.mark.parametrize(
    ("id", "answer"),
    [
        ("behringer/x32", osc("/xinfo", "10.0.0.2", "X32", "X32RACK", "4.06")),
        ("etc/eos", osc("/eos/out/ping")),
        ("etc/eos", osc("/eos/out/ping", "seq", 7)),
        ("figure53/qlab", osc("/reply/version", '{"status":"ok"}')),
        ("ableton/live-abletonosc", osc("/live/test", "ok")),
        ("resolume/arena", osc("/composition/master", 1.0)),
        ("supercollider/scsynth", osc("/status.reply", 1, 0, 0, 2, 4, 0.1, 0.2)),
        ("casparcg/server", b"201 VERSION OK"),
        ("studiocoast/vmix", b"PING OK PONG"),
        ("bridge/relays", osc("/relay/pong")),
        ("bridge/wristbands", osc("/wristbands/pong")),
        ("bridge/cue-lights", osc("/cuelight/pong")),
        ("bridge/stage-timer", osc("/timer/pong")),
        ("cockos/reaper", osc("/time", 12.5)),
    ],
)
def test_the_answer_to_the_health_question_is_known(id, answer):
    made = PROFILES[id]
    assert health_packet(made) is not None
    assert any(reply.is_health for reply in decode_reply(made, answer))


@pytest.mark.parametrize(
    ("id", "said", "verb", "args"),
    [
        ("etc/eos", osc("/eos/out/event/cue/3/20/fire"), "cue.fire", {"list": 3, "cue": "20"}),
        ("etc/eos", osc("/eos/out/active/cue/3/2.5", 0.5), "cue.fire", {"list": 3, "cue": "2.5"}),
        ("etc/eos", osc("/eos/out/event/state", 1), None, {}),
        ("bridge/cue-lights", osc("/cuelight/band/acknowledged"), "station.standby", {"station": "band"}),
        ("bridge/relays", osc("/relay/co2-row/fired", 900), "effect.fire", {"device": "co2-row", "ms": 900}),
        ("ableton/live-abletonosc", osc("/live/track/get/mute", 2, 1), "mute.set", {"strip": "ch/3", "on": True}),
        ("resolume/arena", osc("/composition/video/opacity", 0.5), "opacity.set", {"layer": "main", "level": 0.5}),
        ("casparcg/server", b"202 PLAY OK", None, {}),
        ("bridge/wristbands", osc("/wristbands/zone/all/off"), "zone.off", {"zone": "all"}),
    ],
)
def test_what_a_device_says_about_itself(id, said, verb, args):
    reply = decode_reply(PROFILES[id], said)[0]
    assert (reply.verb, dict(reply.args)) == (verb, args)


def test_only_an_answer_of_ok_confirms():
    made = PROFILES["figure53/qlab"]
    for good in ('{"status":"ok"}', '{"workspace_id": "A", "status" : "ok", "data": ""}'):
        replies = decode_reply(made, osc("/reply/workspace/A/cue/12/start", good))
        assert [reply.verb for reply in replies] == ["clip.play", "transport.play"]
        assert replies[0].args["clip"] == "12"
    assert decode_reply(made, osc("/reply/cue/12/start", '{"status":"denied"}')) == ()


def test_another_devices_channel_is_not_ours():
    made = PROFILES["midi/camera-cards"]
    ours = DeviceSettings(values={"channel": 4})
    assert decode(made, b"\x93\x05\x44", ours) == ("camera.shot", {"camera": "5", "transition": "mix", "ms": 400})
    assert decode(made, b"\x90\x05\x44", ours) is None
    pyro = PROFILES["midi/msc-pyro"]
    assert decode(pyro, bytes.fromhex("f07f1002600131f7"), DeviceSettings(values={"device_id": 16})) is not None
    assert decode(pyro, bytes.fromhex("f07f1102600131f7"), DeviceSettings(values={"device_id": 16})) is None
    assert decode(pyro, bytes.fromhex("f07f1002600131f7")) is None  # not told which device it is


def test_a_note_on_of_no_velocity_is_a_note_off():
    assert decode(PROFILES["midi/camera-cards"], b"\x90\x05\x00") == ("camera.clear", {"camera": "5"})


def test_a_sum_has_one_reading_and_rubbish_none():
    made = PROFILES["midi/camera-cards"]
    assert [decode(made, bytes((0x90, 7, velocity)))[1]["transition"] for velocity in (32, 63, 64, 95, 96, 127)] == [
        "cut", "cut", "mix", "mix", "wipe", "wipe",
    ]  # fmt: skip
    assert decode(made, bytes((0x90, 7, 1))) == ("camera.standby", {"camera": "7"})
    assert decode(made, bytes((0x90, 7, 20))) is None


def test_generic_osc_reads_what_it_spells():
    made = PROFILES["generic/osc"]
    (packet,) = encode(made, "text.take", {"template": "countdown", "secs": 30.0})
    assert decode(made, packet.body) == ("text.take", {"layer": "main", "template": "countdown", "secs": 30.0})
    assert decode(made, osc("/no/such")) is None
    assert decode(made, osc("/delay/arm", 1)) is None
    assert decode(made, osc("/mute/set", "ch/1", 1)) == ("mute.set", {"strip": "ch/1", "on": True})
    assert decode(made, osc("/cue/fire", b"blob")) is None


def test_bundles_speak_one_message_after_the_other():
    made = PROFILES["behringer/x32"]
    bundle = encode_bundle([osc("/nothing"), osc("/dca/1/on", 1), osc("/dca/2/on", 0)])
    assert decode(made, bundle) == ("mute.set", {"strip": "dca/1", "on": False})
    assert len(decode_all(made, bundle)) == 2


def test_a_prefix_is_part_of_the_address():
    made = profile('[any_verb]\nprefix = "/sc"\nrate_hz = 40\n')
    (packet,) = encode(made, "cue.go", {})
    assert packet.payload == osc("/sc/cue/go", "main")
    assert decode(made, packet.body) == ("cue.go", {"playback": "main"})
    assert decode(made, osc("/cue/go", "main")) is None


def test_a_value_may_be_several_parts_of_an_address_where_its_rule_says_so():
    body = 'args = { strip = { slashes = true } }\nsend = [{ address = "/mute/{strip}", args = [{ i = "{on}" }] }]\n'
    made = profile('[verbs."mute.set"]\n' + body)
    (packet,) = encode(made, "mute.set", {"strip": "ch/1", "on": True})
    assert packet.payload == osc("/mute/ch/1", 1)
    assert decode(made, packet.body) == ("mute.set", {"strip": "ch/1", "on": True})


def test_a_nrpn_is_read_whole():
    made = PROFILES["generic/midi"]
    whole = bytes.fromhex("b06302b0622cb00640b02600")
    assert decode(made, whole) == ("nrpn", {"number": 300, "value": 8192.0})
    assert decode(made, whole[:9]) is None
    coarse = profile('[commands.x]\nargs = { n = { type = "int" }, v = { type = "int" } }\n'
                     'send = [{ nrpn = "{n}", value = "{v}", fine = false }]\n', MIDI)  # fmt: skip
    assert decode(coarse, whole[:9]) == ("x", {"n": 300, "v": 8192})


@hypothesis_settings(max_examples=80)
@given(st.binary(max_size=40), st.sampled_from(sorted(PROFILES)))
def test_rubbish_is_nothing(rubbish, id):
    made = PROFILES[id]
    for name, args in decode_all(made, rubbish):
        assert name in made.abilities
        assert isinstance(args, dict)
    decode_reply(made, rubbish)


@pytest.mark.parametrize("id", sorted(PROFILES))
def test_what_comes_back_fits_the_catalogue(id):
    made = PROFILES[id]
    for example in made.examples:
        settings = DeviceSettings(transport=example.transport, values=example.settings)
        body = encode(made, example.ask, example.args, example.fade_s, settings)[0].body
        for name, args in decode_all(made, body, settings):
            if name in CATALOGUE:
                told = [problem for problem in args_problems(CATALOGUE[name], args) if "missing" not in problem]
                assert told == []
