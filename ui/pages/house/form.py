"""Fields of what is picked, each with its refusal right below it; and the question a deed asks.

Signals:
    given(object, str): a Field, and the text that was put into it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.notes import live_note
from ui.state.house_deeds import Deed
from ui.state.house_fields import Field, Section

Editor = QLineEdit | QComboBox


class FieldForm(QScrollArea):
    """Sections of fields. A text that was refused stays where it was typed, with the words below it."""

    given = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("What is picked")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")
        self._sections: tuple[Section, ...] | None = None
        self._can_edit = False
        self.editors: dict[tuple[str | int, ...], Editor] = {}
        self._words: dict[tuple[str | int, ...], QLabel] = {}

    def show_sections(self, sections: tuple[Section, ...], *, can_edit: bool) -> None:
        """The fields of another row, or of the same with other values; what is the same is left alone."""
        if (sections, can_edit) == (self._sections, self._can_edit):
            return
        focused = next((path for path, editor in self.editors.items() if editor.hasFocus()), None)
        self._sections, self._can_edit = sections, can_edit
        self.editors.clear()
        self._words.clear()
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 10, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        line = 0
        for section in sections:
            heading = QLabel(section.title)
            heading.setProperty("voice", "caption")
            heading.setContentsMargins(0, 10 if line else 0, 0, 2)
            grid.addWidget(heading, line, 0, 1, 2)
            line += 1
            for field in section.fields:
                line = self._add(grid, line, section, field)
        if not sections:
            grid.addWidget(_dim("Pick a row: what can be said of it stands here."), line, 0, 1, 2)
            line += 1
        grid.setRowStretch(line, 1)
        self.setWidget(body)
        if focused in self.editors:
            self.editors[focused].setFocus()

    def refuse(self, field: Field, words: str) -> None:
        """Say below a field why its text is not taken; empty words take that back."""
        label = self._words.get(field.path)
        if label is not None:
            label.setText(f"✕ {words}" if words else "")
            label.setVisible(bool(words))
            self.editors[field.path].setAccessibleDescription(words)

    # ------------------------------------------------------------ inside

    def _add(self, grid: QGridLayout, line: int, section: Section, field: Field) -> int:
        title = _dim(field.title)
        title.setMaximumWidth(132)
        title.setToolTip(field.title)
        editor = make_editor(field)
        editor.setAccessibleName(f"{section.title}: {field.title}")
        editor.setEnabled(self._can_edit)
        if isinstance(editor, QComboBox):
            editor.activated.connect(lambda _row: self.given.emit(field, editor.currentText()))
        else:
            editor.editingFinished.connect(lambda: self._on_finished(field, editor))
        words = QLabel("")
        words.setProperty("voice", "stop")
        words.setWordWrap(True)
        words.hide()
        grid.addWidget(title, line, 0)
        grid.addWidget(editor, line, 1)
        grid.addWidget(words, line + 1, 0, 1, 2)
        self.editors[field.path], self._words[field.path] = editor, words
        return line + 2

    def _on_finished(self, field: Field, editor: QLineEdit) -> None:
        if editor.text().strip() != field.text:
            self.given.emit(field, editor.text())
        else:
            self.refuse(field, "")


def _dim(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("voice", "dim")
    return label


def make_editor(field: Field) -> Editor:
    """What a field is edited with: a choice where only some texts make sense, else a line."""
    if field.choices:
        combo = QComboBox()
        combo.addItems(field.choices)
        combo.setCurrentText(field.text)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return combo
    line = QLineEdit(field.text)
    line.setPlaceholderText(field.hint)
    line.setCursorPosition(0)
    return line


class DeedDialog(QDialog):
    """Asks what a deed needs to know. ``try_deed`` is given the texts and returns why not, or nothing."""

    def __init__(self, deed: Deed, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(deed.title.removesuffix("…"))
        self.setMinimumWidth(440)
        self.editors = {field.title: make_editor(field) for field in deed.asks}
        self.words = QLabel("")
        self.words.setProperty("voice", "stop")
        self.words.setWordWrap(True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        for line, (title, editor) in enumerate(self.editors.items()):
            editor.setAccessibleName(title)
            grid.addWidget(QLabel(title), line, 0)
            grid.addWidget(editor, line, 1)
        self.done_button = QPushButton(deed.title.removesuffix("…"))
        self.done_button.setProperty("primary", True)
        self.done_button.setDefault(True)
        cancel = QPushButton("Cancel")
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(live_note(self), 1)
        foot.addWidget(cancel)
        foot.addWidget(self.done_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addLayout(grid)
        layout.addWidget(self.words)
        layout.addLayout(foot)

    def texts(self) -> dict[str, str]:
        """What stands in the fields, by title."""
        return {
            title: editor.currentText() if isinstance(editor, QComboBox) else editor.text()
            for title, editor in self.editors.items()
        }
