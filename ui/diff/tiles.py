"""The sum of a difference in a few figures, each a button that shows only what it counts.

Signals:
    weight_chosen(object): the weight whose tile is down, or None for everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.theme import fonts
from ui.theme.colours import Theme
from ui.theme.text import write

HEIGHT_PX = 64
_FIGURE_PX = 26


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure, its words, and what they mean. ``weight`` None: nothing in the table belongs to it."""

    weight: str | None
    title: str
    meaning: str
    count: int


class Tiles(QWidget):
    """At most one tile is down."""

    weight_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.buttons: list[_TileButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self.setFixedHeight(HEIGHT_PX)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Other figures; a tile that is down stays down."""
        down = next((button.tile.weight for button in self.buttons if button.isChecked()), None)
        while len(self.buttons) > len(tiles):
            button = self.buttons.pop()
            self._row.removeWidget(button)
            button.deleteLater()
        while len(self.buttons) < len(tiles):
            made = _TileButton(self._theme, self)
            made.clicked.connect(self._on_clicked)
            self.buttons.append(made)
            self._row.addWidget(made, 1)
        for button, tile in zip(self.buttons, tiles, strict=True):
            button.show_tile(tile)
            button.setChecked(tile.weight is not None and tile.weight == down)

    def _on_clicked(self) -> None:
        pressed = self.sender()
        for button in self.buttons:
            if button is not pressed:
                button.setChecked(False)
        self.weight_chosen.emit(next((button.tile.weight for button in self.buttons if button.isChecked()), None))


class _TileButton(QPushButton):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.tile = Tile(None, "", "", 0)
        self.setFixedHeight(HEIGHT_PX)

    def show_tile(self, tile: Tile) -> None:
        self.tile = tile
        self.setCheckable(tile.weight is not None)
        self.setEnabled(tile.weight is not None and tile.count > 0)
        self.setAccessibleName(f"{tile.title}: {tile.count}, {tile.meaning}")
        self.setToolTip(tile.meaning)
        self.update()

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = theme.bright if self.isChecked() else theme.dim if self.hasFocus() else theme.line
        painter.setPen(QPen(QColor(edge), 2 if self.isChecked() else 1))
        painter.setBrush(
            QColor(theme.select if self.isChecked() else theme.hover if self.underMouse() else theme.panel)
        )
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        inner = QRectF(self.rect()).adjusted(14, 6, -10, -6)
        figure = fonts.strong_display(_FIGURE_PX)
        quiet = self.tile.count == 0
        width = write(painter, inner, str(self.tile.count), figure, theme.dim if quiet else theme.text)
        words = inner.adjusted(width + 12, 0, 0, 0)
        upper = QRectF(words.left(), words.top() + 4, words.width(), words.height() / 2 - 2)
        lower = QRectF(words.left(), words.center().y() + 1, words.width(), words.height() / 2 - 4)
        write(painter, upper, self.tile.title, fonts.strong(fonts.BODY_PX), theme.dim if quiet else theme.text)
        write(painter, lower, self.tile.meaning, fonts.small(), theme.dim, Qt.AlignmentFlag.AlignLeft)
        painter.end()
