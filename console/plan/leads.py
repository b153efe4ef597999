"""How long before its moment a cue must be on its way in a house, and whether its song leaves it that much time."""

from __future__ import annotations

from console.plan.asks import Ask
from console.plan.patch import Bound
from console.plan.schedule import Schedule
from console.timebase.instants import ms_to_ns


def lead_ns(ask: Ask, bound: Bound) -> int:
    """How long before its moment the main device is spoken to."""
    main = bound.addressed[0]
    advance_ms = (bound.advance_ms or 0.0) if bound.replaced else ask.cue.advance_ms
    return main.latency_ns - main.trim_ns + ms_to_ns(advance_ms)


def early_ns(ask: Ask, bound: Bound, schedule: Schedule) -> int:
    """How long before its item begins the slowest device would have to be spoken to; 0 or less where it need not."""
    time = schedule.cue_times[ask.cue.id]
    if time.position_ns is None or time.item is None or not bound.addressed or ask.cue.starts_item:
        return 0
    begins_ns = -schedule.items[time.item].lead_in_ns
    if time.position_ns < begins_ns:
        return 0  # it belongs before the start, and is reckoned back from it
    main = bound.addressed[0]
    slowest_ns = max(send.latency_ns - send.trim_ns for send in bound.addressed)
    needed_ns = lead_ns(ask, bound) - (main.latency_ns - main.trim_ns) + slowest_ns
    return begins_ns - (time.position_ns + ms_to_ns(ask.step.offset_s * 1000) - needed_ns)
