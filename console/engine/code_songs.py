"""From outside code to a place in the show: which song holds it, and where in the song it stands. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from console.engine.vamps import Folding
from console.plan.item_times import ItemTimes
from console.plan.schedule import Schedule
from profiles.timecode import FrameRate, frames_to_ns, label_to_frames, next_legal


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """The code of one item at a source's rate: from its first click, for its score and the planned passes of vamps."""

    item: str
    start_ns: int  # past label midnight
    length_ns: int
    follows: bool  # its song's clock is the code


@dataclass(frozen=True, slots=True)
class CodePlace:
    """A place that code names: run nanoseconds of an item as if it had no vamps, zero at bar 1."""

    span: CodeSpan
    code_pos_ns: int

    @property
    def item(self) -> str:
        return self.span.item


@dataclass(frozen=True)
class CodeSongs:
    """Every span of the show at one rate, in running order."""

    schedule: Schedule
    rate: FrameRate
    spans: tuple[CodeSpan, ...]

    @classmethod
    def of_schedule(cls, schedule: Schedule, rate: FrameRate) -> CodeSongs:
        """Of every item with code that is not skipped."""
        spans = []
        for item, times in schedule.items.items():
            if times.tc_start is not None and times.song is not None and not times.item.skipped:
                start_ns = frames_to_ns(label_to_frames(next_legal(times.tc_start, rate)), rate)
                length_ns = max(times.planned_ns, times.lead_in_ns + times.length_ns)
                spans.append(CodeSpan(item, start_ns, length_ns, times.song.clock == "chase"))
        return cls(schedule, rate, tuple(spans))

    def find(self, code_ns: int, nudges: Mapping[str, int], live: str | None) -> CodePlace | None:
        """The place that code names, in the live item where that holds it. ``nudges``: ns by which items come later."""
        found: CodePlace | None = None
        day_ns = frames_to_ns(self.rate.frames_per_day, self.rate)
        for span in self.spans:
            ahead_ns = (code_ns - span.start_ns - nudges.get(span.item, 0)) % day_ns
            if ahead_ns < span.length_ns and (found is None or span.item == live):
                found = CodePlace(span, ahead_ns - self.schedule.items[span.item].lead_in_ns)
        return found


def code_to_run(code_pos_ns: int, item: ItemTimes, folding: Folding, near_ns: int) -> int:
    """Run nanoseconds that a code position stands for: of what a vamp leaves open, what is nearest to ``near_ns``.

    Code may fold, or leave, a little before the playhead does or after it.
    """
    run_ns = code_pos_ns + folding.shift_ns - folding.free_ns
    by_ns = (0, *fold_jumps(item, folding), *(-jump_ns for jump_ns in fold_jumps(item, folding) if folding.pass_no > 1))
    return min((run_ns - jump_ns for jump_ns in by_ns), key=lambda each: abs(each - near_ns))


def fold_jumps(item: ItemTimes, folding: Folding) -> tuple[int, ...]:
    """The jumps that code makes with the vamp that is playing or ahead: back by a pass, on to its end at an exit."""
    vamp = folding.current(item)
    if vamp is None or vamp.vamp is None or vamp.vamp.timecode != "loop":
        return ()
    back_ns = vamp.start_ns - vamp.end_ns
    if folding.exit_ns is None or folding.exit_ns == vamp.end_ns:
        return (back_ns,)
    return (back_ns, vamp.end_ns - folding.exit_ns)


def left_by_code(
    code_pos_ns: int, item: ItemTimes, folding: Folding, run_ns: int, beyond_ns: int, most_ns: int
) -> bool:
    """True where the playhead is still going round a vamp and the code has gone on behind it.

    ``beyond_ns``: how far behind its end the code must be to be believed; farther than ``most_ns`` it is a jump.
    """
    vamp = folding.current(item)
    if vamp is None or vamp.vamp is None or vamp.vamp.timecode == "free_run":
        return False
    score_ns = folding.score_at(run_ns)
    inside = vamp.start_ns - beyond_ns <= score_ns and (folding.pass_no > 1 or score_ns > vamp.start_ns)
    return inside and score_ns < vamp.end_ns and beyond_ns <= code_pos_ns - vamp.end_ns <= most_ns
