"""A link to an engine that is not there: it plays what a test scripted, on a clock the test moves.

It fulfils ``ui.bridge.Link`` without a socket or a thread. What was sent is kept in ``sent``; each request is
answered at once, refused where ``refusals`` has its kind.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count

from console.vocabulary import Answered, Request
from ui.bridge import LinkLostError, Received


@dataclass
class FakeLink:
    """Give it to a bridge; ``deliver`` says what arrives now, ``play_at`` what arrives later."""

    now_ns: int = 0
    sent: list[Request] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)  # kind of request -> reason
    closed: bool = False
    on_arrival: Callable[[], None] | None = None  # usually the bridge's read
    _arrived: list[Received] = field(default_factory=list)
    _script: list[tuple[int, int, Received]] = field(default_factory=list)
    _order: count[int] = field(default_factory=count)
    _lost: str | None = None

    # ------------------------------------------------------------ what a bridge sees

    def fileno(self) -> int:
        return -1

    def receive(self) -> Sequence[Received]:
        if self._lost is not None and not self._arrived:
            raise LinkLostError(self._lost)
        arrived, self._arrived = self._arrived, []
        return arrived

    def send(self, request: Request) -> None:
        if self._lost is not None:
            raise LinkLostError(self._lost)
        self.sent.append(request)
        refused = self.refusals.get(request.kind)
        answer = Answered(at_ns=self.now_ns, request=request.id, name=request.kind, by=request.by, refused=refused)
        self._arrived.append(answer)

    def close(self) -> None:
        self.closed = True

    # ------------------------------------------------------------ what a test does

    def deliver(self, *received: Received) -> None:
        """These arrive now."""
        self._arrived.extend(received)
        self._tell()

    def play_at(self, at_ns: int, received: Received) -> None:
        """This arrives when the clock gets there."""
        heapq.heappush(self._script, (at_ns, next(self._order), received))

    def advance_to(self, now_ns: int) -> None:
        """Move the clock; what is due by then arrives in order."""
        while self._script and self._script[0][0] <= now_ns:
            self.now_ns, _, received = heapq.heappop(self._script)
            self._arrived.append(received)
        self.now_ns = now_ns
        self._tell()

    def lose(self, words: str = "the engine closed the connection") -> None:
        """The engine is gone."""
        self._lost = words
        self._tell()

    def _tell(self) -> None:
        if self.on_arrival is not None:
            self.on_arrival()
