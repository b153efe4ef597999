"""Devices, profiles and the explained cue in the window: what they look at, what they show, what they request."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from console.vocabulary import (
    AnswerTime,
    AnswerTimes,
    Bypass,
    CommandBytes,
    ExplainCue,
    ExplainedCue,
    Finding,
    InHand,
    Inquiry,
    ListProfiles,
    OpenProfile,
    PacketText,
    PutRight,
    SetOutput,
    ShowBytes,
    TryCommand,
    WatchAnswers,
)
from console.wiring.profile_shelf import NotFoundError
from console.wiring.workshop_main import answer
from tests.support.snapshots import device, make_snapshot
from tests.ui.conftest import Rig
from tests.ui.state.test_device_log import row, word
from tests.ui.state.test_explained import SEND
from ui.pages.devices import DevicesPage
from ui.pages.explain import AGAIN_NS, NOTHING_PICKED, ExplainPage
from ui.pages.profiles import ProfilesPage

S = 1_000_000_000
PACKET = PacketText(transport="osc_udp", port=8000, framing="none", delay_ms=0, hex="2f 61", words="/a")
BROKEN = 'vendor = "Mine"\nproduct = "Desk"\ndepartment = "LX"\ngrade = "C"\nsources = ["me"]\ntransports = []\n'


def kinds(rig: Rig) -> list[type]:
    return [type(each) for each in rig.link.inquiries]


def at_bench(folder: Path | None = None) -> Callable[[Inquiry], Finding | str | None]:
    def look(inquiry: Inquiry) -> Finding | str | None:
        try:
            return answer(inquiry, folder)
        except NotFoundError as error:
            return str(error)

    return look


def turn(rig: Rig, page: str) -> None:
    rig.window.run_action(f"page.{page}")
    rig.bridge.read()


# -- devices


def devices(rig: Rig, *bypassed: str) -> DevicesPage:
    show = rig.open()
    lamps = (device("desk", sent=2), device("spare", duty="standby"), device("foh", role="audio.foh"))
    hands = tuple(InHand(target=name, by="operator", since_ns=0) for name in bypassed)
    snapshot = make_snapshot(show, "song", 6 * S, devices=lamps).model_copy(update={"bypassed": hands})
    rig.link.tell(snapshot)
    turn(rig, "devices")
    page = rig.window.page.book.page("devices")
    assert isinstance(page, DevicesPage)
    return page


def test_the_devices_stand_there_with_the_first_one_picked(rig: Rig) -> None:
    page = devices(rig)
    assert page.table.rows.rowCount() == 3
    assert page.panel.name.text() == "desk"
    assert "lighting.main" in page.panel.facts.text
    assert "3 OK" in page.heading.text() or "OK" in page.heading.text()


def test_answer_times_are_asked_for_only_while_somebody_looks(rig: Rig) -> None:
    page = devices(rig)
    assert kinds(rig) == [WatchAnswers]
    rig.link.answers = lambda _inquiry: AnswerTimes(times=(AnswerTime(device="desk", at_ns=5 * S, took_ns=3_200_000),))
    page.take_finding(WatchAnswers(), None, "the engine is not heard")
    for _ in range(3):
        rig.now_ns += 2 * S
        assert rig.desk.snapshot is not None
        rig.link.tell(rig.desk.snapshot)
        rig.bridge.read()
    assert page.table.rows.index(0, 6).data() == "3.2 ms"
    assert rig.link.inquiries[-1] == WatchAnswers(after_ns=5 * S)
    asked = len(rig.link.inquiries)
    turn(rig, "console")
    rig.now_ns += 5 * S
    rig.link.tell(rig.desk.snapshot)
    assert len(rig.link.inquiries) == asked


def test_a_picked_command_shows_its_bytes_once_they_are_told(rig: Rig) -> None:
    page = devices(rig)
    rig.link.tell(row(7), word(7, "confirmed"), row(8, outcome="failed: no connection", sent_s=None, late_us=None))
    assert rig.desk.snapshot is not None
    rig.link.tell(rig.desk.snapshot)
    rig.link.answers = lambda inquiry: (
        CommandBytes(seq=7, packets=(PACKET,)) if inquiry == ShowBytes(seq=7) else "no bytes are kept of it"
    )
    commands = page.panel.commands
    assert [commands.rows.index(place, 0).data() for place in range(2)] == ["Failed", "Confirmed"]
    commands.pick(commands.rows.key_at(1))
    rig.bridge.read()
    assert rig.link.inquiries[-1] == ShowBytes(seq=7)
    assert "Bytes: /a\nBy: osc_udp port 8000\n2f 61" in page.panel.command.text
    commands.pick(commands.rows.key_at(0))
    rig.bridge.read()
    assert "Bytes: no bytes are kept of it" in page.panel.command.text
    assert "no connection" in page.panel.command.text


def test_buttons_ask_by_mouse_and_by_key(rig: Rig, qtbot: QtBot) -> None:
    page = devices(rig)
    buttons = page.panel.buttons
    qtbot.mouseClick(buttons["bypass"], Qt.MouseButton.LeftButton)
    assert rig.sent[-1].model_copy(update={"id": 0}) == Bypass(target="desk")
    buttons["put_right"].setFocus()
    qtbot.keyClick(buttons["put_right"], Qt.Key.Key_Return)
    qtbot.mouseClick(buttons["put_right"], Qt.MouseButton.LeftButton)
    assert rig.sent[-1].model_copy(update={"id": 0}) == PutRight(role="lighting.main")
    assert not buttons["change_over"].isEnabled()
    assert buttons["change_over"].toolTip() == "it is on show"
    assert buttons["bypass"].accessibleName() == "Bypass desk"


def test_output_and_the_ways_in_line_are_chosen_from_a_menu(rig: Rig) -> None:
    page = devices(rig, "desk")
    assert page.panel.buttons["bypass"].text() == "Bypassed"
    assert page.table.rows.index(0, 3).data() == "bypassed"
    menu = page.panel.open_menu(page.panel.offers["bypass"])
    assert len(menu.actions()) == 3
    menu.actions()[1].trigger()
    assert rig.sent[-1].model_copy(update={"id": 0}) == Bypass(target="desk", on=False, how="now")
    menu = page.panel.open_menu(page.panel.offers["output"])
    assert [action.isChecked() for action in menu.actions()] == [True, False, False]
    menu.actions()[1].trigger()
    assert rig.sent[-1].model_copy(update={"id": 0}) == SetOutput(device="desk", mode="ghost")


# -- profiles


def profiles(rig: Rig, folder: Path | None = None) -> ProfilesPage:
    rig.link.answers = at_bench(folder)
    rig.open()
    turn(rig, "profiles")
    page = rig.window.page.book.page("profiles")
    assert isinstance(page, ProfilesPage)
    rig.bridge.read()
    return page


def test_the_library_is_listed_once_each_time_it_is_turned_to(rig: Rig) -> None:
    page = profiles(rig)
    assert kinds(rig)[:2] == [ListProfiles, OpenProfile]
    assert page.search.heading.text().endswith(f"of {page.search.table.rows.rowCount()}")
    assert not rig.desk.text_has_caret  # Space goes on pressing
    turn(rig, "console")
    turn(rig, "profiles")
    assert kinds(rig).count(ListProfiles) == 2


def test_a_search_narrows_and_the_picked_profile_is_read(rig: Rig, qtbot: QtBot) -> None:
    page = profiles(rig)
    qtbot.keyClicks(page.search.text, "x32")
    assert page.search.table.rows.rowCount() == 1
    page.search.table.pick("behringer/x32")
    rig.bridge.read()
    assert "Id: behringer/x32" in page.about.text
    assert page.abilities.picked == "level.set"
    page.search.text.clear()
    page.search.verb.setCurrentIndex(page.search.verb.findData("camera.shot"))
    assert page.search.table.rows.row_of("behringer/x32") is None
    assert page.search.table.rows.row_of("midi/camera-cards") is not None


def test_a_command_is_tried_and_a_slip_is_told_in_words(rig: Rig, qtbot: QtBot) -> None:
    page = profiles(rig)
    page.search.table.pick("behringer/x32")
    rig.bridge.read()
    field = page.trial.fields["db"]
    assert isinstance(field, QLineEdit)
    field.setText("-10")
    qtbot.mouseClick(page.trial.button, Qt.MouseButton.LeftButton)
    rig.bridge.read()
    assert "Stands now: level.set strip=ch/1 db=-10" in page.trial.result.text
    assert rig.sent == []  # nothing was asked of the show
    field.setText("loud")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    rig.bridge.read()
    asked = rig.link.inquiries[-1]
    assert isinstance(asked, TryCommand)
    assert asked.words["db"] == "loud"
    assert "db is 'loud': give a number of dB" in page.trial.result.text
    assert page.trial.button.isEnabled()


def test_every_kind_of_field_can_be_filled(rig: Rig) -> None:
    page = profiles(rig)
    page.search.table.pick("behringer/x32")
    rig.bridge.read()
    page.abilities.pick("mute.set")
    assert page.trial.words()["on"] in ("true", "false")
    page.abilities.pick("scene.recall")
    assert set(page.trial.fields) == {"playback", "scene"}
    page.trial.show_ability("", None)
    assert not page.trial.button.isEnabled()


def test_ones_own_profile_shows_its_fault_and_what_to_do(rig: Rig, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "desk.toml").write_text(BROKEN, encoding="utf-8")
    page = profiles(rig, tmp_path)
    assert page.search.table.picked == "mine/desk"
    assert "transports" in page.about.text
    assert "remedy:" in page.about.text
    assert "1 with faults" in page.search.words.text()
    assert not page.trial.button.isEnabled()


# -- explain


def test_the_picked_cue_is_explained_and_asked_for_again_now_and_then(rig: Rig) -> None:
    rig.link.answers = lambda inquiry: (
        ExplainedCue(cue=inquiry.cue, number="1", label="", sends=(SEND,)) if isinstance(inquiry, ExplainCue) else None
    )
    show = rig.open()
    turn(rig, "explain")
    page = rig.window.page.book.page("explain")
    assert isinstance(page, ExplainPage)
    assert page.pane.text == NOTHING_PICKED
    rig.desk.selected = "song-start"
    turn(rig, "explain")
    assert rig.link.inquiries == [ExplainCue(cue="song-start")]
    assert "cue.fire list=3 cue=10" in page.pane.text
    assert show.cue_by_id["song-start"].number in page.heading.text()
    for _ in range(2):
        assert rig.desk.snapshot is not None
        rig.link.tell(rig.desk.snapshot)
    assert len(rig.link.inquiries) == 1
    rig.now_ns += 2 * AGAIN_NS
    rig.link.tell(rig.desk.snapshot)
    assert len(rig.link.inquiries) == 2


def test_why_a_cue_cannot_be_explained_is_said(rig: Rig) -> None:
    rig.link.answers = lambda _inquiry: "no show is open"
    rig.open()
    rig.desk.selected = "song-start"
    rig.key(Qt.Key.Key_E)
    turn(rig, "explain")
    page = rig.window.page.book.page("explain")
    assert isinstance(page, ExplainPage)
    assert page.pane.text == "no show is open"


@pytest.mark.parametrize("page", ["devices", "profiles", "explain"])
def test_a_lost_engine_leaves_nobody_waiting(rig: Rig, page: str) -> None:
    rig.open()
    rig.desk.selected = "song-start"
    turn(rig, page)
    rig.link.lose()
    turn(rig, page)
    assert rig.window.page.book.page(page).isVisible()
