"""Bringing devices to the state that stands: values that can be sent again leave, by the chase rules, nothing else.

Used where devices have missed something: outputs that were held, and a device that takes over.
"""

from __future__ import annotations

from collections.abc import Iterable

from console.engine.arming import ArmedSend
from console.engine.fades import Fade
from console.engine.fading import go_on, hold_fades
from console.engine.ledger import Ledger
from console.engine.outbox import Tray
from console.engine.run_state import Cause, RunState, SendNow, say
from console.engine.sending import hand_over, reason_to_stay
from profiles.verbs import Chase


def put_state(
    run: RunState, ledger: Ledger, tray: Tray, now_ns: int, sends: Iterable[ArmedSend], cause: Cause, by_what: str
) -> None:
    """Send each parameter as it stands now. What has to be asked for is named, once, as not sent ``by_what``."""
    asked: dict[str, None] = {}
    for send in sends:
        wanted = run.desired.get(send.key) if send.key is not None else None
        if wanted is None or send.hazard != "none" or _is_once(run, send):
            continue
        if send.chase is Chase.ASK:
            asked[f"{send.role} {send.verb}"] = None
        elif send.chase is Chase.YES:
            against = reason_to_stay(run, send, now_ns, None) or run.hand.keeps(send.device, send.department, cause.by)
            if against is not None:
                ledger.not_sent(run, tray, now_ns, SendNow(send, now_ns - send.offset_ns, cause), against)
                continue
            fade = wanted.fade
            if fade is not None and send.fade is not None and (send.device, *(send.key or ())) not in run.fades:
                copy_fade(run, ledger, tray, now_ns, send, fade, cause)
                continue
            value = wanted.value_at(now_ns)
            packets = send.packets if value is None else tuple(packet.with_value(value) for packet in send.packets)
            hand_over(run, ledger, tray, now_ns, now_ns, send, packets, now_ns, cause, value=value)
    if asked:
        words = f"Not sent by {by_what}, put right by hand if wanted: {', '.join(asked)}"
        say(run, tray, now_ns, words, "warning")


def copy_fade(
    run: RunState, ledger: Ledger, tray: Tray, now_ns: int, send: ArmedSend, fade: Fade, cause: Cause
) -> None:
    """A fade that is on its way at one device, on its way at another: from where it stands now, to the same end."""
    start_ns = fade.start_ns if fade.held_ns is None else fade.start_ns + now_ns - fade.held_ns
    came_from, cue_ns, in_score = fade.from_value, fade.cue_ns, fade.in_score
    go_on(run, ledger, tray, now_ns, send, start_ns, came_from, cue_ns, now_ns, cause, in_score=in_score)
    if fade.held_ns is not None:
        hold_fades(run, now_ns)


def _is_once(run: RunState, send: ArmedSend) -> bool:
    cue = run.show.cue_by_id.get(send.cue)
    return cue is not None and cue.once_per_show
