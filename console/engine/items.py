"""The life of items: planned, loaded, live, ended, and what each step brings with it.

An item loads once per run: the first at the start of the run, any other when the last item with cues before it ends.
An item without cues goes live when its predecessor ends and lasts until the next one starts.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from console.engine.chains import has_position, score_lead_ns
from console.engine.cue_runner import give_up, pending_cues, skip_cue, start_later
from console.engine.hand import SKIPPED, STOOD_DOWN
from console.engine.ledger import Ledger
from console.engine.outbox import Tray
from console.engine.playhead import Playhead
from console.engine.run_state import IN_SCORE, Cause, RunState, SendNow, StartCue, cause_of, say
from console.engine.running_order import coming
from console.engine.thawing import thaw
from console.engine.track import Placed, Track
from console.engine.transport import next_state
from console.engine.vamps import Folding
from console.plan.schedule import LOAD_NS
from console.show.cues import Cue
from console.timebase.instants import s_to_ns
from console.vocabulary import ItemChanged, ItemLife, TransportChanged

LIFE: Final[dict[tuple[ItemLife, str], ItemLife | str]] = {
    ("planned", "load"): "loaded",
    ("planned", "start"): "live",
    ("planned", "end"): "ended",
    ("loaded", "load"): "refused: it is loaded already, once per run",
    ("loaded", "start"): "live",
    ("loaded", "end"): "ended",
    ("live", "load"): "refused: it is live",
    ("live", "start"): "refused: it is live already",
    ("live", "end"): "ended",
    ("ended", "load"): "refused: it has ended; locate to it to play it again",
    ("ended", "start"): "live",
    ("ended", "end"): "refused: it has ended already",
}


def refusal(run: RunState, item: str, step: str) -> str | None:
    """Why an item cannot take a step of its life; None where it can."""
    if item not in run.schedule.items:
        return f"the rundown has no item {item!r}"
    answer = LIFE[run.lives[item], step]
    return answer.removeprefix("refused: ") if answer.startswith("refused: ") else None


def live_cues(run: RunState, item: str) -> tuple[Cue, ...]:
    """The item's cues that are not disabled, in list order."""
    cues = (run.show.cue_by_id[cue] for cue in run.schedule.by_item[item])
    return tuple(cue for cue in cues if not cue.disabled)


# -- load --------------------------------------------------------------------------------------------------------------


def load_item(run: RunState, tray: Tray, now_ns: int, item: str, cause: Cause) -> None:
    """Load: the item's load cues start, and cues that count back from its start get their appointments."""
    if refusal(run, item, "load") is not None:
        return
    _change(run, tray, now_ns, item, "loaded", cause.by)
    run.set_up = item
    for cue in live_cues(run, item):
        if run.schedule.cue_times[cue.id].at_load and not cue.is_called and cue.id not in run.done:
            moment_ns = now_ns + s_to_ns(cue.at.seconds if cue.at.on == "offset" else 0.0) + s_to_ns(cue.pre_wait_s)
            start_later(run, cue.id, moment_ns, Cause(cause.by, "load", now_ns, "load"))
    run.ahead[item] = ahead_of(run, item)
    aim_ahead(run, now_ns)


def ahead_of(run: RunState, item: str) -> tuple[str, ...]:
    """The item's cues that count back from its start, and have still to run."""
    lead_in_ns = run.times(item).lead_in_ns
    return tuple(
        cue.id
        for cue in live_cues(run, item)
        if not cue.is_called
        and cue.id not in run.done
        and not (time := run.schedule.cue_times[cue.id]).at_load
        and time.position_ns is not None
        and time.position_ns < -lead_in_ns
    )


