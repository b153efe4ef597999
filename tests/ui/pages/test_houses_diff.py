"""F4: two houses chosen, tiles, the table, the picked cue, and paper, by real keys and clicks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.link.messages import Edited
from console.samples.library import sample_path
from console.show.edits import change_cue
from console.show.show import Show
from tests.support.fake_link import opened
from tests.support.snapshots import make_snapshot
from tests.ui.conftest import Rig
from ui.pages.houses_diff import HousesDiffPage


@pytest.fixture
def page(rig: Rig, qtbot: QtBot) -> HousesDiffPage:
    show = Show.model_validate_json(sample_path("half-light").read_text(encoding="utf-8"))
    rig.link.tell(opened(show, "Gaslight Exchange Theatre, Marrow Hill"))
    rig.link.tell(make_snapshot(show))
    rig.key(Qt.Key.Key_F4)
    rig.window.run_action("page.houses_diff")
    page = rig.window.page.book.page("houses_diff")
    assert isinstance(page, HousesDiffPage)
    settle(page)
    return page


def settle(page: HousesDiffPage) -> None:
    page.reckoning.wait()
    QApplication.processEvents()


def choose(page: HousesDiffPage, before: str, after: str) -> None:
    page.before.setCurrentIndex(page.before.findData(before))
    page.after.setCurrentIndex(page.after.findData(after))
    page.after.activated.emit(page.after.currentIndex())
    settle(page)


def texts(page: HousesDiffPage) -> list[list[str]]:
    model = page.table.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def test_two_houses_are_compared_and_summed_up(page: HousesDiffPage):
    choose(page, "halcyon-dome", "gaslight-exchange")
    assert [(button.tile.title, button.tile.count) for button in page.tiles.buttons] == [
        ("Lost", 5),
        ("To decide", 71),
        ("Only addressed anew", 385),
        ("As they are", 215),
    ]
    assert texts(page)[:2] == [
        ["Not sent there", "", "", "", "", "", "5"],
        [
            "Lost",
            "6.205",
            "SFX",
            "The Long Way Down Ferry Street",
            "CO2 jets",
            "atmos (bridge/relays at 10.20.10.73:9300)",
            "no CO2 here",
        ],
    ]
    assert page.table.model.headerData(5, Qt.Orientation.Horizontal) == "Halcyon Dome"


def test_a_tile_a_department_and_a_word_choose_rows(page: HousesDiffPage, qtbot: QtBot):
    choose(page, "halcyon-dome", "gaslight-exchange")
    qtbot.mouseClick(page.tiles.buttons[1], Qt.MouseButton.LeftButton)
    assert {row[0] for row in texts(page)} <= {
        "Two names become one",
        "Folded",
        "Taken by another camera",
        "Stand-in",
        "Something else is done instead",
        "Instead",
        "The house itself",
        "To decide",
    }
    qtbot.mouseClick(page.tiles.buttons[1], Qt.MouseButton.LeftButton)
    page.table.departments.setCurrentIndex(page.table.departments.findData("PYRO"))
    assert {row[2] for row in texts(page)} == {"", "PYRO"}
    page.table.departments.setCurrentIndex(0)
    qtbot.mouseClick(page.table.search, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.table.search, "no co2")
    assert [row[1] for row in texts(page)] == ["", "6.205", "11.205", "12.200", "16.220", "18.210"]
    page.table.grouping.setCurrentIndex(page.table.grouping.findData("item"))
    assert texts(page)[0][0] == "The Long Way Down Ferry Street"


def test_the_cue_of_a_picked_row_is_picked_in_the_window(page: HousesDiffPage, rig: Rig, qtbot: QtBot):
    choose(page, "halcyon-dome", "gaslight-exchange")
    table = page.table.table
    where = table.visualRect(page.table.model.index(2, 4)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert rig.desk.selected is not None
    assert rig.desk.show is not None
    assert rig.desk.show.cue_by_id[rig.desk.selected].number == "11.205"
    assert "Cue 11.205 CO2 jets (sfx.atmos): not sent there" in page.table.detail.text()


def test_the_loaded_house_comes_first_and_the_other_way_round_is_a_press(page: HousesDiffPage, qtbot: QtBot):
    pair = (page.before.currentData(), page.after.currentData())
    assert pair[0] != pair[1]
    qtbot.mouseClick(page.swap, Qt.MouseButton.LeftButton)
    settle(page)
    assert (page.before.currentData(), page.after.currentData()) == (pair[1], pair[0])


def test_a_house_of_ones_own_is_chosen_by_its_file_and_a_slip_in_it_is_told(page: HousesDiffPage, tmp_path: Path):
    slip = tmp_path / "slip.toml"
    slip.write_text('id = "slip"\n', encoding="utf-8")
    page.ask_for_file = lambda *_: str(slip)  # type: ignore[method-assign,assignment]
    page.after.setCurrentIndex(page.after.count() - 1)
    page.after.activated.emit(page.after.currentIndex())
    settle(page)
    assert page.after.currentData() == str(slip)
    assert "slip.toml" in page.table._empty.text()
    assert not any(button.isEnabled() for button in page.save.buttons.values())


def test_an_edit_is_reckoned_when_the_page_is_seen(page: HousesDiffPage, rig: Rig):
    choose(page, "halcyon-dome", "gaslight-exchange")
    rig.link.tell(Edited(seq=1, by="other", revision=1, edit=change_cue("ferry-street-205", {"label": "Big jets"})))
    rig.link.tell(make_snapshot(rig.desk.show))  # type: ignore[arg-type]
    settle(page)
    assert "Big jets" in {row[4] for row in texts(page)}


def test_it_is_saved_beside_the_windows_thread(page: HousesDiffPage, tmp_path: Path, qtbot: QtBot):
    choose(page, "halcyon-dome", "gaslight-exchange")
    asked: list[str] = []

    def where(_parent: object, form: str, suggested: str) -> str:
        asked.append(suggested)
        return str(tmp_path / f"cost.{form.lower()}")

    page.save.ask_where = where  # type: ignore[method-assign,assignment]
    for form in ("PDF", "HTML"):
        qtbot.mouseClick(page.save.buttons[form], Qt.MouseButton.LeftButton)  # type: ignore[index]
        page.save.reckoning.wait()
        QApplication.processEvents()
    assert (tmp_path / "cost.pdf").read_bytes().startswith(b"%PDF-")
    assert "no CO2 here" in (tmp_path / "cost.html").read_text(encoding="utf-8")
    assert page.save.said.text() == "Saved cost.html"
    assert asked[0] == "Ondine Farrow & The Tidal Index Half-Light, Live Halcyon Dome to Gaslight Exchange Theatre.pdf"


def test_every_control_of_it_has_a_name(page: HousesDiffPage):
    for picker in (page.before, page.after, page.table.kinds, page.table.departments, page.table.grouping):
        assert picker.accessibleName()
    assert page.tiles.buttons[0].accessibleName() == "Lost: 0, the audience will not see or hear them"
