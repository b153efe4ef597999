"""Devices on real loopback sockets: what leaves for them, and clear words for what cannot be reached or opened."""

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from console.record.reading import read_as_run, read_runs
from console.show.cues import Cue, OnMessage
from console.show.rundown import Item
from console.show.show import FreeList
from console.show.show_file import write_show
from console.vocabulary import EndItem, Go, LedgerRow, Said
from tests.support.builders import CALLED, LOAD, ROLES, at_offset, light, make_cue, make_show, step
from tests.support.osc_bytes import osc, parse
from tests.support.ports import free_port
from tests.support.showcaller import EngineChild, Showcaller, house_file

DESK_HOUSE = """
id = "booth"
name = "Booth"
time_zone = "Asia/Tokyo"
rate = "25"

[remote]
bind = "127.0.0.1"
port = $remote
allow = ["127.0.0.1"]

[[devices]]
id = "desk"
profile = "generic/osc"
host = "127.0.0.1"
port = $desk

[[roles]]
id = "lighting.main"
main = "desk"
"""

BROKEN_HOUSE = f"""{DESK_HOUSE}
[[devices]]
id = "lost"
profile = "generic/osc"
host = "{"n" * 64}"
port = 9

[[devices]]
id = "cards"
profile = "midi/camera-cards"
midi_port = "A CABLE NOBODY HAS"

[[roles]]
id = "audio.foh"
main = "lost"

[[roles]]
id = "camera.cueing"
main = "cards"
"""
"""With a name that no name server is asked for: a part of one has 63 signs at most."""

LOST_WORDS = f"lost: host {'n' * 64} cannot be looked up ("
REMEDY = "): check the name, or give the address in numbers"

ACT = (
    make_cue("ready", "1", LOAD, light("1"), item="act"),
    make_cue("start", "2", CALLED, light("2"), item="act", starts_item=True),
    make_cue("later", "3", at_offset(0.3), light("3"), item="act"),
    make_cue("hot", "1", OnMessage(on="message", source="osc", address="/hot"), light("9"), item=None, list="hot"),
)
"""A light cue at the load, at the press, a little later, and one for a message from outside."""

UNREACHED = (
    make_cue("scene", "2.1", at_offset(0.1), step("scene.recall", scene=5), role="audio.foh", item="act"),
    make_cue(
        "shot", "2.2", at_offset(0.2), step("camera.shot", camera="1", shot="WS"), role="camera.cueing", item="act"
    ),
)


@dataclass
class Booth:
    """A light desk that is a socket of the test's, a port for remotes, and the files of show and house."""

    desk: socket.socket
    remote_port: int
    folder: Path

    def files(self, house: str = DESK_HOUSE, *more: Cue) -> tuple[Path, str, Path]:
        """Written anew: SHOW --venue HOUSE."""
        roles = tuple(role for role in ROLES if f'id = "{role.id}"' in house)
        item = Item(id="act", kind="performance", title="The Act", planned_s=1.0)
        hot = FreeList(id="hot", title="Hot")
        show, venue = self.folder / "act.json", self.folder / "booth.toml"
        write_show(show, make_show(*ACT, *more, items=(item,), lists=(hot,), roles=roles))
        house_file(venue, house, desk=self.desk.getsockname()[1], remote=self.remote_port)
        return show, "--venue", venue

    def next_cue(self) -> str:
        """The number of the next light cue that arrives."""
        address, args = parse(self.desk.recv(1024))
        assert address == "/cue/fire"
        return str(args[2])


@pytest.fixture
def booth(tmp_path: Path) -> Iterator[Booth]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as desk:
        desk.bind(("127.0.0.1", 0))
        desk.settimeout(20.0)
        yield Booth(desk, free_port(), tmp_path)


def test_a_show_opened_over_the_link_loads_on_its_own_devices_every_time(booth: Booth) -> None:
    show, _, house = booth.files()
    with EngineChild(booth.folder / "home") as engine:
        window = engine.attach()
        assert window.client.welcome.opened is None
        assert window.ask(Go()).refused == "no show is open"
        runs = set()
        for _ in range(2):
            assert window.open(show, house) is None
            assert booth.next_cue() == "1"
            row = window.until(lambda: window.said(LedgerRow, cue="ready"), "the row of its load")[-1]
            assert row.outcome == "sent"
            assert row.due_s >= 0, "a run begins at zero"
            window.do(Go())
            assert booth.next_cue() == "2"
            assert booth.next_cue() == "3"
            assert window.open(show, house) == "a show is rolling: stop it before another is opened"
            window.do(EndItem(item="act"))
            runs.add(window.next_snapshot().run)
        assert window.open(show, booth.folder / "nowhere.toml") is not None
        assert window.next_snapshot().run in runs, "a refusal leaves everything as it was"
        assert not window.said(Said, severity="error")
        engine.process.terminate()  # type: ignore[union-attr]
        assert engine.ended() == 0
    records = [read_runs(path)[0].run for path in engine.records.glob("*.asrun")]
    assert set(records) == runs
    for path in engine.records.glob("*.asrun"):
        assert [row.cue for row in read_as_run(path) if row.sent_s is not None] == ["ready", "start", "later"]


