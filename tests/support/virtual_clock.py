"""Virtual time for tests: the product's own virtual clock and waiter, sources that speak at set times, and waiters
that meet the test at each wait.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta, timezone

from console.loop.clocks import VirtualClock
from console.loop.waiters import VirtualWaiter
from console.ports import InboxItem, Source

__all__ = ["EVENING", "ScriptedSource", "SteppedWaiter", "VirtualClock", "VirtualWaiter", "make_clock"]

EVENING = datetime(2026, 11, 23, 20, 15, tzinfo=timezone(timedelta(hours=1), "CET"))
"""When virtual runs begin, by the venue's clock."""


def make_clock(now_ns: int = 7_000_000_007) -> VirtualClock:
    """A clock on a quarter past eight in the evening."""
    return VirtualClock(EVENING, now_ns)


class ScriptedSource:
    """Gives items to the loop at set instants, as a key, a trigger or a device would. Has no descriptor."""

    def __init__(self, items: Sequence[tuple[int, InboxItem]] = ()) -> None:
        """``items``: (engine instant in ns, what comes then)."""
        self._coming = deque(sorted(items, key=lambda each: each[0]))

    def add(self, at_ns: int, item: InboxItem) -> None:
        """One more."""
        self._coming = deque(sorted((*self._coming, (at_ns, item)), key=lambda each: each[0]))

    def descriptors(self) -> Collection[int]:
        return ()

    def blocked(self) -> Collection[int]:
        return ()

    def wake_at_ns(self) -> int | None:
        return self._coming[0][0] if self._coming else None

    def read(self, now_ns: int) -> Sequence[InboxItem]:
        items = []
        while self._coming and self._coming[0][0] <= now_ns:
            items.append(self._coming.popleft()[1])
        return items


class SteppedWaiter:
    """A waiter that asks the test where the clock goes. ``meet(deadline_ns)`` returns the instant of the wake-up."""

    def __init__(self, clock: VirtualClock, meet: Callable[[int | None], int]) -> None:
        self._clock = clock
        self._meet = meet
        self.woken = 0

    def wait_until(self, deadline_ns: int | None, sources: Sequence[Source]) -> Collection[Source]:
        self._clock.move_to(max(self._meet(deadline_ns), self._clock.now_ns()))
        return ()

    def hold_until(self, instant_ns: int) -> None:
        self._clock.move_to(max(instant_ns, self._clock.now_ns()))

    def wake(self) -> None:
        self.woken += 1
