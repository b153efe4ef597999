"""Decisions the show declares: what changes when one is taken, and who hears of it."""

from __future__ import annotations

from console.engine.arming import arm_cue
from console.engine.chains import score_lead_ns
from console.engine.cue_runner import start_afresh, start_later
from console.engine.parts import Parts
from console.engine.run_state import Cause, RunState
from console.show.cues import ChoiceTable, Cue
from console.timebase.instants import s_to_ns
from console.vocabulary import SetChoice


def set_choice(parts: Parts, now_ns: int, request: SetChoice) -> str | None:
    """Take a decision; cues that depend on it are armed anew, cues that wait for it start. Returns why not."""
    run = parts.run
    choice = next((each for each in run.show.choices if each.id == request.choice), None)
    if choice is None:
        return f"the show declares no choice {request.choice!r}"
    if request.value not in choice.values:
        return f"{request.choice} can be {', '.join(choice.values)}; not {request.value!r}"
    if choice.set_by and request.by not in ("operator", *choice.set_by):
        return f"{request.by} may not set {request.choice}; {', '.join(choice.set_by)} may"
    run.choices[request.choice] = request.value
    for cue in run.show.cues:
        if _has_table_of(cue, request.choice):
            run.armed[cue.id] = arm_cue(run.show, cue, run.patch, run.encoder, run.choices)
            run.leads.clear()
            if run.track is not None:
                run.track.lead_changed(cue.id, score_lead_ns(run, cue.id))
    run.index.choices_changed(run.choices, _affected(run, request.choice))
    for cue in run.show.cues:
        at = cue.at
        if at.on == "choice" and (at.choice, at.value) == (request.choice, request.value) and listens(run, cue):
            start_afresh(run, cue.id)
            start_later(
                run, cue.id, now_ns + s_to_ns(cue.pre_wait_s), Cause(request.by, f"{at.choice} is {at.value}", now_ns)
            )
    return None


def _affected(run: RunState, choice: str) -> set[str]:
    """The cues whose state, or whether they run at all, depends on a choice; those in their groups too."""
    ahead = [cue.id for cue in run.show.cues if _has_table_of(cue, choice) or _asks_for(cue, choice)]
    found: set[str] = set()
    while ahead:
        each = ahead.pop()
        if each not in found:
            found.add(each)
            ahead.extend(run.children.get(each, ()))
    return found


def _asks_for(cue: Cue, choice: str) -> bool:
    terms = cue.condition.terms if cue.condition is not None else ()
    return (cue.at.on == "choice" and cue.at.choice == choice) or any(term.choice == choice for term in terms)


def _has_table_of(cue: Cue, choice: str) -> bool:
    tables = (arg for step in cue.steps for arg in step.args.values() if isinstance(arg, ChoiceTable))
    return any(table.choice == choice for table in tables)


def listens(run: RunState, cue: Cue) -> bool:
    """Causes from outside reach cues of the live item and of the free lists."""
    return (
        not cue.is_called
        and not run.panic
        and run.show_stopped is None
        and (cue.item is None or cue.item == run.live_item)
    )
