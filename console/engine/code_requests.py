"""What a person asks of the chase, one small function each; each is done (None) or says why not."""

from __future__ import annotations

from typing import Final

from console.engine.chase import put_at
from console.engine.code_following import go_to, run_of, settle
from console.engine.code_moves import align
from console.engine.parts import Parts
from console.engine.run_state import say
from console.timebase.instants import NS_PER_S

MOST_NUDGE_NS: Final = 10 * NS_PER_S
NO_SOURCE: Final = "no timecode comes in here: the house names no source, or everything is simulated"


def turn(parts: Parts, now_ns: int, *, on: bool) -> str | None:
    """Chase on or off. On takes up whatever code there is, a line set aside too; off leaves the playhead as it is."""
    chase = parts.chase
    if not chase.sources:
        return NO_SOURCE
    chase.on = on
    chase.aside, chase.jammed = None, False
    if on:
        settle(parts, now_ns, fresh=True)
    else:
        chase.following = chase.stands = chase.let_go = False
    return None


def let_move(parts: Parts, now_ns: int, *, allowed: bool) -> str | None:
    """Whether code may change the item."""
    if not parts.chase.sources:
        return NO_SOURCE
    parts.chase.moves_items, parts.chase.said_of = allowed, None
    settle(parts, now_ns, fresh=True)
    return None


def choose(parts: Parts, now_ns: int, source: str | None) -> str | None:
    """Follow one source alone, or (None) by the house's order again."""
    chase = parts.chase
    if not chase.sources:
        return NO_SOURCE
    if source is not None and source not in {each.id for each in chase.sources}:
        return f"there is no source {source!r}: choose one of {', '.join(each.id for each in chase.sources)}"
    chase.chosen = source
    settle(parts, now_ns, fresh=True)
    return None


def nudge(parts: Parts, now_ns: int, frames: int) -> str | None:
    """The live song comes so many frames later than its code says, from now on in this run."""
    chase, run, item = parts.chase, parts.run, parts.run.live_item
    if not chase.sources:
        return NO_SOURCE
    if item is None or run.times(item).tc_start is None:
        return "no song with timecode is live"
    source = chase.active or chase.sources[0]
    by_ns = chase.nudges.get(item, 0) + frames * source.frame_ns
    if abs(by_ns) > MOST_NUDGE_NS:
        return "more than ten seconds belong into the song's tc_start"
    chase.nudges[item] = by_ns
    settle(parts, now_ns, fresh=True)
    return None


def jam(parts: Parts, now_ns: int) -> str | None:
    """Take the place where code stands, and run on by our own clock."""
    chase, run = parts.chase, parts.run
    if not chase.sources:
        return NO_SOURCE
    if run.panic:
        return "panic: release it first"
    source = chase.pick()
    if source is None:
        return "no source is locked: there is no place to take"
    place = chase.find(run, source, source.code_at(now_ns))
    if place is None:
        return f"{source.label_at(now_ns)} lies in no song of the show"
    chase.active = source
    if place.item == run.live_item:
        align(parts, now_ns, source, run_of(run, place, now_ns), stood=True, waited=chase.word == "waiting")
    elif not go_to(parts, now_ns, source, place):
        return f"{source.label_at(now_ns)} lies in repeats of {place.item}, which cannot be told apart"
    chase.following = chase.stands = chase.let_go = False
    chase.jammed, chase.placed = True, put_at(run)
    if run.playhead is not None:
        run.playhead = run.playhead.rolling_from(now_ns)
    say(run, parts.tray, now_ns, f"Jammed to {source.id} at {source.label_at(now_ns)}: on by our own clock.")
    return None
