"""A table of rows with marks: the state as word and shape in the first cell, a little line in the last.

Signals:
    key_picked(object): the key of another row, or None.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.models.row_model import ROW_ROLE, RowModel
from ui.state.table_rows import TableRow
from ui.theme import fonts
from ui.theme.colours import Theme
from ui.theme.shapes import draw_shape
from ui.theme.text import write
from ui.theme.tones import tone_colour

ROW_PX: Final = 30
_PAD_PX: Final = 8
_FIGURE_PX: Final = 54
"""Beside a little line, the room for its last figure."""


class RowTable(QTableView):
    """One row can be picked. ``widths`` are of all columns but ``wide``, which takes what is left."""

    key_picked = Signal(object)

    def __init__(
        self,
        name: str,
        titles: Sequence[str],
        widths: Mapping[int, int],
        wide: int,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows = RowModel(titles, self)
        self.setModel(self.rows)
        self.setItemDelegate(_RowDelegate(theme, self))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(30)
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        self._picked: str | None = None
        self.selectionModel().currentRowChanged.connect(self._on_row_changed)

    @property
    def picked(self) -> str | None:
        """The key of the picked row."""
        return self._picked

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """The rows as they are now; what was picked stays picked where it is still there."""
        kept = self._picked
        bar = self.verticalScrollBar().value()
        self.rows.show_rows(rows)
        if not self.selectionModel().hasSelection() and self.rows.row_of(kept) is not None:
            self.pick(kept)
            self.verticalScrollBar().setValue(bar)

    def pick(self, key: str | None) -> None:
        """Pick a row by its key; one that is not there picks none."""
        place = self.rows.row_of(key)
        if place is None:
            self.selectionModel().clear()
            self._tell(None)
            return
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.rows.index(place, 0), flags)
        self._tell(key)

    def _on_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._tell(self.rows.key_at(current.row()))

    def _tell(self, key: str | None) -> None:
        if key != self._picked:
            self._picked = key
            self.key_picked.emit(key)


class _RowDelegate(QStyledItemDelegate):
    """One cell at a time."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(60, ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: TableRow = index.data(ROW_ROLE)
        rect: QRect = option.rect
        theme = self._theme
        painter.save()
        picked = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(theme.select if picked else theme.panel))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(theme.ground))
        inner = QRectF(rect.adjusted(_PAD_PX, 0, -_PAD_PX, 0))
        last = index.column() == len(row.cells) - 1
        if index.column() == 0 and row.mark is not None:
            shade = tone_colour(row.mark.tone, theme)
            draw_shape(painter, row.mark.shape, QRectF(inner.left() + 1, inner.center().y() - 6, 12, 12), shade)
            write(painter, inner.adjusted(20, 0, 0, 0), row.cells[0], fonts.small(), shade)
        elif last and row.spark:
            write(painter, inner, row.cells[-1], fonts.small(), theme.text)
            self._paint_spark(painter, inner.adjusted(_FIGURE_PX, 6, 0, -6), row.spark)
        else:
            strong = index.column() == (1 if row.mark is not None else 0)
            font = fonts.medium() if strong else fonts.small()
            write(painter, inner, row.cells[index.column()], font, theme.text if strong else theme.dim)
        painter.restore()

    def _paint_spark(self, painter: QPainter, box: QRectF, values: Sequence[float]) -> None:
        """The values side by side, newest at the right; the highest is as high as the box."""
        top = max(*values, 0.001) if len(values) > 1 else max(values[0], 0.001)
        step = box.width() / max(len(values) - 1, 15)
        first = box.right() - step * (len(values) - 1)
        points = [
            QPointF(first + n * step, box.bottom() - box.height() * value / top) for n, value in enumerate(values)
        ]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.faint), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.setPen(QPen(QColor(self._theme.text), 1.4))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(QColor(self._theme.text))
        painter.drawEllipse(points[-1], 1.8, 1.8)
