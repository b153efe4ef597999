"""What a take keeps beside the as-run's rows: presses and what they ran, what came in, and what somebody marked."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Final

from console.engine.outbox import Tray
from console.engine.run_state import RunState
from console.show.cues import Cue
from console.timebase.instants import s_to_ns
from console.timebase.positions import position_to_timecode
from console.vocabulary import CameIn, CodeCame, Marked, MarkIt, Pressed
from devices.contract import CodeReading, CodeRefusal, Incoming
from profiles.timecode import FrameRate, frame_rate

CODE_OFF_NS: Final = 1_000_000
CODE_AGAIN_NS: Final = 1_000_000_000
"""Code that runs as it did is told once a second; what is off that line by a millisecond, at once."""


@dataclass
class CodeTape:
    """The last reading of each source that was told."""

    last: dict[str, CodeReading] = field(default_factory=dict)

    def keeps(self, reading: CodeReading) -> bool:
        """True where a reading says more than the last one of its source did."""
        last = self.last.get(reading.source)
        if last is not None and _goes_on(last, reading):
            return False
        self.last[reading.source] = reading
        return True


def _goes_on(last: CodeReading, reading: CodeReading) -> bool:
    if reading.motion != last.motion or reading.code_ns is None or last.code_ns is None:
        return (reading.motion, reading.code_ns) == (last.motion, last.code_ns)
    passed_ns = reading.received_ns - last.received_ns
    moved_ns = {"forward": passed_ns, "reverse": -passed_ns, "located": 0}[reading.motion]
    return passed_ns < CODE_AGAIN_NS and abs(reading.code_ns - last.code_ns - moved_ns) < CODE_OFF_NS


def tell_pressed(run: RunState, tray: Tray, now_ns: int, cue: Cue, name: str, by: str, source: str) -> None:
    """A press has run a cue; ``name`` is its list, ``source`` the key or button."""
    position_ns = run.position_at(now_ns) if run.playhead is not None and run.playhead.item == cue.item else None
    told = partial(Pressed, cue=cue.id, item=cue.item, position_ns=position_ns, list=name, by=by, input=source)
    tray.notices.later(partial(told, at_ns=run.at(now_ns)))


def tell_came_in(run: RunState, tray: Tray, incoming: Incoming) -> None:
    """A message from outside was taken in."""
    told = partial(CameIn, source=incoming.source, by_way=incoming.kind, address=incoming.address, args=incoming.args)
    tray.notices.later(partial(told, at_ns=run.at(incoming.received_ns)))


def tell_code(run: RunState, tray: Tray, tape: CodeTape, reading: CodeReading | CodeRefusal) -> None:
    """Outside timecode stood there; what is refused stands nowhere."""
    if isinstance(reading, CodeReading) and tape.keeps(reading):
        told = partial(CodeCame, source=reading.source, code_ns=reading.code_ns, motion=reading.motion)
        tray.notices.later(partial(told, at_ns=run.at(reading.received_ns), good_frames=reading.good_frames))


def mark_it(run: RunState, tray: Tray, now_ns: int, request: MarkIt, rate: FrameRate | None = None) -> str | None:
    """Stamp where the show stands. Returns why not."""
    if request.department and all(each.id != request.department for each in run.show.departments):
        return f"the show has no department {request.department!r}"
    now_ns = max(now_ns - s_to_ns(request.ago_s), run.rolls_since_ns)
    item = None if run.playhead is None else run.playhead.item
    position_ns = run.position_at(now_ns)
    bar, beat, tick, timecode = 0, 0, 0, ""
    if item is not None:
        times = run.times(item)
        if times.tempo is not None:
            bar, beat, tick = times.tempo.ns_to_bbt(position_ns)
        if times.tc_start is not None:
            shown = rate or frame_rate(run.show.rate)
            timecode = str(position_to_timecode(position_ns, times.tc_start, times.lead_in_ns, shown))
    tray.notices.append(
        Marked(
            at_ns=run.at(now_ns),
            item=item,
            position_ns=position_ns,
            bar=bar,
            beat=beat,
            tick=tick,
            timecode=timecode,
            by=request.by,
            department=request.department,
            words=request.words,
        )
    )
    return None
