"""The life of items: planned, loaded, live, ended, and what each step brings with it.

An item loads once per run: the first at the start of the run, any other when the last item with cues before it ends.
An item without cues goes live when its predecessor ends and lasts until the next one starts.
"""

from __future__ import annotations

from typing import Final

from console.engine.cue_runner import skip_cue, start_later
from console.engine.ledger import Ledger
from console.engine.outbox import Tray
from console.engine.playhead import Playhead
from console.engine.run_state import Cause, RunState, say
from console.engine.track import Track
from console.engine.transport import next_state
from console.engine.vamps import Folding
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


def load_item(run: RunState, tray: Tray, now_ns: int, item: str, cause: Cause) -> None:
    """Load: the item's load cues start, and cues that count back from its start get their appointments."""
    if refusal(run, item, "load") is not None:
        return
    _change(run, tray, now_ns, item, "loaded", cause.by)
    projected_ns = projected_start_ns(run, item, now_ns)
    for cue in live_cues(run, item):
        time = run.schedule.cue_times[cue.id]
        if cue.is_called or cue.id in run.done:
            continue
        if time.at_load:
            moment_ns = now_ns + s_to_ns(cue.at.seconds if cue.at.on == "offset" else 0.0) + s_to_ns(cue.pre_wait_s)
            start_later(run, cue.id, moment_ns, Cause(cause.by, "load", now_ns))
        elif time.position_ns is not None and time.position_ns < -run.times(item).lead_in_ns:
            before_ns = time.position_ns + run.times(item).lead_in_ns
            start_later(run, cue.id, max(now_ns, projected_ns + before_ns), Cause(cause.by, "before the start", now_ns))


def projected_start_ns(run: RunState, item: str, now_ns: int) -> int:
    """When an item will start if everything before it takes its planned time."""
    order = list(run.schedule.items)
    reached = max((order.index(each) for each in order if run.lives[each] in ("live", "ended")), default=-1)
    at_ns = now_ns
    for each in order[max(reached, 0) : order.index(item)]:
        times = run.times(each)
        if run.lives[each] == "live":
            at_ns = max(now_ns, run.started_ns[each] + times.planned_ns)
        elif run.lives[each] != "ended" and times.item.counts and not times.item.skipped:
            at_ns += times.planned_ns
    return at_ns


def start_item(
    run: RunState, ledger: Ledger, tray: Tray, now_ns: int, item: str, cause: Cause, first_click_ns: int
) -> None:
    """The item goes live with its first click (or its zero, where nothing is clicked) at ``first_click_ns``."""
    if run.lives[item] == "planned" and run.schedule.by_item[item]:
        load_item(run, tray, now_ns, item, cause)
    previous = run.live_item
    if previous is not None and previous != item:
        end_item(run, ledger, tray, now_ns, previous, Cause(cause.by, f"{item} started", now_ns), onward=False)
    _pass_over(run, tray, now_ns, item)
    times = run.times(item)
    _change(run, tray, now_ns, item, "live", cause.by)
    run.started_ns[item] = first_click_ns
    run.folding = Folding()
    run.playhead = Playhead(item, first_click_ns, -times.lead_in_ns, run.rate)
    run.track = build_track(run, item)
    # Cues that count back from the start are the track's now; those it finds late leave at once.
    run.waiting.cancel(lambda entry: entry.item == item and _is_before_start(entry.what))
    run.track.begin(run.folding)
    run.transport, _ = next_state(run.transport, "start")
    tell_transport(run, tray, now_ns, cause.trigger)


def build_track(run: RunState, item: str) -> Track:
    """The item's auto cues with a position, children of groups included."""
    placed = []
    for place, cue_id in enumerate(run.schedule.by_item[item]):
        cue = run.show.cue_by_id[cue_id]
        position_ns = run.schedule.cue_times[cue_id].position_ns
        if position_ns is not None and not cue.is_called:
            placed.append((position_ns, place, run.armed[cue_id]))
    return Track.build(run.times(item), placed)


