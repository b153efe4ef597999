"""Hazards: who has said yes, which lines are high, and whether a dangerous cue may leave.

A *high* hazard needs every role of its ``arm`` list within the arming window. Every hazard needs the enable and
dead-man lines of its role high, its zone clear and the gauges that guard it low; a *low* one needs no arming. None
ever leaves by locate, skip, chase, loop, load, undo or restart: ``sending`` sees to that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from console.engine.lines import Lines
from console.show.cues import ChoiceTable, Cue, Scalar, Step
from console.timebase.instants import s_to_ns

DEFAULT_WINDOW_S: Final = 30.0


class Act(NamedTuple):
    """What a hazard does: the role it is asked of, and the arguments, in the show's words."""

    role: str
    args: Mapping[str, Scalar]


class Yes(NamedTuple):
    """One arming role's yes: when, and who gave it."""

    at_ns: int
    by: str


@dataclass
class Hazards:
    """State of arming. ``apart``: one person says yes for one arming role only."""

    lines: Lines = field(default_factory=Lines)
    apart: bool = False
    _given: dict[str, dict[str, Yes]] = field(default_factory=dict)  # cue -> arming role
    _shots: dict[str, tuple[object, str]] = field(default_factory=dict)  # cue -> the press it was spent on, who armed

    def lines_for(self, cue: Cue) -> tuple[str, ...]:
        """The lines that must be high for a cue: its role's, and those of its zone."""
        zone = self.lines.lines_of_zone(cue.zone_clear) if cue.zone_clear else ()
        return (*self.lines.lines_of(cue.role or ""), *zone)

    def gauges_for(self, cue: Cue) -> tuple[str, ...]:
        """The gauges that guard what a cue does."""
        guarding = (self.lines.limits_on(cue.role or "", _constants(step)) for step in cue.steps)
        return tuple(dict.fromkeys(line.id for each in guarding for line, _ in each))

    # -- arming --------------------------------------------------------------------------------------------------------

    def arm(self, cue: Cue, role: str, now_ns: int, by: str) -> str | None:
        """One role says yes; ``by`` is who spoke for it. Returns why not, or None."""
        if cue.hazard != "high":
            return f"{cue.number} {cue.label} is no high hazard; it needs no arming"
        if role not in cue.arm:
            return f"{role} has no part in arming {cue.number}; it is armed by {', '.join(cue.arm)}"
        standing = self.given(cue, now_ns)
        other = next((each for each, yes in standing.items() if each != role and yes.by == by), None)
        if self.apart and other is not None:
            return f"{by} has armed {cue.number} as {other}; {role} has to be somebody else"
        self._given.setdefault(cue.id, {})[role] = Yes(now_ns, by)
        return None

    def disarm(self, cue: Cue, role: str) -> str | None:
        """A yes is taken back. Returns why not, or None."""
        gone = self._given.get(cue.id, {}).pop(role, None)
        return f"{cue.number} is not armed by {role}" if gone is None else None

    def disarm_all(self) -> None:
        """Nobody has said yes to anything: after a stop, and where a ghost becomes a live device."""
        self._given.clear()

    def given(self, cue: Cue, now_ns: int) -> dict[str, Yes]:
        """The roles whose yes still holds, in the cue's order."""
        held = self._given.get(cue.id, {})
        return {role: held[role] for role in cue.arm if role in held and now_ns - held[role].at_ns <= window_ns(cue)}

    def expires_ns(self, cue: Cue, now_ns: int) -> int | None:
        """When the first of the given roles lapses."""
        return min((yes.at_ns + window_ns(cue) for yes in self.given(cue, now_ns).values()), default=None)

    def spend(self, cue: Cue, shot: object) -> str:
        """The cue leaves: its arming was for this one shot. Returns who armed it, for the record."""
        held = self._given.pop(cue.id, None)
        if held is not None:
            who = ", ".join(dict.fromkeys(yes.by for yes in held.values()))
            self._shots[cue.id] = (shot, who)
        return self._shots.get(cue.id, (shot, ""))[1]

    # -- what stands against it ----------------------------------------------------------------------------------------

    def missing(
        self, cue: Cue, now_ns: int, acts: Iterable[Act], shot: object = None, *, high: bool = True
    ) -> tuple[str, ...]:
        """Everything that still stands against a cue's acts, in words; () when they may leave.

        ``shot`` is the press or place that runs it: the sends that belong to one shot share its arming. ``high`` is
        whether it has to be armed at all.
        """
        acts = tuple(acts)
        against = dict.fromkeys(self._arms_missing(cue, now_ns, shot) if high else ())
        for role in dict.fromkeys(act.role for act in acts):
            lines = self.lines.lines_of(role)
            against.update(dict.fromkeys(f"{line} low" for line in lines if not self.lines.is_high(line, now_ns)))
        if cue.zone_clear is not None:
            watching = self.lines.lines_of_zone(cue.zone_clear)
            if not all(self.lines.is_high(line, now_ns) for line in watching):
                against[f"{cue.zone_clear} not clear"] = None
        for act in acts:
            for line, limit in self.lines.limits_on(act.role, act.args):
                words = self.lines.against(line, limit, now_ns)
                if words is not None:
                    against[words] = None
        return tuple(against)

    def _arms_missing(self, cue: Cue, now_ns: int, shot: object) -> tuple[str, ...]:
        if shot is not None and self._shots.get(cue.id, (None, ""))[0] is shot:
            return ()
        given = self.given(cue, now_ns)
        lacking = tuple(f"arm by {role}" for role in cue.arm if role not in given)
        return lacking or (() if cue.arm else ("it names nobody to arm it",))


def window_ns(cue: Cue) -> int:
    """How long a yes counts."""
    return s_to_ns(cue.arm_window_s or DEFAULT_WINDOW_S)


def _constants(step: Step) -> dict[str, Scalar]:
    """What of a step no choice decides."""
    return {name: value for name, value in step.args.items() if not isinstance(value, ChoiceTable)}
