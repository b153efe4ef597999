"""What one step of the engine gives out: commands to send, facts to tell, and when to be called again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, overload

from console.vocabulary import Notice, Request
from devices.contract import Command, Packet


class Dispatch(NamedTuple):
    """One packet to hand over now. ``once``: a once-per-show use that must be on disk before the first byte leaves."""

    command: Command
    packet: Packet
    once: bool = False


class Notices(Sequence[Notice]):
    """Facts to tell, in order. Those that were laid down as a making are made when somebody first looks.

    Nothing is told before the bytes of a step have left; of a trigger, what there is to tell would take a fifth.
    """

    def __init__(self) -> None:
        self._laid: list[Notice | Callable[[], Notice]] = []
        self._made = 0  # how many stand made at the front

    def append(self, notice: Notice) -> None:
        """One more."""
        self._laid.append(notice)

    def later(self, making: Callable[[], Notice]) -> None:
        """One more, made of values that change no more."""
        self._laid.append(making)

    @overload
    def __getitem__(self, place: int) -> Notice: ...
    @overload
    def __getitem__(self, place: slice) -> list[Notice]: ...
    def __getitem__(self, place: int | slice) -> Notice | list[Notice]:
        return self._all()[place]

    def __len__(self) -> int:
        return len(self._laid)

    def _all(self) -> list[Notice]:
        made = [each() if callable(each) else each for each in self._laid[self._made :]]
        self._laid[self._made :] = made
        self._made = len(self._laid)
        return self._laid  # type: ignore[return-value]  # all of them made


@dataclass(frozen=True, slots=True)
class Outbox:
    """The result of a step, in order."""

    dispatches: tuple[Dispatch, ...]
    notices: Sequence[Notice]
    wake_at_ns: int | None
    asked: tuple[Request, ...] = ()  # by whoever sits at the keys beside the inbox: a machine, a take that is replayed


@dataclass
class Tray:
    """Where the parts of the engine lay down what they decide, within one step."""

    dispatches: list[Dispatch] = field(default_factory=list)
    notices: Notices = field(default_factory=Notices)

    def close(self, wake_at_ns: int | None) -> Outbox:
        """Everything laid down."""
        return Outbox(tuple(self.dispatches), self.notices, wake_at_ns)
