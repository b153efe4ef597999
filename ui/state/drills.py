"""Drills as the window lists them: what may be played on what, and how long it took. No Qt."""

from __future__ import annotations

from console.timebase.instants import NS_PER_S
from console.vocabulary import DRILL_BY_ID, DrillState
from ui.state.desk import Desk


def ghosts_of(desk: Desk) -> tuple[str, ...]:
    """The devices a drill may be played on: ghosts, those on show first."""
    if desk.snapshot is None:
        return ()
    found = [each for each in desk.snapshot.devices if each.role and each.mode == "ghost"]
    return tuple(dict.fromkeys(each.device for each in sorted(found, key=lambda each: not each.active)))


def drill_on(desk: Desk) -> DrillState | None:
    """The drill that is on."""
    drills = desk.snapshot.drills if desk.snapshot is not None else ()
    return next((each for each in drills if each.ended_ns is None), None)


def drill_words(drill: DrillState) -> str:
    """``Dead desk on lx-main: first act after 3.2 s (bypass), put right after 8.0 s (change over)``."""
    title = DRILL_BY_ID[drill.drill].title
    on = f" on {drill.device}" if drill.device is not None else ""
    if drill.acted_ns is None and drill.right_ns is None:
        return f"{title}{on}: " + ("nobody has acted yet" if drill.ended_ns is None else "nobody acted")
    words = []
    if drill.acted_ns is not None:
        words.append(f"first act after {_seconds(drill, drill.acted_ns)} ({_spoken(drill.act)})")
    if drill.right_ns is not None:
        words.append(f"put right after {_seconds(drill, drill.right_ns)} ({_spoken(drill.right)})")
    else:
        words.append("not right yet" if drill.ended_ns is None else "never put right")
    return f"{title}{on}: {', '.join(words)}"


def _seconds(drill: DrillState, at_ns: int) -> str:
    return f"{(at_ns - drill.began_ns) / NS_PER_S:.1f} s"


def _spoken(request: str) -> str:
    return request.replace("_", " ")
