"""The second key of *back*: what the last cue of a list changed is put up again as it stood before it.

Only what that cue, and what ran because of it, still holds: a later cue's value stays. By the chase rules: parameters
alone, no trigger, no hazard, no once-use; what is to be asked for is named. What the press left waiting is given up.
"""

from __future__ import annotations

from console.engine.chains import chain_of
from console.engine.cue_runner import give_up
from console.engine.locating import send_difference
from console.engine.parts import Parts
from console.engine.run_state import IN_SCORE, Cause, RunState, cause_of, say
from console.plan.resolver import GROUP_KEY, ParameterKey, Standing
from console.show.cues import Cue
from console.vocabulary import Reassert


def reassert(parts: Parts, now_ns: int, request: Reassert) -> str | None:
    """Put up the state before the last cue run in a list. Returns why not."""
    run, tray = parts.run, parts.tray
    if run.panic:
        return "panic: release it first"
    last = parts.standbys.last_run.get(request.list)
    if last is None or last not in run.show.cue_by_id:
        return f"nothing has run in list {request.list!r} yet"
    cue = run.show.cue_by_id[last]
    before = _state_before(run, cue, now_ns)
    if before is None:
        return "no item is live; nothing says what stood before"
    chain = chain_of(run, cue.id)
    gone = run.waiting.cancel(
        lambda entry: entry.owner in chain and (why := cause_of(entry)) is not None and why.origin not in IN_SCORE
    )
    give_up(run, parts.ledger, tray, now_ns, gone, "taken back")
    ours = {key for key, each in run.desired.snapshot().items() if each.cue in chain}
    wanted = {key: each for key, each in before.items() if key in ours or (*key[:-1], GROUP_KEY) in ours}
    cause = Cause(request.by, f"before {cue.number}", now_ns)
    send_difference(run, parts.ledger, tray, now_ns, wanted, cause, by_hand=True)
    unknown = sorted(f"{key[0]} {key[-1]}" for key in ours - wanted.keys() if key[-1] != GROUP_KEY)
    if unknown:
        say(run, tray, now_ns, f"Nothing stood before {cue.number} at: {', '.join(unknown)}", "warning")
    return None


def _state_before(run: RunState, cue: Cue, now_ns: int) -> dict[ParameterKey, Standing] | None:
    """By the running order; before a cue of a free list stood what the score has now."""
    if cue.item is not None:
        return run.index.before(cue.id)
    if run.playhead is None:
        return None
    return run.index.resolve(run.playhead.item, run.position_at(now_ns))
