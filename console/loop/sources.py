"""Two plain sources: what another thread hands over, and what the devices say."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Sequence

from console.ports import InboxItem, Waiter
from devices.contract import Outlet


class QueueSource:
    """Takes items from other threads (a MIDI callback, a signal) and wakes the loop for each."""

    def __init__(self, waiter: Waiter) -> None:
        self._waiter = waiter
        self._items: deque[InboxItem] = deque()

    def put(self, item: InboxItem) -> None:
        """Hand one over. From any thread; the loop takes it within microseconds."""
        self._items.append(item)
        self._waiter.wake()

    def descriptors(self) -> Collection[int]:
        """None: the loop is woken by hand."""
        return ()

    def blocked(self) -> Collection[int]:
        """None."""
        return ()

    def wake_at_ns(self) -> int | None:
        """Never by itself."""
        return None

    def read(self, now_ns: int) -> Sequence[InboxItem]:
        """Everything put so far."""
        items = []
        while self._items:
            items.append(self._items.popleft())
        return items


class OutletSource:
    """The outlet's polls: replies and health, and keep-alives when they are due."""

    def __init__(self, outlet: Outlet, descriptors: Callable[[], Collection[int]]) -> None:
        """``descriptors`` are the devices' own sockets; where there are none, polls come when the outlet wants them."""
        self._outlet = outlet
        self.descriptors = descriptors

    def blocked(self) -> Collection[int]:
        """None: the outlet never waits for room."""
        return ()

    def wake_at_ns(self) -> int | None:
        """When the outlet has work of its own."""
        return self._outlet.wake_at_ns()

    def read(self, now_ns: int) -> Sequence[InboxItem]:
        """One poll."""
        return self._outlet.poll(now_ns)
