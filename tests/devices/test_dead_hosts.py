"""Hosts that are dead, slow to be found, or take nothing: a send to them comes back at once, and the others' leave.

Nothing is timed: whatever waited here would wait for ever.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from devices.contract import Outcome, Result
from devices.driver import Driver
from devices.encode import encode
from devices.io.tcp import TcpPort
from devices.io.udp import UdpPort
from devices.osc.driver import UdpDriver
from devices.outlet import DeviceOutlet
from devices.text.driver import text_driver
from profiles.device_setup import DeviceSetup
from tests.support.exchange import Exchange, make_command, make_setup
from tests.support.houses import make_profile
from tests.support.lookups import FakeLookup

MS = 1_000_000
MANY = 4_000
LINE = make_profile(
    "t/line",
    transports=[{"kind": "text_lf", "port": 1}],
    verbs={"macro.fire": {"send": [{"line": "fire {macro} " + "x" * 2_000}]}},
)
DESK = make_profile("t/desk", verbs={"macro.fire": {"send": ({"address": "/fire", "args": ({"i": "{macro}"},)},)}})


class Alone:
    """Nothing is shared."""

    def descriptors(self) -> tuple[int, ...]:
        return ()

    def quiet(self) -> None:
        """Nobody rings."""

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def ways() -> Iterator[tuple[dict[str, Callable[[], Driver]], socket.socket]]:
    """How each device is reached, and where the good one listens."""
    with ExitStack() as stack:
        good = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        good.bind(("127.0.0.1", 0))
        good.setblocking(False)
        unheard = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
        unheard.bind(("127.0.0.1", 0))
        unheard.listen(8)  # it is connected to, and never read from
        off = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
        off.bind(("127.0.0.1", 0))
        off.listen(0)
        stack.enter_context(socket.create_connection(off.getsockname()))  # a full backlog answers nobody
        lookup = FakeLookup(good.getsockname())
        stack.callback(lookup.answer)  # never while the test goes on
        ports = {name: each.getsockname()[1] for name, each in (("good", good), ("unheard", unheard), ("off", off))}
        yield (
            {
                "slow name": lambda: UdpDriver(UdpPort("slow.local", 1, lookup=lookup)),
                "off": lambda: text_driver(lambda: TcpPort("127.0.0.1", ports["off"])),
                "unheard": lambda: text_driver(lambda: TcpPort("127.0.0.1", ports["unheard"])),
                "good": lambda: UdpDriver(UdpPort("127.0.0.1", ports["good"])),
            },
            good,
        )


def test_whoever_is_dead_the_others_are_served(
    ways: tuple[dict[str, Callable[[], Driver]], socket.socket],
) -> None:
    drivers, good = ways

    def setup_of(name: str) -> DeviceSetup:
        return make_setup(LINE if name in ("off", "unheard") else DESK, id=name)

    outlet = DeviceOutlet(map(setup_of, drivers), open_live=lambda setup: drivers[setup.id](), premises=Alone())
    exchange = Exchange(outlet)
    exchange.until(lambda: "unheard" not in outlet.opening())
    outcomes: dict[str, list[Outcome]] = {name: [] for name in drivers}
    heard = 0
    for number in range(MANY):
        for name in drivers:
            setup = outlet.setups[name]
            (packet,) = encode(setup.profile, "macro.fire", {"macro": number})
            command = make_command("macro.fire", {"macro": number}, [packet], device=name, seq=number)
            outcomes[name].append(outlet.send(command, packet, exchange.now_ns))
        exchange.now_ns += MS
        exchange.turn()
        heard += len(good.recv(4096)) > 0
    outlet.close()
    assert heard == MANY
    assert {each.result for each in outcomes["good"]} == {Result.SENT}
    assert {each.result for each in outcomes["slow name"]} == {Result.FAILED}
    assert {each.result for each in outcomes["off"]} == {Result.FAILED}
    results = [each.result for each in outcomes["unheard"]]
    assert results[0] is Result.SENT
    assert results[-1] is Result.FAILED, "its buffers are full, and the words say so"
    assert outcomes["unheard"][-1].words
    assert all(each.words for each in (*outcomes["slow name"], *outcomes["off"]))
