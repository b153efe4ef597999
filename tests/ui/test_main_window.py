import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from console.link.messages import Edited, OpenRefused
from console.show.edits import change_cue
from console.vocabulary import Arm, ArmState, Fire, Go, GoKeyUp, Locate, Panic, Said, SetStandby, ShowStop, Upcoming
from tests.support.builders import evening_show, song_show
from tests.support.fake_link import opened
from tests.support.snapshots import device, make_snapshot
from tests.ui.conftest import SHELF, Rig
from ui.dialogs import key_sheet, open_show
from ui.dialogs.open_show import OpenDialog
from ui.models.cue_list_model import Column
from ui.state.shelf import Opening
from ui.theme.colours import DARK

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
    rig.window.page.cues.select("song-verse")
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
    page.cues.select("song-verse")
    assert page.timeline._selected == "song-verse"
    page.timeline.cue_picked.emit("song-clip")
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


# -- opening -----------------------------------------------------------------------------------------------------------


def test_nothing_open_shows_what_can_be_opened(rig: Rig, qtbot: QtBot) -> None:
    form = rig.window.welcome.form
    assert form.isVisible()
    form.venues.setCurrentRow(1)
    with qtbot.waitSignal(rig.window.opening_asked) as asked:
        qtbot.mouseClick(form.open_button, Qt.MouseButton.LeftButton)
    assert asked.args == [Opening("half-light", "theatre")]


def test_another_file_joins_the_list_and_is_picked(rig: Rig, qtbot: QtBot) -> None:
    form = rig.window.welcome.form
    form.ask_for_file = lambda *_: "/somewhere/mine.json"  # type: ignore[method-assign,assignment]
    form._on_other_show()
    form.ask_for_file = lambda *_: "/somewhere/club.toml"  # type: ignore[method-assign,assignment]
    form._on_other_venue()
    with qtbot.waitSignal(form.chosen) as chosen:
        form.shows.itemActivated.emit(form.shows.currentItem())
    assert chosen.args == [Opening("/somewhere/mine.json", "/somewhere/club.toml")]
    form.ask_for_file = lambda *_: None  # type: ignore[method-assign,assignment]
    form._on_other_show()
    assert form.shows.chosen == "/somewhere/mine.json"


def test_a_refused_opening_is_told_where_one_looks(rig: Rig) -> None:
    rig.link.tell(OpenRefused(id=1, words="x.json: line 3 is no show"))
    words = [label.text() for label in rig.window.welcome.findChildren(type(rig.window.welcome._words))]
    assert "Not opened: x.json: line 3 is no show" in words
    live(rig)
    rig.link.tell(OpenRefused(id=2, words="no such venue"))
    assert rig.desk.lines[-1].words == "Not opened: no such venue"


def test_an_opened_show_takes_the_page_and_its_end_gives_it_back(rig: Rig) -> None:
    live(rig)
    assert rig.window.page.isVisible()
    assert rig.window.windowTitle() == "Test – Showcaller"
    rig.link.tell(Said(at_ns=0, severity="note", words="of this show"))
    rig.link.tell(opened(song_show(id="elsewhere", title="Elsewhere")))
    assert rig.window.page.messages.model.rowCount() == 0
    assert rig.window.windowTitle() == "Elsewhere – Showcaller"
    rig.link.tell(None)
    assert rig.window.welcome.isVisible()


def test_a_show_that_cannot_be_read_is_told_and_nothing_opens(rig: Rig) -> None:
    rig.link.tell(opened(evening_show()).model_copy(update={"show": '{"schema_version": 1}'}))
    assert rig.window.welcome.isVisible()
    assert "the engine's show" in rig.window.welcome._words.text()


def test_an_edit_is_shown_and_one_out_of_step_is_reported(rig: Rig, qtbot: QtBot) -> None:
    live(rig)
    edit = change_cue("song-verse", {"label": "Big look"})
    rig.link.tell(Edited(seq=1, by="other", revision=1, edit=edit))
    model = rig.window.page.cues.model
    row = model.row_of("song-verse")
    assert row is not None
    assert model.index(row, Column.LABEL).data() == "Big look"
    with qtbot.waitSignal(rig.window.out_of_step):
        rig.link.tell(Edited(seq=2, by="other", revision=5, edit=edit))


