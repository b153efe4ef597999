"""What listens for triggers: on loopback for ghosts, kept from one show to the next, and said where it cannot."""

import socket
from collections.abc import Sequence

import pytest

from console.loop.clocks import RealClock
from console.loop.loop import Loop
from console.loop.waiters import RealWaiter
from console.ports import InboxItem
from console.record.journal import Unkept
from console.wiring.trigger_sources import Triggers, open_triggers
from devices.contract import Incoming
from profiles.venue_profile import Venue
from tests.support.houses import make_venue
from tests.support.osc_bytes import osc
from tests.support.ports import free_port
from tests.support.recording_outlet import RecordingOutlet
from tests.support.small_engine import SmallEngine
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


class Hearing(SmallEngine):
    """An engine that keeps what comes from outside."""

    def __init__(self) -> None:
        super().__init__()
        self.incoming: list[Incoming] = []

    def step(self, now_ns, wall, inbox: Sequence[InboxItem]):  # type: ignore[no-untyped-def]
        self.incoming += [each for each in inbox if isinstance(each, Incoming)]
        return super().step(now_ns, wall, [each for each in inbox if not isinstance(each, Incoming)])


def test_the_loop_hears_them_while_it_waits(port: int) -> None:
    triggers = open_loopback(port)
    clock = RealClock(EVENING.tzinfo)  # type: ignore[arg-type]
    waiter = RealWaiter(clock)
    engine = Hearing()
    loop = Loop(
        engine, clock=clock, waiter=waiter, outlet=RecordingOutlet(), journal=Unkept(), sources=triggers.sources
    )
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as remote:
        remote.sendto(osc("/flash", 3), ("127.0.0.1", port))
        while not engine.incoming:
            loop.turn()
    assert [(each.address, each.args) for each in engine.incoming] == [("/flash", (3,))]
    triggers.close()
    waiter.close()
