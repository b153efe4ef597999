"""Hazard cues that wait for their arms: who has said yes, who has not, and how long it counts.

One card asks; the others are a row each. Amber is kept for the arming window, before which an arm would lapse unused.
Signals:
    arm_asked(str, str): cue and role of an arm button.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.line_keys import LineKeys
from ui.state.desk import Desk
from ui.state.hazards import Hazard, Need, desk_hazards, in_hand, roles_to_ask
from ui.state.words import countdown_text
from ui.theme import fonts
from ui.theme.colours import Theme
from ui.theme.shapes import draw_shape
from ui.theme.text import RIGHT, write

ROW_PX: Final = 24
MOST_ROWS: Final = 3
NEED_PX: Final = 18
_TOP_PX: Final = 30
_SIGN_PX: Final = 22


class ArmingPanel(QFrame):
    """Gone while nothing waits."""

    arm_asked = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = _Card(theme, self)
        self.lines = LineKeys(theme, self)
        self.rows = _Rows(theme, self)
        self.card.arm_asked.connect(self.arm_asked)
        self.setAccessibleName("Arming")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.card)
        layout.addWidget(self.lines)
        layout.addWidget(self.rows)
        self.hide()

    def show_now(self, desk: Desk, local_ns: int) -> None:
        """The arms as the engine has them."""
        hazards = desk_hazards(desk, local_ns)
        asked = in_hand(hazards, desk.selected)
        self.card.seat = desk.seat
        self.card.show_hazard(asked)
        self.lines.show_lines(() if asked is None else asked.lines)
        self.rows.show_hazards([each for each in hazards if each is not asked], MOST_ROWS if asked is None else 1)
        self.setVisible(bool(hazards))


def lay_needs(widths_px: Sequence[float], room_px: float) -> list[tuple[int, float]]:
    """(row, x) of each need: side by side in two columns where both have room there, else a row each."""
    half_px = room_px / 2
    places: list[tuple[int, float]] = []
    row, left_taken = -1, False
    for width_px in widths_px:
        if left_taken and width_px <= half_px:
            places.append((row, half_px))
            left_taken = False
            continue
        row += 1
        left_taken = width_px <= half_px
        places.append((row, 0.0))
    return places


class _Card(QFrame):
    """The hazard that is asked for: what it has and lacks, and a button for each role that has not said yes."""

    arm_asked = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.seat: str | None = None
        self._hazard: Hazard | None = None
        self._shown: tuple[object, ...] = ()
        self._asked: list[tuple[str, str]] = []
        self._buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setSpacing(8)
        self.hide()

    def show_hazard(self, hazard: Hazard | None) -> None:
        """Another hazard, another yes, or another countdown."""
        shown: tuple[object, ...] = ()
        if hazard is not None:
            shown = (hazard.cue, hazard.needs, hazard.is_near, self.seat, *_times(hazard))
        if shown == self._shown:
            return
        self._shown, self._hazard = shown, hazard
        asked = self._asks(hazard)
        if asked != self._asked:
            self._asked = asked
            self._ask()
        self.setVisible(hazard is not None)
        if hazard is not None:
            self.setAccessibleName(f"{hazard.name}: {'armed' if hazard.is_armed else 'not armed'}")
            self._fit()
        self.update()

    def _asks(self, hazard: Hazard | None) -> list[tuple[str, str]]:
        """(cue, role) of each button: from an arming role's own seat, that role's alone."""
        return [] if hazard is None else [(hazard.cue, role) for role in roles_to_ask(hazard, self.seat)]

    def _ask(self) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for cue, role in self._asked:
            button = QPushButton(f"Arm as {role}", self)
            button.setProperty("live", True)
            button.setObjectName(f"arm:{cue}:{role}")
            button.setProperty("role", role)
            button.clicked.connect(self._on_clicked)
            self._row.addWidget(button)
            self._buttons.append(button)

    def _on_clicked(self) -> None:
        if self._hazard is not None:
            self.arm_asked.emit(self._hazard.cue, str(self.sender().property("role")))

    def _places(self) -> list[tuple[Need, int, float]]:
        asked = {role for _, role in self._asked}
        every = self._hazard.needs if self._hazard is not None else ()
        needs = [need for need in every if need.role not in asked and not need.keyed]
        metrics = QFontMetricsF(fonts.small())
        widths_px = [_SIGN_PX + metrics.horizontalAdvance(need.words) + 8 for need in needs]
        places = lay_needs(widths_px, self.width() - 24)
        return [(need, row, x_px) for need, (row, x_px) in zip(needs, places, strict=True)]

    def _fit(self) -> None:
        rows = max((row for _, row, _ in self._places()), default=-1) + 1
        top_px = _TOP_PX + NEED_PX * rows + 4
        self._row.setContentsMargins(10, top_px, 10, 8 if self._buttons else 2)
        self.setFixedHeight(top_px + (8 + 46 if self._buttons else 4))

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(300, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, hazard = self._theme, self._hazard
        if hazard is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.caution if hazard.is_near else theme.line))
        painter.setBrush(QColor(theme.caution_fill if hazard.is_near else theme.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        _write_head(painter, QRectF(12, 6, self.width() - 24, 20), hazard, _standing(hazard), theme)
        for need, row, x_px in self._places():
            top = _TOP_PX + row * NEED_PX
            shade = theme.caution if hazard.is_near and not need.given else theme.text if need.given else theme.dim
            draw_shape(painter, "tick" if need.given else "ring", QRectF(13 + x_px, top + 3, 11, 11), shade)
            where = QRectF(12 + x_px + _SIGN_PX, top, self.width() - 24 - x_px - _SIGN_PX, NEED_PX)
            write(painter, where, need.words, fonts.small(), shade)
        painter.end()


class _Rows(QWidget):
    """The hazards that are not asked for, one line each."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hazards: Sequence[Hazard] = ()
        self._most = MOST_ROWS
        self._shown: tuple[object, ...] = ()
        self.setAccessibleName("Hazards to come")
        self.hide()

    def show_hazards(self, hazards: Sequence[Hazard], most: int) -> None:
        """Other hazards, or other countdowns, in at most so many rows."""
        shown = (most, *((hazard.cue, hazard.is_near, hazard.is_armed, *_times(hazard)) for hazard in hazards))
        if shown == self._shown:
            return
        self._shown, self._hazards, self._most = shown, hazards, most
        self.setFixedHeight(ROW_PX * min(len(hazards), most))
        self.setAccessibleDescription("; ".join(hazard.name for hazard in hazards))
        self.setVisible(bool(hazards))
        self.update()

    # ------------------------------------------------------------ Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rest = len(self._hazards) - self._most
        shown = self._hazards if rest <= 0 else self._hazards[: self._most - 1]
        for place, hazard in enumerate(shown):
            row = QRectF(0, place * ROW_PX, self.width(), ROW_PX - 2)
            painter.fillRect(row, QColor(self._theme.caution_fill if hazard.is_near else self._theme.raised))
            waits = "not armed · " if hazard.is_near and not hazard.is_armed else ""
            _write_head(painter, row.adjusted(12, 1, -12, -1), hazard, waits + _standing(hazard), self._theme)
        if rest > 0:
            last = QRectF(12, (self._most - 1) * ROW_PX, self.width() - 24, ROW_PX - 2)
            until = _times(self._hazards[self._most - 1])[0]
            words = f"{rest + 1} more hazards" + (f", the next {until}" if until else "")
            write(painter, last, words, fonts.small(), self._theme.dim)
        painter.end()


