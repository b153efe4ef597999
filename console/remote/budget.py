"""How much of the engine's time one sender may have: enough for any hand, and never all of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

MOST_SENDERS: Final = 256


@dataclass
class Budget:
    """So many at once, and so many a second after that, of each sender."""

    at_once: int
    a_second: int
    _spent: dict[str, tuple[int, int]] = field(default_factory=dict)  # sender → (instant, billionths of one left)

    def take(self, sender: str, now_ns: int) -> bool:
        """One more of this sender; False where it has had its share."""
        full = self.at_once * 1_000_000_000
        then_ns, left = self._spent.get(sender, (now_ns, full))
        left = min(full, left + (now_ns - then_ns) * self.a_second)
        granted = left >= 1_000_000_000
        if sender not in self._spent and len(self._spent) >= MOST_SENDERS:
            self._spent.clear()  # a network of strangers would fill the memory; everybody begins anew
        self._spent[sender] = (now_ns, left - 1_000_000_000 if granted else left)
        return granted
