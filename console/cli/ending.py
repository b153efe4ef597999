"""Ending a run from outside: SIGTERM and Ctrl-C let the turn that is going on finish, and everything is closed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def ended_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    """The first SIGTERM or SIGINT calls ``stop``, once: a terminal and what runs us there may both send one.

    Signals are the main thread's: in another nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked = False

    def stop_once(*_: object) -> None:
        nonlocal asked
        if not asked:
            asked = True
            stop()

    before = {name: signal.signal(name, stop_once) for name in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for name, handling in before.items():
            signal.signal(name, handling)
