"""What only a rehearsal may ask: another speed, a stretch again and again, some bars back, cue by cue.

A repeat is a jump to the top of the stretch: states are put up by the chase rules, what lies in it runs again, and a
trigger does not, unless somebody asked for it. What is due within its own lead behind the top leaves late, as it does
after any jump.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from console.engine import code_following
from console.engine.chains import lead_ns, score_lead_ns
from console.engine.locating import locate
from console.engine.parts import Parts
from console.engine.playhead import NORMAL
from console.engine.pressing import fire_cue
from console.engine.rehearsal import Stretch
from console.engine.run_state import Cause, RunState, say
from console.show.cues import Cue
from console.timebase.instants import NS_PER_MS
from console.timebase.tempo import TempoMap
from console.vocabulary import BackBars, RehearsalState, RehearseStretch, SetSpeed, StepCue, StretchState

SHORTEST_NS: Final = 250 * NS_PER_MS

PERFORMING: Final = "this is a performance: it plays as the show has it; rehearse in a run of another kind"


def rehearse(parts: Parts, now_ns: int, request: SetSpeed | RehearseStretch | BackBars | StepCue) -> str | None:
    """Carry out one request of a rehearsal. Returns why it was refused, or None."""
    if parts.run.run_kind == "performance":
        return PERFORMING
    match request:
        case SetSpeed():
            return _set_speed(parts, now_ns, request)
        case RehearseStretch():
            return _set_stretch(parts, now_ns, request)
        case BackBars(bars=bars):
            return _back_bars(parts, now_ns, bars, request.by)
        case StepCue():
            return _step_cue(parts, now_ns, request.by)


def count_in_ns(run: RunState, item: str, position_ns: int, bars: int) -> tuple[int, str | None]:
    """How much score so many bars before a place are; the second value says why there is no count-in."""
    if bars == 0:
        return 0, None
    if run.run_kind == "performance":
        return 0, PERFORMING
    tempo = run.times(item).tempo
    if tempo is None:
        return 0, f"{item} has no bars to count in: leave the count-in out"
    return bars_before_ns(tempo, position_ns, bars), None


def bars_before_ns(tempo: TempoMap, position_ns: int, bars: int) -> int:
    """So many bars before the bar of a place, through every change of metre and tempo; before bar 1 as bar 1 goes."""
    bar = tempo.ns_to_bbt(position_ns).bar
    return tempo.bar_to_ns(bar) - tempo.bar_to_ns(bar - bars)


def repeat_run_ns(run: RunState) -> int | None:
    """Run time at which the stretch is over; None where none is played, or a vamp is to be left before it."""
    rehearsal, playhead = run.rehearsal, run.playhead
    stretch = rehearsal.stretch
    if stretch is None or not rehearsal.is_inside or playhead is None or playhead.item != stretch.item:
        return None
    limit_ns = run.folding.limit_ns(run.times(stretch.item))
    return None if limit_ns is not None and stretch.to_ns > limit_ns else stretch.to_ns + run.folding.shift_ns


def repeat(parts: Parts, due_ns: int) -> None:
    """The end of the stretch: once more from its top."""
    run, rehearsal = parts.run, parts.run.rehearsal
    stretch, pass_no = rehearsal.stretch, rehearsal.pass_no + 1
    if stretch is None:
        return
    cause = Cause("playhead", f"loop, pass {pass_no}", due_ns, "repeat")
    locate(run, parts.ledger, parts.tray, due_ns, stretch.item, stretch.from_ns, cause, roll=True)
    rehearsal.pass_no = pass_no
    parts.standbys.after_locate(run, parts.tray, due_ns, stretch.item, stretch.from_ns)
    parts.timecode_jumped(due_ns)
    code_following.look(parts, due_ns)


def rehearsal_state(run: RunState, now_ns: int) -> RehearsalState | None:
    """What a screen shows of it; None in a performance."""
    if run.run_kind == "performance":
        return None
    rehearsal, stretch = run.rehearsal, run.rehearsal.stretch
    shown = None
    if stretch is not None:
        shown = StretchState(
            item=stretch.item,
            from_ns=stretch.from_ns,
            to_ns=stretch.to_ns,
            triggers=stretch.triggers,
            pass_no=rehearsal.pass_no,
            inside=rehearsal.is_inside and run.playhead is not None,
        )
    to_go_ns = None if rehearsal.plays_from_ns is None else rehearsal.plays_from_ns - run.position_at(now_ns)
    return RehearsalState(
        speed=float(rehearsal.speed),
        scale_fades=rehearsal.scales_fades,
        code_out=rehearsal.code_out,
        stretch=shown,
        count_in_ns=to_go_ns if to_go_ns is not None and to_go_ns > 0 else None,
    )


def _set_speed(parts: Parts, now_ns: int, request: SetSpeed) -> str | None:
    run, rehearsal = parts.run, parts.run.rehearsal
    if parts.chase.sources and parts.chase.on:
        return "outside timecode sets the speed: leave it first"
    if request.scale_fades != rehearsal.scales_fades and run.transport == "rolling":
        return "whether fades scale is set while the transport stands: hold or stop first"
    rehearsal.speed = NORMAL if request.speed == 1 else Fraction(request.speed).limit_denominator(1000)
    rehearsal.scales_fades, rehearsal.code_out = request.scale_fades, request.code_out
    if run.playhead is not None and run.playhead.rate:
        run.playhead = run.playhead.rolling_from(now_ns, rehearsal.speed)
    run.leads.clear()
    for cue in run.show.cues:
        lead_ns(run, cue.id)
    if run.track is not None:
        for placed in run.track.placed:
            run.track.lead_changed(placed.cue, score_lead_ns(run, placed.cue))
    parts.timecode_jumped(now_ns)
    return None


def _set_stretch(parts: Parts, now_ns: int, request: RehearseStretch) -> str | None:
    run = parts.run
    if request.item is None:
        run.rehearsal.stretch = None
        run.rehearsal.put("", 0, run.rehearsal.plays_from_ns)
        return None
    if request.item not in run.schedule.items:
        return f"the rundown has no item {request.item!r}"
    times = run.times(request.item)
    if request.from_ns < -times.lead_in_ns or request.to_ns > times.length_ns:
        first_s, last_s = -times.lead_in_ns / 1e9, times.length_ns / 1e9
        return f"{request.item} has no such stretch: it runs from {first_s:.3f} s to {last_s:.3f} s"
    if request.to_ns - request.from_ns < SHORTEST_NS:
        return f"a stretch is {SHORTEST_NS / 1e9:g} s long at least: set its end behind its start"
    run.rehearsal.stretch = Stretch(request.item, request.from_ns, request.to_ns, request.triggers)
    if run.playhead is not None:
        run.rehearsal.put(run.playhead.item, run.position_at(now_ns), run.rehearsal.plays_from_ns)
    return None


def _back_bars(parts: Parts, now_ns: int, bars: int, by: str) -> str | None:
    run, item = parts.run, parts.run.live_item
    if item is None:
        return "no item is live: there are no bars to go back"
    tempo = run.times(item).tempo
    if tempo is None:
        return f"{item} has no bars: locate to a section of it"
    bar = max(1, tempo.ns_to_bbt(run.position_at(now_ns)).bar - bars)
    _locate(parts, now_ns, item, tempo.bar_to_ns(bar), by, f"back {bars} bars")
    say(run, parts.tray, now_ns, f"Back at bar {bar}: roll when all are ready.")
    return None


def _step_cue(parts: Parts, now_ns: int, by: str) -> str | None:
    run = parts.run
    if run.transport == "rolling":
        return "the playhead rolls: hold or stop before stepping"
    cue = next_cue(run, now_ns)
    if cue is None or cue.item is None:
        return "nothing is behind this place: that was the last cue"
    planned_ns = run.schedule.cue_times[cue.id].planned_ns
    times = run.times(cue.item)
    place_ns = max(-times.lead_in_ns, min(planned_ns, times.length_ns))
    if run.live_item != cue.item or run.position_at(now_ns) != place_ns:
        _come_to(parts, now_ns, cue.item, place_ns, by, f"step to {cue.number}")
    return fire_cue(parts, now_ns, cue.id, by, starts=False)


def _come_to(parts: Parts, now_ns: int, item: str, place_ns: int, by: str, trigger: str) -> None:
    """Stand at a place with nothing of what begins exactly there begun yet: steps and a roll come to it."""
    run = parts.run
    _locate(parts, now_ns, item, place_ns - 1, by, trigger)
    if run.playhead is not None and run.track is not None:
        run.playhead = run.playhead.put_at(now_ns, place_ns)
        run.track.locate(place_ns - 1, run.folding)


def next_cue(run: RunState, now_ns: int) -> Cue | None:
    """The first cue behind the playhead, or at it, that is not done; in the running order."""
    order = list(run.schedule.items)
    live = run.live_item
    first = order.index(live) if live is not None else 0
    here_ns = run.position_at(now_ns)
    for item in order[first:]:
        if run.times(item).item.skipped:
            continue
        for cue_id in run.schedule.by_item[item]:
            cue = run.show.cue_by_id[cue_id]
            time = run.schedule.cue_times[cue_id]
            is_behind = item != live or time.planned_ns >= here_ns
            if is_behind and not time.at_load and not cue.disabled and cue.id not in run.done:
                return cue
    return None


def _locate(parts: Parts, now_ns: int, item: str, position_ns: int, by: str, trigger: str) -> None:
    run = parts.run
    cause = Cause(by, trigger, now_ns)
    locate(run, parts.ledger, parts.tray, now_ns, item, position_ns, cause, roll=False)
    parts.standbys.after_locate(run, parts.tray, now_ns, item, position_ns)
