"""From measured values to the figures printed. Pure: no clock, no process.

A block is one uninterrupted run of one subject. Its figures are taken block by block, and a subject's figure
is the median of its blocks, so that one bad second of a shared machine spoils one block and not the result.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from statistics import median


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile: the least value that `percent` of the values do not exceed."""
    if not values:
        raise ValueError("no percentile of nothing: the block measured no values")
    if not 0 < percent <= 100:
        raise ValueError(f"no {percent}th percentile: say more than 0 and at most 100")
    return sorted(values)[ceil(len(values) * percent / 100) - 1]


@dataclass(frozen=True)
class Block:
    """The figures of one block, in microseconds; `lost` is how many of the expected values never came."""

    p50_us: float
    p99_us: float
    worst_us: float
    lost: int


def block(values_ns: Sequence[int], expected: int) -> Block:
    """Figures of the magnitudes of `values_ns` (early counts as far as late)."""
    magnitudes_us = [abs(value_ns) / 1000 for value_ns in values_ns]
    return Block(
        p50_us=percentile(magnitudes_us, 50),
        p99_us=percentile(magnitudes_us, 99),
        worst_us=max(magnitudes_us),
        lost=expected - len(values_ns),
    )


@dataclass(frozen=True)
class Row:
    """One subject: medians over its blocks, the worst value of all, everything lost, and the blocks' spread."""

    name: str
    p50_us: float
    p99_us: float
    worst_us: float
    lost: int
    p50_least_us: float
    p50_most_us: float
    blocks: int


def row(name: str, blocks: Sequence[Block]) -> Row:
    """Sum up the blocks of one subject; ValueError when there are none."""
    if not blocks:
        raise ValueError(f"{name} has no blocks to sum up")
    p50s_us = [each.p50_us for each in blocks]
    return Row(
        name=name,
        p50_us=median(p50s_us),
        p99_us=median(each.p99_us for each in blocks),
        worst_us=max(each.worst_us for each in blocks),
        lost=sum(each.lost for each in blocks),
        p50_least_us=min(p50s_us),
        p50_most_us=max(p50s_us),
        blocks=len(blocks),
    )


@dataclass(frozen=True)
class Aim:
    """What ours must reach beside the reference; a limit that is None does not apply.

    The median is within when it is within the ratio or within `p50_or_us`, whichever is kinder.
    """

    words: str
    p50_ratio: float | None = None
    p50_or_us: float = 0.0
    p99_ratio: float | None = None
    p99_within_us: float | None = None

    def reached(self, ours: Row, reference: Row) -> bool:
        """True when every limit that applies is kept and nothing was lost."""
        p50_kept = (
            self.p50_ratio is None or ours.p50_us <= self.p50_ratio * reference.p50_us or ours.p50_us <= self.p50_or_us
        )
        ratio_kept = self.p99_ratio is None or ours.p99_us <= self.p99_ratio * reference.p99_us
        distance_kept = self.p99_within_us is None or ours.p99_us <= reference.p99_us + self.p99_within_us
        return p50_kept and ratio_kept and distance_kept and ours.lost == 0


def lateness_ns(arrivals: Sequence[tuple[int, bytes]], dues: dict[bytes, int]) -> list[int]:
    """Arrival minus due for every payload that was due; a second arrival of the same payload is ValueError."""
    late: dict[bytes, int] = {}
    for arrival_ns, payload in arrivals:
        if payload in late:
            raise ValueError(f"{payload!r} arrived twice")
        if payload in dues:
            late[payload] = arrival_ns - dues[payload]
    return list(late.values())


def step_errors_ns(arrivals: Sequence[tuple[int, bytes]], step_ns: int) -> list[int]:
    """How far each arrival is off `step_ns` after the one before it."""
    return [later_ns - earlier_ns - step_ns for (earlier_ns, _), (later_ns, _) in pairwise(arrivals)]
