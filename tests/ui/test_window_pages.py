from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.link.messages import Edited, OpenRefused
from console.show.edits import change_cue
from console.vocabulary import Said, Upcoming
from tests.support.builders import evening_show, song_show
from tests.support.fake_link import opened
from tests.support.snapshots import device, make_snapshot
from tests.ui.conftest import SHELF, Rig
from ui.actions import ACTIONS, FIXED_KEYS
from ui.dialogs import key_sheet, open_show
from ui.dialogs.open_show import OpenDialog
from ui.key_rows import key_rows
from ui.models.cue_list_model import Column
from ui.state.shelf import Opening
from ui.theme.colours import DARK
from ui.timers import once_timer

S = 1_000_000_000


def live(rig: Rig, **moment: object) -> None:
    show = evening_show()
    rig.open(show, make_snapshot(show, "song", 6 * S, **moment))  # type: ignore[arg-type]


# -- opening -----------------------------------------------------------------------------------------------------------


def test_nothing_open_shows_what_can_be_opened(rig: Rig, qtbot: QtBot) -> None:
    form = rig.window.welcome.form
    assert form.isVisible()
    form.venues.setCurrentRow(1)
    with qtbot.waitSignal(rig.window.opening_asked) as asked:
        qtbot.mouseClick(form.open_button, Qt.MouseButton.LeftButton)
    assert asked.args == [Opening("half-light", "theatre", simulated=False)]


def test_another_file_joins_the_list_and_is_picked(rig: Rig, qtbot: QtBot) -> None:
    form = rig.window.welcome.form
    form.ask_for_file = lambda *_: "/somewhere/mine.json"  # type: ignore[method-assign,assignment]
    form._on_other_show()
    form.ask_for_file = lambda *_: "/somewhere/club.toml"  # type: ignore[method-assign,assignment]
    form._on_other_venue()
    with qtbot.waitSignal(form.chosen) as chosen:
        form.shows.itemActivated.emit(form.shows.currentItem())
    assert chosen.args == [Opening("/somewhere/mine.json", "/somewhere/club.toml", simulated=False)]
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
    assert rig.window.windowTitle() == "Test[*] – Showcaller"
    rig.link.tell(Said(at_ns=0, severity="note", words="of this show"))
    rig.link.tell(opened(song_show(id="elsewhere", title="Elsewhere")))
    assert rig.window.page.messages.model.rowCount() == 0
    assert rig.window.windowTitle() == "Elsewhere[*] – Showcaller"
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
    assert dialog.opening == Opening("other", "theatre", simulated=False)
    assert open_show.ask is not None


def test_the_key_sheet_has_every_key(rig: Rig, qtbot: QtBot) -> None:
    sheet = key_sheet.KeySheet(rig.desk.keymap, rig.window)
    qtbot.addWidget(sheet)
    rows = [keys for _, group in key_rows(rig.desk.keymap) for keys, _ in group]
    assert {"Space", "Esc", "H", "Ctrl+O", "F12"} <= set(rows)
    assert len(rows) == len(set(rows)) == len(FIXED_KEYS) + sum(bool(action.keys) for action in ACTIONS)


def test_the_key_sheet_leaves_clocks_and_go_bar_in_sight(rig: Rig, qtbot: QtBot) -> None:
    live(rig)
    rig.window.resize(1280, 720)
    page = rig.window.page
    seen: list[QRect] = []

    def look() -> None:
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, key_sheet.KeySheet)
        seen.append(sheet.geometry())
        assert not [label.text() for label in sheet.findChildren(QLabel) if label.width() < label.sizeHint().width()]
        sheet.reject()

    once_timer(rig.window, 0, look).start()
    key_sheet.show_keys(rig.window, page.head, page.go_bar, rig.desk.keymap)
    (sheet,) = seen
    assert sheet.top() >= page.head.mapToGlobal(QPoint(0, page.head.height())).y()
    assert sheet.bottom() <= page.go_bar.mapToGlobal(QPoint(0, 0)).y()
    assert sheet.width() <= rig.window.width()


# -- what is shown -----------------------------------------------------------------------------------------------------


def test_the_clocks_say_what_the_engine_says(rig: Rig) -> None:
    live(rig, slip_ns=4 * S)
    head = rig.window.page.head
    rig.window.show_now()
    assert head.transport.accessibleDescription() == "Transport: Rolling"
    assert head.timecode.accessibleDescription() == "Timecode · internal: 01:00:10:00"
    assert head.bar.accessibleDescription() == "intro: 4.1"
    assert head.item_left.accessibleDescription() == "Left · Song: 0:26"
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
