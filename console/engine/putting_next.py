"""What comes next is another: by the running order, or because an operator put it there.

Standbys that looked ahead look there now, and it loads where nothing with cues is to be played before it. An item that
was loaded and is no longer next stays loaded, and its load cues do not leave again; when it is next once more, the
parameters they set are brought back, by the rules of a jump, and no trigger.
"""

from __future__ import annotations

from console.engine import items
from console.engine.locating import send_difference
from console.engine.parts import Parts
from console.engine.run_state import Cause, RunState, say
from console.engine.running_order import coming


def put_item_next(parts: Parts, now_ns: int, item: str | None, by: str) -> str | None:
    """Put an item next, or go back to the running order. Returns why not."""
    run = parts.run
    if item is not None:
        if item not in run.lives:
            return f"the rundown has no item {item!r}"
        title, life = run.times(item).item.title, run.lives[item]
        if life == "live":
            return f"{title} is live"
        if life == "ended":
            return f"{title} has ended: locate to it to play it again"
        if run.times(item).item.skipped:
            return f"{title} is skipped: take it back in first"
    run.next_up = item
    settle_next(parts, now_ns, by, by_hand=True)
    return None


def settle_next(parts: Parts, now_ns: int, by: str = "playhead", *, by_hand: bool = False) -> None:
    """Let everything that looks ahead follow what comes next by now."""
    run = parts.run
    with_cues = next((item for item in coming(run) if run.schedule.by_item[item]), None)
    parts.standbys.look_ahead(run, parts.tray, now_ns, with_cues, by_hand=by_hand)
    live = run.live_item
    if with_cues is None or run.panic or (live is not None and run.schedule.by_item[live]):
        return
    if run.lives[with_cues] == "planned":
        items.load_item(run, parts.tray, now_ns, with_cues, Cause(by, f"{with_cues} is next", now_ns))
    else:
        run.again = with_cues
        set_up_again(parts, now_ns)


def set_up_again(parts: Parts, now_ns: int) -> None:
    """Where another item was set up since the next one was loaded: bring back what its load cues set."""
    run = parts.run
    item, run.again = run.again, None
    if item is None or run.set_up == item or run.lives.get(item) != "loaded":
        return
    run.set_up = item
    wanted = {
        key: standing
        for key, standing in run.index.resolve(item, -run.times(item).lead_in_ns).items()
        if _is_of_load(run, standing.cue, item)
    }
    cause = Cause("playhead", f"{item} is next again", now_ns, "load")
    send_difference(run, parts.ledger, parts.tray, now_ns, wanted, cause)
    say(run, parts.tray, now_ns, f"{run.times(item).item.title} is next again: it was loaded before.")


def _is_of_load(run: RunState, cue: str, item: str) -> bool:
    time = run.schedule.cue_times[cue]
    return time.item == item and time.at_load
