"""An evening with the engine as its own child: windows come and are killed, strangers talk nonsense, it plays on."""

import json
import random
import socket
import sqlite3
import struct
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from console.link.codec import encode
from console.link.messages import LINK_VERSION, Hello, RequestFrame
from console.record.reading import read_as_run, read_facts, read_requests, read_runs
from console.record.resuming import read_journal
from console.vocabulary import CueChanged, Go, GoKeyUp, ItemChanged, LedgerRow, Said
from tests.support.evening import HOT, Evening
from tests.support.osc_bytes import osc
from tests.support.showcaller import EngineChild, Showcaller, Window

NEGATIVE_BUNDLE = b"#bundle\0" + bytes(7) + b"\1" + b"\xff\xff\xff\xfc"
"""Twenty bytes on which python-osc by itself hangs for ever."""


def go(window: Window) -> None:
    window.do(Go())
    window.do(GoKeyUp())


def dial_raw(engine: EngineChild) -> socket.socket:
    """A connection that follows no rules."""
    raw = socket.socket(socket.AF_UNIX)
    raw.settimeout(20.0)
    raw.connect(str(engine.socket_path))
    return raw


def last_words(raw: socket.socket) -> str:
    """Everything up to the end that the engine puts to a connection."""
    heard = b""
    with raw, suppress(ConnectionResetError):
        while piece := raw.recv(65_536):
            heard += piece
    return heard.decode(errors="replace")


def assert_plays(window: Window) -> None:
    """It answers, and its clock and its playhead move on."""
    before = window.next_snapshot()
    window.do(GoKeyUp())
    after = window.next_snapshot()
    assert after.now_ns > before.now_ns
    assert after.playhead.state == "rolling"
    assert after.playhead.position_ns - before.playhead.position_ns == after.now_ns - before.now_ns


def test_a_window_is_welcomed_with_the_show_and_a_go_is_seen_to_leave(engine: EngineChild) -> None:
    window = engine.attach()
    opened = window.client.welcome.opened
    assert opened is not None
    assert window.client.welcome.pid == engine.pid
    assert opened.venue.id == "halcyon-dome"
    assert {device.mode for device in opened.venue.devices} == {"ghost"}
    assert window.next_snapshot().standbys["show"] == "open-film-010"
    go(window)
    window.until(lambda: len(window.said(LedgerRow, cue="open-film-010")) == 2, "a row for either media server")
    assert {row.outcome for row in window.said(LedgerRow, cue="open-film-010")} == {"sent"}
    assert window.said(ItemChanged, item="open-film", life="live")
    assert window.ask(Go()).refused is not None, "a second press at once is seen to be refused"
    lamps = {device.device: device.severity for device in window.next_snapshot().devices}
    assert set(lamps) == {card.id for card in opened.venue.devices} | {"timecode.out.main", "remote"}
    assert set(lamps.values()) == {"good"}


def test_a_window_killed_in_the_middle_of_a_word_is_replaced_within_a_second(engine: EngineChild) -> None:
    witness = engine.attach()
    go(witness)
    took_s = []
    for _ in range(3):
        killed = dial_raw(engine)
        killed.sendall(encode(Hello(name="killed")))
        killed.recv(1)  # it is in; from now on snapshots wait for it that it does not read
        killed.sendall(encode(RequestFrame(request=GoKeyUp()))[:9])
        killed.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        killed.close()
        began_s = time.monotonic()
        again = engine.attach(name="again")
        again.next_snapshot()
        took_s.append(time.monotonic() - began_s)
        assert_truth(again)
    assert min(took_s) < 1.0
    assert_plays(witness)


def assert_truth(window: Window) -> None:
    """What happened before it came: the run, the item, and the rows of the cue that was pressed."""
    opened, snapshot = window.client.welcome.opened, window.next_snapshot()
    assert opened is not None
    assert (snapshot.run, snapshot.playhead.item, snapshot.playhead.state) == (opened.run, "open-film", "rolling")
    assert {row.device for row in window.said(LedgerRow, cue="open-film-010")} == {"screens-a", "screens-b"}
    assert window.said(CueChanged, cue="open-film-010")[0].life == "running"
    assert "open-film-010" in snapshot.done


MALFORMED = {
    "no frame": b"\0\0\0\2{}",
    "no JSON": b"\0\0\0\4\xff\xfe\0{",
    "a frame of no length": b"\0\0\0\0",
    "a frame longer than any": b"\xff\xff\xff\xff" + b"x" * 100,
    "HTTP": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "a request before hello": encode(RequestFrame(request=Go())),
    "another version": encode(Hello(version=LINK_VERSION + 1)),
    "nonsense behind hello": encode(Hello()) + b"\0\0\0\x10" + b"[" * 16,
    "half of a deep one": encode(Hello()) + b"\0\x0f\xff\xff" + b"[" * 70_000,
}


