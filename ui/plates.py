"""Two plates of the GO bar that are buttons too: who is at the keys, and the vamp that goes round.

Each is there only while it has something to say, and says in words what a press of it would do.
Signals (Qt's own): clicked.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.state.go import KeysFace
from ui.state.vamps import VampFace
from ui.theme import fonts
from ui.theme.colours import Theme
from ui.theme.shapes import draw_shape
from ui.theme.text import CENTRE, RIGHT, write


class Plate(QAbstractButton):
    """Takes no focus, so that Space stays GO."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.hide()

    def _paint_ground(self, painter: QPainter, *, is_on: bool, margin_px: int = 1) -> QRectF:
        """A raised box, edged brightly while it is on; returns it."""
        theme = self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = theme.panel if self.isDown() else theme.hover if self.underMouse() else theme.raised
        painter.setBrush(QColor(theme.standby if is_on and not self.underMouse() else fill))
        painter.setPen(QPen(QColor(theme.bright if is_on else theme.line), 1.5 if is_on else 1.0))
        box = QRectF(self.rect()).adjusted(1, margin_px, -margin_px, -margin_px)
        painter.drawRoundedRect(box, 8, 8)
        return box


class KeysPlate(Plate):
    """A cog where the machine presses called cues, a finger where people do; gone where there is no machine."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "At the keys", parent)
        self._face: KeysFace | None = None
        self.setFixedWidth(116)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_face(self, face: KeysFace | None) -> None:
        """Another hand at the keys, or no machine at all."""
        if face == self._face:
            return
        self._face = face
        self.setVisible(face is not None)
        if face is not None:
            self.setAccessibleDescription(face.words)
            self.setToolTip(f"{face.words}. A press by hand works all the same.\n{face.key_words} (key M)")
        self.update()

    # ------------------------------------------------------------ Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        face = self._face
        if face is None:
            return
        theme = self._theme
        painter = QPainter(self)
        box = self._paint_ground(painter, is_on=face.machine)
        middle = box.center().x()
        ink = theme.bright if face.machine else theme.text
        draw_shape(painter, "cog" if face.machine else "hand", QRectF(middle - 14, box.top() + 12, 28, 28), ink)
        who, _, presses = face.words.rpartition(" ")
        for place, words in enumerate((who, presses)):
            line = QRectF(box.left(), box.top() + 46 + 19 * place, box.width(), 19)
            write(painter, line, words, fonts.strong(fonts.STRONG_PX), ink, CENTRE)
        foot = QRectF(box.left(), box.bottom() - 28, box.width(), 20)
        write(painter, foot, face.key_words, fonts.small(), theme.dim, CENTRE)
        painter.end()


class VampPlate(Plate):
    """The pass being played and when it ends; pressed, it asks for the exit, or withdraws it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Vamp", parent)
        self._face: VampFace | None = None
        self.setFixedHeight(46)
        self.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed
        )  # it pushes nothing as it comes and goes

    def show_face(self, face: VampFace | None) -> None:
        """Another pass, another countdown, or no vamp."""
        if face == self._face:
            return
        self._face = face
        self.setVisible(face is not None)
        if face is not None:
            asked = "exit asked, " if face.asked else ""
            self.setAccessibleDescription(f"{face.name}, {face.passes}, {asked}{face.words}")
            self.setToolTip("Stay in the vamp after all (Shift+V)" if face.asked else "Leave the vamp (key V)")
            self.setObjectName("vamp.stay" if face.asked else "vamp.exit")
        self.update()

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(340, 46)

    def paintEvent(self, event: QPaintEvent) -> None:
        face = self._face
        if face is None:
            return
        theme = self._theme
        painter = QPainter(self)
        box = self._paint_ground(painter, is_on=face.asked)
        draw_shape(painter, "loop", QRectF(box.left() + 10, box.top() + 6, 14, 14), theme.bright)
        upper = QRectF(box.left() + 32, box.top() + 3, box.width() - 44, 20)
        lower = QRectF(upper.left(), box.bottom() - 22, upper.width(), 19)
        used = write(painter, upper, face.passes, fonts.medium(), theme.bright, RIGHT)
        write(painter, upper.adjusted(0, 0, -used - 10, 0), face.name, fonts.strong(fonts.BODY_PX), theme.bright)
        used = write(painter, lower, face.words, fonts.medium(), theme.text, RIGHT)
        key = "Exit asked · Shift+V: stay" if face.asked else "V: leave"
        shade = theme.bright if face.asked else theme.dim
        write(painter, lower.adjusted(0, 0, -used - 10, 0), key, fonts.medium() if face.asked else fonts.body(), shade)
        painter.end()
