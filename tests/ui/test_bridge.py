import socket
from dataclasses import dataclass, field

from pytestqt.qtbot import QtBot

from console.link.client import Gap
from console.link.messages import Edited, OpenRefused, Welcome
from console.show.edits import change_cue
from console.vocabulary import Hold, Roll, Said
from tests.support.builders import evening_show
from tests.support.fake_link import FakeLink, opened
from tests.support.snapshots import make_snapshot
from ui.bridge import Bridge


@dataclass
class Heard:
    """Everything a bridge told, by signal."""

    told: list[tuple[str, object]] = field(default_factory=list)

    def listen(self, bridge: Bridge) -> None:
        for name in ("show_opened", "edited", "snapshot_received", "open_refused", "link_lost"):
            getattr(bridge, name).connect(lambda what, name=name: self.told.append((name, what)))
        bridge.notice_received.connect(lambda notice, request: self.told.append(("notice", (notice, request))))

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.told]


def attached(link: FakeLink) -> tuple[Bridge, Heard]:
    bridge, heard = Bridge(), Heard()
    heard.listen(bridge)
    link.on_arrival = bridge.read
    bridge.attach(link)
    return bridge, heard


def test_what_came_with_the_welcome_is_told_at_once(qtbot: QtBot) -> None:
    show = opened(evening_show())
    _, heard = attached(FakeLink(welcome=Welcome(pid=1, opened=show)))
    assert heard.told == [("show_opened", show)]


def test_requests_are_numbered_and_answers_come_with_what_they_answer(qtbot: QtBot) -> None:
    link = FakeLink(refusals={"roll": "it rolls already"})
    bridge, heard = attached(link)
    assert bridge.send(Hold()) == 1
    assert bridge.send(Roll()) == 2
    link.tell()
    answers = [what for name, what in heard.told if name == "notice"]
    assert [(notice.request, notice.refused, request) for notice, request in answers] == [  # type: ignore[misc,has-type]
        (1, None, Hold(id=1)),
        (2, "it rolls already", Roll(id=2)),
    ]


def test_of_several_snapshots_the_last_is_told_and_facts_keep_their_order(qtbot: QtBot) -> None:
    show = evening_show()
    link = FakeLink()
    _, heard = attached(link)
    heard.told.clear()
    first, last = make_snapshot(show, "song", 1), make_snapshot(show, "song", 2)
    said = [Said(at_ns=n, severity="note", words=str(n)) for n in range(2)]
    edited = Edited(seq=9, by="x", revision=1, edit=change_cue("song-verse", {"label": "x"}))
    link.tell(first, said[0], last, edited, said[1], OpenRefused(id=1, words="no such show"))
    assert heard.told == [
        ("notice", (said[0], None)),
        ("snapshot_received", last),
        ("edited", edited),
        ("notice", (said[1], None)),
        ("open_refused", "no such show"),
    ]


def test_an_engine_that_goes_is_told_once_and_asked_no_more(qtbot: QtBot) -> None:
    link = FakeLink()
    bridge, heard = attached(link)
    link.lose("killed")
    assert heard.told[-1] == ("link_lost", "killed")
    assert link.closed
    assert not bridge.is_attached
    assert bridge.send(Hold()) is None
    assert not bridge.open("a", "b")
    bridge.read()
    assert heard.names.count("link_lost") == 1


def test_a_send_that_fails_loses_the_link(qtbot: QtBot) -> None:
    link = FakeLink()
    bridge, heard = attached(link)
    link.on_arrival = None
    link.lose()
    assert bridge.send(Hold()) is None
    assert heard.names[-1] == "link_lost"


def test_a_gap_is_as_good_as_a_lost_link(qtbot: QtBot) -> None:
    link = FakeLink()
    bridge, heard = attached(link)
    link.tell(Gap(3, 5), Said(at_ns=0, severity="note", words="after the gap"))
    assert heard.names[-1] == "link_lost"
    assert not bridge.is_attached


def test_a_new_link_lets_go_of_the_old(qtbot: QtBot) -> None:
    old, new = FakeLink(), FakeLink()
    bridge, _ = attached(old)
    bridge.attach(new)
    assert (old.closed, new.closed) == (True, False)
    assert bridge.open("show", "venue")
    assert new.openings == [("show", "venue")]


class WatchedLink(FakeLink):
    """A link with a descriptor of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.ours, self.theirs = socket.socketpair()

    def fileno(self) -> int:
        return self.ours.fileno()

    def receive(self) -> list[object]:  # type: ignore[override]
        self.ours.setblocking(False)
        try:
            self.ours.recv(64)
        except BlockingIOError:
            return []
        return super().receive()  # type: ignore[return-value]

    def close(self) -> None:
        super().close()
        self.ours.close()
        self.theirs.close()


def test_qt_watches_the_descriptor(qtbot: QtBot) -> None:
    link = WatchedLink()
    bridge = Bridge()
    bridge.attach(link)
    with qtbot.waitSignal(bridge.notice_received):
        link.tell(Said(at_ns=0, severity="note", words="hello"))
        link.theirs.send(b"!")
    bridge.detach()
    assert link.closed
    bridge.deleteLater()
