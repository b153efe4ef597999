"""Ctrl+K: everything that can be done or gone to, by a few letters.

A key runs what is picked, and the palette is gone before it runs: what it opens stands alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidgetItem, QVBoxLayout, QWidget

from ui.dialogs.notes import live_note
from ui.empty_words import EmptyWords
from ui.entry_list import EntryList
from ui.state.palette import Entry
from ui.theme import fonts
from ui.theme.colours import Theme

WIDTH_PX: Final = 720
HEIGHT_PX: Final = 460
_MOVES: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class Palette(QDialog):
    """``find`` is asked at each letter; ``chosen`` is told what was picked, once, and never what is refused."""

    def __init__(
        self,
        theme: Theme,
        find: Callable[[str], tuple[Entry, ...]],
        chosen: Callable[[Entry], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Find and do")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._find, self._chosen = find, chosen
        self.line = QLineEdit(self)
        self.line.setAccessibleName("What to find")
        self.line.setPlaceholderText("An action, a cue's number or label, an item, a house …")
        self.line.setFont(fonts.font(fonts.STRONG_PX + 1))
        self.line.setMinimumHeight(44)
        self.line.installEventFilter(self)
        self.list = EntryList("What was found", theme, self)
        EmptyWords(self.list, "Nothing is called so: take some letters away")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 10)
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        layout.addWidget(live_note(self))
        self.resize(WIDTH_PX, HEIGHT_PX)
        self.line.textChanged.connect(self._on_typed)
        self.line.returnPressed.connect(self._on_return)
        self.list.itemClicked.connect(self._on_clicked)
        self._on_typed("")

    def _on_typed(self, typed: str) -> None:
        self.list.show_entries(self._find(typed))
        self.list.scrollToTop()

    def _on_clicked(self, _item: QListWidgetItem) -> None:
        self._on_return()

    def _on_return(self) -> None:
        picked = self.list.picked
        if picked is None or picked.why_not:
            return  # the row says why, and what else was typed stands
        self.accept()
        self._chosen(picked)

    # ------------------------------------------------------------ Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _MOVES:
            self.list.move_by(_MOVES[Qt.Key(event.key())])
            return True
        return super().eventFilter(watched, event)


def show_palette(palette: Palette, below: QWidget) -> None:
    """Show it under ``below`` where that is on show; modal to its window, and the caller goes on at once."""
    parent = palette.parentWidget()
    if below.isVisible():
        palette.move(below.mapToGlobal(QPoint((below.width() - palette.width()) // 2, below.height() + 8)))
    elif parent is not None:
        palette.move(parent.mapToGlobal(QPoint((parent.width() - palette.width()) // 2, 60)))
    palette.open()
    palette.line.setFocus()
