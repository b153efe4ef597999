"""The one send path: whatever the cause, bytes leave through here, with the same inhibits, lateness and ledger."""

from __future__ import annotations

from dataclasses import replace

from console.engine.arming import ArmedSend
from console.engine.fades import Fade
from console.engine.ledger import Ledger, command_words
from console.engine.outbox import Dispatch, Tray
from console.engine.run_state import STEP, Cause, FadeStep, LatePacket, RunState, SendNow, say
from console.plan.fade_curves import MINUS_INFINITY_DB
from console.timebase.instants import ms_to_ns
from devices.contract import Command, Packet


def perform(run: RunState, ledger: Ledger, tray: Tray, now_ns: int, due_ns: int, what: SendNow) -> None:
    """Send what is due, or record why not. ``due_ns`` as planned; ``now_ns`` is the step's present."""
    send, cause = what.send, what.cause
    cue = run.show.cue_by_id.get(send.cue)
    against = _reason_against(run, send, now_ns)
    if against is None:
        against = _too_late(run, send, now_ns - max(due_ns, cause.at_ns))
    if against == "ask":
        run.asked_late[send.cue] = what
        say(run, tray, now_ns, f"{cue.number if cue else send.cue} is late: fire it or let it go", "warning")
        return
    if against is not None:
        _record(run, ledger, tray, now_ns, what, against)
        if against.startswith("inhibited"):
            say(run, tray, now_ns, f"{_name(run, send.cue)} did not leave: {against}", "warning")
        return
    if cue is not None and cue.once_per_show:
        run.spent.add(cue.id)
    _stop_fade(run, ledger, tray, send)
    if send.fade is not None:
        _begin_fade(run, ledger, tray, due_ns, what)
        return
    run.desired.set(send, due_ns)
    hand_over(run, ledger, tray, due_ns, send, send.packets, what.moment_ns + send.offset_ns, cause)


def hand_over(
    run: RunState,
    ledger: Ledger,
    tray: Tray,
    due_ns: int,
    send: ArmedSend,
    packets: tuple[Packet, ...],
    moment_ns: int,
    cause: Cause,
    stream: str | None = None,
) -> None:
    """Lay one command's packets in the tray; packets with a delay wait for theirs."""
    cue = run.show.cue_by_id.get(send.cue)
    command = Command(
        seq=run.next_seq(),
        device=send.device,
        role=send.role,
        verb=send.verb,
        args=send.args,
        packets=packets,
        due_ns=max(due_ns, cause.at_ns),
        cue_ns=moment_ns,
        item=cue.item if cue is not None else None,
        cue=send.cue or None,
        by=cause.by,
        trigger=cause.trigger,
        stream=stream,
    )
    run.recorded.add(send.cue)
    ledger.opened(command)
    for packet in packets:
        if packet.delay_ns > 0:
            owner = send.cue or f"device:{send.device}"
            run.waiting.push(command.due_ns + packet.delay_ns, STEP, owner, command.item, LatePacket(command, packet))
        else:
            tray.dispatches.append(Dispatch(command, packet, once=cue is not None and cue.once_per_show))


def fade_step(run: RunState, ledger: Ledger, tray: Tray, now_ns: int, due_ns: int, what: FadeStep) -> None:
    """One step of a running fade: the value of the clock, and the next appointment; at the end the exact target."""
    fade = run.fades.get(what.key)
    if fade is None or fade.start_ns != what.fade.start_ns or fade.send is not what.fade.send:
        return  # displaced by a later cue
    over = due_ns >= fade.end_ns
    value = fade.shape.target if over else fade.value_at(due_ns)
    cause = Cause("playhead", "fade", due_ns)
    packets = tuple(packet.with_value(value) for packet in fade.send.packets)
    hand_over(run, ledger, tray, due_ns, fade.send, packets, fade.cue_ns, cause, _stream(what.key, fade))
    if over:
        del run.fades[what.key]
        run.desired.set(fade.send, due_ns)
        ledger.stream_over(run, _stream(what.key, fade), tray)
    else:
        _next_step(run, what.key, replace(fade, step_no=fade.first_step_after(max(due_ns, now_ns - 1)) - 1))


