"""Cues on their way: from the moment they are started to the end of their longest step.

A cue is begun as early as its slowest device needs; its sends then wait for their own due times. What runs because of
it goes on even where the cue itself is disabled or its condition is not met, as it does where all have positions.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Literal

from console.engine.chains import action_ns, chain_of, children_of, followers_of, has_position, lead_ns
from console.engine.hand import SKIPPED, STOOD_DOWN, TAKEN, is_automatic
from console.engine.ledger import Ledger
from console.engine.outbox import Tray
from console.engine.run_state import (
    END,
    IN_SCORE,
    SEND,
    START,
    Cause,
    CueEnds,
    Due,
    Running,
    RunState,
    SendNow,
    StartCue,
)
from console.engine.scheduler import Entry
from console.engine.stepping import followers_by_hand, is_taken
from console.plan.resolver import reason_against
from console.show.cues import Cue
from console.vocabulary import CueChanged

_Life = Literal["running", "done", "skipped"]


def begin_cue(run: RunState, ledger: Ledger, tray: Tray, now_ns: int, what: StartCue) -> None:
    """Start a cue: its sends, its children, its followers. One that is done is not run again."""
    cue = run.show.cue_by_id[what.cue]
    if cue.id in run.done:
        return
    against = reason_against(run.show, cue, run.choices)
    if against is None and cue.once_per_show and cue.id in run.spent:
        against = "used already; once per show"
    if cue.every_pass and what.cause.origin not in IN_SCORE:
        run.passes[cue.id] = _pass_now(run, cue)
    by_hand = not is_automatic(what.cause.by)
    if against is None:
        against = _passed_over(run, cue, by_hand=by_hand)
    if against is not None:
        skip_cue(run, ledger, tray, now_ns, cue, what.moment_ns, what.cause, against)
    elif not by_hand and is_taken(run, cue):
        _keep_back(run, ledger, tray, now_ns, cue, what)
    else:
        _act(run, ledger, tray, now_ns, cue, what)
    followers = [*followers_of(run, cue), *(followers_by_hand(run, cue) if by_hand else ())]
    for follower, ns in followers:
        start_later(run, follower.id, what.moment_ns + ns, replace(what.cause, trigger=f"after {cue.number}"))


def end_cue(run: RunState, tray: Tray, now_ns: int, what: CueEnds) -> None:
    """The cue is over, unless it was begun again meanwhile."""
    running = run.running.get(what.cue)
    if running is not None and running.started_ns == what.started_ns:
        del run.running[what.cue]
        _tell(run, tray, now_ns, run.show.cue_by_id[what.cue], "done", "playhead", "")


def skip_cue(
    run: RunState, ledger: Ledger, tray: Tray, now_ns: int, cue: Cue, moment_ns: int, cause: Cause, reason: str
) -> None:
    """A cue that will not run: said once, with the reason, and recorded."""
    run.done.add(cue.id)
    ledger.nothing_sent(run, tray, now_ns, cue.id, moment_ns, cause, f"skipped: {reason}")
    _tell(run, tray, now_ns, cue, "skipped", cause.by, reason)


def start_later(run: RunState, cue: str, moment_ns: int, cause: Cause) -> None:
    """Start a cue as early as its devices need for its moment, but not before its cause."""
    start_ns = max(moment_ns - lead_ns(run, cue), cause.at_ns)
    run.wait(start_ns, START, cue, StartCue(cue, moment_ns, cause))


def start_afresh(run: RunState, cue: str) -> None:
    """Another press of a cue that is done: it and all that runs because of it may run once more.

    What the press before has left pending gives way to this one.
    """
    if cue not in run.done:
        return
    chain = chain_of(run, cue)
    run.waiting.cancel(lambda entry: entry.owner in chain and isinstance(entry.what, StartCue | SendNow | CueEnds))
    for each in chain:
        run.done.discard(each)
        run.running.pop(each, None)


def give_up(run: RunState, ledger: Ledger, tray: Tray, now_ns: int, entries: list[Entry[Due]], reason: str) -> None:
    """Record what was cancelled before it could leave; cues of which nothing waits any more are over."""
    for entry in entries:
        what = entry.what
        if isinstance(what, StartCue) and what.cause.origin != "ahead":
            ledger.nothing_sent(run, tray, now_ns, what.cue, what.moment_ns, what.cause, f"skipped: {reason}")
        elif isinstance(what, SendNow) and not what.on_paper:
            ledger.not_sent(run, tray, now_ns, what, f"skipped: {reason}")
    over = ({entry.owner for entry in entries} & run.running.keys()) - pending_cues(run)
    run.waiting.cancel(lambda entry: isinstance(entry.what, CueEnds) and entry.owner in over)
    for cue in sorted(over):
        end_cue(run, tray, now_ns, CueEnds(cue, run.running[cue].started_ns))


def pending_cues(run: RunState) -> set[str]:
    """The cues that have still to begin, or to send."""
    return {entry.owner for entry in run.waiting.entries() if isinstance(entry.what, StartCue | SendNow)}


def _act(run: RunState, ledger: Ledger, tray: Tray, now_ns: int, cue: Cue, what: StartCue) -> None:
    run.done.add(cue.id)
    run.hand.passed.discard(cue.id)
    armed = run.armed[cue.id]
    moment_ns, cause = what.moment_ns, what.cause
    end_ns = moment_ns + action_ns(run, cue)
    words = "; ".join(armed.words)
    _tell(run, tray, now_ns, cue, "running", cause.by, words)
    sends = run.sends_of(cue.id)
    for send in sends:
        due_ns = max(moment_ns + send.offset_ns - send.lead_ns, cause.at_ns)
        run.wait(due_ns, SEND, cue.id, SendNow(send, moment_ns, cause))
        end_ns = max(end_ns, due_ns)
    if cue.group is not None:
        outcome = "group: its cues have rows of their own"
        ledger.nothing_sent(run, tray, now_ns, cue.id, moment_ns, cause, outcome)
    elif not sends or armed.failed:
        outcome = ("failed" if armed.failed else "skipped") + f": {words or 'nothing to send'}"
        ledger.nothing_sent(run, tray, now_ns, cue.id, moment_ns, cause, outcome)
    run.running[cue.id] = Running(cue.id, cue.item, now_ns, moment_ns, end_ns)
    run.wait(end_ns, END, cue.id, CueEnds(cue.id, now_ns))
    _start_children(run, cue, what)


def _keep_back(run: RunState, ledger: Ledger, tray: Tray, now_ns: int, cue: Cue, what: StartCue) -> None:
    """A cue of what a hand has taken: it is not done, and GO can still run it; what it sets is tracked."""
    run.hand.passed.add(cue.id)
    ledger.nothing_sent(run, tray, now_ns, cue.id, what.moment_ns, what.cause, f"skipped: {TAKEN}")
    _tell(run, tray, now_ns, cue, "skipped", what.cause.by, TAKEN)
    for send in run.sends_of(cue.id):
        due_ns = max(what.moment_ns + send.offset_ns - send.lead_ns, what.cause.at_ns)
        run.wait(due_ns, SEND, cue.id, SendNow(send, what.moment_ns, what.cause, on_paper=True))
    _start_children(run, cue, what)


def _start_children(run: RunState, cue: Cue, what: StartCue) -> None:
    """Children with positions of their own wait in the track, unless it is a hand that runs their group."""
    for child, ns in children_of(run, cue):
        if not has_position(run, child.id) or what.cause.origin not in IN_SCORE:
            start_later(run, child.id, what.moment_ns + ns, replace(what.cause, trigger=f"in {cue.number}"))


def _passed_over(run: RunState, cue: Cue, *, by_hand: bool) -> str | None:
    """Why a hand keeps a cue from running: it is stood down, or to be skipped this once, which a press takes back."""
    if run.hand.is_stood_down(cue, run.show.department_of(cue)):
        return STOOD_DOWN
    return SKIPPED if run.hand.skips.pop(cue.id, None) is not None and not by_hand else None


def _pass_now(run: RunState, cue: Cue) -> int:
    """The pass that a cue run by hand is done for."""
    position_ns = run.schedule.cue_times[cue.id].position_ns
    vamp = run.folding.current(run.times(cue.item)) if cue.item is not None and cue.item == run.live_item else None
    inside = vamp is not None and position_ns is not None and vamp.start_ns <= position_ns < vamp.end_ns
    return run.folding.pass_no if inside else 1


def _tell(run: RunState, tray: Tray, now_ns: int, cue: Cue, life: _Life, by: str, words: str) -> None:
    at_ns = run.at(now_ns)
    tray.notices.later(partial(CueChanged, at_ns=at_ns, cue=cue.id, item=cue.item, life=life, by=by, words=words))
