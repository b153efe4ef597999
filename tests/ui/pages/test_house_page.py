"""F3: a house is looked at, edited, saved and loaded, with the mouse and the keys an operator has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from console.link.messages import OpenRefused, OpenShow, VenueCard
from console.samples.library import sample_path
from console.show.show_file import read_show
from console.show.show_json import show_to_json
from console.vocabulary import DeviceState, RunKind
from profiles.kept_files import list_earlier
from profiles.venue_edit import read_house
from tests.support.command_line import settle_home
from tests.support.snapshots import make_snapshot
from tests.ui.conftest import Rig
from ui.pages.house.form import DeedDialog
from ui.pages.house.page import HousePage
from ui.state.house_cards import Checked
from ui.state.shelf import HouseMove

SHOW = read_show(sample_path("half-light")).show


@pytest.fixture
def own_venues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's venue folder, with a house of the user's own in it."""
    settle_home(tmp_path, monkeypatch)
    folder = tmp_path / "XDG_CONFIG_HOME" / "showcaller" / "venues"
    folder.mkdir(parents=True)
    text = read_house("saltmarsh-field").text.replace('id = "saltmarsh-field"', 'id = "meadow"')
    (folder / "meadow.toml").write_text(text.replace('"Saltmarsh Field"', '"Meadow"'), encoding="utf-8")
    return folder


@pytest.fixture
def page(own_venues: Path, rig: Rig) -> Iterator[HousePage]:
    """The house page, the sample show open in its arena."""
    open_in(rig, "halcyon-dome")
    rig.window.run_action("page.house")
    page = rig.window.page.book.page("house")
    assert isinstance(page, HousePage)
    page.checks.cancel()  # what a check says is a test's to say, but for one
    yield page
    page.checks.cancel()


def open_in(rig: Rig, house: str, run_kind: RunKind = "rehearsal") -> None:
    card = VenueCard(id=house, name=house.title())
    show = show_to_json(SHOW)
    rig.link.tell(
        OpenShow(
            show=show, revision=0, venue=card, run="r", run_kind=run_kind, show_name="half-light", venue_name=house
        )
    )
    lamp = DeviceState(device="lx-main", role="lighting.main", duty="main", mode="ghost", severity="good", words="")
    rig.link.tell(make_snapshot(SHOW).model_copy(update={"devices": (lamp,)}))


def pick(page: HousePage, name: str) -> None:
    """Click a house in the list."""
    row = page.houses.names.index(name)
    QTest.mouseClick(
        page.list.viewport(), Qt.MouseButton.LeftButton, pos=page.list.visualItemRect(page.list.item(row)).center()
    )
    assert page.houses.current == name


def pick_row(page: HousePage, **wanted: str) -> None:
    """Click a row of the patch."""
    for place in range(page.model.rowCount()):
        row = page.model.row_at(place)
        if row is not None and all(getattr(row, name) == value for name, value in wanted.items()):
            page.patch.scrollTo(page.model.index(place))
            at = page.patch.visualRect(page.model.index(place)).center()
            QTest.mouseClick(page.patch.viewport(), Qt.MouseButton.LeftButton, pos=at)
            return
    raise AssertionError(f"no row with {wanted}")


def type_in(page: HousePage, field: str, text: str) -> QLineEdit:
    """Type into a field of what is picked, and press Return."""
    editor = next(editor for path, editor in page.form.editors.items() if path[-1] == field)
    assert isinstance(editor, QLineEdit)
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    return editor


def words_below(page: HousePage, field: str) -> str:
    return next(label.text() for path, label in page.form._words.items() if path[-1] == field)


def test_f3_shows_the_loaded_house_and_every_other(page: HousePage, rig: Rig):
    assert page.list.chosen == "halcyon-dome"
    assert page.houses.names == ("gaslight-exchange", "halcyon-dome", "meadow", "saltmarsh-field")
    assert page.title.text() == "Halcyon Dome"
    assert page.told.text().startswith("loaded")
    assert page.load_button.text() == "Load anew"
    assert rig.sent == []


def test_picking_a_house_draws_it_and_loads_nothing(page: HousePage, rig: Rig):
    pick(page, "gaslight-exchange")
    assert page.title.text() == "Gaslight Exchange Theatre"
    roles = {row.role for n in range(page.model.rowCount()) if (row := page.model.row_at(n)) is not None}
    assert {role.id for role in SHOW.roles} <= roles
    assert (rig.sent, rig.link.openings) == ([], [])


