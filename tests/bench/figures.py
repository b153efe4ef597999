"""From measured values to the figures printed. Pure: no clock, no process.

A block is one uninterrupted run of one subject. Its figures are taken block by block, and a subject's figure
is the median of its blocks, so that one bad second of a shared machine spoils one block and not the result.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, inf
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

    def p50_limit_us(self, reference: Row) -> float:
        """The most a median may be beside this reference."""
        return inf if self.p50_ratio is None else max(self.p50_ratio * reference.p50_us, self.p50_or_us)

    def p99_limit_us(self, reference: Row) -> float:
        """The most a 99th percentile may be beside this reference."""
        by_ratio_us = inf if self.p99_ratio is None else self.p99_ratio * reference.p99_us
        by_distance_us = inf if self.p99_within_us is None else reference.p99_us + self.p99_within_us
        return min(by_ratio_us, by_distance_us)

    def reached(self, ours: Row, reference: Row) -> bool:
        """True when every limit that applies is kept and nothing was lost."""
        kept = ours.p50_us <= self.p50_limit_us(reference) and ours.p99_us <= self.p99_limit_us(reference)
        return kept and ours.lost == 0


def lateness_ns(arrivals: Sequence[tuple[int, bytes]], dues: Mapping[bytes, int]) -> list[int]:
    """Arrival minus due for every payload that was due; a second arrival of the same payload is ValueError."""
    late: dict[bytes, int] = {}
    for arrival_ns, payload in arrivals:
        if payload in late:
            raise ValueError(f"{payload!r} arrived twice")
        if payload in dues:
            late[payload] = arrival_ns - dues[payload]
    return list(late.values())


def out_of_order(arrivals: Sequence[tuple[int, bytes]], dues: Mapping[bytes, int]) -> int:
    """How many came before one that was to leave earlier; ``dues`` stand in the order of leaving."""
    places = {payload: place for place, payload in enumerate(dues)}
    came = [places[payload] for _, payload in arrivals if payload in places]
    return sum(later < earlier for earlier, later in pairwise(came))


def step_errors_ns(arrivals: Sequence[tuple[int, bytes]], step_ns: int) -> list[int]:
    """How far each arrival is off `step_ns` after the one before it."""
    return [later_ns - earlier_ns - step_ns for (earlier_ns, _), (later_ns, _) in pairwise(arrivals)]


def answers_ns(presses_ns: Sequence[int], arrivals_ns: Sequence[int]) -> list[int]:
    """How long after each press its answer came. Both in order.

    Where as many came as were pressed, each answers its own press, however late. Otherwise a press is answered by the
    first arrival of those before the next press, or by none.
    """
    if len(presses_ns) == len(arrivals_ns):
        return [came_ns - press_ns for press_ns, came_ns in zip(presses_ns, arrivals_ns, strict=True)]
    taken: list[int] = []
    for press_ns, next_ns in pairwise([*presses_ns, 1 << 62]):
        place = bisect_left(arrivals_ns, press_ns)
        if place < len(arrivals_ns) and arrivals_ns[place] < next_ns:
            taken.append(arrivals_ns[place] - press_ns)
    return taken


def drift_ns(arrivals: Sequence[tuple[int, bytes]], step_ns: int) -> int:
    """How much later than `step_ns` a step the last arrival came, counted from the first: what errors add up to."""
    return arrivals[-1][0] - arrivals[0][0] - (len(arrivals) - 1) * step_ns


@dataclass(frozen=True)
class Finding:
    """One line of the summary: what was measured, and the most it may be. `beside` is a reference, in words."""

    what: str
    value: float
    limit: float
    unit: str
    beside: str = ""
    lost: int = 0

    @property
    def times(self) -> float:
        """The part of the limit that was used; 1 is just reached. Of a limit of nothing, nothing or too much."""
        return self.value / self.limit if self.limit else (inf if self.value else 0.0)

    @property
    def is_reached(self) -> bool:
        """Within the limit, with nothing lost."""
        return self.value <= self.limit and self.lost == 0


def row_findings(what: str, ours: Row, reference: Row, aim: Aim) -> list[Finding]:
    """The median and the 99th percentile of a row that is held against a reference."""
    beside = [
        f"{ours.p50_us / reference.p50_us:.2f} × {reference.name}",
        f"{ours.p99_us / reference.p99_us:.2f} × {reference.name}",
    ]
    return [
        Finding(f"{what}, p50", ours.p50_us, aim.p50_limit_us(reference), "µs", beside[0], ours.lost),
        Finding(f"{what}, p99", ours.p99_us, aim.p99_limit_us(reference), "µs", beside[1], ours.lost),
    ]


def value_findings(what: str, values_ns: Sequence[int], expected: int, p50_us: float, p99_us: float) -> list[Finding]:
    """The median and the 99th percentile of values that have limits of their own, in microseconds."""
    measured = block(values_ns, expected)
    found = []
    if p50_us < inf:
        found.append(Finding(f"{what}, p50", measured.p50_us, p50_us, "µs", lost=measured.lost))
    return [*found, Finding(f"{what}, p99", measured.p99_us, p99_us, "µs", lost=measured.lost)]
