"""Engines for when there is none: while no show is open, and while one takes the place of another."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from console.engine.outbox import Outbox
from console.loop.clocks import RealClock
from console.ports import InboxItem
from console.vocabulary import Answered, Asked, Notice, Playhead, Snapshot
from console.wiring.assembly import Assembly


class Idle:
    """The engine while no show is open: refuses everything, with the reason."""

    def step(self, now_ns: int, wall: datetime, inbox: Sequence[InboxItem]) -> Outbox:
        """Answer what was asked."""
        del now_ns, wall
        refused = "no show is open"
        notices: list[Notice] = [
            Answered(at_ns=0, request=each.id, name=each.kind, by=each.by, refused=refused)
            for each in inbox
            if isinstance(each, Asked)
        ]
        return Outbox((), tuple(notices), None)

    def snapshot(self, now_ns: int, wall: datetime) -> Snapshot:
        """Nothing, stopped."""
        del now_ns
        return Snapshot(
            now_ns=0,
            wall=wall.isoformat(timespec="milliseconds"),
            run="",
            run_kind="rehearsal",
            revision=0,
            playhead=Playhead(state="stopped", item=None, position_ns=0, rate=0.0),
            standbys={},
            upcoming=(),
            running=(),
            items=(),
            done=(),
            armed=(),
            devices=(),
            panic=False,
            go_armed=False,
        )


class Handover:
    """Stands in for the new show's engine while the loop before it ends: what is asked then, the new loop asks it.

    That loop would send the first cues to the devices of the old show, and tell the time of another zone.
    """

    def __init__(self, assembly: Assembly, clock: RealClock) -> None:
        self._engine = assembly.engine
        self._clock = clock
        self._asked: list[InboxItem] = []

    # -- as the engine of the loop that ends

    def step(self, now_ns: int, wall: datetime, inbox: Sequence[InboxItem]) -> Outbox:
        """Put requests by; the rest is about the old show."""
        del now_ns, wall
        self._asked += [each for each in inbox if isinstance(each, Asked)]
        return Outbox((), (), None)

    def snapshot(self, now_ns: int, wall: datetime) -> Snapshot:
        """The new show, before its first step."""
        del now_ns, wall
        return self._engine.snapshot(self._clock.now_ns(), self._clock.wall())

    # -- as a source of the new loop

    def descriptors(self) -> Collection[int]:
        """None: it is read in the first turn."""
        return ()

    def blocked(self) -> Collection[int]:
        """None."""
        return ()

    def wake_at_ns(self) -> int | None:
        """Never by itself."""
        return None

    def read(self, now_ns: int) -> Sequence[InboxItem]:
        """What was put by, once."""
        del now_ns
        asked, self._asked = self._asked, []
        return asked
