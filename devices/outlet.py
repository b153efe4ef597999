"""The one narrow place that acts: every packet of the engine leaves here, to the device, to its ghost, or nowhere.

All of it belongs to the loop's thread, and nothing in it waits.
"""

from __future__ import annotations

import logging
import select
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Protocol

from devices.contract import Command, Health, Outcome, OutputMode, Packet, Report, Result, Severity
from devices.conversation import Conversation
from devices.driver import Driver
from devices.encode import settings_of_setup
from devices.ghosts.core import GhostCore
from devices.ghosts.faults import Fault
from devices.ghosts.memory import GhostDriver
from devices.wire_packet import WirePacket
from profiles.device_setup import DeviceSetup

_log = logging.getLogger(__name__)

STAGGER_NS: Final = 37_000_000
"""Between the first questions of two devices: twenty of them asked at once would hold up a cue."""

MOST_A_TURN: Final = 16
"""Devices looked after in one turn: a house that was told something at one instant is asked about it at one."""

_NEVER: Final = 1 << 62


class Shared(Protocol):
    """What live drivers share, as the outlet sees it."""

    def descriptors(self) -> tuple[int, ...]:
        """Readable when another thread has something for the drivers."""
        ...

    def quiet(self) -> None:
        """Take notice of it."""
        ...

    def ports_held(self) -> tuple[int, ...]:
        """The UDP ports that devices answer to and that are open here."""
        ...

    def close(self) -> None:
        """Close it, after the drivers."""
        ...


