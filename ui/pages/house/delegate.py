"""Paints the patch: a role's box, a wire to each device that stands for it, and where that goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.models.house_model import DRAWN_ROLE, Drawn
from ui.state.house_rows import STANDING_SHAPES, HouseRow
from ui.theme import fonts
from ui.theme.colours import Theme, Tint, plain_tint
from ui.theme.shapes import draw_shape
from ui.theme.text import RIGHT, write
from ui.theme.tones import tone_colour

ROW_PX: Final = 46
HEADING_PX: Final = 30
WIRE_PX: Final = 64
"""Between a role's box and a device's: room for the word of the duty."""

_SHAPES: Final = {"absent": "barred", "partly": "barred", "unbound": "cross"}


class HouseDelegate(QStyledItemDelegate):
    """A duty is a word, a shape and the stroke of its wire; what is not here has a dashed box."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.tints: Mapping[str, Tint] = {}

    # ------------------------------------------------------------ Qt

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        drawn: Drawn = index.data(DRAWN_ROLE)
        return QSize(360, HEADING_PX if drawn.row.kind == "heading" else ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        drawn: Drawn = index.data(DRAWN_ROLE)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if drawn.row.kind == "heading":
            self._paint_heading(painter, rect, drawn.row)
        else:
            picked = bool(option.state & QStyle.StateFlag.State_Selected)
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            self._paint_row(painter, rect, drawn, picked=picked, focused=focused)
        painter.restore()

    # ------------------------------------------------------------ inside

    def _tint(self, row: HouseRow) -> Tint:
        return self.tints.get(row.department) or plain_tint(self._theme)

    def _paint_heading(self, painter: QPainter, rect: QRectF, row: HouseRow) -> None:
        words = rect.adjusted(12, 8, -12, 0)
        used = write(painter, words, row.title, fonts.small_medium(), self._tint(row).text)
        y = words.center().y()
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.drawLine(QPointF(words.left() + used + 12, y), QPointF(rect.right() - 12, y))

    def _paint_row(self, painter: QPainter, rect: QRectF, drawn: Drawn, *, picked: bool, focused: bool) -> None:
        theme, row = self._theme, drawn.row
        if picked:
            painter.setPen(QPen(QColor(theme.bright if focused else theme.dim), 1.4 if focused else 1.0))
            painter.setBrush(QColor(theme.select))
            painter.drawRoundedRect(rect.adjusted(4, 1, -4, -1), 6, 6)
        wide = rect.width() - 24
        left = QRectF(rect.left() + 12, rect.top() + 5, min(wide * 0.25, 240), ROW_PX - 10)
        middle = QRectF(left.right() + WIRE_PX, left.top(), min(wide * 0.28, 300), left.height())
        right = QRectF(middle.right() + 26, left.top(), rect.right() - 14 - middle.right() - 26, left.height())
        self._paint_wire(painter, rect, left, middle, drawn)
        if not row.follows and row.title:
            self._paint_left(painter, left, row)
        self._paint_middle(painter, middle, row)
        self._paint_right(painter, middle, right, drawn)

    def _paint_left(self, painter: QPainter, box: QRectF, row: HouseRow) -> None:
        tint = self._tint(row)
        dashed = row.kind in ("absent", "unbound")
        painter.setPen(QPen(QColor(tint.edge), 1, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
        painter.setBrush(Qt.BrushStyle.NoBrush if dashed else QColor(tint.fill))
        painter.drawRoundedRect(box.adjusted(0.5, 3, -0.5, -3), 5, 5)
        write(painter, box.adjusted(11, 0, -8, 0), row.title, fonts.medium(), self._theme.text)

    def _paint_wire(self, painter: QPainter, rect: QRectF, left: QRectF, middle: QRectF, drawn: Drawn) -> None:
        row = drawn.row
        if not row.title:
            return
        style = Qt.PenStyle.DashLine if row.duty in ("standby", "absent") else Qt.PenStyle.SolidLine
        shade = QColor(self._tint(row).edge if row.duty != "absent" else self._theme.faint)
        y, knee = left.center().y(), left.right() + 10
        painter.setPen(QPen(shade, 1.6, style))
        painter.drawLine(QPointF(knee if row.follows else left.right(), y), QPointF(middle.left(), y))
        painter.setPen(QPen(shade, 1.6))
        if row.follows:
            painter.drawLine(QPointF(knee, rect.top()), QPointF(knee, y))
        if drawn.goes_on:
            painter.drawLine(QPointF(knee, y), QPointF(knee, rect.bottom()))
        word = {"absent": "", "dead_man": "dead-man", "zone_clear": "zone"}.get(row.duty, row.duty)
        place = QRectF(knee + 4, y - 18, middle.left() - knee - 6, 16)
        write(painter, place, word, fonts.small(), self._theme.dim)

    def _paint_middle(self, painter: QPainter, box: QRectF, row: HouseRow) -> None:
        theme = self._theme
        gone = row.kind in _SHAPES
        painter.setPen(QPen(QColor(theme.line), 1, Qt.PenStyle.DashLine if gone else Qt.PenStyle.SolidLine))
        painter.setBrush(Qt.BrushStyle.NoBrush if gone else QColor(theme.raised))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        shape = _SHAPES.get(row.kind) or STANDING_SHAPES.get(row.duty, "")
        shade = theme.stop if row.kind == "unbound" else theme.dim if gone else self._tint(row).text
        inner = box.adjusted(10, 0, -8, 0)
        if shape:
            draw_shape(painter, shape, QRectF(inner.left(), inner.center().y() - 5.5, 11, 11), shade)
            inner.setLeft(inner.left() + 20)
        upper = QRectF(inner.left(), box.top() + 2, inner.width(), 17)
        lower = QRectF(inner.left(), box.bottom() - 18, inner.width(), 16)
        write(painter, upper, row.middle, fonts.medium(), theme.stop if row.kind == "unbound" else theme.text)
        write(painter, lower, row.below, fonts.small(), theme.dim)

    def _paint_right(self, painter: QPainter, middle: QRectF, box: QRectF, drawn: Drawn) -> None:
        theme, row, lamp = self._theme, drawn.row, drawn.lamp
        if row.right:
            painter.setPen(QPen(QColor(theme.faint), 1.2))
            y = middle.center().y()
            painter.drawLine(QPointF(middle.right(), y), QPointF(box.left() - 8, y))
            draw_shape(painter, "play", QRectF(box.left() - 12, y - 4, 8, 8), theme.faint)
        upper, lower = (
            QRectF(box.left(), box.top() + 2, box.width(), 17),
            QRectF(box.left(), box.bottom() - 18, box.width(), 16),
        )
        way, _gap, address = row.right.rpartition("  ")
        write(painter, upper, address, fonts.medium(), theme.text)
        if lamp is not None:
            shade = tone_colour(lamp.mark.tone, theme)
            used = write(painter, lower, lamp.mark.word, fonts.small(), shade, RIGHT)
            draw_shape(
                painter, lamp.mark.shape, QRectF(lower.right() - used - 15, lower.center().y() - 5, 10, 10), shade
            )
            lower.setRight(lower.right() - used - 22)
        write(painter, lower, " · ".join(filter(None, (way, row.times))), fonts.small(), theme.dim)
