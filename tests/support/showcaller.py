"""The product's own process: `python -m console.cli …` in a home of its own, and a window attached to its link.

Nothing of the tester's shows through, and a Python warning ends the process. Waits are on the link's descriptor or
on the child itself, each with a deadline.
"""

import re
import select
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self, TypeVar

from console.link.client import Gap, LinkClient, Received
from console.link.messages import (
    Bye,
    Edited,
    EditRefused,
    Live,
    NoticeFrame,
    Opened,
    OpenRefused,
    ShowFrame,
    SnapshotFrame,
)
from console.show.edits import Edit
from console.vocabulary import Answered, Notice, Preflight, PreflightReport, Request, Snapshot
from tests.support.program import Program

T = TypeVar("T")
N = TypeVar("N", bound=Notice)

REPO = Path(__file__).parents[2]
WAIT_S = 20.0
"""Far above what anything here takes: only a hang, or a machine that stands still, is this slow."""


class Showcaller(Program):
    """One command of the product. `words` are what stands behind `showcaller` on the command line."""

    binary: ClassVar[str] = sys.executable
    package: ClassVar[str] = "python3"

    def __init__(self, runtime: Path, *words: str | Path, env: Mapping[str, str] | None = None) -> None:
        super().__init__(runtime)
        self.words = [str(word) for word in words]
        self._env = {"PYTHONPATH": str(REPO), "JACK_NO_START_SERVER": "1", **(env or {})}

    def start(self) -> Self:
        """Start it, and do not wait: what it is to be waited for is the test's to say."""
        self.spawn("-W", "error", "-m", "console.cli", *self.words, env=self._env)
        return self

    def ended(self, timeout_s: float = 60.0) -> int:
        """Wait for its end by itself: the exit code. Nobody is shown a traceback, whatever happened."""
        code = self._started().wait(timeout_s)
        assert "Traceback" not in self.log, self.log
        return code

    @property
    def faults(self) -> list[str]:
        """The lines it wrote under its own name: what, where, what to do."""
        return [line.removeprefix("showcaller: ") for line in self.log.splitlines() if line.startswith("showcaller: ")]

    @property
    def records(self) -> Path:
        """Where an engine keeps as-runs and journals."""
        return self.runtime / ".local" / "state" / "showcaller" / "runs"

    def journal_has(self, words: str) -> bool:
        """Whether a journal has that on disk; its writer is a moment behind what is answered."""
        return any(words in journal.read_text(encoding="utf-8") for journal in self.records.glob("*.journal"))

    def _log_path(self) -> Path:
        return self.runtime / "showcaller.log"


class EngineChild(Showcaller):
    """`showcaller engine …`, and windows that attach to it. A socket's path must be short, so it stands apart."""

    def __init__(self, runtime: Path, *words: str | Path, env: Mapping[str, str] | None = None) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="showcaller-"))
        self.socket_path = self._folder / "engine.sock"
        self.windows: list[Window] = []
        super().__init__(runtime, "engine", *words, "--socket", self.socket_path, env=env)

    def attach(self, timeout_s: float = WAIT_S, name: str = "test") -> "Window":
        """A window that has been told everything up to now."""
        try:
            window = Window(LinkClient.connect(self.socket_path, timeout_s=timeout_s, name=name), self)
        except OSError as error:
            raise AssertionError(self.complaint(str(error))) from error
        self.windows.append(window)
        window.until(lambda: window.is_live, "all that went before")
        return window

    def stop(self) -> None:
        for window in self.windows:
            window.client.close()
        super().stop()
        shutil.rmtree(self._folder, ignore_errors=True)


