"""Requests to the engine, one small function each; every one is answered done (None) or with the reason it is not.

GO itself, and whatever else starts cues by hand, is here; what holds and stops is in ``stopping``.
"""

from __future__ import annotations

from console.engine import items, locating, stopping
from console.engine.arming import arm_cue, arm_verb
from console.engine.chains import lead_ns, main_lead_ns
from console.engine.cue_runner import start_afresh, start_later
from console.engine.parts import Parts
from console.engine.performing import perform
from console.engine.run_state import START, Cause, RunState, SendNow, StartCue
from console.engine.sending import hand_over, reason_to_stay
from console.engine.vamps import ask_exit
from console.plan.resolver import reason_against
from console.show.cues import ChoiceTable, Cue
from console.timebase.instants import ms_to_ns, s_to_ns
from console.vocabulary import (
    AllStop,
    AnswerLate,
    Arm,
    AtKeys,
    Back,
    EndItem,
    ExitVamp,
    Fire,
    Go,
    GoKeyUp,
    Hold,
    Load,
    Locate,
    MoveStandby,
    Panic,
    ReleasePanic,
    Request,
    Roll,
    Send,
    SetChoice,
    SetInput,
    SetOutput,
    SetStandby,
    ShowStop,
    StartItem,
    Stop,
)
from devices.contract import EncodeError, OutputMode
from profiles.verbs import UnknownVerbError, args_problems, find_verb


def answer(parts: Parts, now_ns: int, request: Request) -> str | None:
    """Carry out one request. Returns why it was refused, or None."""
    run, tray = parts.run, parts.tray
    match request:
        case Go():
            return _go(parts, now_ns, request)
        case GoKeyUp():
            parts.standbys.key_down = False
            return None
        case Fire(cue=cue):
            return _fire(parts, now_ns, cue, request.by)
        case SetStandby(list=name, cue=cue):
            if cue not in parts.standbys.lists.get(name, ()):
                return f"list {name!r} has no cue {cue!r}"
            parts.standbys.put(run, tray, now_ns, name, cue, by_hand=True)
            return None
        case MoveStandby(list=name, by_rows=rows):
            return parts.standbys.step(run, tray, now_ns, name, rows)
        case Back(list=name):
            last = parts.standbys.last_run.get(name)
            if last is None:
                return f"nothing has run in list {name!r} yet"
            parts.standbys.put(run, tray, now_ns, name, last, by_hand=True)
            return None
        case Load(item=item):
            refused = _panics(run) or items.refusal(run, item, "load")
            if refused is None:
                items.load_item(run, tray, now_ns, item, Cause(request.by, "load", now_ns))
            return refused
        case StartItem(item=item):
            refused = _panics(run) or items.refusal(run, item, "start")
            if refused is None:
                cause = Cause(request.by, "start item", now_ns)
                items.start_item(run, parts.ledger, tray, now_ns, item, cause, now_ns)
            return refused
        case EndItem(item=item):
            refused = _panics(run) or items.refusal(run, item, "end")
            if refused is None:
                items.end_item(run, parts.ledger, tray, now_ns, item, Cause(request.by, "end item", now_ns))
            return refused
        case Locate(item=item, position_ns=position_ns, roll=roll):
            return _panics(run) or _locate(parts, now_ns, item, position_ns, request.by, roll=roll)
        case Roll():
            return _panics(run) or stopping.roll(run, tray, now_ns)
        case Hold():
            return stopping.hold(run, tray, now_ns)
        case Stop():
            return stopping.stop(run, parts.ledger, tray, now_ns)
        case AllStop():
            stopping.all_stop(run, parts.ledger, tray, now_ns)
            return None
        case Panic():
            stopping.panic(run, parts.safe_lists, parts.ledger, tray, now_ns, request.by)
            return None
        case ReleasePanic():
            run.panic = False
            return None
        case ShowStop(confirm=confirm):
            return stopping.show_stop(run, parts.safe_lists, parts.ledger, tray, now_ns, request.by, confirm=confirm)
        case ExitVamp():
            return _exit_vamp(run, now_ns, request.by)
        case SetChoice():
            return _set_choice(parts, now_ns, request)
        case Arm(cue=cue_id, role=role):
            found = run.show.cue_by_id.get(cue_id)
            return f"no cue {cue_id!r}" if found is None else run.hazards.arm(found, role, now_ns, request.by)
        case SetInput(input=line, high=high):
            run.hazards.set_line(line, now_ns, high=high)
            return None
        case AnswerLate(cue=cue_id, fire=fire):
            return _panics(run) or _answer_late(parts, now_ns, cue_id, request.by, fire=fire)
        case SetOutput(device=device, mode=mode):
            if device not in run.patch.devices:
                return f"the venue has no device {device!r}"
            parts.modes[device] = OutputMode(mode)
            return None
        case AtKeys():
            return "no machine stands by at these keys"
        case Send():
            return _panics(run) or _send(parts, now_ns, request)


