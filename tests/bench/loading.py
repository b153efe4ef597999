"""Before the show, and without it: opening, arming, memory, the state at t, an evening at full speed, painting."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.samples.library import sample_path
from console.show.show_file import read_show
from tests.bench.console import START_S, Stage, Window, resident_mb
from tests.bench.figures import Finding, percentile
from tests.bench.hand import SPACE
from tests.bench.programs import BenchError
from tests.bench.shows import ITEM, TIMECODE_RATE, Ports, called_show, timed_show, write_all
from tests.bench.stopwatch import arrivals
from tests.support.showcaller import Showcaller

SOLO_WITHIN_S = 120.0
ARMED = (100, 1_000, 10_000)
PRESS_EVERY_S = 0.02
EVENING = ("half-light", "halcyon-dome")


@dataclass(frozen=True)
class Opening:
    """What opening a show of ten thousand cues came to."""

    usable_s: float
    engine_mb: float
    window_mb: float


def solo(*words: object) -> dict[str, Any]:
    """The figures of one of `solo`'s measures, taken in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.solo", *map(str, words)]
    measured = subprocess.run(command, capture_output=True, text=True, timeout=SOLO_WITHIN_S, check=False)
    if measured.returncode:
        raise BenchError(f"{' '.join(map(str, words))}: {measured.stderr.strip().splitlines()[-1]}")
    figures: dict[str, Any] = json.loads(measured.stdout)
    return figures


def opening(probe: Path, directory: Path) -> Opening:
    """`showcaller open` on a fresh screen, until a GO in its window has sent a datagram.

    The engine is the one the window starts; it is ended by the id it gives in its welcome.
    """
    stage = Stage(directory, called_show(100))
    window = Window(stage, "open", stage.show, "--venue", stage.house)
    engine_pid: int | None = None
    begun_ns = 0

    def press_until_it_goes() -> None:
        nonlocal begun_ns, engine_pid
        begun_ns = time.monotonic_ns()
        window.open_on_screen()
        window.await_show()
        engine_pid = stage.attach().welcome.pid
        window.hand.key(SPACE, down=True)

    try:
        window.start_screen()
        came = arrivals(probe, stage.probe_port, 1, press_until_it_goes, START_S, silence_ms=int(START_S * 1000))
        if not came or engine_pid is None:
            raise BenchError("GO in the window sent nothing")
        return Opening((came[0][0] - begun_ns) / 1e9, resident_mb(engine_pid), resident_mb(window.process.pid))
    finally:
        if engine_pid is not None:
            os.kill(engine_pid, signal.SIGTERM)
        window.stop()
        stage.close()


def venue_load_s(directory: Path) -> float:
    """A show of ten thousand cues that stands in one house, opened in another."""
    stage = Stage(directory, timed_show(100, 0.1))
    try:
        stage.start_engine()
        other = stage.house.with_name("other.toml")
        text = stage.house.read_text(encoding="utf-8").replace('id = "bench"', 'id = "other"')
        other.write_text(text, encoding="utf-8")
        return stage.open_in(other)
    finally:
        stage.close()


def evening(directory: Path) -> tuple[float, int]:
    """The sample concert in the sample arena as fast as it goes: seconds, and its cues."""
    show, venue = EVENING
    words = ("play", show, "--venue", venue, "--ghost", "all", "--go", "auto", "--speed", "max")
    begun_s = time.monotonic()
    with Showcaller(directory / "evening", *words, "--as-run", directory / "evening.asrun") as play:
        code = play.ended(SOLO_WITHIN_S)
        if code:
            raise BenchError(play.complaint(f"ended with code {code}"))
    return time.monotonic() - begun_s, len(read_show(sample_path(show)).show.cues)


def timecode_stamps(directory: Path, seconds: float) -> list[int]:
    """When each quarter frame was handed to the port, CLOCK_MONOTONIC ns; cues leave beside them."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as elsewhere:
        elsewhere.bind(("127.0.0.1", 0))
        port = elsewhere.getsockname()[1]
        show, house = write_all(directory, timed_show(int(seconds / 0.1), 0.1), Ports(port, port, port), timecode=True)
        command = [sys.executable, "-m", "tests.bench.timecode_stand", str(show), str(house), ITEM, str(seconds)]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=seconds + START_S, check=False)
    if ran.returncode:
        raise BenchError(f"timecode: {ran.stderr.strip().splitlines()[-1]}")
    stamps = [line.split() for line in ran.stdout.splitlines()]
    return [int(at_ns) for at_ns, message in stamps if message.startswith("f1")]


def quarter_frame_ns() -> int:
    """From one quarter frame to the next."""
    return round(1e9 / TIMECODE_RATE / 4)


def arming_findings(figures: dict[int, dict[str, Any]]) -> list[Finding]:
    """Of the largest show, from the file to an engine with everything armed, and an edit's re-arm."""
    largest = max(figures)
    loaded_s = sum(figures[largest][part] for part in ("read_ms", "join_ms", "arm_ms")) / 1000
    return [
        Finding(f"{largest} cues read, joined and armed", loaded_s, 2.0, "s"),
        Finding("re-arm after one edit, p95", percentile(figures[largest]["rearm_ms"], 95), 5.0, "ms"),
        Finding("its slices, p95", percentile(figures[largest]["slice_ms"], 95), 0.5, "ms"),
    ]


def paint_findings(figures: dict[str, list[float]]) -> list[Finding]:
    """Every zoom, and the playhead's step."""
    return [
        Finding(f"repaint at {zoom}, p95", percentile(taken, 95), 8.0, "ms")
        if zoom != "playhead"
        else Finding("playhead step, p95", percentile(taken, 95), 0.3, "ms")
        for zoom, taken in figures.items()
    ]
