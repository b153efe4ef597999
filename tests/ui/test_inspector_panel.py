"""The inspector in the window: real keys into its fields, one edit each, refusals at the field, locked in a show."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.link.messages import EditRefused
from tests.ui.conftest import Rig
from ui.inspector.editors import ChoiceEditor, Editor, LineEditor
from ui.inspector.panel import InspectorPanel


@pytest.fixture
def panel(rig: Rig) -> InspectorPanel:
    rig.open()
    rig.window.run_action("mode.edit")
    pick(rig, "song-verse")
    return rig.window.page.inspector


def pick(rig: Rig, *cues: str) -> None:
    rig.window.surface.pick(cues[0])
    if len(cues) > 1:
        rig.window.page.cues.cues_picked.emit(cues[0], cues)
    rig.window.show_now()


def line(panel: InspectorPanel, *path: str | int) -> LineEditor:
    editor = panel.form.editors[path]
    assert isinstance(editor, LineEditor)
    return editor


def type_in(qtbot: QtBot, editor: Editor, text: str) -> None:
    editor.setFocus()
    assert isinstance(editor, LineEditor)
    editor.selectAll()
    qtbot.keyClicks(editor, text)


def test_it_stands_open_while_editing_and_ctrl_i_is_remembered(rig: Rig, qtbot: QtBot) -> None:
    rig.open()
    inspector = rig.window.page.inspector
    rig.window.run_action("mode.rehearsal")
    assert not inspector.isVisible()
    rig.window.run_action("mode.edit")
    assert inspector.isVisible()
    qtbot.keyClick(rig.window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert not inspector.isVisible()
    rig.window.run_action("mode.rehearsal")
    rig.window.run_action("mode.edit")
    assert not inspector.isVisible()
    rig.window.run_action("focus.inspector")
    assert inspector.isVisible()
    assert inspector.isAncestorOf(rig.window.focusWidget())


def test_return_applies_a_field_as_one_named_edit(rig: Rig, panel: InspectorPanel, qtbot: QtBot) -> None:
    label = line(panel, "label")
    type_in(qtbot, label, "Verse one")
    assert rig.desk.text_has_caret
    qtbot.keyClick(label, Qt.Key.Key_Return)
    rig.link.answer()
    assert len(rig.link.edits) == 1
    assert rig.desk.show is not None
    assert rig.desk.show.cue_by_id["song-verse"].label == "Verse one"
    assert rig.desk.undo_name == "Change label of cue 1.4"
    rig.window.run_action("edit.undo")
    rig.link.answer()
    rig.window.show_now()
    assert line(panel, "label").text() == ""


def test_leaving_a_field_applies_it_and_another_pick_does_not_take_the_text(
    rig: Rig, panel: InspectorPanel, qtbot: QtBot
) -> None:
    type_in(qtbot, line(panel, "label"), "Mine")
    pick(rig, "song-intro")
    rig.link.answer()
    assert rig.desk.show is not None
    assert rig.desk.show.cue_by_id["song-verse"].label == "Mine"
    assert rig.desk.show.cue_by_id["song-intro"].label == ""
    assert line(panel, "label").text() == ""


def test_escape_puts_back_while_editing(rig: Rig, panel: InspectorPanel, qtbot: QtBot) -> None:
    number = line(panel, "number")
    type_in(qtbot, number, "77")
    qtbot.keyClick(number, Qt.Key.Key_Escape)
    assert number.text() == "1.4"
    rig.window.page.cues.table.setFocus()
    rig.link.answer()
    assert rig.link.edits == []


def test_a_reason_stands_at_the_field_while_it_is_typed(rig: Rig, panel: InspectorPanel, qtbot: QtBot) -> None:
    fade = line(panel, "steps", 0, "fade_s")
    type_in(qtbot, fade, "-2")
    assert "0 or more" in panel.form.words(("steps", 0, "fade_s"))
    qtbot.keyClick(fade, Qt.Key.Key_Return)
    rig.link.answer()
    assert rig.link.edits == []
    type_in(qtbot, fade, "2.5")
    assert panel.form.words(("steps", 0, "fade_s")) == ""


def test_what_the_engine_refuses_is_said_at_the_field_which_is_put_back(
    rig: Rig, panel: InspectorPanel, qtbot: QtBot
) -> None:
    label = line(panel, "label")
    type_in(qtbot, label, "Late change")
    qtbot.keyClick(label, Qt.Key.Key_Return)
    edit_id = rig.link.asked.pop()[0]
    rig.link.tell(EditRefused(id=edit_id, words="cue 1.4 is next: wait until it has run", revision=0))
    assert "wait until it has run" in panel.form.words(("label",))
    assert label.text() == ""


def test_several_cues_are_changed_by_one_edit(rig: Rig, panel: InspectorPanel, qtbot: QtBot) -> None:
    pick(rig, "song-verse", "song-intro", "song-bridge")
    assert panel.which.currentText() == "3 cues"
    wait = line(panel, "pre_wait_s")
    type_in(qtbot, wait, "1.5")
    qtbot.keyClick(wait, Qt.Key.Key_Return)
    rig.link.answer()
    assert len(rig.link.edits) == 1
    assert rig.desk.show is not None
    waits = {rig.desk.show.cue_by_id[f"song-{each}"].pre_wait_s for each in ("verse", "intro", "bridge")}
    assert waits == {1.5}


def test_steps_are_added_by_a_button(rig: Rig, panel: InspectorPanel, qtbot: QtBot) -> None:
    qtbot.mouseClick(panel.form.buttons[("steps",), "add"], Qt.MouseButton.LeftButton)
    rig.link.answer()
    rig.window.show_now()
    assert rig.desk.show is not None
    assert len(rig.desk.show.cue_by_id["song-verse"].steps) == 2
    assert ("steps", 1, "verb") in panel.form.editors


def test_an_item_picked_in_the_rundown_is_shown(rig: Rig, panel: InspectorPanel) -> None:
    rig.window.page.rundown.item_picked.emit("talk")
    rig.window.show_now()
    assert panel.which.currentText() == "Item Talk"
    assert line(panel, "planned_s").text() == "30"


def test_a_performance_locks_every_field_with_the_reason(rig: Rig, panel: InspectorPanel) -> None:
    rig.window.run_action("view.inspector")
    rig.window.run_action("view.inspector")
    rig.window.run_action("mode.show")
    rig.window.show_now()
    assert panel.isVisible()
    assert "locked in Performance" in panel.locked.text()
    assert not any(editor.isEnabled() for editor in panel.form.editors.values())


def test_what_is_wrong_with_a_cue_stands_above_its_fields(rig: Rig, panel: InspectorPanel, qtbot: QtBot) -> None:
    hazard = panel.form.editors["hazard",]
    assert isinstance(hazard, ChoiceEditor)
    hazard.setFocus()
    qtbot.keyClick(hazard, Qt.Key.Key_End)  # high: the last
    rig.link.answer()
    with qtbot.waitSignal(panel.checking.done):
        rig.window.show_now()
    assert "nobody arms" in panel.problems.text()
    pick(rig, "song-intro")
    assert not panel.problems.isVisible()


def test_every_editor_is_named_and_reached_by_tab(rig: Rig, panel: InspectorPanel) -> None:
    for editor in panel.form.editors.values():
        assert editor.accessibleName()
        assert editor.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_boxes_of_a_shape_are_kept_and_used_again(rig: Rig, panel: InspectorPanel) -> None:
    before = line(panel, "label")
    pick(rig, "song-intro")
    assert line(panel, "label") is before
    assert isinstance(panel.form.editors[("role",)], ChoiceEditor)


def test_nothing_live_leaves_a_small_window(rig: Rig, panel: InspectorPanel) -> None:
    rig.window.resize(1280, 720)
    QApplication.processEvents()
    page = rig.window.page
    for live in (page.go_bar, page.head, page.lamps, page.cues, page.rundown, page.timeline):
        assert live.isVisible()
        right = live.mapTo(rig.window, live.rect().bottomRight())
        assert right.x() < 1280
        assert right.y() < 720
    assert page.go_bar.height() >= 96