def test_lamps_are_of_the_loaded_house_alone(page: HousePage, rig: Rig):
    place = next(n for n in range(page.model.rowCount()) if (r := page.model.row_at(n)) and r.device == "lx-main")
    assert "Ghost" in page.model.data(page.model.index(place), Qt.ItemDataRole.AccessibleTextRole)
    pick(page, "gaslight-exchange")
    place = next(n for n in range(page.model.rowCount()) if (r := page.model.row_at(n)) and r.device == "lx-main")
    assert "Ghost" not in page.model.data(page.model.index(place), Qt.ItemDataRole.AccessibleTextRole)


def test_load_asks_for_the_open_show_in_the_picked_house(page: HousePage, rig: Rig, qtbot: QtBot):
    pick(page, "gaslight-exchange")
    with qtbot.waitSignal(rig.window.house_asked) as asked:
        QTest.mouseClick(page.load_button, Qt.MouseButton.LeftButton)
    assert asked.args == [HouseMove("gaslight-exchange", simulated=True)]
    open_in(rig, "gaslight-exchange")
    assert page.told.text().startswith("loaded")
    assert page.list.chosen == "gaslight-exchange"


def test_a_refused_house_is_told_on_the_page_and_the_loaded_one_stays(page: HousePage, rig: Rig):
    pick(page, "meadow")
    rig.link.tell(OpenRefused(id=1, words="meadow.toml:4: rate is no rate"))
    assert page.note.isVisible()
    assert page.note.text() == "Not loaded: meadow.toml:4: rate is no rate"
    pick(page, "halcyon-dome")
    assert page.houses.is_loaded


def test_while_it_rolls_loading_is_refused_in_words(page: HousePage, rig: Rig, qtbot: QtBot):
    rolling = make_snapshot(SHOW)
    head = rolling.playhead.model_copy(update={"state": "rolling"})
    rig.link.tell(rolling.model_copy(update={"playhead": head}))
    with qtbot.assertNotEmitted(rig.window.house_asked):
        QTest.mouseClick(page.load_button, Qt.MouseButton.LeftButton)
    assert rig.desk.lines[-1].words == page.note.text() == "Load the picked house: it is rolling"


def test_a_performance_stays_in_the_house_that_its_preflight_saw(page: HousePage, rig: Rig, qtbot: QtBot):
    open_in(rig, "halcyon-dome", "performance")
    pick(page, "gaslight-exchange")
    with qtbot.assertNotEmitted(rig.window.house_asked):
        QTest.mouseClick(page.load_button, Qt.MouseButton.LeftButton)
    assert rig.desk.lines[-1].words.startswith("Load the picked house: a performance stays in its house")
    assert page.note.text() == rig.desk.lines[-1].words


def test_what_ships_is_looked_at_and_duplicated(page: HousePage, rig: Rig, own_venues: Path):
    pick(page, "gaslight-exchange")
    pick_row(page, device="lx-main")
    assert page.form.editors
    assert not any(editor.isEnabled() for editor in page.form.editors.values())
    assert page.deeds_button.text() == "Ships: duplicate it to edit"
    QTest.mouseClick(page.duplicate_button, Qt.MouseButton.LeftButton)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, DeedDialog)
    QTest.keyClicks(dialog.editors["New id"], "Town Hall")
    QTest.mouseClick(dialog.done_button, Qt.MouseButton.LeftButton)
    assert "is no id" in dialog.words.text()
    dialog.editors["New id"].setFocus()
    line = dialog.editors["New id"]
    assert isinstance(line, QLineEdit)
    line.clear()
    QTest.keyClicks(line, "town-hall")
    QTest.mouseClick(dialog.done_button, Qt.MouseButton.LeftButton)
    assert (own_venues / "town-hall.toml").is_file()
    assert page.title.text() == "Town Hall"
    assert page.deeds_button.isEnabled()


def test_a_field_is_edited_saved_and_loaded_anew(page: HousePage, rig: Rig, own_venues: Path):
    file = own_venues / "meadow.toml"
    before = file.read_text(encoding="utf-8")
    open_in(rig, "meadow")
    pick(page, "meadow")
    pick_row(page, device="lx-main")
    type_in(page, "trim_ms", "-4.5")
    assert file.read_text(encoding="utf-8") == before
    assert "not saved" in page.told.text()
    assert not page.load_button.isEnabled()
    QTest.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line not in before.splitlines()]
    assert lines == ["trim_ms = -4.5"]
    assert [each.read_text(encoding="utf-8") for each in list_earlier(file)] == [before]
    assert page.note.text().startswith("Saved. The show still runs in the house as it was")
    assert (page.load_button.text(), page.load_button.isEnabled()) == ("Load anew", True)


