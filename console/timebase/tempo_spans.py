"""The two kinds of stretch a tempo map is made of: one steady tempo, or one ramp.

Places are whole *grains*, 1/7680 quarter note, a tick of the finest metre. Both kinds are monotone,
round to the nearest ns with halves up, and invert themselves exactly.
"""

import math
from fractions import Fraction
from typing import Final

GRAINS_PER_QUARTER: Final = 7680

_NS_PER_MINUTE: Final = 60_000_000_000


class Steady:
    """One tempo from grain `start` on, and without end before it too: the count-in has no first bar.

    ns = (base + per_grain * grains) / scale, all whole numbers, so that no rounding adds up.
    """

    def __init__(self, start: int, start_ns: Fraction, bpm: Fraction) -> None:
        self.start = start
        self._bpm = bpm
        self._start_ns = start_ns
        self._ns_per_grain = _NS_PER_MINUTE / (bpm * GRAINS_PER_QUARTER)
        half_up = start_ns + Fraction(1, 2)
        self._scale = math.lcm(half_up.denominator, self._ns_per_grain.denominator)
        self._base = int(half_up * self._scale)
        self._per_grain = int(self._ns_per_grain * self._scale)

    def grain_to_ns(self, grain: int | Fraction) -> int:
        return int((self._base + self._per_grain * (grain - self.start)) // self._scale)

    def ns_to_grain(self, ns: int) -> int:
        """The last grain whose ns is not after this one."""
        return self.start + (self._scale * (ns + 1) - 1 - self._base) // self._per_grain

    def next_start_ns(self, grain: int) -> Fraction:
        """Where the stretch after this one starts, unrounded."""
        return self._start_ns + self._ns_per_grain * (grain - self.start)

    def bpm_at(self, grain: int) -> float:
        return float(self._bpm)


class Ramp:
    """From `bpm` to `to_bpm` over `length` grains, by the same bpm with every quarter note.

    From b0 to b1 over Q quarter notes, the first q of them take 60 * q * ln(b/b0) / (b - b0) seconds,
    where b = b0 + (b1 - b0) * q / Q. Logarithms are floats, good to a thousandth of a ns in an hour;
    a ramp ends on a whole ns.
    """

    def __init__(self, start: int, start_ns: Fraction, bpm: Fraction, to_bpm: Fraction, length: int) -> None:
        self.start = start
        self._length = length
        self._bpm = float(bpm)
        rise_per_grain = (to_bpm - bpm) / length
        self._growth = float(rise_per_grain / bpm)
        self._scale_ns = float(_NS_PER_MINUTE / (rise_per_grain * GRAINS_PER_QUARTER))
        self._whole_ns = math.floor(start_ns)
        self._part_ns = float(start_ns - self._whole_ns)

    def grain_to_ns(self, grain: int | Fraction) -> int:
        elapsed_ns = self._scale_ns * math.log1p(self._growth * float(grain - self.start))
        return self._whole_ns + math.floor(elapsed_ns + self._part_ns + 0.5)

    def ns_to_grain(self, ns: int) -> int:
        """The last grain whose ns is not after this one, the ramp's first and last at the outside."""
        last = self.start + self._length - 1
        elapsed_ns = ns - self._whole_ns - self._part_ns
        guess = self.start + math.floor(math.expm1(elapsed_ns / self._scale_ns) / self._growth)
        # Floats may miss by a grain: start one below and let grain_to_ns alone decide.
        grain = min(max(guess - 1, self.start), last)
        while grain < last and self.grain_to_ns(grain + 1) <= ns:
            grain += 1
        return grain

    def next_start_ns(self, grain: int) -> Fraction:
        """Where the stretch after this one starts."""
        return Fraction(self.grain_to_ns(grain))

    def bpm_at(self, grain: int) -> float:
        return self._bpm * (1 + self._growth * (grain - self.start))
