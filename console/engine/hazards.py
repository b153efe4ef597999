"""Hazards: who has said yes, which lines are high, and whether a dangerous cue may leave.

A *high* hazard needs every role of its ``arm`` list within the arming window, its enable and dead-man lines high and
its zone clear. A *low* hazard needs no arming. Neither ever leaves by locate, skip, chase, loop, load, undo or
restart: those paths do not come here, they send parameters only. A line that was never seen is low.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from console.show.cues import Cue
from console.timebase.instants import s_to_ns

DEFAULT_WINDOW_S = 30.0


@dataclass
class Hazards:
    """State of arming.

    ``lines`` maps an input id to high, ``needs`` a role to the inputs it depends on, ``zones`` a zone to the inputs
    that watch it. A zone without an input of its own is cleared by hand, as line ``zone:NAME``.
    """

    needs: dict[str, tuple[str, ...]]
    zones: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lines: dict[str, bool] = field(default_factory=dict)
    _given: dict[str, dict[str, int]] = field(default_factory=dict)  # cue -> arming role -> when

    def arm(self, cue: Cue, role: str, now_ns: int) -> str | None:
        """One role says yes. Returns why not, or None."""
        if cue.hazard != "high":
            return f"{cue.number} {cue.label} is no high hazard; it needs no arming"
        if role not in cue.arm:
            return f"{role} has no part in arming {cue.number}; it is armed by {', '.join(cue.arm)}"
        self._given.setdefault(cue.id, {})[role] = now_ns
        return None

    def given(self, cue: Cue, now_ns: int) -> tuple[str, ...]:
        """Roles whose yes still holds."""
        window_ns = s_to_ns(cue.arm_window_s or DEFAULT_WINDOW_S)
        held = self._given.get(cue.id, {})
        return tuple(role for role in cue.arm if role in held and now_ns - held[role] <= window_ns)

    def missing(self, cue: Cue, now_ns: int) -> tuple[str, ...]:
        """Everything that still stands against the cue, in words; () when it may leave."""
        given = self.given(cue, now_ns)
        roles = tuple(f"arm by {role}" for role in cue.arm if role not in given)
        inputs = tuple(f"{line} low" for line in self.needs.get(cue.role or "", ()) if not self.lines.get(line, False))
        zones = (f"{cue.zone_clear} not clear",) if cue.zone_clear and not self._is_clear(cue.zone_clear) else ()
        return roles + inputs + zones

    def _is_clear(self, zone: str) -> bool:
        watched_by = self.zones.get(zone, (f"zone:{zone}",))
        return all(self.lines.get(line, False) for line in watched_by)

    def expires_ns(self, cue: Cue, now_ns: int) -> int | None:
        """When the first of the given roles lapses."""
        window_ns = s_to_ns(cue.arm_window_s or DEFAULT_WINDOW_S)
        held = self._given.get(cue.id, {})
        return min((held[role] + window_ns for role in self.given(cue, now_ns)), default=None)

    def spend(self, cue: Cue) -> None:
        """The cue has left: arming is for one shot."""
        self._given.pop(cue.id, None)
