"""Tracked, not sent: what the show wants goes on as the score says while a hand keeps the bytes back.

A fade that is tracked runs *on paper*: it has a value at every instant, stands still in a hold and ends where it
would have ended, and nothing of it leaves. One that was leaving when it was taken goes on here; the device keeps the
last value it got.
"""

from __future__ import annotations

from console.engine.arming import ArmedSend
from console.engine.fades import Fade
from console.engine.fading import displace_fades, new_fade, wanted_value
from console.engine.ledger import Ledger
from console.engine.outbox import Tray
from console.engine.run_state import IN_SCORE, STEP, FadeStep, RunState, SendNow


def track(run: RunState, ledger: Ledger, tray: Tray, due_ns: int, what: SendNow) -> None:
    """Note what a send asks of its parameter, at the instant it would have left. Nothing, for a trigger."""
    send, cue_ns = what.send, what.moment_ns + what.send.offset_ns
    start_ns = max(due_ns, what.cause.at_ns)
    from_value = wanted_value(run, send, due_ns, cue_ns) if send.fade is not None else None
    track_from(run, ledger, tray, start_ns, send, start_ns, from_value, cue_ns, in_score=what.cause.origin in IN_SCORE)


def track_from(
    run: RunState,
    ledger: Ledger,
    tray: Tray,
    now_ns: int,
    send: ArmedSend,
    start_ns: int,
    from_value: float | None,
    cue_ns: int,
    *,
    in_score: bool,
) -> None:
    """A parameter is wanted at its value, or on its way there since ``start_ns`` where it is known from where."""
    if send.key is None or send.device_key is None:
        return
    run.hand.apart.add(send.device_key)
    displace_fades(run, ledger, tray, now_ns, send, on_paper=True)
    if send.fade is None or from_value is None:
        run.desired.set(send, now_ns)
        return
    fade = new_fade(run, send, start_ns, from_value, cue_ns, in_score=in_score, by_hand=False)
    run.desired.set(send, now_ns, fade)
    _keep(run, fade, now_ns)


def keep_back(run: RunState, ledger: Ledger, tray: Tray, now_ns: int, fade: Fade) -> None:
    """A fade that was leaving goes on on paper."""
    run.steps.cancel(lambda entry: entry.what.fade_no == fade.no)
    del run.fades[fade.key]
    ledger.stream_over(run, fade.stream, tray)
    if fade.send.device_key is not None:
        run.hand.apart.add(fade.send.device_key)
    _keep(run, fade, now_ns)


def _keep(run: RunState, fade: Fade, now_ns: int) -> None:
    """Put a fade on paper, with an appointment for its end; in a hold both stand still."""
    run.paper[fade.key] = fade
    held_for_ns = 0 if fade.held_ns is None else now_ns - fade.held_ns
    cue = fade.send.cue
    run.steps.push(fade.end_ns + held_for_ns, STEP, cue, run.item_of(cue), FadeStep(fade.key, fade.no, 0))
    if fade.held_ns is not None:
        run.steps.freeze(now_ns, lambda entry: entry.what.fade_no == fade.no)
