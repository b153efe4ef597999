"""Line check: every device of the house is sent something harmless, and its answer or a person's word is kept.

What is sent goes the way of every command, into the same ledger. Nothing is sent while the show rolls, and nothing to
a device that stands for a hazard: its crew checks that, not this console.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from console.engine.arming import ArmedSend, arm_verb
from console.engine.inhibits import first_reason
from console.engine.ledger import command_words
from console.engine.line_checks import AwaitedAnswer
from console.engine.parts import Parts
from console.engine.run_state import Cause
from console.engine.sending import hand_over
from console.vocabulary import (
    CheckDevice,
    Confirmed,
    LearnedLatencies,
    LearnedLatency,
    LineResult,
    LineTicked,
    TickLine,
)
from devices.contract import LINE_CHECK, EncodeError, OutputMode, Report
from profiles.near_names import near_words
from profiles.verbs import CATALOGUE, Chase, Kind, UnknownVerbError, args_problems, find_verb, state_key

CAUSE = "line check"


def check_device(parts: Parts, now_ns: int, request: CheckDevice) -> str | None:
    """Send it something harmless, or what was chosen for it. Returns why not."""
    run, device = parts.run, request.device
    if device not in run.patch.devices:
        return f"the venue has no device {device!r}: {near_words(device, run.patch.devices)}"
    if run.transport == "rolling":
        return "the show is rolling: line check waits until it stands"
    if run.held is not None:
        return "outputs are held: release them first"
    roles = tuple(_roles_of(parts, device))
    hazard = next((role for role in roles if run.patch.hazards.get(role, "none") != "none"), None)
    if hazard is not None:
        return f"{device} stands for {hazard}, a hazard: its own crew checks it, and nothing is sent to it from here"
    if parts.modes.get(device) is OutputMode.OFF:
        return f"{device} is switched off: take it live first"
    sends = _chosen(parts, request, roles) if request.verb else _harmless(parts, device, roles)
    if isinstance(sends, str):
        return sends
    cause = Cause(request.by, CAUSE, now_ns)
    for send in sends:
        kept = run.hand.keeps(send.device, send.department, request.by)
        if kept is not None:
            return f"{send.device} is {kept.removeprefix('skipped: ')}"
        against = first_reason(run, send, now_ns, cause) if request.verb else None
        if against is not None:
            return against.removeprefix("inhibited: ").removeprefix("skipped: ")
    for send in sends:
        hand_over(run, parts.ledger, parts.tray, now_ns, now_ns, send, send.packets, now_ns, cause)
        _await(parts, now_ns, send)
    return None


def tick_line(parts: Parts, now_ns: int, request: TickLine) -> str | None:
    """Keep what a person saw of a line; it counts for more than the device's own word. Returns why not."""
    venue = parts.run.patch.venue
    if request.line not in parts.run.patch.devices and request.line not in venue.line_check:
        return f"the venue has no line {request.line!r}: give a device, or a line of its own line check"
    awaited = parts.line_checks.awaited.get(request.line)
    if awaited is not None:
        awaited.ticked = True
    _tick(parts, now_ns, request.line, request.result, request.by, note=request.note)
    return None


def hear_answer(parts: Parts, report: Report) -> None:
    """A device has spoken: how long it took is kept, and whether line check was waiting for it."""
    checks = parts.line_checks
    checks.measure(report)
    awaited = checks.awaited.get(report.device)
    if awaited is None or awaited.until_ns is None or report.latency_ns is None:
        return
    if report.received_ns > awaited.until_ns or awaited.verb != (LINE_CHECK if report.verb is None else report.verb):
        return
    awaited.until_ns = None
    took_ms = report.latency_ns / 1_000_000
    _confirm(parts, report.received_ns, report.device, awaited, words=f"answered after {took_ms:.1f} ms")
    known = checks.ticks.get(report.device)
    if awaited.ticked and known is not None:
        result, by, note = known.result, known.by, known.note
    else:
        result, by, note = "answered", report.device, ""
    _tick(parts, report.received_ns, report.device, result, by, note=note, answer_ms=took_ms)


def expire_checks(parts: Parts, now_ns: int) -> int | None:
    """Answers that are overdue will not come. Returns when the next one is."""
    for device, awaited in parts.line_checks.awaited.items():
        if awaited.until_ns is not None and now_ns > awaited.until_ns:
            until_ns, awaited.until_ns = awaited.until_ns, None
            _confirm(parts, until_ns, device, awaited)
    return parts.line_checks.next_ns()


