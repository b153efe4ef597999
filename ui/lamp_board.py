"""The device lamps: every device of the house with its state as word and shape, and when it was last heard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.state.lamps import FLAT_PX, ROOMY_WIDTH_PX, TALL_PX, Lamp, LampCell, LampPlan, lay_lamps
from ui.theme import fonts
from ui.theme.colours import Theme
from ui.theme.shapes import draw_shape
from ui.theme.text import CENTRE, RIGHT, write
from ui.theme.tones import tone_colour


class LampBoard(QWidget):
    """Never scrolls: what does not fit is told as a number, and it is never trouble that is left out."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lamps: tuple[Lamp, ...] = ()
        self.setAccessibleName("Devices")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(2 * FLAT_PX)

    def show_lamps(self, lamps: tuple[Lamp, ...]) -> None:
        """The lamps as they are now."""
        if lamps != self._lamps:
            self._lamps = lamps
            trouble = [f"{lamp.device} {lamp.mark.word}, {lamp.detail}" for lamp in lamps if lamp.in_trouble]
            self.setAccessibleDescription("; ".join(trouble) or f"{len(lamps)} devices, no trouble")
            self.update()

    def plan(self) -> LampPlan:
        """Where each lamp stands at the present size."""
        return lay_lamps(self._lamps, self.width(), self.height())

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(340, 6 * TALL_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._lamps:
            write(painter, self.rect(), "No devices: open a show in a venue", fonts.small(), self._theme.dim, CENTRE)
        plan = self.plan()
        for cell in plan.cells:
            self._paint_lamp(painter, cell)
        if plan.left_out:
            rest = QRectF(0, plan.cells[-1].y_px + FLAT_PX, self.width() - 8, FLAT_PX)
            if plan.left_in_trouble:
                words, shade = f"and {plan.left_out} more, {plan.left_in_trouble} in trouble", self._theme.stop
            else:
                words, shade = f"and {plan.left_out} more without trouble", self._theme.dim
            write(painter, rest, words, fonts.small(), shade, RIGHT)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            for lamp, x, y, wide, tall in self.plan().cells:
                if QRectF(x, y, wide, tall).contains(event.pos()):
                    text = "\n".join(filter(None, (lamp.device, lamp.role, f"{lamp.mark.word}: {lamp.detail}")))
                    QToolTip.showText(event.globalPos(), text, self)
                    return True
            QToolTip.hideText()
            return True
        return super().event(event)

    # ------------------------------------------------------------ inside

    def _paint_lamp(self, painter: QPainter, cell: LampCell) -> None:
        theme, lamp = self._theme, cell.lamp
        box = QRectF(cell.x_px + 2, cell.y_px + 1, cell.width_px - 4, cell.height_px - 2)
        fill = {"stop": theme.stop_fill, "caution": theme.caution_fill}.get(lamp.mark.tone, theme.raised)
        painter.fillRect(box, QColor(fill))
        shade = tone_colour(lamp.mark.tone, theme)
        quiet = theme.dim if not lamp.in_trouble else shade
        if cell.height_px < TALL_PX:
            draw_shape(painter, lamp.mark.shape, QRectF(box.left() + 7, box.center().y() - 5, 10, 10), quiet)
            inner = box.adjusted(23, 0, -7, 0)
            used = write(painter, inner, lamp.device, fonts.small(), theme.text)
            word_px = QFontMetricsF(fonts.small()).horizontalAdvance(lamp.mark.word)
            wanted = lamp.in_trouble or cell.width_px >= ROOMY_WIDTH_PX
            if wanted and used + 6 + word_px <= inner.width():  # the name first; the shape says the state too
                write(painter, inner, lamp.mark.word, fonts.small(), quiet, RIGHT)
            return
        draw_shape(painter, lamp.mark.shape, QRectF(box.left() + 9, box.top() + 8, 11, 11), quiet)
        upper = QRectF(box.left() + 27, box.top() + 2, box.width() - 35, 20)
        lower = QRectF(box.left() + 27, box.top() + 19, box.width() - 35, 17)
        used = write(painter, upper, lamp.mark.word, fonts.small_medium(), quiet, RIGHT)
        write(painter, upper.adjusted(0, 0, -used - 8, 0), lamp.device, fonts.small_medium(), theme.text)
        write(painter, lower, lamp.detail, fonts.small(), theme.text if lamp.in_trouble else theme.dim)
