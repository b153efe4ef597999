"""Verb and arguments to bytes: typed, checked, framed, faded; refused in one line."""

import math
import struct

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from devices.contract import EncodeError, Encoder, Packet
from devices.encode import (
    DeviceSettings,
    ProfileEncoder,
    encode,
    encode_command,
    health_packet,
    keep_alive_packets,
    login_packets,
    read_back_packet,
)
from profiles.curves import CURVES
from profiles.device_profile import DeviceProfile
from profiles.device_setup import device_to_setup
from profiles.library import load_profile
from profiles.venue_profile import Device
from tests.support.osc_bytes import osc, parse
from tests.support.profile_text import MIDI, OSC, TEXT, profile


def shipped(id: str) -> DeviceProfile:
    found = load_profile(id)[0]
    assert found is not None
    return found


X32, QLAB, EOS, RESOLUME = (shipped(id) for id in ("behringer/x32", "figure53/qlab", "etc/eos", "resolume/arena"))
UDP = DeviceSettings(transport="osc_udp")


# -------------------------------------------------------------------------------------------------------------- sending


def test_press_and_release_are_two_packets_in_order_with_their_delay():
    press, release = encode(RESOLUME, "clip.play", {"layer": 2, "clip": 3})
    assert parse(press.payload) == ("/composition/layers/2/clips/3/connect", (1,))
    assert parse(release.payload) == ("/composition/layers/2/clips/3/connect", (0,))
    assert (press.delay_ns, release.delay_ns) == (0, 50_000_000)
    assert isinstance(press, Packet)


def test_the_transport_frames_the_packet():
    bare = osc("/eos/cue/1/2.5/fire")
    by_length, by_slip, by_datagram = (
        encode(EOS, "cue.fire", {"list": 1, "cue": "2.5"}, settings=DeviceSettings(transport=kind))[0]
        for kind in ("osc_tcp_len32", "osc_tcp_slip", "osc_udp")
    )
    assert by_length.payload == len(bare).to_bytes(4, "big") + bare
    assert by_slip.payload == b"\xc0" + bare + b"\xc0"
    assert by_datagram.payload == by_datagram.body == by_slip.body == bare
    assert [packet.framing for packet in (by_length, by_slip, by_datagram)] == ["len32", "slip", "none"]
    assert [packet.port for packet in (by_length, by_slip, by_datagram)] == [3032, 3037, 8000]


def test_the_venue_says_the_port():
    assert encode(EOS, "cue.go", {}, settings=DeviceSettings(port=4703))[0].port == 4703


def test_a_mapped_number_may_come_as_text():
    assert encode(RESOLUME, "clip.play", {"layer": "2", "clip": "3"}) == encode(
        RESOLUME, "clip.play", {"layer": 2, "clip": 3}
    )


def test_the_type_on_the_wire_is_the_profiles_never_guessed():
    typed = profile(
        '[verbs."scene.recall"]\n'
        'send = [{ address = "/a", args = [{ i = "{scene}" }, { f = "{scene}" }, { s = "{scene}" }, { d = "{scene}" },'
        ' { h = "{scene}" }] }]\n'
    )
    assert encode(typed, "scene.recall", {"scene": 5})[0].payload == (
        b"/a\0\0,ifsdh\0\0" + struct.pack(">if", 5, 5.0) + b"5\0\0\0" + struct.pack(">dq", 5.0, 5)
    )


def test_a_flag_goes_as_true_and_false_tags():
    flagged = profile('[verbs."blackout.set"]\nsend = [{ address = "/b", args = [{ flag = "{on}" }] }]\n')
    assert encode(flagged, "blackout.set", {"on": True})[0].payload == b"/b\0\0,T\0\0"
    assert encode(flagged, "blackout.set", {"on": False})[0].payload == b"/b\0\0,F\0\0"


def test_what_is_not_given_is_left_out_of_brackets():
    wristbands = shipped("bridge/wristbands")
    looks = [{"zone": "1", "scene": "warm"}, {"zone": "1", "scene": "warm", "colour": "#fff"}]
    assert [parse(encode(wristbands, "zone.scene", look)[0].payload)[1] for look in looks] == [
        ("warm", 1.0),
        ("warm", 1.0, "#fff"),
    ]


def test_own_commands_are_reached_by_their_name():
    assert parse(encode(X32, "clear_solo", {})[0].payload) == ("/-action/clearsolo", (1,))
    with pytest.raises(EncodeError, match=r"behringer/x32: clear_solo: it has no argument 'hard'"):
        encode(X32, "clear_solo", {"hard": True})