def tell_latencies(parts: Parts, now_ns: int) -> None:
    """What was measured of every device so far."""
    times = []
    for device, latency in parts.line_checks.latencies(parts.run.patch.devices).items():
        spread = latency.spread
        found_ms = {"median_ms": spread.median, "p10_ms": spread.p10, "p90_ms": spread.p90}
        rounded = {name: round(ms, 3) for name, ms in found_ms.items()}
        of: Literal["acts", "answers"] = "acts" if latency.kind == "acts" else "answers"
        times.append(LearnedLatency(device=device, of=of, count=spread.count, **rounded))
    parts.tray.notices.append(LearnedLatencies(at_ns=parts.run.at(now_ns), times=tuple(times)))


def _roles_of(parts: Parts, device: str) -> Iterator[str]:
    """The show's roles that a device stands for, whatever its duty; a role the house binds for itself counts too."""
    run = parts.run
    names = dict.fromkeys((*run.show.role_by_id, *run.patch.venue.role_by_id))
    return (role for role in names if any(device == each for each, _duty in run.patch.duties_of(role)))


def _harmless(parts: Parts, device: str, roles: tuple[str, ...]) -> tuple[ArmedSend, ...] | str:
    found = parts.line_checks.harmless.get(device)
    if found is None:
        return f"nothing harmless is known for {device}: choose a command for it"
    run = parts.run
    role = run.show.role_by_id.get(roles[0]) if roles else None
    verb = CATALOGUE.get(found.verb)
    is_parameter = verb is not None and verb.kind is Kind.PARAMETER
    profile = run.patch.devices[device].profile
    return (
        ArmedSend(
            cue="",
            step=0,
            device=device,
            role=roles[0] if roles else "",
            department=role.department if role is not None else profile.department,
            verb=found.verb,
            args=found.args,
            show_args=found.args,
            packets=found.packets,
            offset_ns=0,
            lead_ns=0,
            key=(roles[0] if roles else "", *state_key(verb, found.args)) if verb and is_parameter else None,
            device_key=(device, *profile.state_key(verb, found.args)) if verb and is_parameter else None,
            chase=Chase.NEVER,
            hazard="none",
        ),
    )


def _chosen(parts: Parts, request: CheckDevice, roles: tuple[str, ...]) -> tuple[ArmedSend, ...] | str:
    """A verb that the operator chose, as the first role of the device that can be asked it says it to this device."""
    run = parts.run
    try:
        problems = args_problems(find_verb(request.verb), request.args)
        if problems:
            return "; ".join(problems)
        for role in roles:
            sends = arm_verb(role, request.verb, request.args, run.show, run.patch, run.encoder, standbys=True)
            ours = tuple(send for send in sends if send.device == request.device)
            if ours:
                return ours
    except (EncodeError, UnknownVerbError) as error:
        return str(error)
    return f"{request.device} stands for no role that could be asked {request.verb}"


def _await(parts: Parts, now_ns: int, send: ArmedSend) -> None:
    within_ns = parts.run.encoder.confirms_within_ns(send.device, send.verb, send.args)
    until_ns = None if within_ns is None else now_ns + send.self_timed_ns + within_ns
    words = str(send.args["sends"]) if send.verb == LINE_CHECK else command_words(send.verb, send.args)
    parts.line_checks.awaited[send.device] = AwaitedAnswer(parts.run.seq, send.role, send.verb, words, until_ns)


def _tick(
    parts: Parts, now_ns: int, line: str, result: LineResult, by: str, *, note: str, answer_ms: float | None = None
) -> None:
    checks, run = parts.line_checks, parts.run
    known, awaited = checks.ticks.get(line), checks.awaited.get(line)
    answered_ms = known.answer_ms if answer_ms is None and known is not None else answer_ms
    tick = LineTicked(
        at_ns=run.at(now_ns),
        line=line,
        result=result,
        by=by,
        note=note,
        sent=awaited.words if awaited is not None else "",
        answer_ms=None if answered_ms is None else round(answered_ms, 3),
        simulated=parts.modes.get(line) is OutputMode.GHOST,
        wall=run.wall.isoformat(timespec="seconds") if run.wall is not None else "",
    )
    checks.ticks[line] = tick
    parts.tray.notices.append(tick)


def _confirm(parts: Parts, at_ns: int, device: str, awaited: AwaitedAnswer, *, words: str = "") -> None:
    """The word for the command's row; a verb of the catalogue has its own from ``confirming``."""
    if awaited.verb != LINE_CHECK:
        return
    parts.tray.notices.append(
        Confirmed(
            at_ns=parts.run.at(at_ns),
            seq=awaited.seq,
            item=None,
            cue=None,
            role=awaited.role,
            device=device,
            result="confirmed" if words else "unconfirmed",
            words=words or "no answer in its time",
        )
    )
