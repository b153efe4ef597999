"""Cues at a time of day: each fires once when the wall clock passes it, however that clock steps.

The time is known ahead, so the slowest device gets its lead. What a step of the clock leaves behind is late, and the
late policy decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from console.engine.chains import lead_ns
from console.engine.requests import listens
from console.engine.run_state import Cause, RunState
from console.show.show import Show
from console.timebase.instants import NS_PER_DAY, NS_PER_S, NS_PER_US, s_to_ns, text_to_time_of_day


@dataclass
class ClockCues:
    """(time of day, cue) of all of them, and where the wall clock stood at the last step."""

    times: tuple[tuple[int, str], ...]
    last: datetime | None = None

    @classmethod
    def of_show(cls, show: Show) -> ClockCues:
        """Pre-waits count from the time of day."""
        return cls(
            tuple(
                (text_to_time_of_day(c.at.time) + s_to_ns(c.pre_wait_s), c.id) for c in show.cues if c.at.on == "clock"
            )
        )

    def passed(self, run: RunState, now_ns: int, wall: datetime) -> Iterator[tuple[str, int, Cause]]:
        """(cue, moment, cause) of those whose time to begin has come since the last step."""
        last, self.last = self.last, wall
        if last is None:
            return
        went_ns = (wall.replace(tzinfo=None) - last.replace(tzinfo=None)).total_seconds()
        if went_ns <= 0:
            return
        for time_ns, cue in self.times:
            since_ns = (_ns_of_day(wall) - time_ns + lead_ns(run, cue)) % NS_PER_DAY
            if since_ns < s_to_ns(went_ns) and cue not in run.done and listens(run, run.show.cue_by_id[cue]):
                begins_ns = now_ns - since_ns
                yield cue, begins_ns + lead_ns(run, cue), Cause("clock", "time of day", begins_ns)

    def wake_at_ns(self, run: RunState, now_ns: int, wall: datetime) -> int | None:
        """When the next of them has to begin, as the wall clock goes now."""
        of_day = _ns_of_day(wall)
        ahead = (
            (time_ns - lead_ns(run, cue) - of_day) % NS_PER_DAY for time_ns, cue in self.times if cue not in run.done
        )
        soonest = min((ns for ns in ahead if ns > 0), default=None)
        return None if soonest is None else now_ns + soonest


def _ns_of_day(wall: datetime) -> int:
    seconds = (wall.hour * 60 + wall.minute) * 60 + wall.second
    return seconds * NS_PER_S + wall.microsecond * NS_PER_US
