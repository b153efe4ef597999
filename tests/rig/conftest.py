"""The rig: real programs on loopback, each in a home of its own under pytest's temporary directory.

`jack`, `display` and `film` last for the session; `xjadeo`, `scsynth` and `qlcplus` start fresh for each test
(0.1 to 0.3 s). A test is skipped only where its program is not installed. A product process finds the JACK
server through `jack.env`; a test that opens JACK ports in its own process asks for `jack_env`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.film import write_film
from tests.support.jackd import REASON_MISSING, JackServer, jack_missing
from tests.support.midi_wire import MidiWire
from tests.support.program import Program
from tests.support.qlcplus import Qlcplus
from tests.support.qlcplus_workspace import Button, Chase, Slider, Widget
from tests.support.scsynth import Scsynth
from tests.support.synthdef import tone
from tests.support.xjadeo import Xjadeo
from tests.support.xvfb import Xvfb

QLCPLUS_WIDGETS: list[Widget] = [
    *(Slider(f"/dimmer/{number}", (number,)) for number in range(1, 9)),
    Slider("/front", (11, 12, 13)),
    Button("/scene/1", ((17, 255), (18, 128))),
    Button("/scene/2", ((19, 64),)),
    Chase("/chase", (((21, 255), (22, 0)), ((21, 0), (22, 255))), step_ms=100),
]


def installed(program: type[Program]) -> type[Program]:
    """The program, or a skip that says what to install."""
    if reason := program.missing():
        pytest.skip(reason)
    return program


@pytest.fixture(scope="session")
def jack() -> Iterator[JackServer]:
    """A dummy JACK server: 48 kHz, 128 frames (2.67 ms) a period."""
    if jack_missing():
        pytest.skip(REASON_MISSING)
    with JackServer() as server:
        yield server


@pytest.fixture
def jack_env(jack: JackServer) -> Iterator[JackServer]:
    """`jack`, found by JACK clients of this process while the test lasts."""
    with jack.entered():
        yield jack


@pytest.fixture(scope="session")
def display(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Xvfb]:
    """An X display without a screen; its pixels can be read."""
    installed(Xvfb)
    with Xvfb(tmp_path_factory.mktemp("xvfb")) as server:
        yield server


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One minute at 25 frames a second; every picture shows its number (0..1499)."""
    return write_film(tmp_path_factory.mktemp("film") / "numbers.avi")


@pytest.fixture
def xjadeo(tmp_path: Path, display: Xvfb, film: Path, jack: JackServer) -> Iterator[Xjadeo]:
    """A video player standing on frame 0 of `film`, following nobody."""
    installed(Xjadeo)
    with Xjadeo(tmp_path / "xjadeo", display=display, film=film, jack=jack) as player:
        yield player


@pytest.fixture
def mtc(xjadeo: Xjadeo, jack: JackServer) -> Iterator[MidiWire]:
    """A raw MIDI wire into `xjadeo`, which follows MTC from then on."""
    with MidiWire(jack, xjadeo.chase_mtc()) as wire:
        yield wire


@pytest.fixture
def scsynth(tmp_path: Path, jack: JackServer) -> Iterator[Scsynth]:
    """A sound server that knows one definition, `tone` (freq, amp, gate, meter), and plays nothing."""
    installed(Scsynth)
    with Scsynth(tmp_path / "scsynth", jack=jack) as server:
        server.load(tone())
        yield server


@pytest.fixture
def qlcplus(tmp_path: Path) -> Iterator[Qlcplus]:
    """A lighting desk in operate mode, all dark, with the console of QLCPLUS_WIDGETS."""
    installed(Qlcplus)
    with Qlcplus(tmp_path / "qlcplus", QLCPLUS_WIDGETS) as desk:
        yield desk