def aim_ahead(run: RunState, now_ns: int) -> None:
    """Cues that count back from a start that is still to be called count from the projected one.

    Whatever moves that start (a hold, a jump, an exit) asks for this again. Nothing is projected from an item that
    stands still.
    """
    if not any(run.ahead.values()):
        return
    run.waiting.cancel(lambda entry: isinstance(entry.what, StartCue) and entry.what.cause.origin == "ahead")
    if run.live_item is not None and run.transport != "rolling":
        return
    for item, cues in run.ahead.items():
        start_ns = projected_start_ns(run, item, now_ns)
        if start_ns is None:
            continue
        from_start_ns = start_ns + run.times(item).lead_in_ns
        for cue in cues:
            position_ns = run.schedule.cue_times[cue].position_ns
            if position_ns is not None and cue not in run.done:
                moment_ns = max(now_ns, from_start_ns + position_ns)
                start_later(run, cue, moment_ns, Cause("playhead", "before the start", now_ns, "ahead"))


def projected_start_ns(run: RunState, item: str, now_ns: int) -> int | None:
    """When an item will start if everything before it takes its planned time; None where it will not."""
    at_ns = now_ns + (remaining_ns(run, now_ns) if run.live_item is not None else 0)
    for each in coming(run):
        if each == item:
            return at_ns
        at_ns += run.slowed(run.times(each).planned_ns)
    return None


def remaining_ns(run: RunState, now_ns: int) -> int:
    """What the live item has still to run: its score, its planned passes; never less than nothing."""
    if run.playhead is None:
        return 0
    times = run.times(run.playhead.item)
    if not times.ends_itself:
        return max(0, run.slowed(times.planned_ns - times.lead_in_ns - run.playhead.run_at(now_ns)))
    remaining_ns = times.length_ns - run.position_at(now_ns)
    for place, section in enumerate(times.vamps[run.folding.vamp :]):
        if section.vamp is not None:
            passes = section.vamp.planned_repeats - (run.folding.pass_no if place == 0 else 1)
            remaining_ns += max(0, passes) * (section.end_ns - section.start_ns)
    return max(0, run.slowed(remaining_ns))


# -- start -------------------------------------------------------------------------------------------------------------


def start_item(
    run: RunState, ledger: Ledger, tray: Tray, now_ns: int, item: str, cause: Cause, first_click_ns: int
) -> None:
    """The item goes live with its first click (or its zero, where nothing is clicked) at ``first_click_ns``.

    One that is live or has ended begins again from the top: its cues may run once more, its load does not.
    """
    if run.lives[item] == "planned" and run.schedule.by_item[item]:
        load_item(run, tray, now_ns, item, cause)
    previous = run.live_item
    if previous is not None and previous != item:
        end_item(run, ledger, tray, now_ns, previous, Cause(cause.by, f"{item} started", now_ns), onward=False)
    thaw(run, now_ns)
    run.ahead.pop(item, None)
    pending = run.waiting.cancel(
        lambda entry: entry.item == item and (why := cause_of(entry)) is not None and why.origin in (*IN_SCORE, "ahead")
    )
    give_up(run, ledger, tray, now_ns, pending, f"{item} started")
    if run.lives[item] in ("live", "ended"):
        _begin_again(run, item)
    _pass_over(run, tray, now_ns, item)
    times = run.times(item)
    _change(run, tray, now_ns, item, "live", cause.by)
    run.set_up = item
    if run.next_up == item:
        run.next_up = None
    run.rolls_since_ns = now_ns
    run.started_ns[item] = first_click_ns
    run.folding = Folding()
    run.passes.clear()
    run.playhead = Playhead(item, first_click_ns, -times.lead_in_ns, run.rehearsal.speed)
    run.rehearsal.put(item, -times.lead_in_ns)
    # Cues that count back from the start are the track's now; those it finds late leave at once.
    run.track = build_track(run, item)
    run.track.begin(run.folding)
    run.transport, _ = next_state(run.transport, "start")
    run.over = False
    tell_transport(run, tray, now_ns, cause.trigger)


def skip_start(run: RunState, ledger: Ledger, tray: Tray, now_ns: int, item: str, cause: Cause) -> None:
    """An item was started without the called cue that starts it: that one is passed over, and the operator told.

    Left in standby, the next press would begin the item again from the top.
    """
    for cue in live_cues(run, item):
        if cue.starts_item and cue.is_called and cue.id not in run.done:
            skip_cue(run, ledger, tray, now_ns, cue, now_ns, cause, "its item was started without it")
            words = f"{cue.number} {cue.label}".rstrip()
            say(run, tray, now_ns, f"{words} did not run: {run.times(item).item.title} was started by hand.", "warning")


