"""Work that is too long for the window's thread, done beside it: the last that was asked for is told, older is not.

Signals:
    done(object): what the work returned.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QThreadPool, Signal


class _Wire(QObject):
    """Carries a result to the window's thread. Outlives who asked: a window may be gone before the work is done."""

    finished = Signal(int, object)


class Reckoning(QObject):
    """One piece at a time, in the order asked. Work returns what there is to say and raises nothing."""

    done = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._asked = 0
        self._wire = _Wire()
        self._wire.finished.connect(self._on_finished)

    def ask(self, work: Callable[[], object]) -> None:
        """Begin; what was asked before and is not done is not wanted any more."""
        self._asked += 1
        number, wire = self._asked, self._wire
        self._pool.clear()
        self._pool.start(lambda: wire.finished.emit(number, work()))

    def wait(self) -> None:
        """Until nothing is being worked on."""
        self._pool.waitForDone()

    def _on_finished(self, number: int, result: object) -> None:
        if number == self._asked:
            self.done.emit(result)
