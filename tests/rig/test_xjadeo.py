"""xjadeo follows raw OSC and raw MTC: the fixture is proven before the product drives it."""

import os
import signal
from fractions import Fraction
from pathlib import Path

import pytest

from tests.support.film import write_film
from tests.support.midi_wire import MidiWire
from tests.support.osc_bytes import osc
from tests.support.program import ProgramError
from tests.support.xjadeo import Xjadeo

SEEK_37 = b"/jadeo/seek\x00,i\x00\x00\x00\x00\x00\x25"


def quarter_frames(frame: int) -> list[bytes]:
    """The eight messages of the label of `frame` at 25 frames a second (MTC 1.0, rate code 01)."""
    minute, second, rest = frame // 1500, frame // 25 % 60, frame % 25
    nibbles = [rest & 15, rest >> 4, second & 15, second >> 4, minute & 15, minute >> 4, 0, 0b0010]
    return [bytes([0xF1, piece << 4 | nibble]) for piece, nibble in enumerate(nibbles)]


def full_frame(hour: int, minute: int, second: int, frame: int) -> bytes:
    return bytes([0xF0, 0x7F, 0x7F, 0x01, 0x01, 0x20 | hour, minute, second, frame, 0xF7])


def test_it_starts_on_the_first_picture_following_nobody(xjadeo: Xjadeo) -> None:
    xjadeo.await_frame(0)
    assert xjadeo.get("syncsource") == "0"
    assert xjadeo.get("frames") == "1500"
    assert xjadeo.get("framerate") == "25"


def test_a_seek_by_osc_changes_the_picture(xjadeo: Xjadeo) -> None:
    assert osc("/jadeo/seek", 37) == SEEK_37
    xjadeo.send(SEEK_37)
    xjadeo.await_frame(37)
    xjadeo.send(osc("/jadeo/seek", 1499))
    xjadeo.await_frame(1499)


def test_a_film_is_loaded_by_osc(xjadeo: Xjadeo, tmp_path: Path) -> None:
    other = write_film(tmp_path / "other.avi", frames=60, rate=Fraction(30))
    xjadeo.send(osc("/jadeo/load", str(other)))
    xjadeo.until(lambda: xjadeo.get("file") == str(other), "the other film")
    assert (xjadeo.get("frames"), xjadeo.get("framerate")) == ("60", "30")
    xjadeo.send(osc("/jadeo/seek", 59))
    xjadeo.await_frame(59)


def test_an_mtc_full_frame_locates_it(xjadeo: Xjadeo, mtc: MidiWire) -> None:
    mtc.send(full_frame(0, 0, 10, 3))
    xjadeo.await_frame(253)
    mtc.send(full_frame(0, 0, 2, 24))
    xjadeo.await_frame(74)


def test_an_offset_by_osc_shifts_timecode(xjadeo: Xjadeo, mtc: MidiWire) -> None:
    xjadeo.send(osc("/jadeo/offset", -3600 * 25))
    xjadeo.until(lambda: xjadeo.get("offset") == "-90000", "the offset")
    mtc.send(full_frame(1, 0, 4, 0))
    xjadeo.await_frame(100)


def test_quarter_frames_roll_it_and_a_seek_is_ignored_meanwhile(xjadeo: Xjadeo, mtc: MidiWire) -> None:
    seen = []
    for label in range(250, 290, 2):
        for message in quarter_frames(label):
            mtc.send(message)
            xjadeo.pause(0.01)
        seen.append(xjadeo.frame())
        if label == 270:
            xjadeo.send(osc("/jadeo/seek", 1000))
    rolling = seen[2:]  # it believes the code once two labels are whole
    assert rolling == sorted(rolling)
    # Eight quarter frames after its first piece a label is two frames old; xjadeo adds them. One frame either
    # way is the player's own rounding and its redraw.
    distance = [frame - label for frame, label in zip(seen, range(250, 290, 2), strict=True)][2:]
    assert set(distance) <= {1, 2, 3}
    xjadeo.await_frame(290)  # the code has stopped: it rests where the last piece 7 was, 288 + 7/4 frames


def test_a_seek_works_again_after_the_timecode(xjadeo: Xjadeo, mtc: MidiWire) -> None:
    mtc.send(full_frame(0, 0, 10, 0))
    xjadeo.await_frame(250)
    xjadeo.follow_nobody()
    xjadeo.send(SEEK_37)
    xjadeo.await_frame(37)


def test_a_player_that_died_says_so(xjadeo: Xjadeo) -> None:
    os.kill(xjadeo.pid, signal.SIGKILL)
    with pytest.raises(ProgramError, match="xjadeo: ended by itself with code -9"):
        xjadeo.pause(5.0)
    assert not xjadeo.alive