def test_a_remote_port_that_is_taken_is_said_and_costs_the_remote_alone(booth: Booth) -> None:
    files = booth.files()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", booth.remote_port))
        words = (
            f"no remote control: UDP port {booth.remote_port} on 127.0.0.1 is in use: "
            "end the other program, or choose another port"
        )
        with EngineChild(booth.folder / "home", *files) as engine:
            window = engine.attach()
            assert engine.faults == [words]
            assert [said.words for said in window.said(Said, severity="error")] == [words]
            assert booth.next_cue() == "1"
            window.do(Go())
            assert booth.next_cue() == "2"
        with Showcaller(booth.folder / "play", "play", *files, "--go", "auto") as play:
            assert play.ended() == 0
            assert play.faults == [words]


def test_what_cannot_be_reached_is_said_first_and_the_others_play(booth: Booth) -> None:
    files = booth.files(BROKEN_HOUSE, *UNREACHED)
    record = booth.folder / "act.sqlite"
    with Showcaller(booth.folder / "play", "play", *files, "--go", "auto", "--as-run", record) as play:
        assert play.ended() == 1, "cues could not be sent as they should"
    lines = play.log.splitlines()
    began = next(number for number, line in enumerate(lines) if line.endswith("The Act"))
    said = {line.removeprefix("showcaller: ").partition(":")[0]: line for line in lines[:began]}
    assert said["lost"].startswith(f"showcaller: {LOST_WORDS}")
    assert said["lost"].endswith(REMEDY)
    assert "no MIDI system" in said["cards"] or "'A CABLE NOBODY HAS' is not there: plug it in" in said["cards"]
    assert [booth.next_cue() for _ in range(3)] == ["1", "2", "3"]
    outcomes = {row.cue: row.outcome for row in read_as_run(record)}
    assert {cue: outcomes[cue] for cue in ("ready", "start", "later")} == dict.fromkeys(
        outcomes.keys() - {"scene", "shot", "hot"}, "sent"
    )
    assert outcomes["scene"].startswith(f"failed: {LOST_WORDS.removeprefix('lost: ')}")
    assert outcomes["shot"].startswith("failed: ")


def test_a_headless_run_hears_its_remote_and_ends_with_its_record_closed(booth: Booth) -> None:
    record = booth.folder / "act.sqlite"
    with Showcaller(booth.folder / "play", "play", *booth.files(), "--as-run", record) as play:
        assert booth.next_cue() == "1"
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as remote:
            remote.sendto(osc("/hot"), ("127.0.0.1", booth.remote_port))
        assert booth.next_cue() == "9"
        assert play.process is not None
        play.process.terminate()
        assert play.ended() == 0
        assert "stopped by hand" in play.log
    assert [(row.cue, row.by) for row in read_as_run(record)] == [("ready", "playhead"), ("hot", "osc")]
    with closing(sqlite3.connect(record)) as reader:
        assert reader.execute("SELECT closed FROM runs").fetchall() == [(1,)]
    with Showcaller(booth.folder / "again", "play", *booth.files(), "--go", "auto", "--as-run", record) as again:
        assert again.ended() == 0
    assert len(read_runs(record)) == 2, "a second run does not go on with the first"
    assert [row.cue for row in read_as_run(record) if row.sent_s is not None] == ["ready", "start", "later"]


def test_an_as_run_that_cannot_be_kept_is_said_before_anything_is_sent(booth: Booth) -> None:
    nowhere = booth.folder / "no-such-folder" / "act.sqlite"
    with Showcaller(booth.folder / "play", "play", *booth.files(), "--as-run", nowhere) as play:
        assert play.ended() == 1
    assert play.log.count("\n") == 1
    assert play.faults[0].startswith(f"{nowhere}: cannot record there")
    booth.desk.setblocking(False)
    with pytest.raises(BlockingIOError):
        booth.desk.recv(1024)
