"""Who is measured: the C programs, a bare Python relay, QLC+, and, through the same two shapes, the console.

A Sender makes datagrams at times it says itself; a Relay makes one datagram of another. Both are started for
each block and stopped after it, so that nobody is measured with a rival running beside.
"""

import struct
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from tests.bench.programs import SOURCES, BenchError, end, start_ready
from tests.bench.stopwatch import SILENCE_MS
from tests.support.osc_bytes import osc
from tests.support.ports import free_port
from tests.support.qlcplus import Qlcplus
from tests.support.qlcplus_workspace import Chase, Slider

LEAD_NS = 200_000_000  # from the word to go to the first due time


class Sender(Protocol):
    """One that sends by the clock."""

    name: str
    silence_ms: int  # how long nothing may come after the word to go before it is taken to have ended

    def start(self, port: int, count: int, period_ns: int) -> None:
        """Load `count` cues `period_ns` apart that send to 127.0.0.1:`port`, and be ready. Nothing is sent yet."""

    def go(self) -> None:
        """Let it run."""

    def stop(self) -> None:
        """End whatever `start` began, when all has been sent. Harmless twice."""

    def dues(self) -> Mapping[bytes, int]:
        """When each payload was due (CLOCK_MONOTONIC ns), asked after `stop`; empty where nobody can tell."""


class Relay(Protocol):
    """One that answers a datagram with a datagram."""

    name: str
    payloads: tuple[bytes, ...]  # what to trigger it with, in turn

    def start(self, out_port: int) -> int:
        """Be ready to answer to 127.0.0.1:`out_port`, and return the port that takes the triggers."""

    def stop(self) -> None:
        """End whatever `start` began. Harmless twice."""


class CSender:
    """`reference send`."""

    name = "C sender"
    silence_ms = SILENCE_MS

    def __init__(self, reference: Path) -> None:
        self.reference = reference
        self._call = (0, 0, 0)
        self._dues: dict[bytes, int] = {}

    def start(self, port: int, count: int, period_ns: int) -> None:
        self._call = (port, count, period_ns)

    def go(self) -> None:
        port, count, period_ns = self._call
        first_due_ns = time.monotonic_ns() + LEAD_NS
        words = [self.reference, "send", port, count, period_ns, first_due_ns]
        if subprocess.run([str(word) for word in words], check=False).returncode:
            raise BenchError("the C sender failed; it said why above")
        self._dues = {_numbered(number): first_due_ns + number * period_ns for number in range(count)}

    def stop(self) -> None:
        self._call = (0, 0, 0)

    def dues(self) -> Mapping[bytes, int]:
        return self._dues


class ProcessRelay:
    """A relay that is one process with two ports as its last words: `reference relay`, or the bare Python one."""

    payloads: tuple[bytes, ...] = (osc("/bench", 1.0),)

    def __init__(self, name: str, *command: str) -> None:
        self.name = name
        self.command = command
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, out_port: int) -> int:
        in_port = free_port()
        self._process = start_ready([*self.command, str(in_port), str(out_port)])
        return in_port

    def stop(self) -> None:
        if self._process is not None:
            end(self._process)
            self._process = None


class QlcplusRelay:
    """QLC+: a float on a path moves a fader, whose DMX goes out as OSC."""

    name = "QLC+"
    payloads: tuple[bytes, ...] = (osc("/bench", 1.0), osc("/bench", 0.0))

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._desk: Qlcplus | None = None

    def start(self, out_port: int) -> int:
        self._desk = Qlcplus(self.directory, [Slider("/bench", (1,))], dmx_port=out_port)
        return self._desk.start().port

    def stop(self) -> None:
        if self._desk is not None:
            self._desk.stop()
            self._desk = None


class QlcplusChain:
    """QLC+ running a chaser, one light on and off: it keeps its own time, so it cannot say when a step was due."""

    name = "QLC+"
    silence_ms = SILENCE_MS

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._desk: Qlcplus | None = None

    def start(self, port: int, count: int, period_ns: int) -> None:
        chase = Chase("/bench", (((1, 255),), ((1, 0),)), step_ms=period_ns // 1_000_000)
        self._desk = Qlcplus(self.directory, [chase], dmx_port=port)
        self._desk.start()

    def go(self) -> None:
        if self._desk is None:
            raise BenchError("QLC+ was told to go before it was started")
        self._desk.send(osc("/bench", 1.0))

    def stop(self) -> None:
        if self._desk is not None:
            self._desk.stop()
            self._desk = None

    def dues(self) -> Mapping[bytes, int]:
        return {}


def python_relay() -> ProcessRelay:
    """The bare Python relay."""
    return ProcessRelay("bare Python relay", sys.executable, str(SOURCES / "relay.py"))


def c_relay(reference: Path) -> ProcessRelay:
    """The C relay."""
    return ProcessRelay("C relay", str(reference), "relay")


def _numbered(number: int) -> bytes:
    return b"/bench\0\0,i\0\0" + struct.pack(">i", number)
