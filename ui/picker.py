"""A box to choose one of several from, with an arrow that can be seen in either light.

Signals (Qt's own): activated, currentIndexChanged.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox, QWidget

from ui.theme.colours import Theme

_ARROW_PX = 4.0


class Picker(QComboBox):
    """Named for those who cannot see what stands around it."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    # ------------------------------------------------------------ Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.dim), 1.6, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        x, y = self.width() - 16.0, self.height() / 2
        low, high = y + _ARROW_PX / 2, y - _ARROW_PX / 2
        painter.drawPolyline(QPolygonF([QPointF(x - _ARROW_PX, high), QPointF(x, low), QPointF(x + _ARROW_PX, high)]))
        painter.end()
