"""Requests to the engine, one small function each; every one is answered done (None) or with the reason it is not.

GO and its like are in ``pressing``, decisions in ``choosing``, what holds and stops in ``stopping``.
"""

from __future__ import annotations

from console.engine import code_requests, items, locating, show_stop, stopping, taking
from console.engine.arming import arm_verb
from console.engine.changing_over import change_over
from console.engine.choosing import set_choice
from console.engine.exits import exit_vamp, stay_in_vamp
from console.engine.held_outputs import held_sends
from console.engine.keeping import mark_it
from console.engine.learning import learn
from console.engine.line_checking import check_device, tell_latencies, tick_line
from console.engine.line_inputs import set_line
from console.engine.parts import Parts
from console.engine.passing_over import skip_next, stand_down
from console.engine.performing import perform
from console.engine.playing_faults import set_faults
from console.engine.pressing import fire_cue, press_go
from console.engine.put_state import put_state
from console.engine.putting_next import put_item_next
from console.engine.reasserting import reassert
from console.engine.rehearsing import count_in_ns, rehearse
from console.engine.run_state import Cause, RunState, SendNow, say
from console.engine.sending import hand_over, reason_to_stay
from console.engine.standbys import SHOW_STOPPED
from console.engine.state_requests import answer_for_state
from console.engine.switching import switch_output
from console.vocabulary import (
    AllStop,
    AnswerAsk,
    AnswerLate,
    Arm,
    AskLatencies,
    AtKeys,
    Back,
    BackBars,
    Bypass,
    CancelPreflight,
    ChangeOver,
    CheckDevice,
    ChooseSource,
    Disarm,
    EndDrill,
    EndItem,
    ExitVamp,
    Fire,
    Go,
    GoKeyUp,
    Hold,
    Jam,
    Learn,
    LetCodeMove,
    ListTakes,
    Load,
    Locate,
    MarkIt,
    MoveStandby,
    NoteSave,
    NotUnderstood,
    NudgeCode,
    OutputsHeld,
    Panic,
    Preflight,
    PutRight,
    ReadTake,
    Reassert,
    RehearseStretch,
    Rejoin,
    ReleaseOutputs,
    ReleasePanic,
    Request,
    ResumeShow,
    Roll,
    Send,
    SetAskAnswer,
    SetChase,
    SetChoice,
    SetFaults,
    SetInput,
    SetNext,
    SetOutput,
    SetReading,
    SetSpeed,
    SetStandby,
    ShowStop,
    SkipNext,
    StandDown,
    StartDrill,
    StartItem,
    StepCue,
    Stop,
    SwitchDepartment,
    Take,
    TickLine,
    TickNote,
    WithdrawExit,
)
from devices.contract import EncodeError
from profiles.verbs import UnknownVerbError, args_problems, find_verb