def build_track(run: RunState, item: str, of: Collection[str] | None = None) -> Track:
    """The item's auto cues with a position, children of groups included, and what its vamps run on entry.

    ``of``: only these cues.
    """
    placed: list[Placed] = []
    for cue_id in run.schedule.by_item[item] if of is None else [cue for cue in of if run.item_of(cue) == item]:
        position_ns = run.schedule.cue_times[cue_id].position_ns
        if position_ns is not None and not run.show.cue_by_id[cue_id].is_called:
            placed.append(_placed(run, cue_id, position_ns))
    for vamp in run.times(item).vamps:
        if vamp.vamp is not None:
            known = (cue for cue in vamp.vamp.entry_cues if cue in run.armed and (of is None or cue in of))
            placed.extend(_placed(run, cue, vamp.start_ns) for cue in known if not has_position(run, cue))
    return Track.build(run.times(item), placed)


def starts_by_itself(run: RunState, item: str) -> bool:
    """True where an item goes live as soon as the one before it ends: no cues, or none that is called."""
    rule = run.times(item).item.start
    if rule is not None and rule.rule != "after":
        return False
    return not any(cue.is_called for cue in live_cues(run, item))


# -- end ---------------------------------------------------------------------------------------------------------------


def end_item(
    run: RunState, ledger: Ledger, tray: Tray, now_ns: int, item: str, cause: Cause, *, onward: bool = True
) -> None:
    """The item ends: what did not run is recorded, the next item with cues loads, one without cues goes live."""
    was_live = run.live_item == item
    if was_live:
        _cut_off(run, ledger, tray, now_ns, item)
    _change(run, tray, now_ns, item, "ended", cause.by)
    run.ended_ns[item] = now_ns
    run.ahead.pop(item, None)
    if was_live:
        _run_tail(run, now_ns, item)
        record_unplayed(run, ledger, tray, now_ns, item, cause)
        if run.playhead is not None:
            run.playhead = run.playhead.stopped_at(now_ns)
        run.track = None
    if not onward:
        return  # the item that starts instead is loaded already; what lies between was passed over
    _load_next(run, tray, now_ns, item, cause)
    if not was_live and run.live_item is not None:
        return  # ended unplayed: what is live goes on
    following = next(iter(coming(run, item)), None)
    if following is not None and starts_by_itself(run, following):
        start_item(run, ledger, tray, now_ns, following, Cause("playhead", f"{item} ended", now_ns), now_ns)
        return
    run.transport = "stopped"
    run.over = following is None
    tell_transport(run, tray, now_ns, "the rundown is over" if run.over else f"{item} ended")
    if run.over:
        say(run, tray, now_ns, "The rundown is over.")


def record_unplayed(run: RunState, ledger: Ledger, tray: Tray, now_ns: int, item: str, cause: Cause) -> None:
    """A row for every cue of an item that was live and is left: the as-run has none without one."""
    pending = pending_cues(run)
    for cue in (run.show.cue_by_id[cue] for cue in run.schedule.by_item[item]):
        for asked in run.asked_late.pop(cue.id, ()):
            ledger.not_sent(run, tray, now_ns, asked, "skipped: late, and nobody said to fire it")
        if cue.id in run.hand.passed:
            run.hand.passed.discard(cue.id)
            run.done.add(cue.id)
        if cue.id in run.recorded or cue.id in pending:
            continue
        shown_ns = run.instant_of_score(run.schedule.cue_times[cue.id].planned_ns)
        moment_ns = now_ns if shown_ns is None else max(run.started_ns.get(item, now_ns), min(shown_ns, now_ns))
        skip_cue(run, ledger, tray, now_ns, cue, moment_ns, cause, _unplayed(run, cue))