class DeviceOutlet:
    """Implements ``devices.contract.Outlet`` for the devices of one house.

    ``descriptors()`` are to be selected on for reading; :meth:`poll` is wanted when one is ready, and at
    :meth:`wake_at_ns`. With every device a ghost, or off, there are none, and nothing is due but the ghosts' answers.
    """

    def __init__(
        self, setups: Iterable[DeviceSetup], *, open_live: Callable[[DeviceSetup], Driver], premises: Shared
    ) -> None:
        self.setups: Mapping[str, DeviceSetup] = {setup.id: setup for setup in setups}
        self.modes: dict[str, OutputMode] = {}
        self._open_live = open_live
        self._premises = premises
        self._ghosts: dict[str, GhostCore] = {}
        self._talks: dict[str, Conversation | None] = {}
        self._by_descriptor: dict[int, list[Conversation]] = {}
        self._descriptors: tuple[int, ...] = ()
        self._said: list[Health | Outcome] = []
        self._wake_ns = 0
        for setup in self.setups.values():
            self.set_mode(setup.id, OutputMode(setup.mode))

    # -- what the contract asks ----------------------------------------------------------------------------------------

    def send(self, command: Command, packet: Packet, now_ns: int) -> Outcome:
        """Hand over one packet now, or keep it until the device bears it: the outcome says which."""
        device = command.device
        talk = self._talks.get(device)
        if talk is None:
            if device in self._talks:
                return Outcome(command.seq, device, now_ns, Result.OFF)
            return Outcome(command.seq, device, now_ns, Result.FAILED, f"no device {device} is open in this house")
        if not isinstance(packet, WirePacket):
            raise TypeError(f"{type(packet).__name__} is no packet of an encoder of this room")
        outcome = talk.send(command, packet, now_ns)
        if talk.wake_ns is not None and talk.wake_ns < self._wake_ns:
            self._wake_ns = talk.wake_ns
        return outcome

    def bundles(self, device: str) -> bool:
        """True where packets that leave for a device at one instant leave as one."""
        talk = self._talks.get(device)
        return talk is not None and talk.bundle_bytes > 0

    def send_together(self, sends: Sequence[tuple[Command, Packet]], now_ns: int) -> Sequence[Outcome]:
        """Hand over packets of one device that takes bundles: they leave together, in order."""
        wires = [(command, packet) for command, packet in sends if isinstance(packet, WirePacket)]
        talk = self._talks.get(sends[0][0].device)
        if talk is None or len(wires) < len(sends):
            return [self.send(command, packet, now_ns) for command, packet in sends]
        outcomes = talk.send_together(wires, now_ns)
        if talk.wake_ns is not None and talk.wake_ns < self._wake_ns:
            self._wake_ns = talk.wake_ns
        return outcomes

    def set_mode(self, device: str, mode: OutputMode) -> None:
        """Live, ghost or off; what is open is closed first. A device the house does not have is logged."""
        setup = self.setups.get(device)
        if setup is None:
            _log.warning("no device %s is in this house: its output stays as it was", device)
            return
        if self.modes.get(device) is mode:
            return
        talk = self._talks.get(device)
        if talk is not None:
            talk.close(f"the device was made {mode.value} while it waited")
            self._said += talk.take_followed()
        self.modes[device] = mode
        self._talks[device] = self._talk(setup, mode)
        if mode is OutputMode.OFF:
            self._said.append(Health(device, Severity.UNKNOWN, "is switched off for this run"))
        self._watch_descriptors()
        self._wake_ns = 0

    def poll(self, now_ns: int) -> Sequence[Report | Health | Outcome]:
        """What devices said, how they are and what became of what was held; sends what is due by itself."""
        ready = self._ready()
        if not ready and now_ns < self._wake_ns:
            return ()
        said: list[Report | Health | Outcome] = list(self._said)
        self._said.clear()
        due = [
            (now_ns if talk.wake_ns is None else min(talk.wake_ns, now_ns), talk)
            for talk in self._talks.values()
            if talk is not None and (talk in ready or (talk.wake_ns is not None and talk.wake_ns <= now_ns))
        ]
        due.sort(key=lambda each: each[0])  # who has waited longest comes first; the rest in the next turn
        for _, talk in due[:MOST_A_TURN]:
            said += talk.poll(now_ns)
        self._watch_descriptors()
        wakes = (talk.wake_ns for talk in self._talks.values() if talk is not None and talk.wake_ns is not None)
        self._wake_ns = min(wakes, default=_NEVER)
        return said

    def give_up(self, now_ns: int) -> Sequence[Outcome]:
        """The run is over: what waits for its device's pace does not leave any more."""
        talks = [talk for talk in self._talks.values() if talk is not None]
        return [outcome for talk in talks for outcome in talk.give_up(now_ns)]

    def wake_at_ns(self) -> int | None:
        """When :meth:`poll` has work of its own; 0 before the first."""
        return None if self._wake_ns == _NEVER else self._wake_ns

    # -- for the wiring ------------------------------------------------------------------------------------------------

    def descriptors(self) -> tuple[int, ...]:
        """Readable when a device has said something. They change as connections do: ask before every wait."""
        return self._descriptors

    def opening(self) -> tuple[str, ...]:
        """Devices whose way is being opened: not there yet, and not known to be missing. Polls move them on."""
        return tuple(
            device
            for device, talk in self._talks.items()
            if talk is not None and talk.driver.standing.severity is Severity.UNKNOWN
        )

    def answers(self, device: str) -> Sequence[tuple[int, int]]:
        """The last answers of a device, oldest first: when each came, and how long it took, both in ns."""
        talk = self._talks.get(device)
        return () if talk is None else talk.answers

    def ports_held(self) -> tuple[int, ...]:
        """The UDP ports that devices answer to and that are open here."""
        return self._premises.ports_held()

    def ghost(self, device: str) -> GhostCore:
        """The ghost of a device, which remembers what it was told in this run."""
        if device not in self._ghosts:
            setup = self.setups[device]
            self._ghosts[device] = GhostCore(setup.profile, settings_of_setup(setup))
        return self._ghosts[device]

    def set_faults(self, device: str, faults: Iterable[Fault]) -> None:
        """Play these faults on the ghost of a device, and no others. Raises EncodeError for a hand out of place."""
        self.ghost(device).set_faults(faults)
        talk = self._talks.get(device)
        if talk is not None:
            talk.wake_ns = self._wake_ns = 0

    def close(self) -> None:
        """Close everything. Harmless twice."""
        for talk in self._talks.values():
            if talk is not None:
                talk.close()
        self._talks = dict.fromkeys(self._talks)
        self._watch_descriptors()
        self._premises.close()

    def _talk(self, setup: DeviceSetup, mode: OutputMode) -> Conversation | None:
        if mode is OutputMode.OFF:
            return None
        if mode is OutputMode.GHOST:
            return Conversation(setup, GhostDriver(self.ghost(setup.id)), is_ghost=True)
        stagger_ns = list(self.setups).index(setup.id) * STAGGER_NS
        return Conversation(setup, self._open_live(setup), stagger_ns=stagger_ns)

    def _ready(self) -> set[Conversation]:
        """The conversations with something to read. The bell does not say whose it is: then all are looked at."""
        if not self._descriptors:
            return set()
        try:
            readable, _, _ = select.select(self._descriptors, [], [], 0)
        except (OSError, ValueError):  # one was closed by its device's driver since the last poll
            return self._live()
        if not readable:
            return set()
        found = [self._by_descriptor.get(fd) for fd in readable]
        if None in found:
            self._premises.quiet()
            return self._live()
        return {talk for talks in found if talks is not None for talk in talks}

    def _live(self) -> set[Conversation]:
        return {talk for talk in self._talks.values() if talk is not None}

    def _watch_descriptors(self) -> None:
        self._by_descriptor.clear()
        is_live = False
        for device, talk in self._talks.items():
            if talk is not None and self.modes[device] is OutputMode.LIVE:
                is_live = True
                for fd in talk.driver.descriptors():
                    self._by_descriptor.setdefault(fd, []).append(talk)
        self._descriptors = (*self._by_descriptor, *(self._premises.descriptors() if is_live else ()))
