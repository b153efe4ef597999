"""A device of the house joined with its profile."""

from typing import Any

import pytest

from profiles.device_setup import device_to_setup
from profiles.venue_profile import Device, HealthOverride
from tests.support.houses import DESK, MIXER, make_profile

NOTES = make_profile(
    "test/notes",
    latency_ms=3,
    transports=({"kind": "midi"},),
    settings={"channel": {"type": "int", "default": 1, "min": 1, "max": 16}},
)
SLIP = make_profile(
    "test/slip",
    transports=(
        {"kind": "osc_udp", "port": 53000, "reply": "fixed", "reply_port": 53001},
        {"kind": "osc_tcp_slip", "port": 53000, "reply": "same_socket"},
        {"kind": "midi"},
    ),
    settings={"workspace": {"type": "text"}, "rate": {"type": "float", "min": 1}, "loud": {"type": "flag"}},
)
OPEN_PORT = make_profile("test/open", transports=({"kind": "osc_udp"},))


def make_device(**fields: Any) -> Device:
    return Device.model_validate({"id": "box", "profile": "x/y", "host": "10.0.0.1", **fields})


def test_the_profile_fills_what_the_venue_leaves_out():
    setup, problems = device_to_setup(make_device(), DESK)
    assert problems == ()
    assert setup is not None
    assert (setup.transport, setup.host, setup.port, setup.midi_port) == ("osc_udp", "10.0.0.1", 8000, None)
    assert setup.name == "box"
    assert setup.latency_ns("cue.fire") == 20_000_000
    assert setup.latency_ns("cue.go") == 7_000_000, "a verb may have its own latency"
    assert setup.health == HealthOverride()


def test_the_venue_wins_over_the_profile():
    device = make_device(port=8008, latency_ms=31.5, trim_ms=-2.5, mode="off", health={"watch": False})
    setup, _ = device_to_setup(device, DESK)
    assert setup is not None
    assert (setup.port, setup.trim_ns, setup.mode) == (8008, -2_500_000, "off")
    assert setup.latency_ns("cue.go") == 31_500_000
    assert not setup.health.watch


def test_the_kind_of_address_chooses_the_transport():
    udp, _ = device_to_setup(make_device(), SLIP)
    tcp, _ = device_to_setup(make_device(transport="osc_tcp_slip"), SLIP)
    midi, _ = device_to_setup(make_device(host=None, midi_port="SLIP"), SLIP)
    assert udp is not None
    assert tcp is not None
    assert midi is not None
    assert (udp.transport, udp.reply_port) == ("osc_udp", 53001)
    assert (tcp.transport, tcp.reply_port) == ("osc_tcp_slip", None)
    assert (midi.transport, midi.midi_port, midi.port) == ("midi", "SLIP", None)


def test_midi_channel_and_device_id_are_settings_of_the_profile():
    default, _ = device_to_setup(make_device(host=None, midi_port="CAMS"), NOTES)
    given, _ = device_to_setup(make_device(host=None, midi_port="CAMS", channel=5), NOTES)
    assert default is not None
    assert given is not None
    assert dict(default.settings) == {"channel": 1}
    assert dict(given.settings) == {"channel": 5}


@pytest.mark.parametrize(
    ("profile", "fields", "code", "words"),
    [
        (DESK, {"transport": "midi"}, "venue.device.transport", "has no transport 'midi': osc_udp"),
        (DESK, {"host": None, "midi_port": "X"}, "venue.device.transport", "give a host"),
        (NOTES, {}, "venue.device.transport", "give a midi_port"),
        (SLIP, {"transport": "midi"}, "venue.device.transport", "midi is not reached that way"),
        (OPEN_PORT, {}, "venue.device.port", "give the port that is set at the device"),
    ],
)
def test_what_cannot_be_reached_is_no_setup(profile: Any, fields: dict[str, Any], code: str, words: str):
    setup, problems = device_to_setup(make_device(**fields), profile)
    assert setup is None
    assert [problem.code for problem in problems] == [code]
    assert words in str(problems[0])


@pytest.mark.parametrize(
    ("profile", "fields", "words"),
    [
        (MIXER, {"channel": 1}, "no setting 'channel': remove it"),
        (SLIP, {"settings": {"workspcae": "A"}}, "did you mean workspace?"),
        (SLIP, {"settings": {"workspace": 3}}, "give text in quotes"),
        (SLIP, {"settings": {"rate": "fast"}}, "give a number"),
        (SLIP, {"settings": {"rate": 0.5}}, "give a number from 1"),
        (SLIP, {"settings": {"loud": 1}}, "give true or false"),
        (NOTES, {"host": None, "midi_port": "X", "settings": {"channel": 1.5}}, "give a whole number"),
        (NOTES, {"host": None, "midi_port": "X", "settings": {"channel": 17}}, "give a number from 1 to 16"),
    ],
)
def test_a_setting_that_does_not_suit_is_named_and_left_out(profile: Any, fields: dict[str, Any], words: str):
    setup, problems = device_to_setup(make_device(**fields), profile)
    assert setup is not None
    assert [problem.code for problem in problems] == ["venue.device.setting"]
    assert words in str(problems[0])