def test_strangers_on_the_link_are_let_go_alone(engine: EngineChild) -> None:
    window = engine.attach()
    go(window)
    for what, sent in MALFORMED.items():
        raw = dial_raw(engine)
        with suppress(BrokenPipeError, ConnectionResetError):  # it may be shown the door before it has finished
            raw.sendall(sent)
        if what.startswith("half"):
            raw.close()
        else:
            assert '"kind":"bye"' in last_words(raw), what
        assert_plays(window)
    assert not window.said(Said, severity="error")


def test_nonsense_at_the_trigger_port_stops_nothing_and_a_trigger_behind_it_fires(
    engine: EngineChild, evening: Evening
) -> None:
    window = engine.attach()
    go(window)
    chance = random.Random(5310)
    good = osc("/hot/blinder", "full")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.connect(("127.0.0.1", evening.remote_port))

        def say(datagram: bytes) -> None:
            stranger.send(datagram)

        for nonsense in (b"", b"/", NEGATIVE_BUNDLE, b"#bundle\0", good[:-4], good + b"\0", bytes(65_000)):
            say(nonsense)
        for _ in range(300):
            broken = bytearray(good)
            for _ in range(chance.randrange(1, 6)):
                broken[chance.randrange(1, len(broken))] = chance.randrange(256)
            say(bytes(broken[: chance.randrange(len(broken) + 1)]))
        say(osc("/hot/blinder", "half"))
        say(osc("/nobody/waits/for/this", 1))
        assert_plays(window)
        assert not window.said(CueChanged, cue=HOT), "nothing of that was the trigger"

        before = len(window.said(LedgerRow, cue=HOT))
        window.until(lambda: say(good) or len(window.said(LedgerRow, cue=HOT)) > before, "the hot cue to fire")
    row = window.said(LedgerRow, cue=HOT)[0]
    assert (row.device, row.outcome, row.by, row.trigger) == ("lx-main", "sent", "osc", "/hot/blinder")
    assert_plays(window)
    assert not window.said(Said, severity="error")


@pytest.mark.parametrize("rolling", [True, False])
def test_sigterm_ends_it_with_the_record_closed(engine: EngineChild, tmp_path: Path, rolling: bool) -> None:
    window = engine.attach()
    if rolling:
        go(window)
    assert engine.process is not None
    engine.process.terminate()
    assert engine.ended() == 0
    assert window.last_words() == "the engine ends"
    assert not engine.socket_path.exists()

    (record,) = engine.records.glob("*.asrun")
    assert sorted(path.suffix for path in engine.records.iterdir() if path.is_file()) == [".asrun", ".journal"], (
        "one file each, no -wal"
    )
    with closing(sqlite3.connect(record)) as reader:
        assert reader.execute("SELECT closed FROM runs").fetchall() == [(1,)]
    (run,) = read_runs(record)
    assert window.client.welcome.opened is not None
    assert run.run == window.client.welcome.opened.run
    assert [row.cue for row in read_as_run(record)].count("open-film-010") == (2 if rolling else 0)
    assert [request.kind for _, request, _ in read_requests(record)] == (["go", "go_key_up"] if rolling else [])
    assert any(isinstance(fact, ItemChanged) for fact in read_facts(record))
    (journal,) = engine.records.glob("*.journal")
    assert read_journal(journal).ended

    with Showcaller(tmp_path / "reader", "as-run", record, "--json") as reader:
        assert reader.ended() == 0
        assert len(reader.log.splitlines()) == len(list(read_as_run(record)))


def test_a_second_engine_is_turned_away_and_the_first_plays_on(engine: EngineChild, tmp_path: Path) -> None:
    window = engine.attach()
    with Showcaller(tmp_path / "second", "engine", "--socket", engine.socket_path) as second:
        assert second.ended() == 1
        assert second.faults == [f"{engine.socket_path}: another engine listens there; attach to it or end it first"]
    go(window)
    assert_plays(window)


def test_state_attached_shows_what_was_sent_beside_what_is_wanted(engine: EngineChild, evening: Evening) -> None:
    window = engine.attach()
    item = next(iter(window.next_snapshot().items)).item
    place = ("state", evening.show, "--venue", evening.house, "--at", item, "--socket", engine.socket_path)
    with Showcaller(engine.runtime / "asks", *place, "--json") as asking:
        assert asking.ended() == 0
        found = json.loads(asking.log)["parameters"]
    assert found
    assert all(each["at_devices"] is not None for each in found)
    with Showcaller(engine.runtime / "table", *place, "--attach") as asking:
        assert asking.ended() == 0
        assert "expected" in asking.log
        assert "reported" in asking.log
    with Showcaller(engine.runtime / "nobody", *place[:-1], engine.runtime / "nobody.sock") as asking:
        assert asking.ended() == 2
        assert asking.faults[0].startswith("no engine to attach to")
