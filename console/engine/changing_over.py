"""Change-over: another device of a role is on show. Who that is, is the engine's to know; no device commands another.

Parallel devices get every command before and after, and only what counts as the role's word changes. A standby device
gets the state that stands, by the chase rules, and from then on what the main one would have got: what waits, what
fades, and every cue that has still to begin. No trigger is repeated, and none is lost.
"""

from __future__ import annotations

from dataclasses import replace

from console.engine.arming import ArmedSend, ParameterKey
from console.engine.chains import score_lead_ns
from console.engine.differences import sends_for
from console.engine.parts import Parts
from console.engine.put_state import copy_fade, put_state
from console.engine.run_state import Active, Cause, Due, RunState, SendNow, say
from console.engine.scheduler import Entry
from console.vocabulary import ActiveChanged
from devices.contract import OutputMode
from profiles.venue_profile import Duty

TRIGGER = "change-over"


def change_over(parts: Parts, now_ns: int, role: str, device: str | None, by: str) -> str | None:
    """Put a device of a role on show; None: the other one, or back. Returns why not, or None."""
    run = parts.run
    chosen = _choose(parts, role, device)
    if isinstance(chosen, str):
        return chosen
    spoken = _spoken_to(run, role)
    if chosen.duty is Duty.MAIN:
        run.active.pop(role, None)
    else:
        run.active[role] = chosen
    parts.tray.notices.append(ActiveChanged(at_ns=run.at(now_ns), role=role, device=chosen.device, by=by))
    say(run, parts.tray, now_ns, f"{role}: {chosen.device} is on show")
    _leads_changed(run, role)
    cause = Cause(by, TRIGGER, now_ns)
    run.waiting.alter(lambda entry: _moved(run, role, entry, now_ns))
    for cue, asked in run.asked_late.items():
        run.asked_late[cue] = [replace(what, send=_counterpart(run, what.send) or what.send) for what in asked]
    fading = _move_fades(parts, now_ns, role, cause)
    new = _spoken_to(run, role) - spoken
    if new:
        sends = [send for send in _state_of(run, role) if send.device in new and (send.device, send.key) not in fading]
        put_state(run, parts.ledger, parts.tray, now_ns, sends, cause, "the change-over")
    return None


def active_device(run: RunState, role: str) -> str | None:
    """The device of a role that is on show; None where the house lacks it."""
    active = run.active.get(role)
    if active is not None:
        return active.device
    return next((device for device, duty in run.patch.duties_of(role) if duty is Duty.MAIN), None)


def _choose(parts: Parts, role: str, device: str | None) -> Active | str:
    """The device that is to be on show, or why it cannot be."""
    run = parts.run
    duties = dict(run.patch.duties_of(role))
    if not duties:
        return f"no device stands for {role} in this house"
    if len(duties) == 1:
        return f"{role} has one device here: there is nothing to change over to"
    now = active_device(run, role)
    if device is None:
        main = next(each for each, duty in duties.items() if duty is Duty.MAIN)
        device = main if now != main else next(each for each in duties if each != main)
    if device not in duties:
        return f"{device} is no device of {role}: there are {', '.join(duties)}"
    if device == now:
        return f"{device} is on show already"
    if device not in run.patch.devices:
        return f"{device} is not set up"
    if parts.modes.get(device) is OutputMode.OFF:
        return f"{device} is switched off: switch it on first"
    return Active(device, duties[device])


def _spoken_to(run: RunState, role: str) -> set[str]:
    """The devices a role speaks to now."""
    active = run.active.get(role)
    return {
        device
        for device, duty in run.patch.duties_of(role)
        if duty is Duty.PARALLEL
        or (duty is Duty.MAIN if active is None or active.duty is not Duty.STANDBY else device == active.device)
    }


def _leads_changed(run: RunState, role: str) -> None:
    """The new device may need another lead: cues that have still to begin begin by it."""
    run.leads.clear()
    if run.track is not None:
        for placed in tuple(run.track.placed):
            if any(send.role == role for send in run.armed[placed.cue].sends):
                run.track.lead_changed(placed.cue, score_lead_ns(run, placed.cue))


def _moved(run: RunState, role: str, entry: Entry[Due], now_ns: int) -> Entry[Due]:
    """What waits for a device that is spoken to no longer waits for the one on show, by that one's own latency."""
    what = entry.what
    if not isinstance(what, SendNow) or what.send.role != role or run.speaks(what.send):
        return entry
    send = _counterpart(run, what.send)
    if send is None:
        return entry
    due_ns = max(entry.due_ns + what.send.lead_ns - send.lead_ns, what.cause.at_ns, now_ns)
    return entry._replace(due_ns=due_ns, what=replace(what, send=send))


def _counterpart(run: RunState, send: ArmedSend) -> ArmedSend | None:
    """The same act of a cue for the device that took over; None where it has no such verb."""
    if run.speaks(send):
        return send
    armed = run.armed.get(send.cue)
    if armed is None:
        return None
    same_step = [each for each in (*armed.sends, *armed.standby) if each.step == send.step and each.role == send.role]
    own = [each for each in same_step if each.device == send.device]
    on_show = [each for each in same_step if each.device == active_device(run, send.role)]
    return on_show[own.index(send)] if send in own and len(on_show) == len(own) else None


def _move_fades(parts: Parts, now_ns: int, role: str, cause: Cause) -> set[tuple[str, ParameterKey | None]]:
    """Fades that ran on a device that is spoken to no longer go on, from where they stand, on the one that is."""
    run, ledger, tray = parts.run, parts.ledger, parts.tray
    moved: set[tuple[str, ParameterKey | None]] = set()
    for fade in [each for each in run.fades.values() if each.send.role == role and not run.speaks(each.send)]:
        run.steps.cancel(lambda entry, no=fade.no: entry.what.fade_no == no)  # type: ignore[misc]
        del run.fades[fade.key]
        ledger.stream_over(run, fade.stream, tray)
        send = _counterpart(run, fade.send)
        if send is not None and send.fade is not None:
            copy_fade(run, ledger, tray, now_ns, send, fade, cause)
            moved.add((send.device, send.key))
    return moved


def _state_of(run: RunState, role: str) -> list[ArmedSend]:
    """The sends that put up what stands of a role, to every device it speaks to, oldest first."""
    wanted = [(key, each) for key, each in run.desired.snapshot().items() if key[0] == role]
    found: list[ArmedSend] = []
    for key, each in sorted(wanted, key=lambda row: row[1].since_ns):
        found += sends_for(run, key, each)
    return found
