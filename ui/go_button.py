"""The button with the word GO on it.

Signals (Qt's own): pressed runs the standby, released lets GO re-arm.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.state.go import GoFace
from ui.theme import fonts
from ui.theme.colours import Theme
from ui.theme.shapes import draw_shape
from ui.theme.text import CENTRE, write

LEAST_PX = 104
_SIGNS = {"locked": "lock", "refused": "barred", "unarmed": "triangle", "unconfirmed": "diamond"}


class GoButton(QAbstractButton):
    """Bright when a press would run something, an outline where the machine will press; else it says why not."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.face = GoFace("off", "")
        self.setText("GO")
        self.setAccessibleName("GO")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Space is read by the window; a focused button would answer twice
        self.setMinimumSize(168, LEAST_PX)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_face(self, face: GoFace) -> None:
        """Another look."""
        if face != self.face:
            self.face = face
            self.setAccessibleDescription(face.reason or face.words)
            self.setToolTip(face.reason or face.words)
            self.update()

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(190, 126)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, look = self._theme, self.face.look
        fill, edge, ink = {
            "ready": (theme.bright, theme.bright, theme.on_bright),
            "machine": (theme.raised, theme.bright, theme.bright),
            "resting": (theme.raised, theme.faint, theme.dim),
            "typing": (theme.raised, theme.caution, theme.text),
            "unarmed": (theme.caution_fill, theme.caution, theme.text),
            "locked": (theme.stop_fill, theme.stop, theme.text),
            "unconfirmed": (theme.standby, theme.bright, theme.bright),
            "refused": (theme.caution_fill, theme.caution, theme.text),
            "off": (theme.panel, theme.line, theme.dim),
        }[look]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = 3.0 if self.isDown() else 1.5
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.setBrush(QColor(fill))
        painter.setPen(QPen(QColor(edge), 3 if look == "refused" else 1.5))
        painter.drawRoundedRect(box, 10, 10)
        word = QRectF(box.left(), box.top() + 8, box.width(), box.height() - 40)
        write(painter, word, self.text(), fonts.strong_display(fonts.GO_PX), ink, CENTRE)
        words = QRectF(box.left() + 10, box.bottom() - 34, box.width() - 20, 26)
        sign = _SIGNS.get(look)
        if sign is not None:
            words.adjust(20, 0, 0, 0)
        used = write(painter, words, self.face.words, fonts.small_medium(), ink, CENTRE)
        if sign is not None:
            draw_shape(painter, sign, QRectF(words.center().x() - used / 2 - 21, words.top() + 6, 14, 14), edge)
        painter.end()
