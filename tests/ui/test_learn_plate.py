"""The plate of a pad that is being learnt: there while somebody learns, then with what was pressed."""

from __future__ import annotations

import tomllib

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.vocabulary import Heard, Learn
from tests.support.builders import evening_show
from tests.support.snapshots import make_snapshot
from tests.ui.conftest import Rig

S = 1_000_000_000
PAD = Heard(at_ns=S, source="midi:PADS", by_way="midi", address="note/1/36", args=(127,))


def moment(rig: Rig, *, learning: bool) -> None:
    show = evening_show()
    rig.open(show, make_snapshot(show, "song", 6 * S).model_copy(update={"learning": learning}))
    QApplication.processEvents()


def hears(rig: Rig, heard: Heard) -> None:
    moment(rig, learning=True)
    rig.bridge.notice_received.emit(heard, None)
    moment(rig, learning=False)


def test_nobody_learns_and_nothing_is_there(rig: Rig) -> None:
    moment(rig, learning=False)
    assert not rig.window.page.learn.isVisible()


def test_the_plate_asks_for_the_pad_and_space_stays_go(rig: Rig, qtbot: QtBot) -> None:
    moment(rig, learning=False)
    rig.window.run_action("pad.learn")
    assert rig.kinds == ["learn"]
    moment(rig, learning=True)
    plate = rig.window.page.learn
    assert plate.isVisible()
    assert plate.heading.text() == "Press the pad now"
    assert not plate.lines.isVisible()
    qtbot.keyClick(rig.window, Qt.Key.Key_Space)
    assert rig.kinds == ["learn", "go", "go_key_up"]


def test_what_was_pressed_stands_there_with_the_lines_that_bind_it(rig: Rig, qtbot: QtBot) -> None:
    hears(rig, PAD)
    plate = rig.window.page.learn
    assert plate.heading.text() == "Heard note/1/36 127 from PADS"
    assert rig.desk.lines[-1].words == "Heard note/1/36 127 from PADS"
    qtbot.mouseClick(plate.copy_button, Qt.MouseButton.LeftButton)
    (trigger,) = tomllib.loads(QApplication.clipboard().text())["remote"]["triggers"]
    assert trigger == {"midi": "note/1/36", "midi_port": "PADS", "do": "fire 2.5"}


def test_show_control_is_told_where_it_is_bound(rig: Rig) -> None:
    hears(rig, PAD.model_copy(update={"by_way": "msc", "address": "msc/go/3", "args": ()}))
    plate = rig.window.page.learn
    assert plate.words.text() == "this is MIDI Show Control: say under [[remote.msc]] which device id is ours"
    assert not plate.copy_button.isVisible()


def test_it_is_put_away_by_hand_and_then_nothing_is_waited_for(rig: Rig, qtbot: QtBot) -> None:
    hears(rig, PAD)
    plate = rig.window.page.learn
    qtbot.mouseClick(plate.again_button, Qt.MouseButton.LeftButton)
    moment(rig, learning=True)
    qtbot.mouseClick(plate.close_button, Qt.MouseButton.LeftButton)
    assert not plate.isVisible()
    assert [request.on for request in rig.sent if isinstance(request, Learn)] == [True, False]
