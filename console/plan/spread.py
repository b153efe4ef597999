"""What many tries say: the middle one, and how far apart they are. Pure; robust against the odd one out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """Median with the tenth and ninetieth percentile, in the unit of the samples, and how many there were."""

    median: float
    p10: float
    p90: float
    count: int


def spread_of(samples: Iterable[float]) -> Spread | None:
    """None where there are no samples."""
    ordered = sorted(samples)
    if not ordered:
        return None
    return Spread(_quantile(ordered, 0.5), _quantile(ordered, 0.1), _quantile(ordered, 0.9), len(ordered))


def _quantile(ordered: list[float], share: float) -> float:
    """Between the two nearest samples, in proportion."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
