"""The line that is walked now, large enough to be read from two metres: its name, what is sent, and what to press.

Signals:
    sent(str): Send it (again); the words typed for another command, empty for the harmless one.
    ticked(str): seen, not_seen or skipped.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from console.vocabulary import LineCard
from ui.state.line_check import LineWalk
from ui.theme import fonts
from ui.theme.colours import Theme
from ui.theme.shapes import shape_icon
from ui.theme.tones import tone_colour

NAME_PX: Final = 34
BUTTONS: Final = (("seen", "Seen", "Y"), ("not_seen", "Not seen", "N"), ("skipped", "Skip", "S"))


class WalkCard(QFrame):
    """Shows one card of the walk."""

    sent = Signal(str)
    ticked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("panel", True)
        self.place = self._label("caption")
        self.name = self._label("", fonts.strong_display(NAME_PX))
        self.where = self._label("dim")
        self.sends = self._label("", fonts.strong())
        self.wire = self._label("dim", fonts.small())
        self.see = self._label("dim")
        self.state_icon = QLabel(self)
        self.state = self._label("", fonts.strong(fonts.TITLE_PX))
        self.note = self._field("Note for the tick", "Note: what was seen, or what is missing")
        self.other = self._field("Another command", "Another command, such as timer.message text=HELLO")
        self.other.returnPressed.connect(lambda: self.sent.emit(self.other.text().strip()))
        self.send = self._button("Send  ⏎", "Send it, again")
        self.send.setProperty("primary", True)
        self.send.clicked.connect(lambda: self.sent.emit(""))
        self.buttons = {result: self._button(f"{word}  {key}", word) for result, word, key in BUTTONS}
        for result, button in self.buttons.items():
            button.clicked.connect(partial(self.ticked.emit, result))
        self._lay_out()

    def show_card(self, walk: LineWalk, card: LineCard | None) -> None:
        """Another line, or the same with news."""
        if card is None:
            self.name.setText("No lines to walk")
            for label in (self.place, self.where, self.sends, self.wire, self.see, self.state):
                label.clear()
            self.state_icon.clear()
            for each in (self.send, *self.buttons.values(), self.note, self.other):
                each.setEnabled(False)
            return
        lines = [each.line for each in walk.cards]
        department = card.department or "House"
        self.place.setText(f"{lines.index(card.line) + 1} of {len(lines)}  ·  {department}")
        self.name.setText(card.name)
        known = (card.line if card.line != card.name else "", card.role, card.duty, card.profile, card.address)
        self.where.setText(" · ".join(filter(None, known)))
        self.sends.setText(f"Sends  {card.sends}" if card.sends else _why_nothing(card))
        self.wire.setText("\n".join(_grouped(packet) for packet in card.wire))
        self.see.setText(f"Look for: {card.see}" if card.see else "")
        mark = walk.mark(card)
        colour = tone_colour(mark.tone, self._theme)
        self.state_icon.setPixmap(shape_icon(mark.shape, colour, colour, 22).pixmap(22, 22))
        self.state.setText("  ".join(filter(None, (mark.word, walk.detail(card)))))
        self.state.setStyleSheet(f"color: {colour}")
        self.send.setEnabled(bool(card.sends))
        self.other.setEnabled(card.device and not card.hazard)
        for each in (*self.buttons.values(), self.note):
            each.setEnabled(True)

    def take_note(self) -> str:
        """What was typed as a note; the field is empty afterwards."""
        note = self.note.text().strip()
        self.note.clear()
        return note

    # ------------------------------------------------------------ inside

    def _lay_out(self) -> None:
        state = QHBoxLayout()
        state.setSpacing(10)
        state.addWidget(self.state_icon)
        state.addWidget(self.state, 1)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        for button in (self.send, *self.buttons.values()):
            keys.addWidget(button, 1)
        fields = QGridLayout()
        fields.setHorizontalSpacing(8)
        fields.addWidget(self.note, 0, 0)
        fields.addWidget(self.other, 0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 14, 20, 16)
        layout.setSpacing(6)
        for widget in (self.place, self.name, self.where):
            layout.addWidget(widget)
        layout.addSpacing(10)
        for widget in (self.sends, self.wire, self.see):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addLayout(state)
        layout.addSpacing(8)
        layout.addLayout(fields)
        layout.addLayout(keys)

    def _label(self, voice: str, font: object = None) -> QLabel:
        label = QLabel(self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        if voice:
            label.setProperty("voice", voice)
        if font is not None:
            label.setFont(font)  # type: ignore[arg-type]
        return label

    def _field(self, name: str, words: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setAccessibleName(name)
        field.setPlaceholderText(words)
        return field

    def _button(self, words: str, name: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setAccessibleName(name)
        button.setProperty("live", True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys stay with the list
        return button


def _why_nothing(card: LineCard) -> str:
    if card.hazard:
        return f"Nothing is sent from here: {card.hazard} is a hazard, and its own crew checks it"
    return "Nothing is sent: go and look" if not card.device else "Nothing harmless is known for it: choose a command"


def _grouped(packet: str) -> str:
    """Bytes in fours, so that a person can count them."""
    octets = packet.split()
    return "   ".join(" ".join(octets[place : place + 4]) for place in range(0, len(octets), 4))
