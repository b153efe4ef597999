"""What is due when: a heap of entries by instant, in a stable order, that can be frozen and cancelled.

Pressed waits, the sends of running cues, fade steps and the machine's own appointments all wait here. Positioned cues
wait in ``track`` instead, where a hold costs nothing.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """One thing due. ``owner`` is the cue or other name it can be cancelled by; ``item`` the item it belongs to."""

    due_ns: int
    rank: int  # among entries due at once: lower first
    order: int  # rising as they were pushed
    owner: str
    item: str | None
    what: T


class Scheduler(Generic[T]):
    """Entries ordered by (due, rank, order). Cancelling is lazy; nothing is searched at a deadline."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, int, Entry[T]]] = []
        self._frozen: list[Entry[T]] = []
        self._frozen_at_ns: int | None = None
        self._pushed = 0

    def push(self, due_ns: int, rank: int, owner: str, item: str | None, what: T) -> None:
        """Wait until ``due_ns``. While frozen, the wait counts from the thaw on."""
        self._pushed += 1
        entry = Entry(due_ns, rank, self._pushed, owner, item, what)
        heapq.heappush(self._heap, (due_ns, rank, self._pushed, entry))

    def next_due(self) -> tuple[int, int] | None:
        """(instant, rank) of the first entry, or None."""
        return self._heap[0][:2] if self._heap else None

    def pop(self) -> Entry[T]:
        """Take the first entry out."""
        return heapq.heappop(self._heap)[3]

    def cancel(self, wanted: Callable[[Entry[T]], bool]) -> list[Entry[T]]:
        """Take out every entry that is wanted, frozen ones too; returns them in order."""
        gone = sorted(
            (entry for entry in self.entries() if wanted(entry)),
            key=lambda entry: (entry.due_ns, entry.rank, entry.order),
        )
        if gone:
            lost = {entry.order for entry in gone}
            self._heap = [row for row in self._heap if row[2] not in lost]
            heapq.heapify(self._heap)
            self._frozen = [entry for entry in self._frozen if entry.order not in lost]
        return gone

    def freeze(self, now_ns: int, wanted: Callable[[Entry[T]], bool]) -> None:
        """Stop the clock of the entries that are wanted. Freezing again adds to what is frozen."""
        if self._frozen_at_ns is None:
            self._frozen_at_ns = now_ns
        taken = self.cancel(wanted)
        held_for_ns = now_ns - self._frozen_at_ns
        # Stored as if frozen from the start, so that one thaw serves all.
        self._frozen.extend(Entry(e.due_ns - held_for_ns, e.rank, e.order, e.owner, e.item, e.what) for e in taken)

    def thaw(self, now_ns: int, shifted: Callable[[T, int], T]) -> int:
        """Let frozen entries wait on for what they had left; returns how long they were held, in ns.

        ``shifted`` moves the instants inside what was frozen by the same time.
        """
        if self._frozen_at_ns is None:
            return 0
        held_for_ns = now_ns - self._frozen_at_ns
        for entry in self._frozen:
            due_ns = entry.due_ns + held_for_ns
            what = shifted(entry.what, held_for_ns)
            moved = Entry(due_ns, entry.rank, entry.order, entry.owner, entry.item, what)
            heapq.heappush(self._heap, (due_ns, entry.rank, entry.order, moved))
        self._frozen = []
        self._frozen_at_ns = None
        return held_for_ns

    def entries(self) -> list[Entry[T]]:
        """Everything waiting, in no order."""
        return [row[3] for row in self._heap] + self._frozen
