"""Windows that talk nonsense, stop reading or are killed cost nobody but themselves anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from console.link.client import Gap
from console.link.codec import encode
from console.link.messages import (
    Bye,
    Hello,
    RequestFrame,
    SnapshotFrame,
)
from console.link.peers import MOST_FACTS, READ_BYTES
from console.vocabulary import Fire, Go
from tests.support.link_booth import Booth, is_answer, row
from tests.support.logs import ExpectedLogs


def test_nonsense_drops_its_sender_alone(booth: Booth, expected_logs: ExpectedLogs) -> None:
    expected_logs.expect("what is no frame")
    good = booth.attach_live()
    raw = booth.raw()
    raw.send(encode(Hello()) + b"\0\0\0\2{}")
    assert "not understood" in booth.words_to(raw)
    good.send(Go(id=3))
    booth.receive(good, is_answer(3))
    assert booth.server.windows == 1


def test_who_does_not_say_hello_is_not_heard(booth: Booth) -> None:
    raw = booth.raw()
    raw.send(encode(RequestFrame(request=Go(id=1))))
    assert "hello" in booth.words_to(raw)
    assert booth.outlet.sent == []


def test_a_window_that_is_killed_leaves_the_others_and_the_show_alone(booth: Booth, short_path: Path) -> None:
    good = booth.attach_live()
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(booth.path)], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
    )
    assert child.stdout is not None
    with child:
        attached = booth.threads.submit(child.stdout.readline)
        booth.until(attached.done)
        assert attached.result() == "attached\n"
        assert booth.server.windows == 2
        child.kill()
        booth.until(lambda: booth.server.windows == 1)
    good.send(Go(id=3))
    booth.receive(good, is_answer(3))


CHILD = """
import select, sys
from pathlib import Path
from console.link.client import LinkClient
client = LinkClient.connect(Path(sys.argv[1]), timeout_s=20)
print("attached", flush=True)
while client.is_open:
    select.select([client], [], [])
    client.receive()
"""


def test_a_window_that_does_not_read_keeps_the_newest_snapshot_and_is_let_go_when_facts_pile_up(booth: Booth) -> None:
    good, slow = booth.attach_live(), booth.attach_live(name="slow")
    told = 0
    while booth.server.windows == 2:
        booth.tell(*(row(n) for n in range(told, told + 100)))
        told += 100
        booth.waiter.wake()
        booth.loop.turn()
        good.receive()
        assert told < 10 * MOST_FACTS
    received = booth.receive(slow, lambda frame: isinstance(frame, Bye))
    assert isinstance(received[-1], Bye)
    assert "facts behind: attach again" in received[-1].words
    assert not any(isinstance(frame, Gap) for frame in received)
    assert sum(isinstance(frame, SnapshotFrame) for frame in received) < 50
    assert not slow.is_open
    good.send(Go(id=3))
    booth.receive(good, is_answer(3))


def test_a_window_that_talks_without_end_is_heard_a_turn_at_a_time(booth: Booth) -> None:
    talker = booth.attach_live(subscribe=())
    raw_go = encode(RequestFrame(request=Fire(id=1, cue="x")))
    raw = booth.raw()
    raw.send(encode(Hello(subscribe=())))
    booth.until(lambda: booth.server.windows == 2)
    raw.setblocking(True)
    raw.sendall(raw_go * 1000)
    heard = [len(booth.server.read(0)) for _ in range(20)]
    assert sum(heard) == 1000
    assert max(heard) <= READ_BYTES // len(raw_go) + 1
    talker.close()
