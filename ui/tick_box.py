"""A check box whose tick can be seen in either light.

Signals (Qt's own): toggled.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from ui.theme import fonts
from ui.theme.colours import Theme
from ui.theme.shapes import draw_shape
from ui.theme.text import write

SIDE_PX = 20


class TickBox(QCheckBox):
    """A box with a tick in it, then its words; Space toggles it where no show is open, as does a click."""

    def __init__(self, words: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._theme = theme

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(SIDE_PX + 14 + QFontMetrics(fonts.medium()).horizontalAdvance(self.text()), 44)

    def hitButton(self, position: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(1, self.height() / 2 - SIDE_PX / 2, SIDE_PX, SIDE_PX)
        painter.setPen(QPen(QColor(theme.bright if self.hasFocus() else theme.dim), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(box, 4, 4)
        if self.isChecked():
            draw_shape(painter, "tick", box.adjusted(3, 3, -3, -3), theme.bright)
        words = QRectF(SIDE_PX + 11, 0, self.width() - SIDE_PX - 11, self.height())
        write(painter, words, self.text(), fonts.medium(), theme.text)
        painter.end()
