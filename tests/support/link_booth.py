"""An engine that a test turns by hand, with the real server on a real socket, and real clients.

The test turns the loop until what it waits for has come; every wait is on a descriptor or on a thread.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from console.link.client import LinkClient, Received
from console.link.messages import (
    BeginFrame,
    Edited,
    EditFrame,
    EditRefused,
    FindingFrame,
    InquiryFrame,
    Live,
    NoticeFrame,
    Opened,
    OpenFrame,
    OpenRefused,
    OpenShow,
    UndoFrame,
    VenueCard,
)
from console.link.server import LinkServer
from console.loop.clocks import RealClock
from console.loop.loop import Loop
from console.loop.waiters import RealWaiter
from console.show.edits import apply
from console.show.show import Show
from console.vocabulary import Answered, LedgerRow, Notice, ParameterState
from tests.support.builders import big_show, song_show
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
        self.states: list[ParameterState] = []
        self.server: LinkServer | None = None

    def open(self, frame: OpenFrame) -> Opened | OpenRefused:
        if frame.show == "broken":
            raise RuntimeError("the file bit")
        if frame.show != "big":
            return OpenRefused(id=frame.id, words=f"there is no show {frame.show}")
        assert self.server is not None
        self.server.open_show(opened(big_show(50), run="run-2"))
        return Opened(id=frame.id)

    def parameter_states(self) -> Iterator[ParameterState]:
        return iter(self.states)

    def inquire(self, frame: InquiryFrame, ticket: int) -> None:
        assert self.server is not None
        self.server.answer_inquiry(ticket, FindingFrame(id=frame.id, words=f"no {frame.inquiry.kind} today"))

    def begin(self, frame: BeginFrame) -> Opened | OpenRefused:
        return OpenRefused(id=frame.id, words=f"no {frame.run_kind} today")

    def edit(self, frame: EditFrame | UndoFrame, ticket: int) -> None:
        assert self.server is not None
        if frame.revision != self.revision or isinstance(frame, UndoFrame):
            refused = EditRefused(id=frame.id, words="somebody was faster", revision=self.revision)
            self.server.answer_edit(ticket, refused)
            return
        self.show, _ = apply(self.show, frame.edit)
        self.revision += 1
        made = Edited(seq=0, id=frame.id, by=frame.by, revision=self.revision, edit=frame.edit)
        self.server.answer_edit(ticket, made)


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
