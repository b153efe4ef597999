import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from console.vocabulary import Arm, ArmState, Fire, Go, GoKeyUp, Locate, Panic, SetStandby, ShowStop
from tests.support.builders import evening_show, song_show
from tests.support.snapshots import make_snapshot
from tests.ui.conftest import Rig
from ui.models.cue_list_model import Column

S = 1_000_000_000


def live(rig: Rig, **moment: object) -> None:
    show = evening_show()
    rig.open(show, make_snapshot(show, "song", 6 * S, **moment))  # type: ignore[arg-type]


# -- keys --------------------------------------------------------------------------------------------------------------


def test_space_runs_the_standby_once_however_long_it_is_held(rig: Rig) -> None:
    live(rig)
    rig.key(Qt.Key.Key_Space)
    for _ in range(3):
        rig.key(Qt.Key.Key_Space, repeated=True)
    rig.key(Qt.Key.Key_Space, down=False)
    assert rig.sent == [Go(id=1), GoKeyUp(id=2)]


def test_no_focus_swallows_space(rig: Rig) -> None:
    live(rig)
    page = rig.window.page
    places: list[QWidget] = [page.timeline, page.cues.table, page.rundown.list, page.messages.list, page.go_bar.go]
    places += [button for button in page.findChildren(QPushButton) if button.isVisible()]
    for place in places:
        rig.key(Qt.Key.Key_Space, at=place)
        rig.key(Qt.Key.Key_Space, down=False, at=place)
    assert rig.kinds == ["go", "go_key_up"] * len(places)


def test_in_a_text_field_space_is_a_space_and_the_button_says_so(rig: Rig, qtbot: QtBot) -> None:
    live(rig)
    field = QLineEdit(rig.window)
    field.show()
    rig.window.keys.caret_moved.emit(True)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Space)
    assert rig.sent == []
    assert field.text() == " "
    assert rig.window.page.go_bar.go.face.look == "typing"
    rig.window.keys.caret_moved.emit(False)
    assert rig.window.page.go_bar.go.face.look == "ready"


def test_the_caret_is_noticed_wherever_the_focus_goes(rig: Rig) -> None:
    live(rig)
    field, reader = QLineEdit(rig.window), QLineEdit(rig.window)
    reader.setReadOnly(True)
    moved = rig.window.keys._on_focus_changed
    for widget, in_text in ((field, True), (reader, False), (None, False), (rig.window.page.timeline, False)):
        moved(None, widget)
        assert rig.desk.text_has_caret is in_text


def test_escape_is_panic_in_rehearsal_and_show_and_not_in_edit(rig: Rig) -> None:
    live(rig)
    for mode in ("mode.rehearsal", "mode.show", "mode.edit"):
        rig.window.run_action(mode)
        rig.key(Qt.Key.Key_Escape)
        rig.key(Qt.Key.Key_Escape, down=False)
    assert rig.sent == [Panic(id=1), Panic(id=2)]


def test_without_a_show_space_and_escape_ask_nothing(rig: Rig) -> None:
    rig.key(Qt.Key.Key_Space)
    rig.key(Qt.Key.Key_Escape)
    assert rig.sent == []


@pytest.mark.parametrize(
    ("key", "modifier", "kind"),
    [
        (Qt.Key.Key_H, Qt.KeyboardModifier.NoModifier, "hold"),
        (Qt.Key.Key_S, Qt.KeyboardModifier.NoModifier, "stop"),
        (Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier, "all_stop"),
        (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier, "back"),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier, "move_standby"),
        (Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier, "show_stop"),
        (Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier, "go"),
    ],
)
def test_live_keys_reach_the_engine(
    rig: Rig, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier, kind: str
) -> None:
    live(rig)
    rig.window.activateWindow()
    qtbot.keyClick(rig.window.page.cues.table, key, modifier)
    assert rig.kinds == [kind]


def test_return_puts_the_picked_cue_in_standby_and_control_return_runs_it(rig: Rig, qtbot: QtBot) -> None:
    live(rig)
    table = rig.window.page.cues.table
    rig.window.activateWindow()
    table.setFocus()
    rig.window.page.cues.table.selectRow(rig.window.page.cues.model.row_of("song-verse"))
    assert rig.desk.selected == "song-verse"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert rig.sent == [SetStandby(id=1, cue="song-verse"), Fire(id=2, cue="song-verse")]


# -- GO and its refusals -----------------------------------------------------------------------------------------------


def test_the_button_presses_and_lets_go_like_the_key(rig: Rig, qtbot: QtBot) -> None:
    live(rig)
    go = rig.window.page.go_bar.go
    qtbot.mousePress(go, Qt.MouseButton.LeftButton)
    assert rig.kinds == ["go"]
    qtbot.mouseRelease(go, Qt.MouseButton.LeftButton)
    assert rig.kinds == ["go", "go_key_up"]


