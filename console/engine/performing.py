"""What becomes of a send when it is due: it leaves, it stays with the reason, or somebody is asked."""

from __future__ import annotations

from dataclasses import replace

from console.engine.arming import ArmedSend
from console.engine.fading import begin_fade, displace_fades, set_now, wants
from console.engine.ledger import Ledger
from console.engine.outbox import Tray
from console.engine.run_state import RunState, SendNow, say
from console.engine.sending import reason_to_stay
from console.engine.tracking import track
from console.show.cues import Cue, LatePolicy
from console.timebase.instants import ms_to_ns


def perform(run: RunState, ledger: Ledger, tray: Tray, now_ns: int, due_ns: int, what: SendNow) -> None:
    """Send what is due, or record why not. ``due_ns`` as planned; ``now_ns`` is the step's present."""
    send, cause = what.send, what.cause
    cue = run.show.cue_by_id[send.cue]
    against = reason_to_stay(run, send, now_ns, cause)
    if what.on_paper:
        if against is None:
            track(run, ledger, tray, due_ns, what)
        return
    kept = run.hand.keeps(send.device, send.department, cause.by) if against is None else None
    if kept is not None:
        track(run, ledger, tray, due_ns, what)
        ledger.not_sent(run, tray, now_ns, what, kept)
        return
    if against is None:
        late_ns = now_ns - max(due_ns, cause.at_ns)
        against = _too_late(run, cue.late, send, late_ns)
        if against is not None and cue.late == "ask":
            run.asked_late.setdefault(cue.id, []).append(what)
            say(run, tray, now_ns, f"{_name(cue)} is late: fire it or let it go", "warning")
            return
    if against is not None:
        ledger.not_sent(run, tray, now_ns, what, against)
        if cause.origin == "repeat":
            return  # said once, with the first pass
        say(run, tray, now_ns, f"{_name(cue)} did not leave: {against}", "warning")
        return
    if cue.once_per_show:
        run.spent.add(cue.id)
    if send.hazard == "high":
        who = run.hazards.spend(cue, cause)
        what = replace(what, cause=replace(cause, trigger=f"{cause.trigger}, armed by {who}"))
    leave(run, ledger, tray, now_ns, due_ns, what)


def leave(run: RunState, ledger: Ledger, tray: Tray, now_ns: int, due_ns: int, what: SendNow) -> None:
    """Hand a send over that nothing stands against."""
    on_paper = None if wants(run, what.send, what.cause) else False
    displace_fades(run, ledger, tray, due_ns, what.send, on_paper=on_paper)
    if what.send.fade is not None:
        begin_fade(run, ledger, tray, now_ns, due_ns, what)
    else:
        cue_ns = what.moment_ns + what.send.offset_ns
        set_now(run, ledger, tray, now_ns, due_ns, what.send, cue_ns, what.cause)


def _too_late(run: RunState, policy: LatePolicy, send: ArmedSend, late_ns: int) -> str | None:
    if policy == "fire" or late_ns <= 0 or late_ns <= ms_to_ns(run.show.rules.late_ms):
        return None
    if policy == "default" and send.key is not None:
        return None  # a parameter's latest value is right however late
    return f"skipped: {late_ns // 1_000_000} ms late"


def _name(cue: Cue) -> str:
    return f"{cue.number} {cue.label}".rstrip()