def test_nrpn_and_bank_select_stay_together():
    midi = shipped("generic/midi")
    (packet,) = encode(midi, "nrpn", {"number": 300, "value": 8192.0})
    assert packet.payload.hex(" ") == "b0 63 02 b0 62 2c b0 06 40 b0 26 00"
    assert packet.with_value(16383).payload.hex(" ") == "b0 63 02 b0 62 2c b0 06 7f b0 26 7f"


# ------------------------------------------------------------------------------------------------------------- refusing


@pytest.mark.parametrize(
    ("name", "verb", "args", "words"),
    [
        ("behringer/x32", "level.set", {"strip": "ch/33", "db": 0}, "ch is 33: give a whole number from 1 to 32"),
        ("behringer/x32", "level.set", {"strip": "fx/1", "db": 0}, "cannot be told strip 'fx/1': it takes strip ch/"),
        ("behringer/x32", "level.set", {"strip": "ch/1", "db": 11.0}, "db is 11: give a number up to 10"),
        ("behringer/x32", "level.set", {"strip": "ch/1"}, "db is missing: give it, or let the venue's map set it"),
        ("behringer/x32", "scene.recall", {"scene": 101}, "scene is 101: give a whole number from 0 to 99"),
        ("behringer/x32", "scene.recal", {}, "the device cannot be told this: did you mean scene.recall?"),
        ("behringer/x32", "cue.fire", {"cue": "1"}, "the device cannot be told this"),
        ("etc/eos", "cue.fire", {"cue": "intro"}, "cue is 'intro': give a cue number such as 12 or 2.5"),
        ("figure53/qlab", "transport.play", {"session": "tracks/01"}, "'/' cannot stand in an OSC address; use a"),
        ("figure53/qlab", "transport.play", {"session": "grün"}, "'ü' cannot stand in an OSC address"),
        ("figure53/qlab", "transport.locate", {"position_s": 3.0}, "session is missing"),
        ("resolume/arena", "clip.play", {"clip": "S01"}, "clip is 'S01': give a clip number; map the"),
        ("midi/msc-pyro", "effect.fire", {"device": "1"}, "device_id is missing"),
        ("midi/camera-cards", "camera.shot", {"camera": "2", "shot": "x", "transition": "?"}, "one of cut, mix, wipe"),
        ("casparcg/server", "clip.stop", {"layer": "ten"}, "layer is 'ten': give channel and layer, such as 1-10"),
        ("casparcg/server", "amcp", {"line": "PLAY 1-1\r\nKILL"}, "would hold the sign '\\r': leave it out"),
        ("generic/osc", "cue.fire", {}, "cue is missing: give text in quotes"),
        ("ma/grandma3", "sequence_by_name", {"name": 'say "x"'}, "cannot take: leave it out"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_refused_in_one_line(name, verb, args, words):
    with pytest.raises(EncodeError) as caught:
        encode(shipped(name), verb, args)
    told = str(caught.value)
    assert told.startswith(f"{name}: {verb}: ")
    assert words in told
    assert "\n" not in told


def test_a_packet_longer_than_the_device_takes_is_refused():
    with pytest.raises(EncodeError, match="bytes and the device takes 512: shorten its text"):
        encode(EOS, "command_line", {"text": "x" * 600})


def test_a_transport_the_device_does_not_have_is_refused():
    with pytest.raises(EncodeError, match="transport midi is not one of this device: use osc_tcp_len32, osc_tcp_slip"):
        encode(EOS, "cue.go", {}, settings=DeviceSettings(transport="midi"))


def test_a_number_that_midi_cannot_carry_is_refused():
    wide = profile('[verbs."macro.fire"]\nsend = [{ note = "{macro}" }]\n', MIDI)
    with pytest.raises(EncodeError, match=r"test/box: macro.fire: MIDI data byte 200 is out of range: use 0 to 127"):
        encode(wide, "macro.fire", {"macro": 200})


@pytest.mark.parametrize("target", ["i", "h"])
def test_minus_infinity_where_whole_numbers_go_is_refused(target):
    whole = profile(f'[verbs."level.set"]\nsend = [{{ address = "/l", args = [{{ {target} = "{{db}}" }}] }}]\n')
    with pytest.raises(EncodeError, match="where a whole number is needed"):
        encode(whole, "level.set", {"strip": "main", "db": -math.inf})


# --------------------------------------------------------------------------------------------------------------- fading


@hypothesis_settings(max_examples=60)
@given(db=st.floats(-100, 12))
def test_a_patched_fade_value_is_the_curves_exactly(db):
    (packet,) = encode(X32, "level.set", {"strip": "ch/5", "db": 0.0})
    sent = packet.with_value(db)
    assert parse(sent.payload)[0] == "/ch/05/mix/fader"
    assert sent.payload[-4:] == struct.pack(">f", CURVES["x32_level"].to_wire(db))
    assert sent.thin_key == packet.thin_key == "level.set ch/5"
    assert sent.delay_ns == packet.delay_ns


@pytest.mark.parametrize(
    ("name", "verb", "args", "value", "again"),
    [
        ("behringer/x32", "level.set", {"strip": "main", "db": -3.0}, -math.inf, {"strip": "main", "db": -math.inf}),
        ("figure53/qlab", "opacity.set", {"layer": "7", "level": 1.0}, 0.25, {"layer": "7", "level": 0.25}),
        ("figure53/qlab", "level.set", {"strip": "cue/7", "db": 0.0}, -math.inf, {"strip": "cue/7", "db": -math.inf}),
        ("figure53/qlab", "level.set", {"strip": "cue/7", "db": -math.inf}, -6.0, {"strip": "cue/7", "db": -6.0}),
        ("midi/audio-console", "level.set", {"strip": "ch/3", "db": 0.0}, -30.0, {"strip": "ch/3", "db": -30.0}),
        ("generic/midi", "control", {"number": 7, "value": 0.0}, 99.6, {"number": 7, "value": 99.6}),
        ("generic/osc", "level.set", {"strip": "main", "db": 0.0}, -6.0, {"strip": "main", "db": -6.0}),
        ("studiocoast/vmix", "tbar", {"level": 0.0}, 0.5, {"level": 0.5}),
        ("supercollider/scsynth", "bus", {"number": 1, "value": 0.0}, 0.5, {"number": 1, "value": 0.5}),
        ("ableton/live-abletonosc", "level.set", {"strip": "ch/2", "db": 0.0}, -18.0, {"strip": "ch/2", "db": -18.0}),
    ],
)
def test_patching_and_encoding_anew_are_the_same_bytes(name, verb, args, value, again):
    (packet,) = encode(shipped(name), verb, args)
    (anew,) = encode(shipped(name), verb, again)
    assert packet.with_value(value).payload == anew.payload
    assert packet.with_value(value) == anew
    assert packet.thin_key


def test_a_slip_packet_is_escaped_anew_for_every_value():
    (packet,) = encode(QLAB, "opacity.set", {"layer": "7", "level": 0.0})
    value = struct.unpack(">f", b"\x3e\xc0\xdb\x00")[0]
    assert packet.with_value(value).payload.endswith(b"\x3e\xdb\xdc\xdb\xdd\x00\xc0")


def test_only_a_stream_may_be_thinned():
    assert encode(EOS, "cue.fire", {"cue": "1"})[0].thin_key == ""
    assert encode(X32, "mute.set", {"strip": "ch/1", "on": True})[0].thin_key == ""
    assert encode(RESOLUME, "clip.play", {"layer": 1, "clip": 1})[0].thin_key == ""


def test_a_packet_without_a_fade_value_stays_itself():
    (packet,) = encode(EOS, "cue.fire", {"cue": "1"})
    assert packet.with_value(0.5) is packet


def test_a_device_times_its_own_fade_only_where_the_profile_lets_it():
    caspar = shipped("casparcg/server")
    assert encode(caspar, "opacity.set", {"level": 0.0}, fade_s=2.0)[0].body == b"MIXER 1-10 OPACITY 0 50 linear"
    assert encode(caspar, "opacity.set", {"level": 0.0})[0].body == b"MIXER 1-10 OPACITY 0"
    assert encode(EOS, "cue.fire", {"cue": "1"}, fade_s=2.0) == encode(EOS, "cue.fire", {"cue": "1"})


# ------------------------------------------------------------------------------------------------- sessions, questions


def test_questions_keep_alives_and_log_ins():
    health, back = health_packet(X32), read_back_packet(X32, "level.set", {"strip": "ch/1"})
    assert health is not None
    assert back is not None
    assert health.payload == osc("/xinfo")
    assert back.payload == osc("/ch/01/mix/fader")
    assert [packet.payload for packet in keep_alive_packets(X32)] == [osc("/xremote")]
    assert read_back_packet(X32, "scene.recall", {"scene": 1}) is None
    assert read_back_packet(X32, "cue.fire", {}) is None
    assert login_packets(X32) == keep_alive_packets(EOS) == ()
    assert health_packet(shipped("ma/grandma3")) is None


def test_a_keep_alive_belongs_to_its_transport():
    assert [packet.body for packet in keep_alive_packets(QLAB, UDP)] == [osc("/thump")]
    assert keep_alive_packets(QLAB) == ()


def test_a_log_in_names_workspace_and_passcode_as_text():
    plain = login_packets(QLAB, UDP)
    assert [parse(packet.payload) for packet in plain] == [("/connect", ()), ("/alwaysReply", (1,))]
    told = login_packets(QLAB, DeviceSettings("osc_udp", values={"workspace": "show", "passcode": "0042"}))
    assert parse(told[0].payload) == ("/workspace/show/connect", ("0042",))


def test_a_log_in_that_needs_a_word_waits_for_it():
    body = '[verbs."cue.go"]\nsend = [{ line = "GO" }]\n[settings.user]\ntype = "text"\n'
    body += '[login]\nneeds = "user"\nsend = [{ line = "login {user}" }]\n'
    made = profile(body, TEXT)
    assert login_packets(made) == ()
    assert [packet.payload for packet in login_packets(made, DeviceSettings(values={"user": "me"}))] == [
        b"login me\r\n"
    ]


def test_a_session_message_that_misses_its_setting_says_so():
    body = '[verbs."cue.go"]\nsend = [{ address = "/go" }]\n[settings.user]\ntype = "text"\n'
    made = profile(body + '[keep_alive]\nevery_s = 1\nsend = [{ address = "/alive/{user}" }]\n')
    with pytest.raises(EncodeError, match="test/box: user is missing"):
        keep_alive_packets(made)
    with pytest.raises(EncodeError, match=r"behringer/x32: level.set: ch is 40"):
        read_back_packet(X32, "level.set", {"strip": "ch/40"})


# ------------------------------------------------------------------------------------------------- the venue's encoder


def encoder() -> ProfileEncoder:
    devices = [
        Device(id="desk", profile="etc/eos", host="10.0.0.1", transport="osc_udp", port=4703),
        Device(id="cams", profile="midi/camera-cards", midi_port="CAM", channel=4),
        Device(id="sound", profile="behringer/x32", host="10.0.0.2"),
        Device(id="gfx", profile="casparcg/server", host="10.0.0.3", settings={"fps": 50.0}),
        Device(id="any", profile="generic/osc", host="10.0.0.4"),
    ]
    setups = {}
    for device in devices:
        setup, problems = device_to_setup(device, shipped(device.profile))
        assert setup is not None, problems
        setups[device.id] = setup
    return ProfileEncoder(setups)


def test_the_encoder_speaks_for_every_device_of_a_venue():
    made: Encoder = encoder()
    assert made.encode("desk", "cue.go", {})[0].payload == osc("/eos/key/go_0")
    assert made.encode("cams", "camera.standby", {"camera": "3"})[0].payload == b"\x93\x03\x01"
    assert made.encode("gfx", "opacity.set", {"level": 1.0}, 1.0)[0].payload == b"MIXER 1-10 OPACITY 1 50 linear\r\n"
    assert made.fades_itself("gfx", "opacity.set")
    assert not made.fades_itself("sound", "level.set")
    assert [made.fade_rate_hz("sound", verb) for verb in ("level.set", "mute.set", "cue.fire")] == [40.0, 0.0, 0.0]
    assert [made.fade_rate_hz("any", verb) for verb in ("level.set", "cue.fire", "nonsense")] == [40.0, 0.0, 0.0]
    with pytest.raises(EncodeError, match=r"no device is called 'dsk' in this venue: did you mean desk\?"):
        made.encode("dsk", "cue.go", {})


def test_encode_command_prints_what_would_be_sent():
    assert encode_command(RESOLUME, "column", {"number": 4})[1] == {
        "transport": "osc_udp",
        "port": 7000,
        "framing": "none",
        "hex": osc("/composition/columns/4/connect", 0).hex(" "),
        "delay_ms": 50.0,
    }
    assert encode_command(shipped("generic/midi"), "scene.recall", {"scene": 1}) == [
        {"transport": "midi", "port": None, "framing": "none", "hex": "c0 00", "delay_ms": 0.0}
    ]


def test_every_transport_is_known_to_the_text_and_osc_heads():
    assert profile('[verbs."cue.go"]\nsend = [{ line = "GO" }]\n', TEXT.replace("crlf", "lf")).family == "text"
    assert profile('[verbs."cue.go"]\nsend = [{ address = "/go" }]\n', OSC).family == "osc"
