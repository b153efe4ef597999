"""A ghost is its profile: it understands, remembers, and answers as the profile reads answers."""

from __future__ import annotations

from typing import Any

import pytest

from devices.contract import EncodeError
from devices.decode import decode_reply
from devices.encode import DeviceSettings, encode, health_packet, keep_alive_packets, login_packets, read_back_packet
from devices.ghosts.core import REST_NS, Answer, GhostCore
from devices.osc.codec import encode_bundle, encode_message
from profiles.device_profile import DeviceProfile
from profiles.library import load_profile
from tests.support.houses import make_profile

MS = 1_000_000


def shipped(id: str) -> DeviceProfile:
    profile, _ = load_profile(id)
    assert profile is not None
    return profile


def ghost_of(id: str, **settings: Any) -> GhostCore:
    return GhostCore(shipped(id), DeviceSettings(values=settings))


def tell(ghost: GhostCore, verb: str, now_ns: int = 0, **args: Any) -> list[Answer]:
    packets = encode(ghost.profile, verb, args, settings=ghost.settings)
    return [answer for packet in packets for answer in ghost.receive(packet.body, now_ns)]


def said(ghost: GhostCore, answers: list[Answer]) -> list[tuple[str | None, dict[str, Any]]]:
    """What a console would make of the answers."""
    replies = (reply for answer in answers for reply in decode_reply(ghost.profile, answer.body, ghost.settings))
    return [(reply.verb, dict(reply.args)) for reply in replies]


def test_it_remembers_what_it_was_told_and_when() -> None:
    ghost = ghost_of("etc/eos")
    tell(ghost, "cue.fire", 5, list=1, cue="2.5")
    tell(ghost, "macro.fire", 9, macro=3)
    assert [(each.now_ns, each.verb, each.args) for each in ghost.heard] == [
        (5, "cue.fire", {"playback": "main", "list": 1, "cue": "2.5"}),
        (9, "macro.fire", {"macro": 3}),
    ]
    assert not ghost.strange


def test_it_keeps_what_it_can_make_nothing_of() -> None:
    ghost = ghost_of("etc/eos")
    for noise in (b"", b"\x00\x01", encode_message("/eos/unknown"), b"#bundle\0garbage"):
        assert ghost.receive(noise, 3) == []
    assert [body for _, body in ghost.strange] == [
        b"",
        b"\x00\x01",
        encode_message("/eos/unknown"),
        b"#bundle\0garbage",
    ]
    assert not ghost.heard


def test_where_bytes_can_mean_several_verbs_all_readings_are_kept() -> None:
    ghost = ghost_of("midi/msc-sound")
    tell(ghost, "clip.play", clip="7")
    (heard,) = ghost.heard
    verbs = [heard.verb, *(verb for verb, _ in heard.others)]
    assert {"transport.play", "clip.play", "scene.recall"} <= set(verbs)


def test_a_device_that_confirms_does_so_after_its_own_latency() -> None:
    ghost = GhostCore(shipped("bridge/wristbands"))
    (answer,) = tell(ghost, "zone.off", zone="3")
    assert (answer.delay_ns, answer.to_others) == (200 * MS, False)
    assert said(ghost, [answer]) == [("zone.off", {"zone": "3"})]


def test_a_report_stands_for_the_verb_it_speaks_of() -> None:
    ghost = ghost_of("bridge/cue-lights")
    assert said(ghost, tell(ghost, "station.standby", station="band")) == [("station.standby", {"station": "band"})]


def test_a_device_that_tells_the_others_does_not_tell_who_caused_it() -> None:
    ghost = ghost_of("behringer/x32")
    (answer,) = tell(ghost, "level.set", strip="ch/1", db=-10.0)
    assert answer.to_others


@pytest.mark.parametrize(
    ("id", "verb", "args", "value"),
    [
        ("behringer/x32", "level.set", {"strip": "dca/3", "db": -20.0}, "db"),
        ("behringer/x32", "mute.set", {"strip": "mutegroup/2", "on": True}, "on"),
        ("ableton/live-abletonosc", "mute.set", {"strip": "ch/3", "on": True}, "on"),
        ("resolume/arena", "opacity.set", {"layer": "2", "level": 0.25}, "level"),
    ],
)
def test_asked_for_a_value_it_says_the_last_one(id: str, verb: str, args: dict[str, Any], value: str) -> None:
    ghost = ghost_of(id)
    tell(ghost, verb, **args)
    question = read_back_packet(ghost.profile, verb, args)
    assert question is not None
    answers = said(ghost, ghost.receive(question.body, 1))
    assert (verb, args) in [(told, {name: read[name] for name in args}) for told, read in answers]
    assert ghost.served["read_back"] == 1
    kept = ghost.value_of(verb, args)
    assert kept is not None
    assert kept[value] == args[value]


def test_asked_for_a_value_nobody_set_it_says_where_it_rests() -> None:
    ghost = ghost_of("resolume/arena")
    question = read_back_packet(ghost.profile, "opacity.set", {"layer": "5"})
    assert question is not None
    assert ("opacity.set", {"layer": "5", "level": 1.0}) in said(ghost, ghost.receive(question.body, 0))
    mixer = ghost_of("behringer/x32")
    question = read_back_packet(mixer.profile, "mute.set", {"strip": "ch/9", "on": True})
    assert question is not None
    assert ("mute.set", {"strip": "ch/9", "on": False}) in said(mixer, mixer.receive(question.body, 0))
    assert mixer.value_of("mute.set", {"strip": "ch/9"}) is None


