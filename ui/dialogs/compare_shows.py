"""Show menu: what another show file has otherwise than the show that is open, cue by cue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.plan.show_diff import WORDS, ShowDiff, compare_shows
from console.plan.show_diff_page import TITLES, compare_title, compare_to_html
from console.show.show import Show
from console.show.show_file import read_show
from console.show.show_json import ShowFileError
from ui.dialogs.notes import live_note
from ui.diff.table import DiffTable
from ui.diff.tiles import Tile, Tiles
from ui.opening_form import SHOW_FILES, ask_for_file
from ui.reckoning import Reckoning
from ui.save_buttons import SaveButtons
from ui.state.desk import Desk
from ui.state.diff_rows import BESIDES, show_rows
from ui.theme.colours import Theme

OPEN: str = "the show that is open"


@dataclass(frozen=True, slots=True)
class Compared:
    """Another show, and what the one that is open has otherwise."""

    name: str
    other: Show
    diff: ShowDiff


def compare_file(path: str, show: Show) -> Compared | str:
    """What the open show has otherwise than a file, or why that cannot be said."""
    try:
        other = read_show(Path(path)).show
    except ShowFileError as error:
        return str(error)
    return Compared(Path(path).name, other, compare_shows(other, show))


class CompareDialog(QDialog):
    """The file first, the open show after it; the cue of a picked row is picked in the window."""

    ask_for_file = staticmethod(ask_for_file)  # tests put an answer here

    def __init__(
        self, theme: Theme, show: Show, picked: Callable[[str | None], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Compare with another show file")
        self._show, self._picked = show, picked
        self.reckoning = Reckoning(self)
        self.reckoning.done.connect(self._on_compared)
        self.heading = QLabel(self)
        self.heading.setProperty("voice", "heading")
        self.another = QPushButton("Another file…", self)
        self.another.setAutoDefault(False)
        self.another.clicked.connect(self.ask)
        self.save = SaveButtons(("PDF", "HTML"), self)
        self.tiles = Tiles(theme, self)
        self.table = DiffTable(theme, self)
        self.tiles.weight_chosen.connect(self.table.show_weight)
        self.table.cue_picked.connect(self._on_cue_picked)
        close = QPushButton("Close", self)
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addWidget(self.another)
        head.addWidget(self.save, 1)
        foot = QHBoxLayout()
        foot.addWidget(live_note(self), 1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 10)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.tiles)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.resize(1180, 640)

    def ask(self) -> bool:
        """Choose a file and begin; False where nobody chose one."""
        path = self.ask_for_file(self, "Compare with", SHOW_FILES)
        if path is None:
            return False
        self.heading.setText(f"Reading {Path(path).name} …")
        self.reckoning.ask(partial(compare_file, path, self._show))
        return True

    def _on_compared(self, found: Compared | str) -> None:
        if isinstance(found, str):
            self.heading.setText("Not compared")
            self.tiles.show_tiles([])
            self.table.say(found)
            self.save.offer("", {})
            return
        diff = found.diff
        self.heading.setText(f"Since {found.name}")
        tiles = [Tile(kind, TITLES[kind], f"cues: {WORDS[kind]}", count) for kind, count in diff.counts().items()]
        tiles.append(Tile(BESIDES, "Besides", "items, songs, roles and the like", diff.others()))
        self.tiles.show_tiles(tiles)
        rows = show_rows(diff, found.other, self._show)
        self.table.show_rows(rows, self._show.departments, found.name, OPEN)
        items = {item.id: item.title for show in (found.other, self._show) for item in show.items}
        names = (found.name, OPEN)
        page = partial(compare_to_html, diff, names, items)
        self.save.offer(compare_title(diff, names), {"PDF": page, "HTML": page})

    def _on_cue_picked(self, cue: str | None) -> None:
        if cue is None or cue in self._show.cue_by_id:
            self._picked(cue)


def show_compare(parent: QWidget, theme: Theme, desk: Desk, picked: Callable[[str | None], object]) -> None:
    """Ask for a file, and show what is otherwise until it is closed."""
    if desk.show is None:
        return
    dialog = CompareDialog(theme, desk.show, picked, parent)
    if dialog.ask():
        dialog.exec()
    dialog.deleteLater()
