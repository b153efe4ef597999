"""Paints the rows of a table of differences."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.models.diff_model import LINE_ROLE, DiffColumn
from ui.state.diff_rows import DiffHead, DiffRow
from ui.theme import fonts
from ui.theme.colours import Theme, Tint, plain_tint
from ui.theme.shapes import draw_shape
from ui.theme.text import CENTRE, write
from ui.theme.tones import tone_colour

ROW_PX = 28
_PAD_PX = 8


class DiffDelegate(QStyledItemDelegate):
    """One cell at a time; a head lies across its whole row (the table spans it)."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tints: Mapping[str, Tint] = {}

    def set_tints(self, tints: Mapping[str, Tint]) -> None:
        """The departments' colours."""
        self._tints = tints

    # ------------------------------------------------------------ Qt

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line = index.data(LINE_ROLE)
        rect: QRect = option.rect
        painter.save()
        if isinstance(line, DiffHead):
            self._paint_head(painter, rect, line)
        elif isinstance(line, DiffRow):
            picked = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_row(painter, rect, line, DiffColumn(index.column()), picked=picked)
        painter.restore()

    # ------------------------------------------------------------ inside

    def _paint_head(self, painter: QPainter, rect: QRect, head: DiffHead) -> None:
        theme = self._theme
        painter.fillRect(rect, QColor(theme.ground))
        inner = QRectF(rect.adjusted(_PAD_PX, 0, -_PAD_PX, 0))
        width = write(painter, inner, head.title, fonts.strong(fonts.BODY_PX), theme.text)
        write(painter, inner.adjusted(width + 10, 0, 0, 0), str(head.count), fonts.small(), theme.dim)

    def _paint_row(self, painter: QPainter, rect: QRect, row: DiffRow, column: DiffColumn, *, picked: bool) -> None:
        theme = self._theme
        painter.fillRect(rect, QColor(theme.select if picked else theme.panel))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(theme.ground))
        inner = QRectF(rect.adjusted(_PAD_PX, 0, -_PAD_PX, 0))
        match column:
            case DiffColumn.KIND:
                shade = tone_colour(row.mark.tone, theme)
                draw_shape(painter, row.mark.shape, QRectF(inner.left(), inner.center().y() - 6, 12, 12), shade)
                write(painter, inner.adjusted(20, 0, 0, 0), row.mark.word, fonts.small(), shade)
            case DiffColumn.NUMBER:
                write(painter, inner, row.number, fonts.medium(), theme.text)
            case DiffColumn.DEPARTMENT:
                self._paint_department(painter, inner, row.department)
            case DiffColumn.ITEM:
                write(painter, inner, row.item, fonts.body(), theme.dim)
            case DiffColumn.LABEL:
                write(painter, inner, row.label, fonts.body(), theme.text)
            case DiffColumn.BEFORE:
                write(painter, inner, row.before, fonts.body(), theme.dim)
            case DiffColumn.AFTER:
                write(painter, inner, row.after, fonts.body(), theme.text)

    def _paint_department(self, painter: QPainter, rect: QRectF, department: str) -> None:
        if not department:
            return
        tint = self._tints.get(department, plain_tint(self._theme))
        chip = QRectF(rect.left() - 2, rect.center().y() - 9, min(rect.width() + 4, 46), 19)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tint.fill))
        painter.drawRoundedRect(chip, 4, 4)
        write(painter, chip, department, fonts.strong(fonts.SMALL_PX), tint.text, CENTRE)
