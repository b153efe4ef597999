"""What can be wrong with a device, as values, and what it does to what a ghost hears and says. Pure.

Every fault has a time: from ``from_ns`` until ``until_ns`` (excluded; None: for good), instants of whoever asks. What
is lost or spoilt is drawn from a seed, so that the same drill is the same again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from devices.contract import Args


@dataclass(frozen=True, slots=True, kw_only=True)
class _Timed:
    from_ns: int = 0
    until_ns: int | None = None

    def holds(self, now_ns: int) -> bool:
        """True while the fault is there."""
        return self.from_ns <= now_ns and (self.until_ns is None or now_ns < self.until_ns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dead(_Timed):
    """Hears nothing, says nothing. A ghost in memory is then known to be away, for the reason in ``words``."""

    words: str = "is dead: a fault that is being played"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slow(_Timed):
    """Says everything later than it would."""

    by_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lossy(_Timed):
    """Loses this share (0 to 1) of what it is told, and of what it says, each for itself."""

    share: float
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Garbage(_Timed):
    """Says noise in place of this share (0 to 1) of its words."""

    share: float = 1.0
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch(_Timed):
    """Somebody at the device sets a parameter at ``from_ns``, then every ``every_ns`` until the end, if given."""

    verb: str
    args: Args = field(default_factory=dict)
    every_ns: int | None = None

    def next_ns(self, after_ns: int | None) -> int | None:
        """The first touch later than ``after_ns`` (None: the first of all); None when there is none any more."""
        due_ns = self.from_ns
        if after_ns is not None and after_ns >= due_ns:
            if self.every_ns is None:
                return None
            due_ns += (after_ns - due_ns) // self.every_ns * self.every_ns + self.every_ns
        return due_ns if self.until_ns is None or due_ns < self.until_ns else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(_Timed):
    """Somebody at the device moves whatever parameter it was told, ``after_ns`` behind the command."""

    after_ns: int


Fault = Dead | Slow | Lossy | Garbage | Touch | Undo


class Spoiler:
    """The faults of one ghost, and how many lots were drawn for it. Takes what is current; knows no device."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self.faults: Sequence[Fault] = tuple(faults)
        self._drawn = 0
        self._touched: dict[int, int] = {}  # by place among the faults: the instant of the last touch

    def death(self, now_ns: int) -> str:
        """Why it is dead, empty while it lives."""
        return next((fault.words for fault in self.faults if isinstance(fault, Dead) and fault.holds(now_ns)), "")

    def hears(self, now_ns: int) -> bool:
        """Whether one packet reaches it."""
        return not self.death(now_ns) and not self._loses(now_ns)

    def says(self, body: bytes, now_ns: int) -> tuple[int, bytes] | None:
        """One message on its way out: ns it is late by, and its bytes; None where it is lost."""
        if self.death(now_ns) or self._loses(now_ns):
            return None
        late_ns = sum(fault.by_ns for fault in self.faults if isinstance(fault, Slow) and fault.holds(now_ns))
        for fault in self.faults:
            if isinstance(fault, Garbage) and fault.holds(now_ns) and self._lot(fault.seed) < fault.share:
                return late_ns, noise(fault.seed, self._drawn, len(body))
        return late_ns, body

    def touches(self, now_ns: int) -> list[Touch]:
        """Hands at the device that are due; each is given once, and of several that were missed the last alone."""
        due = []
        for place, fault in self._hands():
            at_ns = fault.next_ns(self._touched.get(place))
            if at_ns is not None and at_ns <= now_ns:
                self._touched[place] = now_ns
                due.append(fault)
        return due

    def undoes_at_ns(self, now_ns: int) -> int | None:
        """When a hand will move what it was told now; None where nobody does."""
        delays = [each.after_ns for each in self.faults if isinstance(each, Undo) and each.holds(now_ns)]
        return now_ns + min(delays) if delays else None

    def wake_at_ns(self, now_ns: int) -> int | None:
        """When the next hand is due, or a death begins or ends."""
        wakes = [fault.next_ns(self._touched.get(place)) for place, fault in self._hands()]
        turns = (at for fault in self.faults if isinstance(fault, Dead) for at in (fault.from_ns, fault.until_ns))
        wakes += [at for at in turns if at is not None and at > now_ns]
        return min((wake for wake in wakes if wake is not None), default=None)

    def _hands(self) -> list[tuple[int, Touch]]:
        return [(place, fault) for place, fault in enumerate(self.faults) if isinstance(fault, Touch)]

    def _loses(self, now_ns: int) -> bool:
        return any(
            self._lot(fault.seed) < fault.share
            for fault in self.faults
            if isinstance(fault, Lossy) and fault.holds(now_ns)
        )

    def _lot(self, seed: int) -> float:
        self._drawn += 1
        return int.from_bytes(noise(seed, self._drawn, 8)) / 2**64


def noise(seed: int, number: int, length: int) -> bytes:
    """So many bytes without a meaning, the same for the same seed and number."""
    found = b""
    while len(found) < length:
        found += blake2b(f"{seed}:{number}:{len(found)}".encode()).digest()
    return found[:length]
