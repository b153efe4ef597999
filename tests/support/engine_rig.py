"""An engine on a virtual clock: press, wait, and read what left.

The rig plays the part of the loop: it steps the engine when the engine asks to be stepped, answers every dispatch as
sent at the step's instant (or as ``results`` say), and keeps everything. ``grain_ns`` makes it a coarse loop that only
looks now and then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from console.engine.engine import Engine, House, InboxItem
from console.engine.history import Way
from console.engine.outbox import Dispatch
from console.plan.patch import build_patch
from console.plan.schedule import drain
from console.show.edits import Edit, EditError, describe
from console.show.show import Show
from console.vocabulary import Answered, LedgerRow, Notice, Request, RunKind
from devices.contract import Outcome, Result
from devices.encode import ProfileEncoder
from devices.line_check import harmless_of
from profiles.device_profile import DeviceProfile
from profiles.venue_profile import Venue
from tests.support.houses import PROFILES, make_venue

ZERO_NS = 1_000_000_000_000  # never zero, so that zero is nothing special
NOON = datetime(2026, 9, 19, 12, 0, 0, tzinfo=UTC)


def s(seconds: float) -> int:
    """Seconds in nanoseconds, rounded."""
    return round(seconds * 1_000_000_000)


@dataclass
class EngineRig:
    """One engine and all that came out of it. Times are seconds since the run began."""

    show: Show
    venue: Venue = field(default_factory=make_venue)
    grain_ns: int | None = None
    house: House | None = None
    spent: tuple[str, ...] = ()
    profiles: Mapping[str, DeviceProfile] = field(default_factory=lambda: PROFILES)
    run_kind: RunKind = "performance"
    held: bool = False  # outputs are held, and nothing has begun: as after a crash
    results: dict[str, Result] = field(default_factory=dict)  # of devices to which sends do not go well
    now_ns: int = ZERO_NS
    sent: list[Dispatch] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    steps: int = 0

    def __post_init__(self) -> None:
        if self.house is None:
            patch = build_patch(self.show, self.venue, self.profiles)
            self.house = House(patch, ProfileEncoder(patch.devices), harmless=harmless_of(patch.devices))
        self.engine = Engine(self.show, self.house, "run", self.run_kind, self.now_ns, self.spent)
        self._outcomes: list[InboxItem] = []
        self._wake_ns: int | None = None
        self._requests = 0
        if self.held:
            self.engine.resume({}, (), held=True)
        self._step([])

    @property
    def now_s(self) -> float:
        """Where the clock stands."""
        return (self.now_ns - ZERO_NS) / 1e9

    @property
    def wall(self) -> datetime:
        """The clock on the wall: noon when the run begins."""
        return NOON + timedelta(microseconds=(self.now_ns - ZERO_NS) / 1000)

    def wait(self, seconds: float) -> None:
        """Let time pass; the engine is stepped when it asks, or on the grain."""
        self.wait_until(self.now_s + seconds)

    def wait_until(self, at_s: float) -> None:
        """Let time pass up to a moment of the run."""
        end_ns = ZERO_NS + s(at_s)
        while True:
            if self.grain_ns is not None:
                nearest = self.now_ns + self.grain_ns
            else:
                nearest = max(self.now_ns, self._wake_ns) if self._wake_ns is not None else end_ns + 1
            if nearest > end_ns:
                break
            self.now_ns = nearest
            self._step([])
        self.now_ns = end_ns
        self._step([])

    def ask(self, request: Request) -> str | None:
        """Make a request now; returns why it was refused, or None."""
        self._requests += 1
        numbered = request.model_copy(update={"id": self._requests})
        first = len(self.notices)
        self._step([numbered])
        answers = [n for n in self.notices[first:] if isinstance(n, Answered) and n.request == self._requests]
        assert len(answers) == 1, f"{len(answers)} answers to {request}"
        return answers[0].refused

    def edit(self, edit: Edit, by: str = "operator", way: Way = "edit") -> str | None:
        """Make an edit now; returns why it was refused, or None."""
        try:
            rearm = drain(self.engine.prepare(edit))
        except EditError as error:
            return str(error)
        past = self.engine.history.next_of(way)
        name = describe(edit, self.engine.run.show) if past is None else past.name
        refused = self.engine.take(self.now_ns, rearm, name, by, way)
        self._step([])
        return refused

    def hear(self, item: InboxItem) -> None:
        """Something arrives from outside."""
        self._step([item])

    def verbs(self, **wanted: Any) -> list[tuple[float, str, str]]:
        """(seconds, device, verb) of everything sent, filtered by fields of the command."""
        return [
            (round((d.command.due_ns - ZERO_NS) / 1e9, 6), d.command.device, d.command.verb)
            for d in self.sent
            if all(getattr(d.command, name) == value for name, value in wanted.items())
        ]

    def cues_sent(self) -> list[str]:
        """Cue ids of what was sent, each once, in order of first sending."""
        return list(dict.fromkeys(d.command.cue for d in self.sent if d.command.cue is not None))

    def rows(self) -> list[LedgerRow]:
        """The as-run so far."""
        return [notice for notice in self.notices if isinstance(notice, LedgerRow)]

    def row(self, cue: str) -> LedgerRow:
        """The first as-run row of a cue."""
        return next(row for row in self.rows() if row.cue == cue)

    def _step(self, inbox: list[InboxItem]) -> None:
        while True:
            outbox = self.engine.step(self.now_ns, self.wall, [*self._outcomes, *inbox])
            self.steps += 1
            self._outcomes = [
                Outcome(d.command.seq, d.command.device, self.now_ns, self.results.get(d.command.device, Result.SENT))
                for d in outbox.dispatches
            ]
            self.sent.extend(outbox.dispatches)
            self.notices.extend(outbox.notices)
            self._wake_ns = outbox.wake_at_ns
            inbox = []
            if not self._outcomes:
                return
