"""Who is at the keys, the vamp, the choices: what stands on the page for them, and what pressing it asks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.show.show import Choice, Show
from console.show.songs import Vamp
from console.vocabulary import AtKeys, ExitVamp, Go, GoKeyUp, SetChoice, Snapshot
from tests.support.builders import evening_show, song_show
from tests.support.snapshots import make_snapshot
from tests.ui.conftest import Rig

S = 1_000_000_000


def at_keys(rig: Rig, machine: bool | None) -> None:
    show = evening_show()
    rig.open(show, make_snapshot(show, "song", 6 * S).model_copy(update={"machine": machine}))
    QApplication.processEvents()


# -- who is at the keys ------------------------------------------------------------------------------------------------


def test_where_no_machine_stands_by_nothing_is_said_of_it(rig: Rig) -> None:
    at_keys(rig, None)
    assert not rig.window.page.go_bar.keys.isVisible()
    assert rig.window.page.go_bar.go.face.look == "ready"
    rig.window.run_action("keys.machine")
    assert rig.sent == []
    assert rig.desk.lines[-1].words == "Machine at the keys: no machine stands by in this run"


@pytest.mark.parametrize(
    ("machine", "words", "look"), [(True, "The machine presses", "machine"), (False, "You press", "ready")]
)
def test_who_presses_is_said_beside_the_button_and_taken_or_given_there(
    rig: Rig, qtbot: QtBot, machine: bool, words: str, look: str
) -> None:
    at_keys(rig, machine)
    plate = rig.window.page.go_bar.keys
    assert plate.isVisible()
    assert plate.accessibleDescription() == words
    assert rig.window.page.go_bar.go.face.look == look
    assert rig.window.actions_by_id["keys.machine"].isChecked() is machine
    assert min(plate.width(), plate.height()) >= 44
    qtbot.mouseClick(plate, Qt.MouseButton.LeftButton)
    assert rig.sent == [AtKeys(id=1, machine=not machine)]
    assert rig.window.page.go_bar.keys.accessibleDescription() == words  # until the engine says otherwise


def test_the_key_takes_and_gives_the_keys(rig: Rig, qtbot: QtBot) -> None:
    at_keys(rig, True)
    rig.window.activateWindow()
    qtbot.keyClick(rig.window.page.cues.table, Qt.Key.Key_M)
    at_keys(rig, False)
    qtbot.keyClick(rig.window.page.cues.table, Qt.Key.Key_M)
    assert rig.sent == [AtKeys(id=1, machine=False), AtKeys(id=2, machine=True)]


def test_a_press_by_hand_works_with_the_machine_at_the_keys(rig: Rig) -> None:
    at_keys(rig, True)
    rig.key(Qt.Key.Key_Space)
    rig.key(Qt.Key.Key_Space, down=False)
    assert rig.sent == [Go(id=1), GoKeyUp(id=2)]


# -- the vamp ----------------------------------------------------------------------------------------------------------


def going_round(show: Show, *, asked: bool = False) -> Snapshot:
    snapshot = make_snapshot(show, "song", 17 * S, vamp_pass=2)
    head = snapshot.playhead.model_copy(update={"vamp_exit_asked": asked})
    return snapshot.model_copy(update={"playhead": head})


def test_a_vamp_has_a_plate_that_asks_for_its_exit_and_then_says_that_it_was_asked(rig: Rig, qtbot: QtBot) -> None:
    show = song_show(vamp=Vamp(planned_repeats=3))
    rig.open(show, going_round(show))
    QApplication.processEvents()
    bar = rig.window.page.go_bar
    assert bar.vamp.accessibleDescription() == "bridge, pass 2 of 3, pass ends in 7.0"
    assert bar.vamp.height() >= 44
    assert rig.window.page.head.bar.accessibleDescription() == "bridge · pass 2: 9.3"
    before = [button.geometry() for button in bar.buttons.values()]
    qtbot.mouseClick(bar.vamp, Qt.MouseButton.LeftButton)
    assert rig.sent == [ExitVamp(id=1)]
    rig.link.tell(going_round(show, asked=True))
    assert bar.vamp.accessibleDescription() == "bridge, pass 2 of 3, exit asked, leaves in 7.0"
    assert rig.window.page.head.bar.accessibleDescription() == "bridge · leaving: 9.3"
    rig.link.tell(make_snapshot(show, "song", 25 * S))
    QApplication.processEvents()
    assert not bar.vamp.isVisible()
    assert [button.geometry() for button in bar.buttons.values()] == before  # nothing moved under the hand


def test_the_vamp_has_a_key(rig: Rig, qtbot: QtBot) -> None:
    show = song_show(vamp=Vamp(planned_repeats=3))
    rig.open(show, going_round(show))
    rig.window.activateWindow()
    qtbot.keyClick(rig.window.page.cues.table, Qt.Key.Key_V)
    assert rig.sent == [ExitVamp(id=1)]


# -- choices -----------------------------------------------------------------------------------------------------------

CHOICES = (
    Choice(id="winner", values=("a", "b", "c"), default="a"),
    Choice(id="encore", values=("yes", "no"), default="yes"),
)


def choosing(rig: Rig, **values: str) -> None:
    show = evening_show(choices=CHOICES)
    rig.open(show, make_snapshot(show, "song", 6 * S).model_copy(update={"choices": values}))


def test_a_show_that_leaves_nothing_to_choose_shows_no_choices(rig: Rig) -> None:
    rig.open()
    assert not rig.window.page.rundown.choices.isVisible()
    rig.window.run_action("choice.set")
    assert QApplication.activePopupWidget() is None
    assert not rig.window.actions_by_id["choice.set"].isEnabled()


def test_each_choice_says_its_value_as_the_engine_has_it(rig: Rig) -> None:
    choosing(rig)
    panel = rig.window.page.rundown.choices
    QApplication.processEvents()
    assert panel.isVisible()
    assert [button.text() for button in panel.buttons.values()] == ["winner: a", "encore: yes"]
    assert all(button.height() >= 44 for button in panel.buttons.values())
    choosing(rig, winner="c", encore="no")
    assert [button.text() for button in panel.buttons.values()] == ["winner: c", "encore: no"]


def test_a_value_is_asked_for_and_shown_when_the_engine_says_so(rig: Rig) -> None:
    choosing(rig, winner="b", encore="yes")
    panel = rig.window.page.rundown.choices
    menu = panel.make_menu(CHOICES[:1])
    values = [(action.text(), action.isChecked()) for action in menu.actions()]
    assert values == [("a", False), ("b", True), ("c", False)]
    menu.actions()[2].trigger()
    assert rig.sent == [SetChoice(id=1, choice="winner", value="c")]
    assert panel.buttons["winner"].text() == "winner: b"
    menu.close()


@pytest.mark.qt_log_ignore("This plugin does not support")  # raising a popup and grabbing keys, without a screen
def test_the_keyboard_reaches_every_choice(rig: Rig, qtbot: QtBot) -> None:
    choosing(rig)
    panel = rig.window.page.rundown.choices
    menu = panel.make_menu(CHOICES)
    values = [[value.text() for value in entry.menu().actions()] for entry in menu.actions()]  # type: ignore[attr-defined]
    assert values == [["a", "b", "c"], ["yes", "no"]]
    menu.close()
    rig.window.run_action("choice.set")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(popup, key)
    inner = QApplication.activePopupWidget()
    qtbot.keyClick(inner, Qt.Key.Key_Down)
    qtbot.keyClick(inner, Qt.Key.Key_Return)
    assert rig.sent == [SetChoice(id=1, choice="encore", value="no")]
