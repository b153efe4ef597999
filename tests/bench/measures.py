"""What is measured: for each question its subjects in turn, block after block."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tests.bench.figures import Block, Row, block, drift_ns, lateness_ns, out_of_order, row, step_errors_ns
from tests.bench.programs import BenchError
from tests.bench.stopwatch import Arrival, arrivals, latencies
from tests.bench.subjects import Relay, Sender
from tests.support.ports import free_port

Subject = TypeVar("Subject", Sender, Relay)

CHAIN_STEP_NS = 100_000_000
CUE_PERIOD_NS = 4_000_000
MANY = 1000
MANY_PERIOD_NS = 1_000_000
TRIGGER_GAP_NS = 4_000_000
TRIGGER_SPREAD_NS = 20_000_000  # QLC+ works once in 20 ms: a trigger must meet it in every phase
WARM_UP = 20  # first answers of a block pay for cold caches and code; they are not counted


@dataclass(frozen=True)
class Plan:
    """How much to measure. Cues, steps and triggers are counted per block."""

    blocks: int
    cues: int
    steps: int
    long_steps: int
    triggers: int
    presses: int
    fade_s: float
    timecode_s: float


def interleaved(
    subjects: Sequence[Subject], blocks: int, measure: Callable[[Subject], Block], tell: Callable[[str], None]
) -> list[Row]:
    """One block of each subject in turn, `blocks` times; the rows in the order of the subjects."""
    measured: dict[str, list[Block]] = {subject.name: [] for subject in subjects}
    for number in range(1, blocks + 1):
        for subject in subjects:
            tell(f"block {number} of {blocks}: {subject.name}")
            try:
                measured[subject.name].append(measure(subject))
            except ValueError as error:
                raise BenchError(f"{subject.name}: {error}") from None
    return [row(name, blocks_of) for name, blocks_of in measured.items()]


def dispatch_block(probe: Path, sender: Sender, plan: Plan) -> Block:
    """How far from its due time each cue's datagram arrives."""
    came = _came(probe, sender, plan.cues, CUE_PERIOD_NS)
    return block(lateness_ns(came, sender.dues()), plan.cues)


def many_block(probe: Path, sender: Sender, period_ns: int) -> Block:
    """The same for a thousand cues so close, which also have to come in order; ValueError where they do not."""
    came = _came(probe, sender, MANY, period_ns)
    dues = sender.dues()
    if wrong := out_of_order(came, dues):
        raise ValueError(f"{wrong} of {MANY} cues came out of order")
    return block(lateness_ns(came, dues), MANY)


def chain_block(probe: Path, sender: Sender, plan: Plan) -> Block:
    """How far each of a chain of 100 ms steps is from 100 ms after the one before it."""
    came = _chain(probe, sender, plan.steps)
    return block(step_errors_ns(came, CHAIN_STEP_NS), plan.steps - 1)


def chain_drift_ns(probe: Path, sender: Sender, steps: int) -> int:
    """What the errors of a chain of 100 ms steps add up to; BenchError where a step is missing."""
    came = _chain(probe, sender, steps)
    if len(came) != steps:
        raise BenchError(f"{sender.name}: {steps - len(came)} of {steps} steps never came")
    return drift_ns(came, CHAIN_STEP_NS)


def _chain(probe: Path, sender: Sender, steps: int) -> list[Arrival]:
    """The arrivals of so many steps; the one before them is a press, and does not count."""
    return _came(probe, sender, steps + 1, CHAIN_STEP_NS)[1:]


def relay_block(probe: Path, relay: Relay, plan: Plan) -> Block:
    """How long from a trigger to its answer."""
    out_port = free_port()
    try:
        in_port = relay.start(out_port)
        count = plan.triggers + WARM_UP
        pace = (TRIGGER_GAP_NS, TRIGGER_SPREAD_NS)
        taken = latencies(probe, in_port, out_port, count, pace, relay.payloads)
    finally:
        relay.stop()
    counted = taken[WARM_UP:]
    return block(counted, len(counted) + count - len(taken))


def _came(probe: Path, sender: Sender, count: int, period_ns: int) -> list[Arrival]:
    port = free_port()
    try:
        sender.start(port, count, period_ns)
        return arrivals(probe, port, count, sender.go, count * period_ns / 1e9, sender.silence_ms)
    finally:
        sender.stop()
