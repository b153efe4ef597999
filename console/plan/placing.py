"""A place on an item's timeline as a cue's position would say it. Pure."""

from __future__ import annotations

from console.plan.item_times import ItemTimes
from console.show.cues import AtBar, AtOffset
from console.timebase.tempo import TICKS_PER_BEAT, Bbt


def ns_to_at(times: ItemTimes, ns: int) -> AtBar | AtOffset:
    """A bar, a beat and a tick where there are bars, the nearest one; else seconds from the item's start."""
    if times.tempo is None:
        return AtOffset(on="offset", anchor="downbeat", seconds=round(ns / 1e9, 6))
    bar, beat, tick = times.tempo.ns_to_bbt(ns)
    after = Bbt(bar, beat, tick + 1) if tick + 1 < TICKS_PER_BEAT else times.tempo.ns_to_next_beat(ns)
    if times.tempo.bbt_to_ns(*after) - ns < ns - times.tempo.bbt_to_ns(bar, beat, tick):
        bar, beat, tick = after
    return AtBar(on="bar", bar=bar, beat=beat, tick=tick)
