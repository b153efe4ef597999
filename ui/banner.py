"""What must be read before anything else is done, in big words, with the key that ends it; gone while there is nothing.

Signals:
    action_asked(str): the id of the action on the key.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.actions import ACTION_BY_ID
from ui.state.banner import BannerFace
from ui.state.keymap import Keymap
from ui.theme import fonts
from ui.theme.colours import Theme
from ui.theme.shapes import draw_shape
from ui.theme.text import write

HEIGHT_PX = 58


class Banner(QWidget):
    """One line large, one small."""

    action_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._face: BannerFace | None = None
        self._shown: tuple[BannerFace | None, Keymap] = (None, Keymap())
        self.button = QPushButton(self)
        self.button.setAccessibleName("End what stands in the banner")
        self.button.setProperty("live", True)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self._on_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 6, 10, 6)
        layout.addStretch(1)
        layout.addWidget(self.button)
        self.setFixedHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Alarm")
        self.hide()

    def show_face(self, face: BannerFace | None, keymap: Keymap) -> None:
        """Other words, or none; the button names the key that it has now."""
        if (face, keymap) == self._shown:
            return
        self._face, self._shown = face, (face, keymap)
        self.setVisible(face is not None)
        if face is not None:
            action = ACTION_BY_ID[face.action]
            key = keymap.first(action)
            self.button.setText(f"{action.title} ({key})" if key else action.title)
            self.button.setAccessibleName(action.title)
            self.setAccessibleDescription(f"{face.title}: {face.words}")
            self.setToolTip("\n".join(face.lines))
        self.update()

    def _on_clicked(self) -> None:
        if self._face is not None:
            self.action_asked.emit(self._face.action)

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(600, HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        face, theme = self._face, self._theme
        if face is None:
            return
        stop = face.tone == "stop"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.stop if stop else theme.caution))
        painter.setBrush(QColor(theme.stop_fill if stop else theme.caution_fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        shade = theme.stop if stop else theme.caution
        draw_shape(painter, "octagon" if stop else "pause", QRectF(16, 14, 30, 30), shade)
        title = QRectF(60, 5, self.width() - 90 - self.button.width(), 28)
        write(painter, title, face.title, fonts.strong(fonts.TITLE_PX), theme.text)
        write(painter, title.translated(0, 25).adjusted(0, 0, 0, -6), face.words, fonts.body(), theme.text)
        painter.end()
