"""Learned latency: what each device of the house needs, measured or timed by hand, and adopting it into the house.

Signals:
    adopted(object): the devices whose offers are to be written into the house.
    measured_asked(): what the engine has measured is wanted anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from console.plan.latencies import Latency, TryError, entered, text_to_tries
from profiles.venue_profile import Venue
from ui.dialogs.notes import live_note
from ui.empty_words import EmptyWords
from ui.row_table import RowTable
from ui.state.latencies import TITLES, adoptable, latency_rows
from ui.theme.colours import Theme

_WIDTHS: Final = {0: 96, 1: 120, 2: 150, 3: 84, 4: 110, 5: 52}
_WHAT_COLUMN: Final = 6
SIZE_PX: Final = (980, 560)
HINT: Final = "42, 40.5, 3f: milliseconds, or frames of this house, of each flash or clap"


class LatencyDialog(QDialog):
    """``tries`` are kept for as long as it stands; what was measured comes in by ``show_house``."""

    adopted = Signal(object)
    measured_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Learned latency")
        self.resize(*SIZE_PX)
        self._rate = ""
        self._measured: Mapping[str, Latency] = {}
        self._tries: dict[str, Latency] = {}
        self._house: tuple[Venue, Mapping[str, float]] | None = None
        self.told = QLabel("", self)
        self.told.setWordWrap(True)
        self.told.setProperty("voice", "dim")
        self.table = RowTable("Latencies of the house", TITLES, _WIDTHS, _WHAT_COLUMN, theme, self)
        EmptyWords(self.table, "No device of this house is timed: add devices to the house first")
        self.table.key_picked.connect(self._on_picked)
        self.line = QLineEdit(self)
        self.line.setAccessibleName("Tries of a flash or clap test")
        self.line.setPlaceholderText(HINT)
        self.line.returnPressed.connect(self._on_tried)
        self.words = QLabel("", self)
        self.words.setProperty("voice", "stop")
        self.words.setWordWrap(True)
        self.try_button = self._button("Offer these tries", self._on_tried)
        self.again_button = self._button("Measure again", self.measured_asked.emit)
        self.one_button = self._button("Adopt this", self._on_one)
        self.all_button = self._button("Adopt all that acts or was timed", self._on_all)
        close = self._button("Close", self.accept)
        entry = QHBoxLayout()
        entry.addWidget(self.line, 1)
        entry.addWidget(self.try_button)
        foot = QHBoxLayout()
        foot.addWidget(live_note(self), 1)
        for button in (self.again_button, self.one_button, self.all_button, close):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(10)
        layout.addWidget(self.told)
        layout.addWidget(self.table, 1)
        layout.addLayout(entry)
        layout.addWidget(self.words)
        layout.addLayout(foot)
        self.table.setFocus()

    def _button(self, words: str, on_clicked: object) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)  # Return in the line offers its tries, and adopts nothing
        button.clicked.connect(lambda: on_clicked())  # type: ignore[operator]
        return button

    def show_house(
        self,
        venue: Venue,
        by_profile_ms: Mapping[str, float],
        measured: Mapping[str, Latency],
        *,
        is_loaded: bool,
        why_not: str,
    ) -> None:
        """The house as it is being edited. ``measured`` counts where it is the one that is open; ``why_not`` edited."""
        self._rate, self._measured = venue.rate, measured if is_loaded else {}
        self._house = (venue, by_profile_ms)
        here = "measured while the show was open here, from echoes and answers"
        away = "is not the house that is open: only tries by hand can be offered"
        told = f"{venue.name}: {here if is_loaded else away}. Nothing is adopted by itself; Undo takes it back."
        self.told.setText(told)
        self.again_button.setEnabled(is_loaded)
        self._why_not = why_not
        self._show()

    @property
    def offers(self) -> dict[str, Latency]:
        """What is offered for each device."""
        return {**self._measured, **self._tries}

    def _show(self) -> None:
        if self._house is None:
            return
        self.table.show_rows(latency_rows(*self._house, self.offers))
        self._show_buttons()

    def _show_buttons(self) -> None:
        picked, offers = self.table.picked, self.offers
        self.one_button.setEnabled(picked in offers and not self._why_not)
        self.one_button.setText(f"Adopt {offers[picked].spread.median:.1f} ms" if picked in offers else "Adopt this")
        self.all_button.setEnabled(bool(adoptable(offers)) and not self._why_not)
        for button in (self.one_button, self.all_button):
            button.setToolTip(self._why_not)
        self.try_button.setEnabled(picked is not None)

    def _on_picked(self, _key: str | None) -> None:
        self.words.setText("")
        self._show_buttons()

    def _on_tried(self) -> None:
        device = self.table.picked
        if device is None:
            self.words.setText("✕ pick the device that was timed first")
            return
        try:
            found = entered(text_to_tries(self.line.text(), self._rate))
        except TryError as error:
            self.words.setText(f"✕ {error}")
            return
        self.words.setText("" if found is not None else "✕ write what was timed: 42, 40.5 or 3f")
        if found is not None:
            self._tries[device] = found
            self.line.clear()
            self._show()

    def _on_one(self) -> None:
        self.adopted.emit([self.table.picked])

    def _on_all(self) -> None:
        self.adopted.emit(sorted(adoptable(self.offers)))
