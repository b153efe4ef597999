"""The engine's end of the link: a source of requests and an audience of facts, for any number of windows.

It stands in the loop's own ``select`` and never blocks it: facts are numbered when told and sent when nothing is due,
a window takes a bounded share of a turn, and one that is killed, slow or talks nonsense is let go alone.
"""

from __future__ import annotations

import hmac
import logging
import os
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final, Protocol

from console.link.codec import Malformed, encode
from console.link.doorway import HAS_UNIX, Doorway
from console.link.messages import (
    LINK_VERSION,
    BeginFrame,
    Bye,
    Edited,
    EditFrame,
    EditRefused,
    FindingFrame,
    Hello,
    InquiryFrame,
    Live,
    NoticeFrame,
    Opened,
    OpenFrame,
    OpenRefused,
    OpenShow,
    ParameterStates,
    RequestFrame,
    ShowFrame,
    SnapshotFrame,
    ToEngine,
    UndoFrame,
    ValuesFrame,
    Welcome,
)
from console.link.peers import Peer
from console.ports import InboxItem
from console.vocabulary import (
    Answered,
    Confirmed,
    CueChanged,
    LedgerRow,
    LineTicked,
    Notice,
    ParameterState,
    PreflightReport,
    Request,
    Said,
    Snapshot,
)

_log = logging.getLogger(__name__)

MOST_WINDOWS: Final = 16
KEPT_ROWS: Final = 200
"""Ledger rows, and as many turns of cues, that a new window is told of."""

STATES_AT_ONCE: Final = 40
"""Parameters that are looked at in one turn for a window that asked to see them: half a millisecond."""

KEPT_WORDS: Final = 50
"""Said notices that a new window is told of."""


class Host(Protocol):
    """Who answers what is no request: the wiring, which holds the show."""

    def open(self, frame: OpenFrame) -> Opened | OpenRefused:
        """Open another show; on success :meth:`LinkServer.open_show` has been called before this returns."""
        ...

    def begin(self, frame: BeginFrame) -> Opened | OpenRefused:
        """Begin another run of the show that is open, as :meth:`open` opens one."""
        ...

    def edit(self, frame: EditFrame | UndoFrame, ticket: int) -> None:
        """Change the show; answered by :meth:`LinkServer.answer_edit`, now or later."""
        ...

    def parameter_states(self) -> Iterator[ParameterState]:
        """Every parameter's three values; taken a few at a time, when nothing is due."""
        ...

    def inquire(self, frame: InquiryFrame, ticket: int) -> None:
        """Look something up; answered by :meth:`LinkServer.answer_inquiry`, now or later."""
        ...


