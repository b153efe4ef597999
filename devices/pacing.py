"""No faster than a device bears: what may go now, what waits, and what a newer value makes needless. Pure.

Two limits a profile can give. *Messages a second*: acts (a GO, a scene) may come in a burst as long as no second holds
more than that; values of a stream keep an even distance, and the newest of each stands in for those before it.
*One at a time*: the next message only after the answer to the last. The last value of everything always goes.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Hashable
from typing import Final, Generic, TypeVar

T = TypeVar("T")

_NS_PER_S: Final = 1_000_000_000

FULL_PAUSE_NS: Final = 1_000_000
"""How long a port that was full is left alone."""

MOST_HELD: Final = 500
"""More waiting than this is refused: it would come so late that nobody could want it."""


class Pacer(Generic[T]):
    """What waits for one device, oldest first, acts before values.

    ``answer_limit_ns``: one at a time, and how long an answer is waited for; None where the device takes all at once.
    """

    def __init__(self, messages_per_s: float | None = None, answer_limit_ns: int | None = None) -> None:
        count = 0 if messages_per_s is None else max(1, int(messages_per_s))
        self._distance_ns = 0 if messages_per_s is None else math.ceil(_NS_PER_S / messages_per_s)
        self._window_ns = 0 if messages_per_s is None else math.ceil(count * _NS_PER_S / messages_per_s)
        self._gone: deque[int] = deque(maxlen=count)  # when the last so many left
        self._answer_limit_ns = answer_limit_ns
        self._answer_by_ns: int | None = None
        self._full_until_ns = 0
        self._acts: dict[Hashable, T] = {}
        self._values: dict[Hashable, T] = {}
        self._serial = 0
        self.displaced: list[T] = []
        """What a newer one has taken the place of; whoever looks takes it away."""
        self.limits = messages_per_s is not None or answer_limit_ns is not None
        """False: everything may go at once, unless the port itself was full."""

    @property
    def held(self) -> int:
        """How many wait."""
        return len(self._acts) + len(self._values)

    def free_at_ns(self, now_ns: int, *, value: bool = False) -> int:
        """When the next one may leave; now or earlier: at once."""
        free_ns = max(now_ns, self._answer_by_ns or 0, self._full_until_ns)
        gone = self._gone
        if gone:
            if len(gone) == gone.maxlen:
                free_ns = max(free_ns, gone[0] + self._window_ns)
            if value:
                free_ns = max(free_ns, gone[-1] + self._distance_ns)
        return free_ns

    def went(self, now_ns: int) -> None:
        """One has left."""
        self._gone.append(now_ns)
        if self._answer_limit_ns is not None:
            self._answer_by_ns = now_ns + self._answer_limit_ns

    def was_full(self, now_ns: int) -> None:
        """The port took nothing: try again in a while."""
        self._full_until_ns = now_ns + FULL_PAUSE_NS

    def answered(self) -> None:
        """The device has answered: the next may go."""
        self._answer_by_ns = None

    def hold(self, what: T, key: Hashable | None, *, value: bool) -> bool:
        """Keep one for later; a newer one of the same key takes its place. False where too many wait already."""
        where, elsewhere = (self._values, self._acts) if value else (self._acts, self._values)
        if key is None:
            self._serial += 1
            key = self._serial
        self.displaced += [lane[key] for lane in (where, elsewhere) if key in lane]
        elsewhere.pop(key, None)
        if key not in where and self.held >= MOST_HELD:
            return False
        where[key] = what  # in its old place, or a value that changes faster than it may go would never go
        return True

    def put_back(self, what: T, key: Hashable | None, *, value: bool) -> None:
        """The port was full: the one just taken is the next again, or a newer one of its key is."""
        where = self._values if value else self._acts
        if key is None:
            self._serial += 1
            key = self._serial
        if key in where:
            self.displaced.append(what)
            return
        waiting = {key: what, **where}
        where.clear()
        where.update(waiting)

    def take(self, now_ns: int) -> T | None:
        """The next that may leave now, or None. Tell :meth:`went` when it has."""
        for waiting in (self._acts, self._values):
            if waiting:
                if self.free_at_ns(now_ns, value=waiting is self._values) > now_ns:
                    return None
                return waiting.pop(next(iter(waiting)))
        return None

    def wake_at_ns(self, now_ns: int) -> int | None:
        """When :meth:`take` has something to give."""
        return self.free_at_ns(now_ns, value=not self._acts) if self.held else None

    def leaves_at_ns(self, now_ns: int, key: Hashable | None = None) -> int:
        """About when an act held now would leave: behind those that wait, or in the place of its elder."""
        place = list(self._acts).index(key) if key in self._acts else len(self._acts)
        size = self._gone.maxlen or 1
        return self.free_at_ns(now_ns) + place // size * self._window_ns

    def clear(self) -> list[T]:
        """Nothing waits any more: the device is gone, and what was meant for it, which is given back, with it."""
        lost = [*self._acts.values(), *self._values.values()]
        self._acts.clear()
        self._values.clear()
        self._answer_by_ns = None
        return lost