def test_service_messages_are_no_verbs() -> None:
    ghost = ghost_of("figure53/qlab", workspace="show", passcode="0042")
    for packet in login_packets(ghost.profile, ghost.settings):
        assert ghost.receive(packet.body, 0) == []
    over_udp = GhostCore(ghost.profile, DeviceSettings("osc_udp", None, {"workspace": "show"}))
    for packet in keep_alive_packets(over_udp.profile, over_udp.settings):
        over_udp.receive(packet.body, 0)
    question = health_packet(ghost.profile, ghost.settings)
    assert question is not None
    (answer,) = ghost.receive(question.body, 0)
    assert any(reply.is_health for reply in decode_reply(ghost.profile, answer.body, ghost.settings))
    assert (ghost.served, over_udp.served) == ({"login": 2, "health": 1}, {"keep_alive": 1})
    assert not ghost.heard
    assert not over_udp.strange


def test_the_release_of_a_press_is_part_of_it_for_a_while() -> None:
    ghost = ghost_of("resolume/arena")
    press, release = encode(ghost.profile, "clip.play", {"layer": "2", "clip": "4"})
    ghost.receive(press.body, 0)
    ghost.receive(release.body, 50 * MS)
    assert len(ghost.heard) == 1
    assert not ghost.strange
    ghost.receive(press.body, 1000 * MS)
    ghost.receive(release.body, 1001 * MS + REST_NS)
    assert len(ghost.strange) == 1


def test_a_line_protocol_answers_every_command_by_its_name() -> None:
    ghost = ghost_of("casparcg/server")
    (answer,) = tell(ghost, "clip.stop")
    assert answer.body == b"202 STOP OK"
    (answer,) = tell(ghost_of("studiocoast/vmix"), "text.clear")
    assert answer.body.startswith(b"FUNCTION OK ")


def test_midi_that_comes_message_by_message_is_put_together() -> None:
    ghost = ghost_of("generic/midi")
    (packet,) = encode(ghost.profile, "cue.fire", {"list": 130, "cue": "5"})
    for message in (packet.body[:3], packet.body[3:6], packet.body[6:]):
        ghost.receive(message, 0)
    (whole,) = encode(ghost.profile, "nrpn", {"number": 300, "value": 8192.0})
    ghost.receive(whole.body, 0)
    assert [each.verb for each in ghost.heard] == ["cue.fire", "nrpn"]


def test_a_bundle_is_its_messages() -> None:
    ghost = ghost_of("etc/eos")
    bundle = encode_bundle([encode_message("/eos/macro/1/fire"), encode_message("/eos/macro/2/fire")])
    ghost.receive(bundle, 0)
    assert [each.args for each in ghost.heard] == [{"macro": 1}, {"macro": 2}]


def test_a_hand_at_the_device_changes_what_it_says() -> None:
    ghost = ghost_of("behringer/x32")
    (body,) = ghost.touch("level.set", {"strip": "ch/4", "db": -6.0})
    assert said(ghost, [Answer(0, body)])[0][0] == "level.set"
    kept = ghost.value_of("level.set", {"strip": "ch/4"})
    assert kept == {"strip": "ch/4", "db": -6.0}
    with pytest.raises(EncodeError):
        ghost.touch("level.set", {"strip": "nowhere", "db": 0.0})


def test_a_device_that_speaks_unasked_has_a_beat() -> None:
    beating = ghost_of("disguise/designer").beat
    assert beating is not None
    every_ns, body = beating
    assert every_ns == 2000 * MS
    assert any(reply.is_health for reply in decode_reply(shipped("disguise/designer"), body))
    assert ghost_of("etc/eos").beat is None
    assert ghost_of("generic/osc").beat is None


def test_what_only_the_device_could_know_is_made_to_fit() -> None:
    profile = make_profile(
        "t/odd",
        verbs={"cue.go": {"send": ({"address": "/go"},)}},
        reports=(
            {
                "receive": {
                    "address": "/went/{place}",
                    "args": ({"i": "{number}"}, {"f": "{level}"}, {"s": "{state}"}, {"s": "[{more}]"}),
                },
                "verb": "cue.go",
                "args": {"state": {"pattern": "OK|NOTIFY"}},
            },
            {"receive": {"address": "/never/{x}"}, "verb": "cue.go", "args": {"x": {"pattern": "[q]{9}"}}},
        ),
    )
    ghost = GhostCore(profile)
    (answer,) = tell(ghost, "cue.go")
    assert answer.body == encode_message("/went/ghost", [("i", 1), ("f", 1.0), ("s", "OK")])


def test_a_setting_the_house_left_out_leaves_a_ghost_that_is_not_asked() -> None:
    profile = make_profile(
        "t/show",
        settings={"show": {"type": "text"}},
        verbs={"cue.go": {"send": ({"address": "/go"},)}},
        health={"send": {"address": "/show/{show}/ping"}, "reply": {"address": "/pong"}},
    )
    ghost = GhostCore(profile)
    tell(ghost, "cue.go")
    assert [each.verb for each in ghost.heard] == ["cue.go"]
