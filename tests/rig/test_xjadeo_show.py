"""A show drives xjadeo: the picture chases our timecode through JACK, and cues load and seek films by OSC.

How far a picture is from the show is told without luck. The engine says at which instant it answered a request;
what is read between two answers was read between their instants, however long the machine took over it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Literal

import pytest

from console.record.reading import read_as_run
from console.show.rundown import Item
from console.show.show import Role, Rules, Show
from console.show.show_file import write_show
from console.show.songs import Vamp
from console.vocabulary import Go, GoKeyUp, HealthChanged, Hold, LedgerRow, Locate, Roll, Send, Stop
from tests.support.builders import CALLED, make_cue, make_show, make_song, step
from tests.support.film import write_film
from tests.support.jackd import JackServer
from tests.support.showcaller import EngineChild, Showcaller, Window, house_file
from tests.support.xjadeo import MTC_PORT, Xjadeo

pytestmark = pytest.mark.rig

S = 1_000_000_000
FPS = 25
ZERO_FRAME = (2 + 4) * FPS
"""The film's frame at bar 1: the song's code starts at 00:00:02:00, with four seconds of count-in."""

HEARD_FRAMES = 4
"""What a follower of quarter frames may add to a label: two frames until it is whole, two more until the next is."""

HOUSE = """
id = "rig"
name = "Rig"
time_zone = "Europe/London"
rate = "25"

[[devices]]
id = "player"
profile = "xjadeo/xjadeo"
host = "127.0.0.1"
port = $port

[[roles]]
id = "video.server"
main = "player"
"""

TIMECODE_HOUSE = f"""{HOUSE}
[timecode]
freewheel_frames = 12
jam_frames = 5

