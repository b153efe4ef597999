"""A show that follows timecode which another program sends through JACK, and how far its cues are from the code."""

from __future__ import annotations

import select
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

from console.show.rundown import Item
from console.show.show import Rules
from console.show.show_file import write_show
from console.vocabulary import ChaseState, HealthChanged
from tests.support.builders import CALLED, ROLES, at_bar, light, make_cue, make_show, make_song
from tests.support.jackd import JackServer
from tests.support.mtc_sender import RATES, label_to_count
from tests.support.osc_bytes import parse
from tests.support.showcaller import EngineChild, Window, house_file

SENDER = Path(__file__).parent / "mtc_sender.py"

HOUSE = """
id = "rig"
name = "Rig"
time_zone = "Europe/London"
rate = "$rate"

[timecode]
freewheel_frames = 12
jam_frames = 5

[[timecode.in]]
id = "deck"
kind = "mtc"
midi_port = "deck:out"
rate = "$rate"

[[devices]]
id = "desk"
profile = "generic/osc"
host = "127.0.0.1"
port = $desk
latency_ms = 0

[[roles]]
id = "lighting.main"
main = "desk"
"""

BEATS = [(bar, beat) for bar in range(1, 16) for beat in range(1, 5)]
"""A cue on each: half a second apart, from four seconds behind the first click on."""

BEAT_S = 0.5


class Sender:
    """The generator, and what the code says at an instant."""

    def __init__(self, jack: JackServer) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(SENDER), "deck"],
            env=jack.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        answer = self._answer()
        assert answer == "ready", f"the generator did not come up: {answer or 'it ended'}"
        self._label, self._rate, self._begun_ns = "", "25", 0

    def roll(self, label: str, rate: str) -> None:
        """Send from that label on."""
        self._label, self._rate = label, rate
        self._begun_ns = int(self._tell(f"roll {label} {rate}"))

    def stop(self) -> None:
        """Fall silent."""
        self._tell("stop")

    def code_s(self, at_ns: int) -> float:
        """Seconds of real time since midnight that its code stands at."""
        _, top, bottom, _ = RATES[self._rate]
        return label_to_count(self._label, self._rate) * bottom / top + (at_ns - self._begun_ns) / 1e9

    def _tell(self, words: str) -> str:
        assert self._process.stdin is not None
        self._process.stdin.write(words + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=20)


def open_song(engine: EngineChild, tmp_path: Path, desk: socket.socket, rate: str, tc_start: str) -> Window:
    """One song of 36 s that follows code, with a light cue on every beat; its port is there."""
    beats = [make_cue(f"b{n}", f"1.{n:03}", at_bar(*at), light(str(n))) for n, at in enumerate(BEATS)]
    start = make_cue("start", "0.5", CALLED, light("999"), starts_item=True)
    item = Item(id="song", kind="song", title="Song", planned_s=36.0, song="song")
    song = make_song(tc_start=tc_start, clock="chase")
    roles = tuple(role for role in ROLES if role.id == "lighting.main")
    show = make_show(start, *beats, songs=(song,), items=(item,), roles=roles, rules=Rules(go_gap_ms=0), rate=rate)
    write_show(tmp_path / "song.json", show)
    house = house_file(tmp_path / "rig.toml", HOUSE, desk=desk.getsockname()[1], rate=rate)
    window = engine.attach()
    assert window.open(tmp_path / "song.json", house) is None
    window.until(lambda: is_open(window), "the port of the deck")
    return window


def is_open(window: Window) -> bool:
    said = window.said(HealthChanged, device="timecode.in.deck")
    return bool(said) and said[-1].severity == "good"


def chase_of(window: Window) -> ChaseState:
    chase = window.next_snapshot().chase
    assert chase is not None
    return chase


def arrivals(desk: socket.socket, count: int) -> list[tuple[int, int]]:
    """(beat, CLOCK_MONOTONIC instant) of the next cues on beats."""
    found: list[tuple[int, int]] = []
    while len(found) < count:
        assert select.select([desk], [], [], 20.0)[0], f"no cue came; so far {found}"
        packet, at_ns = desk.recv(4096), time.monotonic_ns()
        _, args = parse(packet)
        if args[2] != "999":
            found.append((int(str(args[2])), at_ns))
    return found
