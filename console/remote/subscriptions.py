"""Who is told the state, how often and for how long yet. Time is an argument; nothing is sent here.

A subscription ends after ten seconds unless it is renewed, so that a tablet that was carried off costs nothing. Each
renewal brings the whole state once more: what a network lost is made good by then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from console.remote.names import RemoteError

LIFE_NS: Final = 10_000_000_000
MOST: Final = 8
RATE_HZ: Final = 10.0
FASTEST_HZ: Final = 30.0

State = Mapping[str, tuple[str | int | float, ...]]
"""What is told: addresses below ``/showcaller/state/``, and their arguments."""

Receiver = tuple[str, int]
"""Host and port."""


@dataclass
class _Subscriber:
    period_ns: int
    expires_ns: int
    next_ns: int
    told: dict[str, tuple[str | int | float, ...]] = field(default_factory=dict)
    waiting: dict[str, tuple[str | int | float, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Telling:
    """One message for one receiver."""

    receiver: Receiver
    name: str
    args: tuple[str | int | float, ...]


class Subscriptions:
    """All who are told, at most ``MOST``."""

    def __init__(self) -> None:
        self._subscribers: dict[Receiver, _Subscriber] = {}

    def __len__(self) -> int:
        return len(self._subscribers)

    def subscribe(self, receiver: Receiver, rate_hz: float, now_ns: int) -> None:
        """Begin, or renew. Raises RemoteError where all places are taken."""
        self._drop_expired(now_ns)
        if receiver not in self._subscribers and len(self._subscribers) >= MOST:
            raise RemoteError(f"{MOST} are told the state already: unsubscribe one, or wait until it expires")
        period_ns = round(1e9 / min(max(rate_hz, 0.1), FASTEST_HZ))
        self._subscribers[receiver] = _Subscriber(period_ns, now_ns + LIFE_NS, now_ns)

    def unsubscribe(self, receiver: Receiver) -> None:
        """End. Raises RemoteError where there is nothing to end."""
        if self._subscribers.pop(receiver, None) is None:
            raise RemoteError(f"{receiver[0]} port {receiver[1]} is told nothing")

    def offer(self, state: State, now_ns: int) -> None:
        """The state now: what changed is put by for everybody whose turn has come, the newest in place of the last."""
        self._drop_expired(now_ns)
        for subscriber in self._subscribers.values():
            if now_ns >= subscriber.next_ns:
                subscriber.next_ns = now_ns + subscriber.period_ns
                for name, args in state.items():
                    if subscriber.told.get(name) != args:
                        subscriber.told[name] = subscriber.waiting[name] = args

    def take(self, most: int) -> list[Telling]:
        """What waits, no more than ``most``: each in turn, so that a new one does not hold up the others."""
        taken: list[Telling] = []
        waiting = [(receiver, each.waiting) for receiver, each in self._subscribers.items() if each.waiting]
        while waiting and len(taken) < most:
            for receiver, texts in waiting[: most - len(taken)]:
                name = next(iter(texts))
                taken.append(Telling(receiver, name, texts.pop(name)))
            waiting = [each for each in waiting if each[1]]
        return taken

    def _drop_expired(self, now_ns: int) -> None:
        for receiver in [receiver for receiver, each in self._subscribers.items() if each.expires_ns <= now_ns]:
            del self._subscribers[receiver]
