"""The device library: what fits a search at the left, what the picked profile says, and a command of it to try."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from console.vocabulary import Finding, Inquiry, ListProfiles, OpenProfile, ProfileList, ProfilePage, TryCommand
from ui.empty_words import EmptyWords
from ui.pages.page import Page
from ui.pages.profiles.search_panel import SearchPanel
from ui.pages.profiles.try_panel import TryPanel
from ui.reading_pane import ReadingPane
from ui.row_table import RowTable
from ui.state.blocks import Block
from ui.state.desk import Desk
from ui.state.profile_rows import ABILITY_TITLES, ability_rows, fault_blocks, profile_blocks
from ui.theme.colours import Theme

_ABILITY_WIDTHS: Final = {0: 130, 2: 168}
_ARGS_COLUMN: Final = 1


class ProfilesPage(Page):
    """Lists the library each time it is turned to: somebody may be writing a profile beside it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._profile: str | None = None
        self._page: ProfilePage | None = None
        self.search = SearchPanel(theme, self)
        self.about = ReadingPane("About the profile", theme, self)
        self.abilities = RowTable("Verbs and commands", ABILITY_TITLES, _ABILITY_WIDTHS, _ARGS_COLUMN, theme, self)
        EmptyWords(self.abilities, "Pick a profile: what it understands stands here")
        self.trial = TryPanel(theme, self)
        middle = QSplitter(Qt.Orientation.Vertical, self)
        middle.setChildrenCollapsible(False)
        middle.addWidget(self.about)
        middle.addWidget(self.abilities)
        middle.setSizes([230, 220])
        framed = QFrame(self)
        framed.setProperty("panel", True)
        inner = QVBoxLayout(framed)
        inner.setContentsMargins(2, 4, 2, 2)
        inner.addWidget(middle)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(6)
        for part, size in ((self.search, 430), (framed, 440), (self.trial, 400)):
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, size)
        split.setSizes([430, 440, 400])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        self.hand_focus_to(self.search.table)  # not the text: Space goes on pressing
        self.search.table.key_picked.connect(self._on_profile_picked)
        self.abilities.key_picked.connect(self._on_ability_picked)
        self.trial.trial_asked.connect(self.inquiry_made)
        self._listed = False

    def show_snapshot(self, desk: Desk, local_ns: int) -> None:
        """The library does not follow the show: it is asked for when it is turned to, and never again by itself."""
        del desk, local_ns
        if not self._listed:
            self._listed = True
            self.inquiry_made.emit(ListProfiles())

    def hideEvent(self, event: object) -> None:
        self._listed = False  # looked at anew the next time
        super().hideEvent(event)  # type: ignore[arg-type]

    def take_finding(self, inquiry: Inquiry, finding: Finding | None, words: str) -> None:
        """The library, a profile, or what came of a trial."""
        match inquiry, finding:
            case ListProfiles(), ProfileList():
                self.search.show_list(finding)
                if self._profile is not None and self._page is None:
                    self._show_card()
            case ListProfiles(), _:
                self.search.show_words(words)
            case OpenProfile(profile=profile), _ if profile == self._profile:
                self._show_page(finding if isinstance(finding, ProfilePage) else None, words)
            case TryCommand(), _:
                self.trial.take_finding(inquiry, finding, words)

    # ------------------------------------------------------------ inside

    def _on_profile_picked(self, profile: str | None) -> None:
        self._profile, self._page = profile, None
        card = self.search.card(profile)
        if card is None or not card.tier:
            self._show_card()
        elif profile is not None:
            self.inquiry_made.emit(OpenProfile(profile=profile))

    def _show_card(self) -> None:
        """One that cannot be used: what is wrong with it, line by line."""
        card = self.search.card(self._profile)
        blocks = (
            [] if card is None else [Block("title", card.id), Block("fact", card.file, "File"), *fault_blocks(card)]
        )
        self.about.show_blocks(blocks)
        self.abilities.show_rows(())
        self.trial.show_ability("", None)

    def _show_page(self, page: ProfilePage | None, words: str) -> None:
        self._page = page
        if page is None:
            self.about.show_blocks([Block("caution", words)])
            return
        self.about.show_blocks(profile_blocks(page))
        self.abilities.pick(None)
        self.abilities.show_rows(ability_rows(page))
        self.abilities.pick(self.abilities.rows.key_at(0))

    def _on_ability_picked(self, name: str | None) -> None:
        page = self._page
        ability = next((each for each in page.abilities if each.name == name), None) if page is not None else None
        self.trial.show_ability(page.card.id if page is not None else "", ability)
