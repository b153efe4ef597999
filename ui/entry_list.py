"""A row of what can be done or gone to: shape, title, what else is to be said, key. Used by palette and key editor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.state.palette import Entry
from ui.theme import fonts
from ui.theme.colours import Theme
from ui.theme.shapes import draw_shape
from ui.theme.text import RIGHT, write

ROW_PX: Final = 44
_ENTRY: Final = Qt.ItemDataRole.UserRole + 1
_SHAPES: Final = {"action": "play", "cue": "diamond", "item": "continue", "house": "house"}


class EntryList(QListWidget):
    """Entries, one of which is picked. Its letters go elsewhere: it never takes the focus."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(_Row(theme, self))
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_entries(self, entries: Iterable[Entry], picked: str | None = None) -> None:
        """Others; the one with that key is picked, else the first."""
        self.clear()
        at = 0
        for row, entry in enumerate(entries):
            item = QListWidgetItem(entry.title)
            item.setData(_ENTRY, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _spoken(entry))
            item.setToolTip(entry.why_not)
            self.addItem(item)
            at = row if entry.key == picked else at
        self.setCurrentRow(at)

    @property
    def picked(self) -> Entry | None:
        """The one that is picked."""
        entry = self.currentItem().data(_ENTRY) if self.currentRow() >= 0 else None
        return entry if isinstance(entry, Entry) else None

    def move_by(self, rows: int) -> None:
        """Pick another, no further than the ends."""
        self.setCurrentRow(min(max(self.currentRow() + rows, 0), self.count() - 1))


class _Row(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, entry = self._theme, index.data(_ENTRY)
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QColor(theme.dim))
            painter.setBrush(QColor(theme.select))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
        ink = theme.dim if entry.why_not else theme.text
        shape = "tick" if entry.is_on else _SHAPES[entry.kind]
        draw_shape(painter, shape, QRectF(box.left() + 12, box.center().y() - 6, 12, 12), theme.dim)
        keys = QKeySequence(entry.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        keys_px = write(painter, box.adjusted(300, 0, -14, 0), keys, fonts.medium(), theme.text, RIGHT)
        right = box.right() - 30 - keys_px
        title_px = write(
            painter, QRectF(box.left() + 36, box.top(), right - 40, box.height()), entry.title, fonts.medium(), ink
        )
        rest = QRectF(box.left() + 50 + title_px, box.top(), right - box.left() - 50 - title_px, box.height())
        write(painter, rest, entry.why_not or entry.place, fonts.small(), theme.dim, RIGHT)
        painter.restore()


def _spoken(entry: Entry) -> str:
    parts = (entry.title, entry.place, entry.shortcut, f"not now: {entry.why_not}" if entry.why_not else "")
    return ", ".join(filter(None, parts))
