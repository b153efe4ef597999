"""The table of what keeps a send from leaving, asked in order; the first that has a reason names the rule.

Rules are data: an item's ``inhibits``, the show's ``inhibits`` by item and phase, the house's strobe limit, and what
hazards look at. Nothing here changes anything.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from console.engine.arming import ArmedSend
from console.engine.hand import STOOD_DOWN
from console.engine.hazards import Act
from console.engine.run_state import Cause, RunState
from console.show.rundown import Phase

Guard = Callable[[RunState, ArmedSend, int, Cause | None], str | None]
"""Why a send may not leave at an instant, for a cause (None: a jump asks), or None."""

NO_HAZARD_BY: Final = {"load": "an item's load", "loop": "a repeat", "repeat": "a repeat", "jump": "a jump"}


def phases_now(run: RunState) -> frozenset[Phase]:
    """What kind of run it is, and *doors* until the first item has begun, *over* when the rundown is."""
    found: set[Phase] = {run.run_kind}
    if run.over:
        found.add("over")
    elif not run.started_ns:
        found.add("doors")
    return frozenset(found)


def by_held_outputs(run: RunState, send: ArmedSend, now_ns: int, cause: Cause | None) -> str | None:
    """While outputs are held a parameter is tracked, and what must not leave late does not leave at all."""
    del now_ns, cause
    if run.held is None or (send.key is not None and send.hazard == "none" and not _is_once(run, send)):
        return None
    return "held: outputs are held"


def by_duty(run: RunState, send: ArmedSend, now_ns: int, cause: Cause | None) -> str | None:
    """After a change-over the device that was on show is told nothing more."""
    del now_ns, cause
    return None if run.speaks(send) else f"skipped: {send.device} is not on show"


def by_item(run: RunState, send: ArmedSend, now_ns: int, cause: Cause | None) -> str | None:
    """What the live item inhibits: roles, departments, hazard classes."""
    del now_ns, cause
    live = run.live_item
    inhibits = run.times(live).item.inhibits if live is not None else ()
    name = _first_named(send, inhibits)
    return None if name is None else f"inhibited: {live} inhibits {name}"


def by_rule(run: RunState, send: ArmedSend, now_ns: int, cause: Cause | None) -> str | None:
    """What a rule of the show inhibits in this item and this phase."""
    del now_ns, cause
    for rule in run.show.inhibits:
        name = _first_named(send, rule.what)
        if name is None or (rule.items and run.live_item not in rule.items):
            continue
        phases = [phase for phase in rule.phases if phase in phases_now(run)]
        if phases or not rule.phases:
            when = f" in {phases[0]}" if phases else ""
            return f"inhibited: rule {rule.id} keeps {name}{when}" + (f", {rule.reason}" if rule.reason else "")
    return None


def by_strobe(run: RunState, send: ArmedSend, now_ns: int, cause: Cause | None) -> str | None:
    """The house's limit on flashes: an effect's rate, or how often automation points turn."""
    del now_ns, cause
    limit_hz = run.patch.strobe_hz_max
    if limit_hz is None or send.flash_hz <= limit_hz:
        return None
    return f"inhibited: {send.flash_hz:g} Hz is over this house's strobe limit of {limit_hz:g} Hz"


def by_repeat(run: RunState, send: ArmedSend, now_ns: int, cause: Cause | None) -> str | None:
    """A stretch that is rehearsed again and again repeats states; a trigger only where somebody asked for it."""
    del now_ns
    stretch = run.rehearsal.stretch
    if cause is None or cause.origin != "repeat" or send.key is not None or (stretch is not None and stretch.triggers):
        return None
    return "skipped: a loop repeats no trigger"


def by_hazard(run: RunState, send: ArmedSend, now_ns: int, cause: Cause | None) -> str | None:
    """A hazard leaves by no jump and no replay, and only where nothing is missing."""
    if send.hazard == "none":
        return None
    if run.is_replay:
        return "inhibited: a hazard never leaves by a replay"
    origin = "jump" if cause is None else cause.origin
    if origin in NO_HAZARD_BY:
        return f"inhibited: a hazard never leaves by {NO_HAZARD_BY[origin]}"
    cue, act = run.show.cue_by_id[send.cue], Act(send.role, send.show_args)
    missing = run.hazards.missing(cue, now_ns, (act,), cause, high=send.hazard == "high")
    return f"inhibited: {', '.join(missing)}" if missing else None


def by_hand(run: RunState, send: ArmedSend, now_ns: int, cause: Cause | None) -> str | None:
    """A cue that somebody stood down for this run."""
    del now_ns, cause
    cue = run.show.cue_by_id.get(send.cue) if run.hand.stood_down else None
    is_down = cue is not None and run.hand.is_stood_down(cue, run.show.department_of(cue))
    return f"skipped: {STOOD_DOWN}" if is_down else None


GUARDS: Final[tuple[Guard, ...]] = (
    by_hand,
    by_duty,
    by_held_outputs,
    by_item,
    by_rule,
    by_strobe,
    by_hazard,
    by_repeat,
)


def first_reason(run: RunState, send: ArmedSend, now_ns: int, cause: Cause | None) -> str | None:
    """Why a send may not leave now, by the first guard that has a reason; None where none has."""
    for guard in GUARDS:
        reason = guard(run, send, now_ns, cause)
        if reason is not None:
            return reason
    return None


def _first_named(send: ArmedSend, names: tuple[str, ...]) -> str | None:
    own = (send.role, send.department, send.hazard if send.hazard != "none" else "")
    return next((name for name in own if name and name in names), None)


def _is_once(run: RunState, send: ArmedSend) -> bool:
    cue = run.show.cue_by_id.get(send.cue)
    return cue is not None and cue.once_per_show
