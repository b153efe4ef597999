"""`python -m tests.bench`: what this machine can do, and how near to it the console comes. Prints, judges nothing.

Run it on a machine with nothing else to do; a figure of a busy one is a figure of its other work.
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from pathlib import Path

from tests.bench import faders, loading, presses
from tests.bench.chase import chase_errors
from tests.bench.console import OURS, ChainSender, ConsoleRelay, EngineSender, PlaySender, Window, WindowSender
from tests.bench.crowd import CROWD, CrowdEngine
from tests.bench.figures import Aim, Finding, Row, percentile, row_findings, value_findings
from tests.bench.flooding import RATE_HZ, FloodedC, FloodedEngine
from tests.bench.hand import HandError
from tests.bench.measures import (
    MANY,
    MANY_PERIOD_NS,
    Plan,
    chain_block,
    chain_drift_ns,
    dispatch_block,
    interleaved,
    many_block,
    relay_block,
)
from tests.bench.programs import BenchError, Binaries, compile_all
from tests.bench.subjects import CSender, QlcplusChain, QlcplusRelay, Relay, Sender, c_relay, python_relay
from tests.bench.table import summary, table
from tests.support.jackd import REASON_MISSING, jack_missing
from tests.support.program import ProgramError
from tests.support.qlcplus import Qlcplus

DISPATCH_AIM = Aim(
    "p50 within 2 × or 40 µs, p99 within 300 µs of C's", p50_ratio=2.0, p50_or_us=40.0, p99_within_us=300.0
)
RELAY_AIM = Aim("p50 within 3 ×, p99 within 5 ×", p50_ratio=3.0, p99_ratio=5.0)
CHAIN_AIM = Aim("as dispatch", p50_ratio=2.0, p50_or_us=40.0, p99_within_us=300.0)
CROWD_AIM = Aim("p50 within 1.5 × or 40 µs, p99 within 300 µs", p50_ratio=1.5, p50_or_us=40.0, p99_within_us=300.0)
AT_ONCE_AIM = Aim("within 2 ×", p50_ratio=2.0, p99_ratio=2.0)


@dataclass(frozen=True)
class Bench:
    """Where to measure, and how much."""

    built: Binaries
    directory: Path
    plan: Plan


Measured = tuple[str, Sequence[Finding]]
"""What is printed at once, and what stands in the summary."""

Measure = Callable[[Bench], Measured]


def dispatch(bench: Bench) -> Measured:
    """Cues at times known beforehand: how far from due."""
    plan = bench.plan
    senders: list[Sender] = [CSender(bench.built.reference), PlaySender(bench.directory / "play")]
    if Window.missing() is None:
        senders.append(WindowSender(bench.directory / "window"))
    rows = interleaved(senders, plan.blocks, lambda sender: dispatch_block(bench.built.probe, sender, plan), _tell)
    return _held(f"Timed cues, {plan.cues} a block in a show of 10,000", rows, DISPATCH_AIM, "timed cues")


def flood(bench: Bench) -> Measured:
    """The same cues while the port that hears remotes is flooded."""
    plan = bench.plan
    reference = bench.built.reference
    senders: list[Sender] = [FloodedC(reference), FloodedEngine(bench.directory / "flood", reference)]
    rows = interleaved(senders, plan.blocks, lambda sender: dispatch_block(bench.built.probe, sender, plan), _tell)
    title = f"Timed cues during {RATE_HZ:,} packets a second at the remote port, {plan.cues} a block"
    return _held(title, rows, DISPATCH_AIM, "timed cues in a flood")


def crowd(bench: Bench) -> Measured:
    """The same cues in a house of two hundred devices, when three of them are at fault."""
    plan = bench.plan
    directory = bench.directory / "crowd"
    senders: list[Sender] = [CrowdEngine(directory, at_fault=at_fault) for at_fault in (False, True)]
    rows = interleaved(senders, plan.blocks, lambda sender: dispatch_block(bench.built.probe, sender, plan), _tell)
    title = f"Timed cues beside {CROWD} devices: a black hole, one that flaps, a name nobody knows; {plan.cues} a block"
    return _held(title, rows, CROWD_AIM, "timed cues in a crowd")


def many(bench: Bench) -> Measured:
    """A thousand cues within one second, and at one instant, of a show of ten thousand."""
    built, plan = bench.built, bench.plan

    def rows(period_ns: int) -> list[Row]:
        senders: list[Sender] = [CSender(built.reference), EngineSender(bench.directory / "many")]
        return interleaved(senders, plan.blocks, lambda sender: many_block(built.probe, sender, period_ns), _tell)

    dense = rows(MANY_PERIOD_NS)
    text, findings = _held(f"{MANY} cues in one second, a block", dense, DISPATCH_AIM, f"{MANY} cues in a second")
    more, found = _held(f"{MANY} cues at one instant, a block", rows(0), AT_ONCE_AIM, f"{MANY} cues at one instant")
    return f"{text}\n\n{more}", [*findings, *found]


def relay(bench: Bench) -> Measured:
    """An OSC trigger in, an OSC message out: how long."""
    plan = bench.plan
    relays: list[Relay] = [c_relay(bench.built.reference), python_relay(), ConsoleRelay(bench.directory / "relay")]
    if Qlcplus.missing() is None:
        relays.append(QlcplusRelay(bench.directory / "qlcplus"))
    rows = interleaved(relays, plan.blocks, lambda each: relay_block(bench.built.probe, each, plan), _tell)
    return _held(f"OSC in to OSC out, {plan.triggers} a block", rows, RELAY_AIM, "OSC in to out")


def chain(bench: Bench) -> Measured:
    """A chain of 100 ms steps: how far from 100 ms apart, and what that comes to in the end."""
    plan = bench.plan
    senders: list[Sender] = [CSender(bench.built.reference), ChainSender(bench.directory / "chain")]
    if Qlcplus.missing() is None:
        senders.append(QlcplusChain(bench.directory / "qlcplus"))
    rows = interleaved(senders, plan.blocks, lambda sender: chain_block(bench.built.probe, sender, plan), _tell)
    text, findings = _held(f"A chain of 100 ms, {plan.steps} steps a block", rows, CHAIN_AIM, "100 ms chain")
    _tell(f"a chain of {plan.long_steps} steps")
    drift_us = abs(chain_drift_ns(bench.built.probe, ChainSender(bench.directory / "chain"), plan.long_steps)) / 1000
    # "None" means: no more than one send can be off its time.
    drift = Finding(f"100 ms chain, drift in {plan.long_steps / 10:.0f} s", drift_us, 1000.0, "µs")
    return text, [*findings, drift]


def go(bench: Bench) -> Measured:
    """GO to the datagram: over the link, and the key in the window while its timeline is dragged."""
    plan = bench.plan
    _tell("GO over the link")
    taken = presses.go_over_link(bench.built.probe, bench.directory / "go", plan.presses)
    findings = value_findings("GO over the link", taken, plan.presses, 400.0, 2000.0)
    if (reason := Window.missing()) is not None:
        return f"GO in the window was not measured: {reason}", findings
    _tell("GO in the window")
    taken = presses.go_in_window(bench.built.probe, bench.directory / "go", plan.presses)
    return "", [*findings, *value_findings("GO key in the dragged window", taken, plan.presses, 400.0, 2000.0)]


def drift(bench: Bench) -> Measured:
    """Hours of odd tempi on the virtual clock: how far the cue furthest off is from where the tempo puts it."""
    del bench
    _tell("drift")
    figures = loading.solo("drift", 6)
    what = f"6 hours at 97.3 bpm, the furthest of {figures['cues']} cues"
    return "", [Finding(what, figures["off_ns"], 1.0, "ns")]


def panic(bench: Bench) -> Measured:
    """Panic to the first byte of the safe list: with nothing else to do, and during 100 fades."""
    findings: list[Finding] = []
    for what, fading in (("panic to first byte", False), ("panic during 100 fades", True)):
        _tell(what)
        directory, count = bench.directory / "panic", bench.plan.presses // 2
        taken = presses.panic(bench.built.probe, directory, count, fading=fading)
        findings += value_findings(what, taken, count, inf, 5000.0)
    return "", findings


def fades(bench: Bench) -> Measured:
    """A hundred fades at 60 Hz, and the cues beside them."""
    _tell(f"{faders.FADES} fades for {bench.plan.fade_s:g} s")
    measured = faders.fades(bench.built.probe, bench.directory / "fades", bench.plan.fade_s)
    beside = f"cues beside {faders.FADES} fades: p50 {measured.with_fades.p50_us:.0f} µs, p99"
    without = f"without: p50 {measured.without_fades.p50_us:.0f} µs, p99 {measured.without_fades.p99_us:.0f} µs"
    return f"{beside} {measured.with_fades.p99_us:.0f} µs; {without}", measured.findings()


def timecode(bench: Bench) -> Measured:
    """Quarter frames out: how even they are at the call of the port."""
    _tell("timecode out")
    stamps_ns = loading.timecode_stamps(bench.directory / "timecode", bench.plan.timecode_s)
    off_ns = [later - earlier - loading.quarter_frame_ns() for earlier, later in pairwise(stamps_ns)]
    return "", value_findings("timecode out, quarter frame off by", off_ns, len(off_ns), inf, 1000.0)


def timecode_in(bench: Bench) -> Measured:
    """Cues of a song that follows code which another program sends through JACK."""
    if jack_missing():
        return f"chase: left out, {REASON_MISSING}", []
    _tell("timecode in")
    off_ns = chase_errors(bench.directory / "chase", bench.plan.timecode_s)
    return "", value_findings("timecode in, cue off the code by", off_ns, len(off_ns), inf, 40_000.0)


def arming(bench: Bench) -> Measured:
    """Arming a show of 100, 1,000 and 10,000 cues, and one cue after an edit."""
    figures = {}
    lines = []
    for cues in loading.ARMED:
        _tell(f"arming {cues} cues")
        figures[cues] = each = loading.solo("arm", cues)
        took = f"read {each['read_ms']:.0f} ms, join {each['join_ms']:.0f} ms, arm {each['arm_ms']:.0f} ms"
        lines.append(f"{cues} cues: {took}, {each['mb']:.1f} MB")
    return "\n".join(lines), loading.arming_findings(figures)


def opening(bench: Bench) -> Measured:
    """A show of ten thousand cues, opened: until GO in its window works, its memory, and another house."""
    _tell("opening in another house")
    findings = [
        Finding("10,000 cues opened in another house", loading.venue_load_s(bench.directory / "house"), 1.0, "s")
    ]
    if (reason := Window.missing()) is not None:
        return f"opening in a window was not measured: {reason}", findings
    _tell("opening in a window")
    opened = loading.opening(bench.built.probe, bench.directory / "opening")
    return "", [
        Finding("10,000 cues opened, to a usable window", opened.usable_s, 2.0, "s"),
        *findings,
        Finding("engine with 10,000 cues", opened.engine_mb, 160.0, "MB"),
        Finding("window with 10,000 cues", opened.window_mb, 350.0, "MB"),
    ]


def resolve(bench: Bench) -> Measured:
    """The state at t of 20,000 cues on 2,000 parameters."""
    _tell("resolving")
    figures = loading.solo("resolve", 20_000, 2_000)
    taken = figures["ms"]
    text = f"state at t, {figures['parameters']} parameters: p50 {percentile(taken, 50):.1f} ms"
    return text, [Finding("state at t, p95", percentile(taken, 95), 5.0, "ms")]


def evening(bench: Bench) -> Measured:
    """The sample concert, as fast as it goes."""
    _tell("the sample concert at full speed")
    seconds, cues = loading.evening(bench.directory)
    return "", [Finding(f"virtual evening, {cues} cues", seconds, 30.0, "s")]


def paint(bench: Bench) -> Measured:
    """The timeline of 20,000 clips, at every zoom."""
    _tell("painting")
    return "", loading.paint_findings(loading.solo("paint", 20_000))


MEASURES: dict[str, Measure] = {
    "dispatch": dispatch,
    "flood": flood,
    "crowd": crowd,
    "many": many,
    "relay": relay,
    "go": go,
    "chain": chain,
    "drift": drift,
    "panic": panic,
    "fades": fades,
    "timecode": timecode,
    "chase": timecode_in,
    "arming": arming,
    "opening": opening,
    "resolve": resolve,
    "evening": evening,
    "paint": paint,
}


def main(words: Sequence[str]) -> int:
    """Measure, print, and return 0; 1 when the bench could not run."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("measure", nargs="*", help=f"which of {', '.join(MEASURES)} (all)")
    parser.add_argument("--blocks", type=int, default=5, help="of each subject that is interleaved (5)")
    parser.add_argument("--cues", type=int, default=500, help="timed cues a block, 4 ms apart (500)")
    parser.add_argument("--steps", type=int, default=20, help="steps of the chain a block (20)")
    parser.add_argument("--long-steps", type=int, default=600, help="steps of the chain whose drift is taken (600)")
    parser.add_argument("--triggers", type=int, default=150, help="OSC triggers a block (150)")
    parser.add_argument("--presses", type=int, default=150, help="presses of GO; half as many of panic (150)")
    parser.add_argument("--fade-s", type=float, default=60.0, help="how long the fades take (60)")
    parser.add_argument("--timecode-s", type=float, default=15.0, help="how long timecode runs (15)")
    asked = vars(parser.parse_args(words))
    chosen = asked.pop("measure") or list(MEASURES)
    if unknown := set(chosen) - set(MEASURES):
        parser.error(f"no measure {', '.join(sorted(unknown))}; there are {', '.join(MEASURES)}")
    if min(asked.values()) < 1:
        parser.error("every count is at least 1")
    print(_machine())
    try:
        with tempfile.TemporaryDirectory(prefix="showcaller-bench-") as directory:
            _run(Bench(compile_all(Path(directory)), Path(directory), Plan(**asked)), chosen)
    except (BenchError, ProgramError, HandError, AssertionError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    return 0


def _run(bench: Bench, chosen: Sequence[str]) -> None:
    findings: list[Finding] = []
    begun_s = time.monotonic()
    for name in chosen:
        text, found = MEASURES[name](bench)
        _tell("")
        if text:
            print(f"\n{text}", flush=True)
        findings += found
    print(f"\nin {time.monotonic() - begun_s:.0f} s, {summary(findings)}")


def _held(title: str, rows: Sequence[Row], aim: Aim, what: str) -> Measured:
    """A table of rows, and ours held against the first of them."""
    findings: list[Finding] = []
    for each in rows:
        if each.name.startswith(OURS):
            variant = each.name.removeprefix(OURS)
            findings += row_findings(f"{what}{',' if variant else ''}{variant}", each, rows[0], aim)
    return table(title, rows, aim, OURS), findings


def _machine() -> str:
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, Linux {platform.release()}, Python {platform.python_version()}, load {load:.1f}"


def _tell(what: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{what}", end="\r", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
