"""A take as something to be played again: what came in, in order, each tied to the transport as it stood then.

Positions, not wall time: an act keeps its distance from the last change of the transport before it, so a press comes
where it came on the score, in another house and at another speed too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from console.ports import InboxItem
from console.timebase import NS_PER_MS
from console.vocabulary import (
    Arm,
    AtKeys,
    CameIn,
    CodeCame,
    Disarm,
    Go,
    Learn,
    ListTakes,
    MarkIt,
    Notice,
    NotUnderstood,
    Pressed,
    ReadTake,
    ReleaseOutputs,
    Request,
    Send,
    SetFaults,
    SetInput,
    SetOutput,
    SetReading,
    SetSpeed,
    SwitchDepartment,
    TickNote,
    TransportChanged,
)
from devices.contract import CodeReading, Incoming

NOT_PLAYED: Final = (
    *(Arm, Disarm, SetInput, SetReading),  # nobody stands there to hold a line or to look at a zone
    *(SetOutput, SwitchDepartment, ReleaseOutputs, AtKeys, SetFaults),  # who plays what is for this evening to say
    SetSpeed,  # as is how fast
    *(Send, Learn, NotUnderstood, MarkIt, ListTakes, ReadTake, TickNote),
)
"""Requests that a replay leaves out: what they did then is not what the score and the hands did."""

CODE_STEP_NS: Final = 40 * NS_PER_MS
"""How often code is given again where the record says that it ran on."""

CODE_HELD_NS: Final = 1_100 * NS_PER_MS
"""Code that runs on is told each second: after a longer silence nobody knows when it ceased."""

AskedRow = tuple[int | None, Request, str | None]
"""(ns since the run began, request, why it was refused or None)"""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that came in. ``change``: how many changes of the transport came before it. ``cue``: what it ran."""

    at_ns: int
    what: InboxItem
    change: int
    cue: str | None = None


@dataclass(frozen=True)
class Script:
    """A take to be played: from ``began_ns`` to ``ended_ns`` of its run."""

    began_ns: int
    ended_ns: int
    acts: tuple[Act, ...]
    changes: tuple[TransportChanged, ...]
    speeds: tuple[tuple[int, Fraction], ...] = ()  # since when the score went how fast

    def score_ns(self, from_ns: int, to_ns: int) -> int:
        """How much score goes by from one instant of the run to a later one, while it moves."""
        total, at_ns, speed = Fraction(0), from_ns, Fraction(1)
        for since_ns, next_speed in self.speeds:
            if since_ns >= to_ns:
                break
            if since_ns > at_ns:
                total += (since_ns - at_ns) * speed
                at_ns = since_ns
            speed = next_speed
        return round(total + (to_ns - at_ns) * speed)


def make_script(began_ns: int, asked: Iterable[AskedRow], facts: Iterable[Notice]) -> Script:
    """What was asked and what came in, as acts. Requests without an answer never reached the engine."""
    told = list(facts)
    changes = tuple(fact for fact in told if isinstance(fact, TransportChanged))
    at_ns = [change.at_ns for change in changes]
    ran: dict[tuple[int, str, str], list[str]] = {}
    for fact in told:
        if isinstance(fact, Pressed):
            ran.setdefault((fact.at_ns, fact.list, fact.by), []).append(fact.cue)
    acts: list[Act] = []
    speeds: list[tuple[int, Fraction]] = []
    for when_ns, request, refused in asked:
        if when_ns is not None and refused is None and isinstance(request, SetSpeed):
            speeds.append((when_ns, Fraction(request.speed).limit_denominator(1000)))
        if when_ns is not None and not isinstance(request, NOT_PLAYED):
            cues = ran.get((when_ns, request.list, request.by)) if isinstance(request, Go) and refused is None else None
            plain = request.model_copy(update={"id": 0})
            acts.append(Act(when_ns, plain, bisect_left(at_ns, when_ns), cues.pop(0) if cues else None))
    acts += [Act(heard_ns, message, bisect_left(at_ns, heard_ns)) for heard_ns, message in _messages(told)]
    acts += [Act(heard_ns, code, bisect_left(at_ns, heard_ns)) for heard_ns, code in _code(told)]
    acts.sort(key=lambda act: act.at_ns)
    ended_ns = max([began_ns, *(fact.at_ns for fact in told), *(act.at_ns for act in acts)])
    return Script(began_ns, ended_ns, tuple(acts), changes, tuple(speeds))


def _messages(facts: Sequence[Notice]) -> Iterable[tuple[int, Incoming]]:
    for fact in facts:
        if isinstance(fact, CameIn):
            yield fact.at_ns, Incoming(fact.source, fact.by_way, fact.address, fact.args, fact.at_ns)


def _code(facts: Sequence[Notice]) -> Iterable[tuple[int, CodeReading]]:
    """The readings that were told, and between two of one source those that the first of them stands for."""
    last: dict[str, CodeCame] = {}
    for fact in facts:
        if not isinstance(fact, CodeCame):
            continue
        before = last.get(fact.source)
        if before is not None and before.code_ns is not None and before.motion == "forward":
            for at_ns in range(before.at_ns + CODE_STEP_NS, _ran_on_until_ns(before, fact), CODE_STEP_NS):
                code_ns = before.code_ns + at_ns - before.at_ns
                yield at_ns, CodeReading(fact.source, code_ns, "forward", at_ns, before.good_frames)
        last[fact.source] = fact
        yield fact.at_ns, CodeReading(fact.source, fact.code_ns, fact.motion, fact.at_ns, fact.good_frames)


def _ran_on_until_ns(before: CodeCame, fact: CodeCame) -> int:
    """Until when code ran on as it did: up to the next telling, where that came in its second; else not at all."""
    return fact.at_ns if fact.at_ns - before.at_ns <= CODE_HELD_NS else before.at_ns
