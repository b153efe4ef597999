"""Saves the open show by ``showcaller save``, as a process beside the window: a press never waits for a disk.

Signals:
    ended(str, bool): the words to show, and whether it went well.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal


class Saver(QObject):
    """One save at a time; a press while one is going on is answered when that one ends."""

    ended = Signal(str, bool)

    def __init__(self, command: Sequence[str], parent: QObject | None = None) -> None:
        """``command``: the program and its words up to the file."""
        super().__init__(parent)
        self._command = tuple(command)
        self._process: QProcess | None = None

    @property
    def is_busy(self) -> bool:
        """True while a save is going on."""
        return self._process is not None

    def save(self, file: Path | None, by: str) -> None:
        """Into that file, which may be written over; None: where the show was opened from."""
        self._run([str(file), "--over", "--by", by] if file is not None else ["--by", by])

    def keep_copy(self, file: Path) -> None:
        """A copy for a bad day; the show stays unsaved."""
        self._run([str(file), "--over", "--copy"])

    def wait(self) -> None:
        """Until what was begun has ended."""
        if self._process is not None:
            self._process.waitForFinished()

    def _run(self, words: list[str]) -> None:
        if self._process is not None:
            return
        process = QProcess(self)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        process.start(self._command[0], [*self._command[1:], *words])

    def _on_finished(self, code: int) -> None:
        process = self._process
        if process is None:
            return
        said = bytes(process.readAllStandardError().data() if code else process.readAllStandardOutput().data())
        lines = said.decode(errors="replace").strip().splitlines()
        self._end(lines[-1].removeprefix("showcaller: ") if lines else f"it ended with code {code}", well=code == 0)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._end(f"{self._command[0]} cannot be started: see whether Showcaller is whole", well=False)

    def _end(self, words: str, *, well: bool) -> None:
        if self._process is not None:
            self._process.deleteLater()
            self._process = None
        self.ended.emit(words, well)
