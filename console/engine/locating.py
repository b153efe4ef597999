"""Locate: move the playhead and bring the house to the state it should have there.

What is pending of the item is cancelled; the difference of chase-yes parameters leaves in cue order; *ask* parameters
are named for the operator; triggers, hazards and once-only cues never leave this way. The same difference re-asserts
what a pass of a vamp has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from console.engine.arming import ArmedSend
from console.engine.asking import may_send, stands_elsewhere
from console.engine.cue_runner import give_up, pending_cues
from console.engine.fading import displace_fades, go_on, set_now, stop_fades
from console.engine.hand import PLAYHEAD
from console.engine.items import build_track, record_unplayed, tell_transport
from console.engine.ledger import Ledger
from console.engine.outbox import Tray
from console.engine.playhead import STILL, Playhead
from console.engine.run_state import PASSES, Cause, RunState, SendNow, cause_of, say
from console.engine.sending import reason_to_stay
from console.engine.thawing import thaw
from console.engine.tracking import track_from
from console.engine.vamps import at_position
from console.plan.resolver import GROUP_KEY, ParameterKey, Standing
from console.plan.schedule import LOAD_NS
from console.vocabulary import ItemChanged, ItemLife
from profiles.verbs import CHASE_STRICTNESS


def locate(
    run: RunState,
    ledger: Ledger,
    tray: Tray,
    now_ns: int,
    item: str,
    position_ns: int,
    cause: Cause,
    *,
    roll: bool,
    count_in_ns: int = 0,
) -> None:
    """Put the playhead at a score position of an item, rolling or not, and send what differs.

    ``count_in_ns``: it moves from so much before the place on, and nothing of what lies between leaves.
    """
    previous = run.live_item
    cancelled = run.waiting.cancel(
        lambda entry: (
            entry.item in (item, previous)
            and (why := cause_of(entry)) is not None
            and (why.origin != "press" and (why.origin != "load" or entry.item == item))
        )
    )
    give_up(run, ledger, tray, now_ns, cancelled, "cancelled by a jump")
    stop_fades(run, ledger, tray, now_ns, lambda fade: fade.in_score)
    if previous is not None and previous != item:
        record_unplayed(run, ledger, tray, now_ns, previous, cause)
        run.ended_ns[previous] = now_ns
    _set_lives(run, tray, now_ns, item, cause.by)
    times = run.times(item)
    run.folding = at_position(times, position_ns)
    run.passes.clear()
    run.hand.passed.clear()  # what lies behind the place is done, what lies ahead is to come
    run.playhead = Playhead(item, now_ns, position_ns - count_in_ns, run.rehearsal.speed if roll else STILL)
    run.rehearsal.put(item, position_ns, position_ns if count_in_ns else None)
    run.rolls_since_ns = now_ns
    run.over = False
    if roll:
        run.transport = "rolling"
        thaw(run, now_ns)
    elif run.transport != "held":
        run.transport = "stopped"
    still_to_run = _mark_done(run, item, position_ns)
    run.track = build_track(run, item)
    run.track.locate(position_ns, run.folding, still_to_run)
    run.started_ns[item] = now_ns - run.slowed(position_ns - count_in_ns + times.lead_in_ns)
    send_difference(run, ledger, tray, now_ns, run.index.resolve(item, position_ns), cause)
    tell_transport(run, tray, now_ns, cause.trigger)


def send_difference(
    run: RunState,
    ledger: Ledger,
    tray: Tray,
    now_ns: int,
    wanted: Mapping[ParameterKey, Standing],
    cause: Cause,
    *,
    by_hand: bool = False,
) -> None:
    """Send every parameter that stands otherwise than wanted and that a jump may send, in cue order; ask for others.

    ``by_hand``: to what a hand has taken as well.
    """
    asks = cause.by if by_hand else PLAYHEAD
    if cause.origin not in PASSES and not by_hand:
        run.asks.asked.clear()  # what a jump before this one asked is not the question any more
    for standing in sorted(wanted.values(), key=lambda each: (each.order, each.step)):
        sends = [send for send in run.sends_of(standing.cue) if send.step == standing.step and send.key is not None]
        if not sends or run.show.cue_by_id[standing.cue].once_per_show:
            continue
        if not (_differs(run, sends, now_ns) or stands_elsewhere(run, sends)):
            continue
        chase = max((standing.chase, *(send.chase for send in sends)), key=CHASE_STRICTNESS.__getitem__)
        if may_send(run, sends, chase, cause):
            for send in sends:
                _assert(run, ledger, tray, now_ns, send, standing, cause, asks)
    if run.asks.asked and cause.origin not in PASSES:
        words = ", ".join(f"{send.role} {send.verb}" for send in run.asks.asked.values())
        say(run, tray, now_ns, f"Not sent by the jump, answer for it or put it right: {words}", "warning")


def _assert(
    run: RunState,
    ledger: Ledger,
    tray: Tray,
    now_ns: int,
    send: ArmedSend,
    standing: Standing,
    cause: Cause,
    asks: str,
) -> None:
    """One parameter to its value now; a fade that is half-way goes on from there. ``asks``: who wants it so."""
    elapsed_ns = None if standing.elapsed_ns is None else run.slowed(standing.elapsed_ns)
    moment_ns = now_ns if elapsed_ns is None else now_ns - elapsed_ns
    against = reason_to_stay(run, send, now_ns, None)
    if against is not None:
        ledger.not_sent(run, tray, now_ns, SendNow(send, moment_ns - send.offset_ns, cause), against)
        return
    from_value = standing.from_value
    if from_value is None:
        from_value = run.encoder.rest_value(send.device, send.verb)
    is_over = elapsed_ns is None or send.fade is None or elapsed_ns >= send.fade.length_ns
    kept = run.hand.keeps(send.device, send.department, asks)
    if kept is not None:
        begins_at = None if is_over else from_value
        track_from(run, ledger, tray, now_ns, send, moment_ns, begins_at, moment_ns, in_score=True)
        ledger.not_sent(run, tray, now_ns, SendNow(send, moment_ns - send.offset_ns, cause), kept)
        return
    displace_fades(run, ledger, tray, now_ns, send)
    if is_over or from_value is None:
        set_now(run, ledger, tray, now_ns, now_ns, send, moment_ns, cause)
    else:
        go_on(run, ledger, tray, now_ns, send, moment_ns, from_value, moment_ns, now_ns, cause, in_score=True)


def _differs(run: RunState, sends: Iterable[ArmedSend], now_ns: int) -> bool:
    for send in sends:
        have = run.desired.get(send.key or ())
        if have is None or have.verb != send.verb or have.args != send.show_args:
            return True
        if send.fade is not None and have.value_at(now_ns) != send.fade.target:
            return True
        if send.key is not None and send.key[-1] == GROUP_KEY and run.desired.members_of(send.key):
            return True
    return False


def _set_lives(run: RunState, tray: Tray, now_ns: int, item: str, by: str) -> None:
    """Items before the place have ended, the item is live, later ones are to come again."""
    reached = False
    for each, stands in run.lives.items():
        life: ItemLife = "ended" if not reached else "loaded" if stands == "loaded" else "planned"
        if each == item:
            reached, life = True, "live"
        if life != stands:
            run.lives[each] = life
            tray.notices.append(ItemChanged(at_ns=run.at(now_ns), item=each, life=life, by=by))
        if life != "loaded":
            run.ahead.pop(each, None)


def _mark_done(run: RunState, item: str, position_ns: int) -> frozenset[str]:
    """Cues up to the place are done, later ones are not. Returns those exactly there that a roll must still run.

    Whoever locates to the moment of a called cue wants to call it. A trigger exactly there was not sent by the jump,
    and runs; a hazard does not, since a jump put it there. The load of an item that is loaded stays done.
    """
    still: set[str] = set()
    pending = pending_cues(run)  # what a press has begun survives
    reached = False
    for each in run.schedule.items:
        reached = reached or each == item
        for cue_id in run.schedule.by_item[each]:
            planned_ns = run.schedule.cue_times[cue_id].planned_ns
            passed = not reached or (run.lives[each] == "loaded" and planned_ns <= LOAD_NS // 2)
            if each == item:
                passed = planned_ns <= position_ns
                if planned_ns == position_ns and _is_still_to_run(run, cue_id):
                    passed = False
                    still.add(cue_id)
            if not passed:
                run.done.discard(cue_id)
            elif cue_id not in pending:
                run.done.add(cue_id)
    return frozenset(still)


def _is_still_to_run(run: RunState, cue: str) -> bool:
    sends = run.sends_of(cue)
    if run.show.cue_by_id[cue].is_called:
        return True
    return any(send.key is None for send in sends) and all(send.hazard == "none" for send in sends)
