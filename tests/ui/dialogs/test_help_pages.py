"""Help by topic: every page reads, names only actions there are, with the keys that count now."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Rig
from ui.actions import ACTION_BY_ID
from ui.dialogs.help_pages import HelpPages
from ui.page_actions import PAGE_NAMES
from ui.state.help_topics import ACTION_WORDS, PAGE_TOPICS, Topic, topic_for, topic_text, topics
from ui.state.keymap import Keymap
from ui.theme.colours import DARK


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.id)
def test_a_page_names_only_actions_there_are(topic: Topic) -> None:
    named = ACTION_WORDS.findall(topic.text)
    assert named
    assert set(named) <= set(ACTION_BY_ID)
    text = topic_text(topic, ACTION_BY_ID, Keymap())
    assert "{" not in text
    assert text.startswith(f"# {topic.title}\n")


def test_keys_are_those_that_count_now() -> None:
    topic = topics()[0]
    action = ACTION_BY_ID["show.new"]
    assert "**Ctrl+N** (New show)" in topic_text(topic, ACTION_BY_ID, Keymap())
    assert "**Ctrl+H** (New show)" in topic_text(topic, ACTION_BY_ID, Keymap().with_keys(action, ("Ctrl+H",)))
    assert "**New show** (Menu Show)" in topic_text(topic, ACTION_BY_ID, Keymap().with_keys(action, ()))


def test_every_page_of_the_window_has_its_topic() -> None:
    assert set(PAGE_TOPICS) == {page.id for page in PAGE_NAMES}
    assert set(PAGE_TOPICS.values()) <= {topic.id for topic in topics()}
    assert topic_for("takes", is_open=True) == "rehearsal"
    assert topic_for("takes", is_open=False) == "first-steps"


def test_topics_are_read_by_the_keyboard(qtbot: QtBot) -> None:
    asked: list[str] = []
    pages = HelpPages(DARK, Keymap(), lambda: asked.append("keys"))
    qtbot.addWidget(pages)
    pages.show()
    assert pages.text.toPlainText().startswith("First steps")
    pages.topics.setFocus()
    qtbot.keyClick(pages.topics, Qt.Key.Key_Down)
    assert pages.text.toPlainText().startswith("Running a show")
    assert (pages.topics.accessibleName(), pages.text.accessibleName()) == ("Topics", "Help")
    button = next(each for each in pages.findChildren(QPushButton) if each.text() == "Every key…")
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert asked == ["keys"]


def test_help_begins_where_the_operator_is_and_stands_once(rig: Rig) -> None:
    rig.window.run_action("help.pages")
    pages = rig.window.findChild(HelpPages)
    assert pages is not None
    assert pages.topics.chosen == "first-steps"
    rig.open()
    rig.window.run_action("page.rehearsal")
    rig.window.run_action("help.pages")
    assert rig.window.findChildren(HelpPages) == [pages]
    assert pages.topics.chosen == "rehearsal"
    pages.close()
