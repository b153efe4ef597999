"""F1: every key, drawn up from the actions, so that it cannot be out of date."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.actions import ACTIONS, FIXED_KEYS, MENUS
from ui.dialogs.notes import live_note


def key_rows() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """(heading, ((keys, what they do), …)) in the order of the menus; the fixed keys first."""
    groups: list[tuple[str, tuple[tuple[str, str], ...]]] = [("Always", FIXED_KEYS)]
    for menu in MENUS:
        rows = tuple((_native(action.keys), action.title) for action in ACTIONS if action.menu == menu and action.keys)
        if rows:
            groups.append((menu, rows))
    return tuple(groups)


def _native(keys: tuple[str, ...]) -> str:
    return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)


class KeySheet(QDialog):
    """Two columns of keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        columns = [QVBoxLayout(), QVBoxLayout()]
        lengths = [0, 0]
        for heading, rows in key_rows():
            at = lengths.index(min(lengths))
            lengths[at] += len(rows) + 2
            columns[at].addLayout(self._group(heading, rows))
            columns[at].addSpacing(14)
        row = QHBoxLayout()
        row.setSpacing(40)
        for column in columns:
            column.addStretch(1)
            row.addLayout(column)
        close = QPushButton("Close")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(live_note(self), 1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.addLayout(row)
        layout.addLayout(foot)

    @staticmethod
    def _group(heading: str, rows: tuple[tuple[str, str], ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(5)
        title = QLabel(heading)
        title.setProperty("voice", "heading")
        grid.addWidget(title, 0, 0, 1, 2)
        for place, (keys, words) in enumerate(rows, 1):
            key = QLabel(keys)
            key.setStyleSheet("font-weight: 600;")
            key.setMinimumWidth(120)
            what = QLabel(words)
            what.setProperty("voice", "dim")
            what.setWordWrap(len(words) > 48)
            what.setMinimumWidth(300)
            grid.addWidget(key, place, 0)
            grid.addWidget(what, place, 1)
        return grid


def show_keys(parent: QWidget) -> None:
    """Show the sheet until it is closed."""
    sheet = KeySheet(parent)
    sheet.exec()
    sheet.deleteLater()
