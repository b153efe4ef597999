"""Paints the rows of the rundown: state, title and kind, planned and actual start, how late."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.models.rundown_model import ITEM_ROLE
from ui.state.rows import ItemRow
from ui.state.words import ITEM_KINDS
from ui.theme import fonts
from ui.theme.colours import Theme
from ui.theme.shapes import draw_shape
from ui.theme.text import RIGHT, write
from ui.theme.tones import tone_colour

ROW_PX = 46
TIME_PX = 68


class RundownDelegate(QStyledItemDelegate):
    """Two lines a row: title over kind and state; now over planned."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    # ------------------------------------------------------------ Qt

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(240, ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: ItemRow = index.data(ITEM_ROLE)
        rect: QRect = option.rect
        picked = bool(option.state & QStyle.StateFlag.State_Selected)
        theme = self._theme
        painter.save()
        live, over = row.mark.word == "Live", row.mark.word in ("Ended", "Skipped", "Passed over")
        painter.fillRect(rect, QColor(theme.standby if live else theme.select if picked else theme.panel))
        if live:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1), QColor(theme.bright))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(theme.ground))
        upper = QRectF(rect.left() + 14, rect.top() + 5, rect.width() - 24, 19)
        lower = QRectF(rect.left() + 14, rect.top() + 24, rect.width() - 24, 17)
        shade = tone_colour(row.mark.tone, theme)
        draw_shape(painter, row.mark.shape, QRectF(upper.left(), upper.center().y() - 5.5, 11, 11), shade)
        title = upper.adjusted(20, 0, -TIME_PX - 8, 0)
        colour = theme.dim if over else theme.text
        write(painter, title, row.item.title, fonts.strong(fonts.BODY_PX) if live else fonts.medium(), colour)
        now = row.now or row.planned
        bright = theme.text if row.now_is_actual and not over else theme.dim
        write(painter, upper, now, fonts.medium() if row.now_is_actual else fonts.body(), bright, RIGHT)
        used = write(painter, lower, row.slip, fonts.small_medium(), theme.text, RIGHT)
        if row.slip:
            used += (
                write(painter, lower.adjusted(0, 0, -used - 8, 0), row.planned, fonts.small(), theme.dim, RIGHT) + 14
            )
        late = not row.fits and not over
        silent = f"no answer: {row.silent}" if row.silent and not over else ""
        kind = "" if silent else ITEM_KINDS[row.item.kind]
        told = (row.mark.word, "after curfew" if late else "", silent, kind, row.length, self._wishes(row))
        colour = tone_colour("caution", theme) if late or silent else theme.dim
        write(painter, lower.adjusted(20, 0, -used, 0), " · ".join(filter(None, told)), fonts.small(), colour)
        painter.restore()

    # ------------------------------------------------------------ inside

    @staticmethod
    def _wishes(row: ItemRow) -> str:
        """What may be done with the item when time runs out."""
        if row.item.contractual:
            return "must run"
        if row.item.droppable:
            return "may drop"
        return "flex" if row.item.flex or row.item.absorbs else ""
