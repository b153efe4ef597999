"""A link to an engine that is not there: it plays what a test scripted, on a clock the test moves.

It has the interface of ``console.link.client.LinkClient`` that ``ui.bridge.Link`` asks for, without a socket or a
thread. What was asked is kept in ``sent``; each request is answered at once, refused where ``refusals`` has its kind.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count

from console.link.client import LinkError, Received
from console.link.messages import (
    Bye,
    FindingFrame,
    NoticeFrame,
    OpenShow,
    ShowFrame,
    SnapshotFrame,
    VenueCard,
    Welcome,
)
from console.show.edits import Edit
from console.show.show import Show
from console.show.show_json import show_to_json
from console.vocabulary import Answered, Fact, Finding, Ghosts, Inquiry, Notice, Request, RunKind, Snapshot


def opened(show: Show, venue: str = "Test House", run_kind: RunKind = "rehearsal", revision: int = 0) -> OpenShow:
    """A show as an engine says that it is open."""
    card = VenueCard(id=venue.lower().replace(" ", "-"), name=venue)
    return OpenShow(show=show_to_json(show), revision=revision, venue=card, run="run-1", run_kind=run_kind)


@dataclass
class FakeLink:
    """Give it to a bridge; ``tell`` says what arrives now, ``tell_at`` what arrives later."""

    welcome: Welcome = field(default_factory=lambda: Welcome(pid=1, opened=None))
    now_ns: int = 0
    sent: list[Request] = field(default_factory=list)
    edits: list[tuple[Edit, int]] = field(default_factory=list)  # edit, revision
    undos: list[tuple[int, bool]] = field(default_factory=list)  # revision, redo
    openings: list[tuple[str | None, str]] = field(default_factory=list)  # show, venue
    ghosts: list[Ghosts | None] = field(default_factory=list)  # and with each who is simulated
    kinds: list[RunKind | None] = field(default_factory=list)  # and which kind of run it is to be
    begun: list[RunKind] = field(default_factory=list)  # runs asked for of the show that is open
    anew: list[bool] = field(default_factory=list)  # runs asked for of the show that is open
    despite: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)  # and who goes on in spite of what
    refusals: dict[str, str] = field(default_factory=dict)  # kind of request -> reason
    inquiries: list[Inquiry] = field(default_factory=list)
    answers: Callable[[Inquiry], Finding | str | None] | None = None  # what is found; a text refuses, None says nothing
    closed: bool = False
    on_arrival: Callable[[], None] | None = None  # usually the bridge's read
    _arrived: list[Received] = field(default_factory=list)
    _script: list[tuple[int, int, Snapshot | Notice | OpenShow | None]] = field(default_factory=list)
    _order: count[int] = field(default_factory=count)
    _gone: bool = False

    # ------------------------------------------------------------ what a bridge sees

    def fileno(self) -> int:
        return -1

    def receive(self) -> list[Received]:
        arrived, self._arrived = self._arrived, []
        return arrived

    def send(self, request: Request) -> None:
        self._stand()
        self.sent.append(request)
        refused = self.refusals.get(request.kind)
        answer = Answered(at_ns=self.now_ns, request=request.id, name=request.kind, by=request.by, refused=refused)
        self._arrived.append(self._frame(answer))

    def send_edit(self, edit: Edit, revision: int, *, edit_id: int = 0, by: str = "operator") -> None:
        self._stand()
        self.edits.append((edit, revision))

    def send_undo(self, revision: int, *, redo: bool = False, edit_id: int = 0, by: str = "operator") -> None:
        self._stand()
        self.undos.append((revision, redo))

    def send_open(
        self,
        show: str | None,
        venue: str,
        *,
        ghosts: Ghosts | None = None,
        run_kind: RunKind | None = None,
        open_id: int = 0,
    ) -> None:
        self._stand()
        self.openings.append((show, venue))
        self.ghosts.append(ghosts)
        self.kinds.append(run_kind)

    def send_begin(
        self,
        run_kind: RunKind,
        *,
        begin_id: int = 0,
        anew: bool = False,
        despite: Sequence[str] = (),
        by: str = "operator",
    ) -> None:
        self._stand()
        self.begun.append(run_kind)
        self.anew.append(anew)
        self.despite.append((by, tuple(despite)))

    def send_inquiry(self, inquiry: Inquiry, *, inquiry_id: int = 0) -> None:
        self._stand()
        self.inquiries.append(inquiry)
        answer = self.answers(inquiry) if self.answers is not None else None
        if answer is not None:
            words, finding = (answer, None) if isinstance(answer, str) else ("", answer)
            self._arrived.append(FindingFrame(id=inquiry_id, finding=finding, words=words))

    def close(self) -> None:
        self.closed = True

    # ------------------------------------------------------------ what a test does

    def tell(self, *things: Snapshot | Notice | OpenShow | Received | None) -> None:
        """These arrive now: state, facts, a show, or a whole frame; None: no show is open."""
        self._arrived.extend(self._frame(thing) for thing in things)
        self._ring()

    def tell_at(self, at_ns: int, thing: Snapshot | Notice | OpenShow | None) -> None:
        """This arrives when the clock gets there."""
        heapq.heappush(self._script, (at_ns, next(self._order), thing))

    def advance_to(self, now_ns: int) -> None:
        """Move the clock; what is due by then arrives in order."""
        while self._script and self._script[0][0] <= now_ns:
            self.now_ns, _, thing = heapq.heappop(self._script)
            self._arrived.append(self._frame(thing))
        self.now_ns = now_ns
        self._ring()

    def lose(self, words: str = "the engine has gone") -> None:
        """The engine goes."""
        self._gone = True
        self._arrived.append(Bye(words=words))
        self._ring()

    def _frame(self, thing: Snapshot | Notice | OpenShow | Received | None) -> Received:
        if thing is None or isinstance(thing, OpenShow):
            return ShowFrame(seq=next(self._order), opened=thing)
        if isinstance(thing, Snapshot):
            return SnapshotFrame(snapshot=thing)
        if isinstance(thing, Fact):
            return NoticeFrame(seq=next(self._order), notice=thing)
        return thing

    def _stand(self) -> None:
        if self._gone:
            raise LinkError("the link has ended: attach again")

    def _ring(self) -> None:
        if self.on_arrival is not None:
            self.on_arrival()
