"""Show menu: cue sheets are saved, and another show file is compared, its cue picked in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.show.edits import apply, change_cue
from console.show.show_json import show_to_json
from tests.support.builders import evening_show
from tests.ui.conftest import Rig
from ui.actions import ACTION_BY_ID
from ui.dialogs.compare_shows import CompareDialog, show_compare
from ui.dialogs.export_sheets import ExportSheetsDialog, show_export
from ui.state.desk import Desk
from ui.theme.colours import DARK
from ui.timers import once_timer

SHOW = evening_show()


@pytest.fixture
def sheets(rig: Rig, qtbot: QtBot) -> ExportSheetsDialog:
    rig.open(SHOW)
    assert rig.desk.schedule is not None
    dialog = ExportSheetsDialog(DARK, SHOW, rig.desk.schedule, rig.desk.venue, rig.window)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.fixture
def compared(rig: Rig, qtbot: QtBot, tmp_path: Path) -> Callable[[str], CompareDialog]:
    rig.open(SHOW)

    def compare(text: str) -> CompareDialog:
        file = tmp_path / "yesterday.json"
        file.write_text(text, encoding="utf-8")
        dialog = CompareDialog(DARK, SHOW, rig.window._pick_cue, rig.window)
        qtbot.addWidget(dialog)
        dialog.ask_for_file = lambda *_: str(file)  # type: ignore[method-assign,assignment]
        assert dialog.ask()
        dialog.reckoning.wait()
        QApplication.processEvents()
        dialog.show()
        return dialog

    return compare


def save(dialog: ExportSheetsDialog, qtbot: QtBot, file: Path, form: str) -> str:
    asked: list[str] = []

    def where(_parent: object, _form: str, suggested: str) -> str:
        asked.append(suggested)
        return str(file)

    dialog.save.ask_where = where  # type: ignore[method-assign,assignment]
    qtbot.mouseClick(dialog.save.buttons[form], Qt.MouseButton.LeftButton)  # type: ignore[index]
    dialog.save.reckoning.wait()
    QApplication.processEvents()
    return asked[0]


def test_the_sheet_of_a_department_is_saved_in_each_form(sheets: ExportSheetsDialog, qtbot: QtBot, tmp_path: Path):
    sheets.department.setCurrentIndex(sheets.department.findData("LX"))
    sheets.house.setCurrentIndex(sheets.house.findData(None))
    qtbot.mouseClick(sheets.by_item, Qt.MouseButton.LeftButton)
    for form in ("PDF", "HTML", "CSV"):
        file = tmp_path / f"lx.{form.lower()}"
        assert save(sheets, qtbot, file, form) == f"Test cue sheet LX.{form.lower()}"
        assert sheets.save.said.text().startswith(f"Saved {file.name}")
    assert (tmp_path / "lx.pdf").read_bytes().startswith(b"%PDF-")
    assert {line.split(",")[0] for line in (tmp_path / "lx.csv").read_text(encoding="utf-8").splitlines()[1:]} == {"LX"}
    assert "new-page" in (tmp_path / "lx.html").read_text(encoding="utf-8").partition("<body>")[2]


def test_a_file_that_cannot_be_written_is_told_there(sheets: ExportSheetsDialog, qtbot: QtBot, tmp_path: Path):
    for form in ("PDF", "CSV"):
        save(sheets, qtbot, tmp_path / "no" / "such.x", form)
        assert "cannot be written" in sheets.save.said.text()


def test_what_changed_since_a_file_is_summed_up_and_told(
    compared: Callable[[str], CompareDialog], rig: Rig, qtbot: QtBot
):
    dialog = compared(show_to_json(apply(SHOW, change_cue("song-verse", {"label": "Old look"}))[0]))
    assert dialog.heading.text() == "Since yesterday.json"
    assert [(button.tile.title, button.tile.count) for button in dialog.tiles.buttons] == [
        ("Gone", 0),
        ("New", 0),
        ("Moved", 0),
        ("Changed", 1),
        ("Besides", 0),
    ]
    model = dialog.table.model
    assert [model.index(1, column).data() for column in (0, 5)] == ["Changed", "Old look"]
    where = dialog.table.table.visualRect(model.index(1, 4)).center()
    qtbot.mouseClick(dialog.table.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert rig.desk.selected == "song-verse"
    assert dialog.save.buttons["PDF"].isEnabled()


def test_a_file_that_is_no_show_is_told_in_words(compared: Callable[[str], CompareDialog]):
    dialog = compared("{}")
    assert dialog.heading.text() == "Not compared"
    assert "yesterday.json" in dialog.table._empty.text()
    assert not dialog.save.buttons["PDF"].isEnabled()


def test_both_stand_in_the_show_menu_and_want_a_show(rig: Rig):
    for action in ("show.cue_sheet", "show.compare"):
        assert ACTION_BY_ID[action].menu == "Show"
        assert not rig.window.actions_by_id[action].isEnabled()
    show_export(rig.window, DARK, Desk())
    show_compare(rig.window, DARK, Desk(), print)
    rig.open(SHOW)
    assert rig.window.actions_by_id["show.cue_sheet"].isEnabled()
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        seen.append(dialog.windowTitle())
        dialog.close()

    once_timer(rig.window, 0, look).start()
    rig.window.run_action("show.cue_sheet")
    assert seen == ["Export cue sheet"]
