"""Every list that can be empty says why and what to do, to eye and screen reader, and is quiet once it holds a row."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QListWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Rig
from ui.actions import ACTION_BY_ID
from ui.empty_words import EmptyWords
from ui.page_actions import PAGE_NAMES

ELSEWHERE = {
    "Messages": "message_panel: words stand in its place",
    "Cue list": "cue_list/panel: words stand in its place, and say whether a filter is why",
    "Preflight report": "pages/preflight: words stand in its place",
    "Differences": "diff/table: words stand in its place",
    "Problems": "away where there are none",
}
"""Lists that have another way, by name."""


def lists(rig: Rig) -> list[QAbstractItemView]:
    for page in PAGE_NAMES:
        rig.window.page.book.turn_to(page.id, rig.desk, 0)
    return [
        view
        for view in rig.window.findChildren(QAbstractItemView)
        if not isinstance(view, QHeaderView) and not any(isinstance(each, QComboBox) for each in parents(view))
    ]


def parents(view: QAbstractItemView) -> list[object]:
    found: list[object] = []
    at = view.parent()
    while at is not None:
        found.append(at)
        at = at.parent()
    return found


def test_every_list_of_the_window_says_something_while_it_is_empty(rig: Rig) -> None:
    for view in lists(rig):
        name = view.accessibleName()
        if name in ELSEWHERE or view.model().rowCount():
            continue
        words = view.findChild(EmptyWords)
        assert words is not None, name
        assert not words.isHidden(), name
        assert view.accessibleDescription() == words.text()
        assert ": " in words.text(), f"{name} says what is missing and not what to do"


def test_words_go_when_a_row_comes_and_fill_the_list(qtbot: QtBot) -> None:
    view = QListWidget()
    qtbot.addWidget(view)
    words = EmptyWords(view, "No rows: add one")
    view.resize(QSize(300, 200))
    view.show()
    assert words.isVisible()
    assert words.geometry() == view.viewport().rect()
    view.addItem("row")
    assert not words.isVisible()
    assert view.accessibleDescription() == ""
    view.clear()
    assert words.isVisible()
    assert view.accessibleDescription() == "No rows: add one"


@pytest.mark.parametrize(
    ("action", "keys"),
    [
        ("show.new", "Ctrl+N"),
        ("cues.insert", "Ins"),
        ("cues.import", "Ctrl+Alt+I"),
        ("page.house", "F3"),
        ("page.rehearsal", "F8"),
        ("page.line_check", "Shift+F6"),
    ],
)
def test_the_keys_that_empty_lists_name_are_those_that_ship(action: str, keys: str) -> None:
    assert ACTION_BY_ID[action].keys[0] == keys
