"""What runs at a time of day: cues, and items that start then. Once each, when the wall clock passes it.

The time is known ahead, so a cue's slowest device gets its lead. What a leap of the clock leaves behind is late, and
the late policy decides; a clock that is put back repeats nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.engine.chains import lead_ns
from console.engine.choosing import listens
from console.engine.run_state import Cause, RunState
from console.show.cues import Cue
from console.show.show import Show
from console.timebase.instants import NS_PER_DAY, NS_PER_S, NS_PER_US, s_to_ns, text_to_time_of_day

_MICROSECOND = timedelta(microseconds=1)


@dataclass
class ClockCues:
    """(time of day, cue) and (time of day, item) of all of them, and how far the clock went in the last step."""

    cues: tuple[tuple[int, str], ...]
    items: tuple[tuple[int, str], ...]
    last: datetime | None = None

    @classmethod
    def of_show(cls, show: Show) -> ClockCues:
        """Pre-waits count from the time of day."""
        return cls(_at_clock(show.cues), _start_times(show))

    def edited(self, show: Show, touched: Collection[str]) -> ClockCues:
        """The same after an edit of some cues, or of items; the clock goes on."""
        come = [cue for each in touched if (cue := show.cue_by_id.get(each)) is not None]
        kept = tuple(each for each in self.cues if each[1] not in touched)
        return ClockCues((*kept, *_at_clock(come)), _start_times(show), self.last)

    def passed(self, run: RunState, now_ns: int, wall: datetime) -> tuple[list[tuple[str, int, Cause]], list[str]]:
        """What has come since the last step: (cue, moment, cause) of cues to begin, and items to start."""
        if not self.cues and not self.items:
            return [], []  # most shows have none, and this is asked in every step
        went_ns = self._went_ns(wall)
        of_day = _ns_of_day(wall)
        cues: list[tuple[str, int, Cause]] = []
        for time_ns, cue in self.cues if went_ns else ():
            since_ns = (of_day - time_ns + lead_ns(run, cue)) % NS_PER_DAY
            if since_ns < went_ns and cue not in run.done and listens(run, run.show.cue_by_id[cue]):
                begins_ns = now_ns - since_ns
                cues.append((cue, begins_ns + lead_ns(run, cue), Cause("clock", "time of day", begins_ns)))
        return cues, [item for time_ns, item in self.items if (of_day - time_ns) % NS_PER_DAY < went_ns]

    def wake_at_ns(self, run: RunState, now_ns: int, wall: datetime) -> int | None:
        """When the next of them has to begin, as the wall clock goes now."""
        if not self.cues and not self.items:
            return None
        soonest = min((ns for ns in self._ahead_ns(run, _ns_of_day(wall)) if ns > 0), default=None)
        return None if soonest is None else now_ns + soonest

    def _ahead_ns(self, run: RunState, of_day: int) -> Iterator[int]:
        for time_ns, cue in self.cues:
            if cue not in run.done:
                yield (time_ns - lead_ns(run, cue) - of_day) % NS_PER_DAY
        for time_ns, item in self.items:
            if run.lives[item] in ("planned", "loaded"):
                yield (time_ns - of_day) % NS_PER_DAY

    def _went_ns(self, wall: datetime) -> int:
        """How far the wall clock has gone on since the last step; 0 where it stood or was put back."""
        last, self.last = self.last, wall
        if last is None:
            return 0
        return max(0, (wall.replace(tzinfo=None) - last.replace(tzinfo=None)) // _MICROSECOND * NS_PER_US)


def _at_clock(cues: Iterable[Cue]) -> tuple[tuple[int, str], ...]:
    return tuple(
        (text_to_time_of_day(cue.at.time) + s_to_ns(cue.pre_wait_s), cue.id) for cue in cues if cue.at.on == "clock"
    )


def _start_times(show: Show) -> tuple[tuple[int, str], ...]:
    rules = [(item.start, item.id) for item in show.items if item.start is not None]
    return tuple((text_to_time_of_day(rule.time), item) for rule, item in rules if rule.time is not None)


def _ns_of_day(wall: datetime) -> int:
    seconds = (wall.hour * 60 + wall.minute) * 60 + wall.second
    return seconds * NS_PER_S + wall.microsecond * NS_PER_US
