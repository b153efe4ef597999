"""How far cues are from timecode that another program sends through JACK: the chase as a desk would see it."""

from __future__ import annotations

import socket
from pathlib import Path

from console.vocabulary import Go
from tests.support.chase_stand import BEAT_S, Sender, arrivals, open_song
from tests.support.jackd import JackServer
from tests.support.mtc_sender import RATES, label_to_count
from tests.support.showcaller import EngineChild

TC_START = "01:00:02:00"
COUNT_IN_S = 4.0
MOST_BEATS = 60


def chase_errors(directory: Path, seconds: float, rate: str = "25") -> list[int]:
    """Nanoseconds that each cue arrived after the code stood at its beat; negative: before."""
    directory.mkdir(parents=True, exist_ok=True)
    with (
        JackServer() as jack,
        Sender(jack) as sender,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as desk,
        EngineChild(directory / "engine", env=jack.variables) as engine,
    ):
        desk.bind(("127.0.0.1", 0))
        window = open_song(engine, directory, desk, rate, TC_START)
        window.do(Go())
        sender.roll("01:00:05:00", rate)
        zero_s = label_to_count(TC_START, rate) * RATES[rate][2] / RATES[rate][1] + COUNT_IN_S
        beats = min(MOST_BEATS, max(4, round(seconds / BEAT_S)))
        return [round((sender.code_s(at_ns) - zero_s - beat * BEAT_S) * 1e9) for beat, at_ns in arrivals(desk, beats)]
