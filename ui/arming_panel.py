"""Hazard cues that wait for their arms: who has said yes, who has not, and how long it counts.

Signals:
    arm_asked(str, str): cue and role of an arm button.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from console.vocabulary import ArmState
from ui.state.calls import name_of
from ui.state.desk import Desk
from ui.state.words import countdown_text
from ui.theme import fonts
from ui.theme.colours import Theme
from ui.theme.shapes import draw_shape, shape_icon
from ui.theme.text import RIGHT, write

ARM_PX = 18

_Key = tuple[str, tuple[str, ...], tuple[str, ...]]


class ArmingPanel(QFrame):
    """One card a cue; gone while nothing waits."""

    arm_asked = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards: list[_Card] = []
        self._keys: tuple[_Key, ...] = ()
        self.setAccessibleName("Arming")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self.hide()

    def show_now(self, desk: Desk, local_ns: int) -> None:
        """The arms as the engine has them."""
        armed = desk.snapshot.armed if desk.snapshot is not None else ()
        keys = tuple((state.cue, state.given, state.missing) for state in armed)
        if keys != self._keys:
            self._keys = keys
            self._rebuild(desk, armed)
        now_ns = desk.run_now_ns(local_ns)
        for card, state in zip(self._cards, armed, strict=True):
            card.show_left(None if state.expires_ns is None else state.expires_ns - now_ns)

    def _rebuild(self, desk: Desk, armed: tuple[ArmState, ...]) -> None:
        for card in self._cards:
            self._layout.removeWidget(card)
            card.deleteLater()
        self._cards = []
        for state in armed:
            card = _Card(desk, state, self._theme, self)
            card.arm_asked.connect(self.arm_asked)
            self._layout.addWidget(card)
            self._cards.append(card)
        self.setVisible(bool(armed))


class _Card(QFrame):
    """One hazard cue."""

    arm_asked = Signal(str, str)

    def __init__(self, desk: Desk, state: ArmState, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state = state
        self._left = ""
        cue = desk.show.cue_by_id.get(state.cue) if desk.show is not None else None
        self._name = state.cue if cue is None else f"{name_of(desk, cue)}  {cue.label}"
        self.setAccessibleName(f"{self._name}: {'armed' if not state.missing else 'not armed'}")
        row = QHBoxLayout(self)
        arms_px = 32 + ARM_PX * (len(state.given) + len(state.missing))
        row.setContentsMargins(10, arms_px + 4, 10, 10)
        row.setSpacing(8)
        pressable = [role for role in state.missing if cue is None or role in cue.arm]
        for role in pressable:
            button = QPushButton(f"Arm as {role}", self)
            button.setProperty("live", True)
            button.setIcon(shape_icon("lock", theme.text, theme.faint))
            button.setObjectName(f"arm:{state.cue}:{role}")
            button.setProperty("role", role)
            button.clicked.connect(self._on_clicked)
            row.addWidget(button)
        if not pressable:
            row.setContentsMargins(10, arms_px, 10, 4)

    def show_left(self, left_ns: int | None) -> None:
        """How long the arms given still count."""
        left = "" if left_ns is None else countdown_text(max(left_ns, 1))
        if left != self._left:
            self._left = left
            self.update()

    def _on_clicked(self) -> None:
        button = self.sender()
        if button is not None:
            self.arm_asked.emit(self._state.cue, str(button.property("role")))

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(340, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, state = self._theme, self._state
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.caution))
        painter.setBrush(QColor(theme.caution_fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        armed = not state.missing
        draw_shape(painter, "disc" if armed else "triangle", QRectF(12, 10, 14, 14), theme.caution)
        state_words = f"armed, {self._left} left" if armed else f"{self._left} left" if self._left else "not armed"
        left_px = write(painter, QRectF(0, 7, self.width() - 12, 20), state_words, fonts.medium(), theme.text, RIGHT)
        title = QRectF(34, 7, self.width() - 54 - left_px, 20)
        write(painter, title, self._name, fonts.strong(fonts.BODY_PX), theme.text)
        arms = (*((role, "tick") for role in state.given), *((role, "ring") for role in state.missing))
        for place, (words, shape) in enumerate(arms):
            top = 31 + place * ARM_PX
            shade = theme.text if shape == "tick" else theme.caution
            draw_shape(painter, shape, QRectF(14, top + 3, 11, 11), shade)
            said = f"{words}: {'given' if shape == 'tick' else 'waiting'}"
            write(painter, QRectF(34, top, self.width() - 46, ARM_PX), said, fonts.small(), shade)
        painter.end()
