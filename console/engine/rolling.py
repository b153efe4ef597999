"""What comes with the rolling score: the next cue of the track, the end of a pass, an item's time of day."""

from __future__ import annotations

from console.engine import items
from console.engine.cue_runner import begin_cue
from console.engine.locating import send_difference
from console.engine.parts import Parts
from console.engine.run_state import Cause, Origin, RunState, StartCue, say
from console.plan.resolver import Standing


def take_track(parts: Parts, due_ns: int) -> None:
    """Begin the next cue of the track."""
    run = parts.run
    if run.track is None or run.playhead is None:
        return
    coming = run.track.pop()
    moment_ns = run.playhead.instant_of(coming.moment_ns)
    if moment_ns is None:
        return
    cue = run.show.cue_by_id[coming.placed.cue]
    if coming.pass_no > max(1, run.passes.get(cue.id, 1)):
        run.done.discard(cue.id)  # done in an earlier pass, to run in this one
    run.passes[cue.id] = coming.pass_no
    # A press, a jump or a roll that leaves too little time for a lead is a cause without notice.
    at_ns = max(due_ns, run.rolls_since_ns)
    where = run.schedule.cue_times[cue.id].bbt or cue.at.on
    repeats = run.rehearsal.is_inside and run.rehearsal.pass_no > 1
    origin: Origin = "repeat" if repeats else "loop" if coming.pass_no > 1 else "score"
    cause = Cause("playhead", f"at {where}", at_ns, origin)
    begin_cue(run, parts.ledger, parts.tray, at_ns, StartCue(cue.id, moment_ns, cause))
    parts.standbys.refresh(run, parts.tray, at_ns)


def fold(parts: Parts, due_ns: int) -> None:
    """The end of a pass: back to the top of the vamp, or out of it."""
    run, tray = parts.run, parts.tray
    if run.playhead is None or run.track is None:
        return
    item = run.playhead.item
    vamp = run.folding.current(run.times(item))
    before = run.folding
    run.folding = before.folded(run.times(item))
    if vamp is None or vamp.vamp is None:
        return
    free_runs = vamp.vamp.timecode == "free_run"
    if run.folding.vamp != before.vamp:
        # Out of this vamp; a next one closes what lies behind it again by not being asked yet.
        if not free_runs and (before.exit_ns != vamp.end_ns or before.pass_no > 1):
            parts.timecode_jumped(due_ns)
        return
    run.track.next_pass_opens(run.folding)
    changed = run.index.set_within(item, vamp.start_ns, vamp.end_ns)
    standing = run.index.resolve(item, vamp.start_ns)
    wanted = {key: each for key, each in standing.items() if key in changed and not _runs_at_the_top(run, each)}
    cause = Cause("playhead", f"{vamp.section.name}, pass {run.folding.pass_no}", due_ns, "loop")
    send_difference(run, parts.ledger, tray, due_ns, wanted, cause)
    if not free_runs:
        parts.timecode_jumped(due_ns)
    most = vamp.vamp.max_repeats
    if most is not None and run.folding.pass_no > most:
        words = f"{vamp.section.name} is in pass {run.folding.pass_no}, {most} at most: exit it"
        say(run, tray, due_ns, words, "warning")


def _runs_at_the_top(run: RunState, standing: Standing) -> bool:
    """True where a cue of every pass sets the parameter there: it runs, or is skipped, as a cue."""
    return standing.elapsed_ns == 0 and run.show.cue_by_id[standing.cue].every_pass


def start_on_time(parts: Parts, now_ns: int, item: str) -> None:
    """An item's time of day has come: it goes live if nobody has to call it, else the operator is told."""
    run, tray = parts.run, parts.tray
    if run.panic or run.lives[item] not in ("planned", "loaded") or run.times(item).item.skipped:
        return
    if any(cue.is_called for cue in items.live_cues(run, item)):
        say(run, tray, now_ns, f"{run.times(item).item.title} is due to start now.", "warning")
        return
    cause = Cause("clock", "time of day", now_ns)
    items.start_item(run, parts.ledger, tray, now_ns, item, cause, now_ns)
    parts.standbys.refresh(run, tray, now_ns)
    parts.timecode_jumped(now_ns)
