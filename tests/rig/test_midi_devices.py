"""Devices on a real MIDI port, through the outlet: found by name, shared, unplugged, plugged again, and heard."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from devices.contract import Health, Report, Result, Severity
from devices.encode import ProfileEncoder
from devices.io.midi_system import MidiApi, MidiSystem
from devices.outlet import DeviceOutlet
from devices.registry import open_devices
from profiles.device_profile import DeviceProfile
from profiles.device_setup import DeviceSetup
from profiles.library import load_profile
from tests.support.exchange import make_command, make_setup
from tests.support.houses import make_profile
from tests.support.jackd import JackServer
from tests.support.midi_box import MidiBox, passes, whole, within

PATIENCE_S = 20.0
"""A busy JACK server may refuse a client; the system asks again after five seconds."""


class Evening:
    """An outlet on the machine's clock, polled as a loop would, and what it said."""

    def __init__(self, *setups: DeviceSetup) -> None:
        self.outlet: DeviceOutlet = open_devices(setups, midi_system=MidiSystem(MidiApi.JACK))
        self.setups = {setup.id: setup for setup in setups}
        self.said: list[Report | Health] = []

    def poll(self) -> None:
        self.said += self.outlet.poll(time.monotonic_ns())

    def until_health(self, device: str, *severities: Severity) -> Health:
        def last() -> Health | None:
            self.poll()
            found = [each for each in self.said if isinstance(each, Health) and each.device == device]
            return found[-1] if found and found[-1].severity in severities and "opened" not in found[-1].words else None

        health = within(PATIENCE_S, last)
        assert health is not None, f"{device} never was {severities}; said: {self.said[-3:]}"
        return health

    def send(self, device: str, verb: str, **args: Any) -> None:
        """Send a verb."""
        packets = ProfileEncoder(self.setups).encode(device, verb, args)
        command = make_command(verb, args, packets, device=device)
        outcomes = [self.outlet.send(command, packet, time.monotonic_ns()) for packet in packets]
        assert [outcome.result for outcome in outcomes] == [Result.SENT] * len(packets), outcomes


def on_port(profile: DeviceProfile, port: str, **fields: Any) -> DeviceSetup:
    return replace(make_setup(profile), host=None, port=None, midi_port=port, **fields)


def shipped(id: str) -> DeviceProfile:
    profile, _ = load_profile(id)
    assert profile is not None
    return profile


@pytest.fixture
def desk(jack_env: JackServer) -> Iterator[MidiBox]:
    desk = MidiBox("desk")
    yield desk
    desk.close()


@pytest.fixture
def evening(jack_env: JackServer) -> Iterator[Any]:
    evenings: list[Evening] = []

    def make(*setups: DeviceSetup) -> Evening:
        evenings.append(Evening(*setups))
        return evenings[-1]

    yield make
    for each in evenings:
        each.outlet.close()


def test_what_belongs_together_leaves_together_from_devices_that_share_a_port(evening: Any, desk: MidiBox) -> None:
    generic, cards = shipped("generic/midi"), shipped("midi/camera-cards")
    run = evening(on_port(generic, "desk:in", id="synth"), on_port(cards, "desk:in", id="cards"))
    for device in ("synth", "cards"):
        assert "can be sent to" in run.until_health(device, Severity.UNKNOWN).words

    def exchange() -> list[bytes]:
        run.send("synth", "nrpn", number=300, value=8192.0)
        run.send("cards", "camera.shot", camera="5", shot="wide", transition="mix", ms=480)
        run.send("synth", "cue.fire", list=130, cue="5")
        return desk.hear(8)

    expected = "b0 63 02, b0 62 2c, b0 06 40, b0 26 00, 90 05 45, b0 00 01, b0 20 01, c0 04"
    whole(exchange, [bytes.fromhex(message) for message in expected.split(", ")])


def test_a_missing_port_needs_a_person_and_opens_when_it_is_there(evening: Any) -> None:
    run = evening(on_port(shipped("generic/midi"), "desk:in"))
    health = run.until_health("box", Severity.FATAL)
    assert "MIDI port 'desk:in' is not there: plug it in" in health.words
    comes_and_goes(run)
    comes_and_goes(run)


def comes_and_goes(run: Evening) -> None:
    desk = MidiBox("desk")
    run.until_health("box", Severity.UNKNOWN)
    passes(lambda _message: run.send("box", "scene.recall", scene=3), b"\xc0\x02", lambda: desk.hear(1))
    desk.close()
    run.until_health("box", Severity.FATAL)


def test_what_a_midi_device_says_becomes_a_report(evening: Any, desk: MidiBox) -> None:
    profile = make_profile(
        "t/keys",
        transports=[{"kind": "midi"}],
        settings={"channel": {"type": "int", "default": 1}},
        verbs={"macro.fire": {"send": [{"note": "{macro}"}]}},
        reports=[{"receive": {"control": 7, "value": "{macro}"}, "verb": "macro.fire"}],
    )
    run = evening(on_port(profile, "desk"))
    run.until_health("box", Severity.UNKNOWN)

    def heard() -> list[Report]:
        desk.say(bytes((0xB0, 7, 42)))
        run.poll()
        return [each for each in run.said if isinstance(each, Report)]

    report = within(PATIENCE_S, heard)[0]
    assert (report.device, report.verb, report.args) == ("box", "macro.fire", {"macro": 42})
    assert abs(time.monotonic_ns() - report.received_ns) < 5_000_000_000