def answer(parts: Parts, now_ns: int, request: Request) -> str | None:
    """Carry out one request. Returns why it was refused, or None."""
    run, tray = parts.run, parts.tray
    match request:
        case Go():
            return press_go(parts, now_ns, request)
        case GoKeyUp():
            parts.standbys.key_down = False
            return None
        case MarkIt():
            return mark_it(run, tray, now_ns, request, parts.timecode_outs[0].rate if parts.timecode_outs else None)
        case ListTakes() | ReadTake() | TickNote():
            return None  # who keeps the takes tells what came of it
        case Fire(cue=cue):
            return fire_cue(parts, now_ns, cue, request.by)
        case SetStandby(list=name, cue=cue):
            if cue not in parts.standbys.lists.members.get(name, ()):
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
                items.skip_start(run, parts.ledger, tray, now_ns, item, cause)
                parts.standbys.after_locate(run, tray, now_ns, item, -run.times(item).lead_in_ns)
            return refused
        case EndItem(item=item):
            refused = _panics(run) or items.refusal(run, item, "end")
            if refused is None:
                items.end_item(run, parts.ledger, tray, now_ns, item, Cause(request.by, "end item", now_ns))
            return refused
        case Locate():
            return _panics(run) or _locate(parts, now_ns, request)
        case Roll(count_in_bars=bars):
            if bars and run.live_item is not None:
                here_ns = run.position_at(now_ns)
                place = Locate(by=request.by, item=run.live_item, position_ns=here_ns, roll=True, count_in_bars=bars)
                return _panics(run) or _locate(parts, now_ns, place)
            return _panics(run) or stopping.roll(run, tray, now_ns)
        case Hold():
            return stopping.hold(run, tray, now_ns)
        case Stop():
            return stopping.stop(run, parts.ledger, tray, now_ns)
        case AllStop():
            parts.putting_right.give_up()
            stopping.all_stop(run, parts.ledger, tray, now_ns)
            return None
        case Panic():
            stopping.panic(run, parts.safe_lists, parts.ledger, tray, now_ns, request.by)
            parts.standbys.confirmed.clear()
            return None
        case ReleasePanic():
            if run.panic:
                say(run, parts.tray, now_ns, "The panic is over: cues run again.")
            run.panic = False
            return None
        case ShowStop(confirm=confirm):
            return show_stop.show_stop(parts, now_ns, request.by, confirm=confirm)
        case ResumeShow():
            return "panic: release it first" if run.panic else show_stop.resume_show(parts, now_ns, request.by)
        case ExitVamp():
            return exit_vamp(parts, now_ns, request.by)
        case WithdrawExit():
            return stay_in_vamp(parts, now_ns)
        case Take():
            return taking.take(parts, now_ns, request)
        case Rejoin():
            return taking.rejoin(parts, now_ns, request)
        case Bypass():
            return taking.bypass(parts, now_ns, request)
        case SkipNext():
            return skip_next(parts, now_ns, request)
        case StandDown():
            return stand_down(parts, now_ns, request)
        case Reassert():
            return reassert(parts, now_ns, request)
        case SetChoice():
            return set_choice(parts, now_ns, request)
        case Arm(cue=cue_id, role=role):
            found = run.show.cue_by_id.get(cue_id)
            return f"no cue {cue_id!r}" if found is None else run.hazards.arm(found, role, now_ns, request.by)
        case Disarm(cue=cue_id, role=role):
            found = run.show.cue_by_id.get(cue_id)
            return f"no cue {cue_id!r}" if found is None else run.hazards.disarm(found, role)
        case SetNext(item=next_item):
            return put_item_next(parts, now_ns, next_item, request.by)
        case SetInput(input=line, high=high):
            return set_line(parts, now_ns, line, 1.0 if high else None, request.by)
        case SetReading(input=line, value=value):
            return set_line(parts, now_ns, line, value, request.by, is_reading=True)
        case ChangeOver(role=role, device=device):
            return change_over(parts, now_ns, role, device, request.by)
        case ReleaseOutputs():
            return _release_outputs(parts, now_ns, request.by)
        case AnswerLate(cue=cue_id, fire=fire):
            return _panics(run) or _answer_late(parts, now_ns, cue_id, request.by, fire=fire)
        case PutRight() | AnswerAsk() | SetAskAnswer():
            return _panics(run) or answer_for_state(parts, now_ns, request)
        case SetChase(on=on):
            return code_requests.turn(parts, now_ns, on=on)
        case LetCodeMove(allowed=allowed):
            return code_requests.let_move(parts, now_ns, allowed=allowed)
        case ChooseSource(source=source):
            return code_requests.choose(parts, now_ns, source)
        case NudgeCode(frames=frames):
            return code_requests.nudge(parts, now_ns, frames)
        case Jam():
            return code_requests.jam(parts, now_ns)
        case SetFaults():
            return set_faults(parts, now_ns, request)
        case SetOutput() | SwitchDepartment():
            return switch_output(parts, now_ns, request)
        case SetSpeed() | RehearseStretch() | BackBars() | StepCue():
            return _panics(run) or rehearse(parts, now_ns, request)
        case StartDrill() | EndDrill():
            return "no drills are played here"
        case AtKeys():
            return "no machine stands by at these keys"
        case Learn(on=on):
            learn(run, now_ns, on=on)
            return None
        case NoteSave(revision=revision, file=file):
            if not run.saved_revision <= revision <= run.revision:
                return f"the show has no revision {revision} that could have been saved now: it is at {run.revision}"
            run.saved_revision, run.show_file = revision, file
            say(run, tray, now_ns, f"Saved in {file} by {request.by}.")
            return None
        case Preflight(lines=lines):
            rolls = run.transport == "rolling" and not lines
            return "the show is rolling: stop it, or look at one line again" if rolls else None
        case CancelPreflight():
            return None
        case NotUnderstood(words=words):
            return words
        case CheckDevice():
            return _panics(run) or check_device(parts, now_ns, request)
        case TickLine():
            return tick_line(parts, now_ns, request)
        case AskLatencies():
            tell_latencies(parts, now_ns)
            return None
        case Send():
            return _panics(run) or _send(parts, now_ns, request)


def _panics(run: RunState) -> str | None:
    if run.panic:
        return "panic: release it first"
    return SHOW_STOPPED if run.show_stopped is not None else None


def _release_outputs(parts: Parts, now_ns: int, by: str) -> str | None:
    """What was kept back leaves by the chase rules, and timecode with it."""
    run = parts.run
    if run.held is None:
        return "outputs are not held"
    sends, run.held = held_sends(run), None
    parts.tray.notices.append(OutputsHeld(at_ns=run.at(now_ns), held=False))
    put_state(run, parts.ledger, parts.tray, now_ns, sends, Cause(by, "outputs released", now_ns), "the release")
    parts.timecode_jumped(now_ns)
    say(run, parts.tray, now_ns, f"Outputs released by {by}.")
    return None


def _locate(parts: Parts, now_ns: int, place: Locate) -> str | None:
    run, item, position_ns = parts.run, place.item, place.position_ns
    if item not in run.schedule.items:
        return f"the rundown has no item {item!r}"
    times = run.times(item)
    if not -times.lead_in_ns <= position_ns <= times.length_ns:
        return (
            f"{item} has no such place: it runs from {-times.lead_in_ns / 1e9:.3f} s to {times.length_ns / 1e9:.3f} s"
        )
    rolls = run.transport == "rolling" if place.roll is None else place.roll
    count_ns, refused = count_in_ns(run, item, position_ns, place.count_in_bars if rolls else 0)
    if refused is not None:
        return refused
    cause = Cause(place.by, "locate", now_ns)
    locating.locate(run, parts.ledger, parts.tray, now_ns, item, position_ns, cause, roll=rolls, count_in_ns=count_ns)
    parts.standbys.after_locate(run, parts.tray, now_ns, item, position_ns)
    return None


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
        kept = run.hand.keeps(send.device, send.department, request.by)
        if kept is not None:
            return f"{send.device} is {kept.removeprefix('skipped: ')}"
        against = reason_to_stay(run, send, now_ns, cause)
        if against is not None:
            return against.removeprefix("inhibited: ")
    for send in sends:
        hand_over(run, parts.ledger, parts.tray, now_ns, now_ns, send, send.packets, now_ns, cause)
    return None