def test_the_open_dialog_ends_with_an_opening(rig: Rig, qtbot: QtBot) -> None:
    dialog = OpenDialog(DARK, rig.window)
    dialog.form.show_shelf(SHELF[0], SHELF[1], (Opening("other", "theatre"),))
    qtbot.addWidget(dialog)
    assert (dialog.form.shows.chosen, dialog.form.venues.chosen) == ("other", "theatre")
    dialog.form.open_button.click()
    assert dialog.opening == Opening("other", "theatre")
    assert open_show.ask is not None


def test_the_key_sheet_has_every_key(rig: Rig, qtbot: QtBot) -> None:
    sheet = key_sheet.KeySheet(rig.window)
    qtbot.addWidget(sheet)
    rows = [keys for _, group in key_sheet.key_rows() for keys, _ in group]
    assert {"Space", "Esc", "H", "Ctrl+O", "F12"} <= set(rows)


# -- what is shown -----------------------------------------------------------------------------------------------------


def test_the_clocks_say_what_the_engine_says(rig: Rig) -> None:
    live(rig, slip_ns=4 * S)
    head = rig.window.page.head
    rig.window.show_now()
    assert head.transport.accessibleDescription() == "Transport: Rolling"
    assert head.timecode.accessibleDescription() == "Timecode · internal: 01:00:10:00"
    assert head.bar.accessibleDescription() == "intro: 4.1"
    assert head.item_left.accessibleDescription() == "Song · left: 0:26"
    assert head.over_under.accessibleDescription() == "Over: +0:02"
    assert head.show_clock.accessibleDescription() == "Show clock: 0:34"
    assert head.wall.accessibleDescription() == "Wall clock: 20:00:34"
    rig.now_ns += S // 2 + S // 4
    rig.window.show_now()
    assert head.show_clock.accessibleDescription() == "Show clock: 0:34"


def test_the_card_calls_the_standby_and_the_next_three_are_listed(rig: Rig) -> None:
    show = evening_show()
    snapshot = make_snapshot(show, "song", 6 * S, standby="song-call")
    up = (Upcoming(cue="song-call", called=True, in_ns=4 * S), Upcoming(cue="song-verse", called=False, in_ns=2 * S))
    rig.open(show, snapshot.model_copy(update={"upcoming": up}))
    bar = rig.window.page.go_bar
    assert bar.standby.accessibleDescription() == "Standby LX 1.8"
    assert bar.next.accessibleDescription() == "LX 1.4"


def test_the_lamps_say_what_is_wrong(rig: Rig) -> None:
    live(rig, devices=[device("lx"), device("foh", severity="fatal", words="no reply for 12 s")])
    page = rig.window.page
    assert page.lamps.accessibleDescription() == "foh Down, no reply for 12 s"
    assert page.devices_heading.text() == "Devices · 1 Down, 1 OK"


def test_every_control_has_a_name(rig: Rig) -> None:
    live(rig)
    page = rig.window.page
    nameless = [
        type(widget).__name__
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible() and not _spoken(widget)
    ]
    assert nameless == []


def _spoken(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    inside = type(widget).__name__ in ("QWidget", "QHeaderView", "QScrollBar") and parent is not None
    return bool(widget.accessibleName() or getattr(widget, "text", str)() or inside)


def test_the_window_fits_where_it_must(rig: Rig) -> None:
    live(rig, devices=[device(f"device-{n}") for n in range(22)])
    for width, height in ((1280, 800), (1600, 900), (1920, 1080)):
        rig.window.resize(width, height)
        QApplication.processEvents()
        assert (rig.window.width(), rig.window.height()) == (width, height)
        page = rig.window.page
        for panel in (page.head, page.go_bar, page.go_bar.go, page.lamps, page.timeline, page.cues):
            corner = panel.mapTo(rig.window, panel.rect().bottomRight())
            assert corner.x() < width
            assert corner.y() < height
