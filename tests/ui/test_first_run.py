"""The welcome page by the keyboard alone, and what it says when something does not open."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.link.messages import OpenRefused
from tests.support.builders import evening_show
from tests.support.snapshots import device, make_snapshot
from tests.ui.conftest import Rig
from ui.dialogs.help_pages import HelpPages
from ui.dialogs.key_sheet import KeySheet
from ui.dialogs.open_show import OpenDialog
from ui.state.shelf import Opening, ShowCard, VenueCard
from ui.theme.colours import DARK
from ui.welcome import WelcomePage

SHOWS = (ShowCard("half-light", "Half-Light", "40 items"), ShowCard("other", "Other", "1 item"))
VENUES = (
    VenueCard("arena", "Arena", "22 devices", ships=True),
    VenueCard("club", "Club", "3 devices"),
)


@pytest.fixture
def page(rig: Rig, qtbot: QtBot) -> WelcomePage:
    welcome = rig.window.welcome
    welcome.form.show_shelf(SHOWS, VENUES, ())
    rig.window.activateWindow()
    QApplication.processEvents()
    return welcome


def texts(page: WelcomePage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text()]


def test_the_shows_have_the_focus_and_arrows_and_enter_open_one(page: WelcomePage, rig: Rig, qtbot: QtBot) -> None:
    focused = rig.window.focusWidget()
    assert focused is page.form.shows
    qtbot.keyClick(focused, Qt.Key.Key_Down)
    with qtbot.waitSignal(rig.window.opening_asked) as asked:
        qtbot.keyClick(focused, Qt.Key.Key_Return)
    assert asked.args == [Opening("other", "arena", simulated=True)]


def test_tab_goes_from_the_show_to_the_house_to_who_is_simulated_to_the_button(page: WelcomePage, rig: Rig) -> None:
    form = page.form
    names: list[str] = []
    at: QWidget = form.shows
    while at is not form.open_button:
        at = at.nextInFocusChain()
        if at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isVisible() and form.isAncestorOf(at):
            names.append(at.accessibleName() or getattr(at, "text", str)())
    assert names == ["Another show…", "Houses", "Another house…", "Every device simulated", "Open"]


def test_space_ticks_the_box_and_says_what_that_means(page: WelcomePage, qtbot: QtBot) -> None:
    box = page.form.simulated
    assert box.isChecked()
    assert "Nothing leaves this computer." in texts(page)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert not box.isChecked()
    assert "Cues go out to the devices of the house." in texts(page)


def test_a_house_that_ships_is_simulated_and_ones_own_is_not_unless_asked(page: WelcomePage) -> None:
    form = page.form
    form.venues.setCurrentRow(1)
    assert not form.simulated.isChecked()
    form.venues.setCurrentRow(0)
    assert form.simulated.isChecked()
    form.show_shelf(SHOWS, VENUES, (Opening("other", "club", simulated=True),))
    assert (form.venues.chosen, form.simulated.isChecked()) == ("club", True)
    form.show_shelf(SHOWS, VENUES, (Opening("other", "arena", simulated=False),))
    assert (form.venues.chosen, form.simulated.isChecked()) == ("arena", False)


def test_while_something_is_being_opened_there_is_nothing_to_choose(page: WelcomePage) -> None:
    page.show_words("Not opened: the last one")
    page.show_opening(Opening("other", "club"))
    assert "Opening Other in Club…" in texts(page)
    assert not page.form.isVisible()
    assert "Not opened: the last one" not in texts(page)
    page.show_opening(Opening("/x/mine.json", "/x/hall.toml"))
    assert "Opening mine in hall…" in texts(page)


def test_what_did_not_open_is_said_above_the_choice(page: WelcomePage, rig: Rig) -> None:
    page.show_opening(Opening("other", "club"))
    rig.link.tell(OpenRefused(id=1, words="hall.toml: there is no such file"))
    assert page.form.isVisible()
    assert "Not opened: hall.toml: there is no such file" in texts(page)
    assert rig.window.focusWidget() is page.form.shows


def test_a_dialog_can_be_left_and_says_what_esc_does_there(rig: Rig, qtbot: QtBot) -> None:
    dialog, sheet = OpenDialog(DARK, rig.window), KeySheet(rig.desk.keymap, rig.window)
    for each in (dialog, sheet):
        qtbot.addWidget(each)
        assert any("it is panic too" in label.text() for label in each.findChildren(QLabel))
    dialog.form.show_shelf(SHOWS, VENUES, ())
    cancel = next(button for button in dialog.findChildren(type(dialog.form.open_button)) if button.text() == "Cancel")
    cancel.click()
    assert dialog.opening is None
    assert dialog.result() == dialog.DialogCode.Rejected.value


@pytest.mark.parametrize(
    ("modes", "words"),
    [
        (("live", "live"), "Test House"),
        (("ghost", "off"), "Test House · simulated"),
        (("ghost", "live"), "Test House · partly simulated"),
    ],
)
def test_the_head_says_whether_the_house_is_simulated(rig: Rig, modes: tuple[str, str], words: str) -> None:
    show = evening_show()
    devices = [device(f"d{n}", mode=mode) for n, mode in enumerate(modes)]
    rig.open(show, make_snapshot(show, "song", 0, devices=devices))
    assert rig.window.page.head.title.accessibleDescription() == f"Test, {words}"
    rig.window.run_action("mode.edit")
    assert "rehearsal run" in rig.window.page.head.title.accessibleDescription()


def test_a_file_that_is_no_show_can_be_asked_for_so_that_the_engine_says_why(
    page: WelcomePage, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "broken.json").write_text("{")
    page.form.ask_for_file = lambda *_: str(tmp_path / "broken.json")  # type: ignore[method-assign,assignment]
    page.form._on_other_show()
    with qtbot.waitSignal(page.form.chosen) as asked:
        qtbot.keyClick(page.form.shows, Qt.Key.Key_Return)
    assert asked.args is not None
    assert asked.args[0].show == str(tmp_path / "broken.json")


def test_a_show_opened_before_is_offered_in_its_house_as_it_was(page: WelcomePage, qtbot: QtBot) -> None:
    recent = (Opening("other", "arena", simulated=False), Opening("half-light", "club", simulated=True))
    samples = (replace(SHOWS[0], ships=True), *SHOWS[1:], ShowCard("third", "Third", "2 items", ships=True))
    page.form.show_shelf(samples, VENUES, recent)
    said = [page.form.shows.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert said == [
        "Other, last in Arena · 1 item",
        "Half-Light, last in Club · 40 items",
        "Third, sample · 2 items",
    ]
    assert (page.form.venues.chosen, page.form.simulated.isChecked()) == ("arena", False)
    qtbot.keyClick(page.form.shows, Qt.Key.Key_Down)
    assert (page.form.venues.chosen, page.form.simulated.isChecked()) == ("club", True)
    qtbot.keyClick(page.form.shows, Qt.Key.Key_Down)
    assert page.form.venues.chosen == "club"


def test_help_and_a_new_show_are_reached_from_the_welcome_page(page: WelcomePage, rig: Rig, qtbot: QtBot) -> None:
    qtbot.keyClick(page.begin["help.pages"], Qt.Key.Key_Space)
    pages = rig.window.findChild(HelpPages)
    assert pages is not None
    assert pages.topics.chosen == "first-steps"
    pages.close()
    assert [button.text() for button in page.begin.values()] == ["New show…", "First steps"]
