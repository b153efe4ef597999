"""An outlet and ghosts behind real loopback sockets, on virtual time: sockets are waited for, timers are not.

Time moves to the next appointment only while nothing is on its way, so a run is the same on a slow machine.
"""

from __future__ import annotations

import select
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from devices.contract import Command, Health, Outcome, Packet, Report, Severity
from devices.outlet import DeviceOutlet
from devices.wire_packet import WirePacket
from profiles.device_profile import DeviceProfile, TransportKind
from profiles.device_setup import DeviceSetup
from profiles.venue_profile import HealthOverride

S = 1_000_000_000
LIMIT_S = 20.0
"""Real seconds a test waits for what must come."""

STILL_S = 0.004
"""Real seconds without anything on a socket before virtual time may move."""


class Served(Protocol):
    """A ghost server, a house of them, or whatever else stands at the far end."""

    def service(self, now_ns: int) -> None: ...

    def wake_at_ns(self) -> int | None: ...

    def descriptors(self) -> Sequence[int]: ...


@dataclass
class Exchange:
    """One outlet, what it talks to, and everything it said. ``now_ns`` is the time both are told."""

    outlet: DeviceOutlet
    far: Sequence[Served] = ()
    now_ns: int = 1_000 * S
    said: list[Report | Health | Outcome] = field(default_factory=list)

    def until(self, condition: Callable[[], object], *, within_s: float = 3600.0) -> None:
        """Go on until the condition holds; fails after LIMIT_S of real or ``within_s`` of virtual time."""
        deadline_s, last_ns = time.monotonic() + LIMIT_S, self.now_ns + round(within_s * S)
        while True:
            self.turn()
            if condition():
                return
            assert time.monotonic() < deadline_s, f"it never came; said: {self.said[-5:]}"
            assert self.now_ns <= last_ns, f"it did not come within {within_s:g} s; said: {self.said[-5:]}"
            self._wait()

    def turn(self) -> None:
        """Poll and service once, at the time it is."""
        self.said += self.outlet.poll(self.now_ns)
        for each in self.far:
            each.service(self.now_ns)

    def move(self, seconds: float) -> None:
        """Let so much virtual time pass, appointment by appointment."""
        end_ns = self.now_ns + round(seconds * S)
        self.until(lambda: not self._something_before(end_ns) and self._is_still())
        self.now_ns = end_ns
        self.turn()

    def health(self, device: str) -> Health:
        """The last word on a device; of one that nothing was said of yet, that it is unknown."""
        said = (each for each in reversed(self.said) if isinstance(each, Health) and each.device == device)
        return next(said, Health(device, Severity.UNKNOWN, "nothing said yet"))

    def reports(self, verb: str | None = "any") -> list[Report]:
        """What devices reported, of one verb or of any; None: signs of life."""
        return [each for each in self.said if isinstance(each, Report) and (verb == "any" or each.verb == verb)]

    def _wait(self) -> None:
        if not self._is_still():
            return
        wakes = [self.outlet.wake_at_ns(), *(each.wake_at_ns() for each in self.far)]
        known = [wake for wake in wakes if wake is not None]
        if known:
            self.now_ns = max(self.now_ns, min(known))

    def _is_still(self) -> bool:
        fds = [*self.outlet.descriptors(), *(fd for each in self.far for fd in each.descriptors())]
        if not fds:
            return True
        return not select.select(fds, [], [], STILL_S)[0]

    def _something_before(self, end_ns: int) -> bool:
        wakes = [self.outlet.wake_at_ns(), *(each.wake_at_ns() for each in self.far)]
        return any(wake is not None and wake <= end_ns for wake in wakes)


def make_setup(profile: DeviceProfile, transport: TransportKind | None = None, **fields: Any) -> DeviceSetup:
    """A device of this make called ``box``, at a port of the loopback that the test gives."""
    chosen = profile.transport(transport)
    assert chosen is not None
    given: dict[str, Any] = {
        "id": "box",
        "name": "Box",
        "profile": profile,
        "transport": chosen.kind,
        "host": "127.0.0.1",
        "port": 9,
        "reply_port": chosen.reply_port,
        "midi_port": None,
        "settings": {name: each.default for name, each in profile.settings.items() if each.default is not None},
        "sim_port": None,
        "latency_ms": None,
        "trim_ns": 0,
        "mode": "live",
        "health": HealthOverride(),
    }
    return DeviceSetup(**(given | fields))


def make_command(
    verb: str, args: Mapping[str, Any], packets: Sequence[Packet], *, device: str = "box", **fields: Any
) -> Command:
    """A command as the engine makes it."""
    given: dict[str, Any] = {
        "seq": 1,
        "device": device,
        "role": "role",
        "verb": verb,
        "args": args,
        "packets": packets,
        "due_ns": 0,
        "cue_ns": 0,
        "item": None,
        "cue": None,
        "by": "operator",
        "trigger": "GO",
    }
    return Command(**(given | fields))


def send_all(
    exchange: Exchange, verb: str, args: Mapping[str, Any], packets: Sequence[WirePacket], **fields: Any
) -> list[Any]:
    """Hand over every packet of one command now; the outcomes."""
    command = make_command(verb, args, packets, **fields)
    return [exchange.outlet.send(command, packet, exchange.now_ns) for packet in packets]
