"""The one place that acts: live, ghost or off for each device, and a device that is away never delays another."""

from __future__ import annotations

import select
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import median

import pytest

from devices.contract import Health, Outlet, OutputMode, Packet, Report, Result, Severity
from devices.encode import ProfileEncoder
from devices.ghosts.faults import Dead, Slow
from devices.ghosts.house import aim_at_ghost, open_ghost
from devices.ghosts.server import GhostServer
from devices.io.tcp import TcpListener
from devices.outlet import DeviceOutlet
from devices.registry import open_devices
from devices.wire_packet import WirePacket
from profiles.device_setup import DeviceSetup
from profiles.library import load_profile
from tests.support.drivers import NothingShared, ScriptedDriver
from tests.support.exchange import Exchange, make_command, make_setup, send_all
from tests.support.houses import DESK, MIXER, make_profile
from tests.support.ports import free_port

S = 1_000_000_000
MS = 1_000_000

Open = Callable[..., Exchange]
Haunt = Callable[..., GhostServer]


def shipped(id: str) -> DeviceSetup:
    profile, _ = load_profile(id)
    assert profile is not None
    return make_setup(profile)


def go_of(setup: DeviceSetup) -> WirePacket:
    (packet,) = ProfileEncoder({setup.id: setup}).encode(setup.id, "cue.go", {})
    return packet


@pytest.fixture
def opened() -> Iterator[Open]:
    """Opens outlets on an exchange, and closes them."""
    outlets: list[DeviceOutlet] = []

    def make(*setups: DeviceSetup, far: tuple[object, ...] = ()) -> Exchange:
        outlets.append(open_devices(setups))
        return Exchange(outlets[-1], far)  # type: ignore[arg-type]

    yield make
    for outlet in outlets:
        outlet.close()


@pytest.fixture
def haunt() -> Iterator[Haunt]:
    """Puts ghosts behind ports, and closes them."""
    ghosts: list[GhostServer] = []

    def make(setup: DeviceSetup, port: int = 0) -> GhostServer:
        ghosts.append(open_ghost(setup, port=port))
        return ghosts[-1]

    yield make
    for ghost in ghosts:
        ghost.close()


@pytest.fixture
def receiver() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bound:
        bound.bind(("127.0.0.1", 0))
        bound.setblocking(False)
        yield bound


def heard_by(receiver: socket.socket) -> list[bytes]:
    heard = []
    while select.select([receiver], [], [], 0)[0]:
        heard.append(receiver.recv(4096))
    return heard


# --------------------------------------------------------------------------------------------- live, ghost, off


def test_live_goes_to_the_device_ghost_to_its_ghost_and_off_nowhere(opened: Open, receiver: socket.socket) -> None:
    setup = make_setup(DESK, port=receiver.getsockname()[1])
    exchange = opened(setup)
    outlet: Outlet = exchange.outlet
    packet = go_of(setup)
    command = make_command("cue.go", {}, [packet])
    assert outlet.send(command, packet, 5).result is Result.SENT
    assert heard_by(receiver) == [packet.payload]
    assert list(exchange.outlet.ghost("box").heard) == []
    outlet.set_mode("box", OutputMode.GHOST)
    assert outlet.send(command, packet, 6).result is Result.SENT
    assert heard_by(receiver) == []
    assert [(each.now_ns, each.verb) for each in exchange.outlet.ghost("box").heard] == [(6, "cue.go")]
    outlet.set_mode("box", OutputMode.OFF)
    assert outlet.send(command, packet, 7).result is Result.OFF
    assert heard_by(receiver) == []
    assert len(exchange.outlet.ghost("box").heard) == 1
    outlet.set_mode("box", OutputMode.LIVE)
    assert outlet.send(command, packet, 8).result is Result.SENT
    assert heard_by(receiver) == [packet.payload], "also without a poll between the switch and the send"


def test_a_device_begins_as_its_house_says(opened: Open) -> None:
    setups = [replace(make_setup(DESK), id=mode, mode=mode) for mode in ("live", "ghost", "off")]
    exchange = opened(*setups)
    assert {device: mode.value for device, mode in exchange.outlet.modes.items()} == {
        "live": "live",
        "ghost": "ghost",
        "off": "off",
    }


def test_every_device_says_once_how_it_is_and_then_only_what_changes(opened: Open) -> None:
    setups = [replace(make_setup(DESK), id=mode, mode=mode) for mode in ("live", "ghost", "off")]
    exchange = opened(*setups)
    exchange.move(60)
    grades = {each.device: each.severity for each in exchange.said if isinstance(each, Health)}
    assert grades == {"live": Severity.UNKNOWN, "ghost": Severity.GOOD, "off": Severity.UNKNOWN}
    assert len(exchange.said) == 3


