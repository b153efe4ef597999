"""The lines of a report as a list: group heads, and under each its lines with word, shape, place and remedy.

Signals:
    line_picked(object): the key of the line that is picked, or None.
    again_asked(): the picked line is to be looked at again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.state.preflight import GroupHead, LineRow, Row
from ui.theme import fonts
from ui.theme.colours import Theme
from ui.theme.shapes import draw_shape
from ui.theme.text import RIGHT, write
from ui.theme.tones import tone_colour

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
HEAD_PX = 34
LINE_PX = 30
REMEDY_PX = 20
WORD_PX = 64


class ReportModel(QAbstractListModel):
    """Rows are given whole; those of one report are few."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def row_of(self, key: str | None) -> int | None:
        """The row of a line; None where it is not seen."""
        keys = (row.line.key if isinstance(row, LineRow) else None for row in self.rows)
        return next((place for place, each in enumerate(keys) if each is not None and each == key), None)

    # ------------------------------------------------------------ Qt

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if isinstance(row, GroupHead):
            return row.title if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        line = row.line
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{line.where}: {line.message}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (row.mark.word, line.where, line.message, line.remedy)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{line.code}\n{line.message}\n{line.remedy}".rstrip()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self.rows[index.row()], GroupHead):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class ReportDelegate(QStyledItemDelegate):
    """Shape and word, place, message; what to do stands below the message."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    # ------------------------------------------------------------ Qt

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(ROW_ROLE)
        if isinstance(row, GroupHead):
            return QSize(400, HEAD_PX)
        return QSize(400, LINE_PX + (REMEDY_PX if row.line.remedy else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        if isinstance(row, GroupHead):
            self._paint_head(painter, rect, row)
        else:
            picked = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_line(painter, rect, row, picked=picked)
        painter.restore()

    # ------------------------------------------------------------ inside

    def _paint_head(self, painter: QPainter, rect: QRectF, row: GroupHead) -> None:
        theme = self._theme
        painter.fillRect(rect.adjusted(0, 4, 0, 0), QColor(theme.raised))
        inner = rect.adjusted(14, 4, -14, 0)
        fails = f"{row.fails} to be mended" if row.fails else ""
        warns = f"{row.warns} to be looked at" if row.warns else ""
        used = write(painter, inner, " · ".join(filter(None, (fails, warns))), fonts.small(), theme.dim, RIGHT)
        write(painter, inner.adjusted(0, 0, -used - 10, 0), row.title, fonts.strong(fonts.BODY_PX), theme.text)

    def _paint_line(self, painter: QPainter, rect: QRectF, row: LineRow, *, picked: bool) -> None:
        theme, line = self._theme, row.line
        painter.fillRect(rect, QColor(theme.select if picked else theme.panel))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(theme.ground))
        upper = QRectF(rect.left() + 14, rect.top() + 3, rect.width() - 28, LINE_PX - 6)
        shade = tone_colour(row.mark.tone, theme)
        draw_shape(painter, row.mark.shape, QRectF(upper.left(), upper.center().y() - 6, 12, 12), shade)
        loud = line.word in ("fail", "warn")
        write(painter, upper.adjusted(20, 0, 0, 0), row.mark.word, fonts.medium(), shade)
        place_px = min(300.0, upper.width() * 0.28)
        place = QRectF(upper.left() + WORD_PX, upper.top(), place_px - 10, upper.height())
        words = QRectF(place.left() + place_px, upper.top(), upper.right() - place.left() - place_px, upper.height())
        text = theme.text if loud else theme.dim
        write(painter, place, line.where, fonts.medium() if loud else fonts.body(), text)
        write(painter, words, line.message, fonts.medium() if loud else fonts.body(), text)
        if line.remedy:
            below = QRectF(words.left(), rect.top() + LINE_PX - 6, words.width(), REMEDY_PX)
            draw_shape(painter, "follow", QRectF(below.left(), below.center().y() - 5, 10, 10), theme.faint)
            write(painter, below.adjusted(18, 0, 0, 0), line.remedy, fonts.body(), theme.text if loud else theme.dim)


class ReportList(QListView):
    """R looks at the picked line again: here it is no key of the transport's."""

    line_picked = Signal(object)
    again_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.report = ReportModel(self)
        self.setModel(self.report)
        self.setItemDelegate(ReportDelegate(theme, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName("Preflight report")
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def show_rows(self, rows: Sequence[Row], picked: str | None) -> None:
        """Other rows; the picked line stays picked, and where it stood."""
        if tuple(rows) == self.report.rows:
            return
        scrolled = self.verticalScrollBar().value()
        self.report.show_rows(rows)
        row = self.report.row_of(picked)
        if row is not None:
            self.setCurrentIndex(self.report.index(row))
        self.verticalScrollBar().setValue(scrolled)

    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = current.data(ROW_ROLE) if current.isValid() else None
        if isinstance(row, LineRow):
            self.line_picked.emit(row.line.key)

    # ------------------------------------------------------------ Qt

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_again(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_again(event):
            self.again_asked.emit()
            return
        super().keyPressEvent(event)


def _is_again(event: QKeyEvent) -> bool:
    plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
    return event.key() == Qt.Key.Key_R and plain and not event.isAutoRepeat()
