"""What stands on the caller's screen: four clocks, the calls, the last thing said. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from console.timebase.instants import NS_PER_S
from ui.state.calls import Call, next_calls, standby_call
from ui.state.desk import Desk
from ui.state.words import MINUS, TRANSPORT_MARKS, Tone, clock_text, countdown_text, over_under_text

SAID_NS: Final = 6 * NS_PER_S
"""How long a refusal or a fault stays in sight."""

ROWS: Final = 5


@dataclass(frozen=True, slots=True)
class BigClock:
    """A caption over figures."""

    caption: str
    figures: str
    shape: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Said:
    """The last thing that the caller must read; empty words: nothing."""

    words: str = ""
    tone: Tone = "plain"


def big_clocks(desk: Desk, local_ns: int) -> tuple[BigClock, BigClock, BigClock, BigClock]:
    """What is left of the item, the bar, over or under, the wall; dashes where nothing is known."""
    snapshot, show = desk.snapshot, desk.show
    if snapshot is None or show is None:
        empty = (
            BigClock(caption, "–", tone="quiet") for caption in ("Item left", "Bar", "Over or under", "Wall clock")
        )
        return next(empty), next(empty), next(empty), next(empty)
    head = snapshot.playhead
    mark = TRANSPORT_MARKS[head.state]
    title = show.item_by_id[head.item].title if head.item in show.item_by_id else ""
    left_ns = desk.item_left_ns(local_ns)
    past = left_ns is not None and left_ns < 0
    left = "–" if left_ns is None else f"+{clock_text(-left_ns)}" if past else clock_text(left_ns)
    what = "Past the end" if past else "Left"
    section = show.section_by_id.get(head.section or "")
    bar = "–" if head.bar is None else f"{head.bar}.{head.beat or 1}".replace("-", MINUS)
    figures, word = over_under_text(snapshot.over_under_ns)
    vamp = "" if head.vamp_pass is None else f" · pass {head.vamp_pass}"
    return (
        BigClock(f"{mark.word} · {what} · {title}" if title else mark.word, left, mark.shape, mark.tone),
        BigClock((section.name if section is not None else "Bar") + vamp, bar, "loop" if vamp else ""),
        BigClock(word.capitalize(), figures),
        BigClock("Wall clock", wall_text(desk, local_ns)),
    )


def wall_text(desk: Desk, local_ns: int) -> str:
    """The wall clock of the house, carried on since the snapshot."""
    if desk.snapshot is None:
        return "–"
    since_ns = desk.run_now_ns(local_ns) - desk.snapshot.now_ns
    wall = datetime.fromisoformat(desk.snapshot.wall)
    seconds = wall.hour * 3600 + wall.minute * 60 + wall.second + (wall.microsecond * 1000 + since_ns) // NS_PER_S
    return f"{seconds // 3600 % 24:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def board_calls(desk: Desk, local_ns: int) -> tuple[Call, ...]:
    """The standby and what comes beside it: what is due first, what nobody can count down to last."""
    standby = standby_call(desk, local_ns)
    calls = [*([standby] if standby is not None else []), *next_calls(desk, local_ns, ROWS)]
    calls.sort(key=lambda call: (call.in_ns is None, call.in_ns or 0))
    return tuple(calls[:ROWS])


def bars_left(desk: Desk, call: Call, local_ns: int) -> int | None:
    """Whole bars until a cue of the live song, as a caller counts shots in; None where none count."""
    position_ns = desk.position_ns(local_ns)
    head = desk.snapshot.playhead if desk.snapshot is not None else None
    if desk.schedule is None or head is None or head.item is None or position_ns is None or not call.in_ns:
        return None
    time, tempo = desk.schedule.cue_times.get(call.cue.id), desk.schedule.items[head.item].tempo
    if tempo is None or time is None or time.item != head.item or time.position_ns is None:
        return None
    bars = tempo.ns_to_bbt(time.position_ns).bar - tempo.ns_to_bbt(position_ns).bar
    return bars if bars > 0 and time.position_ns > position_ns else None


def count_text(desk: Desk, call: Call, local_ns: int) -> str:
    """``3 bars · 0:07``; the time alone where no bars are counted, or in the bar itself."""
    count = countdown_text(call.in_ns) or ("called" if call.called else "")
    bars = bars_left(desk, call, local_ns)
    return count if bars is None else f"{bars} bar{'s' * (bars != 1)} · {count}"


def last_said(desk: Desk, local_ns: int) -> Said:
    """The engine's silence and a panic before everything; else the last refusal or fault, for a while."""
    silent_ns = desk.silent_ns(local_ns)
    if silent_ns is not None:
        return Said(f"Engine not heard for {clock_text(silent_ns)}", "stop")
    if desk.snapshot is not None and desk.snapshot.panic:
        return Said("Panic: everything pending is stopped", "stop")
    line = desk.lines[-1] if desk.lines else None
    if line is None or line.severity == "note" or not 0 <= desk.run_now_ns(local_ns) - line.at_ns < SAID_NS:
        return Said()
    return Said(line.words, "stop" if line.severity == "error" else "caution")
