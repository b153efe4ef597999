"""Importing cues by hand: the file, what columns mean, the rows before they go in, and one undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from console.show.cue_rows import NOWHERE, Home
from console.show.edits import Compound, apply
from tests.support.builders import song_show
from tests.ui.conftest import Rig
from ui.dialogs.import_cues import ImportCues, show_import
from ui.theme.colours import DARK

SHOW = song_show()
TEXT = "Cue No.;Text here;Bar;LX cue;Dept;Weather\nLX 30;Look;5.2;7;LX;fine\n31;Late;400;8;LX;\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lx.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


def opened(qtbot: QtBot, path: Path | None, home: Home = NOWHERE) -> ImportCues:
    dialog = ImportCues(DARK, SHOW, home)
    qtbot.addWidget(dialog)
    dialog.ask_for_file = lambda *_: None if path is None else str(path)  # type: ignore[method-assign,assignment]
    dialog.ask()
    dialog.show()
    settle(dialog)
    return dialog


def settle(dialog: ImportCues) -> None:
    """What is being reckoned is told: reading, and then the rows it asks for."""
    for _ in range(2):
        dialog.reckoning.wait()
        QApplication.processEvents()


def cells(dialog: ImportCues) -> list[tuple[str, str]]:
    model = dialog.rows.rows
    return [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())]


def test_columns_are_guessed_and_every_row_is_shown(qtbot: QtBot, file: Path, qtmodeltester: ModelTester) -> None:
    dialog = opened(qtbot, file, Home(item="song"))
    qtmodeltester.check(dialog.rows.rows)
    assert dialog.heading.text() == "lx.csv: 2 rows"
    assert dialog.columns["number"].currentText() == "Cue No."
    assert dialog.not_read.text() == "Not read: Text here, Weather"
    assert cells(dialog) == [("new", "30"), ("left out", "31")]
    assert dialog.summary.text() == "1 new, 1 left out"
    assert dialog.ok.text() == "Import 1 cue"
    assert dialog.wrong.text().startswith("line 3, cue 31 (song-31): bar 400 is outside Song")


def test_a_column_is_given_another_meaning_by_the_keyboard(qtbot: QtBot, file: Path) -> None:
    dialog = opened(qtbot, file, Home(item="song"))
    label = dialog.columns["label"]
    label.setFocus()
    qtbot.keyClick(label, Qt.Key.Key_Down)
    qtbot.keyClick(label, Qt.Key.Key_Down)
    settle(dialog)
    assert label.currentText() == "Text here"
    assert dialog.rows.rows.index(0, 3).data() == "Look"


def test_rows_that_name_no_item_wait_until_one_is_chosen(qtbot: QtBot, file: Path) -> None:
    dialog = opened(qtbot, file)
    assert not dialog.ok.isEnabled()
    assert dialog.ok.text() == "Nothing to import"
    qtbot.keyClick(dialog.home, Qt.Key.Key_Down)
    settle(dialog)
    assert dialog.ok.isEnabled()


def test_the_import_is_one_edit_with_a_name(qtbot: QtBot, file: Path) -> None:
    dialog = opened(qtbot, file, Home(item="song"))
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert isinstance(dialog.edit, Compound)
    assert dialog.edit.name == "Import 1 cue"
    assert "song-30" in apply(SHOW, dialog.edit)[0].cue_by_id


def test_the_row_that_is_picked_says_what_is_wrong_with_it(qtbot: QtBot, file: Path) -> None:
    dialog = opened(qtbot, file, Home(item="song"))
    dialog.rows.setFocus()
    dialog.rows.pick("2")
    assert dialog.wrong.text() == "Nothing is wrong with this row."
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Down)
    assert "move it inside" in dialog.wrong.text()


def test_a_file_that_holds_no_table_is_told_and_another_can_be_chosen(qtbot: QtBot, file: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("", encoding="utf-8")
    dialog = opened(qtbot, empty)
    assert dialog.wrong.text() == "empty.csv is empty: give a CSV file with a row of headings, and rows below it"
    dialog.ask_for_file = lambda *_: str(file)  # type: ignore[method-assign,assignment]
    qtbot.mouseClick(dialog.another, Qt.MouseButton.LeftButton)
    settle(dialog)
    assert dialog.heading.text() == "lx.csv: 2 rows"
    gone = opened(qtbot, tmp_path / "gone.csv")
    assert "cannot be read" in gone.wrong.text()


def test_every_control_has_a_name(qtbot: QtBot, file: Path) -> None:
    dialog = opened(qtbot, file)
    nameless = [
        part
        for part in dialog.findChildren(QWidget)
        if isinstance(part, QComboBox | QPushButton) and not (part.accessibleName() or part.property("text"))
    ]
    assert nameless == []
    assert dialog.rows.accessibleName() == "Rows of the sheet"


def test_nobody_who_chooses_no_file_is_asked_more(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    rig.open()
    asked: list[str] = []

    def choose_none(*words: object) -> None:
        asked.append(str(words[1]))

    monkeypatch.setattr(ImportCues, "ask_for_file", staticmethod(choose_none))
    rig.window.run_action("cues.import")
    assert asked == ["Import cues from"]
    assert rig.link.edits == []


def test_what_was_agreed_to_is_asked_of_the_engine_as_one_edit(
    rig: Rig, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig.open(SHOW)
    rig.desk.picked_item = "song"

    def agree(dialog: ImportCues) -> int:
        settle(dialog)
        dialog.ok.click()
        return dialog.result()

    monkeypatch.setattr(ImportCues, "ask_for_file", staticmethod(lambda *_: str(file)))
    monkeypatch.setattr(ImportCues, "exec", agree)
    rig.window.run_action("cues.import")
    assert len(rig.link.edits) == 1
    rig.link.answer()
    assert rig.desk.show is not None
    assert "song-30" in rig.desk.show.cue_by_id
    show_import(rig.window, DARK, type(rig.desk)(), lambda _edit: None)  # without a show nothing is asked