def test_a_device_the_house_does_not_have_fails_in_words(opened: Open, expected_logs) -> None:
    exchange = opened(make_setup(DESK))
    packet = go_of(make_setup(DESK))
    outcome = exchange.outlet.send(make_command("cue.go", {}, [packet], device="desk-9"), packet, 0)
    assert (outcome.result, outcome.words) == (Result.FAILED, "no device desk-9 is open in this house")
    expected_logs.expect("no device desk-9 is in this house")
    exchange.outlet.set_mode("desk-9", OutputMode.OFF)


def test_a_packet_of_another_room_is_a_programming_error(opened: Open) -> None:
    class Strange:
        delay_ns = 0

        def with_value(self, value: float) -> Packet:
            return self

    exchange = opened(make_setup(DESK))
    with pytest.raises(TypeError, match="Strange is no packet"):
        exchange.outlet.send(make_command("cue.go", {}, ()), Strange(), 0)


def test_with_ghosts_alone_nothing_is_selected_on_and_nothing_is_due(opened: Open) -> None:
    exchange = opened(*(replace(shipped(id), id=id, mode="ghost") for id in ("behringer/x32", "etc/eos")))
    exchange.turn()
    assert exchange.outlet.descriptors() == ()
    assert exchange.outlet.wake_at_ns() is None


def test_a_ghost_answers_when_its_device_would(opened: Open) -> None:
    setup = replace(shipped("etc/eos"), mode="ghost")
    exchange = opened(setup)
    exchange.turn()
    (packet,) = ProfileEncoder({"box": setup}).encode("box", "cue.fire", {"list": 1, "cue": "7"})
    send_all(exchange, "cue.fire", {"list": 1, "cue": "7"}, [packet])
    exchange.move(1)
    report = exchange.reports("cue.fire")[0]
    assert report.args == {"list": 1, "cue": "7"}
    assert report.latency_ns == setup.latency_ns("cue.fire")


def test_a_fault_can_be_played_on_a_ghost(opened: Open) -> None:
    setup = replace(make_setup(DESK), mode="ghost")
    exchange = opened(setup)
    exchange.turn()
    exchange.outlet.set_faults("box", [Dead(words="the desk has crashed")])
    packet = go_of(setup)
    outcome = exchange.outlet.send(make_command("cue.go", {}, [packet]), packet, exchange.now_ns)
    assert (outcome.result, outcome.words) == (Result.FAILED, "the desk has crashed")
    exchange.turn()
    assert exchange.health("box") == Health("box", Severity.BAD, "the desk has crashed", carries=False)
    exchange.outlet.set_faults("box", [])
    exchange.turn()
    assert exchange.health("box").severity is Severity.GOOD


def test_a_mode_that_stands_already_changes_nothing() -> None:
    drivers: list[ScriptedDriver] = []

    def open_live(setup: DeviceSetup) -> ScriptedDriver:
        drivers.append(ScriptedDriver())
        return drivers[-1]

    outlet = DeviceOutlet([make_setup(DESK)], open_live=open_live, premises=NothingShared())
    outlet.set_mode("box", OutputMode.LIVE)
    assert (len(drivers), drivers[0].closed) == (1, False)
    outlet.set_mode("box", OutputMode.GHOST)
    assert drivers[0].closed
    outlet.set_mode("box", OutputMode.LIVE)
    assert len(drivers) == 2
    outlet.close()
    assert drivers[1].closed


# ------------------------------------------------------------------------------------- devices that are away


def test_a_port_where_nobody_listens_is_away_and_comes_back_by_itself(opened: Open, haunt: Haunt) -> None:
    setup = replace(make_setup(DESK), port=free_port())
    exchange = opened(setup)
    exchange.turn()
    packet = go_of(setup)
    send_all(exchange, "cue.go", {}, [packet])
    exchange.until(lambda: select.select(exchange.outlet.descriptors(), [], [], 0)[0] or True)
    send_all(exchange, "cue.go", {}, [packet])
    exchange.until(lambda: exchange.health("box").severity is Severity.BAD)
    assert "nothing listens there: start the device, or check its port" in exchange.health("box").words
    ghost = haunt(setup, port=setup.port)
    exchange.far = [ghost]
    exchange.move(10)
    send_all(exchange, "cue.go", {}, [packet])
    exchange.until(lambda: ghost.core.heard)
    exchange.until(lambda: exchange.health("box").severity is Severity.UNKNOWN)


