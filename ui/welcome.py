"""The page that stands while nothing is open: what there is to open, and what went wrong when it was tried.

Signals:
    action_asked(str): the id of an action that begins something else.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.opening_form import OpeningForm
from ui.state.shelf import Opening
from ui.theme import fonts
from ui.theme.colours import Theme, hue_to_tint

_CHOOSE = "Choose a show and the house it plays in tonight."
_KEYS = "Arrows choose, Tab moves on, Enter opens; F1 helps, Shift+F1 shows every key."


class WelcomePage(QWidget):
    """Centred, whatever the window's size. While something is being opened it says so, and the form is gone."""

    action_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = OpeningForm(theme, self)
        self.begin = {
            "show.new": QPushButton("New show…", self),
            "help.pages": QPushButton("First steps", self),
        }
        for action_id, button in self.begin.items():
            button.clicked.connect(partial(self.action_asked.emit, action_id))
        self._words = QLabel("")
        self._words.setProperty("voice", "caution")
        self._words.setWordWrap(True)
        self._words.setContentsMargins(0, 0, 0, 18)
        self._words.hide()
        title = QLabel("Showcaller")
        title.setFont(fonts.strong_display(34))
        title.setStyleSheet("font-size: 34px; font-weight: 600;")
        self._second = QLabel(_CHOOSE)
        self._second.setProperty("voice", "dim")
        self._keys = QLabel(_KEYS)
        self._keys.setProperty("voice", "caption")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._second, 1)
        for button in self.begin.values():
            head.addWidget(button)
        body = QVBoxLayout()
        body.setSpacing(6)
        body.addStretch(2)
        body.addWidget(_Banner(theme, self))
        body.addSpacing(10)
        body.addWidget(title)
        body.addLayout(head)
        body.addSpacing(18)
        body.addWidget(self._words)
        body.addWidget(self.form)
        body.addSpacing(14)
        body.addWidget(self._keys)
        body.addStretch(3)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 24, 32, 24)
        row.addStretch(1)
        row.addLayout(body, 6)
        row.addStretch(1)

    def show_words(self, words: str) -> None:
        """Why the last try did not open; empty takes it away. Either way there is a choice again."""
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.show_opening(None)

    def show_opening(self, opening: Opening | None) -> None:
        """This is being opened; None: nothing is, choose."""
        self._second.setText(_CHOOSE if opening is None else self.form.opening_words(opening))
        if opening is not None:
            self._words.hide()
        for part in (self.form, self._keys, *self.begin.values()):
            part.setVisible(opening is None)
        if opening is None and self.isVisible():
            self.form.shows.setFocus()

    # ------------------------------------------------------------ Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.form.shows.setFocus()


class _Banner(QWidget):
    """A strip of clips and a playhead: what the console is about, in its own drawing."""

    _CLIPS = (
        (0, 0, 90, 250),
        (0, 130, 60, 250),
        (1, 40, 150, 305),
        (1, 210, 44, 305),
        (2, 10, 56, 150),
        (2, 84, 56, 150),
        (2, 158, 56, 150),
        (2, 232, 40, 150),
    )

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(50)

    def sizeHint(self) -> QSize:
        return QSize(300, 50)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for lane, x, width, hue in self._CLIPS:
            tint = hue_to_tint(hue, self._theme)
            top = 3 + lane * 15
            painter.fillRect(QRectF(x, top, width, 12), QColor(tint.fill))
            painter.fillRect(QRectF(x, top, 2, 12), QColor(tint.edge))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(QRectF(121, 0, 2, 50), QColor(self._theme.bright))
        painter.end()
