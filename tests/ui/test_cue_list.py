"""The cue list by key and mouse: every change is one edit, asked of the engine, and one undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from console.show.cues import Cue
from console.show.edits import apply
from console.show.show import FreeList, Show
from console.show.show_json import show_to_json
from tests.support.builders import CALLED, at_bar, evening_show, make_cue
from tests.ui.conftest import Rig
from ui.dialogs.renumber import Renumber
from ui.models.cue_list_model import Column
from ui.state.rows import CueRow

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
PLAIN = Qt.KeyboardModifier.NoModifier


def talking_show() -> Show:
    """The evening with three untimed cues in its talk, and a list of three hot cues."""
    base = evening_show(lists=(FreeList(id="hot", title="Hot"),))
    talk = [make_cue(f"t{n}", str(n), item="talk", label=f"Talk {n}") for n in (5, 6, 7)]
    hot = [Cue(id=f"h{n}", number=str(n), list="hot", role="lighting.main", at=CALLED) for n in (1, 2, 3)]
    return base.model_copy(update={"cues": (*base.cues, *talk, *hot)})


@pytest.fixture
def show(rig: Rig) -> Show:
    show = rig.open(talking_show())
    rig.link.answer()
    rig.window.activateWindow()
    rig.window.page.cues.table.setFocus()
    return show


def now(rig: Rig) -> Show:
    rig.link.answer()
    assert rig.link.show is not None
    return rig.link.show


def press(qtbot: QtBot, rig: Rig, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    qtbot.keyClick(rig.window.focusWidget() or rig.window, key, modifiers)


def place(rig: Rig, cue: str, column: Column = Column.LABEL, down: int = 0) -> QPoint:
    table = rig.window.page.cues.table
    index = table.model().index(rig.window.page.cues.model.row_of(cue) or 0, column)
    table.scrollTo(index)
    return table.visualRect(index).center() + QPoint(0, down)


def click(qtbot: QtBot, rig: Rig, cue: str, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    table = rig.window.page.cues.table
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifiers, place(rig, cue))


def drag(qtbot: QtBot, rig: Rig, cue: str, to: str, down: int) -> None:
    viewport = rig.window.page.cues.table.viewport()
    place(rig, cue), place(rig, to)  # both in sight
    start, end = place(rig, cue), place(rig, to, down=down)
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, PLAIN, start)
    qtbot.mouseMove(viewport, start + QPoint(0, 3))
    qtbot.mouseMove(viewport, (start + end) / 2)
    qtbot.mouseMove(viewport, end)
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, PLAIN, end)


def test_ins_slips_a_cue_in_picks_it_and_undo_takes_it_out(qtbot: QtBot, rig: Rig, show: Show) -> None:
    click(qtbot, rig, "song-verse")
    press(qtbot, rig, Qt.Key.Key_Insert)
    changed = now(rig)
    new = changed.cue_by_id.keys() - show.cue_by_id.keys()
    assert [changed.cue_by_id[cue].number for cue in new] == ["1.45"]
    assert set(rig.desk.picked) == new
    assert rig.desk.undo_name == "Insert cue 1.45"
    press(qtbot, rig, Qt.Key.Key_Z, CTRL)
    assert show_to_json(now(rig)) == show_to_json(show)


@pytest.mark.parametrize(
    ("key", "modifiers", "name"),
    [
        (Qt.Key.Key_D, SHIFT, "Duplicate 2 cues"),
        (Qt.Key.Key_Delete, PLAIN, "Delete 2 cues"),
        (Qt.Key.Key_Delete, SHIFT, "Disable 2 cues"),
    ],
)
def test_what_is_done_to_two_cues_is_one_undo(
    qtbot: QtBot, rig: Rig, show: Show, key: Qt.Key, modifiers: Qt.KeyboardModifier, name: str
) -> None:
    click(qtbot, rig, "song-verse")
    click(qtbot, rig, "song-bridge", CTRL)
    press(qtbot, rig, key, modifiers)
    assert now(rig) != show
    assert len(rig.link.edits) == 1
    assert rig.desk.undo_name == name
    press(qtbot, rig, Qt.Key.Key_Z, CTRL)
    assert show_to_json(now(rig)) == show_to_json(show)


def test_in_performance_delete_disables_and_nothing_else_is_edited(qtbot: QtBot, rig: Rig, show: Show) -> None:
    rig.window.run_action("mode.show")
    click(qtbot, rig, "song-verse")
    press(qtbot, rig, Qt.Key.Key_Insert)
    assert rig.link.edits == []
    assert "locked" in rig.desk.lines[-1].words
    press(qtbot, rig, Qt.Key.Key_Delete)
    assert now(rig).cue_by_id["song-verse"].disabled
    assert rig.desk.marks["song-verse"] == "disabled"


def test_a_leader_does_not_go_and_the_window_says_why(qtbot: QtBot, rig: Rig, show: Show) -> None:
    click(qtbot, rig, "song-clip")
    press(qtbot, rig, Qt.Key.Key_Delete)
    now(rig)
    assert "it is the leader of cue 1.6" in rig.desk.lines[-1].words


def test_cues_are_cut_and_pasted_behind_another(qtbot: QtBot, rig: Rig, show: Show) -> None:
    click(qtbot, rig, "song-verse")
    press(qtbot, rig, Qt.Key.Key_X, CTRL)
    assert "song-verse" not in now(rig).cue_by_id
    click(qtbot, rig, "t5")
    press(qtbot, rig, Qt.Key.Key_V, CTRL)
    changed = now(rig)
    pasted = changed.cue_by_id[rig.desk.picked[0]]
    assert (pasted.item, pasted.number, pasted.steps) == ("talk", "5.5", show.cue_by_id["song-verse"].steps)


def test_a_clipboard_without_cues_is_refused_in_words(qtbot: QtBot, rig: Rig, show: Show) -> None:
    QApplication.clipboard().setText("a shopping list")
    click(qtbot, rig, "t5")
    press(qtbot, rig, Qt.Key.Key_V, CTRL)
    assert rig.link.edits == []
    assert "the clipboard holds no cues" in rig.desk.lines[-1].words


def test_all_cues_of_the_list_are_picked(qtbot: QtBot, rig: Rig, show: Show) -> None:
    press(qtbot, rig, Qt.Key.Key_A, CTRL)
    assert set(rig.desk.picked) == {cue.id for cue in show.cues if cue.item is not None}


def test_a_cell_is_typed_into_and_return_and_double_click_stay_standby(qtbot: QtBot, rig: Rig, show: Show) -> None:
    click(qtbot, rig, "song-verse")
    press(qtbot, rig, Qt.Key.Key_Return)
    assert rig.kinds == ["set_standby"]
    table = rig.window.page.cues.table
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, PLAIN, place(rig, "song-verse"))
    assert rig.kinds == ["set_standby"] * 2
    press(qtbot, rig, Qt.Key.Key_Return, SHIFT)
    editor = table.findChild(QLineEdit)
    assert editor is not None
    assert rig.desk.text_has_caret
    qtbot.keyClicks(editor, "Verse low")
    press(qtbot, rig, Qt.Key.Key_Tab)
    assert now(rig).cue_by_id["song-verse"].label == "Verse low"
    assert rig.kinds == ["set_standby"] * 2


@pytest.mark.parametrize(
    ("column", "typed", "fits"),
    [
        (Column.NUMBER, "1.41", lambda cue: cue.number == "1.41"),
        (Column.WHEN, "bar 7.2", lambda cue: cue.at == at_bar(7, 2)),
        (Column.CALL, "Low now", lambda cue: cue.call == "Low now"),
        (Column.NOTES, "soft", lambda cue: cue.notes == "soft"),
    ],
)
def test_fields_are_typed_in_place(
    qtbot: QtBot, rig: Rig, show: Show, column: Column, typed: str, fits: Callable[[Cue], bool]
) -> None:
    cues = rig.window.page.cues
    cues.show_columns({column: True})
    cues.table.edit_cell(cues.model.row_of("song-verse") or 0, column)
    editor = cues.table.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, typed)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rig.link.edits != [])  # Qt lets the field finish first
    assert fits(now(rig).cue_by_id["song-verse"])


def test_what_cannot_be_a_moment_is_refused_in_words(qtbot: QtBot, rig: Rig, show: Show) -> None:
    rig.window.page.cues.model.typed.emit("song-verse", "at", "soon")
    assert rig.link.edits == []
    assert "'soon' is no moment: write called, bar 41.3" in rig.desk.lines[-1].words
    rig.window.page.cues.model.typed.emit("song-verse", "number", "1.5")
    now(rig)
    assert "equals 1.5 of cue song-clip" in rig.desk.lines[-1].words


def test_an_untimed_cue_is_moved_by_key_and_by_mouse(qtbot: QtBot, rig: Rig, show: Show) -> None:
    click(qtbot, rig, "t5")
    press(qtbot, rig, Qt.Key.Key_Down, CTRL | SHIFT)
    assert now(rig).cue_by_id["t5"].number == "6.5"
    click(qtbot, rig, "t7")
    drag(qtbot, rig, "t7", "t6", -12)
    changed = now(rig)
    model = rig.window.page.cues.model
    rows = [model.row_of(cue) or 0 for cue in ("t7", "t6", "t5")]
    assert rows == list(range(rows[0], rows[0] + 3))
    assert changed.cue_by_id["t6"] == show.cue_by_id["t6"]


def test_a_timed_cue_says_why_it_stays(qtbot: QtBot, rig: Rig, show: Show) -> None:
    click(qtbot, rig, "song-verse")
    drag(qtbot, rig, "song-verse", "song-bridge", 12)
    assert rig.link.edits == []
    assert "stands by its time: change when it runs" in rig.desk.lines[-1].words
    press(qtbot, rig, Qt.Key.Key_Up, CTRL | SHIFT)
    assert "stands by its time" in rig.desk.lines[-1].words


def test_in_a_free_list_places_change_and_numbers_stay(qtbot: QtBot, rig: Rig, show: Show) -> None:
    rig.window._on_list_chosen("hot")
    click(qtbot, rig, "h3")
    drag(qtbot, rig, "h3", "h1", -12)
    assert [cue.id for cue in now(rig).cues if cue.list == "hot"] == ["h3", "h1", "h2"]
    press(qtbot, rig, Qt.Key.Key_Down, CTRL | SHIFT)
    assert [(cue.id, cue.number) for cue in now(rig).cues if cue.list == "hot"] == [
        ("h1", "1"),
        ("h3", "3"),
        ("h2", "2"),
    ]


def test_renumbering_keeps_what_points_and_warns_of_twins(
    qtbot: QtBot, rig: Rig, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def typed(dialog: Renumber) -> bool:
        dialog.first.setText("1.8")
        seen.append(dialog.words.text())
        assert not dialog.ok.isEnabled()
        dialog.first.setText("1.50")
        dialog.step.setText("0.05")
        assert dialog.ok.isEnabled()
        return True

    monkeypatch.setattr(Renumber, "exec", typed)
    click(qtbot, rig, "song-clip")
    click(qtbot, rig, "song-after", CTRL)
    press(qtbot, rig, Qt.Key.Key_N, CTRL | SHIFT)
    changed = now(rig)
    assert "equals 1.8" in seen[0]
    assert [changed.cue_by_id[cue].number for cue in ("song-clip", "song-after")] == ["1.50", "1.55"]
    assert changed.followers.keys() == show.followers.keys()


def test_the_filter_says_what_it_hides_and_shift_esc_clears_it(qtbot: QtBot, rig: Rig, show: Show) -> None:
    cues = rig.window.page.cues
    press(qtbot, rig, Qt.Key.Key_F, CTRL | SHIFT)
    assert rig.window.focusWidget() is cues.filter
    qtbot.keyClicks(cues.filter, "talk 6")
    assert [cues.model.cue_at(row) for row in range(cues.model.rowCount())] == [None, "t6"]
    qtbot.keyClicks(cues.filter, "!!")
    assert cues._empty.isVisible()
    assert cues._empty.text() == "No cue matches “talk 6!!”: Shift+Esc clears the filter"
    press(qtbot, rig, Qt.Key.Key_Escape, SHIFT)
    assert cues.filter.text() == ""
    assert cues.table.isVisible()
    assert rig.kinds == []


def test_items_fold_by_key_and_by_their_head_and_stay_so(qtbot: QtBot, rig: Rig, show: Show) -> None:
    cues = rig.window.page.cues
    click(qtbot, rig, "t6")
    press(qtbot, rig, Qt.Key.Key_Left)
    assert cues.model.row_of("t6") is None
    assert rig.desk.picked == ("t6",)
    rig.window.page.show_show(rig.desk)
    assert cues.model.row_of("t6") is None
    press(qtbot, rig, Qt.Key.Key_Right)
    assert cues.model.row_of("t6") is not None
    head = (cues.model.row_of("t5") or 1) - 1
    at = cues.table.visualRect(cues.model.index(head, Column.LABEL)).center()
    qtbot.mouseClick(cues.table.viewport(), Qt.MouseButton.LeftButton, PLAIN, at)
    assert cues.model.folded == {"talk"}
    press(qtbot, rig, Qt.Key.Key_Left, CTRL | ALT)
    assert all(cues.model.head_at(row) is not None for row in range(cues.model.rowCount()))
    press(qtbot, rig, Qt.Key.Key_Right, CTRL | ALT)
    assert cues.model.folded == frozenset()


def test_columns_are_chosen_and_kept(rig: Rig, show: Show) -> None:
    cues = rig.window.page.cues
    menu = cues.columns_menu()
    next(tick for tick in menu.actions() if tick.text() == "Notes").trigger()
    next(tick for tick in menu.actions() if tick.text() == "Dept").trigger()
    assert not cues.table.isColumnHidden(Column.NOTES)
    assert cues.table.isColumnHidden(Column.DEPARTMENT)
    cues.show_columns({})
    rig.window._make_deeds()
    assert cues.columns == {Column.NOTES: True, Column.DEPARTMENT: False}
    menu.deleteLater()


def test_a_list_without_cues_says_what_to_do(qtbot: QtBot, rig: Rig) -> None:
    base = evening_show(lists=(FreeList(id="hot", title="Hot"),))
    rig.open(base)
    rig.link.answer()
    rig.window._on_list_chosen("hot")
    cues = rig.window.page.cues
    assert cues._empty.text() == "No cues in this list: Ins puts one in, Ctrl+Alt+I takes them from a sheet"
    rig.window.run_action("cues.insert")
    new = next(cue for cue in now(rig).cues if cue.list == "hot")
    assert (new.number, new.item) == ("1", None)
    row = cues.model._rows[0]
    assert isinstance(row, CueRow)
    assert apply(base, rig.link.edits[0][0])[0].cue_by_id[new.id] == row.cue
