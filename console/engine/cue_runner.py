"""Cues on their way: from the moment they are started to the end of their longest step.

A cue is started as early as its slowest device needs; its sends then wait for their own due times. Followers and group
children that have no position of their own count from here; those that have one wait in the track.
"""

from __future__ import annotations

from console.engine.ledger import Ledger
from console.engine.outbox import Tray
from console.engine.run_state import END, SEND, START, Cause, CueEnds, Running, RunState, SendNow, StartCue
from console.plan.resolver import holds
from console.show.cues import Cue
from console.show.numbers import number_to_key
from console.timebase.instants import s_to_ns
from console.vocabulary import CueChanged


def begin_cue(run: RunState, ledger: Ledger, tray: Tray, now_ns: int, what: StartCue) -> None:
    """Start a cue: its sends, its followers, its children."""
    cue = run.show.cue_by_id.get(what.cue)
    if cue is None:
        return
    against = _reason_against(run, cue)
    if against is not None:
        if cue.id not in run.done:
            skip_cue(run, ledger, tray, now_ns, cue, what.moment_ns, what.cause, against)
        return
    run.done.add(cue.id)
    armed = run.armed[cue.id]
    end_ns = what.moment_ns + armed.length_ns
    run.running[cue.id] = Running(cue.id, cue.item, now_ns, what.moment_ns, end_ns)
    words = "; ".join(armed.words)
    _tell(run, tray, now_ns, cue, "running", what.cause, words)
    for send in armed.sends:
        due_ns = max(what.moment_ns + send.offset_ns - send.lead_ns, what.cause.at_ns)
        run.waiting.push(due_ns, SEND, cue.id, cue.item, SendNow(send, what.moment_ns, what.cause))
        end_ns = max(end_ns, due_ns)
    if not armed.sends and cue.group is None:
        outcome = ("failed" if armed.failed else "skipped") + f": {words or 'nothing to send'}"
        ledger.nothing_sent(run, tray, now_ns, cue.id, what.moment_ns, what.cause, outcome)
    elif cue.group is not None:
        ledger.nothing_sent(
            run, tray, now_ns, cue.id, what.moment_ns, what.cause, "group: its cues have rows of their own"
        )
    action_end_ns = max(what.moment_ns + armed.length_ns, _begin_children(run, cue, what))
    _begin_followers(run, cue, what, action_end_ns)
    end_ns = max(end_ns, action_end_ns)
    run.waiting.push(end_ns, END, cue.id, cue.item, CueEnds(cue.id))


def end_cue(run: RunState, tray: Tray, now_ns: int, what: CueEnds) -> None:
    """The cue is over; arming was for one shot."""
    running = run.running.pop(what.cue, None)
    cue = run.show.cue_by_id.get(what.cue)
    if running is None or cue is None:
        return
    if cue.hazard == "high":
        run.hazards.spend(cue)
    tray.notices.append(
        CueChanged(at_ns=run.at(now_ns), cue=cue.id, item=cue.item, life="done", by="playhead", words="")
    )


def skip_cue(
    run: RunState, ledger: Ledger, tray: Tray, now_ns: int, cue: Cue, moment_ns: int, cause: Cause, reason: str
) -> None:
    """A cue that will not run: said once, with the reason, and recorded."""
    run.done.add(cue.id)
    ledger.nothing_sent(run, tray, now_ns, cue.id, moment_ns, cause, f"skipped: {reason}")
    _tell(run, tray, now_ns, cue, "skipped", cause, reason)


def _reason_against(run: RunState, cue: Cue) -> str | None:
    if cue.disabled:
        return "disabled"
    if not holds(cue.condition, run.choices):
        return "its condition is not met"
    if cue.once_per_show and cue.id in run.spent:
        return "used already; once per show"
    if cue.id in run.done and not cue.every_pass:
        return "done"
    return None


def _begin_children(run: RunState, group: Cue, what: StartCue) -> int:
    """Start the children of a group that have no position; returns when the last of them is over."""
    if group.group is None:
        return what.moment_ns
    children = sorted(
        (cue for cue in run.show.cues_by_item.get(group.item or "", run.show.cues) if cue.parent == group.id),
        key=lambda cue: number_to_key(cue.number),
    )
    moment_ns = what.moment_ns
    last_ns = moment_ns
    for child in children:
        started_ns = (moment_ns if group.group == "sequence" else what.moment_ns) + s_to_ns(child.pre_wait_s)
        moment_ns = started_ns + run.armed[child.id].length_ns
        last_ns = max(last_ns, moment_ns)
        if run.schedule.cue_times[child.id].position_ns is None:
            start_later(run, child.id, started_ns, Cause(what.cause.by, f"in {group.number}", what.cause.at_ns))
    return last_ns


def _begin_followers(run: RunState, leader: Cue, what: StartCue, end_ns: int) -> None:
    for follower in run.show.followers.get(leader.id, ()):
        at = follower.at
        if at.on != "after" or follower.is_called or run.schedule.cue_times[follower.id].position_ns is not None:
            continue
        base_ns = end_ns if at.of == "end" else what.moment_ns
        start_ns = base_ns + s_to_ns(at.delay_s) + s_to_ns(follower.pre_wait_s)
        start_later(run, follower.id, start_ns, Cause(what.cause.by, f"after {leader.number}", what.cause.at_ns))


def start_later(run: RunState, cue: str, moment_ns: int, cause: Cause) -> None:
    """Start a cue as early as its devices need for its moment, but not before its cause."""
    start_ns = max(moment_ns - run.armed[cue].start_lead_ns, cause.at_ns)
    run.waiting.push(start_ns, START, cue, run.item_of(cue), StartCue(cue, moment_ns, cause))


def _tell(run: RunState, tray: Tray, now_ns: int, cue: Cue, life: str, cause: Cause, words: str) -> None:
    tray.notices.append(
        CueChanged(
            at_ns=run.at(now_ns),
            cue=cue.id,
            item=cue.item,
            life=life,  # type: ignore[arg-type]
            by=cause.by,
            words=words,
        )
    )
