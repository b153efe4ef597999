"""F5: preflight as it is seen, asked for and acknowledged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from console.vocabulary import CancelPreflight, Preflight, PreflightMoved, WentOn
from tests.support.builders import song_show
from tests.support.snapshots import make_snapshot
from tests.ui.conftest import Rig
from tests.ui.state.test_preflight import LINES, report
from ui.pages.preflight import PreflightPage
from ui.preflight.report_list import ROW_ROLE
from ui.state.preflight import LineRow
from ui.timers import once_timer

FAILING = LINES[3]


@pytest.fixture
def page(rig: Rig) -> PreflightPage:
    show = song_show()
    rig.open(show, make_snapshot(show).model_copy(update={"wall": "2026-09-19T20:00:00+00:00"}))
    rig.window.run_action("page.preflight")
    made = rig.window.page.book.currentWidget()
    assert isinstance(made, PreflightPage)
    return made


def seen(page: PreflightPage) -> list[str]:
    model = page.list.report
    rows = [model.index(place).data(ROW_ROLE) for place in range(model.rowCount())]
    return [row.line.word for row in rows if isinstance(row, LineRow)]


def press(page: PreflightPage, button: QPushButton, qtbot: QtBot) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_look_is_asked_for_goes_on_and_can_be_cancelled(rig: Rig, page: PreflightPage, qtbot: QtBot) -> None:
    assert page.list.isHidden()
    press(page, page.all_button, qtbot)
    assert rig.sent[-1] == Preflight(id=rig.sent[-1].id)
    rig.link.tell(PreflightMoved(at_ns=0, done=3, total=9, looking_at="networks"))
    assert (page.progress.isVisible(), page.progress.value(), page.progress.maximum()) == (True, 3, 9)
    assert not page.all_button.isEnabled()
    press(page, page.cancel_button, qtbot)
    assert isinstance(rig.sent[-1], CancelPreflight)
    rig.link.tell(report(cut_short="cancelled"))
    assert not page.progress.isVisible()
    assert "cancelled" in page.verdict.accessibleDescription()


def test_the_report_is_seen_by_group_and_its_tiles_and_box_filter_it(
    rig: Rig, page: PreflightPage, qtbot: QtBot
) -> None:
    rig.link.tell(report(*LINES))
    assert page.verdict.accessibleDescription().startswith("FAIL")
    assert seen(page) == ["note", "fail", "warn", "pass"]
    qtbot.mouseClick(page.wrong, Qt.MouseButton.LeftButton)
    assert seen(page) == ["fail", "warn"]
    qtbot.mouseClick(page.wrong, Qt.MouseButton.LeftButton)
    press(page, page.tiles.buttons[0], qtbot)
    assert seen(page) == ["fail"]


def r_key(page: PreflightPage) -> bool:
    """R goes down at the list; True where it keeps it from the transport."""
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_R, Qt.KeyboardModifier.NoModifier, "r")
    override.ignore()
    QApplication.sendEvent(page.list, override)
    return override.isAccepted()


def test_r_looks_at_the_picked_line_again_and_is_no_key_of_the_transport_there(
    rig: Rig, page: PreflightPage, qtbot: QtBot
) -> None:
    rig.link.tell(report(*LINES))
    row = page.list.report.row_of(FAILING.key)
    assert row is not None
    middle = page.list.visualRect(page.list.report.index(row)).center()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert rig.desk.picked_check == FAILING.key
    assert r_key(page)
    qtbot.keyClick(page.list, Qt.Key.Key_R)
    asked = rig.sent[-1]
    assert isinstance(asked, Preflight)
    assert asked.lines == (FAILING.key,)
    rig.link.tell(report(*LINES[:3], FAILING.model_copy(update={"word": "pass", "message": "well"})))
    assert page.list.currentIndex().data(ROW_ROLE).line.key == FAILING.key, "it stays picked"
    assert page.verdict.accessibleDescription().startswith("WARN")


def test_a_line_has_its_word_place_and_remedy_for_those_who_cannot_see(rig: Rig, page: PreflightPage) -> None:
    rig.link.tell(report(*LINES))
    index = page.list.report.index(page.list.report.row_of(FAILING.key) or 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Fail, device lx, said, do"


def test_the_report_is_saved_as_text(rig: Rig, page: PreflightPage, qtbot: QtBot, tmp_path: Path) -> None:
    assert not page.save.buttons["Text"].isEnabled()
    rig.link.tell(report(*LINES))
    page.save.ask_where = lambda *_: str(tmp_path / "doors.txt")  # type: ignore[method-assign]
    press(page, page.save.buttons["Text"], qtbot)
    qtbot.waitUntil(lambda: "Saved" in page.save.said.text())
    assert "FAIL  device lx: said" in (tmp_path / "doors.txt").read_text()


def answer(act: Callable[[QMessageBox], None]) -> Callable[[], None]:
    def answered() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        act(box)

    return answered


def named(box: QMessageBox, text: str) -> QPushButton:
    found = next(button for button in box.buttons() if button.text() == text)
    assert isinstance(found, QPushButton)
    return found


def test_a_performance_runs_preflight_first_and_what_fails_takes_a_tick(
    rig: Rig, page: PreflightPage, qtbot: QtBot
) -> None:
    rig.desk.seat = "ada"
    press(page, page.begin_button, qtbot)
    assert isinstance(rig.sent[-1], Preflight)
    assert rig.link.begun == []
    rig.link.tell(report(*LINES))

    def begin(box: QMessageBox) -> None:
        button, tick = named(box, "Begin the performance"), box.checkBox()
        assert "device lx: said" in box.informativeText()
        assert not button.isEnabled(), "not without a tick"
        tick.click()
        button.click()

    once_timer(rig.window, 0, answer(begin)).start()
    press(page, page.begin_button, qtbot)
    assert rig.link.begun == ["performance"]
    assert rig.link.despite == [("ada", (FAILING.key,))]


def test_a_performance_that_nothing_fails_takes_no_tick(rig: Rig, page: PreflightPage, qtbot: QtBot) -> None:
    rig.link.tell(report(*LINES[:3]))

    def begin(box: QMessageBox) -> None:
        assert box.checkBox() is None
        named(box, "Begin the performance").click()

    once_timer(rig.window, 0, answer(begin)).start()
    press(page, page.begin_button, qtbot)
    assert rig.link.despite == [("operator", ())]


def test_who_went_on_is_said(rig: Rig, page: PreflightPage) -> None:
    rig.link.tell(WentOn(at_ns=0, by="ada", lines=(FAILING,)))
    assert rig.desk.lines[-1].words == "ada went on in spite of preflight: device lx"


def test_what_was_opened_to_perform_runs_preflight_as_soon_as_the_engine_is_heard(rig: Rig) -> None:
    rig.window.to_begin = "performance"
    rig.open()
    assert rig.kinds == ["preflight"]
    assert rig.desk.page == "preflight"
