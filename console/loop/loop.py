"""The loop: wait, sample the clocks once, step the engine, send, and tell everybody else when there is time for it.

One plain thread. What comes first is fixed: nothing is told, drawn or written between a decision and its bytes, and
while something is due within a millisecond nothing is told at all, unless that has gone on for a tenth of a second.
A fault in a source, a device, a listener, or in one step of the engine is counted, logged and said; it ends nothing.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import groupby
from typing import Final, Protocol

from console.engine.outbox import Dispatch, Outbox
from console.loop.clocks import later
from console.ports import (
    QUIET_NS,
    Audience,
    Clock,
    InboxItem,
    Journal,
    NotDurableError,
    NothingDueError,
    Source,
    Waiter,
)
from console.timebase import NS_PER_MS, NS_PER_US
from console.vocabulary import Answered, Asked, Notice, OutputSwitched, Request, Said, Snapshot
from devices.contract import Outcome, Outlet, OutputMode, Result

_log = logging.getLogger(__name__)

DECISIONS: Final = 32
SPARE_NS: Final = 20 * NS_PER_US

RETRY_NS: Final = 10 * NS_PER_MS
"""When an engine whose step failed is asked again."""


class Decider(Protocol):
    """The engine, as the loop sees it."""

    def step(self, now_ns: int, wall: datetime, inbox: Sequence[InboxItem]) -> Outbox:
        """Take in what came, give out what is due."""
        ...

    def snapshot(self, now_ns: int, wall: datetime) -> Snapshot:
        """The state now."""
        ...


@dataclass(frozen=True, slots=True)
class Pace:
    """How often and when the loop tells, in show-clock nanoseconds."""

    snapshot_ns: int = 33 * NS_PER_MS
    quiet_ns: int = QUIET_NS  # nothing may be due this long before anybody is told
    patience_ns: int = 100 * NS_PER_MS  # after this the telling does not wait any longer; a snapshot, five times this
    lead_ns: int = 500 * NS_PER_US  # what is due is decided ahead, at most this much, and leaves on the instant
    wakes: bool = True  # False on virtual time: snapshots ride on turns that come anyway, and nothing is led

    def at_speed(self, speed: Fraction | int) -> Pace:
        """The same in real time, for a show clock ``speed`` times as fast."""
        return Pace(
            snapshot_ns=int(self.snapshot_ns * speed),
            quiet_ns=int(self.quiet_ns * speed),
            patience_ns=int(self.patience_ns * speed),
            lead_ns=int(self.lead_ns * speed),
            wakes=self.wakes,
        )


class Loop:
    """Drives one engine until :meth:`stop`, or on virtual time until nothing is left to do."""

    def __init__(
        self,
        engine: Decider,
        *,
        clock: Clock,
        waiter: Waiter,
        outlet: Outlet,
        journal: Journal,
        sources: Sequence[Source] = (),
        audience: Sequence[Audience] = (),
        pace: Pace | None = None,
    ) -> None:
        self.engine = engine
        self.sources = list(sources)
        self.audience = list(audience)
        self.faults: dict[str, int] = {}  # by what was at fault; each counted, few of them logged
        self._clock = clock
        self._waiter = waiter
        self._outlet = outlet
        self._journal = journal
        self._pace = pace or Pace()
        self._lead_ns = self._pace.lead_ns if self._pace.wakes else 0
        self._took_ns: deque[int] = deque(maxlen=DECISIONS)  # how long the last decisions made ahead took
        self._inbox: list[InboxItem] = []  # outcomes, for the next step
        self._said: list[Notice] = []  # what the loop itself has to say, for the next telling
        self._wake_at_ns: int | None = clock.now_ns()  # the first step comes at once
        self._zero_ns = self._told_ns = self._snapshot_ns = clock.now_ns()  # the run's zero, as snapshots tell it
        self._snapshot_room_ns = self._pace.quiet_ns  # how long nothing may be due before a snapshot: by the last one
        self._stopping = False

    def run(self) -> None:
        """Turn until stopped, or until virtual time has nothing left. What was sent by then is still accounted for."""
        with suppress(NothingDueError):
            while not self._stopping or self._inbox:
                self.turn()
        self._give_up()
        self._tell((), ())
        self._catch_up(self._clock.now_ns(), self._clock.wall(), at_end=True)

    def _give_up(self) -> None:
        """What is still held at the outlet never leaves, and the record says so."""
        now_ns = self._clock.now_ns()
        lost = list(self._outlet.give_up(now_ns))
        if lost:
            self._tell((), self._decide(now_ns, self._clock.wall(), lost).notices)

    def stop(self) -> None:
        """End :meth:`run` after the turn that is going on. From any thread, and from a signal."""
        self._stopping = True
        self._waiter.wake()

    def turn(self) -> None:
        """Wait for the next thing, then do it."""
        ready = self._waiter.wait_until(self._deadline_ns(), self.sources)
        now_ns, wall = self._clock.now_ns(), self._clock.wall()
        inbox, self._inbox = self._inbox, []
        answered = len(inbox)
        for source in self.sources:
            if source in ready or not source.descriptors() or _is_due(source.wake_at_ns(), now_ns):
                inbox += self._read(source, now_ns)
        sampled_ns, ahead_ns = now_ns, 0 if len(inbox) > answered else self._ahead_ns(now_ns)
        if ahead_ns:
            now_ns, wall = now_ns + ahead_ns, later(wall, ahead_ns)
        outbox = self._decide(now_ns, wall, inbox)
        if ahead_ns:
            self._note_lead(self._clock.now_ns() - sampled_ns)
            self._waiter.hold_until(now_ns)
        self._wake_at_ns = outbox.wake_at_ns
        requests = [*(item for item in inbox if isinstance(item, Asked)), *outbox.asked]
        self._set_modes(outbox.notices)
        self._inbox = self._send(outbox.dispatches)
        self._tell(requests, outbox.notices)
        if self._has_time(self._pace.quiet_ns, self._pace.patience_ns, self._told_ns):
            self._catch_up(now_ns, wall)

    def _deadline_ns(self) -> int | None:
        """The next thing to do. A snapshot that would come just before something due waits until after it."""
        now_ns = self._clock.now_ns()
        if self._inbox:
            return now_ns
        due_ns = self._due_ns()
        if not self._pace.wakes:
            return due_ns
        snapshot_ns = max(now_ns, self._snapshot_ns)
        return snapshot_ns if due_ns is None or due_ns - snapshot_ns > self._snapshot_room_ns else due_ns

    def _due_ns(self) -> int | None:
        engine_ns = None if self._wake_at_ns is None else self._wake_at_ns - self._lead_ns
        wakes = [engine_ns, *(source.wake_at_ns() for source in self.sources)]
        return min((wake for wake in wakes if wake is not None), default=None)

    def _ahead_ns(self, now_ns: int) -> int:
        """How far ahead of now the next step is made: to what is due within the lead, else not at all.

        Time is an argument: the engine decides for that instant, and its bytes are held until it has come. Only where
        nothing came in but the outlet's own words, so that a press is never held.
        """
        ahead_ns = 0 if self._wake_at_ns is None else self._wake_at_ns - now_ns
        return ahead_ns if 0 < ahead_ns <= self._lead_ns else 0

    def _note_lead(self, took_ns: int) -> None:
        """Lead by what the last decisions took, and a little: a longer one would make presses wait for nothing."""
        self._took_ns.append(took_ns)
        self._lead_ns = min(self._pace.lead_ns, max(self._took_ns) + SPARE_NS)

    def _read(self, source: Source, now_ns: int) -> Sequence[InboxItem]:
        try:
            return source.read(now_ns)
        except Exception as error:  # noqa: BLE001  whatever one source meets, the show goes on
            self._fault(f"source {type(source).__name__}", error)
            return ()

    def _decide(self, now_ns: int, wall: datetime, inbox: Sequence[InboxItem]) -> Outbox:
        try:
            return self.engine.step(now_ns, wall, inbox)
        except Exception as error:  # noqa: BLE001  one input the engine fails on must not take the rest of the show
            self._fault("the engine's step", error, inbox=inbox)
            refused = "the engine failed on it; see the log"
            asked = [item for item in inbox if isinstance(item, Asked)]
            answers = [
                Answered(at_ns=now_ns - self._zero_ns, request=each.id, name=each.kind, by=each.by, refused=refused)
                for each in asked
            ]
            return Outbox((), tuple(answers), now_ns + RETRY_NS)

    def _set_modes(self, notices: Sequence[Notice]) -> None:
        """Switch the outlet as the engine says, before this step's bytes leave."""
        for notice in notices:
            if isinstance(notice, OutputSwitched):
                self._outlet.set_mode(notice.device, OutputMode(notice.mode))

    def _send(self, dispatches: Sequence[Dispatch]) -> list[InboxItem]:
        """Hand everything over in order; once-uses last, when they are on disk, so that the disk delays nobody else."""
        once = {each.command.cue for each in dispatches if each.once}
        if not once:
            return self._hand_all_over(dispatches)
        outcomes = self._hand_all_over([each for each in dispatches if each.command.cue not in once])
        held = [each for each in dispatches if each.command.cue in once]
        try:
            self._journal.spend([cue for cue in once if cue is not None])
        except NotDurableError as error:
            return outcomes + [self._failed(each, str(error)) for each in held]
        return outcomes + self._hand_all_over(held)

    def _hand_all_over(self, dispatches: Sequence[Dispatch]) -> list[InboxItem]:
        """In order; what stands together for one device leaves as one where the device takes bundles."""
        if len(dispatches) < 2:
            return [self._hand_over(each) for each in dispatches]
        outcomes: list[InboxItem] = []
        for device, group in groupby(dispatches, key=lambda each: each.command.device):
            together = list(group)
            if len(together) > 1 and self._outlet.bundles(device):
                outcomes += self._hand_over_together(together)
            else:
                outcomes += [self._hand_over(each) for each in together]
        return outcomes

    def _hand_over_together(self, dispatches: Sequence[Dispatch]) -> Sequence[Outcome]:
        sends = [(each.command, each.packet) for each in dispatches]
        try:
            return self._outlet.send_together(sends, self._clock.now_ns())
        except Exception as error:  # noqa: BLE001  as in _hand_over
            self._fault(f"device {dispatches[0].command.device}", error)
            return [self._failed(each, f"{type(error).__name__}: {error}") for each in dispatches]

    def _hand_over(self, dispatch: Dispatch) -> Outcome:
        try:
            return self._outlet.send(dispatch.command, dispatch.packet, self._clock.now_ns())
        except Exception as error:  # noqa: BLE001  bytes that cannot be sent never stop the others
            self._fault(f"device {dispatch.command.device}", error)
            return self._failed(dispatch, f"{type(error).__name__}: {error}")

    def _failed(self, dispatch: Dispatch, words: str) -> Outcome:
        command = dispatch.command
        return Outcome(command.seq, command.device, self._clock.now_ns(), Result.FAILED, words)

    def _tell(self, requests: Sequence[Request], notices: Sequence[Notice]) -> None:
        if self._said:
            notices, self._said = (*notices, *self._said), []
        if requests or notices:
            for listener in self.audience:
                try:
                    listener.tell(requests, notices)
                except Exception as error:  # noqa: BLE001  a full disk or a broken window stops no cue
                    self._fault(f"listener {type(listener).__name__}", error)

    def _has_time(self, needed_ns: int, patience_ns: int, since_ns: int) -> bool:
        """Nothing is due for so long, or it has been like that for longer than patience allows."""
        now_ns = self._clock.now_ns()
        due_ns = now_ns if self._inbox else self._due_ns()
        return due_ns is None or due_ns - now_ns > needed_ns or now_ns - since_ns > patience_ns

    def _catch_up(self, now_ns: int, wall: datetime, *, at_end: bool = False) -> None:
        """Let the audience work, with a snapshot where one is due and there is time for what the last one took."""
        pace, begun_ns, snapshot = self._pace, self._clock.now_ns(), None
        if at_end or (
            now_ns >= self._snapshot_ns
            and self._has_time(self._snapshot_room_ns, 5 * pace.patience_ns, self._snapshot_ns)
        ):
            snapshot = self._snapshot(now_ns, wall)
            self._snapshot_ns = now_ns + pace.snapshot_ns
        for listener in self.audience:
            try:
                listener.catch_up(snapshot)
            except Exception as error:  # noqa: BLE001  as in _tell
                self._fault(f"listener {type(listener).__name__}", error)
        self._told_ns = self._clock.now_ns()
        if snapshot is not None:
            self._snapshot_room_ns = pace.quiet_ns + self._told_ns - begun_ns

    def _snapshot(self, now_ns: int, wall: datetime) -> Snapshot | None:
        try:
            snapshot = self.engine.snapshot(now_ns, wall)
        except Exception as error:  # noqa: BLE001  a screen without news is better than no show
            self._fault("the engine's snapshot", error)
            return None
        self._zero_ns = now_ns - snapshot.now_ns
        return snapshot

    def _fault(self, what: str, error: Exception, inbox: Collection[InboxItem] = ()) -> None:
        """Count it; log and say the first, the tenth, the hundredth …: a fault that repeats must not fill the disk."""
        count = self.faults[what] = self.faults.get(what, 0) + 1
        if str(count).strip("0") != "1":
            return
        words = f"{what} failed ({type(error).__name__}: {error}), {count} so far; the show goes on"
        _log.error("%s%s", words, f"; it was given {list(inbox)}" if inbox else "", exc_info=error)
        self._said.append(Said(at_ns=self._clock.now_ns() - self._zero_ns, severity="error", words=words))


def _is_due(wake_at_ns: int | None, now_ns: int) -> bool:
    return wake_at_ns is not None and wake_at_ns <= now_ns
