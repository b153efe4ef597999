"""Locate: move the playhead and bring the house to the state it should have there.

What is pending of the item is cancelled; the difference of chase-yes parameters leaves in cue order; *ask* parameters
are named for the operator; triggers and hazards never leave this way. The same difference re-asserts the top of a vamp.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from console.engine.arming import ArmedSend
from console.engine.fades import Fade
from console.engine.items import build_track, tell_transport
from console.engine.ledger import Ledger
from console.engine.outbox import Tray
from console.engine.playhead import Playhead
from console.engine.run_state import STEP, Cause, Due, FadeStep, RunState, SendNow, StartCue, say
from console.engine.sending import hand_over
from console.engine.vamps import at_position
from console.plan.resolver import ParameterKey, Standing, StateIndex
from console.vocabulary import ItemChanged
from profiles.verbs import Chase


def locate(
    run: RunState, ledger: Ledger, tray: Tray, now_ns: int, item: str, position_ns: int, cause: Cause, *, roll: bool
) -> None:
    """Put the playhead at a score position of an item, rolling or not, and send what differs."""
    run.waiting.cancel(lambda entry: _is_positioned(run, entry.what))
    for key in [key for key, fade in run.fades.items() if _has_position(run, fade.send.cue)]:
        del run.fades[key]
    _set_lives(run, tray, now_ns, item, cause.by)
    times = run.times(item)
    run.folding = at_position(times, position_ns)
    rate = run.rate if roll else Fraction(0)
    run.playhead = Playhead(item, now_ns, position_ns, rate)
    run.transport = "rolling" if roll else ("held" if run.transport == "held" else "stopped")
    still_to_run = _mark_done(run, item, position_ns)
    run.track = build_track(run, item)
    run.track.locate(position_ns, run.folding, still_to_run)
    index = StateIndex(run.show, run.schedule, run.choices)
    send_difference(run, ledger, tray, now_ns, index.resolve(item, position_ns), cause)
    run.started_ns[item] = now_ns - position_ns - times.lead_in_ns
    tell_transport(run, tray, now_ns, cause.trigger)


def send_difference(
    run: RunState, ledger: Ledger, tray: Tray, now_ns: int, wanted: Mapping[ParameterKey, Standing], cause: Cause
) -> None:
    """Send every chase-yes parameter that stands otherwise than wanted, in cue order; name those to be asked."""
    asked: list[str] = []
    for standing in sorted(wanted.values(), key=lambda each: (each.order, each.step)):
        sends = [s for s in run.armed[standing.cue].sends if s.step == standing.step]
        if not sends or not _differs(run, sends, now_ns):
            continue
        if standing.chase is Chase.ASK:
            asked.append(f"{standing.key[0]} {standing.verb}")
        elif standing.chase is Chase.YES:
            for send in sends:
                if send.hazard == "none":
                    _assert(run, ledger, tray, now_ns, send, standing, cause)
    if asked:
        say(run, tray, now_ns, f"Not sent by the jump, put right by hand if wanted: {', '.join(asked)}", "warning")


def _assert(
    run: RunState, ledger: Ledger, tray: Tray, now_ns: int, send: ArmedSend, standing: Standing, cause: Cause
) -> None:
    """One parameter to its value now; a fade that is half-way goes on from there."""
    moment_ns = now_ns if standing.elapsed_ns is None else now_ns - standing.elapsed_ns
    if send.fade is None or standing.elapsed_ns is None or standing.elapsed_ns >= send.fade.length_ns:
        run.desired.set(send, now_ns)
        packets = send.packets
        if send.fade is not None:
            packets = tuple(packet.with_value(send.fade.target) for packet in packets)
        hand_over(run, ledger, tray, now_ns, send, packets, moment_ns, cause)
        return
    from_value = send.fade.target if standing.from_value is None else standing.from_value
    fade = Fade(send, send.fade, moment_ns, from_value, moment_ns)
    key = (send.device, *(send.key or ()))
    fade = replace(fade, step_no=fade.first_step_after(now_ns))
    run.desired.set(send, now_ns, fade)
    packets = tuple(packet.with_value(fade.value_at(now_ns)) for packet in send.packets)
    hand_over(run, ledger, tray, now_ns, send, packets, moment_ns, cause)
    run.fades[key] = fade
    run.waiting.push(fade.step_ns(fade.step_no), STEP, send.cue, run.item_of(send.cue), FadeStep(key, fade))


def _is_positioned(run: RunState, what: Due) -> bool:
    """True for what is pending because of a place in the score; presses and their followers survive a locate."""
    if isinstance(what, FadeStep):
        return _has_position(run, what.fade.send.cue)
    if isinstance(what, SendNow):
        return _has_position(run, what.send.cue)
    return isinstance(what, StartCue) and _has_position(run, what.cue)


def _has_position(run: RunState, cue: str) -> bool:
    time = run.schedule.cue_times.get(cue)
    return time is not None and (time.position_ns is not None or time.at_load)


def _differs(run: RunState, sends: Iterable[ArmedSend], now_ns: int) -> bool:
    for send in sends:
        have = run.desired.get(send.key) if send.key is not None else None
        if have is None or have.verb != send.verb or dict(have.args) != dict(send.show_args):
            return True
        if send.fade is not None and have.value_at(now_ns) != send.fade.target:
            return True
    return False


def _set_lives(run: RunState, tray: Tray, now_ns: int, item: str, by: str) -> None:
    """Items before the place have ended, the item is live, later ones are to come again."""
    reached = False
    for each in run.schedule.items:
        life = run.lives[each]
        if each == item:
            reached = True
            wanted = "live"
        elif not reached:
            wanted = "ended"
        else:
            wanted = "planned" if life in ("ended", "live") else life
        if wanted != life:
            run.lives[each] = wanted  # type: ignore[assignment]
            tray.notices.append(ItemChanged(at_ns=run.at(now_ns), item=each, life=wanted, by=by))  # type: ignore[arg-type]


def _mark_done(run: RunState, item: str, position_ns: int) -> frozenset[str]:
    """Cues up to the place are done, later ones are not. Returns those exactly there that a roll must still run."""
    still: set[str] = set()
    reached = False
    for each in run.schedule.items:
        reached = reached or each == item
        for cue_id in run.schedule.by_item[each]:
            if each == item:
                planned_ns = run.schedule.cue_times[cue_id].planned_ns
                passed = planned_ns <= position_ns
                if planned_ns == position_ns and any(send.key is None for send in run.armed[cue_id].sends):
                    passed = False
                    still.add(cue_id)
            else:
                passed = not reached
            if passed:
                run.done.add(cue_id)
            else:
                run.done.discard(cue_id)
    return frozenset(still)
