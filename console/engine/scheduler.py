"""What is due when: a heap of entries by instant, in a stable order, that can be frozen and cancelled.

Pressed waits, the sends of running cues and the machine's own appointments wait in one, fade steps in another.
Positioned cues wait in ``track`` instead, where a hold costs nothing.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Entry(NamedTuple, Generic[T]):
    """One thing due. ``owner`` is the cue or other name it can be cancelled by; ``item`` the item it belongs to.

    Entries are taken out lowest first; no two have one ``order``, so nothing behind it is ever compared.
    """

    due_ns: int
    rank: int  # among entries due at once: lower first
    place: int  # among those of one rank: the cue's place in the show list
    order: int  # among those: as they were pushed
    owner: str
    item: str | None
    what: T


class Scheduler(Generic[T]):
    """Entries in the order of their keys. Nothing is searched at a deadline; cancelling and freezing search."""

    def __init__(self) -> None:
        self._heap: list[Entry[T]] = []
        self._frozen: list[tuple[int, Entry[T]]] = []  # since when
        self._pushed = 0

    def push(self, due_ns: int, rank: int, owner: str, item: str | None, what: T, place: int = 0) -> None:
        """Wait until ``due_ns``. What is pushed after a freeze is not frozen."""
        self._pushed += 1
        heapq.heappush(self._heap, Entry(due_ns, rank, place, self._pushed, owner, item, what))

    def next_due(self) -> tuple[int, int] | None:
        """(instant, rank) of the first entry, or None."""
        return self._heap[0][:2] if self._heap else None

    def next_due_ns(self) -> int | None:
        """The instant of the first entry, or None."""
        return self._heap[0].due_ns if self._heap else None

    def pop(self) -> Entry[T]:
        """Take the first entry out."""
        return heapq.heappop(self._heap)

    def cancel(self, wanted: Callable[[Entry[T]], bool]) -> list[Entry[T]]:
        """Take out every entry that is wanted, frozen ones too; returns them in order."""
        gone = [entry for entry in self.entries() if wanted(entry)]
        if gone:
            lost = {entry.order for entry in gone}
            self._heap = [entry for entry in self._heap if entry.order not in lost]
            heapq.heapify(self._heap)
            self._frozen = [row for row in self._frozen if row[1].order not in lost]
        return sorted(gone)

    def freeze(self, now_ns: int, wanted: Callable[[Entry[T]], bool]) -> None:
        """Stop the clock of the entries that are wanted. Freezing again adds to what is frozen."""
        waiting = [entry for entry in self._heap if wanted(entry)]
        if waiting:
            taken = {entry.order for entry in waiting}
            self._heap = [entry for entry in self._heap if entry.order not in taken]
            heapq.heapify(self._heap)
            self._frozen += [(now_ns, entry) for entry in waiting]

    def thaw(self, now_ns: int, shifted: Callable[[T, int], T]) -> list[Entry[T]]:
        """Let frozen entries wait on for what they had left; returns them as they wait now.

        ``shifted`` moves the instants inside what was frozen, by the nanoseconds it was frozen for.
        """
        thawed = [
            entry._replace(due_ns=entry.due_ns + now_ns - at_ns, what=shifted(entry.what, now_ns - at_ns))
            for at_ns, entry in self._frozen
        ]
        self._frozen = []
        for entry in thawed:
            heapq.heappush(self._heap, entry)
        return thawed

    def alter(self, altered: Callable[[Entry[T]], Entry[T]]) -> None:
        """Put another in the place of each entry, or itself; what is frozen stays so. The order of pushing is kept."""
        self._heap = [altered(entry) for entry in self._heap]
        heapq.heapify(self._heap)
        self._frozen = [(at_ns, altered(entry)) for at_ns, entry in self._frozen]

    def entries(self) -> list[Entry[T]]:
        """Everything waiting, in no order."""
        return self._heap + [row[1] for row in self._frozen]
