"""Cues started by hand: GO on a list's standby, and one cue fired out of order."""

from __future__ import annotations

from console.engine import items
from console.engine.asking_curfew import asks_first
from console.engine.chains import main_lead_ns
from console.engine.cue_runner import start_afresh
from console.engine.hand import STOOD_DOWN
from console.engine.keeping import tell_pressed
from console.engine.parts import Parts
from console.engine.passing_over import settle_skips
from console.engine.run_state import START, Cause, RunState, StartCue
from console.engine.standbys import SHOW_STOPPED
from console.plan.resolver import reason_against
from console.show.cues import Cue
from console.timebase.instants import ms_to_ns, s_to_ns
from console.vocabulary import Go


def press_go(parts: Parts, now_ns: int, request: Go) -> str | None:
    """Run the standby of a list. Returns why it is refused, or None."""
    run, standbys = parts.run, parts.standbys
    if request.list not in standbys.lists.members:
        return f"there is no list {request.list!r}"
    refused = standbys.guard(run, now_ns, request.by, request.list)
    if refused is not None:
        return refused
    standing = standbys.standing.get(request.list)
    if standing is None:
        return f"nothing is in standby in list {request.list!r}"
    cue = run.show.cue_by_id[standing]
    refused = _cannot_run(run, cue)
    if refused is None:
        standbys.pressed(now_ns, request.by, request.list)
        if cue.item is not None and run.lives[cue.item] != "live" and _starts_its_item(run, cue):
            question = asks_first(run, now_ns, cue.item)
            if question is not None:
                return question
        if standbys.confirms(run, parts.tray, now_ns, request.list, request.by):
            return None
        cause = Cause(request.by, "GO", now_ns)
        settle_skips(parts, now_ns, request.list, cue.id, cause)
        _press(parts, now_ns, cue, cause)
        tell_pressed(run, parts.tray, now_ns, cue, request.list, request.by, request.input)
    return refused


def fire_cue(parts: Parts, now_ns: int, cue_id: str, by: str, *, starts: bool = True) -> str | None:
    """Run one cue now; standbys stay. Returns why it is refused, or None. ``starts``: and its item, if it does that."""
    run = parts.run
    cue = run.show.cue_by_id.get(cue_id)
    if cue is None:
        return f"no cue {cue_id!r}"
    if run.panic:
        return "panic: release it before firing"
    if run.show_stopped is not None:
        return SHOW_STOPPED
    refused = _cannot_run(run, cue)
    if refused is None:
        _press(parts, now_ns, cue, Cause(by, "fire", now_ns), starts=starts)
        tell_pressed(run, parts.tray, now_ns, cue, "", by, "")
    return refused


def _cannot_run(run: RunState, cue: Cue) -> str | None:
    name = f"{cue.number} {cue.label}".rstrip()
    if cue.disabled:
        return f"{name} is disabled"
    if run.hand.is_stood_down(cue, run.show.department_of(cue)):
        return f"{name} is {STOOD_DOWN}"
    if cue.once_per_show and cue.id in run.spent:
        return f"{name} has been used; it goes once per show"
    return None


def _press(parts: Parts, now_ns: int, cue: Cue, cause: Cause, *, starts: bool = True) -> None:
    """A hand starts a cue: its item goes live where the cue is the one that starts it."""
    run, tray = parts.run, parts.tray
    moment_ns = now_ns + s_to_ns(cue.pre_wait_s)
    start_afresh(run, cue.id)
    runs = reason_against(run.show, cue, run.choices) is None
    if starts and runs and cue.item is not None and _starts_its_item(run, cue):
        if cue.starts_item:
            # The count-in begins when the device that carries it can be heard: press + latency − trim.
            moment_ns += max(0, main_lead_ns(run, cue))
        items.start_item(run, parts.ledger, tray, now_ns, cue.item, cause, moment_ns)
    elif cue.item is not None and cue.item == run.live_item:
        moment_ns = _within_window(run, cue, now_ns, moment_ns)
    # Behind whatever the item's load has just put there: the scene comes before the track.
    run.wait(now_ns, START, cue.id, StartCue(cue.id, moment_ns, cause))
    parts.standbys.ran(run, tray, now_ns, cue.id)


def _starts_its_item(run: RunState, cue: Cue) -> bool:
    """A ``starts_item`` cue starts its item, or starts it again; where it has none, any cue but those of its load."""
    if cue.starts_item:
        return True
    if cue.item is None or run.lives[cue.item] == "live" or run.schedule.cue_times[cue.id].at_load:
        return False
    siblings = (run.show.cue_by_id[each] for each in run.schedule.by_item[cue.item])
    return not any(each.starts_item and not each.disabled for each in siblings)


def _within_window(run: RunState, cue: Cue, now_ns: int, moment_ns: int) -> int:
    """A press a little before a called cue's own position waits for it."""
    window_ns = ms_to_ns(run.show.rules.go_window_ms)
    at = cue.at
    if window_ns == 0 or at.on not in ("bar", "timecode", "offset"):
        return moment_ns
    instant = run.instant_of_score(run.schedule.cue_times[cue.id].planned_ns)
    return instant if instant is not None and now_ns < instant <= now_ns + window_ns else moment_ns
