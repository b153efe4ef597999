"""The playhead: anchor + rate · elapsed, never accumulated.

It moves in *run* nanoseconds of one item, which only ever rise while rolling. What the operator calls the position is
the score position; ``vamps.Folding`` maps one to the other, so that a vamp never re-anchors anything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

STILL: Final = Fraction(0)
NORMAL: Final = Fraction(1)


@dataclass(frozen=True, slots=True)
class Playhead:
    """Where the transport stands: at ``anchor_ns`` (engine instant) it stood at ``run_ns`` of ``item``."""

    item: str
    anchor_ns: int
    run_ns: int
    rate: Fraction  # STILL while stopped or held

    def run_at(self, now_ns: int) -> int:
        """Run nanoseconds at an instant."""
        if self.rate is NORMAL:
            return self.run_ns + now_ns - self.anchor_ns
        return self.run_ns + _rounded((now_ns - self.anchor_ns) * self.rate)

    def instant_of(self, run_ns: int) -> int | None:
        """When it will stand there; None while it does not move."""
        if self.rate is NORMAL:
            return self.anchor_ns + run_ns - self.run_ns
        if self.rate == 0:
            return None
        return self.anchor_ns + _rounded((run_ns - self.run_ns) / self.rate)

    def stopped_at(self, now_ns: int) -> Playhead:
        """The same place, no longer moving."""
        return replace(self, anchor_ns=now_ns, run_ns=self.run_at(now_ns), rate=STILL)

    def put_at(self, now_ns: int, run_ns: int) -> Playhead:
        """At another place of the item, moving as it does."""
        return replace(self, anchor_ns=now_ns, run_ns=run_ns)

    def rolling_from(self, now_ns: int, rate: Fraction = NORMAL) -> Playhead:
        """Moving on from where it stands now."""
        return replace(self, anchor_ns=now_ns, run_ns=self.run_at(now_ns), rate=rate)


def _rounded(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
