"""A house of two hundred devices that are watched, and three of them at fault: what do the others' cues notice?

One is a black hole (its port takes everything and says nothing), one comes and goes every second, one has a name that
nobody knows. Run as a program it is the far end: ghosts behind loopback ports, in a process of their own.
"""

from __future__ import annotations

import select
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from devices.ghosts.house import open_ghost
from devices.ghosts.server import GhostServer
from profiles.device_setup import DeviceSetup
from profiles.library import load_profile
from tests.bench.console import OURS, EngineSender, Stage
from tests.bench.programs import end, start_ready
from tests.support.exchange import make_setup
from tests.support.ports import free_ports

CROWD = 200
MIXER = "behringer/x32"
DESK = "etc/eos"
NOBODY = "nobody.invalid"
FLAP_S = 1.0
PAUSE_S = 0.05


class CrowdEngine(EngineSender):
    """`showcaller engine` with the crowd in its house, its timed cues sent to the probe as ever."""

    def __init__(self, directory: Path, *, at_fault: bool) -> None:
        super().__init__(directory)
        self.name = f"{OURS} with three at fault" if at_fault else f"{CROWD} devices, all well"
        self._at_fault = at_fault
        self._far: subprocess.Popen[bytes] | None = None
        self._hole = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def start(self, port: int, count: int, period_ns: int) -> None:
        ports = free_ports(CROWD)
        words = ("flapping" if self._at_fault else "well", *map(str, ports))
        self._far = start_ready([sys.executable, "-m", "tests.bench.crowd", *words])
        self._stage = Stage(self.directory, self.show(count, period_ns / 1e9), port)
        self._hole = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._hole.bind(("127.0.0.1", 0))
        house = self._stage.house.read_text(encoding="utf-8")
        rows = "\n".join(self._rows(ports))
        self._stage.house.write_text(house.replace("devices = [\n", f"devices = [\n{rows}\n", 1), encoding="utf-8")
        self._stage.start_engine()

    def stop(self) -> None:
        super().stop()
        if self._far is not None:
            end(self._far)
            self._far = None
        self._hole.close()

    def _rows(self, ports: Sequence[int]) -> list[str]:
        """The devices: the desk that may flap first, then the hole, the unknown name, and the crowd."""
        makes = [DESK, *[MIXER] * (len(ports) - 1)]
        hosts, numbers = ["127.0.0.1"] * len(ports), list(ports)
        if self._at_fault:
            numbers[1], hosts[2] = self._hole.getsockname()[1], NOBODY
        each = zip(makes, hosts, numbers, strict=True)
        return [
            f'  {{ id = "crowd-{n}", profile = "{make}", host = "{host}", port = {number} }},'
            for n, (make, host, number) in enumerate(each)
        ]


def far_end(ports: Sequence[int], *, flapping: bool) -> None:
    """Ghosts at these ports until the process is ended; the first one comes and goes where it flaps."""
    setups = [_setup(DESK if n == 0 else MIXER, port) for n, port in enumerate(ports)]
    ghosts: list[GhostServer] = [open_ghost(setup) for setup in setups]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    turns_s = time.monotonic() + FLAP_S
    while True:
        ready = select.select([fd for ghost in ghosts for fd in ghost.descriptors()], [], [], PAUSE_S)[0]
        now_ns = time.monotonic_ns()
        for ghost in ghosts:
            wake_ns = ghost.wake_at_ns()
            if set(ready).intersection(ghost.descriptors()) or (wake_ns is not None and wake_ns <= now_ns):
                ghost.service(now_ns)
        if flapping and time.monotonic() >= turns_s:
            turns_s += FLAP_S
            if ghosts[0].descriptors():
                ghosts[0].close()
            else:
                ghosts[0] = open_ghost(setups[0])


def _setup(make: str, port: int) -> DeviceSetup:
    profile, problems = load_profile(make)
    assert profile is not None, problems
    return make_setup(profile, sim_port=port)


if __name__ == "__main__":
    far_end([int(word) for word in sys.argv[2:]], flapping=sys.argv[1] == "flapping")
