"""The library and what is looked for in it: words, vendor, department, verb."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from console.vocabulary import ProfileCard, ProfileList
from ui.empty_words import EmptyWords
from ui.row_table import RowTable
from ui.state.profile_rows import TITLES, Wanted, profile_rows
from ui.theme.colours import Theme

_WIDTHS: Final = {0: 92, 2: 46, 3: 92}
_PRODUCT_COLUMN: Final = 1


class SearchPanel(QFrame):
    """Narrows as one types; nothing is asked of anybody for it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setMinimumWidth(330)
        self._cards: tuple[ProfileCard, ...] = ()
        self._folder = ""
        self.heading = QLabel("Profiles", self)
        self.heading.setProperty("voice", "heading")
        self.text = QLineEdit(self)
        self.text.setPlaceholderText("Search: make, product, verb …")
        self.text.setAccessibleName("Search profiles")
        self.text.setClearButtonEnabled(True)
        self.vendor = self._combo("Vendor")
        self.department = self._combo("Dept")
        self.verb = self._combo("Verb")
        self.table = RowTable("Profiles", TITLES, _WIDTHS, _PRODUCT_COLUMN, theme, self)
        EmptyWords(self.table, "No profile fits: take words or choices away; showcaller profiles new writes one")
        self.words = QLabel("", self)
        self.words.setProperty("voice", "dim")
        self.words.setWordWrap(True)
        filters = QHBoxLayout()
        filters.setSpacing(4)
        for combo in (self.vendor, self.department, self.verb):
            filters.addWidget(combo, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 6)
        layout.setSpacing(6)
        layout.addWidget(self.heading)
        layout.addWidget(self.text)
        layout.addLayout(filters)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.words)
        self.text.textChanged.connect(self._on_wanted_changed)
        for combo in (self.vendor, self.department, self.verb):
            combo.currentIndexChanged.connect(self._on_wanted_changed)

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setAccessibleName(name)
        combo.addItem(f"Any {name.lower()}", "")
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(6)
        return combo

    @property
    def wanted(self) -> Wanted:
        """What is looked for."""
        return Wanted(
            self.text.text(),
            self.vendor.currentData() or "",
            self.department.currentData() or "",
            self.verb.currentData() or "",
        )

    def card(self, profile: str | None) -> ProfileCard | None:
        """A profile's card by its id."""
        return next((card for card in self._cards if card.id == profile), None)

    def show_list(self, found: ProfileList) -> None:
        """The library; the first of what fits is picked where nothing is."""
        self._cards, self._folder = found.cards, found.folder
        _fill(self.vendor, {card.vendor for card in found.cards})
        _fill(self.department, {card.department for card in found.cards})
        _fill(self.verb, {name for card in found.cards for name in (*card.verbs, *card.commands)})
        self._show_rows()
        if self.table.picked is None:
            self.table.pick(self.table.rows.key_at(0))

    def show_words(self, words: str) -> None:
        """Why there is no library."""
        self.words.setText(words)

    def _on_wanted_changed(self) -> None:
        self._show_rows()

    def _show_rows(self) -> None:
        rows = profile_rows(self._cards, self.wanted)
        self.table.show_rows(rows)
        self.heading.setText(f"Profiles  {len(rows)} of {len(self._cards)}")
        faulty = sum(not card.tier for card in self._cards)
        own = f"Your own: {self._folder}" if self._folder else ""
        self.words.setText(f"{faulty} with faults. {own}" if faulty else own)


def _fill(combo: QComboBox, names: Iterable[str]) -> None:
    """The names that there are, keeping what is chosen."""
    chosen = combo.currentData()
    combo.blockSignals(True)
    while combo.count() > 1:
        combo.removeItem(1)
    for name in sorted(filter(None, names)):
        combo.addItem(name, name)
    combo.setCurrentIndex(max(combo.findData(chosen), 0))
    combo.blockSignals(False)
