"""What a process does once, after loading and before the doors, so that it is not interrupted later.

Each step is tried and its outcome told in one line; none is needed for the show to run.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

PRIORITY: Final = 50
"""SCHED_FIFO 1–99: above ordinary work, below the kernel's own interrupt threads of audio systems."""

SWITCH_S: Final = 0.0005
"""How long another Python thread may hold the interpreter when the loop wants it. Python's own 5 ms is heard."""


def prepare() -> tuple[str, ...]:
    """Do all of it in the calling thread, which must be the loop's own. One line for each step."""
    return settle_memory(), shorten_switches(), take_priority()


@contextmanager
def loading() -> Iterator[None]:
    """Around the loading of a show: no collection meanwhile, and all that is loaded is taken out of later ones.

    Of the 1.4 s that ten thousand cues took, collections were a third, and found nothing. What was taken out before is
    looked at first: a show that has been closed goes.
    """
    gc.unfreeze()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def settle_memory() -> str:
    """Collect garbage and take all that is loaded out of later collections (134 ms for half a million objects)."""
    gc.collect()
    gc.freeze()
    return f"memory: {gc.get_freeze_count()} objects frozen"


def shorten_switches(switch_s: float = SWITCH_S) -> str:
    """Shorten the interpreter's switch interval."""
    sys.setswitchinterval(switch_s)
    return f"interpreter: threads switch after {switch_s * 1e6:.0f} µs"


def take_priority(priority: int = PRIORITY) -> str:
    """Ask for real-time scheduling of the calling thread alone: threads and programs it starts fall back to normal."""
    if not hasattr(os, "sched_setscheduler"):
        return "priority: normal; this system has no SCHED_FIFO"
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO | os.SCHED_RESET_ON_FORK, os.sched_param(priority))
    except OSError as error:
        return f"priority: normal; SCHED_FIFO was refused ({error.strerror}): allow rtprio {priority} to this user"
    return f"priority: SCHED_FIFO {priority}"
