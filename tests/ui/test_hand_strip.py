"""The strip above the GO bar: seen while a hand is on something, and nothing moves under the operator's hand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.show.songs import Vamp
from console.vocabulary import InHand, Rejoin, Take, WithdrawExit
from tests.support.builders import evening_show, song_show
from tests.support.snapshots import make_snapshot
from tests.ui.conftest import Rig

S = 1_000_000_000


def on(target: str | None) -> InHand:
    return InHand(target=target, by="operator", since_ns=20 * S)


def with_hands(rig: Rig, **hands: tuple[InHand, ...]) -> None:
    show = evening_show()
    rig.open(show, make_snapshot(show, "song", 6 * S).model_copy(update=hands))
    QApplication.processEvents()


def test_it_is_gone_while_no_hand_is_on_anything(rig: Rig) -> None:
    with_hands(rig)
    assert not rig.window.page.hands.isVisible()


def test_what_is_taken_is_said_in_word_and_shape_and_the_go_bar_stays_where_it_is(rig: Rig) -> None:
    with_hands(rig)
    before = rig.window.page.go_bar.geometry()
    with_hands(rig, taken=(on("LX"),), to_skip=(on("song-verse"),))
    strip = rig.window.page.hands
    assert strip.isVisible()
    assert [chip.text().split() for chip in strip.chips] == [["TAKEN", "LX", "0:10"], ["SKIP", "1.4", "0:10"]]
    assert all(not chip.icon().isNull() and chip.height() >= 44 for chip in strip.chips)
    assert strip.chips[0].accessibleName() == "Taken LX, by operator"
    assert [chip.property("state") for chip in strip.chips] == ["on", ""]
    assert rig.window.page.go_bar.geometry() == before


def test_many_chips_are_counted_and_never_widen_the_window(rig: Rig) -> None:
    with_hands(rig, stood_down=tuple(on(cue.id) for cue in evening_show().cues[:9]))
    strip = rig.window.page.hands
    assert len(strip.chips) == 5
    assert strip.chips[-1].text() == "and 5 more"
    assert rig.window.minimumSizeHint().width() <= 1280


@pytest.mark.qt_log_ignore("This plugin does not support")  # raising a popup and grabbing keys, without a screen
def test_a_chip_offers_the_ways_back(rig: Rig, qtbot: QtBot) -> None:
    with_hands(rig, taken=(on("LX"),))
    qtbot.mouseClick(rig.window.page.hands.chips[0], Qt.MouseButton.LeftButton)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.actions()[1].trigger()
    popup.close()
    assert rig.sent == [Rejoin(id=1, department="LX", how="now")]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_keyboard_takes_a_department(rig: Rig, qtbot: QtBot) -> None:
    with_hands(rig)
    rig.window.run_action("hand.take")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert rig.sent == [Take(id=1, department="LX")]
    rig.window.run_action("hand.bypass")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


def test_the_vamp_plate_says_until_when_and_withdraws_what_was_asked(rig: Rig, qtbot: QtBot) -> None:
    show = song_show(vamp=Vamp(planned_repeats=3))
    snapshot = make_snapshot(show, "song", 17 * S, vamp_pass=2)
    head = snapshot.playhead.model_copy(update={"vamp_exit_by_ns": 23_500_000_000})
    rig.open(show, snapshot.model_copy(update={"playhead": head}))
    QApplication.processEvents()
    plate = rig.window.page.go_bar.vamp
    assert plate.accessibleDescription() == "bridge, pass 2 of 3, pass ends in 7.0, exit by 6.5"
    late = head.model_copy(update={"vamp_exit_by_ns": 17 * S})
    rig.link.tell(snapshot.model_copy(update={"playhead": late}))
    assert plate.accessibleDescription() == "bridge, pass 2 of 3, pass ends in 7.0, an exit now is late"
    asked = head.model_copy(update={"vamp_exit_asked": True, "vamp_exit_ns": 20 * S, "vamp_exit_by_ns": None})
    rig.link.tell(snapshot.model_copy(update={"playhead": asked}))
    assert plate.accessibleDescription() == "bridge, pass 2 of 3, exit asked, leaves in 3.0"
    qtbot.mouseClick(plate, Qt.MouseButton.LeftButton)
    assert rig.sent == [WithdrawExit(id=1)]