def test_a_refused_go_is_seen_to_be_refused(rig: Rig) -> None:
    live(rig)
    rig.link.refusals["go"] = "90 ms after the last one, the gap is 200 ms"
    rig.key(Qt.Key.Key_Space)
    rig.bridge.read()
    bar = rig.window.page.go_bar
    assert bar.go.face.look == "refused"
    assert bar.go.accessibleDescription() == "Refused: 90 ms after the last one, the gap is 200 ms"
    assert rig.window.page.messages.model.rowCount() == 1
    rig.now_ns += 2 * S
    rig.window.show_now()
    assert bar.go.face.look == "ready"


def test_go_is_large_and_live_targets_are_not_small(rig: Rig) -> None:
    show = song_show()
    hazard = show.cues[-1].model_copy(update={"hazard": "high", "arm": ("pyro",)})
    show = show.model_copy(update={"cues": (*show.cues[:-1], hazard)})
    rig.open(show, make_snapshot(show, "song", 6 * S, armed=[ArmState(cue=hazard.id, given=(), missing=("pyro",))]))
    QApplication.processEvents()
    bar = rig.window.page.go_bar
    assert bar.go.height() >= 96
    for button in bar.buttons.values():
        assert min(button.width(), button.height()) >= 44
    arms = [each for each in rig.window.page.arming.findChildren(QPushButton) if each.isVisible()]
    assert arms
    assert all(arm.height() >= 44 for arm in arms)


def test_a_press_without_an_engine_says_that_it_was_not_sent(rig: Rig) -> None:
    live(rig)
    rig.link.lose("killed")
    rig.key(Qt.Key.Key_Space)
    assert [line.words for line in rig.desk.lines] == ["killed", "Not sent: there is no engine to ask"]
    assert rig.window.page.go_bar.go.face.words == "engine not heard"
    assert "not heard" in rig.window.page.head.title.accessibleDescription()


# -- transport ---------------------------------------------------------------------------------------------------------


def test_hold_turns_into_roll_on(rig: Rig, qtbot: QtBot) -> None:
    live(rig)
    button = rig.window.page.go_bar.buttons["transport.hold"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    live(rig, state="held")
    assert button.accessibleName() == "Roll on"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert rig.kinds == ["hold", "roll"]


def test_a_show_stop_takes_two_presses(rig: Rig, qtbot: QtBot) -> None:
    live(rig)
    button = rig.window.page.go_bar.buttons["show_stop"]
    rig.link.now_ns = 30 * S
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    rig.bridge.read()
    assert button.accessibleName() == "Confirm stop"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    rig.bridge.read()
    assert rig.sent == [ShowStop(id=1), ShowStop(id=2, confirm=True)]
    assert button.accessibleName() == "Show stop"


def test_panic_locks_the_button_until_it_is_released(rig: Rig, qtbot: QtBot) -> None:
    live(rig)
    button = rig.window.page.go_bar.buttons["panic"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    live(rig, panic=True, state="stopped")
    assert rig.window.page.go_bar.go.face.look == "locked"
    assert "Panic" in rig.window.page.head.title.accessibleDescription()
    assert button.accessibleName() == "Release panic"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert rig.kinds == ["panic", "release_panic"]


def test_arming_asks_for_the_role_that_is_missing_and_goes_when_nothing_waits(rig: Rig, qtbot: QtBot) -> None:
    show = song_show()
    cue = show.cues[-1].model_copy(update={"hazard": "high", "arm": ("operator", "pyro")})
    show = show.model_copy(update={"cues": (*show.cues[:-1], cue)})
    armed = ArmState(cue=cue.id, given=("operator",), missing=("pyro", "zone clear"), expires_ns=20 * S)
    rig.open(show, make_snapshot(show, "song", 6 * S, armed=[armed]))
    panel = rig.window.page.arming
    assert panel.isVisible()
    buttons = [button for button in panel.findChildren(QPushButton) if button.isVisible()]
    assert [button.text() for button in buttons] == ["Arm as pyro"]  # a zone is not a thing an operator says
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert rig.sent == [Arm(id=1, cue=cue.id, role="pyro")]
    rig.link.tell(make_snapshot(show, "song", 7 * S))
    assert not panel.isVisible()


# -- lists and timeline ------------------------------------------------------------------------------------------------


def test_a_cue_is_picked_in_the_list_and_on_the_timeline_alike(rig: Rig) -> None:
    live(rig)
    page = rig.window.page
    page.cues.table.selectRow(page.cues.model.row_of("song-verse"))
    assert page.timeline._selected == "song-verse"
    page.timeline.cue_picked.emit("song-clip", ("song-clip",))
    assert rig.desk.selected == "song-clip"
    assert page.cues.model.cue_at(page.cues.table.currentIndex().row()) == "song-clip"


def test_a_double_click_puts_a_row_in_standby_and_a_head_does_nothing(rig: Rig) -> None:
    live(rig)
    cues = rig.window.page.cues
    row = cues.model.row_of("second-start")
    assert row is not None
    cues.table.setCurrentIndex(cues.model.index(row, Column.LABEL))
    cues.table.doubleClicked.emit(cues.model.index(row, Column.LABEL))
    cues.table.doubleClicked.emit(cues.model.index(0, Column.LABEL))
    assert rig.sent == [SetStandby(id=1, cue="second-start")]


def test_a_departments_list_can_be_shown_and_has_its_own_standby(rig: Rig, qtbot: QtBot) -> None:
    live(rig, standbys={"dept:VID": "second-clip"})
    page = rig.window.page
    chip = page.cues.findChild(QPushButton, "list:dept:VID")
    assert chip is not None
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert rig.desk.list_shown == "dept:VID"
    assert page.cues.model.row_of("song-verse") is None
    rig.window.run_action("list.run")
    assert rig.sent == [Go(id=1, list="dept:VID")]


def test_a_double_click_on_the_ruler_locates_there(rig: Rig, qtbot: QtBot) -> None:
    live(rig)
    timeline = rig.window.page.timeline
    timeline.zoom_to_item("song")
    timeline.grab()
    view = timeline.viewport()
    x_px = round(timeline.axis.ns_to_x(20 * S + 4 * S + 8 * S)) + 132  # bar 5
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(x_px + 2, 50))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(x_px + 2, 50))
    assert rig.desk.cursor == ("song", 8 * S)
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(x_px + 2, 50))
    assert rig.sent == [Locate(id=1, item="song", position_ns=8 * S)]