def _times(hazard: Hazard) -> tuple[str, str]:
    """(until its moment, until the arms lapse) in words; empty where there is nothing to say."""
    until = "" if hazard.in_ns is None else f"in {countdown_text(hazard.in_ns)}" if hazard.in_ns > 0 else "now"
    return until, "" if hazard.left_ns is None else countdown_text(max(hazard.left_ns, 1))


def _standing(hazard: Hazard) -> str:
    """How it stands, in words: what is armed says for how long, the rest how soon it comes."""
    until, left = _times(hazard)
    if hazard.is_armed:
        return f"armed, {left} left" if left else "armed"
    return f"{until or hazard.when} · {left} left" if left else until or hazard.when


def _write_head(painter: QPainter, line: QRectF, hazard: Hazard, words: str, theme: Theme) -> None:
    """Sign and name; to the right how it stands."""
    loud = hazard.is_near
    sign = QRectF(line.left(), line.center().y() - 7, 14, 14)
    draw_shape(painter, "disc" if hazard.is_armed else "triangle", sign, theme.caution if loud else theme.dim)
    font, shade = (fonts.medium(), theme.text) if loud else (fonts.small(), theme.dim)
    used = write(painter, line, words, font, shade, RIGHT)
    name = line.adjusted(_SIGN_PX, 0, -used - 10, 0)
    write(painter, name, hazard.name, fonts.strong(fonts.BODY_PX) if loud else fonts.body(), theme.text)