def test_a_refused_connection_is_tried_again_and_delays_nobody(
    opened: Open, haunt: Haunt, receiver: socket.socket
) -> None:
    eos = replace(shipped("etc/eos"), port=free_port(socket.SOCK_STREAM))
    desk = replace(make_setup(DESK), id="desk", port=receiver.getsockname()[1])
    exchange = opened(eos, desk)
    exchange.until(lambda: exchange.health("box").severity is Severity.BAD)
    assert exchange.health("box").words == f"TCP to 127.0.0.1:{eos.port}: connection refused"
    outcomes = send_all(exchange, "cue.go", {}, [go_of(eos)])
    assert outcomes[0].result is Result.FAILED
    assert "connection refused" in outcomes[0].words
    packet = go_of(desk)
    assert send_all(exchange, "cue.go", {}, [packet], device="desk")[0].result is Result.SENT
    assert heard_by(receiver) == [packet.payload]
    ghost = haunt(eos, port=eos.port)
    exchange.far = [ghost]
    exchange.until(lambda: exchange.health("box").severity is Severity.GOOD, within_s=30)
    assert [each.verb for each in ghost.core.heard] == [], "what failed is not sent later"
    assert send_all(exchange, "cue.go", {}, [go_of(eos)])[0].result is Result.SENT
    exchange.until(lambda: ghost.core.heard)


def test_a_connection_that_is_cut_is_made_again_and_logs_in_again(opened: Open) -> None:
    setup = replace(
        make_setup(make_profile("t/box", transports=[{"kind": "text_crlf"}], login={"send": [{"line": "HELLO"}]})),
        port=free_port(socket.SOCK_STREAM),
    )
    listener = TcpListener("127.0.0.1", setup.port or 0)
    exchange = opened(setup)
    for _ in range(3):
        exchange.until(lambda: select.select([listener], [], [], 0)[0], within_s=60)
        (stream,) = listener.accept()
        arrived = b""
        while len(arrived) < 7:
            exchange.turn()
            arrived += stream.receive()
        assert arrived == b"HELLO\r\n"
        exchange.until(lambda: exchange.health("box").severity is Severity.GOOD)
        stream.end("power cut")
        exchange.until(lambda: exchange.health("box").severity is Severity.BAD)
        assert exchange.health("box").words.endswith(("closed by the other side", "connection reset by peer"))
    listener.close()


def test_wrong_framing_needs_a_person(opened: Open) -> None:
    setup = replace(shipped("etc/eos"), port=free_port(socket.SOCK_STREAM))
    listener = TcpListener("127.0.0.1", setup.port or 0)
    exchange = opened(setup)
    exchange.until(lambda: select.select([listener], [], [], 0)[0])
    (stream,) = listener.accept()
    stream.send(b"\xc0/eos/out/ping\x00\x00\x00,\x00\x00\x00\xc0")  # SLIP, to a client that counts lengths
    exchange.until(lambda: exchange.health("box").severity is Severity.FATAL)
    assert "check the device's framing" in exchange.health("box").words
    stream.end("over")
    listener.close()