def test_a_clip_is_picked_with_the_mouse(rig: Rig, qtbot: QtBot) -> None:
    live(rig)
    timeline = rig.window.page.timeline
    timeline.zoom_to_item("song")
    timeline.grab()
    scene = timeline._scene
    assert scene is not None
    box = next(box for box in scene.clips if box.cue == "song-verse")
    lane = timeline._lanes[box.lane]
    at = QPoint(132 + round(box.x_px) + 3, 100 + lane.top_px + 8)
    qtbot.mouseClick(timeline.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert rig.desk.selected == "song-verse"


def test_looking_away_stops_following_and_asking_for_it_starts_it_again(rig: Rig, qtbot: QtBot) -> None:
    live(rig)
    follow = rig.window.actions_by_id["view.follow"]
    assert follow.isChecked()
    qtbot.keyClick(rig.window.page.timeline, Qt.Key.Key_Right)
    assert not follow.isChecked()
    follow.trigger()
    assert follow.isChecked()


def test_the_playhead_column_is_bright(rig: Rig) -> None:
    live(rig)
    timeline = rig.window.page.timeline
    timeline.move_playhead("song", 6 * S, rolling=False)
    picture = timeline.viewport().grab().toImage()
    x_px = 132 + round(timeline.axis.ns_to_x(30 * S))
    shades = [picture.pixelColor(x_px, y).lightness() for y in range(110, picture.height() - 4, 5)]
    assert min(shades) > 200


def test_zoom_keys_zoom(rig: Rig) -> None:
    live(rig)
    timeline = rig.window.page.timeline
    before = timeline.axis.ns_per_px
    rig.window.run_action("zoom.in")
    assert timeline.axis.ns_per_px < before
    rig.window.run_action("zoom.show")
    assert timeline.axis.ns_to_x(0) >= 0
    assert timeline.axis.ns_to_x(158 * S) <= timeline.viewport().width()


def test_a_window_of_another_size_shows_the_item_whole_unless_somebody_zoomed(rig: Rig) -> None:
    live(rig)
    timeline = rig.window.page.timeline

    def whole() -> bool:
        rig.window.show_now()
        axis = timeline.axis
        return axis.ns_to_x(20 * S) >= 0 and axis.ns_to_x(56 * S) <= timeline.viewport().width() - 132

    assert whole()
    before = timeline.axis.ns_per_px
    rig.window.resize(1600, 900)
    QApplication.processEvents()
    assert whole()
    assert timeline.axis.ns_per_px < before
    rig.window.run_action("zoom.in")
    zoomed = timeline.axis.ns_per_px
    rig.window.resize(1280, 800)
    QApplication.processEvents()
    rig.window.show_now()
    assert timeline.axis.ns_per_px == zoomed


def test_at_the_end_the_window_says_that_it_is_over(rig: Rig) -> None:
    show = evening_show()
    snapshot = make_snapshot(show, "encore", 30 * S, state="stopped")
    items = tuple(state.model_copy(update={"life": "ended"}) for state in snapshot.items)
    over = {"items": items, "upcoming": (), "standbys": {"show": None}}
    rig.open(show, snapshot.model_copy(update=over))
    page = rig.window.page
    assert page.head.item_left.accessibleDescription() == "Rundown: Over"
    assert page.go_bar.standby.accessibleDescription() == "The rundown is over"


def test_the_count_in_is_called_so(rig: Rig) -> None:
    show = evening_show()
    rig.open(show, make_snapshot(show, "song", -3 * S))
    assert rig.window.page.head.bar.accessibleDescription().startswith("Count-in: ")
