"""Ghosts behind loopback ports: a whole house of them, clients that come and go, and hands at the devices."""

from __future__ import annotations

import select
import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from devices.contract import Severity
from devices.encode import ProfileEncoder
from devices.ghosts.house import GhostHouse, open_ghost
from devices.ghosts.server import TcpGhost, UdpGhost
from devices.io.outcome import PortError
from devices.osc.codec import encode_message
from devices.osc.framing import frame_length_prefix
from devices.registry import open_devices
from profiles.device_setup import DeviceSetup, device_to_setup
from profiles.library import load_profile
from profiles.venue_library import list_venues, load_venue
from tests.support.exchange import Exchange, make_setup, send_all
from tests.support.houses import DESK, make_profile
from tests.support.ports import free_port

S = 1_000_000_000


def shipped(id: str) -> DeviceSetup:
    profile, _ = load_profile(id)
    assert profile is not None
    return make_setup(profile)


def setups_of_venue(id: str) -> list[DeviceSetup]:
    """A shipped house, off its own ports, so that several runs can stand on one machine."""
    venue, problems = load_venue(id)
    assert venue is not None, problems
    setups = []
    for device in venue.devices:
        profile, _ = load_profile(device.profile)
        assert profile is not None
        setup, found = device_to_setup(device, profile)
        assert setup is not None, found
        assert setup.sim_port is not None
        setups.append(replace(setup, sim_port=None, reply_port=setup.reply_port and free_port()))
    return setups


@pytest.fixture
def client() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound


def heard_by(client: socket.socket) -> list[bytes]:
    heard = []
    while select.select([client], [], [], 0.01)[0]:
        heard.append(client.recv(4096))
    return heard


@pytest.mark.parametrize("venue", [entry.id for entry in list_venues()])
def test_every_device_of_a_shipped_house_talks_with_its_ghost(venue: str) -> None:
    setups = setups_of_venue(venue)
    house = GhostHouse(setups)
    outlet = open_devices(house.aimed())
    exchange = Exchange(outlet, [house])
    can_answer = {setup.id for setup in setups if setup.profile.health is not None and setup.health.watch}
    assert len(can_answer) >= 5
    exchange.until(lambda: all(exchange.health(id).severity is Severity.GOOD for id in can_answer))
    outlet.close()
    house.close()
    assert house.descriptors() == []


def test_a_ghost_stands_on_its_sim_port_and_a_taken_one_is_named() -> None:
    setup = replace(make_setup(DESK), sim_port=free_port())
    house = GhostHouse([setup])
    assert house.ports == {"box": setup.sim_port}
    with pytest.raises(PortError, match=f"ghost of box: UDP port {setup.sim_port} on 127.0.0.1 is in use"):
        GhostHouse([replace(make_setup(DESK), id="other"), setup])
    house.close()


@pytest.mark.parametrize(
    ("kind", "server"), [("osc_udp", UdpGhost), ("osc_tcp_slip", TcpGhost), ("osc_tcp_len32", TcpGhost)]
)
def test_a_ghost_listens_as_its_device_is_reached(kind: str, server: type) -> None:
    profile, _ = load_profile("generic/osc")
    assert profile is not None
    ghost = open_ghost(make_setup(profile, kind))  # type: ignore[arg-type]
    assert type(ghost) is server
    ghost.close()


def test_midi_comes_as_one_raw_message_a_datagram(client: socket.socket) -> None:
    profile, _ = load_profile("midi/camera-cards")
    assert profile is not None
    ghost = open_ghost(replace(make_setup(profile), host=None, port=None, midi_port="CAM CUES"))
    client.sendto(bytes.fromhex("90 05 44"), ("127.0.0.1", ghost.port))
    select.select(ghost.descriptors(), [], [], 5)
    ghost.service(7)
    (heard,) = ghost.core.heard
    assert (heard.now_ns, heard.verb, heard.args["camera"], heard.args["ms"]) == (7, "camera.shot", "5", 400)
    ghost.close()


