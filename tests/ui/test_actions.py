import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Rig
from ui.actions import ACTION_BY_ID, ACTIONS, FIXED_KEYS, MENUS
from ui.state.desk import Desk

FIXED = ("Space", "Esc", "Up", "Down", "Left", "Right", "Tab")


def test_ids_are_unique_and_every_menu_is_used() -> None:
    assert len(ACTION_BY_ID) == len(ACTIONS)
    assert {action.menu for action in ACTIONS} == set(MENUS)


def test_no_key_does_two_things(qapp: QApplication) -> None:
    taken: dict[str, str] = {QKeySequence(keys).toString(): "fixed" for keys in FIXED}
    for action in ACTIONS:
        for keys in action.keys:
            sequence = QKeySequence(keys).toString()
            assert sequence, f"{action.id}: {keys!r} is no key sequence"
            assert sequence not in taken, f"{keys} is both {taken[sequence]} and {action.id}"
            taken[sequence] = action.id


def test_every_action_is_reached_by_a_key() -> None:
    assert [action.id for action in ACTIONS if not action.keys] == []


def test_the_word_go_is_on_no_menu_and_no_button_but_one() -> None:
    words = [action.title for action in ACTIONS] + [what for _, what in FIXED_KEYS]
    assert [text for text in words if "GO" in text.split()] == []


def test_what_needs_the_engine_says_so_in_words_without_one() -> None:
    desk = Desk()
    for action in ACTIONS:
        if action.request is not None:
            assert action.why_not(desk), action.id
            assert action.why_not(desk) == action.why_not(desk).strip().rstrip(".")


def test_every_local_action_is_done_by_the_window_and_no_other(rig: Rig) -> None:
    local = {action.id for action in ACTIONS if action.is_local}
    assert set(rig.window.deeds) == local


@pytest.mark.parametrize("action_id", [action.id for action in ACTIONS if not action.is_local])
def test_each_request_is_made_and_sent_where_its_action_may_be_used(rig: Rig, action_id: str) -> None:
    rig.open()
    rig.desk.selected, rig.desk.cursor = "song-verse", ("song", 0)
    action = ACTION_BY_ID[action_id]
    may = not action.why_not(rig.desk)
    rig.window.run_action(action_id)
    assert len(rig.sent) + len(rig.link.edits) == may
    if not may:
        assert rig.desk.lines[-1].severity == "refused"
        assert action.why_not(rig.desk) in rig.desk.lines[-1].words
