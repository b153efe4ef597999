"""How the window comes by its engine: one that stands is attached to, else one is started as a process of its own.

An engine outlives the window that started it if a show is running in it: the next window finds it where it stands.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from console.link.client import LinkClient, LinkError
from ui.bridge import Link
from ui.state.shelf import Opening

ANSWER_S: Final = 2.0
"""How long an engine that listens may take to say welcome."""

END_S: Final = 5.0


class LaunchError(RuntimeError):
    """There is no engine and none can be started. One line: what, where, what to do."""


@dataclass(frozen=True, slots=True)
class WindowPlan:
    """What the window does when it comes up; without an opening it shows what there is to open."""

    opening: Opening | None = None
    is_asked: bool = True  # False for the last show: an engine that has one open already keeps it
    remember: bool = True  # False for the demo, which is no one's last show


class Launcher(Protocol):
    """Finds an engine or starts one."""

    def try_attach(self) -> Link | None:
        """A link, or None while an engine is still coming up: ask again soon. Raises :class:`LaunchError`."""
        ...

    @property
    def save_command(self) -> Sequence[str]:
        """What saves the show that is open in this engine, but for the file."""
        ...

    def leave(self, *, show_is_running: bool) -> None:
        """The window is closed for good."""
        ...


class StartedEngine:
    """An engine at a socket's path, started by ``command`` where none answers there. What it says goes to ``log``."""

    def __init__(self, command: Sequence[str], path: Path, log: Path, *, outlives: bool = True) -> None:
        """``outlives``: False for an engine that ends with its window in any case, as the demo's does."""
        self._command, self._path, self._log, self._outlives = tuple(command), path, log, outlives
        self._process: subprocess.Popen[bytes] | None = None

    def try_attach(self) -> Link | None:
        """A link, or None while the engine is still coming up."""
        if self._path.exists():
            try:
                return LinkClient.connect(self._path, timeout_s=ANSWER_S)
            except LinkError as error:
                if self._process is not None and self._process.poll() is None and "refused" in str(error):
                    raise LaunchError(str(error)) from None
        if self._process is None:
            self._start()
        elif self._process.poll() is not None:
            code, self._process = self._process.returncode, None
            raise LaunchError(f"the engine ended with code {code}: {self._last_words()}")
        return None

    @property
    def save_command(self) -> Sequence[str]:
        """``showcaller save``, told which engine."""
        return (sys.executable, "-m", "console.cli", "save", "--socket", str(self._path))

    def leave(self, *, show_is_running: bool) -> None:
        """End the engine we started, unless a show is running in it."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None or (show_is_running and self._outlives):
            return
        process.terminate()
        try:
            process.wait(END_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _start(self) -> None:
        try:
            self._log.parent.mkdir(parents=True, exist_ok=True)
            with self._log.open("wb") as log:
                self._process = subprocess.Popen(
                    self._command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,  # Ctrl+C in the terminal is for the window, not for a running show
                )
        except OSError as error:
            raise LaunchError(f"the engine cannot be started ({error.strerror}): {self._command[0]}") from None

    def _last_words(self) -> str:
        try:
            lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            lines = []
        return next((line for line in reversed(lines) if line.strip()), f"it said nothing; see {self._log}")
