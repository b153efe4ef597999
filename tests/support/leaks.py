"""Finds what a test left behind: threads, Qt timers, Qt threads, animations and windows.

A leftover timer or window does not fail the test that left it; it makes a later one crash under Qt's dispatch.
So every test is looked at when it ends, and the one at fault is named.
"""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6 import QtCore
from shiboken6 import isValid

JOIN_S = 2.0
"""How long a thread that has been told to end may take to do so."""

_started: weakref.WeakKeyDictionary[Any, str] = weakref.WeakKeyDictionary()
_RUNNING: dict[str, Callable[[Any], bool]] = {
    "QTimer": lambda timer: timer.isActive(),
    "QThread": lambda thread: thread.isRunning(),
    "QPropertyAnimation": lambda animation: animation.state() == QtCore.QAbstractAnimation.State.Running,
    "QVariantAnimation": lambda animation: animation.state() == QtCore.QAbstractAnimation.State.Running,
}


@dataclass(frozen=True)
class Standing:
    """What stood before a test began, so that only the test's own leftovers count against it."""

    threads: frozenset[threading.Thread]
    windows: frozenset[int]


def watch_qt() -> None:
    """Put watched classes in place of Qt's own. Call once, before any test module imports them."""
    for name in _RUNNING:
        setattr(QtCore, name, _watched(getattr(QtCore, name)))


def note_standing() -> Standing:
    """What stands now."""
    return Standing(frozenset(threading.enumerate()), frozenset(id(window) for window in _windows()))


def find_leaks(before: Standing) -> list[str]:
    """One line for each thing that runs or stands now and did not before. Windows found are taken down."""
    _deliver_deletes()
    leaks = [*_thread_leaks(before), *_qt_leaks(), *_window_leaks(before)]
    if leaks:  # a cycle may keep alive what nobody holds: collect, then count what is truly left
        gc.collect()
        _deliver_deletes()
        leaks = [*_thread_leaks(before), *_qt_leaks(), *_window_leaks(before)]
    _take_down(before)
    return leaks


def _watched(qt_class: type) -> type:
    """`qt_class`, noting the line that starts each of its objects."""

    def start(self: Any, *args: Any) -> None:
        _started[self] = _caller()
        qt_class.start(self, *args)  # type: ignore[attr-defined]

    return type(qt_class.__name__, (qt_class,), {"start": start, "__module__": qt_class.__module__})


def _caller() -> str:
    frame = sys._getframe(2)
    return f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}"


def _deliver_deletes() -> None:
    if QtCore.QCoreApplication.instance() is not None:
        QtCore.QCoreApplication.sendPostedEvents(None, QtCore.QEvent.Type.DeferredDelete.value)


def _thread_leaks(before: Standing) -> list[str]:
    new = [thread for thread in threading.enumerate() if thread not in before.threads]
    for thread in new:
        if thread is not threading.current_thread():
            thread.join(JOIN_S)
    return [f"thread {thread.name!r} still runs; stop and join it" for thread in new if thread.is_alive()]


def _qt_leaks() -> list[str]:
    leaks = []
    for qt_object, line in list(_started.items()):
        name = type(qt_object).__name__
        if isValid(qt_object) and _RUNNING[name](qt_object):
            leaks.append(f"{name} started at {line} still runs; stop it or give it a parent that is closed")
    return leaks


def _windows() -> list[Any]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or not isinstance(widgets.QApplication.instance(), widgets.QApplication):
        return []
    return list(widgets.QApplication.topLevelWidgets())


def _window_leaks(before: Standing) -> list[str]:
    return [
        f"{type(window).__name__} {window.objectName()!r} is still a top-level widget; hand it to qtbot.addWidget"
        for window in _windows()
        if id(window) not in before.windows
    ]


def _take_down(before: Standing) -> None:
    """Stop and delete what was found, so that the next test does not pay for this one."""
    for qt_object in list(_started):
        if isValid(qt_object) and not isinstance(qt_object, QtCore.QThread):
            qt_object.stop()
    for window in _windows():
        if id(window) not in before.windows:
            window.close()
            window.deleteLater()
    _deliver_deletes()
    _started.clear()