[[timecode.out]]
id = "film"
kind = "mtc"
midi_port = "{MTC_PORT}"
rate = "25"
"""

CAN_BE_SENT_TO = "can be sent to; it has no way to answer"

ROLE = Role(id="video.server", department="VID", verbs=("clip.play", "clip.load", "transport.locate"))


def film_show(film: Path, vamp: Vamp | None = None) -> Show:
    """One song of 36 s whose code lies inside the film; its start loads the film. ``vamp``: 16 s to 24 s."""
    start = make_cue("film", "1", CALLED, step("clip.play", clip=str(film)), role=ROLE.id, starts_item=True)
    item = Item(id="song", kind="song", title="Song", planned_s=36.0, song="song")
    return make_show(start, songs=(make_song(tc_start="00:00:02:00", vamp=vamp),), items=(item,), roles=(ROLE,))


def position_to_frame(position_ns: int) -> int:
    """The film's frame nearest to a position of the song."""
    return ZERO_FRAME + (position_ns * FPS + S // 2) // S


@dataclass
class Reading:
    """What the player said and showed, and the frames between which the show stood meanwhile."""

    first: int
    last: int
    said: int
    shown: int

    def distance(self, frame: int) -> int:
        """Frames that a reading is before (negative) or after what the show can have meant."""
        return min(0, frame - self.first) + max(0, frame - self.last)


def follow(window: Window, player: Xjadeo, count: int = 20) -> list[Reading]:
    """Readings of the player while the show rolls."""
    start = window.next_snapshot()
    assert start.playhead.state == "rolling"

    def frame_now() -> int:
        now_ns = window.do(GoKeyUp()).at_ns
        return position_to_frame(start.playhead.position_ns + now_ns - start.now_ns)

    readings = []
    for _ in range(count):
        first, said, shown, last = frame_now(), player.frame(), player.shown_frame(), frame_now()
        readings.append(Reading(first, last, said, shown))
        player.pause(0.04)
    return readings


def assert_follows(readings: list[Reading]) -> None:
    """It runs with the show: on average within a frame, and never ahead of it; a starved player may lag once."""
    said = [reading.distance(reading.said) for reading in readings]
    shown = [reading.distance(reading.shown) for reading in readings]
    assert abs(median(said)) <= 1, readings
    assert abs(median(shown)) <= 1, readings
    assert max(said) <= 2, readings
    frames = [reading.said for reading in readings]
    assert frames == sorted(frames)
    assert frames[-1] - frames[0] >= len(readings) // 2, readings


def assert_stands(player: Xjadeo, frame: int) -> None:
    """It comes to rest there, and stays: by its own word and on the screen."""
    player.await_frame(frame)
    for _ in range(10):
        player.pause(0.02)
        assert (player.frame(), player.shown_frame()) == (frame, frame)


@pytest.fixture
def engine(tmp_path: Path, jack: JackServer) -> Iterator[EngineChild]:
    with EngineChild(tmp_path / "engine", env=jack.variables) as process:
        yield process


def test_the_picture_chases_our_timecode(xjadeo: Xjadeo, engine: EngineChild, tmp_path: Path) -> None:
    xjadeo.chase_mtc()
    film = write_film(tmp_path / "song.avi")
    write_show(tmp_path / "song.json", film_show(film))
    window = engine.attach()
    house = house_file(tmp_path / "rig.toml", TIMECODE_HOUSE, port=xjadeo.osc_port)
    assert window.open(tmp_path / "song.json", house) is None
    window.until(
        lambda: window.said(HealthChanged, device="timecode.out.film", words=CAN_BE_SENT_TO), "the port to be open"
    )

    window.do(Go())
    xjadeo.until(lambda: xjadeo.get("file") == str(film), "the film of the start cue")
    count_in = follow(window, xjadeo)
    assert_follows(count_in)
    assert 50 <= count_in[0].first < ZERO_FRAME

    window.do(Locate(item="song", position_ns=8 * S))  # goes on rolling
    assert_follows(follow(window, xjadeo)[2:])  # it believes a jump once two labels are whole

    window.do(Hold())
    held = window.next_snapshot().playhead
    assert_stands(xjadeo, position_to_frame(held.position_ns))
    for seconds in (20.0, 3.48, -4.0):  # the last: the first click of the count-in
        window.do(Locate(item="song", position_ns=round(seconds * S)))
        assert_stands(xjadeo, ZERO_FRAME + round(seconds * FPS))
    window.do(Roll())
    assert_follows(follow(window, xjadeo)[2:])
    window.do(Stop())
    assert_stands(xjadeo, position_to_frame(window.next_snapshot().playhead.position_ns))

    rows = window.said(LedgerRow, role="timecode.out")
    assert all(row.outcome == "sent" for row in rows)
    labels = [row.command for row in rows if "quarter" not in row.command]
    assert labels[0] == "timecode label=00:00:02:00"
    assert {"timecode label=00:00:26:00", "timecode label=00:00:09:12"} <= set(labels)


@pytest.mark.parametrize("policy", ["loop", "hold"])
def test_the_picture_goes_round_with_a_vamp_as_its_code_does(
    xjadeo: Xjadeo, engine: EngineChild, tmp_path: Path, policy: Literal["loop", "hold"]
) -> None:
    xjadeo.chase_mtc()
    film = write_film(tmp_path / "song.avi")
    write_show(tmp_path / "song.json", film_show(film, Vamp(planned_repeats=3, timecode=policy)))
    window = engine.attach()
    house = house_file(tmp_path / "rig.toml", TIMECODE_HOUSE, port=xjadeo.osc_port)
    assert window.open(tmp_path / "song.json", house) is None
    window.until(
        lambda: window.said(HealthChanged, device="timecode.out.film", words=CAN_BE_SENT_TO), "the port to be open"
    )
    window.do(Go())
    xjadeo.until(lambda: xjadeo.get("file") == str(film), "the film of the start cue")
    window.do(Locate(item="song", position_ns=23 * S))
    window.until(lambda: window.snapshot is not None and window.snapshot.playhead.vamp_pass == 2, "the second pass")
    if policy == "loop":
        readings = follow(window, xjadeo)[2:]
        assert_follows(readings)
        assert readings[0].said < position_to_frame(18 * S)
    else:
        # The label that is repeated is bar 9's. A follower adds two frames for what hearing a label takes and counts on
        # while it hears the next, up to two more: between those it may stand anywhere, but it never runs away.
        bar_9 = position_to_frame(16 * S)
        xjadeo.until(lambda: bar_9 <= xjadeo.frame() <= bar_9 + HEARD_FRAMES, "the picture to stand at bar 9")
        stood = {reading.said for reading in follow(window, xjadeo)}
        assert bar_9 <= min(stood) <= max(stood) <= bar_9 + HEARD_FRAMES
        assert window.next_snapshot().playhead.position_ns > 16 * S + S // 4  # the show itself goes on


def test_a_headless_passage_rolls_the_picture_from_place_to_place(
    xjadeo: Xjadeo, jack: JackServer, film: Path, tmp_path: Path
) -> None:
    xjadeo.chase_mtc()
    write_show(tmp_path / "song.json", film_show(film))
    house = house_file(tmp_path / "rig.toml", TIMECODE_HOUSE, port=xjadeo.osc_port)
    record = tmp_path / "passage.sqlite"
    words = ("--venue", house, "--from", "song@1.1.0", "--to", "song@2.1.0", "--as-run", record)
    seen = []
    with Showcaller(tmp_path / "play", "play", tmp_path / "song.json", *words, env=jack.variables) as play:
        while play.alive:
            seen.append(xjadeo.frame())
            xjadeo.pause(0.02)
        assert play.ended() == 0, play.log
    rolling = [frame for frame in seen if frame >= ZERO_FRAME]
    assert rolling == sorted(rolling)
    assert len(set(rolling)) > 15
    code = [row for row in read_as_run(record) if row.role == "timecode.out"]
    assert [row.outcome for row in code] == ["sent"] * 4  # a full frame, the quarter frames' first and last, a full one
    assert code[0].command == "timecode label=00:00:06:00"
    assert code[2].count in range(190, 210)  # two seconds of a hundred
    seconds, frames = (int(part) for part in code[3].command.rsplit(":", 2)[1:])
    assert seconds * FPS + frames - ZERO_FRAME in range(50, 55)
    assert_stands(xjadeo, seconds * FPS + frames)


def test_cues_load_films_and_seek_in_them(xjadeo: Xjadeo, engine: EngineChild, tmp_path: Path) -> None:
    other = write_film(tmp_path / "other.avi", frames=300)
    cues = (
        make_cue("other", "1", CALLED, step("clip.play", clip=str(other), position_s=2.0), role=ROLE.id, item="talk"),
        make_cue("on", "2", CALLED, step("transport.locate", position_s=4.0), role=ROLE.id, item="talk"),
        make_cue("back", "3", CALLED, step("transport.locate", position_s=0.48), role=ROLE.id, item="talk"),
    )
    talk = Item(id="talk", kind="talk", title="Talk", planned_s=60.0)
    write_show(tmp_path / "talk.json", make_show(*cues, items=(talk,), roles=(ROLE,), rules=Rules(go_gap_ms=0)))
    house = house_file(tmp_path / "rig.toml", HOUSE, port=xjadeo.osc_port)
    window = engine.attach()
    assert window.open(tmp_path / "talk.json", house) is None
    for frame in (50, 100, 12):
        window.do(GoKeyUp())
        window.do(Go())
        xjadeo.await_frame(frame)
    assert xjadeo.get("file") == str(other)
    window.do(Send(role=ROLE.id, verb="transport.locate", args={"position_s": 11.96}))
    xjadeo.await_frame(299)
    sent = window.until(lambda: window.said(LedgerRow, device="player", trigger="line check"), "its row")
    assert [row.outcome for row in window.said(LedgerRow, device="player")] == ["sent"] * 4
    assert sent[0].command == "transport.locate position_s=11.96"
