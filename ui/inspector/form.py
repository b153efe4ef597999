"""The fields of the inspector, group below group.

Signals:
    given(object, str): a Field, and the text that was put into it.
    typed(object, str): the same while somebody types.
    row_asked(object, str): a path, and what is to be done with the row: add, remove, up or down.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from profiles.known_keys import Path
from ui.inspector.editors import Editor
from ui.inspector.group_box import GroupBox, group_shape
from ui.state.inspector_fields import Group

MOST_KEPT: Final = 60
"""Boxes that wait, out of sight, for a group of their shape: a box is dear to make while a show rolls."""

_COMPACT: Final = """
    QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }
    QLineEdit, QComboBox { min-height: 25px; padding: 0 6px; }
    QPlainTextEdit { padding: 0 2px; }
    QToolButton { padding: 0 6px; min-height: 20px; }
"""


class InspectorForm(QScrollArea):
    """Boxes stay where their group stays, and with them the caret; others are kept for when they are wanted again."""

    given = Signal(object, str)
    typed = Signal(object, str)
    row_asked = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Fields of what is picked")
        self.setStyleSheet(_COMPACT)
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 4)
        self._column.setSpacing(3)
        self._column.addStretch(1)
        self.setWidget(self._body)
        self._shown: list[tuple[object, GroupBox]] = []
        self._kept: list[tuple[object, GroupBox]] = []

    @property
    def editors(self) -> dict[Path, Editor]:
        """Every editor on show, by the path of its field."""
        return {path: editor for _, box in self._shown for path, editor in box.editors.items()}

    @property
    def buttons(self) -> dict[tuple[Path, str], QWidget]:
        """Every button on show, by the path of its row or list and what it does."""
        return {key: button for _, box in self._shown for key, button in box.buttons.items()}

    def words(self, path: Path) -> str:
        """Why the text of a field is not taken."""
        return next((box.words[path].text() for _, box in self._shown if path in box.words), "")

    def show_groups(self, groups: tuple[Group, ...], *, can_edit: bool) -> None:
        """These fields, in place of those before."""
        spare = [*self._kept, *self._shown]
        shown: list[tuple[object, GroupBox]] = []
        for group in groups:
            shape = group_shape(group)
            place = next((n for n in reversed(range(len(spare))) if spare[n][0] == shape), None)
            shown.append(spare.pop(place) if place is not None else (shape, self._make(group)))
        if [box for _, box in shown] != [box for _, box in self._shown]:
            self._lay_out(shown, spare)
        for (_, box), group in zip(shown, groups, strict=True):
            box.show_group(group, can_edit=can_edit)

    def refuse(self, path: Path, words: str) -> None:
        """Say below a field why its text is not taken; empty words take that back."""
        for _, box in self._shown:
            if path in box.words:
                box.refuse(path, words)
                if words:
                    self.ensureWidgetVisible(box.words[path], 0, 24)

    def put_back(self, path: Path) -> None:
        """A field shows again what stands in the show."""
        if path in self.editors:
            self.editors[path].put_back()

    def finish(self) -> None:
        """Give what is typed and not given yet."""
        for editor in list(self.editors.values()):
            if editor.hasFocus():
                editor.finish()

    def let_go(self) -> None:
        """Whatever is typed is given, or not wanted any more: the fields show what stands."""
        for editor in self.editors.values():
            editor.let_go()

    # ------------------------------------------------------------ inside

    def _make(self, group: Group) -> GroupBox:
        box = GroupBox(group, self._body)
        box.given.connect(self.given)
        box.typed.connect(self.typed)
        box.row_asked.connect(self.row_asked)
        return box

    def _lay_out(self, shown: list[tuple[object, GroupBox]], spare: list[tuple[object, GroupBox]]) -> None:
        self._shown = shown
        for _, box in spare:
            self._column.removeWidget(box)
            box.hide()
        for place, (_, box) in enumerate(shown):
            if self._column.indexOf(box) != place:
                self._column.insertWidget(place, box)
            box.show()
        for _, box in spare[:-MOST_KEPT]:
            box.deleteLater()
        self._kept = spare[-MOST_KEPT:]
