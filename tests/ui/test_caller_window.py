"""The caller's screen: one press is one GO there too, keys do what they do, and it is remembered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from console.timebase.instants import s_to_ns
from tests.support.builders import evening_show
from tests.support.fake_link import opened
from tests.support.snapshots import make_snapshot
from tests.ui.conftest import Rig
from ui.caller_window import CallerWindow
from ui.state.caller import SAID_NS, bars_left, big_clocks, board_calls, count_text, last_said, wall_text
from ui.state.desk import Desk, Line


def caller_of(rig: Rig) -> CallerWindow:
    found = rig.window.findChild(CallerWindow)
    assert isinstance(found, CallerWindow)
    return found


@pytest.fixture
def caller(rig: Rig, qtbot: QtBot) -> CallerWindow:
    show = evening_show()
    rig.open(show, make_snapshot(show, "song", s_to_ns("1")))
    rig.window.run_action("caller.show")
    made = caller_of(rig)
    qtbot.waitExposed(made)
    return made


def test_space_is_one_go_from_the_callers_window(rig: Rig, caller: CallerWindow, qtbot: QtBot) -> None:
    caller.activateWindow()
    qtbot.keyPress(caller, Qt.Key.Key_Space)
    qtbot.keyRelease(caller, Qt.Key.Key_Space)
    assert rig.kinds == ["go", "go_key_up"]


def test_its_button_is_the_same_button(rig: Rig, caller: CallerWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(caller.go_bar.go, Qt.MouseButton.LeftButton)
    assert rig.kinds == ["go", "go_key_up"]
    assert caller.go_bar.go.height() >= 96


def test_keys_and_buttons_do_there_what_they_do_in_the_other(rig: Rig, caller: CallerWindow, qtbot: QtBot) -> None:
    caller.activateWindow()
    qtbot.waitUntil(caller.isActiveWindow)
    qtbot.keyClick(caller, Qt.Key.Key_H)
    qtbot.mouseClick(caller.go_bar.buttons["transport.stop"], Qt.MouseButton.LeftButton)
    qtbot.keyClick(caller, Qt.Key.Key_Escape)
    assert rig.kinds == ["hold", "stop", "panic"]


def test_a_greyed_key_is_refused_where_the_caller_looks(rig: Rig, caller: CallerWindow, qtbot: QtBot) -> None:
    caller.activateWindow()
    qtbot.waitUntil(caller.isActiveWindow)
    qtbot.keyClick(caller, Qt.Key.Key_V)
    assert rig.kinds == []
    rig.window.show_now()
    assert "no vamp is going round" in caller.board.accessibleDescription()


def test_it_paints_what_it_says(rig: Rig, caller: CallerWindow) -> None:
    rig.window.show_now()
    assert "Wall clock" in caller.board.accessibleDescription()
    picture = caller.board.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    shades = {picture.pixelColor(x, y).lightness() for x in range(0, picture.width(), 5) for y in range(0, 200, 3)}
    assert max(shades) - min(shades) > 120


def test_it_goes_and_comes_by_its_key_and_the_desk_knows(rig: Rig, caller: CallerWindow, qtbot: QtBot) -> None:
    assert rig.desk.caller_screen == caller.screen().name()
    assert rig.window.actions_by_id["caller.show"].isChecked()
    rig.window.run_action("caller.show")
    assert rig.desk.caller_screen is None
    assert rig.window.findChild(CallerWindow) is None
    rig.window.show_now()
    assert not rig.window.actions_by_id["caller.show"].isChecked()


def test_without_a_show_there_are_dashes() -> None:
    assert {clock.figures for clock in big_clocks(Desk(), 0)} == {"–"}
    assert board_calls(Desk(), 0) == ()
    assert wall_text(Desk(), 0) == "–"
    assert last_said(Desk(), 0).words == ""


def test_panic_stands_before_the_last_refusal_which_goes_by_itself() -> None:
    show = evening_show()
    desk = Desk(show=show, linked=True)
    desk.take_snapshot(make_snapshot(show, "song", 0), 0)
    at_ns = desk.run_now_ns(0)
    desk.lines.append(Line(at_ns, "refused", "not now"))
    assert last_said(desk, 0).words == "not now"
    assert last_said(desk, SAID_NS - 1).tone == "stop"  # by then the engine has not been heard
    desk.take_snapshot(make_snapshot(show, "song", SAID_NS), SAID_NS)
    assert last_said(desk, SAID_NS).words == ""
    desk.take_snapshot(make_snapshot(show, "song", 0, panic=True), 0)
    assert last_said(desk, 0).words.startswith("Panic")


def test_what_is_due_comes_first_and_what_nobody_counts_down_to_last() -> None:
    show = evening_show()
    desk = Desk(show=show, linked=True)
    desk.take_snapshot(make_snapshot(show, "song", 0), 0)
    counts = [call.in_ns for call in board_calls(desk, 0)]
    known = [each for each in counts if each is not None]
    assert known == sorted(known)
    assert None not in counts[: len(known)]


def test_a_shot_is_counted_in_by_bars_of_the_live_song() -> None:
    show = evening_show()
    desk = Desk()
    desk.take_opened(opened(show))
    counted: list[tuple[int, int]] = []
    for tenths in range(0, 80):
        desk.take_snapshot(make_snapshot(show, "song", tenths * s_to_ns("0.1")), 0)
        for call in board_calls(desk, 0):
            bars = bars_left(desk, call, 0)
            if call.cue.id == "song-verse" and bars is not None and call.in_ns is not None:
                counted.append((call.in_ns, bars))
                assert count_text(desk, call, 0).startswith(f"{bars} bar")
    assert counted == sorted(counted, reverse=True)
    assert counted[-1][1] == 1
    assert counted[0][1] > 1


def test_without_a_song_no_bars_are_counted() -> None:
    show = evening_show()
    desk = Desk()
    desk.take_opened(opened(show))
    desk.take_snapshot(make_snapshot(show, "talk", 0), 0)
    assert {bars_left(desk, call, 0) for call in board_calls(desk, 0)} <= {None}