def _panics(run: RunState) -> str | None:
    return "panic: release it first" if run.panic else None


def _go(parts: Parts, now_ns: int, request: Go) -> str | None:
    run, standbys = parts.run, parts.standbys
    if request.list not in standbys.lists:
        return f"there is no list {request.list!r}"
    refused = standbys.guard(run, now_ns, request.by)
    if refused is not None:
        return refused
    standing = standbys.standing.get(request.list)
    if standing is None:
        return f"nothing is in standby in list {request.list!r}"
    cue = run.show.cue_by_id[standing]
    refused = _cannot_run(run, cue)
    if refused is None:
        standbys.pressed(now_ns, request.by)
        _press(parts, now_ns, cue, Cause(request.by, "GO", now_ns))
    return refused


def _fire(parts: Parts, now_ns: int, cue_id: str, by: str) -> str | None:
    run = parts.run
    cue = run.show.cue_by_id.get(cue_id)
    if cue is None:
        return f"no cue {cue_id!r}"
    if run.panic:
        return "panic: release it before firing"
    refused = _cannot_run(run, cue)
    if refused is None:
        _press(parts, now_ns, cue, Cause(by, "fire", now_ns))
    return refused


def _cannot_run(run: RunState, cue: Cue) -> str | None:
    if cue.disabled:
        return f"{cue.number} {cue.label} is disabled"
    if cue.once_per_show and cue.id in run.spent:
        return f"{cue.number} {cue.label} has been used; it goes once per show"
    return None


def _press(parts: Parts, now_ns: int, cue: Cue, cause: Cause) -> None:
    """A hand starts a cue: its item goes live where the cue is the one that starts it."""
    run, tray = parts.run, parts.tray
    moment_ns = now_ns + s_to_ns(cue.pre_wait_s)
    start_afresh(run, cue.id)
    runs = reason_against(run.show, cue, run.choices) is None
    if runs and cue.item is not None and _starts_its_item(run, cue):
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


def _locate(parts: Parts, now_ns: int, item: str, position_ns: int, by: str, *, roll: bool | None) -> str | None:
    run = parts.run
    if item not in run.schedule.items:
        return f"the rundown has no item {item!r}"
    times = run.times(item)
    if not -times.lead_in_ns <= position_ns <= times.length_ns:
        return (
            f"{item} has no such place: it runs from {-times.lead_in_ns / 1e9:.3f} s to {times.length_ns / 1e9:.3f} s"
        )
    rolls = run.transport == "rolling" if roll is None else roll
    locating.locate(run, parts.ledger, parts.tray, now_ns, item, position_ns, Cause(by, "locate", now_ns), roll=rolls)
    parts.standbys.after_locate(run, parts.tray, now_ns, item, position_ns)
    return None


def _exit_vamp(run: RunState, now_ns: int, by: str) -> str | None:
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


def _set_choice(parts: Parts, now_ns: int, request: SetChoice) -> str | None:
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
                run.track.lead_changed(cue.id, lead_ns(run, cue.id))
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
    return not cue.is_called and not run.panic and (cue.item is None or cue.item == run.live_item)


def _answer_late(parts: Parts, now_ns: int, cue_id: str, by: str, *, fire: bool) -> str | None:
    run = parts.run
    asked = run.asked_late.pop(cue_id, [])
    if not asked:
        return f"nothing is asked of cue {cue_id!r}"
    cause = Cause(by, "answered late", now_ns)
    for what in asked:
        if fire:
            perform(run, parts.ledger, parts.tray, now_ns, now_ns, SendNow(what.send, what.moment_ns, cause))
        else:
            parts.ledger.not_sent(run, parts.tray, now_ns, what, "skipped: let go")
    return None


def _send(parts: Parts, now_ns: int, request: Send) -> str | None:
    run = parts.run
    try:
        problems = args_problems(find_verb(request.verb), request.args)
        if problems:
            return "; ".join(problems)
        sends = arm_verb(request.role, request.verb, request.args, run.show, run.patch, run.encoder)
    except (EncodeError, UnknownVerbError) as error:
        return str(error)
    cause = Cause(request.by, "line check", now_ns)
    for send in sends:
        if send.hazard != "none":
            return f"{send.role} is a hazard; it is not sent from here"
        against = reason_to_stay(run, send, now_ns, cause)
        if against is not None:
            return against.removeprefix("inhibited: ")
    for send in sends:
        hand_over(run, parts.ledger, parts.tray, now_ns, now_ns, send, send.packets, now_ns, cause)
    return None
