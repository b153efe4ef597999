"""Hazards: who has said yes, which lines are high, and whether a dangerous cue may leave.

A *high* hazard needs every role of its ``arm`` list within the arming window. Every hazard needs the enable and
dead-man lines of its role high, and its zone clear; a *low* one needs no arming. None ever leaves by locate, skip,
chase, loop, load, undo or restart: ``sending`` sees to that. A line that was never seen is low, and so is one that
was not seen to be high for longer than the house allows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.plan.patch import Patch
from console.show.cues import Cue
from console.timebase.instants import s_to_ns

DEFAULT_WINDOW_S = 30.0


@dataclass
class Hazards:
    """State of arming.

    ``needs`` maps a role to the inputs it depends on, ``zones`` a zone to the inputs that watch it, ``stale_ns`` an
    input to how long it stays high unheard. A zone without an input of its own is cleared by hand, as line
    ``zone:NAME``, and stays so until that is taken back.
    """

    needs: Mapping[str, tuple[str, ...]]
    zones: Mapping[str, tuple[str, ...]]
    stale_ns: Mapping[str, int]
    _high_since: dict[str, int] = field(default_factory=dict)  # line -> when it was last said to be high
    _given: dict[str, dict[str, tuple[int, str]]] = field(default_factory=dict)  # cue -> arming role -> when, by whom
    _shots: dict[str, tuple[object, str]] = field(default_factory=dict)  # cue -> the press it was spent on, who armed

    @classmethod
    def of_house(cls, patch: Patch) -> Hazards:
        """Nobody has said yes, no line was seen."""
        needs: dict[str, tuple[str, ...]] = {}
        zones: dict[str, tuple[str, ...]] = {}
        for line in patch.venue.inputs:
            if line.kind == "zone_clear" and line.zone is not None:
                zones[line.zone] = (*zones.get(line.zone, ()), line.id)
            for role in line.roles:
                needs[role] = (*needs.get(role, ()), line.id)
        return cls(needs, zones, {line.id: s_to_ns(line.stale_s) for line in patch.venue.inputs})

    def lines_for(self, cue: Cue) -> tuple[str, ...]:
        """The lines that must be high for a cue: its role's, and those of its zone."""
        zone = self.zones.get(cue.zone_clear, (f"zone:{cue.zone_clear}",)) if cue.zone_clear else ()
        return (*self.needs.get(cue.role or "", ()), *zone)

    def set_line(self, line: str, now_ns: int, *, high: bool) -> None:
        """A line was heard, or set by hand."""
        if high:
            self._high_since[line] = now_ns
        else:
            self._high_since.pop(line, None)

    def is_high(self, line: str, now_ns: int) -> bool:
        """True where a line was said to be high, and not too long ago."""
        until_ns = self.high_until_ns(line)
        return line in self._high_since and (until_ns is None or now_ns <= until_ns)

    def high_until_ns(self, line: str) -> int | None:
        """When a line goes stale unless it is heard again; None where it does not."""
        since_ns, stale_ns = self._high_since.get(line), self.stale_ns.get(line)
        return None if since_ns is None or stale_ns is None else since_ns + stale_ns

    def arm(self, cue: Cue, role: str, now_ns: int, by: str) -> str | None:
        """One role says yes; ``by`` is who spoke for it. Returns why not, or None."""
        if cue.hazard != "high":
            return f"{cue.number} {cue.label} is no high hazard; it needs no arming"
        if role not in cue.arm:
            return f"{role} has no part in arming {cue.number}; it is armed by {', '.join(cue.arm)}"
        self._given.setdefault(cue.id, {})[role] = (now_ns, by)
        return None

    def given(self, cue: Cue, now_ns: int) -> tuple[str, ...]:
        """Roles whose yes still holds."""
        held = self._given.get(cue.id, {})
        return tuple(role for role in cue.arm if role in held and now_ns - held[role][0] <= _window_ns(cue))

    def missing(self, cue: Cue, now_ns: int, shot: object = None, *, high: bool = True) -> tuple[str, ...]:
        """Everything that still stands against the cue, in words; () when it may leave.

        ``shot`` is the press or place that runs it: the sends that belong to one shot share its arming. ``high`` is
        whether it has to be armed at all.
        """
        roles: tuple[str, ...] = ()
        if high and (shot is None or self._shots.get(cue.id, (None, ""))[0] is not shot):
            given = self.given(cue, now_ns)
            roles = tuple(f"arm by {role}" for role in cue.arm if role not in given) or (
                () if cue.arm else ("it names nobody to arm it",)
            )
        needed = self.needs.get(cue.role or "", ())
        inputs = tuple(f"{line} low" for line in needed if not self.is_high(line, now_ns))
        watched = self.zones.get(cue.zone_clear or "", (f"zone:{cue.zone_clear}",))
        is_clear = cue.zone_clear is None or all(self.is_high(line, now_ns) for line in watched)
        return roles + inputs + (() if is_clear else (f"{cue.zone_clear} not clear",))

    def expires_ns(self, cue: Cue, now_ns: int) -> int | None:
        """When the first of the given roles lapses."""
        held = self._given.get(cue.id, {})
        return min((held[role][0] + _window_ns(cue) for role in self.given(cue, now_ns)), default=None)

    def spend(self, cue: Cue, shot: object) -> str:
        """The cue leaves: its arming was for this one shot. Returns who armed it, for the record."""
        held = self._given.pop(cue.id, None)
        if held is not None:
            who = ", ".join(dict.fromkeys(by for _, by in held.values()))
            self._shots[cue.id] = (shot, who)
        return self._shots.get(cue.id, (shot, ""))[1]


def _window_ns(cue: Cue) -> int:
    return s_to_ns(cue.arm_window_s or DEFAULT_WINDOW_S)
