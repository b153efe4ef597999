"""One group of the inspector's fields: a heading, its rows' buttons, and the editors with their refusals below them.

Signals:
    given(object, str): a Field, and the text that was put into it.
    typed(object, str): the same while somebody types.
    row_asked(object, str): a path, and what is to be done with the row: add, remove, up or down.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from profiles.known_keys import Path
from ui.inspector.editors import Editor, make_editor
from ui.state.inspector_fields import Group
from ui.state.inspector_text import SEVERAL, Field

TITLE_PX = 98
_ROW_DEEDS = (("up", "↑", "Move up"), ("down", "↓", "Move down"), ("remove", "✕", "Remove"))


class GroupBox(QWidget):
    """Made for a group's shape; shows any group of the same."""

    given = Signal(object, str)
    typed = Signal(object, str)
    row_asked = Signal(object, str)

    def __init__(self, group: Group, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editors: dict[Path, Editor] = {}
        self.words: dict[Path, QLabel] = {}
        self.buttons: dict[tuple[Path, str], QToolButton | QPushButton] = {}
        self._fields: dict[Path, Field] = {}
        self._group = group
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, TITLE_PX)
        line = 0
        if group.title:
            self._grid.addWidget(self._heading(group), line, 0, 1, 2)
            line += 1
        for field in group.fields:
            self._add(group, field, line)
            line += 2
        if group.adds is not None:
            self._add_adder(group.adds, group.adds_word, line)

    def show_group(self, group: Group, *, can_edit: bool) -> None:
        """The values as they stand; what was refused is forgotten."""
        self._group = group
        for field in group.fields:
            editor = self.editors[field.path]
            self._fields[field.path] = field
            editor.show_field(field)
            editor.setToolTip("\n".join(filter(None, (field.note, field.wanted))))
            editor.setEnabled(can_edit)
            self.refuse(field.path, "")
        for (_, deed), button in self.buttons.items():
            at_end = group.is_first if deed == "up" else deed == "down" and group.is_last
            button.setEnabled(can_edit and not at_end)

    def refuse(self, path: Path, words: str) -> None:
        """Say below a field why its text is not taken; empty words take that back."""
        label = self.words[path]
        label.setText(f"✕ {words}" if words else "")
        label.setVisible(bool(words))
        self.editors[path].setAccessibleDescription(words or self._fields[path].wanted)

    # ------------------------------------------------------------ inside

    def _add(self, group: Group, field: Field, line: int) -> None:
        title = QLabel(field.title + (f" {field.unit}" if field.unit and field.unit != "0..1" else ""))
        title.setProperty("voice", "dim")
        title.setFixedWidth(TITLE_PX)
        title.setWordWrap(True)
        editor = make_editor(field)
        title.setBuddy(editor)
        editor.setAccessibleName(f"{group.title}: {field.title}")
        editor.given.connect(partial(self._on_given, field.path))
        editor.typed.connect(partial(self._on_typed, field.path))
        words = QLabel("")
        words.setProperty("voice", "stop")
        words.setWordWrap(True)
        words.hide()
        self._grid.addWidget(title, line, 0)
        self._grid.addWidget(editor, line, 1)
        self._grid.addWidget(words, line + 1, 0, 1, 2)
        self.editors[field.path], self.words[field.path] = editor, words

    def _add_adder(self, at: Path, words: str, line: int) -> None:
        add = QPushButton(words)
        add.setProperty("chip", True)
        add.clicked.connect(partial(self._on_row_clicked, at, "add"))
        self.buttons[at, "add"] = add
        self._grid.addWidget(add, line, 1, Qt.AlignmentFlag.AlignLeft)

    def _heading(self, group: Group) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 8, 0, 1)
        row.setSpacing(2)
        words = QLabel(group.title)
        words.setProperty("voice", "caption")
        row.addWidget(words, 1)
        at = group.row
        for deed, sign, name in _ROW_DEEDS if at is not None else ():
            assert at is not None  # noqa: S101 - for the type checker: said in the line above
            button = QToolButton()
            button.setText(sign)
            button.setToolTip(f"{name}: {group.title.lower()}")
            button.setAccessibleName(f"{name}: {group.title.lower()}")
            button.clicked.connect(partial(self._on_row_clicked, at, deed))
            self.buttons[at, deed] = button
            row.addWidget(button)
        return box

    def _on_row_clicked(self, at: Path, deed: str) -> None:
        self.row_asked.emit(at, deed)

    def _on_given(self, path: Path, text: str) -> None:
        field = self._fields[path]
        if not (field.several and text in ("", SEVERAL)):
            self.given.emit(field, text)

    def _on_typed(self, path: Path, text: str) -> None:
        self.typed.emit(self._fields[path], text)


def group_shape(group: Group) -> object:
    """What decides which editors a group has, and how they are called."""
    kinds = tuple((field.path, field.title, field.unit, field.kind) for field in group.fields)
    return (group.title, group.row, group.adds, kinds)
