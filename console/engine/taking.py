"""Take by hand and join again: the whole show, one department, or what was bypassed.

Taking keeps back what the score would send from now on. A fade that is under way stops where it stands and goes on on
paper. How the devices come back to the score is in ``joining``.
"""

from __future__ import annotations

from collections.abc import Callable

from console.engine.fades import Fade
from console.engine.hand import HandState, Mark, next_state
from console.engine.joining import join
from console.engine.parts import Parts
from console.engine.run_state import RunState, StartCue, say
from console.engine.stepping import is_taken
from console.engine.tracking import keep_back
from console.vocabulary import Bypass, Rejoin, Take


def take(parts: Parts, now_ns: int, request: Take) -> str | None:
    """A hand takes a department, or the whole show (None). Returns why not."""
    run, department = parts.run, request.department
    refused = _no_department(run, department) or next_state(_state(run, department), "take")
    if refused is None:
        run.hand.taken[department] = Mark(request.by, now_ns)
        _keep_fades(parts, now_ns, lambda fade: not fade.by_hand and run.hand.has_taken(fade.send.department))
        parts.standbys.come_by_hand(run, parts.tray, now_ns)
        say(run, parts.tray, now_ns, f"TAKEN: {_named(department)}. Its cues leave by a press only.", "warning")
    return refused


def rejoin(parts: Parts, now_ns: int, request: Rejoin) -> str | None:
    """What was taken goes with the score again. Returns why not."""
    run, department = parts.run, request.department
    state: HandState = "taken" if department is None and run.hand.taken else _state(run, department)
    refused = _panics(run) or _no_department(run, department) or next_state(state, "rejoin")
    if refused is not None:
        return refused
    before = dict(run.hand.taken)
    if department is None:
        run.hand.taken.clear()
    else:
        whole = run.hand.taken.pop(None, None)
        if whole is not None:  # the others stay as they are, each by itself
            others = (each.id for each in run.show.departments if each.id not in before)
            run.hand.taken.update(dict.fromkeys(others, whole))
        run.hand.taken.pop(department, None)
    _mark_passed(run)
    parts.standbys.move_on(run, parts.tray, now_ns)
    words = f"rejoin {_named(department)}"
    join(parts, now_ns, lambda send: department in (None, send.department), request, words)
    say(run, parts.tray, now_ns, f"{_named(department)} is with the score again.")
    return None


def bypass(parts: Parts, now_ns: int, request: Bypass) -> str | None:
    """Nothing leaves for a device or a department but panic and its like, or everything does again."""
    run, target = parts.run, request.target
    if target not in run.patch.devices and all(target != each.id for each in run.show.departments):
        return f"there is no device or department {target!r}"
    state: HandState = "bypassed" if target in run.hand.bypassed else "in line"
    refused = next_state(state, "bypass" if request.on else "lift") or (None if request.on else _panics(run))
    if refused is not None:
        return refused
    if request.on:
        run.hand.bypassed[target] = Mark(request.by, now_ns)
        _keep_fades(parts, now_ns, lambda fade: target in (fade.send.device, fade.send.department))
        say(run, parts.tray, now_ns, f"BYPASSED: {target}. Nothing leaves for it but panic and show stop.", "warning")
        return None
    del run.hand.bypassed[target]
    join(parts, now_ns, lambda send: target in (send.device, send.department), request, f"rejoin {target}")
    say(run, parts.tray, now_ns, f"{target} is in line again.")
    return None


def _state(run: RunState, department: str | None) -> HandState:
    return "taken" if run.hand.has_taken(department) else "joined"


def _panics(run: RunState) -> str | None:
    return "panic: release it first" if run.panic else None


def _no_department(run: RunState, department: str | None) -> str | None:
    known = department is None or any(department == each.id for each in run.show.departments)
    return None if known else f"the show has no department {department!r}"


def _named(department: str | None) -> str:
    return department or "the whole show"


def _keep_fades(parts: Parts, now_ns: int, wanted: Callable[[Fade], bool]) -> None:
    for fade in [each for each in parts.run.fades.values() if wanted(each)]:
        keep_back(parts.run, parts.ledger, parts.tray, now_ns, fade)


def _mark_passed(run: RunState) -> None:
    """Cues whose moment has passed count as done, so that GO does not come to them; what a press has begun comes."""
    pressed = {entry.owner for entry in run.waiting.entries() if isinstance(entry.what, StartCue)}
    for cue in sorted(run.hand.passed):
        found = run.show.cue_by_id.get(cue)
        if found is None or not is_taken(run, found):  # an edit may have taken it out
            run.hand.passed.discard(cue)
            if found is not None and cue not in pressed:
                run.done.add(cue)
