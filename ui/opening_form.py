"""A show and a house side by side, and the button that opens them; shared by the welcome page and the open dialog.

Signals:
    chosen(object): an Opening.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.choice_list import ChoiceList
from ui.empty_words import EmptyWords
from ui.state.shelf import Opening, ShowCard, VenueCard, show_card
from ui.theme.colours import Theme
from ui.tick_box import TickBox

SHOW_FILES: Final = "Shows (*.json)"
VENUE_FILES: Final = "Venues (*.toml)"


def ask_for_file(parent: QWidget, title: str, files: str) -> str | None:
    """The path of a file, or None where nobody chose one.

    Qt's own dialog: that of the desktop keeps its keys to itself, and Esc is panic here too.
    """
    path, _ = QFileDialog.getOpenFileName(parent, title, "", files, "", QFileDialog.Option.DontUseNativeDialog)
    return path or None


class OpeningForm(QWidget):
    """Lists of what is known, and ways to a file that is not."""

    chosen = Signal(object)
    ask_for_file = staticmethod(ask_for_file)  # tests put an answer here

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, on_cancel: Callable[[], None] | None = None
    ) -> None:
        super().__init__(parent)
        self._last: dict[str, Opening] = {}  # how a show was opened the last time
        self._shows: list[ShowCard] = []
        self._venues: list[VenueCard] = []
        self.shows = ChoiceList("Shows", theme, self)
        self.venues = ChoiceList("Houses", theme, self)
        EmptyWords(self.shows, "No shows: Ctrl+N begins one")
        EmptyWords(self.venues, "No houses: choose a file")
        self.open_button = QPushButton("Open")
        self.open_button.setProperty("live", True)
        self.open_button.setProperty("primary", True)
        self.open_button.setDefault(True)
        self.open_button.setMinimumWidth(160)
        self.simulated = TickBox("Every device simulated", theme, self)
        self._consequence = QLabel("")
        self._consequence.setProperty("voice", "dim")
        self.simulated.toggled.connect(self._on_simulated)
        self.shows.currentRowChanged.connect(self._on_show_picked)
        self.venues.currentRowChanged.connect(self._on_venue_picked)
        self.shows.itemActivated.connect(self._on_opened)
        self.venues.itemActivated.connect(self._on_opened)
        self.open_button.clicked.connect(self._on_opened)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        self._other_show = QPushButton("Another show…")
        self._other_venue = QPushButton("Another house…")
        self._other_show.clicked.connect(self._on_other_show)
        self._other_venue.clicked.connect(self._on_other_venue)
        columns.addLayout(self._column("Show", self.shows, self._other_show), 1)
        columns.addLayout(self._column("House", self.venues, self._other_venue), 1)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self.simulated)
        foot.addWidget(self._consequence, 1)
        if on_cancel is not None:
            cancel = QPushButton("Cancel")
            cancel.setProperty("live", True)
            cancel.clicked.connect(on_cancel)
            foot.addWidget(cancel)
        foot.addWidget(self.open_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addLayout(columns, 1)
        layout.addLayout(foot)
        order = (self.shows, self._other_show, self.venues, self._other_venue, self.simulated, self.open_button)
        for before, behind in pairwise(order):
            self.setTabOrder(before, behind)

    @staticmethod
    def _column(title: str, choices: ChoiceList, other: QPushButton) -> QVBoxLayout:
        heading = QLabel(title)
        heading.setProperty("voice", "heading")
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(heading)
        column.addWidget(choices)
        column.addWidget(other, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return column

    def show_shelf(
        self, shows: tuple[ShowCard, ...], venues: tuple[VenueCard, ...], recent: tuple[Opening, ...]
    ) -> None:
        """What can be opened; what was opened last comes first and is picked."""
        self._last = {opening.show: opening for opening in reversed(recent)}
        known = {card.name: card for card in shows}
        last = recent[0] if recent else None
        for opening in reversed(recent):
            card = known.pop(opening.show, None) or show_card(Path(opening.show), opening.show)
            if card is not None:
                known = {opening.show: card, **known}
        self._shows, self._venues = list(known.values()), list(venues)
        if last is not None and all(card.name != last.venue for card in venues) and Path(last.venue).is_file():
            self._venues.insert(0, VenueCard(last.venue, Path(last.venue).stem, last.venue))
        self._fill(last.show if last else None, last.venue if last else None)
        if last is not None and last.simulated is not None and self.venues.chosen == last.venue:
            self.simulated.setChecked(last.simulated)

    def opening_words(self, opening: Opening) -> str:
        """What is being opened, by the titles of its cards."""
        show = next((card.title for card in self._shows if card.name == opening.show), Path(opening.show).stem)
        venue = next((card.title for card in self._venues if card.name == opening.venue), Path(opening.venue).stem)
        return f"Opening {show} in {venue}…"

    def _fill(self, show: str | None, venue: str | None) -> None:
        self.shows.show_choices([(card.name, card.title, self._show_words(card)) for card in self._shows], show)
        self.venues.show_choices([(card.name, card.title, card.words) for card in self._venues], venue)
        self.open_button.setEnabled(bool(self._shows and self._venues))

    def _show_words(self, card: ShowCard) -> str:
        """Where it was opened last, or that it is a sample, and what is in it."""
        last = self._last.get(card.name)
        if last is None:
            return f"sample · {card.words}" if card.ships else card.words
        house = next((each.title for each in self._venues if each.name == last.venue), Path(last.venue).stem)
        return f"last in {house} · {card.words}"

    def _on_show_picked(self, _row: int) -> None:
        """A show that was opened before is offered in the house it was in, as it was."""
        last = self._last.get(self.shows.chosen or "")
        if last is not None and any(card.name == last.venue for card in self._venues):
            self.venues.choose(last.venue)
            if last.simulated is not None:
                self.simulated.setChecked(last.simulated)

    def _on_opened(self) -> None:
        if self.shows.chosen is not None and self.venues.chosen is not None:
            self.chosen.emit(Opening(self.shows.chosen, self.venues.chosen, self.simulated.isChecked()))

    def _on_venue_picked(self, _row: int) -> None:
        """A house that ships stands somewhere else: what is sent to its addresses reaches nobody, or a stranger."""
        name = self.venues.chosen
        self.simulated.setChecked(any(card.ships for card in self._venues if card.name == name))
        self._on_simulated(self.simulated.isChecked())

    def _on_simulated(self, simulated: bool) -> None:
        words = "Nothing leaves this computer." if simulated else "Cues go out to the devices of the house."
        self._consequence.setText(words)

    def _on_other_show(self) -> None:
        path = self.ask_for_file(self, "Open a show", SHOW_FILES)
        if path is not None:
            card = show_card(Path(path), path) or ShowCard(path, Path(path).stem, path)
            self._shows = [card, *(each for each in self._shows if each.name != path)]
            self._fill(path, self.venues.chosen)

    def _on_other_venue(self) -> None:
        path = self.ask_for_file(self, "Open a house", VENUE_FILES)
        if path is not None:
            self._venues = [
                VenueCard(path, Path(path).stem, path),
                *(each for each in self._venues if each.name != path),
            ]
            self._fill(self.shows.chosen, path)
