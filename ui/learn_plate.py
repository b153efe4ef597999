"""The plate of a pad that is being learnt: waits for it, then shows what came in and the lines that bind it.

Signals:
    again_asked(): wait for another message.
    put_away(): it has been read.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.state.learning import LearnFace
from ui.theme.colours import Theme


class LearnPlate(QFrame):
    """Gone while nobody learns. Takes no focus, so that Space stays GO."""

    again_asked = Signal()
    put_away = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face: LearnFace | None = None
        self.setObjectName("learn")
        self.setStyleSheet(
            f"#learn {{ background: {theme.raised}; border: 1px solid {theme.line}; border-radius: 8px; }}"
        )
        self.setAccessibleName("Learn a pad")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.heading = QLabel(self)
        self.heading.setProperty("voice", "heading")
        self.words = QLabel(self)
        self.words.setProperty("voice", "dim")
        self.lines = QLabel(self)
        self.lines.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.copy_button = self._button("Copy", self._copy)
        self.again_button = self._button("Again", lambda: self.again_asked.emit())
        self.close_button = self._button("Close", lambda: self.put_away.emit())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(6)
        for label in (self.heading, self.words, self.lines):
            label.setWordWrap(label is not self.lines)
            label.setTextFormat(Qt.TextFormat.PlainText)  # what a stranger sends is text and nothing else
            layout.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in (self.copy_button, self.again_button, self.close_button):
            row.addWidget(button)
        layout.addLayout(row)
        self.hide()

    def show_face(self, face: LearnFace | None) -> None:
        """What there is to say now."""
        if face == self._face:
            return
        self._face = face
        self.setVisible(face is not None)
        if face is None:
            return
        self.heading.setText(face.heading)
        self.words.setText(face.words)
        self.lines.setText(face.lines.rstrip())
        self.lines.setVisible(bool(face.lines))
        self.copy_button.setVisible(bool(face.lines))
        self.again_button.setVisible(not face.waits)
        self.setAccessibleDescription(f"{face.heading}. {face.words}")

    def _copy(self) -> None:
        if self._face is not None:
            QApplication.clipboard().setText(self._face.lines)

    def _button(self, text: str, pressed: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: pressed())
        return button
