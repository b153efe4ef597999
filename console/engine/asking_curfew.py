"""GO on an item that would end after the curfew asks once: the first press is refused with the reason, the next one,
within ten seconds, is the answer.

Only in a performance: a rehearsal may be held at any hour, in an office far from the house whose clock it keeps.
"""

from __future__ import annotations

from typing import Final

from console.engine.run_state import RunState
from console.plan.curfew import fits, left_ns

ANSWER_NS: Final = 10_000_000_000


def asks_first(run: RunState, now_ns: int, item: str) -> str | None:
    """The question, where an item does not fit and nobody has answered yet; None where it may start."""
    if run.run_kind != "performance":
        return None
    end_ns = now_ns + run.times(item).planned_ns
    curfew = run.patch.venue.curfew
    quiet_in_ns = None if run.wall is None else left_ns(run.patch.venue, run.wall)
    at_ns = None if quiet_in_ns is None else now_ns + quiet_in_ns
    if curfew is None or at_ns is None or fits(end_ns, at_ns) is not False:
        return None
    asked_ns = run.curfew_asked.get(item)
    if asked_ns is not None and now_ns - asked_ns <= ANSWER_NS:
        return None
    run.curfew_asked[item] = now_ns
    over_s = (end_ns - at_ns) // 1_000_000_000
    over = f"{over_s // 60}:{over_s % 60:02}"
    title = run.times(item).item.title
    return (
        f"{title} would end {over} after the curfew at {curfew.time}: press again within 10 s to start it all the same"
    )
