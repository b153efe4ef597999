"""Engine and windows on real sockets: the server stands in a loop that the test turns, the clients are real.

The test turns the loop until what it waits for has come; every wait is on a descriptor or on a thread.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest

from console.link.client import Gap, LinkClient, Received
from console.link.codec import encode
from console.link.doorway import LONGEST_PATH, LinkError
from console.link.messages import (
    LINK_VERSION,
    Bye,
    Edited,
    EditFrame,
    EditRefused,
    Hello,
    Live,
    NoticeFrame,
    Opened,
    OpenFrame,
    OpenRefused,
    OpenShow,
    RequestFrame,
    ShowFrame,
    SnapshotFrame,
    VenueCard,
)
from console.link.peers import MOST_FACTS, READ_BYTES
from console.link.server import KEPT_ROWS, MOST_WINDOWS, LinkServer
from console.loop.clocks import RealClock
from console.loop.loop import Loop
from console.loop.waiters import RealWaiter
from console.show.edits import SetShow, apply
from console.show.show import Show
from console.vocabulary import Answered, Fire, Go, LedgerRow, Notice, Said
from tests.support.builders import big_show, song_show
from tests.support.logs import ExpectedLogs
from tests.support.recording_outlet import RecordingOutlet
from tests.support.small_engine import SmallEngine
from tests.support.virtual_clock import EVENING

T = TypeVar("T")
SHOW = song_show()
HOUSE = VenueCard(id="arena", name="Arena")


def opened(show: Show = SHOW, revision: int = 1, run: str = "run-1") -> OpenShow:
    return OpenShow(show=show.model_dump_json(), revision=revision, venue=HOUSE, run=run, run_kind="rehearsal")


class OneShow:
    """A host with one show that can be edited, and a shelf with one other."""

    def __init__(self) -> None:
        self.show = SHOW
        self.revision = 1
        self.server: LinkServer | None = None

    def open(self, frame: OpenFrame) -> Opened | OpenRefused:
        if frame.show == "broken":
            raise RuntimeError("the file bit")
        if frame.show != "big":
            return OpenRefused(id=frame.id, words=f"there is no show {frame.show}")
        assert self.server is not None
        self.server.open_show(opened(big_show(50), run="run-2"))
        return Opened(id=frame.id)

    def edit(self, frame: EditFrame, seq: int) -> Edited | EditRefused:
        if frame.revision != self.revision:
            return EditRefused(id=frame.id, words="somebody was faster", revision=self.revision)
        self.show, _ = apply(self.show, frame.edit)
        self.revision += 1
        return Edited(seq=seq, id=frame.id, by=frame.by, revision=self.revision, edit=frame.edit)


class Unjournalled:
    def spend(self, cues: object) -> None:
        raise AssertionError("nothing here is once per show")


class Booth:
    """An engine that a test turns by hand, and the windows of that test."""

    def __init__(self, directory: Path, stack: ExitStack, *, tcp: bool = False, token: str = "") -> None:
        self.path = directory / "engine.sock"
        self.stack = stack
        self.host = OneShow()
        self.server = LinkServer(self.path, self.host, tcp=tcp, token=token)
        stack.callback(self.server.close)
        self.host.server = self.server
        clock = RealClock(EVENING.tzinfo)  # type: ignore[arg-type]
        self.waiter = RealWaiter(clock)
        stack.callback(self.waiter.close)
        self.outlet = RecordingOutlet()
        self.loop = Loop(
            SmallEngine(zero_ns=clock.now_ns()),
            clock=clock,
            waiter=self.waiter,
            outlet=self.outlet,
            journal=Unjournalled(),
            sources=[self.server],
            audience=[self.server],
        )
        self.threads = ThreadPoolExecutor(4)
        stack.callback(self.threads.shutdown)

    def until(self, question: Callable[[], T | None]) -> T:
        """Turn the loop until the question has an answer. Snapshots keep it turning; a test that hangs times out."""
        while (answer := question()) is None or answer is False:
            self.loop.turn()
        return answer

    def later(self, call: Callable[[], T]) -> T:
        """The result of a blocking call in another thread, while the loop turns."""
        future: Future[T] = self.threads.submit(call)
        self.until(lambda: future.done())
        return future.result()

    def attach(self, **wishes: object) -> LinkClient:
        client = self.later(lambda: LinkClient.connect(self.path, **wishes))  # type: ignore[arg-type]
        self.stack.callback(client.close)
        return client

    def receive(self, client: LinkClient, wanted: Callable[[Received], bool]) -> list[Received]:
        """Everything the client gets up to the first frame that is wanted."""
        received: list[Received] = []

        def has_come() -> bool:
            received.extend(client.receive())
            return any(wanted(frame) for frame in received)

        self.until(has_come)
        return received

    def attach_live(self, **wishes: object) -> LinkClient:
        client = self.attach(**wishes)
        self.receive(client, lambda frame: isinstance(frame, Live))
        return client

    def tell(self, *notices: Notice) -> None:
        self.server.tell((), notices)

    def raw(self) -> socket.socket:
        """A connection that follows no rules."""
        raw = socket.socket(socket.AF_UNIX)
        raw.connect(str(self.path))
        raw.setblocking(False)
        self.stack.callback(raw.close)
        return raw

    def words_to(self, raw: socket.socket) -> str:
        """The words of the goodbye to a raw connection."""
        heard = bytearray()

        def ended() -> bool:
            try:
                piece = raw.recv(65536)
            except BlockingIOError:
                return False
            heard.extend(piece)
            return not piece

        self.until(ended)
        return bytes(heard[4:]).decode()


@pytest.fixture
def short_path() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="link-") as directory:
        yield Path(directory)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def booth(short_path: Path, stack: ExitStack) -> Booth:
    return Booth(short_path, stack)


def is_answer(request: int) -> Callable[[Received], bool]:
    return lambda frame: (
        isinstance(frame, NoticeFrame) and isinstance(frame.notice, Answered) and frame.notice.request == request
    )


def row(seq: int) -> LedgerRow:
    return LedgerRow(
        at_ns=seq,
        seq=seq,
        item="song",
        cue=f"c{seq}",
        role="lx",
        device="desk",
        command="cue.fire",
        cue_s=0.0,
        due_s=0.0,
        sent_s=0.0,
        late_us=0,
        outcome="sent",
        by="playhead",
        trigger="bar 1",
    )


# -- attaching ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tcp", [False, True])
def test_a_new_window_gets_the_truth(short_path: Path, stack: ExitStack, tcp: bool) -> None:
    booth = Booth(short_path, stack, tcp=tcp)
    booth.server.open_show(opened())
    booth.tell(*(row(n) for n in range(1, 2 * KEPT_ROWS + 1)), Said(at_ns=9, severity="warning", words="desk is away"))
    client = booth.attach()
    assert client.welcome.pid == os.getpid()
    assert client.welcome.opened == opened()
    received = booth.receive(client, lambda frame: isinstance(frame, SnapshotFrame))
    rows = [f.notice.seq for f in received if isinstance(f, NoticeFrame) and isinstance(f.notice, LedgerRow)]
    assert rows == [*range(KEPT_ROWS + 1, 2 * KEPT_ROWS + 1)]
    assert [f.notice.words for f in received if isinstance(f, NoticeFrame) and isinstance(f.notice, Said)] == [
        "desk is away"
    ]
    assert sum(isinstance(frame, Live) for frame in received) == 1
    assert not any(isinstance(frame, Gap) for frame in received)


def test_a_show_of_ten_thousand_cues_arrives_whole(booth: Booth) -> None:
    show = big_show(10_000)
    booth.server.open_show(opened(show))
    client = booth.attach(timeout_s=20.0)
    assert client.welcome.opened is not None
    assert Show.model_validate_json(client.welcome.opened.show) == show


def test_an_engine_that_is_only_coming_up_is_waited_for(short_path: Path, stack: ExitStack) -> None:
    with ThreadPoolExecutor(1) as threads:
        early = threads.submit(LinkClient.connect, short_path / "engine.sock", "", 20.0)
        booth = Booth(short_path, stack)
        booth.until(early.done)
        early.result().close()


def test_where_no_engine_is_the_error_says_so_in_time(short_path: Path) -> None:
    with pytest.raises(LinkError, match="no engine answers there"):
        LinkClient.connect(short_path / "engine.sock", timeout_s=0.05)


def test_an_engine_that_does_not_answer_is_an_error_in_one_line(short_path: Path, booth: Booth) -> None:
    with pytest.raises(LinkError, match=r"did not answer \(timed out\)"):
        LinkClient.connect(booth.path, timeout_s=0.05)  # nobody turns the loop


def test_a_file_that_is_no_engine_is_told(short_path: Path) -> None:
    (short_path / "engine.sock").write_text("[]")
    with pytest.raises(LinkError, match="neither a socket nor an engine's card"):
        LinkClient.connect(short_path / "engine.sock", timeout_s=0.05)


def test_another_version_and_a_wrong_token_are_refused_with_words(short_path: Path, stack: ExitStack) -> None:
    booth = Booth(short_path, stack, token="sesame")  # noqa: S106  a word for the test
    with pytest.raises(LinkError, match="the engine refused: the token is wrong"):
        booth.attach(token="simsim")  # noqa: S106
    booth.attach(token="sesame")  # noqa: S106
    raw = booth.raw()
    raw.send(encode(Hello(version=LINK_VERSION + 1, token="sesame")))  # noqa: S106
    assert "version" in booth.words_to(raw)


def test_the_token_on_the_card_opens_a_loopback_door(short_path: Path, stack: ExitStack) -> None:
    booth = Booth(short_path, stack, tcp=True)
    assert booth.path.stat().st_mode & 0o777 == 0o600
    booth.attach()
    with pytest.raises(LinkError, match="the token is wrong"):
        booth.attach(token="guess")  # noqa: S106


def test_no_more_windows_than_there_is_room_for(booth: Booth) -> None:
    for _ in range(MOST_WINDOWS):
        booth.attach()
    with pytest.raises(LinkError, match=f"{MOST_WINDOWS} windows are attached"):
        booth.attach()
    assert booth.server.windows == MOST_WINDOWS


# -- requests and facts ------------------------------------------------------------------------------------------------


def test_a_request_is_done_answered_and_seen_by_all(booth: Booth) -> None:
    asker, other = booth.attach_live(), booth.attach_live()
    other.send(Fire(id=41, cue="x"))
    booth.receive(other, is_answer(41))
    asker.send(Go(id=41))
    received = booth.receive(asker, is_answer(41))
    assert len(booth.outlet.sent) == 1
    rows = booth.receive(other, lambda f: isinstance(f, NoticeFrame) and isinstance(f.notice, LedgerRow))
    answers = [f.notice for f in rows if isinstance(f, NoticeFrame) and isinstance(f.notice, Answered)]
    assert [(answer.request, answer.name) for answer in answers] == [(0, "go")]
    assert not any(isinstance(frame, Gap) for frame in (*received, *rows))


def test_facts_follow_one_another_without_a_gap(booth: Booth) -> None:
    client = booth.attach_live()
    booth.tell(*(row(n) for n in range(1, 1001)))
    received = booth.receive(client, lambda f: isinstance(f, NoticeFrame) and f.notice == row(1000))
    facts = [frame for frame in received if isinstance(frame, NoticeFrame)]
    assert [frame.notice for frame in facts] == [row(n) for n in range(1, 1001)]
    assert [b.seq - a.seq for a, b in pairwise(facts)] == [1] * 999
    assert not any(isinstance(frame, Gap) for frame in received)


def test_a_gap_is_seen(stack: ExitStack) -> None:
    near, far = socket.socketpair()
    stack.callback(near.close)
    client = LinkClient(far, numbered=True)
    stack.callback(client.close)
    far.setblocking(False)
    note = Said(at_ns=1, severity="note", words="x")
    near.sendall(b"".join(encode(f) for f in (NoticeFrame(seq=3, notice=note), Live(next_seq=7))))
    near.sendall(b"".join(encode(NoticeFrame(seq=seq, notice=note)) for seq in (7, 9, 10)))
    assert [frame for frame in client.receive() if isinstance(frame, Gap)] == [Gap(expected=8, came=9)]


def test_who_wants_no_snapshots_gets_none(booth: Booth) -> None:
    script, window = booth.attach_live(subscribe=("facts",)), booth.attach_live()
    received = [
        *booth.receive(window, lambda frame: isinstance(frame, SnapshotFrame)),
        *booth.receive(window, lambda frame: isinstance(frame, SnapshotFrame)),
    ]
    assert any(isinstance(frame, SnapshotFrame) for frame in received)
    assert [frame for frame in script.receive() if isinstance(frame, SnapshotFrame)] == []


def test_who_wants_no_facts_still_gets_its_answers(booth: Booth) -> None:
    script = booth.attach_live(subscribe=())
    booth.tell(row(1))
    script.send(Go(id=5))
    received = booth.receive(script, is_answer(5))
    assert len(received) == 1


# -- the show ----------------------------------------------------------------------------------------------------------


def test_an_edit_reaches_all_and_later_windows_see_the_same_show(booth: Booth) -> None:
    booth.server.open_show(opened())
    one, two = booth.attach_live(), booth.attach_live()
    one.send_edit(SetShow(fields={"title": "First"}), 1, edit_id=8)
    mine = booth.receive(one, lambda frame: isinstance(frame, Edited))
    theirs = booth.receive(two, lambda frame: isinstance(frame, Edited))
    assert [(f.id, f.revision) for f in mine if isinstance(f, Edited)] == [(8, 2)]
    assert [(f.id, f.revision) for f in theirs if isinstance(f, Edited)] == [(0, 2)]
    two.send_edit(SetShow(fields={"title": "Second"}), 1, edit_id=9)
    refused = booth.receive(two, lambda frame: isinstance(frame, EditRefused))
    assert EditRefused(id=9, words="somebody was faster", revision=2) in refused
    late = booth.attach()
    assert late.welcome.opened is not None
    show = Show.model_validate_json(late.welcome.opened.show)
    for frame in booth.receive(late, lambda frame: isinstance(frame, Live)):
        if isinstance(frame, Edited):
            show, _ = apply(show, frame.edit)
    assert show == booth.host.show
    assert show.title == "First"


def test_another_show_is_opened_for_all_or_refused_with_words(booth: Booth, expected_logs: ExpectedLogs) -> None:
    one, two = booth.attach_live(), booth.attach_live()
    one.send_open("nowhere", "arena", open_id=1)
    refused = booth.receive(one, lambda frame: isinstance(frame, OpenRefused))
    assert OpenRefused(id=1, words="there is no show nowhere") in refused
    one.send_open("big", "arena", open_id=2)
    received = booth.receive(one, lambda frame: isinstance(frame, Opened))
    assert [f.opened.run for f in received if isinstance(f, ShowFrame) and f.opened] == ["run-2"]
    received = booth.receive(two, lambda frame: isinstance(frame, ShowFrame))
    assert not any(isinstance(frame, Gap) for frame in received)
    expected_logs.expect("opening broken in arena failed")
    one.send_open("broken", "arena", open_id=3)
    refused = booth.receive(one, lambda frame: isinstance(frame, OpenRefused))
    assert [f.words for f in refused if isinstance(f, OpenRefused)] == ["broken in arena failed to open: the file bit"]


# -- windows that misbehave --------------------------------------------------------------------------------------------


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


# -- the end -----------------------------------------------------------------------------------------------------------


def test_an_engine_that_ends_says_so_and_one_that_is_gone_is_noticed(booth: Booth, stack: ExitStack) -> None:
    client = booth.attach_live()
    booth.server.close("the show is over")
    assert client.receive()[-1] == Bye(words="the show is over")
    assert client.receive() == []
    assert not client.is_open
    assert client.fileno() == -1
    with pytest.raises(LinkError, match="attach again"):
        client.send(Go())
    near, far = socket.socketpair()
    lonely = LinkClient(far, numbered=True)
    stack.callback(lonely.close)
    far.setblocking(False)
    near.close()
    assert lonely.receive() == [Bye(words="the engine has gone")]


def test_a_window_that_leaves_is_taken_off_the_list(booth: Booth) -> None:
    with booth.attach_live():
        assert booth.server.windows == 1
    booth.until(lambda: booth.server.windows == 0)


# -- the doorway -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tcp", [False, True])
def test_where_an_engine_listens_no_second_one_may(short_path: Path, stack: ExitStack, tcp: bool) -> None:
    Booth(short_path, stack, tcp=tcp)
    with pytest.raises(LinkError, match="another engine listens there"):
        LinkServer(short_path / "engine.sock", OneShow(), tcp=tcp)
    (short_path / "engine.sock.lock").unlink()  # somebody tidied up: the answer at the door still decides
    with pytest.raises(LinkError, match="another engine listens there"):
        LinkServer(short_path / "engine.sock", OneShow(), tcp=tcp)


@pytest.mark.parametrize("tcp", ["", "tcp"])
def test_what_a_killed_engine_left_is_replaced(short_path: Path, stack: ExitStack, tcp: str) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(short_path / "engine.sock"), tcp], check=True)
    assert (short_path / "engine.sock").exists()
    Booth(short_path, stack).attach()


KILLED = """
import os, sys
from pathlib import Path
from console.link.doorway import Doorway
door = Doorway(Path(sys.argv[1]), tcp=bool(sys.argv[2]))
os._exit(0)
"""


def test_a_clean_end_leaves_no_socket(short_path: Path) -> None:
    LinkServer(short_path / "engine.sock", OneShow()).close()
    assert [path.name for path in short_path.iterdir()] == ["engine.sock.lock"]
    LinkServer(short_path / "engine.sock", OneShow()).close()


def test_a_directory_open_to_others_and_a_path_too_long_are_refused(short_path: Path) -> None:
    shared = short_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    with pytest.raises(LinkError, match="open to other users"):
        LinkServer(shared / "engine.sock", OneShow())
    with pytest.raises(LinkError, match="choose a shorter one"):
        LinkServer(short_path / ("x" * LONGEST_PATH), OneShow())


def test_a_file_of_somebodys_is_not_taken_away(short_path: Path) -> None:
    (short_path / "engine.sock").write_text("my notes")
    with pytest.raises(LinkError, match="neither a socket nor an engine's card"):
        LinkServer(short_path / "engine.sock", OneShow())
    assert (short_path / "engine.sock").read_text() == "my notes"


def test_the_directory_is_made_for_the_user_alone(short_path: Path) -> None:
    server = LinkServer(short_path / "run" / "engine.sock", OneShow())
    assert (short_path / "run").stat().st_mode & 0o777 == 0o700
    assert server.path.stat().st_mode & 0o777 == 0o600
    server.close()