def test_a_fader_moved_by_one_client_is_told_to_the_others(client: socket.socket) -> None:
    setup = shipped("behringer/x32")
    ghost = open_ghost(setup)
    outlet = open_devices([replace(setup, port=ghost.port)])
    exchange = Exchange(outlet, [ghost])
    exchange.until(lambda: exchange.health("box").severity is Severity.GOOD)
    client.sendto(encode_message("/xremote"), ("127.0.0.1", ghost.port))
    client.sendto(encode_message("/ch/05/mix/fader", [("f", 0.75)]), ("127.0.0.1", ghost.port))
    exchange.until(lambda: exchange.reports("level.set"))
    assert exchange.reports("level.set")[0].args == {"strip": "ch/5", "db": 0.0}
    assert heard_by(client) == []
    (packet,) = ProfileEncoder({"box": setup}).encode("box", "level.set", {"strip": "ch/5", "db": -10.0})
    send_all(exchange, "level.set", {}, [packet])
    exchange.move(0.1)
    assert heard_by(client) == [packet.body]
    assert len(exchange.reports("level.set")) == 1, "its own doing is not told to it"
    client.sendto(encode_message("/ch/06/mix/fader"), ("127.0.0.1", ghost.port))
    exchange.move(9.8)
    (answer,) = heard_by(client)
    assert answer.startswith(b"/ch/06/mix/fader"), "who asks is answered, kept alive or not"
    exchange.move(0.2)
    send_all(exchange, "level.set", {}, [packet])
    exchange.move(0.1)
    assert heard_by(client) == [], "ten seconds without /xremote, and the desk tells it of nothing more"
    client.sendto(encode_message("/xremote"), ("127.0.0.1", ghost.port))
    exchange.move(0.1)
    send_all(exchange, "level.set", {}, [packet])
    exchange.move(0.1)
    assert heard_by(client) == [packet.body]
    exchange.said.clear()
    exchange.move(60)
    client.sendto(encode_message("/ch/07/mix/fader", [("f", 0.5)]), ("127.0.0.1", ghost.port))
    exchange.move(0.1)
    assert exchange.reports("level.set"), "ours is renewed for as long as it stands"
    outlet.close()
    ghost.close()


def test_a_stream_that_is_framed_otherwise_is_cut_off() -> None:
    ghost = open_ghost(shipped("etc/eos"))
    with socket.create_connection(("127.0.0.1", ghost.port), timeout=5) as wrong:
        wrong.send(b"\xc0/eos/ping\x00\x00\x00,\x00\x00\x00\xc0")
        while select.select([wrong], [], [], 0.01)[0] == []:
            select.select(ghost.descriptors(), [], [], 5)
            ghost.service(0)
        assert wrong.recv(100) == b""
    assert not ghost.core.heard
    ghost.close()


def test_a_stream_says_to_all_what_happens_at_the_device() -> None:
    profile = make_profile(
        "t/echo",
        transports=[{"kind": "osc_tcp_len32", "port": 9000}],
        flags={"echo": True},
        verbs={"cue.go": {"send": ({"address": "/go"},)}},
    )
    ghost = open_ghost(make_setup(profile))
    clients = [socket.create_connection(("127.0.0.1", ghost.port), timeout=5) for _ in range(2)]
    while len(ghost.descriptors()) < 3:
        select.select(ghost.descriptors(), [], [], 5)
        ghost.service(0)
    (body,) = ghost.core.touch("cue.go", {})
    ghost.say(body, 0)
    for client in clients:
        assert client.recv(100) == frame_length_prefix(encode_message("/go"))
        client.close()
    while len(ghost.descriptors()) > 1:
        select.select(ghost.descriptors(), [], [], 5)
        ghost.service(0)
    ghost.close()


def test_a_beat_goes_to_the_fixed_port_before_anybody_was_heard(client: socket.socket) -> None:
    setup = replace(shipped("disguise/designer"), reply_port=client.getsockname()[1])
    ghost = open_ghost(setup)
    for now_s in (0, 1, 2, 3):
        ghost.service(now_s * S)
    assert len(heard_by(client)) == 2
    assert ghost.wake_at_ns() == 4 * S
    ghost.close()
