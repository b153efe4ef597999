"""The one place that makes Qt timers.

A default QTimer is coarse and fires up to 25 ms early, so the type is always said. These timers repaint; whether a
cue is due is the engine's business alone.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

FRAME_MS = 16


def frame_timer(parent: QObject, slot: Callable[[], None]) -> QTimer:
    """A precise repeating timer for what moves on screen. Not started."""
    timer = QTimer(parent)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(FRAME_MS)
    timer.timeout.connect(slot)
    return timer


def repeating_timer(parent: QObject, every_ms: int, slot: Callable[[], None]) -> QTimer:
    """A precise repeating timer for saying again what a hand still holds. Not started."""
    timer = QTimer(parent)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(every_ms)
    timer.timeout.connect(slot)
    return timer


def once_timer(parent: QObject, after_ms: int, slot: Callable[[], None]) -> QTimer:
    """A coarse timer that fires once: taking a message off the screen, retrying a connection. Not started."""
    timer = QTimer(parent)
    timer.setTimerType(Qt.TimerType.CoarseTimer)
    timer.setSingleShot(True)
    timer.setInterval(after_ms)
    timer.timeout.connect(slot)
    return timer
