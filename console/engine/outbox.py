"""What one step of the engine gives out: commands to send, facts to tell, and when to be called again."""

from __future__ import annotations

from dataclasses import dataclass, field

from console.vocabulary import Notice
from devices.contract import Command, Packet


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One packet to hand over now. ``once``: a once-per-show use that must be on disk before the first byte leaves."""

    command: Command
    packet: Packet
    once: bool = False


@dataclass(frozen=True, slots=True)
class Outbox:
    """The result of a step, in order."""

    dispatches: tuple[Dispatch, ...]
    notices: tuple[Notice, ...]
    wake_at_ns: int | None


@dataclass
class Tray:
    """Where the parts of the engine lay down what they decide, within one step."""

    dispatches: list[Dispatch] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def close(self, wake_at_ns: int | None) -> Outbox:
        """Everything laid down, frozen."""
        return Outbox(tuple(self.dispatches), tuple(self.notices), wake_at_ns)
