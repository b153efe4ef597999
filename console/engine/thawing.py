"""Lifting a hold: what waited, ran or faded goes on with what it had left."""

from __future__ import annotations

from dataclasses import replace

from console.engine.fading import thaw_fades
from console.engine.run_state import CueEnds, RunState, shifted


def thaw(run: RunState, now_ns: int) -> None:
    """Let everything go on that stands still."""
    for entry in run.waiting.thaw(now_ns, shifted):
        running = run.running.get(entry.owner)
        if isinstance(entry.what, CueEnds) and running is not None and running.started_ns == entry.what.started_ns:
            by_ns = entry.due_ns - running.ends_ns
            run.running[entry.owner] = replace(running, moment_ns=running.moment_ns + by_ns, ends_ns=entry.due_ns)
    thaw_fades(run, now_ns)
