"""An explicit table of drivers, and faults that are states with words."""

from __future__ import annotations

import select
import socket
import threading
import time
from dataclasses import replace
from typing import get_args

import pytest

from devices.contract import Severity
from devices.io.midi_system import MidiApi, MidiSystem
from devices.io.udp import UdpPort
from devices.midi.driver import MidiDatagramDriver, MidiDriver
from devices.osc.driver import UdpDriver
from devices.registry import DRIVERS, Premises, can_speak, open_devices, open_driver
from devices.stream_driver import StreamDriver
from profiles.device_profile import TransportKind
from tests.support.exchange import Exchange, make_setup
from tests.support.houses import DESK, make_profile
from tests.support.lookups import FakeLookup


def premises() -> Premises:
    return Premises(time.monotonic_ns, MidiSystem(MidiApi.ALSA))


def box(kind: str, **fields: object) -> object:
    profile = make_profile("t/box", transports=[{"kind": kind, "port": 9000} if "osc" in kind else {"kind": kind}])
    shared = premises()
    driver = open_driver(make_setup(profile, **fields), shared)
    driver.close()
    shared.close()
    return driver


def test_every_transport_of_the_profiles_has_a_driver() -> None:
    assert set(DRIVERS) == set(get_args(TransportKind))


@pytest.mark.parametrize(
    ("kind", "driver"),
    [
        ("osc_udp", UdpDriver),
        ("osc_tcp_len32", StreamDriver),
        ("osc_tcp_slip", StreamDriver),
        ("text_crlf", StreamDriver),
        ("text_lf", StreamDriver),
    ],
)
def test_a_host_is_reached_by_its_transport(kind: str, driver: type) -> None:
    assert type(box(kind)) is driver


@pytest.mark.parametrize("kind", ["midi", "msc", "mmc"])
def test_midi_goes_to_a_port_by_name_or_to_a_ghost_by_datagrams(kind: str) -> None:
    assert type(box(kind, host=None, port=None, midi_port="LX")) is MidiDriver
    assert type(box(kind)) is MidiDatagramDriver


def test_a_device_without_an_address_is_the_callers_fault() -> None:
    with pytest.raises(ValueError, match="device box has no host and port: give both in the venue"):
        box("osc_udp", host=None)


def test_nothing_is_opened_before_it_is_wanted() -> None:
    shared = premises()
    assert shared.descriptors() == ()
    shared.quiet()
    shared.close()


def test_another_thread_rings_and_whoever_selects_hears_it_once() -> None:
    shared = premises()
    ringing = threading.Thread(target=shared.bell.ring)
    ringing.start()
    ringing.join()
    assert select.select(shared.descriptors(), [], [], 5)[0]
    shared.quiet()
    assert not select.select(shared.descriptors(), [], [], 0)[0]
    shared.close()
    shared.bell.ring()


def test_a_name_that_was_found_in_another_thread_is_taken_at_once() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as desk:
        desk.bind(("127.0.0.1", 0))
        outlet = open_devices([make_setup(DESK, host="localhost", port=desk.getsockname()[1])])
        exchange = Exchange(outlet)
        exchange.turn()
        assert exchange.health("box").words == "host localhost is being looked up"
        while len(outlet.descriptors()) < 2:
            assert select.select(outlet.descriptors(), [], [], 20)[0], "the bell rings when the name is found"
            exchange.turn()
        assert exchange.health("box").severity is Severity.UNKNOWN
        assert "looked up" not in exchange.health("box").words
        outlet.close()


def test_a_name_nobody_knows_needs_a_person_and_is_asked_again() -> None:
    lookup = FakeLookup(error=socket.gaierror(socket.EAI_NONAME, "Name or service not known"))
    driver = UdpDriver(UdpPort("desk.local", 8000, lookup=lookup))
    driver.service(0)
    assert driver.standing.severity is Severity.UNKNOWN
    assert not driver.standing.carries
    lookup.answer()
    driver.service(1)
    assert driver.standing.severity is Severity.FATAL
    assert "host desk.local cannot be looked up" in driver.standing.words
    retry_ns = driver.wake_at_ns()
    assert retry_ns is not None
    driver.service(retry_ns)
    lookup.answer()
    assert lookup.calls == 2
    driver.close()


def test_a_midi_port_that_is_missing_needs_a_person() -> None:
    profile = make_profile("t/cards", transports=[{"kind": "midi"}])
    setup = replace(make_setup(profile), host=None, port=None, midi_port="CAM CUES")
    outlet = open_devices([setup], midi_system=MidiSystem(MidiApi.ALSA))
    exchange = Exchange(outlet)
    exchange.turn()
    health = exchange.health("box")
    assert health.severity is Severity.FATAL
    assert "midi" in health.words.lower()
    outlet.close()


def test_only_who_may_say_something_is_listened_to() -> None:
    assert not can_speak(DESK)
    assert can_speak(make_profile("t/echo", flags={"echo": True}))
    assert can_speak(make_profile("t/other", flags={"echo_to_others": True}))
    assert can_speak(make_profile("t/asked", health={"reply": {"address": "/beat"}}))
    assert can_speak(make_profile("t/reports", reports=[{"receive": {"address": "/started"}}]))
