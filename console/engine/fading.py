"""Fades under way: begun, stepped, taken over, held, and let go on."""

from __future__ import annotations

from collections.abc import Callable

from console.engine.arming import ArmedSend
from console.engine.fades import Fade
from console.engine.ledger import Ledger
from console.engine.outbox import Tray
from console.engine.run_state import IN_SCORE, STEP, Cause, FadeStep, RunState, SendNow
from console.engine.sending import hand_over
from console.plan.fade_curves import MINUS_INFINITY_DB
from console.plan.resolver import GROUP_KEY
from profiles.verbs import Blend


def begin_fade(run: RunState, ledger: Ledger, tray: Tray, now_ns: int, due_ns: int, what: SendNow) -> None:
    """A send whose value travels: from where the parameter stands; it snaps where nobody knows where that is."""
    send, cue_ns = what.send, what.moment_ns + what.send.offset_ns
    from_value = _from_value(run, send, due_ns, cue_ns)
    start_ns = max(due_ns, what.cause.at_ns)
    if from_value is None:
        set_now(run, ledger, tray, now_ns, due_ns, send, cue_ns, what.cause)
    else:
        in_score = what.cause.origin in IN_SCORE
        go_on(run, ledger, tray, now_ns, send, start_ns, from_value, cue_ns, start_ns, what.cause, in_score=in_score)


def go_on(
    run: RunState,
    ledger: Ledger,
    tray: Tray,
    now_ns: int,
    send: ArmedSend,
    start_ns: int,
    from_value: float,
    cue_ns: int,
    from_ns: int,
    cause: Cause,
    *,
    in_score: bool,
) -> None:
    """Run a fade that began at ``start_ns``, from its value at ``from_ns`` on."""
    assert send.fade is not None  # noqa: S101 - callers asked
    if send.fade.blend is Blend.DB:
        from_value = max(from_value, MINUS_INFINITY_DB)
    run.fade_no += 1
    fade = Fade(run.fade_no, send, send.fade, start_ns, from_value, cue_ns, in_score)
    run.fades[fade.key] = fade
    run.desired.set(send, from_ns, fade)
    value = fade.value_at(from_ns)
    packets = tuple(packet.with_value(value) for packet in send.packets)
    hand_over(run, ledger, tray, now_ns, from_ns, send, packets, cue_ns, cause, fade.stream, value)
    _appoint(run, fade, fade.first_step_from(from_ns + 1))


def set_now(
    run: RunState, ledger: Ledger, tray: Tray, now_ns: int, due_ns: int, send: ArmedSend, cue_ns: int, cause: Cause
) -> None:
    """A parameter at its final value, or a trigger, at once."""
    packets = send.packets
    if send.fade is not None:
        packets = tuple(packet.with_value(send.fade.target) for packet in packets)
    run.desired.set(send, due_ns)
    hand_over(run, ledger, tray, now_ns, due_ns, send, packets, cue_ns, cause)


def fade_step(run: RunState, ledger: Ledger, tray: Tray, now_ns: int, due_ns: int, what: FadeStep) -> None:
    """One step of a running fade: the value of the clock, and the next appointment; at the end the exact target."""
    fade = run.fades.get(what.key)
    if fade is None or fade.no != what.fade_no:
        return  # displaced by a later cue
    over = due_ns >= fade.end_ns
    value = fade.shape.target if over else fade.value_at(due_ns)
    cause = Cause("playhead", "fade", due_ns)
    packets = tuple(packet.with_value(value) for packet in fade.send.packets)
    hand_over(run, ledger, tray, now_ns, due_ns, fade.send, packets, fade.cue_ns, cause, fade.stream, value)
    if over:
        del run.fades[what.key]
        run.desired.ended(fade, due_ns)
        ledger.stream_over(run, fade.stream, tray)
    else:
        _appoint(run, fade, max(what.step_no + 1, fade.first_step_from(now_ns)))


def displace_fades(run: RunState, ledger: Ledger, tray: Tray, now_ns: int, send: ArmedSend) -> None:
    """A later value on a parameter, or on the group it belongs to, ends the fade that was on its way."""
    if send.key is None or not run.fades:
        return
    key = (send.device, *send.key)
    if send.key[-1] == GROUP_KEY:
        stop_fades(run, ledger, tray, now_ns, lambda fade: fade.key[:-1] == key[:-1])
    elif key in run.fades:
        stop_fades(run, ledger, tray, now_ns, lambda fade: fade.key == key)


def stop_fades(
    run: RunState, ledger: Ledger, tray: Tray, now_ns: int, wanted: Callable[[Fade], bool] | None = None
) -> None:
    """Fades end where they stand, so that a later one starts from there. Without ``wanted``: all of them."""
    gone = [fade for fade in run.fades.values() if wanted is None or wanted(fade)]
    if not gone:
        return
    numbers = {fade.no for fade in gone}
    run.steps.cancel(lambda entry: entry.what.fade_no in numbers)
    for fade in gone:
        del run.fades[fade.key]
        run.desired.freeze(fade, now_ns)
        ledger.stream_over(run, fade.stream, tray)


def hold_fades(run: RunState, now_ns: int) -> None:
    """Values stand still, and so do the steps to come."""
    run.steps.freeze(now_ns, lambda _: True)
    for fade in list(run.fades.values()):
        if fade.held_ns is None:
            _replace(run, fade, fade.held(now_ns))


def thaw_fades(run: RunState, now_ns: int) -> None:
    """Held fades go on with what they had left."""
    run.steps.thaw(now_ns, lambda what, _: what)
    for fade in list(run.fades.values()):
        if fade.held_ns is not None:
            _replace(run, fade, fade.thawed(now_ns))


def _replace(run: RunState, old: Fade, new: Fade) -> None:
    run.fades[old.key] = new
    run.desired.put_fade(old, new)


def _appoint(run: RunState, fade: Fade, step_no: int) -> None:
    cue = fade.send.cue
    run.steps.push(fade.step_ns(step_no), STEP, cue, run.item_of(cue), FadeStep(fade.key, fade.no, step_no))


def _from_value(run: RunState, send: ArmedSend, due_ns: int, cue_ns: int) -> float | None:
    """Where a fade begins; parallel devices of one step all begin where the first of them did."""
    wanted = run.desired.get(send.key) if send.key is not None else None
    if wanted is None:
        return run.encoder.rest_value(send.device, send.verb)
    first = wanted.fade
    if first is not None and (first.send.cue, first.send.step, first.cue_ns) == (send.cue, send.step, cue_ns):
        return first.from_value
    return wanted.value_at(due_ns)
