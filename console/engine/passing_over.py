"""Cues that are passed over: once (*skip next*), or for the whole run (*stand down*). Neither is an edit of the show.

A skip is seen and can be taken back until it happens: a called cue is skipped when GO runs one behind it in the list,
an auto cue when its moment comes. A press on the cue itself takes the skip back. What has begun to leave goes on.
"""

from __future__ import annotations

from console.engine.cue_runner import skip_cue
from console.engine.hand import SKIPPED, HandState, Mark, names_of, next_state
from console.engine.parts import Parts
from console.engine.run_state import Cause, say
from console.engine.stepping import is_stepped
from console.show.cues import Cue
from console.vocabulary import SkipNext, StandDown


def skip_next(parts: Parts, now_ns: int, request: SkipNext) -> str | None:
    """Mark a cue to be passed over once, or take that back. Returns why not."""
    run, standbys = parts.run, parts.standbys
    if request.cue is None and request.list not in standbys.lists.members:
        return f"there is no list {request.list!r}"
    named = request.cue or (standbys.standing[request.list] if request.on else _last_marked(parts, request.list))
    if named is None:
        return f"nothing is {'in standby' if request.on else 'to be skipped'} in list {request.list!r}"
    cue = run.show.cue_by_id.get(named)
    if cue is None:
        return f"no cue {named!r}"
    if cue.id in run.done and not cue.every_pass:
        return f"{_name(cue)} has run, or was passed over, already"
    refused = next_state("to be skipped" if cue.id in run.hand.skips else "coming", "skip" if request.on else "keep")
    if refused is not None:
        return refused
    if request.on:
        run.hand.skips[cue.id] = Mark(request.by, now_ns)
        standbys.move_on(run, parts.tray, now_ns)
        say(run, parts.tray, now_ns, f"{_name(cue)} will be skipped once.")
    else:
        del run.hand.skips[cue.id]
        standbys.come_back(run, parts.tray, now_ns, lambda each: each.id == cue.id)
        say(run, parts.tray, now_ns, f"{_name(cue)} will run after all.")
    return None


def stand_down(parts: Parts, now_ns: int, request: StandDown) -> str | None:
    """Cues that do not run in this run, or do so again. Returns why not."""
    run, target = parts.run, request.target
    known = (*run.show.cue_by_id, *(each.id for each in run.show.departments), *parts.standbys.lists.members)
    if target not in known:
        return f"there is no cue, department or list {target!r}"
    state: HandState = "stood down" if target in run.hand.stood_down else "standing"
    refused = next_state(state, "stand_down" if request.on else "reinstate")
    if refused is not None:
        return refused
    named = run.show.cue_by_id.get(target)
    words = _name(named) if named is not None else target
    if request.on:
        run.hand.stood_down[target] = Mark(request.by, now_ns)
        parts.standbys.move_on(run, parts.tray, now_ns)
        say(run, parts.tray, now_ns, f"STOOD_DOWN: {words} does not run until it is armed again.", "warning")
    else:
        del run.hand.stood_down[target]
        parts.standbys.come_back(
            run, parts.tray, now_ns, lambda each: target in names_of(each, run.show.department_of(each))
        )
        say(run, parts.tray, now_ns, f"{words} is reinstated.")
    return None


def settle_skips(parts: Parts, now_ns: int, name: str, cue: str, cause: Cause) -> None:
    """GO runs a cue of a list: those before it that were to be skipped have been."""
    run = parts.run
    if not run.hand.skips:
        return
    places = {each: place for place, each in enumerate(parts.standbys.lists.members[name])}
    for each in sorted(run.hand.skips.keys() & places.keys(), key=places.__getitem__):
        found = run.show.cue_by_id[each]
        if places[each] < places[cue] and is_stepped(run, found):
            del run.hand.skips[each]
            skip_cue(run, parts.ledger, parts.tray, now_ns, found, now_ns, cause, SKIPPED)


def _last_marked(parts: Parts, name: str) -> str | None:
    """The cue of a list that was marked last."""
    ours = [each for each in parts.run.hand.skips if each in parts.standbys.lists.members[name]]
    return ours[-1] if ours else None


def _name(cue: Cue) -> str:
    return f"{cue.number} {cue.label}".rstrip()
