"""A show follows timecode that another program sends through JACK: how far its cues are from the code, on the wire."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from console.vocabulary import Go
from tests.support.chase_stand import Sender, arrivals, chase_of, open_song
from tests.support.jackd import JackServer
from tests.support.mtc_sender import RATES, label_to_count
from tests.support.showcaller import EngineChild

pytestmark = pytest.mark.rig


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


def assert_with_the_code(off_s: list[float], rate: str) -> None:
    """Within a frame of the code, and none before it by more; where the machine starves a process, one may be late."""
    frame_s = 1 / RATES[rate][0]
    assert min(off_s) > -frame_s, off_s
    assert median(off_s) < frame_s, off_s


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
    assert_with_the_code(list(off_s.values()), rate)
    chase = chase_of(window)
    assert (chase.word, chase.active) == ("locked", "deck")
    assert "timecode waiting: deck" in engine.log
    assert "timecode locked: deck at 01:00:0" in engine.log
    if rate != "25":
        return
    sender.roll("01:00:20:00", rate)  # a jump: fourteen seconds behind bar 1
    jumped = arrivals(desk, 4)
    beats = [(beat, sender.code_s(at_ns) - zero_s - beat * 0.5) for beat, at_ns in jumped if beat > 28]
    assert [beat for beat, _ in beats] == sorted({beat for beat, _ in beats})
    assert_with_the_code([off for _, off in beats], rate)
    sender.stop()
    window.until(lambda: window.snapshot is not None and window.snapshot.playhead.state == "held", "the hold")
    assert chase_of(window).word == "lost"
