"""Fades under way: begun, stepped, taken over, held, and let go on."""

from __future__ import annotations

from collections.abc import Callable

from console.engine.arming import ArmedSend
from console.engine.fades import Fade, FadeKey
from console.engine.hand import is_automatic
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
    by_hand = not in_score and not is_automatic(cause.by)
    fade = new_fade(run, send, start_ns, from_value, cue_ns, in_score=in_score, by_hand=by_hand)
    run.fades[fade.key] = fade
    _want(run, send, from_ns, cause, fade)
    value = fade.value_at(from_ns)
    packets = tuple(packet.with_value(value) for packet in send.packets)
    hand_over(run, ledger, tray, now_ns, from_ns, send, packets, cue_ns, cause, fade.stream, value)
    _appoint(run, fade, fade.first_step_from(from_ns + 1))


def new_fade(
    run: RunState,
    send: ArmedSend,
    start_ns: int,
    from_value: float,
    cue_ns: int,
    *,
    in_score: bool,
    by_hand: bool,
) -> Fade:
    """A fade of a send that has one."""
    assert send.fade is not None  # noqa: S101 - callers asked
    if send.fade.blend is Blend.DB:
        from_value = max(from_value, MINUS_INFINITY_DB)
    run.fade_no += 1
    return Fade(run.fade_no, send, send.fade, start_ns, from_value, cue_ns, in_score, by_hand=by_hand)


def set_now(
    run: RunState, ledger: Ledger, tray: Tray, now_ns: int, due_ns: int, send: ArmedSend, cue_ns: int, cause: Cause
) -> None:
    """A parameter at its final value, or a trigger, at once."""
    packets = send.packets
    if send.fade is not None:
        packets = tuple(packet.with_value(send.fade.target) for packet in packets)
    _want(run, send, due_ns, cause)
    hand_over(run, ledger, tray, now_ns, due_ns, send, packets, cue_ns, cause)


def fade_step(run: RunState, ledger: Ledger, tray: Tray, now_ns: int, due_ns: int, what: FadeStep) -> None:
    """One step of a running fade: the value of the clock, and the next appointment; at the end the exact target."""
    fade = run.fades.get(what.key)
    if fade is None or fade.no != what.fade_no:
        _arrive_on_paper(run, due_ns, what)
        return  # displaced by a later cue, or kept back
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


def displace_fades(
    run: RunState, ledger: Ledger, tray: Tray, now_ns: int, send: ArmedSend, *, on_paper: bool | None = None
) -> None:
    """A later value on a parameter, or on the group it belongs to, ends the fade that was on its way."""
    if send.key is None or not (run.fades or run.paper):
        return
    key = (send.device, *send.key)
    if send.key[-1] == GROUP_KEY:
        stop_fades(run, ledger, tray, now_ns, lambda fade: fade.key[:-1] == key[:-1], on_paper=on_paper)
    elif key in run.fades or key in run.paper:
        stop_fades(run, ledger, tray, now_ns, lambda fade: fade.key == key, on_paper=on_paper)


def stop_fades(
    run: RunState,
    ledger: Ledger,
    tray: Tray,
    now_ns: int,
    wanted: Callable[[Fade], bool] | None = None,
    *,
    on_paper: bool | None = None,
) -> None:
    """Fades end where they stand, so that a later one starts from there. Without ``wanted``: all of them.

    ``on_paper``: only those that are tracked, or only those that leave; None: both.
    """
    stores = (run.fades, run.paper) if on_paper is None else (run.paper,) if on_paper else (run.fades,)
    gone = [(store, fade) for store in stores for fade in store.values() if wanted is None or wanted(fade)]
    if not gone:
        return
    numbers = {fade.no for _, fade in gone}
    run.steps.cancel(lambda entry: entry.what.fade_no in numbers)
    for store, fade in gone:
        del store[fade.key]
        run.desired.freeze(fade, now_ns)
        ledger.stream_over(run, fade.stream, tray)