class LinkServer:
    """Listens from the moment it is made until :meth:`close`. One thread, the loop's."""

    def __init__(self, path: Path, host: Host, *, token: str = "", tcp: bool = not HAS_UNIX) -> None:
        """``path`` as in :mod:`console.link.doorway`. Raises :class:`LinkError`."""
        self._door = Doorway(path, tcp=tcp, token=token)
        self._host = host
        self._peers: dict[int, Peer] = {}
        self._peers_made = 0
        self._next_seq = 1
        self._untold: list[tuple[int, Notice]] = []
        self._rows: deque[tuple[int, Notice]] = deque(maxlen=KEPT_ROWS)
        self._cues: deque[tuple[int, Notice]] = deque(maxlen=KEPT_ROWS)
        self._confirmed: deque[tuple[int, Notice]] = deque(maxlen=KEPT_ROWS)
        self._words: deque[tuple[int, Notice]] = deque(maxlen=KEPT_WORDS)
        self._ticks: dict[str, tuple[int, Notice]] = {}  # the last of each line
        self._reports: deque[tuple[int, Notice]] = deque(maxlen=1)
        self._edits: list[bytes] = []
        self._snapshot: Snapshot | None = None
        self._asked: dict[int, tuple[Peer, int]] = {}  # by the id a request has here: who asked, under which id
        self._requests = 0
        self._listings: list[tuple[Peer, int, Iterator[ParameterState]]] = []  # who asked for values, and what is left
        self._let_down: list[Request] = []  # lines that a window held which is gone
        self._editing: dict[int, Peer] = {}  # by ticket: who waits for an edit's answer
        self._inquiring: dict[int, Peer] = {}  # by ticket: who waits for a finding
        self._welcome = encode(Welcome(pid=os.getpid(), opened=None))

    @property
    def path(self) -> Path:
        """Where windows find it."""
        return self._door.path

    @property
    def windows(self) -> int:
        """How many are attached."""
        return sum(peer.streams is not None and not peer.dismissed for peer in self._peers.values())

    def open_show(self, opened: OpenShow | None) -> None:
        """Another show, house or run is open, or none. All windows are told, and what they saw of the last is void."""
        self._tell_untold()
        for kept in (self._rows, self._cues, self._confirmed, self._words, self._ticks, self._reports, self._edits):
            kept.clear()
        self._snapshot = None
        self._listings = [(peer, asked, iter(())) for peer, asked, _ in self._listings]  # of a show that is no more
        self._welcome = encode(Welcome(pid=os.getpid(), opened=opened))
        self._send_fact(encode(ShowFrame(seq=self._take_seq(), opened=opened)))

    def answer_edit(self, ticket: int, answer: Edited | EditRefused) -> None:
        """What became of an edit. All windows are told of one that was made, in order with the facts."""
        peer = self._editing.pop(ticket, None)
        self._tell_untold()
        if isinstance(answer, EditRefused):
            if peer is not None:
                peer.add_fact(encode(answer))
            return
        made = answer.model_copy(update={"seq": self._take_seq()})
        for_others = encode(made.model_copy(update={"id": 0}))
        self._edits.append(for_others)
        self._send_fact(for_others, besides=peer)
        if peer is not None:
            peer.add_fact(encode(made))

    def answer_inquiry(self, ticket: int, answer: FindingFrame | bytes) -> None:
        """What came of an inquiry, for the asker alone. Bytes are a frame that another process has made."""
        peer = self._inquiring.pop(ticket, None)
        if peer is not None:
            peer.add_fact(answer if isinstance(answer, bytes) else encode(answer))

    def close(self, words: str = "the engine ends") -> None:
        """Say goodbye to every window, as far as it takes it at once, and stop listening."""
        self._tell_untold()
        for peer in self._peers.values():
            peer.flush()
            peer.dismiss(words)
            peer.flush()
            peer.close()
        self._peers.clear()
        self._door.close()

    # -- as a source ---------------------------------------------------------------------------------------------------

    def descriptors(self) -> Collection[int]:
        """The door and every window."""
        return (self._door.socket.fileno(), *self._peers)

    def blocked(self) -> Collection[int]:
        """Windows that something waits for."""
        return [fd for fd, peer in self._peers.items() if peer.waits]

    def wake_at_ns(self) -> int | None:
        """At once where a window has gone that held a line; else never by itself."""
        return 0 if self._let_down else None

    def read(self, now_ns: int) -> Sequence[InboxItem]:
        """The requests of all, else new windows: a press does not wait for the door. Others are answered here."""
        requests: list[InboxItem] = []
        for peer in list(self._peers.values()):
            for frame in peer.read():
                request = self._take(peer, frame)
                if request is not None:
                    requests.append(request)
        if not requests:
            self._accept()
        self._let_go()
        requests += self._let_down
        self._let_down = []
        return requests

    # -- as an audience ------------------------------------------------------------------------------------------------

    def tell(self, requests: Sequence[Request], notices: Sequence[Notice]) -> None:
        """Number the facts; they are sent when there is time."""
        for notice in notices:
            fact = (self._take_seq(), notice)
            self._untold.append(fact)
            if isinstance(notice, LedgerRow):
                self._rows.append(fact)
            elif isinstance(notice, CueChanged):
                self._cues.append(fact)
            elif isinstance(notice, Confirmed):
                self._confirmed.append(fact)
            elif isinstance(notice, Said):
                self._words.append(fact)
            elif isinstance(notice, LineTicked):
                self._ticks[notice.line] = fact
            elif isinstance(notice, PreflightReport):
                self._reports.append(fact)

    def catch_up(self, snapshot: Snapshot | None) -> None:
        """Send facts, then the snapshot to those who want it; let in who came while others asked."""
        self._accept()
        self._tell_untold()
        self._list_states()
        if snapshot is not None:
            self._snapshot = snapshot
            watching = [peer for peer in self._peers.values() if peer.streams and "snapshots" in peer.streams]
            if watching:
                frame = encode(SnapshotFrame(snapshot=snapshot))
                for peer in watching:
                    peer.put_snapshot(frame)
        for peer in self._peers.values():
            if peer.waits:
                peer.flush()
        self._let_go()

    # -- within --------------------------------------------------------------------------------------------------------

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._door.socket.accept()
            except BlockingIOError:
                return
            except OSError as error:  # out of descriptors, or a window that left in the doorway
                _log.warning("link: a window could not come in: %s", error.strerror)
                return
            self._peers_made += 1
            peer = Peer(connection, self._peers_made)
            self._peers[peer.fd] = peer
            if sum(not each.dismissed for each in self._peers.values()) > MOST_WINDOWS:
                peer.dismiss(f"{MOST_WINDOWS} windows are attached: close one of them")

    def _take(self, peer: Peer, frame: ToEngine | Malformed) -> Request | None:
        """What one frame asks for: a request for the engine, or something that is answered here."""
        if isinstance(frame, Malformed):
            _log.warning("link: %s sent what is no frame (%s); it is let go", peer.name, frame.words)
            peer.dismiss(f"not understood: {frame.words}")
        elif isinstance(frame, Bye):
            peer.gone = frame.words or "left"
        elif isinstance(frame, Hello):
            self._greet(peer, frame)
        elif peer.streams is None:
            peer.dismiss("the first frame is hello")
        elif isinstance(frame, RequestFrame):
            peer.note_held(frame.request)
            return self._with_own_id(peer, frame.request)
        elif isinstance(frame, EditFrame | UndoFrame):
            self._edit(peer, frame)
        elif isinstance(frame, InquiryFrame):
            self._requests += 1
            self._inquiring[self._requests] = peer
            self._host.inquire(frame, self._requests)
        elif isinstance(frame, ValuesFrame):
            self._listings.append((peer, frame.id, self._host.parameter_states()))
        else:
            self._open(peer, frame)
        return None

    def _greet(self, peer: Peer, hello: Hello) -> None:
        if hello.version != LINK_VERSION:
            peer.dismiss(f"the engine speaks version {LINK_VERSION} of the link, not {hello.version}: update the older")
            return
        if self._door.token and not hmac.compare_digest(hello.token.encode(), self._door.token.encode()):
            peer.dismiss("the token is wrong: give the one the engine was started with")
            return
        self._tell_untold()
        peer.name = f"{hello.name} {peer.number}"
        peer.streams = frozenset(hello.subscribe)
        peer.add_fact(self._welcome)
        for frame in self._edits:
            peer.add_fact(frame)
        if "facts" in peer.streams:
            for seq, notice in sorted(
                [*self._rows, *self._cues, *self._confirmed, *self._words, *self._ticks.values(), *self._reports],
                key=lambda fact: fact[0],
            ):
                peer.add_fact(_fact(seq, notice))
        peer.add_fact(encode(Live(next_seq=self._next_seq)))
        if self._snapshot is not None and "snapshots" in peer.streams:
            peer.put_snapshot(encode(SnapshotFrame(snapshot=self._snapshot)))

    def _open(self, peer: Peer, frame: OpenFrame | BeginFrame) -> None:
        answer: Opened | OpenRefused
        try:
            answer = self._host.open(frame) if isinstance(frame, OpenFrame) else self._host.begin(frame)
        except Exception as error:  # noqa: BLE001  whatever a file does to its reader, what is open stays open
            what = f"{frame.show} in {frame.venue}" if isinstance(frame, OpenFrame) else f"the {frame.run_kind}"
            _log.exception("link: opening %s failed", what)
            answer = OpenRefused(id=frame.id, words=f"{what} failed to open: {error}")
        peer.add_fact(encode(answer))

    def _edit(self, peer: Peer, frame: EditFrame | UndoFrame) -> None:
        self._requests += 1
        self._editing[self._requests] = peer
        self._host.edit(frame, self._requests)

    def _list_states(self) -> None:
        """Some of what one window asked to see; the next turn goes on with another."""
        if not self._listings:
            return
        peer, asked, left = self._listings.pop(0)
        if peer.gone is not None or peer.dismissed:
            return
        some = tuple(islice(left, STATES_AT_ONCE))
        is_last = len(some) < STATES_AT_ONCE
        peer.add_fact(encode(ParameterStates(id=asked, states=some, is_last=is_last)))
        if not is_last:
            self._listings.append((peer, asked, left))

    def _with_own_id(self, peer: Peer, request: Request) -> Request:
        """The request under an id that no other window uses; the answer gets the window's own back."""
        self._requests += 1
        self._asked[self._requests] = (peer, request.id)
        return request.model_copy(update={"id": self._requests})

    def _tell_untold(self) -> None:
        untold, self._untold = self._untold, []
        for seq, notice in untold:
            asker = None
            if isinstance(notice, Answered) and notice.request in self._asked:
                asker, window_id = self._asked.pop(notice.request)
                asker.add_fact(_fact(seq, notice.model_copy(update={"request": window_id})))
                self._send_fact(_fact(seq, notice.model_copy(update={"request": 0})), besides=asker)
            else:
                self._send_fact(_fact(seq, notice))

    def _send_fact(self, frame: bytes, besides: Peer | None = None) -> None:
        for peer in self._peers.values():
            if peer.streams and "facts" in peer.streams and peer is not besides:
                peer.add_fact(frame)

    def _take_seq(self) -> int:
        self._next_seq += 1
        return self._next_seq - 1

    def _let_go(self) -> None:
        for fd, peer in list(self._peers.items()):
            if peer.gone is not None:
                _log.info("link: %s: %s", peer.name, peer.gone)
                peer.close()
                del self._peers[fd]
                self._let_down += peer.held.values()
                self._asked = {own_id: asked for own_id, asked in self._asked.items() if asked[0] is not peer}
                self._inquiring = {ticket: asker for ticket, asker in self._inquiring.items() if asker is not peer}
                self._editing = {ticket: asker for ticket, asker in self._editing.items() if asker is not peer}


def _fact(seq: int, notice: Notice) -> bytes:
    return encode(NoticeFrame(seq=seq, notice=notice))
