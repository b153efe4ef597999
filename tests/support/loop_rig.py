"""The loop with everything around it scripted: engine, clock, outlet, listeners, and a diary of what came when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from console.loop.loop import Loop, Pace
from console.ports import InboxItem, NotDurableError
from console.timebase import NS_PER_S
from console.vocabulary import Notice, Request, Snapshot
from devices.contract import Command, Outcome, Packet
from tests.support.recording_outlet import RecordingOutlet
from tests.support.small_engine import SmallEngine
from tests.support.virtual_clock import ScriptedSource, SteppedWaiter, VirtualWaiter, make_clock

ZERO_NS = 7_000_000_007


@dataclass
class Diary:
    """A listener and a journal that write down, in one list, what came when."""

    lines: list[object] = field(default_factory=list)
    snapshots: list[Snapshot] = field(default_factory=list)
    refuse: str = ""

    def spend(self, cues: Collection[str]) -> None:
        self.lines.append(("spent", *sorted(cues)))
        if self.refuse:
            raise NotDurableError(self.refuse)

    def tell(self, requests: Sequence[Request], notices: Sequence[Notice]) -> None:
        self.lines += [*requests, *notices]

    def catch_up(self, snapshot: Snapshot | None) -> None:
        self.lines.append("catch up")
        if snapshot is not None:
            self.snapshots.append(snapshot)

    def of(self, kind: type) -> list[object]:
        return [each for each in self.lines if isinstance(each, kind)]


@dataclass
class DiaryOutlet(RecordingOutlet):
    """Writes into the diary too, so that its order against telling can be seen."""

    diary: Diary = field(default_factory=Diary)

    def send(self, command: Command, packet: Packet, now_ns: int) -> Outcome:
        self.diary.lines.append(("sent", command.seq))
        return super().send(command, packet, now_ns)


class Rig:
    """A loop on virtual time around a small engine."""

    def __init__(self, *due: object, script: Sequence[tuple[int, InboxItem]] = (), pace: Pace | None = None) -> None:
        self.clock = make_clock()
        self.engine = SmallEngine(list(due), zero_ns=ZERO_NS)  # type: ignore[arg-type]
        self.diary = Diary()
        self.outlet = DiaryOutlet(diary=self.diary)
        self.script = ScriptedSource(script)
        self.waiter = VirtualWaiter(self.clock)
        self.loop = self.make_loop(self.waiter, pace or Pace(wakes=False))

    def make_loop(self, waiter: VirtualWaiter | SteppedWaiter, pace: Pace) -> Loop:
        return Loop(
            self.engine,
            clock=self.clock,
            waiter=waiter,
            outlet=self.outlet,
            journal=self.diary,
            sources=[self.script],
            audience=[self.diary],
            pace=pace,
        )

    def run(self) -> Rig:
        self.loop.run()
        self.waiter.close()
        return self


def at(seconds: float) -> int:
    return ZERO_NS + int(seconds * NS_PER_S)