def test_an_illegal_value_is_refused_in_its_field_and_nothing_is_written(page: HousePage, rig: Rig, own_venues: Path):
    before = (own_venues / "meadow.toml").read_text(encoding="utf-8")
    pick(page, "meadow")
    pick_row(page, device="lx-main")
    editor = type_in(page, "host", "10.0.0.300")
    assert words_below(page, "host") == "✕ '10.0.0.300' is no address: write one like 10.20.10.21, or a name"
    assert editor.text() == "10.0.0.300"
    assert not page.save_button.isEnabled()
    assert rig.kinds == []  # Return and the letters stayed in the field
    type_in(page, "host", "10.0.0.30")
    assert page.save_button.isEnabled()
    QTest.mouseClick(page.revert_button, Qt.MouseButton.LeftButton)
    assert not page.save_button.isEnabled()
    assert (own_venues / "meadow.toml").read_text(encoding="utf-8") == before


def test_a_duty_is_chosen_from_the_devices_of_the_house(page: HousePage, rig: Rig):
    pick(page, "meadow")
    pick_row(page, role="audio.playback", device="tracks-a")
    combo = next(editor for path, editor in page.form.editors.items() if path[-1] == "main")
    assert isinstance(combo, QComboBox)
    combo.setCurrentText("lx-main")
    combo.activated.emit(combo.currentIndex())
    assert page.houses.file is not None
    assert page.houses.file.venue is not None
    assert page.houses.file.venue.role_by_id["audio.playback"].main == "lx-main"


def test_nothing_is_edited_in_performance(page: HousePage, rig: Rig):
    pick(page, "meadow")
    pick_row(page, device="lx-main")
    assert all(editor.isEnabled() for editor in page.form.editors.values())
    rig.window.run_action("mode.show")
    rig.link.tell(make_snapshot(SHOW))
    assert not any(editor.isEnabled() for editor in page.form.editors.values())
    assert page.deeds_button.text() == "Locked in Performance"


def test_a_broken_file_says_line_words_and_remedy(page: HousePage, rig: Rig, tmp_path: Path):
    broken = tmp_path / "broken.toml"
    broken.write_text(read_house("saltmarsh-field").text.replace("strobe_hz_max", "strobe_hz_maks"), encoding="utf-8")
    page.ask_for_file = lambda *_: str(broken)  # type: ignore[method-assign,assignment]
    page._on_other_file()
    assert page.houses.current == str(broken)
    assert page.problems.isVisible()
    text = page.problems.item(0).text()
    assert "strobe_hz_maks is not known here" in text
    assert "did you mean strobe_hz_max?" in text
    assert f"{broken}:" in text
    assert not page.load_button.isEnabled()


def test_what_the_check_says_stands_beside_each_house(page: HousePage, rig: Rig, qtbot: QtBot):
    """With the real check, in its process."""
    with qtbot.waitSignals([page.checks.checked] * 2, timeout=30_000):
        page._check(["gaslight-exchange", "halcyon-dome"])
    cards = {card.name: card.told for card in page.houses.cards([])}
    assert cards["gaslight-exchange"].startswith("2 warnings")
    assert cards["halcyon-dome"].startswith("loaded · fits the show")
    pick(page, "gaslight-exchange")
    assert page.problems.count() == 2
    assert "camera.cueing (gaslight-exchange.toml:" in page.problems.item(0).text()


def test_a_draft_is_checked_as_it_stands(page: HousePage, rig: Rig):
    pick(page, "meadow")
    pick_row(page, device="lx-main")
    type_in(page, "latency_ms", "31")
    page.checks.cancel()
    draft = page.houses.draft_of("meadow")
    assert draft is not None
    assert "latency_ms = 31" in draft
    page._on_checked("meadow", Checked("FAIL", ()))
    assert "not saved" in page.told.text()


def test_the_patch_is_walked_with_the_keys(page: HousePage, rig: Rig):
    page.patch.setFocus()
    for _ in range(3):
        QTest.keyClick(page.patch, Qt.Key.Key_Down)
    row = page.model.row_at(page.patch.currentIndex().row())
    assert row is not None
    assert page.form.editors
    assert page.patch.accessibleName()
    assert all(editor.accessibleName() for editor in page.form.editors.values())
