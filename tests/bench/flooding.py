"""A sender whose machine is flooded meanwhile: twenty thousand datagrams a second at a port that hears remotes."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.bench.console import EngineSender
from tests.bench.programs import end, start_ready
from tests.bench.subjects import CSender, Sender
from tests.support.osc_bytes import osc

RATE_HZ = 20_000
FLOOD = (
    osc("/noise/1", 1.0),
    osc("/showcaller/vamp/exit", 1),
    b"#bundle\0rubbish!",
    osc("/showcaller/nonsense", 3),
    osc("/showcaller/standby/next")[:-8],
)
"""In turn: an address nobody waits for, a request that is understood, no OSC, a request nobody knows, one cut short."""


class Flooded:
    """Another sender, its cues sent during a flood."""

    def __init__(self, sender: Sender, reference: Path) -> None:
        self.name = sender.name
        self.silence_ms = sender.silence_ms
        self._sender = sender
        self._reference = reference
        self._flood: subprocess.Popen[bytes] | None = None

    def start(self, port: int, count: int, period_ns: int) -> None:
        self._sender.start(port, count, period_ns)
        words = (self._reference, "flood", self._target(), RATE_HZ, *(each.hex() for each in FLOOD))
        self._flood = start_ready([str(word) for word in words])

    def go(self) -> None:
        self._sender.go()

    def stop(self) -> None:
        if self._flood is not None:
            end(self._flood)
            self._flood = None
        self._sender.stop()

    def dues(self) -> Mapping[bytes, int]:
        return self._sender.dues()

    def _target(self) -> int:
        raise NotImplementedError


class FloodedEngine(Flooded):
    """`showcaller engine`, flooded at its remote port."""

    def __init__(self, directory: Path, reference: Path) -> None:
        self._engine = EngineSender(directory)
        super().__init__(self._engine, reference)

    def _target(self) -> int:
        return self._engine.remote_port


class FloodedC(Flooded):
    """The C sender beside a port that is flooded and that nobody reads: the machine has the same to do."""

    def __init__(self, reference: Path) -> None:
        super().__init__(CSender(reference), reference)
        self._unread: socket.socket | None = None

    def _target(self) -> int:
        self._unread = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._unread.bind(("127.0.0.1", 0))
        return int(self._unread.getsockname()[1])

    def stop(self) -> None:
        super().stop()
        if self._unread is not None:
            self._unread.close()
            self._unread = None
