"""Hazard cues that are to be armed: how soon, who has said yes, and which of them is asked for now. No Qt.

A hazard is *near* within its arming window: an arm that is given earlier lapses before the cue. Only then may its card
speak up; until then it is one quiet row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from console.show.cues import Cue
from console.timebase.instants import s_to_ns
from console.vocabulary import ArmState, LineState
from ui.state.calls import name_of
from ui.state.desk import Desk
from ui.state.words import when_text

WINDOW_S: Final = 30.0
"""How long an arm counts where the cue does not say."""

_ARM_BY: Final = "arm by "


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a hazard waits for. ``role``: who may say yes to it; None for a line or a zone.

    ``keyed``: a line that has a key of its own in the window, which says how it stands.
    """

    words: str
    given: bool
    role: str | None = None
    keyed: bool = False


@dataclass(frozen=True, slots=True)
class Hazard:
    """One hazard cue of the items that are live or loaded."""

    cue: str
    name: str
    when: str  # "bar 41.1", "called"
    needs: tuple[Need, ...]
    is_near: bool
    in_ns: int | None  # until its moment; None where nobody knows
    left_ns: int | None  # until the first arm given lapses
    lines: tuple[LineState, ...] = ()  # those it looks at

    @property
    def is_armed(self) -> bool:
        """Nothing stands against it any more."""
        return all(need.given for need in self.needs)


def desk_hazards(desk: Desk, local_ns: int) -> tuple[Hazard, ...]:
    """The hazards that wait, soonest first, those nobody can time last."""
    armed = desk.snapshot.armed if desk.snapshot is not None else ()
    found = [_hazard(desk, state, local_ns) for state in armed]
    return tuple(sorted(found, key=lambda hazard: (hazard.in_ns is None, hazard.in_ns or 0)))


def in_hand(hazards: Sequence[Hazard], picked: str | None) -> Hazard | None:
    """The one whose arms are asked for: near and not armed, else the picked cue, near, or without a moment."""

    def rank(hazard: Hazard) -> int:
        if hazard.is_near and not hazard.is_armed:
            return 0
        return 1 if hazard.cue == picked else 2 if hazard.is_near or hazard.in_ns is None else 3

    first = min(hazards, key=rank, default=None)
    return first if first is not None and rank(first) < 3 else None


def roles_to_ask(hazard: Hazard, seat: str | None) -> tuple[str, ...]:
    """The arming roles that this seat may still say yes for: its own, or all where it is none of them."""
    roles = [need.role for need in hazard.needs if need.role is not None]
    missing = tuple(need.role for need in hazard.needs if need.role is not None and not need.given)
    return tuple(role for role in missing if role == seat) if seat in roles else missing


def _hazard(desk: Desk, state: ArmState, local_ns: int) -> Hazard:
    cue = desk.show.cue_by_id.get(state.cue) if desk.show is not None else None
    in_ns = None if cue is None else _in_ns(desk, cue, local_ns)
    left_ns = None if state.expires_ns is None else state.expires_ns - desk.run_now_ns(local_ns)
    name = state.cue if cue is None else f"{name_of(desk, cue)}  {cue.label}"
    when = "" if cue is None else when_text(cue)
    lines = _lines_of(desk, cue)
    needs = _needs(cue, state, lines)
    return Hazard(state.cue, name, when, needs, _is_near(desk, cue, state, in_ns), in_ns, left_ns, lines)


def _lines_of(desk: Desk, cue: Cue | None) -> tuple[LineState, ...]:
    """The lines a cue looks at: its role's enable and dead-man, and its zone's."""
    known = desk.snapshot.lines if desk.snapshot is not None else ()
    asked = () if cue is None else (cue.role, cue.zone_clear)
    return tuple(line for line in known if line.kind != "gauge" and any(each in asked for each in line.guards))


def line_words(line: LineState) -> str:
    """How a line stands: ``pyro-enable high, Kim``, ``dead-man low``, ``upstage clear``."""
    if line.kind == "gauge":
        return f"{line.line} {line.words or 'has no reading'}"
    name = line.line.removeprefix("zone:")
    states = ("clear", "not clear") if line.kind == "zone_clear" and line.line.startswith("zone:") else ("high", "low")
    return f"{name} {states[not line.high]}" + (f", {line.by}" if line.high and line.by else "")


def _needs(cue: Cue | None, state: ArmState, lines: tuple[LineState, ...]) -> tuple[Need, ...]:
    """The arming roles in the cue's order, its lines, then what else stands against it, as the engine words it."""
    roles = cue.arm if cue is not None else state.given
    known = {f"{line.line} low" for line in lines}
    known |= {f"{line.guards[0]} not clear" for line in lines if line.kind == "zone_clear"}
    rest = [words for words in state.missing if not words.startswith(_ARM_BY) and words not in known]
    return (
        *(
            Need(_armed_words(state, role), given=True, role=role)
            if role in state.given
            else Need(role, given=False, role=role)
            for role in roles
        ),
        *(Need(line_words(line), given=line.high, keyed=line.by_hand) for line in lines),
        *(Need(words, given=False) for words in rest),
    )


def _armed_words(state: ArmState, role: str) -> str:
    """Which role has said yes, and who spoke for it where that is somebody else's name."""
    by = dict(zip(state.given, state.by, strict=False)).get(role, "")
    return f"armed by {role}" + (f" ({by})" if by and by not in (role, "operator") else "")


def _is_near(desk: Desk, cue: Cue | None, state: ArmState, in_ns: int | None) -> bool:
    if state.given or (cue is not None and desk.standby() == cue):
        return True
    window_ns = s_to_ns((cue.arm_window_s if cue is not None else None) or WINDOW_S)
    return in_ns is not None and abs(in_ns) <= window_ns


def _in_ns(desk: Desk, cue: Cue, local_ns: int) -> int | None:
    """Until the cue's place in the live item, with a vamp's present pass as its last; else as the engine says."""
    if desk.snapshot is None or desk.schedule is None or desk.snapshot.playhead.state != "rolling":
        return None  # while nothing moves nothing is due
    position_ns = desk.position_ns(local_ns)
    place_ns = desk.schedule.cue_times[cue.id].position_ns
    if place_ns is not None and position_ns is not None and cue.item == desk.snapshot.playhead.item:
        return place_ns - position_ns
    return next((up.in_ns for up in desk.upcoming() if up.cue == cue.id), None)
