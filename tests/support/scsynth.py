"""scsynth, SuperCollider's sound server: told by OSC over loopback UDP, and asked what it really does.

Source: SuperCollider "Server Command Reference" (devices.md 5.31). Replies come to the socket that asked.
"""

import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

from tests.support.jackd import JackServer
from tests.support.osc_bytes import Argument, osc, parse
from tests.support.ports import free_port
from tests.support.program import Program, ProgramError

ROOT_GROUP = 0
DEFAULT_GROUP = 1
AT_TAIL = 1


@dataclass(frozen=True)
class Status:
    """/status.reply. Counts of what runs, and the sample rate in Hz."""

    units: int
    synths: int
    groups: int
    definitions: int
    nominal_rate_hz: float


class Scsynth(Program):
    """One server on `jack`, bound to 127.0.0.1:`port`, with no definitions loaded but those given to `load`."""

    binary: ClassVar[str] = "scsynth"
    package: ClassVar[str] = "supercollider-server"

    def __init__(self, runtime: Path, *, jack: JackServer) -> None:
        super().__init__(runtime)
        self.jack = jack
        self.port = free_port()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))

    def start(self) -> Self:
        """Start it; ready when /status is answered. Group 1 is made, as every SuperCollider client does."""
        self.spawn(
            "-u", str(self.port), "-B", "127.0.0.1", "-R", "0", "-D", "0", "-i", "0", "-o", "2",
            env={**self.jack.variables, "SC_JACK_DEFAULT_OUTPUTS": ""},
        )  # fmt: skip
        self.until(lambda: self._asked(osc("/status"), "/status.reply", 0.1), "/status to be answered", 20.0)
        self.send(osc("/g_new", DEFAULT_GROUP, AT_TAIL, ROOT_GROUP))
        self.sync()
        return self

    def farewell(self) -> None:
        self.send(osc("/quit"))

    def stop(self) -> None:
        super().stop()
        self._socket.close()

    def send(self, datagram: bytes) -> None:
        """Put these bytes on the server's port."""
        self._socket.sendto(datagram, ("127.0.0.1", self.port))

    def ask(self, datagram: bytes, reply: str, timeout_s: float = 3.0) -> tuple[Argument, ...]:
        """Send, and the arguments of the next message to the address `reply`; ProgramError on /fail or silence."""
        arguments = self._asked(datagram, reply, timeout_s)
        if arguments is None:
            raise ProgramError(self.complaint(f"gave no {reply} within {timeout_s} s"))
        return arguments

    def status(self) -> Status:
        """What runs now."""
        _, units, synths, groups, definitions, _, _, nominal, _ = self.ask(osc("/status"), "/status.reply")
        return Status(int(units), int(synths), int(groups), int(definitions), float(nominal))

    def sync(self) -> None:
        """Return when everything sent before has been done."""
        token = time.monotonic_ns() % 1_000_000
        while self.ask(osc("/sync", token), "/synced") != (token,):
            continue

    def load(self, definition: bytes) -> None:
        """Load a synth definition (tests.support.synthdef)."""
        self.ask(osc("/d_recv", definition), "/done")

    def control(self, node: int, name: str) -> float:
        """The value of a synth's control now; ProgramError where there is no such node."""
        return float(self.ask(osc("/s_get", node, name), "/n_set")[2])

    def bus(self, number: int) -> float:
        """The value of a control bus now; the `tone` definition writes the peak of its sound there."""
        return float(self.ask(osc("/c_get", number), "/c_set")[1])

    def synths(self) -> dict[int, str]:
        """Every running synth, in order of calculation: node id → definition name."""
        _, _, _, *rest = self.ask(osc("/g_queryTree", ROOT_GROUP, 0), "/g_queryTree.reply")
        found: dict[int, str] = {}
        while rest:
            node, children, *rest = rest
            if children == -1:  # a synth; a group has its child count here, and no name
                name, *rest = rest
                found[int(node)] = str(name)
        return found

    def free_all(self) -> None:
        """End every synth: a clean server for the next test."""
        self.send(osc("/g_deepFree", ROOT_GROUP))
        self.sync()

    def _asked(self, datagram: bytes, reply: str, timeout_s: float) -> tuple[Argument, ...] | None:
        deadline = time.monotonic() + timeout_s
        try:
            self.send(datagram)
            while (left_s := deadline - time.monotonic()) > 0:
                self._socket.settimeout(left_s)
                address, arguments = parse(self._socket.recv(65_536))
                if address == reply:
                    return arguments
                if address == "/fail":
                    raise ProgramError(self.complaint(f"refused: {arguments}"))
        except (TimeoutError, ConnectionRefusedError):
            return None
        return None
