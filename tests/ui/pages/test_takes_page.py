"""F9: takes ticked, lags and notes beside them, the overlay and adopting, by real keys and clicks."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.record.take_reading import read_sheet
from console.show.edits import Compound
from console.vocabulary import ListTakes, MarkIt, ReadTake, TakeRead, TakeSheet, TakesListed, TickNote
from tests.support.fake_link import opened
from tests.support.snapshots import make_snapshot
from tests.support.take_stand import copper_take, half_light, schedule
from tests.ui.conftest import Rig
from ui.pages.takes import TakesPage
from ui.timeline.geometry import Axis


@pytest.fixture
def sheet(tmp_path: Path) -> TakeSheet:
    return read_sheet(copper_take(tmp_path / "copper.take"), half_light(), schedule())


@pytest.fixture
def page(rig: Rig, sheet: TakeSheet) -> TakesPage:
    rig.link.tell(opened(half_light()))
    rig.link.tell(make_snapshot(half_light()))
    rig.window.run_action("page.takes")
    page = rig.window.page.book.page("takes")
    assert isinstance(page, TakesPage)
    rig.link.tell(TakesListed(at_ns=0, takes=(sheet.card,)))
    return page


def tick(qtbot: QtBot, page: TakesPage, rig: Rig, sheet: TakeSheet) -> None:
    """The first take, by its box; and the engine tells what is in it."""
    item = page.takes.item(0, 0)
    assert item is not None
    where = page.takes.visualItemRect(item)
    centre = where.topLeft()
    centre.setX(where.left() + 10)
    centre.setY(where.center().y())
    qtbot.mouseClick(page.takes.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    rig.link.tell(TakeRead(at_ns=0, take=sheet.card.id, sheet=sheet))


def test_takes_are_asked_for_when_the_page_is_seen_and_read_when_ticked(
    qtbot: QtBot, rig: Rig, page: TakesPage, sheet: TakeSheet
) -> None:
    assert "list_takes" in rig.kinds
    tick(qtbot, page, rig, sheet)
    assert [each.take for each in rig.sent if isinstance(each, ReadTake)] == [sheet.card.id]
    lags = {page.lags.item(row, 0).text(): page.lags.item(row, 3).text() for row in range(page.lags.rowCount())}  # type: ignore[union-attr]
    assert (lags["2.040"], lags["2.145"], lags["2.065"]) == ("+31", "▲ +140  outlier", "✕ missed")
    assert "2 ▲, 1 ✕ missed" in page.sum.text()


def test_picked_cues_are_adopted_in_one_edit_on_the_chosen_grid(
    qtbot: QtBot, rig: Rig, page: TakesPage, sheet: TakeSheet
) -> None:
    assert not page.adopt.isEnabled()
    tick(qtbot, page, rig, sheet)
    row = next(row for row in range(page.lags.rowCount()) if page.lags.item(row, 0).text() == "2.040")  # type: ignore[union-attr]
    page.lags.selectRow(row)
    assert page.adopt.text() == "Adopt timing of 1"
    qtbot.mouseClick(page.adopt, Qt.MouseButton.LeftButton)
    edit = rig.link.edits[-1][0]
    assert isinstance(edit, Compound)
    assert [(each.kind, each.id) for each in edit.edits] == [("change", "copper-rain-040")]  # type: ignore[union-attr]
    page.grid.setCurrentIndex(page.grid.findText("nearest 1/8"))
    assert rig.desk.takes.grid == Fraction(1, 2)
    qtbot.mouseClick(page.adopt, Qt.MouseButton.LeftButton)
    assert len(rig.link.edits) == 1, "within a sixteenth nothing moves"


def test_notes_are_ticked_off_and_chosen_by_department(
    qtbot: QtBot, rig: Rig, page: TakesPage, sheet: TakeSheet
) -> None:
    tick(qtbot, page, rig, sheet)
    assert page.notes.rowCount() == 3
    page.notes.item(0, 0).setCheckState(Qt.CheckState.Checked)  # type: ignore[union-attr]
    assert [(x.note, x.done) for x in rig.sent if isinstance(x, TickNote)] == [(2, True)]
    page.department.setCurrentIndex(page.department.findData("CAM"))
    assert page.notes.rowCount() == 1


def test_i_marks_what_happens_in_any_page(rig: Rig, page: TakesPage, qtbot: QtBot) -> None:
    qtbot.keyClick(rig.window, Qt.Key.Key_I)
    assert [each for each in rig.sent if isinstance(each, MarkIt)] == [
        each for each in rig.sent if isinstance(each, MarkIt) and (each.words, each.ago_s) == ("", 0)
    ]
    assert rig.kinds.count("mark_it") == 1


def test_shadows_lie_on_the_timeline_while_a_take_is_chosen_and_cost_no_repaint_otherwise(
    qtbot: QtBot, rig: Rig, page: TakesPage, sheet: TakeSheet
) -> None:
    timeline = rig.window.page.timeline
    rig.window.run_action("page.console")
    span = timeline._strip.by_item["song-copper-rain"]
    timeline._see(Axis(span.zero_ns + 47_500_000_000, 12_000_000))
    before = timeline.grab().toImage()
    rig.desk.takes.choose(sheet.card.id, on=True)
    rig.link.tell(TakeRead(at_ns=0, take=sheet.card.id, sheet=sheet))
    rig.link.tell(make_snapshot(half_light()))
    after = timeline.grab().toImage()
    assert before != after
    layer = timeline._layer
    rig.link.tell(make_snapshot(half_light()))
    assert timeline._layer is layer
    rig.desk.takes.choose(sheet.card.id, on=False)
    rig.link.tell(make_snapshot(half_light()))
    assert timeline.grab().toImage() == before


def test_the_list_is_asked_for_again_by_its_button(qtbot: QtBot, rig: Rig, page: TakesPage) -> None:
    asked = len([each for each in rig.sent if isinstance(each, ListTakes)])
    qtbot.mouseClick(page.refresh, Qt.MouseButton.LeftButton)
    assert len([each for each in rig.sent if isinstance(each, ListTakes)]) == asked + 1
