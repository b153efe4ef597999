"""``showcaller send``: real bytes over the loopback, and nothing at all where the house says no."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.command_line import CommandLine
from tests.support.osc_bytes import osc
from tests.support.ports import free_port

VENUE = """
id = "bench"
name = "Test Bench"
time_zone = "Europe/London"
rate = "25"
limits = {{ strobe_hz_max = 3 }}
devices = [
  {{ id = "box", profile = "generic/osc", host = "127.0.0.1", port = {port} }},
  {{ id = "eos", profile = "etc/eos", host = "127.0.0.1", port = {port}, transport = "osc_tcp_slip" }},
  {{ id = "timer", profile = "bridge/stage-timer", host = "127.0.0.1", port = {port} }},
  {{ id = "timer-ghost", profile = "bridge/stage-timer", host = "127.0.0.1", mode = "ghost" }},
  {{ id = "dark", profile = "generic/osc", host = "127.0.0.1", port = {port}, mode = "off" }},
]
roles = [
  {{ id = "lighting.main", main = "eos" }},
  {{ id = "lighting.audience", main = "box" }},
  {{ id = "stage.timers", main = "timer" }},
  {{ id = "stage.clocks", main = "timer-ghost" }},
  {{ id = "dump.delay", main = "dark" }},
  {{ id = "companion.display", main = "box", parallel = ["timer-ghost"], maps = [
    {{ argument = "timer", table = {{ all = ["a", "b"] }} }},
  ] }},
]
absent = [
  {{ role = "sfx.atmos", policy = "skip", reason = "no CO2 here" }},
  {{ role = "sfx.lights", policy = "replace", reason = "none", replace = {{ role = "lighting.audience", verb = "zone.off", args = {{ zone = "all" }} }} }},
]
"""  # noqa: E501 - an inline table is one line


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A UDP port of the loopback; nothing answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
        found.bind(("127.0.0.1", 0))
        found.settimeout(5)
        yield found


def bench(tmp_path: Path, port: int) -> Path:
    path = tmp_path / "bench.toml"
    path.write_text(VENUE.format(port=port), encoding="utf-8")
    return path


def test_a_datagram_arrives(call: CommandLine, tmp_path: Path, listener: socket.socket):
    venue = bench(tmp_path, listener.getsockname()[1])
    said = call.well("send", "--venue", venue, "lighting.audience", "zone.scene", "zone=all", "scene=warm")
    assert listener.recv(2000) == osc("/zone/scene", "all", "warm", 1.0)
    assert said.lines == ["box  zone.scene zone=all scene=warm level=1.0  sent"]


def test_a_connection_is_made_and_carries(call: CommandLine, tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)
        venue = bench(tmp_path, server.getsockname()[1])
        said = call("send", "--venue", venue, "lighting.main", "cue.fire", "cue=10", "list=2")
        link, _ = server.accept()
        with link:
            link.settimeout(5)
            heard = b""
            while chunk := link.recv(4000):
                heard += chunk
    assert b"/eos/cue/2/10/fire" in heard
    assert said.lines[0].startswith("eos  cue.fire playback=main list=2 cue=10  sent")
    assert said.code == 0


def test_nobody_at_home_is_the_house_s_fault(call: CommandLine, tmp_path: Path):
    said = call("send", "--venue", bench(tmp_path, free_port()), "stage.timers", "timer.flash")
    assert said.code == 1
    assert said.lines[0].startswith("timer  timer.flash timer=main  sent in vain: ")
    assert "nothing listens there" in said.lines[0]


def test_a_ghost_says_what_it_was_told(call: CommandLine, tmp_path: Path):
    said = call.well("send", "--venue", bench(tmp_path, free_port()), "stage.clocks", "timer.message", "text=Wrap up")
    device, command, words = said.lines[0].split("  ")
    assert (device, command) == ("timer-ghost", "timer.message timer=main text=Wrap up")
    assert words.startswith("sent, and the device says timer.message")


def test_every_device_of_the_role_and_every_send_of_a_map_has_a_line(
    call: CommandLine, tmp_path: Path, listener: socket.socket
):
    venue = bench(tmp_path, listener.getsockname()[1])
    said = call.well("send", "--venue", venue, "companion.display", "timer.flash", "timer=all")
    assert [line.split()[0:3:2] for line in said.lines] == [
        ["box", "timer=a"],
        ["box", "timer=b"],
        ["timer-ghost", "timer=a"],
        ["timer-ghost", "timer=b"],
    ]
    assert {listener.recv(2000), listener.recv(2000)} == {osc("/timer/flash", "a"), osc("/timer/flash", "b")}


def test_a_device_that_is_switched_off_is_said(call: CommandLine, tmp_path: Path):
    said = call("send", "--venue", bench(tmp_path, free_port()), "dump.delay", "delay.arm")
    assert said.code == 1
    assert "not sent: the device is switched off in this house" in said.out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("lighting.mian cue.go", 2, "Test Bench has no role 'lighting.mian': did you mean lighting.main?"),
        ("lighting.main cue.fir", 2, "there is no verb 'cue.fir': did you mean cue.fire?"),
        ("lighting.main cue.fire", 2, "cue.fire: cue is missing"),
        ("lighting.main cue.fire cue=1 list=x", 2, "cue.fire: list is 'x': give a whole number"),
        ("lighting.main cue.fire que=1 cue=1", 2, "cue.fire: cue.fire has no argument 'que'"),
        ("lighting.main cue.fire 10", 2, "'10' is no argument: write key=value, such as cue=10"),
        (
            "lighting.main mute.set strip=pa on=yes",
            1,
            "lighting.main in Test Bench: device eos (etc/eos) has no mute.set",
        ),
        ("sfx.atmos effect.stop device=x", 1, "sfx.atmos in Test Bench: no CO2 here"),
        ("sfx.atmos effect.fire device=x", 2, "effect.fire is a hazard: it leaves from an armed cue, never from here"),
        ("sfx.lights cue.go", 1, "sfx.lights is not in Test Bench: zone.off of lighting.audience stands in for it"),
        ("lighting.audience zone.effect zone=all effect=chase rate_hz=9", 2, "9 Hz is over the strobe limit of Test"),
    ],
)
def test_what_must_not_leave_does_not(
    call: CommandLine, tmp_path: Path, listener: socket.socket, words: str, code: int, said: str
):
    answer = call("send", "--venue", bench(tmp_path, listener.getsockname()[1]), *words.split())
    assert answer.code == code
    assert answer.fault.startswith(said)
    listener.setblocking(False)
    with pytest.raises(BlockingIOError):
        listener.recv(2000)