def end_run_ns(run: RunState, item: str) -> int | None:
    """Run nanoseconds at which an item ends by itself; None where a person, or the next start, ends it."""
    times = run.times(item)
    if run.folding.current(times) is not None:
        return None
    if times.ends_itself:
        return times.length_ns + run.folding.shift_ns
    if run.schedule.by_item[item]:
        return None
    following = next(iter(coming(run, item)), None)
    if following is not None and run.schedule.by_item[following] and starts_by_itself(run, following):
        return times.planned_ns  # without cues and with nobody to press after it: it gives way at its planned length
    return None


def tell_transport(run: RunState, tray: Tray, now_ns: int, words: str) -> None:
    """Say what the transport does now."""
    tray.notices.append(
        TransportChanged(
            at_ns=run.at(now_ns),
            state=run.transport,
            item=run.playhead.item if run.playhead else None,
            position_ns=run.position_at(now_ns),
            words=words,
        )
    )


def _placed(run: RunState, cue: str, position_ns: int) -> Placed:
    every_pass = run.show.cue_by_id[cue].every_pass
    return Placed(position_ns - score_lead_ns(run, cue), position_ns, run.places.get(cue, 0), cue, every_pass)


def _begin_again(run: RunState, item: str) -> None:
    """The item's own marks go; those of its load stay, since it loads once."""
    for cue in run.schedule.by_item[item]:
        if run.schedule.cue_times[cue].planned_ns > LOAD_NS // 2:
            run.done.discard(cue)
            run.recorded.discard(cue)
            run.hand.passed.discard(cue)


def _cut_off(run: RunState, ledger: Ledger, tray: Tray, now_ns: int, item: str) -> None:
    """What the score of an item has begun goes on beyond its end; what it would only have begun is given up."""
    rolls = run.transport == "rolling"
    thaw(run, now_ns)
    gone = run.waiting.cancel(
        lambda entry: (
            entry.item == item
            and isinstance(entry.what, StartCue | SendNow)
            and entry.what.cause.origin in IN_SCORE
            and (not rolls or entry.what.moment_ns > now_ns)
        )
    )
    give_up(run, ledger, tray, now_ns, gone, "its item ended before its moment")


def _run_tail(run: RunState, now_ns: int, item: str) -> None:
    """Cues that count on from the end of the item count from when it really ended."""
    length_ns = run.times(item).length_ns
    for placed in run.track.placed if run.track is not None else ():
        if placed.position_ns > length_ns:
            moment_ns = now_ns + run.slowed(placed.position_ns - length_ns)
            start_later(run, placed.cue, moment_ns, Cause("playhead", "its end", now_ns))


def _load_next(run: RunState, tray: Tray, now_ns: int, ended: str, cause: Cause) -> None:
    """The first item behind an ended one that has cues; items without cues between do not delay it."""
    if run.schedule.by_item[ended]:
        following = next((item for item in coming(run, ended) if run.schedule.by_item[item]), None)
        if following is not None and run.lives[following] == "loaded":
            run.again = following
        elif following is not None:
            load_item(run, tray, now_ns, following, Cause("playhead", cause.trigger, now_ns))


def _change(run: RunState, tray: Tray, now_ns: int, item: str, life: ItemLife, by: str) -> None:
    run.lives[item] = life
    tray.notices.append(ItemChanged(at_ns=run.at(now_ns), item=item, life=life, by=by))


def _pass_over(run: RunState, tray: Tray, now_ns: int, item: str) -> None:
    """Items without cues that lie before the one that starts were passed over: they are ended, unplayed."""
    for each in run.schedule.items:
        if each == item:
            return
        if run.lives[each] == "planned" and not run.schedule.by_item[each] and not run.times(each).item.skipped:
            _change(run, tray, now_ns, each, "ended", "passed over")


def _unplayed(run: RunState, cue: Cue) -> str:
    if cue.disabled:
        return "disabled"
    if cue.id in run.done:
        return "passed over by a jump"
    if run.hand.is_stood_down(cue, run.show.department_of(cue)):
        return STOOD_DOWN
    if run.hand.skips.pop(cue.id, None) is not None:
        return SKIPPED
    return "not called before its item ended" if cue.is_called else "its item ended before its moment"
