"""An outlet that sends nothing and remembers everything, with the real interface of ``devices.contract.Outlet``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from devices.contract import Command, Health, Outcome, OutputMode, Packet, Report, Result


@dataclass(frozen=True)
class Sent:
    """One packet as it was handed over."""

    command: Command
    packet: Packet
    now_ns: int

    @property
    def late_ns(self) -> int:
        """How long after it was due; a packet that waits behind its command counts from its own due time."""
        return self.now_ns - self.command.due_ns - self.packet.delay_ns


@dataclass
class RecordingOutlet:
    """Answers ``sent`` for every packet, ``off`` for devices switched off, and for ``failing`` devices their words."""

    failing: Mapping[str, str] = field(default_factory=dict)
    bundling: Collection[str] = ()  # devices that take bundles
    sent: list[Sent] = field(default_factory=list)
    bundled: list[tuple[int, ...]] = field(default_factory=list)  # the commands of each that were handed over as one
    modes: dict[str, OutputMode] = field(default_factory=dict)
    coming: list[tuple[int, Report | Health]] = field(default_factory=list)

    def send(self, command: Command, packet: Packet, now_ns: int) -> Outcome:
        self.sent.append(Sent(command, packet, now_ns))
        words = self.failing.get(command.device, "")
        if self.modes.get(command.device) is OutputMode.OFF:
            return Outcome(command.seq, command.device, now_ns, Result.OFF)
        return Outcome(command.seq, command.device, now_ns, Result.FAILED if words else Result.SENT, words)

    def bundles(self, device: str) -> bool:
        return device in self.bundling

    def send_together(self, sends: Sequence[tuple[Command, Packet]], now_ns: int) -> Sequence[Outcome]:
        self.bundled.append(tuple(command.seq for command, _ in sends))
        return [self.send(command, packet, now_ns) for command, packet in sends]

    def set_mode(self, device: str, mode: OutputMode) -> None:
        self.modes[device] = mode

    def poll(self, now_ns: int) -> Sequence[Report | Health]:
        due = [each for at_ns, each in self.coming if at_ns <= now_ns]
        self.coming = [each for each in self.coming if each[0] > now_ns]
        return due

    def give_up(self, now_ns: int) -> Sequence[Outcome]:
        """Nothing is ever held here."""
        return ()

    def wake_at_ns(self) -> int | None:
        return min((at_ns for at_ns, _ in self.coming), default=None)

    def wire(self) -> list[tuple[int, str, str]]:
        """(instant, device, verb) of every packet, in order."""
        return [(each.now_ns, each.command.device, each.command.verb) for each in self.sent]
