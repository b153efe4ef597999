"""F4: what another house changes, cue by cue. Two houses to choose, tiles that sum it up, the table, and paper."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.plan.venue_diff import VenueDiff
from console.plan.venue_diff_page import MEANINGS, TITLES, UNTOUCHED, diff_to_html
from ui.diff.table import DiffTable
from ui.diff.tiles import Tile, Tiles
from ui.opening_form import VENUE_FILES, ask_for_file
from ui.pages.page import Page
from ui.picker import Picker
from ui.reckoning import Reckoning
from ui.save_buttons import SaveButtons
from ui.state.desk import Desk
from ui.state.diff_rows import venue_rows
from ui.state.houses import diff_houses, user_folders
from ui.state.shelf import VenueCard, venue_cards
from ui.theme.colours import Theme

_ANOTHER: Final = "\0another"  # no file has such a name


class HousesDiffPage(Page):
    """Reckoned beside the window's thread, anew for each choice and each edit; the cue of a picked row is picked."""

    ask_for_file = staticmethod(ask_for_file)  # tests put an answer here

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._desk: Desk | None = None
        self._stale = True
        self._cards: list[VenueCard] = []
        self.reckoning = Reckoning(self)
        self.reckoning.done.connect(self._on_reckoned)
        self.before, self.after = self._picker("From house"), self._picker("To house")
        self.swap = QPushButton("⇄", self)
        self.swap.setAccessibleName("The other way round")
        self.swap.setToolTip("The other way round")
        self.swap.clicked.connect(self._on_swapped)
        self.save = SaveButtons(("PDF", "HTML"), self)
        title = QLabel("Taking this show from", self)
        title.setProperty("voice", "heading")
        to = QLabel("to", self)
        to.setProperty("voice", "heading")
        choice = QHBoxLayout()
        choice.setSpacing(10)
        for widget in (title, self.before, to, self.after, self.swap):
            choice.addWidget(widget)
        choice.addWidget(self.save, 1)
        self.tiles = Tiles(theme, self)
        self.table = DiffTable(theme, self)
        self.tiles.weight_chosen.connect(self.table.show_weight)
        self.table.cue_picked.connect(self.cue_picked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(choice)
        layout.addWidget(self.tiles)
        layout.addWidget(self.table, 1)
        self.hand_focus_to(self.table.table)

    def _picker(self, name: str) -> Picker:
        combo = Picker(name, self.theme, self)
        combo.setMinimumWidth(220)
        combo.activated.connect(partial(self._on_house_chosen, combo))
        return combo

    # ------------------------------------------------------------ what arrives

    def show_show(self, desk: Desk) -> None:
        self._desk, self._stale = desk, True
        if not self._cards or self.before.count() == 0:
            self._cards = list(venue_cards(user_folders().venues))
            self._fill(self._loaded(desk))

    def show_snapshot(self, desk: Desk, local_ns: int) -> None:
        if self._stale:
            self.reckon()

    def reckon(self) -> None:
        """Begin to reckon what is chosen now."""
        self._stale = False
        desk, before, after = self._desk, self.before.currentData(), self.after.currentData()
        if desk is None or desk.show is None or desk.schedule is None or before is None or after is None:
            self._say("There is no show to compare two houses for")
            return
        self.reckoning.ask(partial(diff_houses, desk.show, desk.schedule, before, after, user_folders()))

    # ------------------------------------------------------------ inside

    def _loaded(self, desk: Desk) -> str | None:
        return next((card.name for card in self._cards if card.title == desk.venue), None)

    def _fill(self, before: str | None, after: str | None = None) -> None:
        """The houses to choose from; ``after`` None: the first that is not ``before``."""
        names = [card.name for card in self._cards]
        before = before if before in names else next(iter(names), None)
        after = after or next((name for name in names if name != before), before)
        for combo, chosen in ((self.before, before), (self.after, after)):
            combo.clear()
            for card in self._cards:
                combo.addItem(card.title, card.name)
            combo.addItem("Another house…", _ANOTHER)
            combo.setCurrentIndex(combo.findData(chosen))

    def _on_house_chosen(self, combo: Picker, _place: int) -> None:
        if combo.currentData() == _ANOTHER:
            other = self.after if combo is self.before else self.before
            path = self.ask_for_file(self, "Another house", VENUE_FILES)
            if path is not None and all(card.name != path for card in self._cards):
                self._cards.append(VenueCard(path, Path(path).stem, path))
            chosen = path or self._cards[0].name
            pair = (chosen, other.currentData()) if combo is self.before else (other.currentData(), chosen)
            self._fill(*pair)
        self.reckon()

    def _on_swapped(self) -> None:
        self._fill(self.after.currentData(), self.before.currentData())
        self.reckon()

    def _on_reckoned(self, found: VenueDiff | str) -> None:
        desk = self._desk
        if isinstance(found, str) or desk is None or desk.show is None:
            self._say(found if isinstance(found, str) else "")
            return
        figures = [Tile(weight, TITLES[weight], MEANINGS[weight], count) for weight, count in found.weighed().items()]
        figures.append(Tile(None, UNTOUCHED, "sent there exactly as here", found.untouched()))
        self.tiles.show_tiles(figures)
        self.table.show_rows(venue_rows(found, desk.show), desk.show.departments, found.before, found.after)
        titles = {item.id: item.title for item in desk.show.items}
        page = partial(diff_to_html, found, titles)
        self.save.offer(f"{found.show}: {found.before} to {found.after}", {"PDF": page, "HTML": page})

    def _say(self, words: str) -> None:
        self.tiles.show_tiles([])
        self.table.say(words)
        self.save.offer("", {})
