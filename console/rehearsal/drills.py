"""Drills: faults on demand, by a list, with what the operator did and how long it took.

A drill asks what anybody could ask (faults on ghosts, a second GO), or stands between the ports and the engine
(timecode that fails), or keeps the machine from leaving a vamp. Only in a rehearsal, and only on ghosts. What an
operator does is read from the engine's answers: a refused request is an act, and puts nothing right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from console.engine.engine import Engine, InboxItem
from console.timebase.instants import NS_PER_MS, NS_PER_S
from console.vocabulary import (
    DRILL_BY_ID,
    Answered,
    DrillState,
    EndDrill,
    Go,
    Notice,
    Request,
    SetFaults,
    StartDrill,
)
from devices.contract import CodeReading, OutputMode

BY: Final = "drill"
BOUNCE_NS: Final = 40 * NS_PER_MS
"""How long after a GO the second one of a double GO comes."""

CODE_JUMP_NS: Final = 37 * NS_PER_S
NO_ACTS: Final = frozenset({"start_drill", "end_drill", "go_key_up", "set_faults", "learn"})


class Drills:
    """The drill that is on, and those that were."""

    def __init__(self) -> None:
        self.on: DrillState | None = None
        self.done: tuple[DrillState, ...] = ()
        self._bounce_ns: int | None = None

    @property
    def keeps_vamp(self) -> bool:
        """True while the machine may not leave a vamp."""
        return self.on is not None and DRILL_BY_ID[self.on.drill].keeps_vamp

    def states(self) -> tuple[DrillState, ...]:
        """The one that is on first, then the others, the last first."""
        return (*(() if self.on is None else (self.on,)), *reversed(self.done))

    def start(self, engine: Engine, now_ns: int, request: StartDrill) -> tuple[str | None, list[Request]]:
        """Begin one. Returns why not, and what the engine is to be asked."""
        drill = DRILL_BY_ID.get(request.drill)
        if drill is None:
            return f"the list has no drill {request.drill!r}: {', '.join(DRILL_BY_ID)}", []
        if engine.run.run_kind == "performance":
            return "this is a performance: drills are for rehearsals", []
        if drill.code and not engine.house.timecode_in:
            return "no timecode comes in here", []
        if drill.faults and engine.modes.get(request.device or "") is not OutputMode.GHOST:
            return f"{request.device or 'no device'} is no ghost: drills are played on ghosts alone", []
        asks = self.end(engine, now_ns)
        device = request.device if drill.faults else None
        self.on = DrillState(drill=drill.id, device=device, began_ns=engine.run.at(now_ns))
        if device is not None:
            asks.append(SetFaults(by=BY, device=device, faults=drill.faults))
        return None, asks

    def end(self, engine: Engine, now_ns: int) -> list[Request]:
        """End the one that is on. Returns what the engine is to be asked."""
        if self.on is None:
            return []
        over, self.on, self._bounce_ns = self.on, None, None
        self.done = (*self.done, over.model_copy(update={"ended_ns": engine.run.at(now_ns)}))
        return [] if over.device is None else [SetFaults(by=BY, device=over.device)]

    def sift(self, inbox: Sequence[InboxItem]) -> list[InboxItem]:
        """What the engine gets to hear of timecode while a drill is on."""
        code = "" if self.on is None else DRILL_BY_ID[self.on.drill].code
        if not code:
            return list(inbox)
        if code == "drops":
            return [each for each in inbox if not isinstance(each, CodeReading)]
        return [_further_on(each) if isinstance(each, CodeReading) else each for each in inbox]

    def watch(self, notices: Iterable[Notice], now_ns: int) -> None:
        """Read the answers: the first act, and what put it right."""
        for notice in notices:
            if self.on is None or not isinstance(notice, Answered):
                continue
            drill = DRILL_BY_ID[self.on.drill]
            if drill.bounces and notice.name == "go" and notice.by == BY:
                if notice.refused is not None:
                    self._right(notice, "the guard refused it")
                continue
            if notice.by in (BY, "machine") or notice.name in NO_ACTS:
                continue
            if drill.bounces and notice.name == "go" and notice.refused is None:
                self._bounce_ns = now_ns + BOUNCE_NS if self._bounce_ns is None else self._bounce_ns
                continue
            if self.on.acted_ns is None:
                self.on = self.on.model_copy(update={"acted_ns": notice.at_ns, "act": notice.name})
            if notice.name in drill.right_by and notice.refused is None:
                self._right(notice, notice.name)

    def due(self, now_ns: int) -> list[Request]:
        """What a drill asks of itself now."""
        if self._bounce_ns is None or now_ns < self._bounce_ns or self.on is None:
            return []
        self._bounce_ns = 1 << 62  # once
        return [Go(by=BY)]

    def wake_ns(self) -> int | None:
        """When it asks something next."""
        return None if self._bounce_ns is None or self._bounce_ns >= 1 << 62 else self._bounce_ns

    def _right(self, notice: Answered, by: str) -> None:
        if self.on is not None and self.on.right_ns is None:
            self.on = self.on.model_copy(update={"right_ns": notice.at_ns, "right": by})


def asks_for_drill(item: InboxItem) -> bool:
    """True for what the engine never sees."""
    return isinstance(item, StartDrill | EndDrill)


def _further_on(reading: CodeReading) -> CodeReading:
    return reading if reading.code_ns is None else replace(reading, code_ns=reading.code_ns + CODE_JUMP_NS)
