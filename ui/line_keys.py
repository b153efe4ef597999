"""Lines that are held by hand: a key to keep down for a dead-man, one that stays down for enables and zones.

A held line is said to be high again and again, and goes low when the key comes up, when this program loses the
keyboard, when the window closes or hangs, and when the link is lost.
Signals:
    line_set(str, bool): a line and how it is to stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from console.vocabulary import LineState
from ui.state.hazards import line_words
from ui.theme.colours import Theme
from ui.theme.shapes import shape_icon
from ui.timers import repeating_timer

AGAIN_MS: Final = 100
"""A fifth of the shortest time a house lets a dead-man go unheard."""

WORDS: Final = {"enable": ("Enable", "Enabled"), "dead_man": ("Hold: D", "Held"), "zone_clear": ("Clear?", "Clear")}
"""What the key of a kind of line says while the line is low, and while it is high."""

KEY_PX: Final = 36


class LineKeys(QWidget):
    """A button for each line of the hazard in hand that may be held here; gone where there is none."""

    line_set = Signal(str, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: dict[str, LineState] = {}
        self.held: set[str] = set()
        self.buttons: dict[str, QPushButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._again = repeating_timer(self, AGAIN_MS, self._say_again)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.applicationStateChanged.connect(self._on_application_state_changed)
        self.setAccessibleName("Lines held by hand")
        self.hide()

    def show_lines(self, lines: Sequence[LineState]) -> None:
        """The lines of the hazard in hand. One that is no longer shown is let go."""
        known = {line.line: line for line in lines if line.by_hand and line.kind != "gauge"}
        if list(known) != list(self._lines):
            for line in self.held - known.keys():
                self.hold(line, held=False)
            self._lines = known
            self._build()
        self._lines = known
        for line, button in self.buttons.items():
            self._dress(button, known[line])

    def hold(self, line: str, *, held: bool) -> None:
        """Hold a line, or let it go."""
        if held == (line in self.held):
            return
        if held:
            self.held.add(line)
            self._again.start()
        else:
            self.held.discard(line)
            if not self.held:
                self._again.stop()
        button = self.buttons.get(line)
        if button is not None and button.isCheckable() and button.isChecked() != held:
            button.setChecked(held)
        self.line_set.emit(line, held)

    def hold_dead_man(self, *, held: bool) -> bool:
        """The key for the dead-man of the hazard in hand went down, or came up. False where there is none."""
        lines = [line.line for line in self._lines.values() if line.kind == "dead_man"]
        for line in lines:
            self.hold(line, held=held)
        return bool(lines)

    def let_go(self) -> None:
        """Every line goes low: nobody is here to hold it."""
        for line in sorted(self.held):
            self.hold(line, held=False)

    def forget(self) -> None:
        """The link is lost, and the engine has let them go: nothing is said, and nothing is held."""
        self.held.clear()
        self._again.stop()
        for button in self.buttons.values():
            button.setChecked(False)

    # ------------------------------------------------------------ inside

    def _build(self) -> None:
        for button in self.buttons.values():
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for line in self._lines.values():
            button = QPushButton(self)
            button.setObjectName(f"line:{line.line}")
            button.setFixedHeight(KEY_PX)
            button.setStyleSheet("padding: 0 2px;")  # three of them share the panel's width
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            if line.kind == "dead_man":
                button.pressed.connect(self._on_pressed)
                button.released.connect(self._on_released)
            else:
                button.setCheckable(True)
                button.setChecked(line.line in self.held)
                button.clicked.connect(self._on_clicked)
            self._row.addWidget(button)
            self.buttons[line.line] = button
        self.setVisible(bool(self.buttons))

    def _dress(self, button: QPushButton, line: LineState) -> None:
        """How the line stands, as word and shape; the name is in the tooltip and in the card."""
        word = WORDS[line.kind][line.high]
        if button.text() != f" {word}":
            button.setText(f" {word}")
            shade = self._theme.caution if line.high else self._theme.dim
            button.setIcon(shape_icon("tick" if line.high else "ring", shade, self._theme.faint))
            button.setProperty("state", "on" if line.high else "")
            button.style().unpolish(button)
            button.style().polish(button)
        words = line_words(line)
        if button.toolTip() != words:
            button.setToolTip(words)
            button.setAccessibleName(words)

    def _line_of_sender(self) -> str:
        return self.sender().objectName().removeprefix("line:")

    def _on_pressed(self) -> None:
        self.hold(self._line_of_sender(), held=True)

    def _on_released(self) -> None:
        self.hold(self._line_of_sender(), held=False)

    def _on_clicked(self, checked: bool) -> None:
        self.hold(self._line_of_sender(), held=checked)

    def _on_application_state_changed(self, state: Qt.ApplicationState) -> None:
        if state is not Qt.ApplicationState.ApplicationActive:
            self.hold_dead_man(held=False)

    def _say_again(self) -> None:
        for line in sorted(self.held):
            self.line_set.emit(line, True)
