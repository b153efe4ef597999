"""Leaving a vamp when told, and staying in it after all.

An exit that was asked opens what lies behind the vamp, its leads included. It can be withdrawn until it happens, as
long as nothing has left because of it: neither the vamp's own exit cues nor a cue that begins in its lead.
"""

from __future__ import annotations

from console.engine.cue_runner import give_up, start_afresh, start_later
from console.engine.parts import Parts
from console.engine.run_state import Cause, RunState, SendNow
from console.engine.vamps import ask_exit, withdraw_exit


def exit_vamp(parts: Parts, now_ns: int, by: str) -> str | None:
    """Leave the vamp at its next exit. Returns why not."""
    run = parts.run
    if run.playhead is None or run.live_item is None or run.track is None:
        return "no item is live"
    times = run.times(run.playhead.item)
    vamp = run.folding.current(times)
    run.folding, refused = ask_exit(times, run.folding, run.playhead.run_at(now_ns))
    if refused is None and vamp is not None and vamp.vamp is not None:
        run.track.exit_asked(run.folding)
        for cue in vamp.vamp.exit_cues:
            if cue in run.armed:
                start_afresh(run, cue)
                start_later(run, cue, now_ns, Cause(by, f"exit of {vamp.section.name}", now_ns, "loop"))
    return refused


def stay_in_vamp(parts: Parts, now_ns: int) -> str | None:
    """Withdraw an exit. Returns why not."""
    run = parts.run
    if run.playhead is None or run.live_item is None or run.track is None:
        return "no item is live"
    times = run.times(run.playhead.item)
    folding, refused = withdraw_exit(times, run.folding)
    vamp = run.folding.current(times)
    if refused is not None or vamp is None or vamp.vamp is None:
        return refused
    begun = run.track.begun_behind(run.folding)
    left = [cue for cue in (*vamp.vamp.exit_cues, *begun) if _has_left(run, cue)]
    if left:
        number = run.show.cue_by_id[left[0]].number
        return f"{number} has left with the exit of {vamp.section.name}; it is too late to stay"
    run.track.exit_withdrawn(run.folding)
    called_off = {*begun, *vamp.vamp.exit_cues}
    gone = run.waiting.cancel(lambda entry: entry.owner in called_off)
    give_up(run, parts.ledger, parts.tray, now_ns, gone, "the exit was withdrawn")
    for cue in begun:
        run.done.discard(cue)
        run.running.pop(cue, None)
    run.folding = folding
    return None


def _has_left(run: RunState, cue: str) -> bool:
    """True where a cue has begun and at least one of its sends waits no more."""
    if cue not in run.done or cue not in run.armed:
        return False
    waiting = sum(entry.owner == cue and isinstance(entry.what, SendNow) for entry in run.waiting.entries())
    return waiting < len(run.sends_of(cue))
