"""An edit takes its place in the running show: everything that follows from the show follows at once.

What is done stays done, also of cues that went and come back: no undo lets a trigger leave twice.
"""

from __future__ import annotations

from console.engine import items
from console.engine.chains import lead_ns
from console.engine.frozen import refusal
from console.engine.parts import Parts
from console.engine.putting_next import settle_next
from console.engine.rearming import Rearm
from console.engine.run_state import RunState
from console.engine.track import Track
from console.engine.vamps import at_position
from console.plan.schedule import same_timeline


def take_edit(parts: Parts, now_ns: int, rearm: Rearm) -> str | None:
    """Put what was made ready in place. Returns why not, and has then changed nothing."""
    run = parts.run
    refused = refusal(run, parts.standbys, rearm)
    if refused is not None:
        return refused
    live = run.live_item
    stood = run.schedule
    laid_anew = live is not None and not same_timeline(stood.items[live], rearm.schedule.items[live])
    leads = {cue: run.leads[cue] for cue in rearm.stale if cue in run.leads}
    _replace(run, rearm)
    moved = rearm.touched.cues | rearm.retimed | _lead_again(run, rearm, leads)
    if laid_anew and live is not None:
        _put_on_new_timeline(run, now_ns, live)
    elif run.track is not None and run.playhead is not None:
        item = run.playhead.item
        reordered = rearm.schedule.order is not stood.order
        _edit_track(run, run.track, now_ns, item, moved, reordered=reordered)
    touched = {known.cue_times[cue].item for known in (stood, run.schedule) for cue in moved if cue in known.cue_times}
    for item in run.ahead.keys() & touched:
        run.ahead[item] = items.ahead_of(run, item)
    if rearm.schedule.order is not stood.order:
        run.waiting.alter(lambda entry: entry._replace(place=run.places.get(entry.owner, 0)))
    parts.standbys.take_lists(run, parts.tray, now_ns, rearm.lists)
    if rearm.rundown:
        settle_next(parts, now_ns)
    items.aim_ahead(run, now_ns)
    parts.standbys.refresh(run, parts.tray, now_ns)
    if laid_anew:
        parts.timecode_jumped(now_ns)
    return None


def _replace(run: RunState, rearm: Rearm) -> None:
    run.show, run.schedule, run.patch = rearm.show, rearm.schedule, rearm.patch
    run.index, run.places = rearm.index, rearm.places
    run.children, run.hazard_cues = rearm.show.children, rearm.hazard_cues
    run.choices = dict(rearm.choices)
    for cue in rearm.touched.cues:
        if cue not in rearm.armed:
            run.armed.pop(cue, None)
    run.armed.update(rearm.armed)
    run.lives = {item: run.lives.get(item, "planned") for item in rearm.schedule.items}
    for item in run.ahead.keys() - run.lives.keys():
        del run.ahead[item]


def _lead_again(run: RunState, rearm: Rearm, known: dict[str, int]) -> set[str]:
    """Reckon leads that may be others; the cues whose are."""
    for cue in rearm.stale:
        run.leads.pop(cue, None)
    return {cue for cue in rearm.stale if cue in run.armed and lead_ns(run, cue) != known.get(cue)}


def _put_on_new_timeline(run: RunState, now_ns: int, item: str) -> None:
    """The item under a playhead that stands still is laid otherwise: it stands where it stood in the score."""
    position_ns = min(run.position_at(now_ns), run.times(item).length_ns)
    run.folding = at_position(run.times(item), position_ns)
    if run.playhead is not None:
        run.playhead = run.playhead.put_at(now_ns, position_ns)
    run.track = items.build_track(run, item)
    run.track.locate(position_ns, run.folding)


def _edit_track(run: RunState, track: Track, now_ns: int, item: str, moved: frozenset[str], *, reordered: bool) -> None:
    track.item = run.times(item)
    ours = {cue for cue in moved if cue in track.cues or run.item_of(cue) == item}
    if ours and run.playhead is not None:
        placed = items.build_track(run, item, ours).placed
        track.exchange(ours, placed, run.folding, run.position_at(now_ns), run.playhead.run_at(now_ns))
    if ours and reordered:
        track.replace_ranks(lambda cue: run.places.get(cue, 0))
