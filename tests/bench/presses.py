"""Presses: GO over the link, GO in the window, and panic; from the press to the first datagram it causes.

Presses come at uneven distances, so as not to walk in step with the window's frames or the engine's snapshots.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from console.vocabulary import Fire, Panic, ReleasePanic
from tests.bench.console import Stage, Window
from tests.bench.figures import answers_ns
from tests.bench.hand import SPACE
from tests.bench.shows import ITEM, SAFE_PAYLOADS, called_show, fade_show, payload
from tests.bench.stopwatch import Arrival, arrivals

KEY_DOWN_S = 0.03
"""How long a finger stays on a key."""

GAP_S = (0.02, 0.06)
"""Between two presses, the least and the most."""

FADES = 100
FADE_S = 60.0
FADES_BEFORE_PANIC_S = 0.15
WARM_UP = 10
"""The first presses pay for cold caches and code: they are not counted."""

Press = Callable[[], int]
"""Press once, let go, and return the instant just before the press."""


def go_over_link(probe: Path, directory: Path, count: int) -> list[int]:
    """From just before a `LinkClient` sends GO to its cue's datagram, in a show of ten thousand cues."""
    stage = Stage(directory, called_show(count + WARM_UP))
    try:
        stage.start_engine()
        return _answers(probe, stage, stage.go, count, cue_payloads(count))
    finally:
        stage.close()


def go_in_window(probe: Path, directory: Path, count: int) -> list[int]:
    """From just before the server is told of the key to the datagram, while the timeline is being dragged."""
    stage = Stage(directory, called_show(count + WARM_UP))
    window = Window(stage)

    def press() -> int:
        now_ns = window.hand.key(SPACE, down=True)
        _pause(KEY_DOWN_S)
        window.hand.key(SPACE, down=False)
        return now_ns

    try:
        stage.start_engine()
        window.start()
        window.drag()
        return _answers(probe, stage, press, count, cue_payloads(count))
    finally:
        window.stop()
        stage.close()


def panic(probe: Path, directory: Path, count: int, *, fading: bool) -> list[int]:
    """From just before a `LinkClient` sends panic to the first byte of the safe list; with 100 fades under way."""
    stage = Stage(directory, fade_show(FADES, FADE_S, 0, 1.0))

    def press() -> int:
        if fading:
            stage.ask(Fire(cue=f"{ITEM}-start"))
            _pause(FADES_BEFORE_PANIC_S)
        now_ns = stage.ask(Panic())
        _pause(KEY_DOWN_S)
        stage.ask(ReleasePanic())
        return now_ns

    try:
        stage.start_engine()
        return _answers(probe, stage, press, count, SAFE_PAYLOADS)
    finally:
        stage.close()


def cue_payloads(count: int) -> Collection[bytes]:
    """What the called cues send."""
    return {payload(number) for number in range(count + WARM_UP)}


def _answers(probe: Path, stage: Stage, press: Press, count: int, wanted: Collection[bytes]) -> list[int]:
    presses_ns: list[int] = []
    lots = random.Random(count)

    def run() -> None:
        for _ in range(count + WARM_UP):
            presses_ns.append(press())
            _pause(lots.uniform(*GAP_S))

    came = arrivals(probe, stage.probe_port, _ENOUGH, run, 1.0)
    return counted_answers_ns(presses_ns, came, wanted)


def counted_answers_ns(presses_ns: Sequence[int], came: Sequence[Arrival], wanted: Collection[bytes]) -> list[int]:
    """The answers to the presses that count, by arrivals of the payloads that are wanted."""
    return answers_ns(presses_ns, [at_ns for at_ns, each in came if each in wanted])[WARM_UP:]


def _pause(seconds: float) -> None:
    _NEVER.wait(seconds)


_ENOUGH = 1_000_000
_NEVER = threading.Event()
