"""The assistant for a new show: name, template, house, songs typed, tapped and from a sheet; and the file it writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QTableWidget
from pytestqt.qtbot import QtBot

from console.show.show_file import read_show
from console.show.validate import validate
from tests.ui.conftest import Rig
from ui.dialogs import new_show
from ui.dialogs.new_show import NewShowDialog, ask_new
from ui.state.new_show import FRESH, cells_to_songs, draft_show, tap_words
from ui.state.shelf import Opening, VenueCard
from ui.theme.colours import DARK

HOUSES = (VenueCard("dome", "Dome", "", rate="25"), VenueCard("hall", "Hall", "", rate="29.97df"))


class Clock:
    """What the taps are stamped with."""

    now_ns = 0

    def __call__(self) -> int:
        return self.now_ns


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def dialog(qtbot: QtBot, clock: Clock) -> NewShowDialog:
    made = NewShowDialog(DARK, HOUSES, clock)
    qtbot.addWidget(made)
    made.show()
    return made


def type_song(qtbot: QtBot, dialog: NewShowDialog, row: int, column: int, text: str) -> None:
    """Into a cell, as a hand does: the first letter opens it, Return ends it."""
    dialog.songs.setFocus()
    dialog.songs.setCurrentCell(row, column)
    dialog.songs.editItem(dialog.songs.item(row, column))
    editor = dialog.songs.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def tap(qtbot: QtBot, dialog: NewShowDialog, clock: Clock, bpm: float, count: int) -> None:
    dialog.tap.button.setFocus()
    for _ in range(count):
        clock.now_ns += round(60e9 / bpm)
        qtbot.keyClick(dialog.tap.button, Qt.Key.Key_Space)


def test_a_show_without_a_name_is_not_made_yet(qtbot: QtBot, dialog: NewShowDialog) -> None:
    assert not dialog.make.isEnabled()
    assert dialog.words.text() == "Give the show a name."
    qtbot.keyClicks(dialog.name, "Spring Tour")
    assert dialog.make.isEnabled()
    assert dialog.words.text() == "3 items, 0 songs, 3 cues, 8 roles"


def test_songs_are_typed_in_place_and_a_fresh_row_follows(qtbot: QtBot, dialog: NewShowDialog) -> None:
    qtbot.keyClicks(dialog.name, "Spring Tour")
    type_song(qtbot, dialog, 0, 0, "Copper Rain")
    assert dialog.songs.rowCount() == 2
    type_song(qtbot, dialog, 0, 2, "98")
    assert dialog.words.text().startswith("4 items, 1 song, ")
    type_song(qtbot, dialog, 0, 1, "long")
    assert dialog.words.text().startswith("Song 1: the length 'long' is no time: write seconds")
    assert not dialog.make.isEnabled()
    qtbot.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    assert dialog.songs.rows == (FRESH,)
    assert dialog.make.isEnabled()


def test_the_tempo_of_the_song_in_hand_is_tapped(qtbot: QtBot, dialog: NewShowDialog, clock: Clock) -> None:
    type_song(qtbot, dialog, 0, 0, "Copper Rain")
    type_song(qtbot, dialog, 1, 0, "Seven")
    type_song(qtbot, dialog, 1, 3, "7/8")
    dialog.songs.setCurrentCell(0, 0)
    tap(qtbot, dialog, clock, 98, 2)
    assert dialog.tap.words.text() == "2 taps, go on"
    tap(qtbot, dialog, clock, 98, 6)
    assert dialog.songs.rows[0][2] == "98"
    assert dialog.tap.words.text() == "98 ± 0.0, 8 taps"
    dialog.songs.setCurrentCell(1, 0)
    assert dialog.tap.words.text() == "Space or a click on every beat"
    clock.now_ns += 10**10
    tap(qtbot, dialog, clock, 240, 8)
    assert dialog.songs.rows[1][2] == "120"  # an eighth is half a quarter


def test_songs_come_from_a_sheet_and_slips_are_told(qtbot: QtBot, dialog: NewShowDialog, tmp_path: Path) -> None:
    sheet = tmp_path / "set.csv"
    qtbot.keyClicks(dialog.name, "Spring Tour")
    dialog.ask_for_file = lambda *_: str(sheet)  # type: ignore[method-assign,assignment]
    for text, words in (
        (None, "set.csv cannot be read"),
        ("", "set.csv is empty"),
        ("What,Ever\na,b\n", "set.csv has no column of titles among What, Ever: call one Title"),
        ("Title,BPM\nHarbour,120\nRain,fast\n", "1 songs taken. set.csv, line 3: the tempo 'fast' is none"),
    ):
        if text is not None:
            sheet.write_text(text, encoding="utf-8")
        qtbot.mouseClick(dialog.sheet, Qt.MouseButton.LeftButton)
        assert dialog.words.text().startswith(words)
    assert [row[:4] for row in dialog.songs.rows] == [("Harbour", "3:30", "120", "4/4"), FRESH[:4]]


def test_the_show_is_written_and_opened_in_its_house_simulated(
    qtbot: QtBot, dialog: NewShowDialog, tmp_path: Path
) -> None:
    qtbot.keyClicks(dialog.name, "Spring Tour")
    type_song(qtbot, dialog, 0, 0, "Copper Rain")
    type_song(qtbot, dialog, 0, 2, "98")
    dialog.template.setFocus()
    qtbot.keyClick(dialog.template, Qt.Key.Key_Down)
    dialog.house.setFocus()
    qtbot.keyClick(dialog.house, Qt.Key.Key_Down)
    asked: list[str] = []

    def where(_parent: object, suggested: str) -> str:
        asked.append(suggested)
        return str(tmp_path / "tour")

    dialog.ask_where = where  # type: ignore[method-assign,assignment]
    dialog.make.setFocus()
    qtbot.keyClick(dialog.make, Qt.Key.Key_Space)
    assert asked == ["spring-tour.json"]
    assert dialog.opening == Opening(str(tmp_path / "tour.json"), "hall", simulated=True)
    show = read_show(tmp_path / "tour.json").show
    assert (show.title, show.rate, show.items[1].title) == ("Spring Tour", "29.97df", "Welcome")
    assert validate(show) == ()


def test_a_disk_that_refuses_is_told(qtbot: QtBot, dialog: NewShowDialog, tmp_path: Path) -> None:
    qtbot.keyClicks(dialog.name, "Spring Tour")
    dialog.ask_where = lambda *_: None  # type: ignore[method-assign,assignment]
    dialog.make.click()
    assert dialog.opening is None
    dialog.ask_where = lambda *_: str(tmp_path / "no" / "such" / "x.json")  # type: ignore[method-assign,assignment]
    dialog.make.click()
    assert dialog.opening is None
    assert "cannot be saved" in dialog.words.text()


def test_tab_reaches_every_control_and_each_has_a_name(dialog: NewShowDialog) -> None:
    reached = []
    at = dialog.name.nextInFocusChain()
    while at is not dialog.name:
        if at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isVisible():
            reached.append(at)
        at = at.nextInFocusChain()
    buttons = (dialog.tap.button, dialog.sheet, dialog.remove)
    assert {dialog.template, dialog.house, dialog.songs, *buttons} <= set(reached)
    for part in reached:
        if isinstance(part, QAbstractButton | QComboBox | QTableWidget | QLineEdit):
            assert part.accessibleName() or part.property("text")


def test_without_a_house_it_says_how_to_get_one(qtbot: QtBot) -> None:
    dialog = NewShowDialog(DARK, (), Clock())
    qtbot.addWidget(dialog)
    assert dialog.words.text() == "There is no house: write one with showcaller venues new."


def test_the_window_opens_what_was_made(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path
) -> None:
    def make(dialog: NewShowDialog) -> int:
        qtbot.keyClicks(dialog.name, "Spring Tour")
        dialog.make.click()
        return dialog.result()

    monkeypatch.setattr(NewShowDialog, "ask_where", staticmethod(lambda *_: str(tmp_path / "tour.json")))
    monkeypatch.setattr(NewShowDialog, "exec", make)
    with qtbot.waitSignal(rig.window.opening_asked) as asked:
        qtbot.mouseClick(rig.window.welcome.begin["show.new"], Qt.MouseButton.LeftButton)
    assert asked.args[0].show == str(tmp_path / "tour.json")
    monkeypatch.setattr(NewShowDialog, "exec", lambda _dialog: 0)
    assert ask_new(rig.window, DARK, HOUSES, Clock()) is None
    assert new_show.SHEET_FILES.startswith("Set lists")


def test_rows_that_nobody_typed_in_are_no_songs() -> None:
    assert cells_to_songs((FRESH, ("", "", "", "", "", ""))) == ((), "")
    show, words = draft_show("…", "awards", (), "25")
    assert (show, words) == (None, "Give the show a name.")
    assert tap_words(None, 1) == "1 tap, go on"
