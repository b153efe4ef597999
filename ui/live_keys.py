"""Reads Space and Esc before any widget does, so that no focus can swallow a GO or a panic.

Signals:
    go_pressed(), go_released(): Space went down for a GO, and came up.
    panic_pressed(): Esc was pressed where it is panic.
    hold_pressed(), hold_released(): D went down for the dead-man, and came up.
    caret_moved(bool): a text field took the caret, or gave it back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from ui.state.keys import Focus, Key, Keyed, LiveKeys

_KEYS: Final[dict[int, Key]] = {
    Qt.Key.Key_Space.value: "space",
    Qt.Key.Key_Escape.value: "escape",
    Qt.Key.Key_D.value: "dead_man",
}
_ENDS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEY_EVENTS: Final = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)


def takes_text(widget: QWidget | None) -> bool:
    """True where a typed space would become text."""
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QAbstractSpinBox)


def close_what_is_open() -> None:
    """Close every menu, list and dialog above the window, as if nothing had been chosen in them."""
    for top in (QApplication.activePopupWidget, QApplication.activeModalWidget):
        before: QWidget | None = None
        while (widget := top()) is not None and widget is not before:  # one that will not close is left alone
            before = widget
            if isinstance(widget, QDialog):
                widget.reject()
            else:
                widget.close()


def _keep_for_field(watched: QObject, event: QKeyEvent) -> bool:
    """Return ends what is typed into a field; Qt would give it to the action whose shortcut it is, outside."""
    if event.key() not in _ENDS or event.modifiers() or not isinstance(watched, QLineEdit) or not takes_text(watched):
        return False
    event.accept()
    return True


class LiveKeyFilter(QObject):
    """Installed on the application; ``focus`` says what is open, the rest is asked of Qt."""

    go_pressed = Signal()
    go_released = Signal()
    panic_pressed = Signal()
    hold_pressed = Signal()
    hold_released = Signal()
    caret_moved = Signal(bool)

    def __init__(self, app: QApplication, focus: Callable[[], Focus], parent: QObject) -> None:
        super().__init__(parent)
        self._focus = focus
        self._keys = LiveKeys()
        app.installEventFilter(self)
        app.focusChanged.connect(self._on_focus_changed)

    def remove(self) -> None:
        """Leave the application alone again."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.removeEventFilter(self)
            app.focusChanged.disconnect(self._on_focus_changed)

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        self.caret_moved.emit(takes_text(now))

    # ------------------------------------------------------------ Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return _keep_for_field(watched, event)
        if event.type() not in _KEY_EVENTS or not isinstance(event, QKeyEvent):
            return False
        key = _KEYS.get(event.key())
        if key is None:
            return False
        modified = bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
        keyed = Keyed(key, event.type() == QEvent.Type.KeyPress, repeated=event.isAutoRepeat(), modified=modified)
        match self._keys.meaning(keyed, self._focus()):
            case "ordinary":
                return False
            case "go":
                self.go_pressed.emit()
            case "go_up":
                self.go_released.emit()
            case "panic":
                self.panic_pressed.emit()
            case "hold":
                self.hold_pressed.emit()
            case "hold_up":
                self.hold_released.emit()
        return True