def hold_fades(run: RunState, now_ns: int) -> None:
    """Values stand still, and so do the steps to come."""
    run.steps.freeze(now_ns, lambda _: True)
    for store in (run.fades, run.paper):
        for fade in list(store.values()):
            if fade.held_ns is None:
                _replace(run, store, fade, fade.held(now_ns))


def hold_fade(run: RunState, now_ns: int, key: FadeKey) -> None:
    """One fade stands still, and its steps to come."""
    fade = run.fades[key]
    run.steps.freeze(now_ns, lambda entry: entry.what.fade_no == fade.no)
    _replace(run, run.fades, fade, fade.held(now_ns))


def thaw_fades(run: RunState, now_ns: int) -> None:
    """Held fades go on with what they had left."""
    run.steps.thaw(now_ns, lambda what, _: what)
    for store in (run.fades, run.paper):
        for fade in list(store.values()):
            if fade.held_ns is not None:
                _replace(run, store, fade, fade.thawed(now_ns))


def wants(run: RunState, send: ArmedSend, cause: Cause) -> bool:
    """Whether the show wants what is sent: not where a hand runs a cue that the score has passed, in what it has taken.

    Then the device stands where the hand put it, and what is wanted stays where the score is. What was wanted before
    the item began does not count.
    """
    if send.key is None or is_automatic(cause.by) or not run.hand.has_taken(send.department):
        return True
    place, stands = run.places.get(send.cue), run.desired.get(send.key)
    if place is None or stands is None or stands.since_ns < run.started_ns.get(run.item_of(send.cue) or "", 0):
        return True
    if run.places.get(stands.cue, -1) < place:
        return True
    # A hand ran it ahead of the ruler, and may go back.
    return run.schedule.cue_times[stands.cue].planned_ns > run.position_at(cause.at_ns)


def wanted_value(run: RunState, send: ArmedSend, due_ns: int, cue_ns: int) -> float | None:
    """Where a fade begins by what is wanted; parallel devices of one step all begin where the first of them did."""
    wanted = run.desired.get(send.key) if send.key is not None else None
    if wanted is None:
        return run.encoder.rest_value(send.device, send.verb)
    first = wanted.fade
    if first is not None and (first.send.cue, first.send.step, first.cue_ns) == (send.cue, send.step, cue_ns):
        return first.from_value
    return wanted.value_at(due_ns)


def _want(run: RunState, send: ArmedSend, at_ns: int, cause: Cause, fade: Fade | None = None) -> None:
    """Note what leaves as wanted, or that the device will stand apart from what is."""
    if send.device_key is None:
        return
    if wants(run, send, cause):
        run.desired.set(send, at_ns, fade)
        run.hand.apart.discard(send.device_key)
    else:
        run.hand.apart.add(send.device_key)


def _arrive_on_paper(run: RunState, due_ns: int, what: FadeStep) -> None:
    """A tracked fade has arrived."""
    fade = run.paper.get(what.key)
    if fade is not None and fade.no == what.fade_no:
        del run.paper[what.key]
        run.desired.ended(fade, due_ns)


def _replace(run: RunState, store: dict[FadeKey, Fade], old: Fade, new: Fade) -> None:
    store[old.key] = new
    run.desired.put_fade(old, new)


def _appoint(run: RunState, fade: Fade, step_no: int) -> None:
    cue = fade.send.cue
    run.steps.push(fade.step_ns(step_no), STEP, cue, run.item_of(cue), FadeStep(fade.key, fade.no, step_no))


def _from_value(run: RunState, send: ArmedSend, due_ns: int, cue_ns: int) -> float | None:
    """Where a fade begins: where the device was left, once it stands apart from what is wanted."""
    sent = run.expected.get(send.device_key) if send.device_key in run.hand.apart else None
    return sent.value if sent is not None else wanted_value(run, send, due_ns, cue_ns)
