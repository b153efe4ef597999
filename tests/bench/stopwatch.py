"""The probe process from Python: what arrived when, and how long an answer took."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.bench.programs import BenchError, end, start_ready

SILENCE_MS = 1000

Arrival = tuple[int, bytes]
"""(CLOCK_MONOTONIC ns, payload)"""


def arrivals(
    probe: Path, port: int, count: int, run: Callable[[], object], within_s: float, silence_ms: int = SILENCE_MS
) -> list[Arrival]:
    """Listen on `port`, let `run` make things happen, and return what came, in order.

    Ends after `count` datagrams, or so much silence, before the first one too.
    """
    listener = start_ready([str(probe), "listen", str(port), str(count), str(silence_ms)])
    try:
        run()
        lines = _lines(listener, within_s + silence_ms / 1000)
    finally:
        end(listener)
    return [(int(stamp), bytes.fromhex(payload)) for stamp, _, payload in (line.partition(" ") for line in lines)]


def latencies(
    probe: Path, in_port: int, out_port: int, count: int, pace: tuple[int, int], payloads: tuple[bytes, ...]
) -> list[int]:
    """Nanoseconds from each of `count` triggers to its answer; the lost ones are left out.

    `pace` is the pause between an answer and the next trigger in nanoseconds: the least, and how much more.
    """
    words = [str(word) for word in (probe, "trigger", in_port, out_port, count, *pace, SILENCE_MS)]
    prober = start_ready([*words, *(payload.hex() for payload in payloads)])
    try:
        lines = _lines(prober, count * (sum(pace) / 1e9 + SILENCE_MS / 1000))
    finally:
        end(prober)
    return [int(line) for line in lines if line != "lost"]


def _lines(process: subprocess.Popen[bytes], within_s: float) -> list[str]:
    try:
        written, _ = process.communicate(timeout=within_s + SILENCE_MS / 1000 + 10)
    except subprocess.TimeoutExpired:
        raise BenchError(f"the probe did not end within {within_s:.0f} s and some") from None
    if process.returncode:
        raise BenchError(f"the probe failed with code {process.returncode}; it said why above")
    return written.decode().split("\n")[:-1]
