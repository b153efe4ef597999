"""What listens for triggers: on loopback for ghosts, kept from one show to the next, and said where it cannot."""

import socket
from collections.abc import Sequence

import pytest

from console.loop.clocks import RealClock
from console.loop.loop import Loop
from console.loop.waiters import RealWaiter
from console.record.journal import Unkept
from console.vocabulary import Heard, Learn, Notice, Request, Snapshot
from console.wiring.trigger_sources import Triggers, open_triggers
from profiles.venue_profile import Venue
from tests.support.builders import song_show
from tests.support.engine_rig import EngineRig
from tests.support.houses import make_venue
from tests.support.osc_bytes import osc
from tests.support.ports import free_port
from tests.support.recording_outlet import RecordingOutlet
from tests.support.virtual_clock import EVENING


def remote_venue(port: int) -> Venue:
    return make_venue(remote={"bind": "10.0.0.250", "port": port, "allow": ["10.0.0.0/24"]})


def open_loopback(port: int, standing: Triggers | None = None) -> Triggers:
    return open_triggers(remote_venue(port), lambda: None, lambda: 0, loopback=True, standing=standing)


@pytest.fixture
def port() -> int:
    return free_port()


def test_an_address_that_is_not_ours_is_said_and_stops_nothing(port: int) -> None:
    triggers = open_triggers(remote_venue(port), lambda: None, lambda: 0, loopback=False)
    assert triggers.sources == []
    assert triggers.problems == [
        f"no remote control: UDP port {port} on 10.0.0.250 cannot be opened, this machine has no such address: "
        "check the network settings"
    ]


def test_a_port_goes_on_listening_from_one_show_to_the_next(port: int) -> None:
    first = open_loopback(port)
    second = open_loopback(port, standing=first)
    assert second.problems == []
    first.close(heir=second)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as remote:
        remote.sendto(osc("/go"), ("127.0.0.1", port))
    (listener,) = second.osc
    assert [each.address for each in listener.read(5)] == ["/go"]
    elsewhere = open_loopback(free_port(), standing=second)
    second.close(heir=elsewhere)
    assert listener.port.fileno() == -1
    elsewhere.close()


def test_a_second_console_on_the_port_is_told_so(port: int) -> None:
    first = open_loopback(port)
    assert open_loopback(port).problems == [
        f"no remote control: UDP port {port} on 127.0.0.1 is in use: end the other program, or choose another port"
    ]
    first.close()
    first.close()


def test_the_loop_hears_them_while_it_waits(port: int) -> None:
    triggers = open_loopback(port)
    clock = RealClock(EVENING.tzinfo)  # type: ignore[arg-type]
    waiter = RealWaiter(clock)
    rig = EngineRig(song_show())
    rig.engine.step(clock.now_ns(), rig.wall, [Learn()])
    desk = triggers.attend(rig.engine)
    notices: list[Notice] = []

    class Wall:
        def tell(self, requests: Sequence[Request], told: Sequence[Notice]) -> None:
            notices.extend(told)

        def catch_up(self, snapshot: Snapshot | None) -> None: ...

    loop = Loop(
        rig.engine,
        clock=clock,
        waiter=waiter,
        outlet=RecordingOutlet(),
        journal=Unkept(),
        sources=triggers.sources,
        audience=[Wall(), desk],
    )
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as remote:
        remote.sendto(osc("/flash", 3), ("127.0.0.1", port))
        while not any(isinstance(notice, Heard) for notice in notices):
            loop.turn()
    (heard,) = [notice for notice in notices if isinstance(notice, Heard)]
    assert (heard.by_way, heard.address, heard.args) == ("osc", "/flash", (3,))
    triggers.close()
    waiter.close()