class Window:
    """A window without a screen: everything it was told, in order, and the newest snapshot."""

    def __init__(self, client: LinkClient, engine: EngineChild | None = None) -> None:
        self.client = client
        self.notices: list[Notice] = []
        self.frames: list[Received] = []  # all but notices and snapshots
        self.snapshot: Snapshot | None = None
        self.snapshots = 0
        self._engine = engine
        self._requests = 0

    @property
    def is_live(self) -> bool:
        return any(isinstance(frame, Live) for frame in self.frames)

    @property
    def shows(self) -> list[ShowFrame]:
        return [frame for frame in self.frames if isinstance(frame, ShowFrame)]

    def said(self, kind: type[N], **fields: object) -> list[N]:
        """Notices of a kind with these fields."""
        return [
            notice
            for notice in self.notices
            if isinstance(notice, kind) and all(getattr(notice, name) == value for name, value in fields.items())
        ]

    def until(self, question: Callable[[], T | None], what: str, timeout_s: float = WAIT_S) -> T:
        """Take in what comes until the question has an answer. The wait is on the link alone."""
        deadline = time.monotonic() + timeout_s
        while True:
            self._take(self.client.receive())
            answer = question()
            if answer is not None and answer is not False and answer != []:
                return answer
            left_s = deadline - time.monotonic()
            assert self.client.is_open, self._complaint(f"the link ended before {what}: {self.frames[-1:]}")
            assert left_s > 0, self._complaint(f"not within {timeout_s} s: {what}")
            select.select([self.client], [], [], left_s)

    def ask(self, request: Request) -> Answered:
        """Send a request and wait for its answer."""
        self._requests += 1
        number = self._requests
        self.client.send(request.model_copy(update={"id": number}))
        return self.until(lambda: self.said(Answered, request=number), f"the answer to {request.kind}")[0]

    def do(self, request: Request) -> Answered:
        """As `ask`; it must be granted."""
        answer = self.ask(request)
        assert answer.refused is None, self._complaint(f"{request.kind} was refused: {answer.refused}")
        return answer

    def open(self, show: str | Path | None, venue: str | Path) -> str | None:
        """Open a show, or (None) the open one in another house: None, or the words of the refusal."""
        self._requests += 1
        number = self._requests
        self.client.send_open(None if show is None else str(show), str(venue), open_id=number)
        for frame in self.until(lambda: self._answers_to_open(number), f"the answer to opening {show}"):
            if isinstance(frame, OpenRefused):
                return frame.words
        return None

    def preflight(self, *lines: str) -> PreflightReport:
        """Ask for a preflight, or for some of its lines again, and wait for the report."""
        before = len(self.said(PreflightReport))
        self.do(Preflight(lines=lines))
        self.until(lambda: len(self.said(PreflightReport)) > before, "the report")
        return self.said(PreflightReport)[-1]

    def begin_performance(self) -> None:
        """A performance, all that preflight fails acknowledged."""
        failing = [line.key for line in self.preflight().lines if line.word == "fail"]
        self.client.send_begin("performance", despite=failing)
        self.until(lambda: self.next_snapshot().run_kind == "performance", "the performance")

    def edit(self, edit: Edit, revision: int) -> Edited | EditRefused:
        """Change the show, and wait for what came of it."""
        self._requests += 1
        self.client.send_edit(edit, revision, edit_id=self._requests)
        return self._edited(self._requests)

    def undo(self, revision: int, *, redo: bool = False) -> Edited | EditRefused:
        """Take the last change back, or make it again."""
        self._requests += 1
        self.client.send_undo(revision, redo=redo, edit_id=self._requests)
        return self._edited(self._requests)

    @property
    def edits(self) -> list[Edited]:
        """Every change it was told of."""
        return [frame for frame in self.frames if isinstance(frame, Edited)]

    def _edited(self, number: int) -> Edited | EditRefused:
        def answers() -> list[Edited | EditRefused]:
            return [each for each in self.frames if isinstance(each, Edited | EditRefused) and each.id == number]

        return self.until(answers, "the answer to an edit")[0]

    def last_words(self) -> str:
        """Wait for the link's end: what the engine said last."""
        deadline = time.monotonic() + WAIT_S
        while self.client.is_open:
            assert select.select([self.client], [], [], max(0.0, deadline - time.monotonic()))[0], "the link stays open"
            self._take(self.client.receive())
        return next(frame.words for frame in reversed(self.frames) if isinstance(frame, Bye))

    def next_snapshot(self) -> Snapshot:
        """One that comes after this call."""
        count = self.snapshots
        self.until(lambda: self.snapshots > count, "a snapshot")
        assert self.snapshot is not None
        return self.snapshot

    def _answers_to_open(self, number: int) -> list[Received]:
        return [frame for frame in self.frames if isinstance(frame, Opened | OpenRefused) and frame.id == number]

    def _take(self, received: Iterable[Received]) -> None:
        for frame in received:
            assert not isinstance(frame, Gap), f"facts are missing: {frame}"
            if isinstance(frame, NoticeFrame):
                self.notices.append(frame.notice)
            elif isinstance(frame, SnapshotFrame):
                self.snapshot = frame.snapshot
                self.snapshots += 1
            else:
                self.frames.append(frame)

    def _complaint(self, what: str) -> str:
        told = "\n  ".join(str(notice) for notice in self.notices[-12:])
        log = "" if self._engine is None else self._engine.log[-2000:]
        return f"{what}; the last it was told:\n  {told}\nthe engine's own words: {log}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()


def house_file(path: Path, text: str, **values: object) -> Path:
    """A house as a file. `text` is its TOML with $name where a value goes."""
    filled = re.sub(r"\$(\w+)", lambda found: str(values[found[1]]), text)
    path.write_text(filled, encoding="utf-8")
    return path
