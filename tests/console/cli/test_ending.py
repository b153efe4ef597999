"""Ctrl-C ends a run once, however often it is pressed."""

from __future__ import annotations

import signal

from console.cli.ending import ended_by_signals


def test_several_signals_are_one_wish_to_end():
    asked: list[str] = []
    before = signal.getsignal(signal.SIGINT)
    with ended_by_signals(lambda: asked.append("stop")):
        for name in (signal.SIGINT, signal.SIGINT, signal.SIGTERM):
            signal.raise_signal(name)
    assert asked == ["stop"]
    assert signal.getsignal(signal.SIGINT) is before
