"""Checks houses for the open show, one after another, in a process beside the window.

A whole preflight takes half a second of a core: in this process keys would wait for it.

Signals:
    checked(str, object): a house by its name, and what was said of it.
"""

from __future__ import annotations

import json
import sys
from collections import deque
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess, QTemporaryDir, Signal

from console.show.show import Show
from console.show.show_json import show_to_json
from profiles.problems import Problem, Verdict
from ui.state.house_cards import Checked

COMMAND: Final = (sys.executable, "-m", "console.cli", "check")
END_MS: Final = 2000


class HouseCheck(QObject):
    """Asks ``showcaller check`` of each house; a later question takes the place of those that still wait."""

    checked = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = QTemporaryDir()
        self._waiting: deque[tuple[str, str | None]] = deque()
        self._asked = ""
        self._process = QProcess(self)
        self._process.finished.connect(self._on_finished)

    def check(self, show: Show, houses: list[tuple[str, str | None]]) -> None:
        """Check (name, text where it is not the file's) of each, in this order and before what still waits."""
        names = {name for name, _text in houses}
        self._show_file.write_text(show_to_json(show), encoding="utf-8")
        self._waiting = deque([*houses, *(each for each in self._waiting if each[0] not in names)])
        if self._asked in names:
            self._end()
        self._go_on()

    def cancel(self) -> None:
        """Ask nothing more, and end what is going on."""
        self._waiting.clear()
        self._end()

    def _end(self) -> None:
        """End the check that is going on; nothing comes of it."""
        self._asked = ""
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(END_MS)

    @property
    def _show_file(self) -> Path:
        return Path(self._folder.path()) / "show.json"

    def _go_on(self) -> None:
        if not self._waiting or self._process.state() is not QProcess.ProcessState.NotRunning:
            return
        self._asked, text = self._waiting.popleft()
        venue = self._asked
        if text is not None:
            draft = Path(self._folder.path()) / f"{Path(self._asked).stem}.toml"
            draft.write_text(text, encoding="utf-8")
            venue = str(draft)
        program, *words = COMMAND
        self._process.start(program, [*words, str(self._show_file), "--venue", venue, "--json"])

    def _on_finished(self) -> None:
        said = bytes(self._process.readAllStandardOutput().data())
        asked, self._asked = self._asked, ""
        if asked:
            self.checked.emit(asked, json_to_checked(said))
        self._go_on()


def json_to_checked(said: bytes) -> Checked | None:
    """What ``check --json`` printed; None where it printed none."""
    try:
        page = json.loads(said)
        verdict: Verdict = page["verdict"]
        return Checked(verdict, tuple(Problem(**each) for each in page["problems"]))
    except (ValueError, KeyError, TypeError):
        return None
