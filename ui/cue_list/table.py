"""The table of the cue list: rows are dragged, heads folded, cells edited in place.

Signals:
    dropped(str, str, bool): a cue was dragged to another; True for before it, else behind.
    head_pressed(str): the head of an item was pressed.
    fold_asked(bool): Left folds the item in hand, Right unfolds it.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from ui.cue_list.delegate import ROW_PX
from ui.models.cue_list_model import TYPED, Column, CueListModel
from ui.theme.colours import Theme

_ENDS = {
    QAbstractItemDelegate.EndEditHint.EditNextItem: 1,
    QAbstractItemDelegate.EndEditHint.EditPreviousItem: -1,
}


class CueTable(QTableView):
    """Whole rows are picked; nothing is edited unless it is asked for by ``edit_cell``."""

    dropped = Signal(str, str, bool)
    head_pressed = Signal(str)
    fold_asked = Signal(bool)

    def __init__(self, model: CueListModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cues = model
        self._held: tuple[str, QPoint] | None = None  # the cue that may be dragged, and where it was taken hold of
        self._gap: int | None = None  # where it would fall: above this row
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Cue list")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(Column.LABEL, QHeaderView.ResizeMode.Stretch)

    def edit_cell(self, row: int, column: Column = Column.LABEL) -> None:
        """Open one cell for typing, and bring it into sight."""
        if self.isColumnHidden(column):
            column = Column.LABEL
        index = self._cues.index(row, column)
        if self._cues.cue_at(row) is not None:
            self.scrollTo(index)
            self.edit(index)

    # ------------------------------------------------------------ inside

    def _gap_at(self, y: int) -> int:
        row = self.rowAt(y)
        if row < 0:
            return self._cues.rowCount()
        return row + (y - self.rowViewportPosition(row) > ROW_PX // 2)

    def _drop(self, cue: str, gap: int) -> None:
        above, below = self._cues.cue_at(gap - 1), self._cues.cue_at(gap)
        if cue in (above, below):
            return
        if above is not None:
            self.dropped.emit(cue, above, False)
        elif below is not None:
            self.dropped.emit(cue, below, True)

    # ------------------------------------------------------------ Qt

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Tab goes to the next cell of the row that can be typed into."""
        index, step = self.currentIndex(), _ENDS.get(hint)
        if step is None:
            super().closeEditor(editor, hint)
            return
        at = self.indexAt(editor.geometry().center())
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        typed = [column for column in TYPED if not self.isColumnHidden(column)]
        if at.isValid() and at.column() in typed:
            self.edit_cell(index.row(), typed[(typed.index(Column(at.column())) + step) % len(typed)])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        cue, item = self._cues.cue_at(index.row()), self._cues.head_at(index.row())
        left = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        was_picked = cue is not None and self.selectionModel().isRowSelected(index.row())
        super().mousePressEvent(event)
        self._held = (cue, at) if left and cue is not None and was_picked else None
        if left and item is not None:
            self.head_pressed.emit(item)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            super().mouseMoveEvent(event)
            return
        at = event.position().toPoint()
        if self._gap is not None or (at - self._held[1]).manhattanLength() >= QApplication.startDragDistance():
            self._gap = self._gap_at(at.y())
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, gap = self._held, self._gap
        self._held = self._gap = None
        super().mouseReleaseEvent(event)
        if held is not None and gap is not None:
            self.viewport().update()
            self._drop(held[0], gap)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers():
            self.fold_asked.emit(event.key() == Qt.Key.Key_Left)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._gap is not None:
            above = self.rowViewportPosition(self._gap - 1) + ROW_PX if self._gap else 0
            painter = QPainter(self.viewport())
            painter.fillRect(QRect(0, above - 1, self.viewport().width(), 2), QColor(self._theme.bright))
            painter.end()
