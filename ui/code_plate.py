"""The plate of outside timecode, in the head strip: state as word and shape, source, label, quality.

Pressed, it follows the code or leaves it alone. Signals (Qt's own): clicked.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.plates import Plate
from ui.state.code_in import CodeFace
from ui.theme import fonts
from ui.theme.colours import Theme
from ui.theme.shapes import draw_shape
from ui.theme.text import RIGHT, write
from ui.theme.tones import tone_colour

WIDTH_PX = 248


class CodePlate(Plate):
    """There only where timecode comes in; it then stands in the place of the plain timecode."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Timecode source", parent)
        self._face: CodeFace | None = None
        self.setFixedWidth(WIDTH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_face(self, face: CodeFace | None) -> None:
        """Another state, label or quality, or no timecode at all."""
        if face == self._face:
            return
        self._face = face
        self.setVisible(face is not None)
        if face is not None:
            self.setAccessibleDescription(f"{face.mark.word}, {face.source} at {face.label}, {face.quality}")
            self.setToolTip("\n".join((*face.sources, f"Press to {face.press_words} (Ctrl+Shift+T)")))
        self.update()

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, 62)

    def paintEvent(self, event: QPaintEvent) -> None:
        face = self._face
        if face is None:
            return
        theme = self._theme
        painter = QPainter(self)
        box = self._paint_ground(painter, is_on=False, margin_px=5)
        shade = tone_colour(face.mark.tone, theme)
        draw_shape(painter, face.mark.shape, QRectF(box.left() + 10, box.top() + 7, 12, 12), shade)
        upper = QRectF(box.left() + 28, box.top() + 3, box.width() - 38, 20)
        lower = QRectF(box.left() + 10, box.top() + 22, box.width() - 20, 27)
        used = write(painter, upper, face.source, fonts.small(), theme.dim, RIGHT)
        write(painter, upper.adjusted(0, 0, -used - 8, 0), face.mark.word, fonts.medium(), shade)
        used = write(painter, lower, face.quality, fonts.small(), theme.dim, RIGHT)
        write(painter, lower.adjusted(0, 0, -used - 8, 0), face.label, fonts.clock(21), theme.text)
        painter.end()
