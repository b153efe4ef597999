"""What the console may do now, at a glance: Edit, Rehearsal or Performance, and Locked; a word and a shape each."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.state.desk import Desk
from ui.state.words import Mark
from ui.theme import fonts
from ui.theme.colours import Theme
from ui.theme.shapes import draw_shape
from ui.theme.text import fitting, write

WIDTH_PX: Final = 128
LOCKED: Final = Mark("Locked", "lock", "bright")
MODES: Final = {
    "edit": Mark("Edit", "diamond", "plain"),
    "rehearsal": Mark("Rehearsal", "loop", "plain"),
    "show": Mark("Performance", "play", "bright"),
}
_SAYS: Final = {"edit": "Esc closes", "rehearsal": "Esc is panic", "show": "editing locked"}


class ModePlate(QWidget):
    """Outlined in Edit, filled where editing is locked, so that the three are told apart from across the room."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[Mark, str, bool] = (MODES["rehearsal"], "", False)
        self.setFixedWidth(WIDTH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Mode")

    def show_desk(self, desk: Desk) -> None:
        """As the operator has set it."""
        mark = LOCKED if desk.is_locked else MODES[desk.mode]
        words = MODES[desk.mode].word if desk.is_locked else _SAYS[desk.mode]
        shown = (mark, words, desk.is_locked or desk.mode == "show")
        if shown != self._shown:
            self._shown = shown
            self.setAccessibleDescription(f"{mark.word}, {words}")
            self.setToolTip(f"{mark.word}: {words}")
            self.update()

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, 62)

    def paintEvent(self, event: QPaintEvent) -> None:
        (mark, words, filled), theme = self._shown, self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = theme.on_bright if filled else theme.text
        style = Qt.PenStyle.DashLine if mark is MODES["edit"] else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(theme.dim), 1, style))
        painter.setBrush(QColor(theme.dim if filled else theme.ground))
        box = QRectF(self.rect()).adjusted(4.5, 8.5, -4.5, -8.5)
        painter.drawRoundedRect(box, 6, 6)
        draw_shape(painter, mark.shape, QRectF(box.left() + 8, box.top() + 8, 14, 14), ink)
        room = QRectF(box.left() + 28, box.top() + 4, box.width() - 34, 22)
        sizes = [fonts.strong(size_px) for size_px in (fonts.STRONG_PX, fonts.BODY_PX)]
        write(painter, room, mark.word, fitting(mark.word, sizes, room.width()), ink)
        lower = QRectF(box.left() + 8, box.top() + 25, box.width() - 14, 17)
        write(painter, lower, words, fonts.small(), ink if filled else theme.dim)
        painter.end()
