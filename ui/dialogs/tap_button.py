"""A button to tap a tempo on: by the mouse, or by Space while it has the focus.

Signals:
    tempo_tapped(object): a TappedTempo, with every tap from the third on.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from console.plan.tapping import last_run, taps_to_tempo
from ui.state.new_show import tap_words


class TapButton(QWidget):
    """Taps count as the button goes down; what they say stands beside it."""

    tempo_tapped = Signal(object)

    def __init__(self, now_ns: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now_ns = now_ns
        self._taps: tuple[int, ...] = ()
        self.beat_quarters = Fraction(1)
        self.button = QPushButton("Tap", self)
        self.button.setAccessibleName("Tap the tempo")
        self.button.setAutoDefault(False)
        self.button.setProperty("live", True)
        self.button.setMinimumWidth(96)
        self.button.pressed.connect(self._on_tapped)
        self.words = QLabel(tap_words(None, 0), self)
        self.words.setProperty("voice", "dim")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.button)
        row.addWidget(self.words, 1)

    def begin(self, beat_quarters: Fraction) -> None:
        """Another song: what was tapped is not for it."""
        self._taps, self.beat_quarters = (), beat_quarters
        self.words.setText(tap_words(None, 0))

    def _on_tapped(self) -> None:
        self._taps = last_run((*self._taps, self._now_ns()))
        tapped = taps_to_tempo(self._taps, self.beat_quarters)
        self.words.setText(tap_words(tapped, len(self._taps)))
        if tapped is not None:
            self.tempo_tapped.emit(tapped)