def test_a_connection_that_never_comes_about_is_away(opened: Open) -> None:
    # A listener with a full backlog takes no further connection: the attempt stays open, as with a host that is off.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        waiting = []
        for _ in range(8):
            waiting.append(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
            waiting[-1].setblocking(False)
            waiting[-1].connect_ex(("127.0.0.1", port))
        exchange = opened(replace(shipped("etc/eos"), port=port))
        exchange.until(lambda: exchange.health("box").severity is Severity.BAD, within_s=30)
        assert exchange.health("box").words.endswith("no answer within 3 s")
        for each in waiting:
            each.close()


# ------------------------------------------------------------------------------------------------ the engine's loop


def test_there_is_work_at_once_and_then_only_when_said(opened: Open, receiver: socket.socket) -> None:
    setup = replace(shipped("behringer/x32"), port=receiver.getsockname()[1])
    exchange = opened(setup)
    assert exchange.outlet.wake_at_ns() == 0
    exchange.turn()
    wake_ns = exchange.outlet.wake_at_ns()
    assert wake_ns is not None
    assert wake_ns > exchange.now_ns
    assert exchange.outlet.poll(exchange.now_ns) == ()


def test_questions_of_several_devices_do_not_leave_in_one_instant(opened: Open, haunt: Haunt) -> None:
    setups = [replace(shipped("behringer/x32"), id=f"mixer-{n}") for n in range(5)]
    ghosts = [haunt(setup) for setup in setups]
    exchange = opened(
        *(aim_at_ghost(setup, ghost.port) for setup, ghost in zip(setups, ghosts, strict=True)), far=tuple(ghosts)
    )
    exchange.move(3)
    asked = sorted(report.received_ns for report in exchange.reports(None) if report.latency_ns is not None)
    assert len(set(asked)) == 5


def test_the_known_delay_of_a_ghost_is_measured_within_2_ms_through_real_sockets(opened: Open, haunt: Haunt) -> None:
    setup = shipped("behringer/x32")
    ghost = haunt(setup)
    ghost.core.set_faults([Slow(by_ns=37_000_000)])
    exchange = opened(aim_at_ghost(setup, ghost.port), far=(ghost,))
    exchange.until(lambda: len([each for each in exchange.reports(None) if each.latency_ns is not None]) >= 9)
    asked = [each for each in exchange.reports(None) if each.latency_ns is not None]
    assert all(each.asked for each in asked)
    learnt_ms = median(each.latency_ns or 0 for each in asked) / 1e6
    assert abs(learnt_ms - 37.0) <= 2.0


def test_a_flood_of_answers_is_read_in_small_pieces(opened: Open, haunt: Haunt) -> None:
    setup = shipped("behringer/x32")
    ghost = haunt(setup)
    exchange = opened(aim_at_ghost(setup, ghost.port), far=(ghost,))
    exchange.until(lambda: exchange.health("box").severity is Severity.GOOD)
    exchange.move(0.1)
    exchange.said.clear()
    for number in range(40):
        for body in ghost.core.touch("level.set", {"strip": f"ch/{number % 32 + 1}", "db": -3.0}):
            ghost.say(body, exchange.now_ns)
    sizes = []
    while select.select(exchange.outlet.descriptors(), [], [], 0.05)[0]:
        sizes.append(len(exchange.outlet.poll(exchange.now_ns)))
    assert sum(sizes) == 40
    assert max(sizes) <= 4


def test_two_devices_may_answer_to_one_fixed_port(opened: Open, haunt: Haunt) -> None:
    reply_port = free_port()
    setups = [
        replace(shipped("ableton/live-abletonosc"), id=name, reply_port=reply_port) for name in ("tracks-a", "tracks-b")
    ]
    ghosts = [haunt(setup) for setup in setups]
    exchange = opened(
        *(aim_at_ghost(setup, ghost.port) for setup, ghost in zip(setups, ghosts, strict=True)), far=tuple(ghosts)
    )
    exchange.until(lambda: all(exchange.health(setup.id).severity is Severity.GOOD for setup in setups))
    exchange.move(0.2)
    exchange.said.clear()
    for body in ghosts[1].core.touch("level.set", {"strip": "ch/3", "db": -6.0}):
        ghosts[1].say(body, exchange.now_ns)
    exchange.until(lambda: exchange.reports("level.set"))
    assert [report.device for report in exchange.reports("level.set")] == ["tracks-b"]


def test_a_reply_port_that_is_taken_leaves_sending_as_it_was(opened: Open, haunt: Haunt) -> None:
    setup = shipped("ableton/live-abletonosc")
    ghost = haunt(replace(setup, reply_port=None))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("0.0.0.0", 0))  # noqa: S104  as our own listener would be
        port = other.getsockname()[1]
        exchange = opened(aim_at_ghost(replace(setup, reply_port=port), ghost.port), far=(ghost,))
        exchange.until(lambda: exchange.health("box").severity is Severity.MAJOR)
        assert f"UDP port {port} on 0.0.0.0 is in use" in exchange.health("box").words
        (packet,) = ProfileEncoder({"box": setup}).encode("box", "transport.stop", {})
        assert send_all(exchange, "transport.stop", {}, [packet])[0].result is Result.SENT
        exchange.until(lambda: ghost.core.heard)
    exchange.until(lambda: exchange.health("box").severity is not Severity.MAJOR, within_s=3)


def test_a_fade_over_a_socket_ends_at_its_value_though_the_device_is_slow(opened: Open, haunt: Haunt) -> None:
    profile = make_profile("t/slow", limits={"messages_per_s": 10}, verbs={"level.set": MIXER.verbs["level.set"]})
    setup = make_setup(profile)
    ghost = haunt(setup)
    exchange = opened(aim_at_ghost(setup, ghost.port), far=(ghost,))
    exchange.turn()
    (packet,) = ProfileEncoder({"box": setup}).encode("box", "level.set", {"strip": "a", "db": -40.0})
    for step in range(101):
        send_all(exchange, "level.set", {"strip": "a"}, [packet.with_value(-40.0 + step * 0.4)], stream="fade")
        exchange.move(0.02)
    exchange.move(1)
    levels = [each.args["db"] for each in ghost.core.heard]
    assert levels[-1] == 0.0
    assert 15 <= len(levels) <= 23
    assert levels == sorted(levels)


def test_closed_it_takes_nothing_and_says_nothing(opened: Open) -> None:
    setup = make_setup(DESK)
    exchange = opened(setup)
    exchange.turn()
    for _ in range(2):
        exchange.outlet.close()
    packet = go_of(setup)
    assert exchange.outlet.send(make_command("cue.go", {}, [packet]), packet, 0).result is Result.OFF
    assert exchange.outlet.descriptors() == ()
    assert not [each for each in exchange.outlet.poll(S) if isinstance(each, Report)]
