"""A command that asks a running engine: attach, know the show that is open, ask, wait for the answer."""

from __future__ import annotations

import select
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

from console.cli.errors import CommandError
from console.link.client import Gap, LinkClient, LinkError, Received
from console.link.doorway import default_path
from console.link.messages import Bye, Edited, Live, NoticeFrame, OpenShow, SnapshotFrame, VenueCard
from console.plan.schedule import build_schedule
from console.remote.names import Names
from console.show.edits import apply
from console.show.show import Show
from console.show.show_json import json_to_show
from console.vocabulary import Answered, Notice, Request, Snapshot

ANSWER_S: Final = 5.0
ATTACH_S: Final = 1.0
_ID: Final = 1

Found = TypeVar("Found")


class Attached:
    """An engine and the show that is open in it. Close it, or use it in a ``with``."""

    def __init__(self, path: Path | None) -> None:
        """``path``: its socket; None: where engines of this user are. Raises CommandError where nobody answers."""
        try:
            self._client = LinkClient.connect(
                path or default_path(), timeout_s=ATTACH_S, name="tell", subscribe=["facts", "snapshots"]
            )
        except LinkError as error:
            raise CommandError(str(error)) from None
        self._edits: list[Edited] = []
        self._frames: deque[Received] = deque()  # that came with one that was waited for
        self._wait(lambda frame: frame if isinstance(frame, Live) else None, ANSWER_S, "told what is open")

    @property
    def venue(self) -> VenueCard | None:
        """The house that is open, None where none is."""
        opened = self._client.welcome.opened
        return None if opened is None else opened.venue

    def look(self) -> Snapshot:
        """The state now. Raises CommandError where none comes."""
        return self._wait(lambda frame: frame.snapshot if isinstance(frame, SnapshotFrame) else None, ANSWER_S, "shown")

    @property
    def revision(self) -> int:
        """Of the show as :meth:`show` has it. Raises CommandError where none is open."""
        return self._edits[-1].revision if self._edits else self._opened().revision

    def names(self) -> Names:
        """The names of the show as it stands now. Raises CommandError where none is open."""
        show = self.show()
        return Names.of(show, build_schedule(show))

    def show(self) -> Show:
        """The show as it stands now, edits and all. Raises CommandError where none is open."""
        show = json_to_show(self._opened().show, "the engine's show").show
        for edited in self._edits:
            show, _ = apply(show, edited.edit)
        return show

    def _opened(self) -> OpenShow:
        if self._client.welcome.opened is None:
            raise CommandError("no show is open in this engine: open one, or start it with SHOW --venue V")
        return self._client.welcome.opened

    def ask(self, request: Request) -> None:
        """Returns when it is done. Raises CommandError where it is refused, or nobody answers."""
        self.send(request)
        answer = self.hear(lambda notice: notice if isinstance(notice, Answered) and notice.request == _ID else None)
        if answer.refused is not None:
            raise CommandError(f"refused: {answer.refused}")

    def send(self, request: Request) -> None:
        """Ask for what is told to everybody, before or after the answer: :meth:`hear` waits for it."""
        self._client.send(request.model_copy(update={"id": _ID}))

    def hear(
        self, wanted: Callable[[Notice], Found | None], within_s: float = ANSWER_S, what: str = "answered"
    ) -> Found:
        """The first fact that is wanted. Raises CommandError where it does not come in time."""
        return self._wait(
            lambda frame: wanted(frame.notice) if isinstance(frame, NoticeFrame) else None, within_s, what
        )

    def _wait(self, wanted: Callable[[object], Found | None], within_s: float, what: str) -> Found:
        deadline_s = time.monotonic() + within_s
        while True:
            self._frames.extend(self._client.receive())
            while self._frames:
                frame = self._frames.popleft()
                if isinstance(frame, Edited):
                    self._edits.append(frame)
                if isinstance(frame, Bye | Gap):
                    raise CommandError(
                        f"the engine ended the link ({getattr(frame, 'words', '') or 'a gap'}): try again"
                    )
                found = wanted(frame)
                if found is not None:
                    return found
            left_s = deadline_s - time.monotonic()
            if left_s <= 0:
                raise CommandError(f"nothing was {what} within {within_s:g} s")
            select.select([self._client], [], [], left_s)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()
