"""Ctrl+F1: which key does what. Each change counts at once, in menus, tooltips, palette and key sheet alike.

A key that another action has is named with it, and taken from there only when that is asked for; Space, Esc and D
belong to nobody and say why.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.action import Action
from ui.actions import ACTION_BY_ID, ACTIONS
from ui.dialogs.notes import live_note
from ui.empty_words import EmptyWords
from ui.entry_list import EntryList
from ui.key_rows import keys_html
from ui.save_buttons import SaveButtons
from ui.state.fuzzy import fit
from ui.state.keymap import Keymap, owner_of, reset_keys, take_keys, why_fixed
from ui.state.palette import Entry
from ui.theme.colours import Theme

_ALONE: Final = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
_MOVES: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class KeyCatcher(QPushButton):
    """A button that, once pressed, takes the next key for itself.

    Signals:
        caught(str): a key combination as Qt writes it.
    """

    caught = Signal(str)

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._words = words
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.toggled.connect(self._on_toggled)

    def _on_toggled(self, waits: bool) -> None:
        self.setText("Press the key …" if waits else self._words)
        if waits:
            self.setFocus()

    # ------------------------------------------------------------ Qt

    def event(self, event: QEvent) -> bool:
        if self.isChecked() and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # or the key would do what it does now
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() not in _ALONE:
                self.setChecked(False)
                keys = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
                self.caught.emit(keys)
                return True
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return False if self.isChecked() else super().focusNextPrevChild(forward)


class ChangeKeys(QDialog):
    """``changed`` is given the keymap after each change."""

    def __init__(
        self, theme: Theme, keymap: Keymap, changed: Callable[[Keymap], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Change keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.keymap, self._changed = keymap, changed
        self._caught = ""
        self.line = QLineEdit(self)
        self.line.setAccessibleName("Filter actions")
        self.line.setPlaceholderText("Part of a title or a menu, or a key such as Ctrl+B")
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._show)
        self.list = EntryList("Actions and their keys", theme, self)
        EmptyWords(self.list, "No action is called so, and none has that key: take some letters away")
        self.list.currentRowChanged.connect(self._on_picked)
        self.said = QLabel("", self)
        self.said.setWordWrap(True)
        self.said.setMinimumHeight(40)
        self.catch = KeyCatcher("Press a new key", self)
        self.catch.caught.connect(self.give)
        self.take = self._button("Take it", lambda: self._take(self._caught))
        self.none = self._button("No key", lambda: self._give_none())
        self.reset = self._button("Reset", self._reset)
        self.reset_all = self._button("Reset all", lambda: self._set(Keymap(), "All keys are those that ship"))
        self.paper = SaveButtons(("PDF", "HTML"), self)
        close = self._button("Close", self.accept)
        row, foot = QHBoxLayout(), QHBoxLayout()
        for button in (self.catch, self.take, self.none, self.reset):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.reset_all)
        sheet = QLabel("Sheet to print", self)
        sheet.setProperty("voice", "dim")
        foot.addWidget(sheet)
        foot.addWidget(self.paper, 1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 12)
        layout.setSpacing(10)
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.said)
        layout.addLayout(row)
        layout.addLayout(foot)
        layout.addWidget(live_note(self))
        self.resize(760, 560)
        self._show()
        self._offer()
        self.line.setFocus()

    @property
    def action(self) -> Action | None:
        """The one that is picked."""
        picked = self.list.picked
        return ACTION_BY_ID[picked.key] if picked is not None else None

    def give(self, keys: str) -> None:
        """A key was pressed for the picked action: given, or refused with the reason."""
        action, self._caught = self.action, ""
        self.take.setVisible(False)
        if action is None:
            return
        fixed, owner = why_fixed(keys), owner_of(keys, ACTIONS, self.keymap)
        if fixed:
            self.said.setText(f"{keys} is not to be given away. {fixed}.")
        elif owner is None or owner.id == action.id:
            self._take(keys)
        else:
            self._caught = keys
            self.said.setText(f"{keys} is the key of “{owner.title}”. Take it from there, or press another.")
            self.take.setVisible(True)

    def _take(self, keys: str) -> None:
        action = self.action
        if action is not None and keys:
            self._set(take_keys(self.keymap, action, keys, ACTIONS), f"{keys} is now “{action.title}”")

    def _give_none(self) -> None:
        action = self.action
        if action is not None:
            self._set(self.keymap.with_keys(action, ()), f"“{action.title}” has no key; Ctrl+K finds it")

    def _reset(self) -> None:
        action = self.action
        if action is not None:
            self._set(reset_keys(self.keymap, action, ACTIONS), f"“{action.title}” has its shipped key again")

    def _set(self, keymap: Keymap, words: str) -> None:
        self.keymap = keymap
        self._changed(keymap)
        self._show()
        self._offer()
        self.said.setText(words)

    def _show(self) -> None:
        typed, before = self.line.text(), self.list.picked
        rows = [
            Entry("action", each.id, each.title, _place(each, self.keymap), ", ".join(self.keymap.keys(each)))
            for each in ACTIONS
            if fit(typed, f"{each.title} {each.menu or ''}") is not None
            or typed.strip().casefold() in map(str.casefold, self.keymap.keys(each))
        ]
        self.list.show_entries(rows, before.key if before is not None else None)

    def _offer(self) -> None:
        self.paper.offer("Showcaller keys", {form: lambda: keys_html(self.keymap) for form in ("PDF", "HTML")})

    def _on_picked(self, _row: int) -> None:
        self.said.setText("")
        self.take.setVisible(False)
        self.catch.setChecked(False)

    def _button(self, words: str, on_clicked: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: on_clicked())
        return button

    # ------------------------------------------------------------ Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _MOVES:
            self.list.move_by(_MOVES[Qt.Key(event.key())])
            return True
        return super().eventFilter(watched, event)


def _place(action: Action, keymap: Keymap) -> str:
    chosen = action.id in keymap.own
    return f"{action.menu or ''}{f' · ships with {action.keys[0]}' if chosen and action.keys else ''}"
