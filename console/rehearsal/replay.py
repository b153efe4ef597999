"""A take played again as operator input: every press and message at its own time, through the engine as it is now.

The show may have been edited since, the house may be another: what leaves is what these hands bring about tonight. An
operator at the keys may press besides. Hazards stay: whoever stood there to arm them is not here (``is_replay``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final

from console.engine.run_state import RunState
from console.engine.standbys import Standbys
from console.ports import InboxItem
from console.rehearsal.script import Act, Script
from console.timebase import NS_PER_S
from console.vocabulary import AllStop, Go, Notice, SetSpeed, SetStandby, TransportChanged
from devices.contract import CodeReading, Incoming

BY: Final = "replay"

PATIENCE_NS: Final = 1 * NS_PER_S
"""How long an act waits for the change of the transport that came before it then, and has not come now."""

TAIL_NS: Final = 2 * NS_PER_S
"""What is let ring out after the last thing that happened."""


@dataclass
class Replay:
    """Plays one script from the first step on. ``speed``: of the score, as the run is set to."""

    script: Script
    speed: Fraction = Fraction(1)
    scales_fades: bool = False  # what a cue does inside itself goes at that speed too
    exits_vamps: bool = False
    _next: int = 0
    _stopped: bool = False
    _begun_ns: int | None = None
    _seen: list[tuple[int, TransportChanged]] = field(default_factory=list)

    @property
    def hears_code(self) -> bool:
        """True where the take's own timecode is followed: at its own speed alone, since code sets the speed."""
        return self.speed == 1 and any(isinstance(act.what, CodeReading) for act in self.script.acts)

    def wishes(self, run: RunState, standbys: Standbys, now_ns: int) -> list[tuple[int, InboxItem]]:
        """The acts that are due, once; then when the next one is, and the end."""
        del run
        if self._begun_ns is None:
            self._begun_ns = now_ns
            if self.speed != 1:
                return [(now_ns, SetSpeed(by=BY, speed=float(self.speed), scale_fades=self.scales_fades))]
        found: list[tuple[int, InboxItem]] = []
        acts = self.script.acts
        while self._next < len(acts):
            act = acts[self._next]
            due_ns = self._due_ns(act)
            if due_ns > now_ns:
                return found or [(due_ns, act.what)]
            if found and isinstance(act.what, Go):
                return found  # where its list stands is known when those before it have been taken
            self._next += 1
            if self.speed == 1 or not isinstance(act.what, CodeReading):
                found += [(now_ns, each) for each in _given(act, standbys, now_ns)]
        if found or self._stopped:
            return found
        end_ns = self._end_ns()
        self._stopped = now_ns >= end_ns
        return [(end_ns, AllStop(by=BY))]

    def saw(self, run: RunState, notices: Sequence[Notice]) -> None:
        """The transport has changed: what came after that change then, comes after it now."""
        for notice in notices:
            if isinstance(notice, TransportChanged):
                self._seen.append((run.zero_ns + notice.at_ns, notice))

    def is_over(self, run: RunState, now_ns: int) -> bool:
        """True when the last act has been given, and what it began has had its time."""
        return run.over or (
            self._begun_ns is not None and self._next >= len(self.script.acts) and now_ns >= self._end_ns()
        )

    def _end_ns(self) -> int:
        last = Act(self.script.ended_ns, AllStop(by=BY), len(self._seen))
        return self._due_ns(last) + TAIL_NS

    def _due_ns(self, act: Act) -> int:
        """The instant of an act, by the last change of the transport that has come in both."""
        changes = self.script.changes
        known = min(act.change, len(self._seen), len(changes))
        late_ns = PATIENCE_NS if known < act.change else 0
        if known == 0:
            return (self._begun_ns or 0) + self._scaled(self.script.score_ns(self.script.began_ns, act.at_ns)) + late_ns
        then, (now_ns, now) = changes[known - 1], self._seen[known - 1]
        moves = then.state == "rolling" and (then.state, then.item) == (now.state, now.item)
        shift_ns = then.position_ns - now.position_ns if moves else 0
        return now_ns + self._scaled(shift_ns + self.script.score_ns(then.at_ns, act.at_ns)) + late_ns

    def _scaled(self, ns: int) -> int:
        return ns if self.speed == 1 else round(ns / self.speed)


def _given(act: Act, standbys: Standbys, now_ns: int) -> list[InboxItem]:
    """An act as it is given now: a press runs what it ran, wherever its list stands."""
    if isinstance(act.what, Incoming | CodeReading):
        return [replace(act.what, received_ns=now_ns)]
    if isinstance(act.what, Go) and act.cue is not None:
        name = act.what.list
        if standbys.standing.get(name) != act.cue and act.cue in standbys.lists.members.get(name, ()):
            return [SetStandby(by=BY, list=name, cue=act.cue), act.what]
    return [act.what]
