"""A line of text on a page: what is typed in it stays in it, Return included."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

_KEPT: Final = frozenset((Qt.Key.Key_Return, Qt.Key.Key_Enter))


class TextField(QLineEdit):
    """Return belongs to the field that has the caret, and moves no standby."""

    # ------------------------------------------------------------ Qt

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _KEPT:
            event.accept()
            return True
        return super().event(event)
