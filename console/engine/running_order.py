"""What comes after what: the running order as it stands, and the item that an operator has put next.

It counts from the item that is live, else from the one that ended last, wherever that stands in the rundown by now.
"""

from __future__ import annotations

from console.engine.run_state import RunState


def reached(run: RunState) -> int:
    """The place of the item that is live or ended last; −1 before the first."""
    order = list(run.schedule.items)
    if run.live_item is not None:
        return order.index(run.live_item)
    ended = [place for place, item in enumerate(order) if run.lives[item] == "ended"]
    return max(ended, key=lambda place: (run.ended_ns.get(order[place], -1), place), default=-1)


def put_next(run: RunState) -> str | None:
    """The item that was put next, while it has still to come."""
    up = run.next_up
    if up is None or run.lives.get(up) not in ("planned", "loaded") or run.times(up).item.skipped:
        return None
    return up


def coming(run: RunState, behind: str | None = None) -> list[str]:
    """The items that will be played, in order, behind one of them, else behind what has been reached."""
    order = list(run.schedule.items)
    up = put_next(run)
    if up is not None and up != behind:
        first = order.index(up)
    else:
        first = (reached(run) if behind is None else order.index(behind)) + 1
    return [
        item
        for item in order[first:]
        if run.lives[item] in ("planned", "loaded")
        and not run.times(item).item.skipped
        and (run.times(item).item.counts or item == up)
    ]


def next_item(run: RunState) -> str | None:
    """The item that goes live next."""
    return next(iter(coming(run)), None)
