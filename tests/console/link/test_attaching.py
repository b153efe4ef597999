"""Windows come and go: what a new one is told, who is refused and why, and what the end looks like."""

from __future__ import annotations

import os
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from console.link.client import Gap, LinkClient
from console.link.codec import encode
from console.link.doorway import LinkError
from console.link.messages import (
    LINK_VERSION,
    Bye,
    Hello,
    Live,
    NoticeFrame,
    SnapshotFrame,
)
from console.link.server import KEPT_ROWS, MOST_WINDOWS
from console.show.show import Show
from console.vocabulary import Go, LedgerRow, Said
from tests.support.builders import big_show
from tests.support.link_booth import Booth, opened, row


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
    for _ in range(20):  # the door may be shut before or after the greeting is out: the words arrive either way
        with pytest.raises(LinkError, match=f"{MOST_WINDOWS} windows are attached"):
            booth.attach()
    assert booth.server.windows == MOST_WINDOWS


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
