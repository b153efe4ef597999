"""What a caller says next: the standby, the next three, and the words for them. No Qt.

A call reads "Standby LX 24" from ``warn_s`` before the cue on, and "LX 24 GO" when its moment is there. Only what a
person presses, or what asks to be announced, is called.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from console.show.cues import Cue
from console.timebase.instants import s_to_ns
from ui.state.desk import Desk

WARN_S: Final = 10.0
"""When a called cue is announced that does not say so itself."""

Urgency = Literal["ahead", "standby", "due"]


@dataclass(frozen=True, slots=True)
class Call:
    """One of the next things: ``name`` is "LX 24"; ``words`` what is said now, empty while it is too early."""

    cue: Cue
    department: str
    name: str
    words: str
    urgency: Urgency
    called: bool
    in_ns: int | None


def name_of(desk: Desk, cue: Cue) -> str:
    """ "LX 24": department and number, as it is called; a group by its number alone."""
    department = desk.show.department_of(cue) if desk.show is not None else None
    return f"{department} {cue.number}" if department else f"Cue {cue.number}"


def standby_call(desk: Desk, local_ns: int) -> Call | None:
    """The standby of the show list, with its countdown where the engine knows one."""
    cue = desk.standby()
    if cue is None or desk.snapshot is None:
        return None
    in_ns = next((up.in_ns for up in desk.upcoming() if up.cue == cue.id), None)
    return _call(desk, cue, called=True, in_ns=_carried(desk, in_ns, local_ns))


def next_calls(desk: Desk, local_ns: int, most: int = 3) -> tuple[Call, ...]:
    """What comes next beside the standby, soonest first."""
    if desk.show is None or desk.snapshot is None:
        return ()
    standby = desk.snapshot.standbys.get("show")
    calls: list[Call] = []
    for up in desk.upcoming():
        if up.cue != standby:
            cue = desk.show.cue_by_id[up.cue]
            calls.append(_call(desk, cue, called=up.called, in_ns=_carried(desk, up.in_ns, local_ns)))
    return tuple(calls[:most])


def _carried(desk: Desk, in_ns: int | None, local_ns: int) -> int | None:
    """The countdown carried on since the snapshot; None while nothing moves: whoever stands still, nothing is due."""
    if in_ns is None or desk.snapshot is None or not desk.has_begun() or desk.snapshot.playhead.state != "rolling":
        return None
    return in_ns - (desk.run_now_ns(local_ns) - desk.snapshot.now_ns)


def _call(desk: Desk, cue: Cue, *, called: bool, in_ns: int | None) -> Call:
    name = name_of(desk, cue)
    department = (desk.show.department_of(cue) if desk.show is not None else None) or ""
    announced = called or cue.warn_s is not None
    warn_ns = s_to_ns(cue.warn_s if cue.warn_s is not None else WARN_S)
    if not announced or in_ns is None or in_ns > warn_ns:
        return Call(cue, department, name, "", "ahead", called, in_ns)
    if in_ns <= 0 and called:
        return Call(cue, department, name, f"{name} GO", "due", called, in_ns)
    return Call(cue, department, name, f"Standby {name}", "standby", called, in_ns)