def _begin_fade(run: RunState, ledger: Ledger, tray: Tray, due_ns: int, what: SendNow) -> None:
    send = what.send
    assert send.fade is not None  # noqa: S101 - perform() asked
    wanted = run.desired.get(send.key) if send.key is not None else None
    from_value = wanted.value_at(due_ns) if wanted is not None else run.encoder.rest_value(send.device, send.verb)
    if from_value is None:
        # Nothing ever set it: snapping to the target is the only value that is certainly wanted.
        run.desired.set(send, due_ns)
        packets = tuple(packet.with_value(send.fade.target) for packet in send.packets)
        hand_over(run, ledger, tray, due_ns, send, packets, what.moment_ns + send.offset_ns, what.cause)
        return
    start_ns = max(due_ns, what.cause.at_ns)
    if send.fade.blend == "db":
        from_value = max(from_value, MINUS_INFINITY_DB)
    fade = Fade(send, send.fade, start_ns, from_value, what.moment_ns + send.offset_ns)
    run.desired.set(send, due_ns, fade)
    key = (send.device, *(send.key or ()))
    run.fades[key] = fade
    packets = tuple(packet.with_value(fade.value_at(start_ns)) for packet in send.packets)
    hand_over(run, ledger, tray, due_ns, send, packets, fade.cue_ns, what.cause, _stream(key, fade))
    _next_step(run, key, fade)


def _next_step(run: RunState, key: tuple[str, ...], fade: Fade) -> None:
    fade = replace(fade, step_no=fade.step_no + 1)
    run.fades[key] = fade
    item = run.item_of(fade.send.cue)
    run.waiting.push(fade.step_ns(fade.step_no), STEP, fade.send.cue, item, FadeStep(key, fade))


def _stop_fade(run: RunState, ledger: Ledger, tray: Tray, send: ArmedSend) -> None:
    """A later value on the same parameter ends the fade that was on its way."""
    key = (send.device, *(send.key or ()))
    fade = run.fades.pop(key, None)
    if fade is not None:
        run.waiting.cancel(lambda entry: isinstance(entry.what, FadeStep) and entry.what.key == key)
        ledger.stream_over(run, _stream(key, fade), tray)


def _stream(key: tuple[str, ...], fade: Fade) -> str:
    return f"fade:{'/'.join(key)}:{fade.send.cue}.{fade.send.step}:{fade.start_ns}"


def _reason_against(run: RunState, send: ArmedSend, now_ns: int) -> str | None:
    """Why a send may not leave now: spent, inhibited by the live item, or not armed."""
    cue = run.show.cue_by_id.get(send.cue)
    if cue is None:
        return None
    live = run.live_item
    inhibits = run.times(live).item.inhibits if live is not None else ()
    for name in (send.role, send.department, send.hazard if send.hazard != "none" else ""):
        if name and name in inhibits:
            return f"inhibited: {live} inhibits {name}"
    too_fast = over_strobe_limit(run, send)
    if too_fast is not None:
        return f"inhibited: {too_fast}"
    if send.hazard == "high":
        missing = run.hazards.missing(cue, now_ns)
        if missing:
            return f"inhibited: {', '.join(missing)}"
    return None


def over_strobe_limit(run: RunState, send: ArmedSend) -> str | None:
    """Why an effect is too fast for this house, or None."""
    limit_hz = run.patch.strobe_hz_max
    rate_hz = send.args.get("rate_hz")
    if limit_hz is not None and isinstance(rate_hz, int | float) and rate_hz > limit_hz:
        return f"{rate_hz:g} Hz is over this house's strobe limit of {limit_hz:g} Hz"
    return None


def _too_late(run: RunState, send: ArmedSend, late_ns: int) -> str | None:
    cue = run.show.cue_by_id.get(send.cue)
    policy = cue.late if cue is not None else "default"
    limit_ns = ms_to_ns(run.show.rules.late_ms)
    if late_ns <= limit_ns or policy == "fire":
        return None
    if policy == "ask":
        return "ask"
    if policy == "default" and send.key is not None:
        return None
    return f"skipped: {late_ns // 1_000_000} ms late"


def _record(run: RunState, ledger: Ledger, tray: Tray, now_ns: int, what: SendNow, outcome: str) -> None:
    send = what.send
    ledger.nothing_sent(
        run,
        tray,
        now_ns,
        send.cue,
        what.moment_ns + send.offset_ns,
        what.cause,
        outcome,
        role=send.role,
        device=send.device,
        command=command_words(send.verb, dict(send.args)),
    )


def _name(run: RunState, cue: str) -> str:
    found = run.show.cue_by_id.get(cue)
    return f"{found.number} {found.label}" if found is not None else cue
