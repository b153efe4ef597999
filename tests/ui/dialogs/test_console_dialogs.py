"""The palette, the lock and the key editor, as keys and a mouse meet them."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Rig
from ui.actions import ACTION_BY_ID
from ui.dialogs.change_keys import ChangeKeys
from ui.dialogs.palette import Palette
from ui.dialogs.unlock import HOLD_MS, Unlock
from ui.kept import read_keymap, read_lock, write_lock
from ui.key_rows import key_rows, keys_html
from ui.state.keymap import Keymap


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "showcaller"


D = TypeVar("D", Palette, ChangeKeys, Unlock)


def opened(rig: Rig, action: str, kind: type[D]) -> D:
    rig.window.run_action(action)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, kind)
    return dialog


def test_the_palette_runs_what_is_typed_and_is_gone(rig: Rig, qtbot: QtBot) -> None:
    rig.open()
    palette = opened(rig, "palette.open", Palette)
    qtbot.keyClicks(palette.line, "all st")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert rig.kinds == ["all_stop"]
    assert QApplication.activeModalWidget() is None


def test_space_types_in_the_palette_and_arrows_pick(rig: Rig, qtbot: QtBot) -> None:
    rig.open()
    palette = opened(rig, "palette.open", Palette)
    qtbot.keyClicks(palette.line, "to ")
    assert palette.line.text() == "to "
    assert rig.kinds == []
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    assert palette.list.currentRow() == 1
    qtbot.keyClick(palette.line, Qt.Key.Key_PageUp)
    assert palette.list.currentRow() == 0
    palette.reject()


def test_what_cannot_be_used_is_not_run_and_says_why(rig: Rig, qtbot: QtBot) -> None:
    rig.open()
    palette = opened(rig, "palette.open", Palette)
    qtbot.keyClicks(palette.line, "leave the vamp")
    picked = palette.list.picked
    assert picked is not None
    assert picked.why_not == "no vamp is going round"
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert rig.kinds == []
    assert QApplication.activeModalWidget() is palette
    palette.reject()


@pytest.mark.parametrize(("mode", "sent"), [("show", ["panic"]), ("rehearsal", ["panic"]), ("edit", [])])
def test_escape_in_the_palette_is_panic_first_and_closes(rig: Rig, qtbot: QtBot, mode: str, sent: list[str]) -> None:
    rig.open()
    rig.window.run_action(f"mode.{mode}")
    palette = opened(rig, "palette.open", Palette)
    qtbot.keyClick(palette.line, Qt.Key.Key_Escape)
    assert rig.kinds == sent
    assert QApplication.activeModalWidget() is None


def test_a_cue_and_an_item_are_gone_to_and_nothing_is_sent(rig: Rig, qtbot: QtBot) -> None:
    show = rig.open()
    cue = next(each for each in show.cues if each.item)
    palette = opened(rig, "palette.open", Palette)
    palette.line.setText(cue.number)
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert rig.desk.selected == cue.id
    palette = opened(rig, "palette.open", Palette)
    palette.line.setText(show.items[-1].title)
    row = next(n for n in range(palette.list.count()) if palette.list.item(n).text() == show.items[-1].title)
    qtbot.mouseClick(
        palette.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=palette.list.visualItemRect(palette.list.item(row)).center(),
    )
    assert rig.desk.picked_item == show.items[-1].id
    assert rig.kinds == []


def test_a_house_is_turned_to_and_not_loaded(rig: Rig, qtbot: QtBot) -> None:
    rig.open()
    palette = opened(rig, "palette.open", Palette)
    house = next(entry for entry in _found(palette, "theatre") if entry.kind == "house")
    palette.line.setText(house.title)
    row = next(n for n in range(palette.list.count()) if palette.list.item(n).text() == house.title)
    palette.list.setCurrentRow(row)
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert rig.desk.page == "house"
    page = rig.window.page.book.page("house")
    assert page.list.chosen == house.key  # type: ignore[attr-defined]
    assert rig.kinds == []


def _found(palette: Palette, typed: str) -> tuple:  # type: ignore[type-arg]
    return palette._find(typed)


def test_the_lock_stands_until_the_word_is_typed(rig: Rig, qtbot: QtBot, state: Path) -> None:
    rig.open()
    rig.window.run_action("page.house")
    rig.window.run_action("lock.turn")
    assert rig.desk.is_locked
    assert rig.desk.page == "console"
    assert rig.desk.snapshot is not None
    assert read_lock(state) == rig.desk.snapshot.run
    assert rig.window.page.head.mode.accessibleDescription().startswith("Locked")
    rig.window.run_action("mode.edit")
    assert rig.desk.mode == "rehearsal"
    assert "locked" in rig.desk.lines[-1].words
    rig.window.changes.ask(lambda _desk: pytest.fail("an edit was made under the lock"))
    assert "locked" in rig.desk.lines[-1].words
    rig.window.run_action("transport.stop")
    assert rig.kinds == ["stop"]
    unlock = opened(rig, "lock.turn", Unlock)
    qtbot.keyClicks(unlock.line, "un lock")
    qtbot.keyClick(unlock.line, Qt.Key.Key_Return)
    assert rig.desk.is_locked
    assert unlock.said.text()
    unlock.line.setText("unlock")
    qtbot.keyClick(unlock.line, Qt.Key.Key_Return)
    assert not rig.desk.is_locked
    assert read_lock(state) is None
    assert not rig.window.actions_by_id["lock.turn"].isChecked()


def test_the_button_unlocks_only_while_it_is_held(rig: Rig, qtbot: QtBot) -> None:
    rig.open()
    rig.window.run_action("lock.turn")
    unlock = opened(rig, "lock.turn", Unlock)
    qtbot.mousePress(unlock.button, Qt.MouseButton.LeftButton)
    assert unlock._held.isActive()
    qtbot.mouseRelease(unlock.button, Qt.MouseButton.LeftButton)
    assert not unlock._held.isActive()
    assert rig.desk.is_locked
    unlock._held.setInterval(0)
    qtbot.mousePress(unlock.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not rig.desk.is_locked)
    assert HOLD_MS >= 1000


def test_a_new_key_counts_at_once_everywhere(rig: Rig, qtbot: QtBot, state: Path) -> None:
    rig.open()
    editor = opened(rig, "keys.change", ChangeKeys)
    editor.line.setText("H")
    editor.line.setText("hold")
    assert editor.action is ACTION_BY_ID["transport.hold"]
    qtbot.mouseClick(editor.catch, Qt.MouseButton.LeftButton)
    qtbot.keyClick(editor.catch, Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)
    assert rig.window.actions_by_id["transport.hold"].shortcut().toString() == "Alt+H"
    assert ("Alt+H", "Hold") in [row for _, rows in key_rows(rig.desk.keymap) for row in rows]
    assert "Alt+H" in keys_html(rig.desk.keymap)
    assert "Alt+H" in rig.window.page.go_bar.buttons["transport.hold"].toolTip()
    assert read_keymap(state, ACTION_BY_ID.values()) == (rig.desk.keymap, ())
    assert "Alt+H" in (state / "keys.toml").read_text(encoding="utf-8")
    editor.accept()
    rig.window.activateWindow()
    qtbot.keyClick(rig.window, Qt.Key.Key_H)  # the old key is nobody's
    qtbot.keyClick(rig.window, Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)
    assert "nothing is rolling" in rig.desk.lines[-1].words


@pytest.mark.parametrize(("key", "why"), [(Qt.Key.Key_Space, "standby"), (Qt.Key.Key_D, "dead-man")])
def test_fixed_keys_are_refused_with_the_reason(rig: Rig, qtbot: QtBot, key: Qt.Key, why: str) -> None:
    rig.open()
    editor = opened(rig, "keys.change", ChangeKeys)
    qtbot.mouseClick(editor.catch, Qt.MouseButton.LeftButton)
    qtbot.keyClick(editor.catch, key)
    assert why in editor.said.text()
    assert rig.desk.keymap == Keymap()
    assert rig.kinds == []
    editor.accept()


def test_a_key_of_another_is_named_taken_and_given_back(rig: Rig, qtbot: QtBot, state: Path) -> None:
    rig.open()
    editor = opened(rig, "keys.change", ChangeKeys)
    editor.line.setText("hold")
    editor.give("V")
    assert "Leave the vamp" in editor.said.text()
    assert rig.desk.keymap == Keymap()
    qtbot.mouseClick(editor.take, Qt.MouseButton.LeftButton)
    assert rig.desk.keymap.keys(ACTION_BY_ID["transport.hold"]) == ("V",)
    assert rig.desk.keymap.keys(ACTION_BY_ID["vamp.exit"]) == ()
    qtbot.mouseClick(editor.none, Qt.MouseButton.LeftButton)
    assert rig.desk.keymap.keys(ACTION_BY_ID["transport.hold"]) == ()
    qtbot.mouseClick(editor.reset, Qt.MouseButton.LeftButton)
    assert rig.desk.keymap.keys(ACTION_BY_ID["transport.hold"]) == ("H",)
    qtbot.mouseClick(editor.reset_all, Qt.MouseButton.LeftButton)
    assert rig.desk.keymap == Keymap()
    assert not (state / "keys.toml").exists()
    qtbot.keyClick(editor.line, Qt.Key.Key_Escape)


def test_what_cannot_be_kept_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "cannot be written" in write_lock(tmp_path / "file", "run")
    (tmp_path / "keys.toml").mkdir()
    assert "cannot be read" in read_keymap(tmp_path, ())[1][0]
