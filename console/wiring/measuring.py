"""What preflight measures at this machine: ports in use, its networks, its clock, its disk. Never in the loop's thread.

Nothing is sent to a device. A port is tried by opening it for a moment, a name by asking for its address once.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, ip_address
from pathlib import Path
from typing import Final

from console.plan.live_facts import ClockFact, DiskFact, Measure, PortFact, WayFact
from devices.io.outcome import PortError
from devices.io.udp import UdpListener

ROUTES: Final = Path("/proc/net/route")
TOOL_S: Final = 2.0
"""How long a program that is asked about the clock may take."""

_PORT: Final = re.compile(r"^UDP port \d+ on \S+ ")

Ask = Callable[[Sequence[str]], str | None]
"""Runs a program: what it printed, or None where it is not there or does not know."""


@dataclass(frozen=True)
class PortWanted:
    """A UDP port we must receive at: the address it is opened on ('' is every one), and what for."""

    host: str
    port: int
    purpose: str


@dataclass(frozen=True)
class MachineAsk:
    """What is to be measured in this house. ``held``: the ports that this console has open itself."""

    ports: tuple[PortWanted, ...] = ()
    held: frozenset[int] = frozenset()
    hosts: tuple[tuple[str, str], ...] = ()  # live devices and their hosts
    folders: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Measured:
    """What came of it; what was not asked for is empty."""

    ports: tuple[PortFact, ...] = ()
    ways: tuple[WayFact, ...] = ()
    networks: tuple[str, ...] | None = None
    clock: ClockFact = field(default_factory=lambda: ClockFact("", None))
    disks: tuple[DiskFact, ...] = ()


def measure(asked: MachineAsk, wanted: Collection[Measure]) -> Measured:
    """Measure what is wanted. Waits: for a name server, for the programs that know the clock."""
    return Measured(
        ports=tuple(try_port(each, asked.held) for each in asked.ports) if "ports" in wanted else (),
        ways=tuple(find_way(device, host) for device, host in asked.hosts) if "ways" in wanted else (),
        networks=own_networks() if "ways" in wanted else None,
        clock=read_clock() if "clock" in wanted else ClockFact("", None),
        disks=tuple(read_disk(folder) for folder in asked.folders) if "disks" in wanted else (),
    )


def try_port(wanted: PortWanted, held: Collection[int]) -> PortFact:
    """Whether the port is ours, free, or somebody else's."""
    if wanted.port in held:
        return PortFact(wanted.port, wanted.purpose, "ours")
    try:
        UdpListener(wanted.host, wanted.port).close()
    except PortError as error:
        what = _PORT.sub("", str(error)).partition(":")[0]
        return PortFact(wanted.port, wanted.purpose, "taken", what)
    return PortFact(wanted.port, wanted.purpose, "free")


def find_way(device: str, host: str) -> WayFact:
    """The host's address; a name is looked up once."""
    try:
        return WayFact(device, host, str(ip_address(host)))
    except ValueError:
        pass
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_DGRAM)
    except (OSError, UnicodeError) as error:
        return WayFact(device, host, None, f"host {host} cannot be looked up ({getattr(error, 'strerror', error)})")
    _family, _, _, _, target = min(found, key=lambda entry: entry[0] != socket.AF_INET)
    return WayFact(device, host, str(target[0]))


def own_networks(routes: Path = ROUTES) -> tuple[str, ...] | None:
    """The IPv4 networks this machine is in itself, loopback among them; None where the system does not list them so.

    Linux lists a route without a gateway for each (``/proc/net/route``: hexadecimal, the low byte first).
    """
    try:
        rows = [line.split() for line in routes.read_text(encoding="ascii").splitlines()[1:]]
    except (OSError, UnicodeError):
        return None
    found = ["127.0.0.0/8"]
    for row in rows:
        if len(row) < 8 or int(row[2], 16) or not int(row[7], 16):  # by a gateway, or the way to everywhere
            continue
        network, mask = (IPv4Address(int(text, 16).to_bytes(4, "little")) for text in (row[1], row[7]))
        found.append(f"{network}/{int(mask).bit_count()}")
    return tuple(dict.fromkeys(found))


def run_tool(words: Sequence[str]) -> str | None:
    """What a program prints; None where there is none, or it fails."""
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=TOOL_S, check=False)
    except (OSError, subprocess.SubprocessError, UnicodeError):
        return None
    return done.stdout if done.returncode == 0 else None


def read_clock(ask: Ask = run_tool) -> ClockFact:
    """What sets the clock: chrony knows by how much it is off, systemd only whether it is set; else nobody here does.

    ``chronyc -c tracking``: comma-separated, the fifth field the offset in seconds, the last the leap status.
    """
    told = ask(("chronyc", "-c", "tracking"))
    fields = [] if told is None else told.strip().split(",")
    if len(fields) >= 14:
        try:
            return ClockFact("chrony", fields[-1] != "Not synchronised", float(fields[4]) * 1000)
        except ValueError:
            pass
    told = ask(("timedatectl", "show", "--property=NTPSynchronized", "--value"))
    word = "" if told is None else told.strip()
    return ClockFact("systemd", word == "yes") if word in ("yes", "no") else ClockFact("", None)


def read_disk(folder: Path) -> DiskFact:
    """Room in a folder, or in the nearest that is there: it is made when the first run is kept."""
    there = next((each for each in (folder, *folder.parents) if each.is_dir()), Path("/"))
    if not os.access(there, os.W_OK):
        return DiskFact(str(folder), None, f"{there} cannot be written to")
    try:
        return DiskFact(str(folder), shutil.disk_usage(there).free)
    except OSError as error:
        return DiskFact(str(folder), None, f"{there} cannot be looked at ({error.strerror})")


def ports_wanted(wanted: Iterable[PortWanted]) -> tuple[PortWanted, ...]:
    """Each port once: several devices may answer to one."""
    by_port: dict[int, PortWanted] = {}
    for each in wanted:
        before = by_port.get(each.port)
        purpose = each.purpose if before is None else f"{before.purpose}, {each.purpose}"
        by_port[each.port] = PortWanted(each.host, each.port, purpose)
    return tuple(by_port.values())
