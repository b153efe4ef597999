"""Live devices are reached before a run begins, and no longer waited for than a moment."""

import socket
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from console.wiring.settling import Heard, settle
from devices.contract import Health, Severity
from devices.driver import READY, HeardBody, Standing
from devices.io.outcome import SENT, SendOutcome
from devices.outlet import DeviceOutlet
from devices.registry import open_devices
from devices.wire_packet import WirePacket
from profiles.device_setup import DeviceSetup, device_to_setup
from profiles.venue_profile import Device
from tests.support.houses import make_profile
from tests.support.ports import free_port

TCP = make_profile("test/stream", transports=({"kind": "osc_tcp_slip", "port": 9},), any_verb={"rate_hz": 40})


def setup_of(port: int) -> DeviceSetup:
    setup, problems = device_to_setup(Device(id="box", profile=TCP.id, host="127.0.0.1", port=port), TCP)
    assert setup is not None, problems
    return setup


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def severities(said: Sequence[object]) -> list[Severity]:
    return [each.severity for each in said if isinstance(each, Health)]


def test_a_connection_stands_before_anything_is_sent(listening: socket.socket) -> None:
    outlet = open_devices([setup_of(listening.getsockname()[1])])
    said = settle(outlet, iter(range(0, 10**12, 10**7)).__next__)
    assert outlet.opening() == ()
    assert severities(said)[-1] is Severity.GOOD
    outlet.close()


def test_a_device_that_refuses_is_known_to_and_not_waited_for() -> None:
    outlet = open_devices([setup_of(free_port(socket.SOCK_STREAM))])
    said = settle(outlet, iter(range(0, 10**12, 10**7)).__next__, limit_s=60)
    assert severities(said)[-1] is Severity.BAD
    assert "refused" in [each.words for each in said if isinstance(each, Health)][-1]
    outlet.close()


def test_ghosts_are_there_at_once() -> None:
    outlet = open_devices([replace(setup_of(9), mode="ghost")])
    assert severities(settle(outlet, lambda: 0, limit_s=0)) == [Severity.GOOD]
    outlet.close()


class NeverThere:
    """A driver whose way is being opened for ever."""

    sessions = 0
    proves = True
    standing = Standing(Severity.UNKNOWN, "is being looked up")

    def service(self, now_ns: int) -> None: ...

    def wake_at_ns(self) -> int | None:
        return 0

    def send(self, packet: WirePacket, now_ns: int) -> SendOutcome:
        return SENT

    def receive(self, now_ns: int) -> Sequence[HeardBody]:
        return ()

    def descriptors(self) -> Sequence[int]:
        return ()

    def close(self) -> None: ...


class NoPremises:
    """Nothing is shared."""

    def descriptors(self) -> tuple[int, ...]:
        return ()

    def ports_held(self) -> tuple[int, ...]:
        return ()

    def quiet(self) -> None: ...

    def close(self) -> None: ...


def test_the_show_does_not_wait_for_ever() -> None:
    driver = NeverThere()
    outlet = DeviceOutlet([setup_of(9)], open_live=lambda _: driver, premises=NoPremises())
    said = settle(outlet, lambda: 0, limit_s=0.02)
    assert outlet.opening() == ("box",)
    assert severities(said) == [Severity.UNKNOWN]
    driver.standing = READY
    assert outlet.opening() == ()


def test_what_was_heard_before_is_given_once() -> None:
    said = Health("box", Severity.FATAL, "no such host")
    heard = Heard([said])
    assert heard.read(0) == (said,)
    assert heard.read(0) == ()
