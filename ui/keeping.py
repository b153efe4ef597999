"""Keeps the show: saves it where it belongs, and a copy now and then, for the day on which nobody could.

The copy lies beside the user's other state, one for each show, and goes when the show is saved. It is taken only
while nothing rolls: then the journal of the run has every edit.

Signals:
    told(str, bool): words for the operator, and whether all is well.
    saved(object): the Path that the operator saved in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from ui.saver import Saver
from ui.state.desk import Desk
from ui.timers import repeating_timer

COPY_MS: Final = 30_000


class Keeping(QObject):
    """One desk's show and its files."""

    told = Signal(str, bool)
    saved = Signal(object)

    def __init__(self, desk: Desk, saver: Saver, copies: Path | None, parent: QObject | None = None) -> None:
        """``copies``: the folder for copies of what is not saved; None keeps none."""
        super().__init__(parent)
        self._desk, self._saver, self._copies = desk, saver, copies
        self._copied: tuple[str, int] | None = None
        self._saving: Path | None = None
        self._is_copy = False
        saver.ended.connect(self._on_ended)
        self.timer = repeating_timer(self, COPY_MS, self.copy)
        if copies is not None:
            self.timer.start()

    def save(self, file: Path | None) -> None:
        """Save there; None: in the show's own file."""
        if self._saver.is_busy:
            self._saver.wait()
        self._is_copy = False
        self._saving = file or Path(self._desk.show_file)
        self._saver.save(file, self._desk.by)

    def copy(self) -> None:
        """Keep a copy of what is not saved, once for each change, and only while nothing rolls."""
        desk = self._desk
        head = desk.snapshot.playhead.state if desk.snapshot is not None else "rolling"
        file = self._file()
        if file is None or desk.show is None or not desk.is_unsaved or head == "rolling" or self._saver.is_busy:
            return
        mark = (desk.show.id, desk.revision)
        if mark != self._copied:
            self._copied, self._is_copy = mark, True
            file.parent.mkdir(parents=True, exist_ok=True)
            self._saver.keep_copy(file)

    def forget(self) -> None:
        """What is not saved may go."""
        self._saver.wait()
        self._drop_copy()

    def left_over(self) -> Path | None:
        """A copy from another day of the show that is open now; None where there is none."""
        file = self._file()
        return file if file is not None and self._copied is None and file.exists() else None

    def _file(self) -> Path | None:
        show = self._desk.show
        return self._copies / f"{show.id}.json" if self._copies is not None and show is not None else None

    def _drop_copy(self) -> None:
        file = self._file()
        if file is not None:
            file.unlink(missing_ok=True)

    def _on_ended(self, words: str, well: bool) -> None:
        if self._is_copy:
            if not well:
                self._copied = None
                self.told.emit(f"No copy could be kept of what is not saved: {words}", False)
            return
        if not well:
            self.told.emit(f"Not saved: {words}", False)
        elif self._saving is not None:
            self._drop_copy()
            self.saved.emit(self._saving)
