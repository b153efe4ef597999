"""Unlocking the console: a word typed, or a button held; neither happens to an elbow."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.dialogs.notes import live_note
from ui.state.lock import WORD, is_unlocking
from ui.timers import once_timer

HOLD_MS: Final = 1500


class Unlock(QDialog):
    """Accepted when it is meant."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Unlock the console")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = QLabel(f"Type “{WORD}” and press Return, or hold the button. What is live goes on meanwhile.", self)
        words.setWordWrap(True)
        self.line = QLineEdit(self)
        self.line.setAccessibleName(f"Type {WORD}")
        self.line.setPlaceholderText(WORD)
        self.line.returnPressed.connect(self._on_return)
        self.button = QPushButton("Hold to unlock", self)
        self.button.setProperty("live", True)
        self.button.setAutoDefault(False)
        self._held = once_timer(self, HOLD_MS, self.accept)
        self.button.pressed.connect(self._held.start)
        self.button.released.connect(self._held.stop)
        self.said = QLabel("", self)
        self.said.setProperty("voice", "caution")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        for widget in (words, self.line, self.said, self.button, live_note(self)):
            layout.addWidget(widget)
        self.setMinimumWidth(440)
        self.finished.connect(self._held.stop)

    def _on_return(self) -> None:
        if is_unlocking(self.line.text()):
            self.accept()
        else:
            self.said.setText(f"Still locked: that is not “{WORD}”")
