"""Which numbers the picked cues get: the first, and the step to the next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from ui.dialogs.notes import live_note


class Renumber(QDialog):
    """``why_not`` is asked for each pair that is typed: words, or nothing where it can be done."""

    def __init__(
        self, first: str, count: int, why_not: Callable[[str, str], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Renumber cues")
        self._why_not = why_not
        self.first = QLineEdit(first, self)
        self.first.setAccessibleName("First number")
        self.step = QLineEdit("1" if "." not in first else "0." + "1".zfill(len(first.partition(".")[2])), self)
        self.step.setAccessibleName("Step")
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setMinimumWidth(340)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText(f"Renumber {count} cue{'s' if count != 1 else ''}")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow("First", self.first)
        form.addRow("Step", self.step)
        form.addRow(self.words)
        form.addRow(buttons)
        form.addRow(live_note(self))
        self.first.textChanged.connect(self._on_typed)
        self.step.textChanged.connect(self._on_typed)
        self.first.selectAll()
        self._on_typed()

    def _on_typed(self) -> None:
        words = self._why_not(self.first.text().strip(), self.step.text().strip())
        self.ok.setEnabled(not words)
        self.words.setText(words or "What points at these cues goes with them.")
