"""What one field is edited with: a line, a few lines, or a choice; all speak texts, and say when one is given.

Signals:
    given(str): the field was left, or Return pressed, with another text in it.
    typed(str): the text as it stands while somebody types.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from ui.state.inspector_text import SEVERAL, Field, Option

LINES_PX = 46

_YES_NO = (Option("yes", "yes"), Option("no", "no"))


class LineEditor(QLineEdit):
    """One line. Esc puts back what stood there."""

    given = Signal(str)
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stood = ""
        self.editingFinished.connect(self.finish)
        self.textEdited.connect(self.typed)

    def show_field(self, field: Field) -> None:
        """The value as it stands; what somebody types just now is left alone."""
        self._stood = field.text
        self.setPlaceholderText(field.hint)
        if not (self.hasFocus() and self.isModified()):
            self.setText(field.text)
            self.setCursorPosition(0)

    def finish(self) -> None:
        """Give what was typed, if it is another text."""
        if self.text().strip() != self._stood:
            self.given.emit(self.text())

    def let_go(self) -> None:
        """What was typed is given, or not wanted any more."""
        self.setModified(False)

    def put_back(self) -> None:
        """What stood there."""
        self.setText(self._stood)
        self.typed.emit(self._stood)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_back()
            self.selectAll()
            event.accept()
            return
        super().keyPressEvent(event)


class LinesEditor(QPlainTextEdit):
    """A few lines. Return begins another; Ctrl+Return and leaving it give the text, Esc puts back."""

    given = Signal(str)
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stood = ""
        self.setFixedHeight(LINES_PX)
        self.setTabChangesFocus(True)
        self.textChanged.connect(lambda: self.typed.emit(self.toPlainText()))

    def show_field(self, field: Field) -> None:
        """The value as it stands; what somebody types just now is left alone."""
        self._stood = field.text
        self.setPlaceholderText(field.hint)
        if not (self.hasFocus() and self.document().isModified()):
            self.blockSignals(True)
            self.setPlainText(field.text)
            self.blockSignals(False)

    def finish(self) -> None:
        """Give what was typed, if it is another text."""
        if self.toPlainText().strip() != self._stood.strip():
            self.given.emit(self.toPlainText())

    def let_go(self) -> None:
        """What was typed is given, or not wanted any more."""
        self.document().setModified(False)

    def put_back(self) -> None:
        """What stood there."""
        self.setPlainText(self._stood)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_back()
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers():
            self.finish()
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.finish()


class ChoiceEditor(QComboBox):
    """One of a few. The wheel scrolls the panel, and changes nothing on its way."""

    given = Signal(str)
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options: tuple[Option, ...] = ()
        self._stood = -1
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._on_activated)

    def show_field(self, field: Field) -> None:
        """The value as it stands."""
        options = field.options or _YES_NO
        if options != self._options:
            self._options = options
            self.clear()
            self.addItems([option.label for option in options])
        values = [option.value for option in options]
        self._stood = -1 if field.several or field.text not in values else values.index(field.text)
        self.setPlaceholderText(SEVERAL if field.several else field.hint)
        self.setCurrentIndex(self._stood)

    def finish(self) -> None:
        """A choice is given when it is made."""

    def let_go(self) -> None:
        """Nothing is typed here."""

    def put_back(self) -> None:
        """What stood there."""
        self.setCurrentIndex(self._stood)

    def _on_activated(self, place: int) -> None:
        if place != self._stood:
            self.given.emit(self._options[place].value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


Editor = LineEditor | LinesEditor | ChoiceEditor


def make_editor(field: Field) -> Editor:
    """The editor of a field's kind."""
    if field.kind in ("choice", "flag"):
        return ChoiceEditor()
    return LinesEditor() if field.kind == "lines" else LineEditor()
