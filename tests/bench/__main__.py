"""`python -m tests.bench`: what this machine can do, and how near to it the console comes. Prints, judges nothing.

Run it on a machine with nothing else to do; a figure of a busy one is a figure of its other work.
"""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench.figures import Aim
from tests.bench.measures import Plan, chain_block, dispatch_block, interleaved, relay_block
from tests.bench.programs import BenchError, Binaries, compile_all
from tests.bench.subjects import CSender, QlcplusChain, QlcplusRelay, Relay, Sender, c_relay, python_relay
from tests.bench.table import table
from tests.support.program import ProgramError
from tests.support.qlcplus import Qlcplus

OURS = "Showcaller"

DISPATCH_AIM = Aim(
    "p50 within 2 × or 40 µs, p99 within 300 µs of C's", p50_ratio=2.0, p50_or_us=40.0, p99_within_us=300.0
)
RELAY_AIM = Aim("p50 within 3 ×, p99 within 5 ×", p50_ratio=3.0, p99_ratio=5.0)
CHAIN_AIM = Aim("as dispatch", p50_ratio=2.0, p50_or_us=40.0, p99_within_us=300.0)

Measure = Callable[[Binaries, Path, Plan], str]


def dispatch(built: Binaries, directory: Path, plan: Plan) -> str:
    """Cues at times known beforehand: how far from due."""
    senders: list[Sender] = [CSender(built.reference)]
    rows = interleaved(senders, plan.blocks, lambda sender: dispatch_block(built.probe, sender, plan), _tell)
    return table(f"Timed cues, {plan.cues} a block", rows, DISPATCH_AIM, OURS)


def chain(built: Binaries, directory: Path, plan: Plan) -> str:
    """A chain of 100 ms steps: how far from 100 ms apart."""
    senders: list[Sender] = [CSender(built.reference)]
    if Qlcplus.missing() is None:
        senders.append(QlcplusChain(directory / "qlcplus"))
    rows = interleaved(senders, plan.blocks, lambda sender: chain_block(built.probe, sender, plan), _tell)
    return table(f"A chain of 100 ms, {plan.steps} steps a block", rows, CHAIN_AIM, OURS)


def relay(built: Binaries, directory: Path, plan: Plan) -> str:
    """An OSC trigger in, an OSC message out: how long."""
    relays: list[Relay] = [c_relay(built.reference), python_relay()]
    if Qlcplus.missing() is None:
        relays.append(QlcplusRelay(directory / "qlcplus"))
    rows = interleaved(relays, plan.blocks, lambda each: relay_block(built.probe, each, plan), _tell)
    return table(f"OSC in to OSC out, {plan.triggers} a block", rows, RELAY_AIM, OURS)


MEASURES: dict[str, Measure] = {"dispatch": dispatch, "chain": chain, "relay": relay}


def main(words: Sequence[str]) -> int:
    """Measure, print, and return 0; 1 when the bench could not run."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("measure", nargs="*", help=f"which of {', '.join(MEASURES)} (all)")
    parser.add_argument("--blocks", type=int, default=7, help="of each subject (7)")
    parser.add_argument("--cues", type=int, default=1000, help="timed cues a block, 4 ms apart (1000)")
    parser.add_argument("--steps", type=int, default=40, help="steps of the chain a block (40)")
    parser.add_argument("--triggers", type=int, default=200, help="triggers a block (200)")
    asked = parser.parse_args(words)
    plan = Plan(asked.blocks, asked.cues, asked.steps, asked.triggers)
    if unknown := set(asked.measure) - set(MEASURES):
        parser.error(f"no measure {', '.join(sorted(unknown))}; there are {', '.join(MEASURES)}")
    if min(plan.blocks, plan.cues, plan.steps, plan.triggers) < 1:
        parser.error("every count is at least 1")
    print(_machine())
    try:
        with tempfile.TemporaryDirectory(prefix="showcaller-bench-") as directory:
            built = compile_all(Path(directory))
            for name in asked.measure or MEASURES:
                print("\n" + MEASURES[name](built, Path(directory), plan), flush=True)
    except (BenchError, ProgramError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    return 0


def _machine() -> str:
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, Linux {platform.release()}, Python {platform.python_version()}, load {load:.1f}"


def _tell(what: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{what}", end="\r", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
