"""What preflight measures at the machine: ports with real sockets, the rest with what programs and files say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from console.plan.live_facts import ClockFact
from console.wiring.measuring import (
    MachineAsk,
    PortWanted,
    find_way,
    measure,
    own_networks,
    ports_wanted,
    read_clock,
    read_disk,
    run_tool,
    try_port,
)
from devices.io.udp import UdpListener

LOOPBACK = "127.0.0.1"

ROUTES = """Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
eth0	00000000	0104A8C0	0003	0	0	100	00000000	0	0	0
eth0	0004A8C0	00000000	0001	0	0	100	00FFFFFF	0	0	0
wlan0	0000000A	00000000	0001	0	0	600	0000FFFF	0	0	0
wlan0	0000100A	0104A8C0	0003	0	0	600	0000FFFF	0	0	0
"""


def test_a_port_is_somebody_elses_free_or_ours() -> None:
    other = UdpListener(LOOPBACK, 0)
    port = other.address[1]
    wanted = PortWanted(LOOPBACK, port, "answers")
    taken = try_port(wanted, ())
    assert (taken.standing, taken.purpose) == ("taken", "answers")
    assert "in use" in taken.words
    assert try_port(wanted, {port}).standing == "ours"
    other.close()
    assert try_port(wanted, ()).standing == "free"
    assert try_port(wanted, ()).standing == "free", "trying it leaves it free"


def test_a_port_that_several_devices_answer_to_is_tried_once() -> None:
    (one,) = ports_wanted([PortWanted("", 53001, "answers of a"), PortWanted("", 53001, "answers of b")])
    assert one.purpose == "answers of a, answers of b"


def test_own_networks_are_the_routes_without_a_gateway(tmp_path: Path) -> None:
    table = tmp_path / "route"
    table.write_text(ROUTES)
    assert own_networks(table) == ("127.0.0.0/8", "192.168.4.0/24", "10.0.0.0/16")
    assert own_networks(tmp_path / "missing") is None


def test_a_host_is_an_address_or_says_why_not() -> None:
    assert find_way("desk", "10.0.0.1").address == "10.0.0.1"
    nowhere = find_way("desk", "no-such-desk.invalid")
    assert nowhere.address is None
    assert "cannot be looked up" in nowhere.words


CHRONY = "C0A80401,time.house,2,1795478400.1,0.000412,-0.000009,0.00002,-12.3,0.001,0.05,0.0003,0.0001,64.2,{}\n"


def tools(**answers: str) -> object:
    def ask(words: Sequence[str]) -> str | None:
        return answers.get(words[0])

    return ask


@pytest.mark.parametrize(
    ("answers", "fact"),
    [
        ({"chronyc": CHRONY.format("Normal")}, ClockFact("chrony", True, 0.412)),
        ({"chronyc": CHRONY.format("Not synchronised")}, ClockFact("chrony", False, 0.412)),
        ({"chronyc": "506 Cannot talk to daemon\n", "timedatectl": "yes\n"}, ClockFact("systemd", True)),
        ({"timedatectl": "no\n"}, ClockFact("systemd", False)),
        ({"timedatectl": "n/a\n"}, ClockFact("", None)),
        ({}, ClockFact("", None)),
    ],
)
def test_the_clock_is_as_the_programs_say_or_not_known(answers: dict[str, str], fact: ClockFact) -> None:
    assert read_clock(tools(**answers)) == fact  # type: ignore[arg-type]


def test_a_program_that_is_not_there_says_nothing() -> None:
    assert run_tool(("showcaller-has-no-such-tool",)) is None
    assert run_tool(("false",)) is None


def test_room_is_that_of_the_folder_or_of_where_it_will_be_made(tmp_path: Path) -> None:
    there, later = read_disk(tmp_path), read_disk(tmp_path / "state" / "runs")
    assert there.free_bytes is not None
    assert later.free_bytes is not None
    assert later.folder == str(tmp_path / "state" / "runs")


def test_only_what_is_wanted_is_measured(tmp_path: Path) -> None:
    asked = MachineAsk((PortWanted(LOOPBACK, 0, "x"),), frozenset(), (("desk", "10.0.0.1"),), (tmp_path,))
    found = measure(asked, ("disks",))
    assert (found.ports, found.ways, found.networks, len(found.disks)) == ((), (), None, 1)
    assert len(measure(asked, ("ports",)).ports) == 1
