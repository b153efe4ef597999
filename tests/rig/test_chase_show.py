"""A show follows timecode that another program sends through JACK: how far its cues are from the code, on the wire."""

from __future__ import annotations

import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest

from console.show.rundown import Item
from console.show.show import Rules
from console.show.show_file import write_show
from console.vocabulary import ChaseState, Go, HealthChanged
from tests.support.builders import CALLED, ROLES, at_bar, light, make_cue, make_show, make_song
from tests.support.jackd import JackServer
from tests.support.mtc_sender import RATES, label_to_count
from tests.support.osc_bytes import parse
from tests.support.showcaller import EngineChild, Window, house_file

pytestmark = pytest.mark.rig

SENDER = Path(__file__).parents[1] / "support" / "mtc_sender.py"

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
        assert self._answer() == "ready"
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


@pytest.fixture
def sender(jack: JackServer) -> Iterator[Sender]:
    with Sender(jack) as process:
        yield process


@pytest.fixture
def desk() -> Iterator[socket.socket]:
    """Where the light cues arrive."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        yield listening


@pytest.fixture
def engine(tmp_path: Path, jack: JackServer, sender: Sender) -> Iterator[EngineChild]:
    with EngineChild(tmp_path / "engine", env=jack.variables) as process:
        yield process


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


@pytest.mark.parametrize("rate", ["24", "25", "29.97df", "30"])
def test_cues_follow_the_code_of_another_program_within_a_frame(
    engine: EngineChild, sender: Sender, desk: socket.socket, tmp_path: Path, rate: str
) -> None:
    colon = ";" if rate == "29.97df" else ":"
    window = open_song(engine, tmp_path, desk, rate, f"01:00:02{colon}00")
    window.do(Go())
    assert chase_of(window).word == "waiting"
    sender.roll("01:00:05:00", rate)  # three seconds behind the first click: the show is put there
    zero_s = label_to_count("01:00:02:00", rate) * RATES[rate][2] / RATES[rate][1] + 4
    first = arrivals(desk, 5)
    off_s = {beat: sender.code_s(at_ns) - zero_s - beat * 0.5 for beat, at_ns in first}
    assert list(off_s) == [0, 1, 2, 3, 4]
    assert all(abs(off) < 1 / RATES[rate][0] for off in off_s.values()), off_s
    chase = chase_of(window)
    assert (chase.word, chase.active) == ("locked", "deck")
    if rate != "25":
        return
    sender.roll("01:00:20:00", rate)  # a jump: fourteen seconds behind bar 1
    jumped = arrivals(desk, 4)
    beats = [(beat, sender.code_s(at_ns) - zero_s - beat * 0.5) for beat, at_ns in jumped if beat > 28]
    assert [beat for beat, _ in beats] == sorted({beat for beat, _ in beats})
    assert all(abs(off) < 0.04 for _, off in beats), beats
    sender.stop()
    window.until(lambda: window.snapshot is not None and window.snapshot.playhead.state == "held", "the hold")
    assert chase_of(window).word == "lost"
