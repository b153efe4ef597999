"""What travels while attached: requests, facts in order, snapshots, edits, another show."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from itertools import pairwise

from console.link.client import Gap, LinkClient
from console.link.codec import encode
from console.link.messages import (
    Edited,
    EditRefused,
    Live,
    NoticeFrame,
    Opened,
    OpenRefused,
    ShowFrame,
    SnapshotFrame,
)
from console.show.edits import SetShow, apply
from console.show.show import Show
from console.vocabulary import Answered, Fire, Go, LedgerRow, Said
from tests.support.link_booth import Booth, is_answer, opened, row
from tests.support.logs import ExpectedLogs


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
