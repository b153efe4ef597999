"""F1: every key, drawn up from the actions, so that it cannot be out of date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
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

from ui.actions import ACTIONS, FIXED_KEYS
from ui.dialogs.notes import live_note

COLUMNS: Final = 4
_KEYS_PX: Final = 84
_WORDS_PX: Final = 150
_PARTS: Final = {
    "transport.hold": "Transport",
    "item.load": "Items",
    "panic": "Stopping",
    "hazard.arm": "Hazards, devices",
    "focus.rundown": "View, help",
    "help.keys": "View, help",
}
"""Where the longest menu is cut, and what its parts are headed."""

Group = tuple[str, tuple[tuple[str, str], ...]]


def key_rows() -> tuple[Group, ...]:
    """(heading, ((keys, what they do), …)) in the order of the menus; the fixed keys first."""
    groups: dict[str, list[tuple[str, str]]] = {"Always": list(FIXED_KEYS)}
    menu, heading = "", ""
    for action in ACTIONS:
        if action.menu is None or not action.keys:
            continue
        heading = _PARTS.get(action.id) or (heading if action.menu == menu else action.menu)
        menu = action.menu
        groups.setdefault(heading, []).append((_native(action.keys), action.title))
    return tuple((each, tuple(rows)) for each, rows in groups.items())


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


def _native(keys: tuple[str, ...]) -> str:
    return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)


class KeySheet(QDialog):
    """Four columns of keys; what is too high for the place between the clocks and the GO bar scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        columns = [QVBoxLayout() for _ in range(COLUMNS)]
        for column, groups in zip(columns, in_columns(key_rows()), strict=True):
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


def show_keys(parent: QWidget, below: QWidget, above: QWidget) -> None:
    """Show the sheet until it is closed; between ``below`` and ``above`` where they are on show."""
    sheet = KeySheet(parent)
    if below.isVisible():
        top = below.mapToGlobal(QPoint(0, below.height())).y()
        window = parent.window()
        frame = window.frameGeometry().height() - window.height()  # the sheet's own is as high
        sheet.fit(above.mapToGlobal(QPoint(0, 0)).y() - top - frame)
        sheet.move(below.mapToGlobal(QPoint((below.width() - sheet.width()) // 2, below.height())))
    sheet.exec()
    sheet.deleteLater()