def end_item(
    run: RunState, ledger: Ledger, tray: Tray, now_ns: int, item: str, cause: Cause, *, onward: bool = True
) -> None:
    """The item ends: what did not run is recorded, the next item with cues loads, one without cues goes live."""
    _change(run, tray, now_ns, item, "ended", cause.by)
    run.ended_ns[item] = now_ns
    for cue in (run.show.cue_by_id[cue] for cue in run.schedule.by_item[item]):
        if cue.id not in run.done and not _is_waiting(run, cue.id):
            moment_ns = run.schedule.cue_times[cue.id].planned_ns
            shown_ns = now_ns if run.playhead is None else _instant_or(run, moment_ns, now_ns)
            skip_cue(run, ledger, tray, now_ns, cue, min(shown_ns, now_ns), cause, _unplayed(cue))
    if run.playhead is not None and run.playhead.item == item:
        run.playhead = run.playhead.stopped_at(now_ns)
        run.track = None
    if not onward:
        return  # the item that starts instead is loaded already; what lies between was passed over
    _load_next(run, tray, now_ns, item, cause)
    following = _next_item(run, item)
    if following is None:
        run.over = True
        run.transport = "stopped"
        tell_transport(run, tray, now_ns, "the rundown is over")
        say(run, tray, now_ns, "The rundown is over.")
    elif starts_by_itself(run, following):
        start_item(run, ledger, tray, now_ns, following, Cause("playhead", f"{item} ended", now_ns), now_ns)
    else:
        run.transport = "stopped"
        tell_transport(run, tray, now_ns, f"{item} ended")


def starts_by_itself(run: RunState, item: str) -> bool:
    """True where an item goes live as soon as the one before it ends: no cues, or none that is called."""
    rule = run.times(item).item.start
    if rule is not None and rule.rule != "after":
        return False
    cues = live_cues(run, item)
    return not any(cue.is_called for cue in cues)


def end_run_ns(run: RunState, item: str) -> int | None:
    """Run nanoseconds at which an item ends by itself; None where a person, or the next start, ends it."""
    times = run.times(item)
    if run.folding.current(times) is not None:
        return None
    if times.ends_itself:
        return times.length_ns + run.folding.shift_ns
    following = _next_item(run, item)
    if not run.schedule.by_item[item] and following is not None and starts_by_itself(run, following):
        # Without cues and with nobody to press after it: it gives way at its planned length.
        return times.planned_ns if run.schedule.by_item[following] else None
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


def _change(run: RunState, tray: Tray, now_ns: int, item: str, life: ItemLife, by: str) -> None:
    run.lives[item] = life
    tray.notices.append(ItemChanged(at_ns=run.at(now_ns), item=item, life=life, by=by))


def _load_next(run: RunState, tray: Tray, now_ns: int, ended: str, cause: Cause) -> None:
    """The first item behind an ended one that has cues; items without cues between do not delay it."""
    if not run.schedule.by_item[ended]:
        return
    items = list(run.schedule.items)
    for item in items[items.index(ended) + 1 :]:
        if run.schedule.by_item[item] and not run.times(item).item.skipped:
            load_item(run, tray, now_ns, item, Cause("playhead", cause.trigger, now_ns))
            return


def _next_item(run: RunState, item: str) -> str | None:
    items = list(run.schedule.items)
    for each in items[items.index(item) + 1 :]:
        if not run.times(each).item.skipped and run.times(each).item.counts and run.lives[each] != "ended":
            return each
    return None


def _pass_over(run: RunState, tray: Tray, now_ns: int, item: str) -> None:
    """Items without cues that lie before the one that starts were passed over: they are ended, unplayed."""
    for each in run.schedule.items:
        if each == item:
            return
        if run.lives[each] == "planned" and not run.schedule.by_item[each] and not run.times(each).item.skipped:
            _change(run, tray, now_ns, each, "ended", "passed over")


def _unplayed(cue: Cue) -> str:
    if cue.disabled:
        return "disabled"
    return "not called before its item ended" if cue.is_called else "its item ended before its moment"


def _is_waiting(run: RunState, cue: str) -> bool:
    return any(getattr(entry.what, "cue", None) == cue for entry in run.waiting.entries())


def _is_before_start(what: object) -> bool:
    cue = getattr(what, "cue", None)
    cause = getattr(what, "cause", None)
    return cue is not None and cause is not None and cause.trigger == "before the start"


def _instant_or(run: RunState, position_ns: int, otherwise_ns: int) -> int:
    if run.playhead is None or position_ns < -(10**14):
        return otherwise_ns
    instant = run.playhead.instant_of(position_ns + run.folding.shift_ns)
    return otherwise_ns if instant is None else instant
