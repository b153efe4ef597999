"""Shift+F1: every key, drawn up from the actions, so that it cannot be out of date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.notes import live_note
from ui.key_rows import Group, key_rows
from ui.state.keymap import Keymap

COLUMNS: Final = 4
_KEYS_PX: Final = 84
_WORDS_PX: Final = 150


def in_columns(groups: Sequence[Group]) -> list[list[Group]]:
    """The groups in their order, in columns as low as can be."""
    low = 1
    while len(laid := _filled(groups, low)) > COLUMNS:
        low += 1
    return laid + [[] for _ in range(COLUMNS - len(laid))]


def _filled(groups: Sequence[Group], rows: int) -> list[list[Group]]:
    """Columns of at most so many rows, a heading counted as two; a group that is longer has one of its own."""
    columns: list[list[Group]] = [[]]
    used = 0
    for group in groups:
        length = len(group[1]) + 2
        if columns[-1] and used + length > rows:
            columns.append([])
            used = 0
        columns[-1].append(group)
        used += length
    return columns


class KeySheet(QDialog):
    """Four columns of keys; what is too high for the place between the clocks and the GO bar scrolls."""

    def __init__(self, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        columns = [QVBoxLayout() for _ in range(COLUMNS)]
        for column, groups in zip(columns, in_columns(key_rows(keymap)), strict=True):
            for heading, rows in groups:
                column.addLayout(self._group(heading, rows))
                column.addSpacing(4)
        keys = QWidget()
        row = QHBoxLayout(keys)
        row.setContentsMargins(0, 0, 12, 0)
        row.setSpacing(16)
        for column in columns:
            column.setSpacing(0)
            column.addStretch(1)
            row.addLayout(column)
        close = QPushButton("Close")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(live_note(self), 1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 8, 24, 6)
        layout.setSpacing(4)
        self._rows = QScrollArea(self)
        self._rows.setAccessibleName("Keys and what they do")
        self._rows.setFrameShape(QFrame.Shape.NoFrame)
        self._rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows.setWidgetResizable(True)
        self._keys = keys
        self._rows.setWidget(keys)
        self._rows.setMinimumWidth(keys.sizeHint().width())
        self._rows.setMinimumHeight(120)
        layout.addWidget(self._rows)
        layout.addLayout(foot)

    def fit(self, height_px: int) -> None:
        """As high as its keys need, and no higher than ``height_px``."""
        around = self.sizeHint().height() - self._rows.sizeHint().height()
        self.resize(self.sizeHint().width(), min(self._keys.sizeHint().height() + around, height_px))

    @staticmethod
    def _group(heading: str, rows: tuple[tuple[str, str], ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, _KEYS_PX)
        grid.setColumnMinimumWidth(1, _WORDS_PX)
        grid.setColumnStretch(1, 1)  # the keys stay at the left
        title = QLabel(heading)
        title.setProperty("voice", "heading")
        grid.addWidget(title, 0, 0, 1, 2)
        for place, (keys, words) in enumerate(rows, 1):
            key = QLabel(keys)
            key.setStyleSheet("font-weight: 600;")
            what = QLabel(words)
            what.setProperty("voice", "dim")
            grid.addWidget(key, place, 0)
            grid.addWidget(what, place, 1)
        return grid


def show_keys(parent: QWidget, below: QWidget, above: QWidget, keymap: Keymap) -> None:
    """Show the sheet until it is closed; between ``below`` and ``above`` where they are on show."""
    sheet = KeySheet(keymap, parent)
    if below.isVisible():
        top = below.mapToGlobal(QPoint(0, below.height())).y()
        window = parent.window()
        frame = window.frameGeometry().height() - window.height()  # the sheet's own is as high
        sheet.fit(above.mapToGlobal(QPoint(0, 0)).y() - top - frame)
        sheet.move(below.mapToGlobal(QPoint((below.width() - sheet.width()) // 2, below.height())))
    sheet.exec()
    sheet.deleteLater()
