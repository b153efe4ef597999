"""Preflight of the show that is open: asked for over the link, looked at in a thread of its own, told as it goes on.

An audience of the loop. It starts a look where the engine has granted one, hands on what the thread has found, and
keeps the last report: without one that is fresh no performance begins, nor with failures that nobody has acknowledged.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Final

from console.plan.check_lines import in_order, lines_again
from console.plan.live_checks import is_live_code
from console.vocabulary import (
    Answered,
    CancelPreflight,
    CheckLine,
    Notice,
    Preflight,
    PreflightMoved,
    PreflightReport,
    Request,
    Snapshot,
    WentOn,
    lines_to_verdict,
)
from console.wiring.preflight import Moved, Occasion, Stopped, look

_log = logging.getLogger(__name__)

FRESH: Final = timedelta(minutes=15)
"""A report older than this says nothing of the house as it stands."""

CANCELLED: Final = "cancelled"
ROLLING: Final = "the show is rolling: what is on paper waits until it stands"

Look = Callable[..., tuple[CheckLine, ...]]


@dataclass(frozen=True)
class _Job:
    request: Preflight
    occasion: Occasion
    called_off: Event = field(default_factory=Event)


@dataclass(frozen=True)
class _Found:
    """What a thread hands over: how far it is, its lines, or why there are none."""

    job: _Job
    moved: tuple[int, int, str] | None = None
    lines: tuple[CheckLine, ...] | None = None
    cut_short: str = ""


class PreflightDesk:
    """One look at a time; who asks meanwhile comes next."""

    def __init__(
        self,
        occasion: Callable[[Snapshot], Occasion | None],
        tell: Callable[[PreflightMoved | PreflightReport], None],
        wake: Callable[[], None],
        wall: Callable[[], datetime],
        *,
        look_with: Look = look,
    ) -> None:
        """``occasion``: what is open, None for nothing; ``tell``: a fact for windows and record; ``wake``: the loop."""
        self._occasion, self._tell, self._wake, self._wall, self._look = occasion, tell, wake, wall, look_with
        self._asked: deque[Preflight] = deque()
        self._job: _Job | None = None
        self._found: SimpleQueue[_Found] = SimpleQueue()
        self._report: PreflightReport | None = None
        self._made: datetime | None = None
        self._snapshot: Snapshot | None = None

    # -- as an audience ------------------------------------------------------------------------------------------------

    def tell(self, requests: Sequence[Request], notices: Sequence[Notice]) -> None:
        """Put by what was granted."""
        for request in requests:
            if isinstance(request, Preflight | CancelPreflight) and _is_granted(request, notices):
                if isinstance(request, Preflight):
                    self._asked.append(request)
                else:
                    self._call_off()

    def catch_up(self, snapshot: Snapshot | None) -> None:
        """Hand on what was found, and begin the next look: there is time."""
        self._snapshot = snapshot or self._snapshot
        self._take_found()
        if self._job is None and self._asked and self._snapshot is not None:
            self._begin(self._asked.popleft(), self._snapshot)

    # -- for the host --------------------------------------------------------------------------------------------------

    def forget(self) -> None:
        """Another show, house or run: what was found out is of the one before."""
        self._call_off()
        self._job = self._report = self._made = self._snapshot = None

    def against(self, despite: Collection[str], revision: int) -> str | None:
        """Why a performance cannot begin, in words; None where nothing fails that was not acknowledged."""
        report, made = self._report, self._made
        if report is None or made is None or report.revision != revision or self._wall() - made > FRESH:
            return "preflight has not been run on the show as it stands: run it, read it, then begin"
        open_lines = [line for line in report.lines if line.word == "fail" and line.key not in despite]
        if not open_lines:
            return None
        first = open_lines[0]
        more = f" (and {len(open_lines) - 1} more)" if len(open_lines) > 1 else ""
        return f"preflight fails, and nobody has acknowledged it: {first.where}: {first.message}{more}"

    def went_on(self, by: str) -> WentOn | None:
        """What is to be recorded of a performance that now begins; None where nothing failed."""
        failing = () if self._report is None else tuple(line for line in self._report.lines if line.word == "fail")
        return WentOn(at_ns=0, by=by, lines=failing) if failing else None

    # -- within --------------------------------------------------------------------------------------------------------

    def _call_off(self) -> None:
        self._asked.clear()
        if self._job is not None:
            self._job.called_off.set()

    def _begin(self, request: Preflight, snapshot: Snapshot) -> None:
        occasion = self._occasion(snapshot)
        if occasion is None:
            return
        rolls = snapshot.playhead.state == "rolling"
        if rolls and not all(is_live_code(key.partition(" ")[0]) for key in request.lines):
            self._finish(_Found(_Job(request, occasion), cut_short=ROLLING))
            return
        self._job = _Job(request, occasion)
        Thread(target=partial(self._run, self._job), name="preflight", daemon=True).start()

    def _run(self, job: _Job) -> None:
        """In a thread of its own: one look, everything handed over through the queue."""
        moved: Moved = lambda done, total, what: self._hand_over(_Found(job, moved=(done, total, what)))  # noqa: E731
        try:
            lines = self._look(job.occasion, job.request.lines, moved=moved, is_stopped=job.called_off.is_set)
            self._hand_over(_Found(job, lines=lines))
        except Stopped:
            self._hand_over(_Found(job, cut_short=CANCELLED))
        except Exception as error:  # noqa: BLE001  whatever it meets, the show goes on
            _log.exception("preflight failed")
            self._hand_over(_Found(job, cut_short=f"preflight itself failed ({type(error).__name__}: {error})"))

    def _hand_over(self, found: _Found) -> None:
        self._found.put(found)
        self._wake()

    def _take_found(self) -> None:
        while True:
            try:
                found = self._found.get_nowait()
            except Empty:
                return
            if found.job is not self._job:
                continue
            if found.moved is not None:
                done, total, what = found.moved
                self._tell(PreflightMoved(at_ns=0, done=done, total=total, looking_at=what))
            else:
                self._job = None
                self._finish(found)

    def _finish(self, found: _Found) -> None:
        before = () if self._report is None else self._report.lines
        keys, lines = found.job.request.lines, before
        if found.lines is not None:
            lines = in_order(lines_again(before, found.lines, keys)) if keys else found.lines
        report = PreflightReport(
            at_ns=0,
            verdict=lines_to_verdict(lines),
            lines=lines,
            revision=found.job.occasion.snapshot.revision,
            wall=self._wall().isoformat(timespec="seconds"),
            by=found.job.request.by,
            cut_short=found.cut_short,
        )
        if found.lines is not None and (not keys or self._report is not None):
            whole = not keys
            self._report = report
            self._made = self._wall() if whole else self._made
        self._tell(report)


def _is_granted(request: Request, notices: Sequence[Notice]) -> bool:
    return any(
        isinstance(each, Answered) and each.request == request.id and each.name == request.kind and not each.refused
        for each in notices
    )
