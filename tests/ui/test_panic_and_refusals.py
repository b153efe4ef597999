"""Esc is panic whatever is open, and closes it; the key of a greyed action is seen to be refused."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QMenu,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from console.vocabulary import Panic
from tests.support.builders import evening_show
from tests.support.snapshots import make_snapshot
from tests.ui.conftest import Rig
from ui.dialogs import key_sheet
from ui.dialogs.open_show import OpenDialog
from ui.theme.colours import DARK

S = 1_000_000_000


def live(rig: Rig, **moment: object) -> None:
    show = evening_show()
    rig.open(show, make_snapshot(show, "song", 6 * S, **moment))  # type: ignore[arg-type]


class Refusing(QDialog):
    """A dialog that is not to be left."""

    def reject(self) -> None:
        """Stay."""


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # what a window system has and no test needs
def test_escape_panics_first_and_closes_every_menu_and_dialog_in_the_same_press(rig: Rig, qtbot: QtBot) -> None:
    live(rig)
    rig.window.run_action("mode.show")
    combo = QComboBox(rig.window)
    combo.addItems(["a", "b"])
    combo.show()
    box = QMessageBox(QMessageBox.Icon.Question, "Sure?", "Sure?", parent=rig.window)
    box.addButton("Yes", QMessageBox.ButtonRole.YesRole)
    files = QFileDialog(rig.window)
    files.setOption(QFileDialog.Option.DontUseNativeDialog)
    menu = QMenu(rig.window)
    menu.addAction("One").setMenu(below := QMenu("below", menu))
    below.addAction("Two")
    page = rig.window.page
    things: list[tuple[QWidget, Callable[[], object]]] = [
        (menu, lambda: menu.popup(QPoint(10, 10))),
        (rig.window.menuBar().actions()[0].menu(), lambda: rig.window.menuBar().actions()[0].menu().popup(QPoint())),
        (combo.view().window(), combo.showPopup),
        (key_sheet.KeySheet(rig.desk.keymap, rig.window), lambda: None),
        (OpenDialog(DARK, rig.window), lambda: None),
        (box, lambda: None),
        (files, lambda: None),
    ]
    for number, (thing, pop) in enumerate(things, start=1):
        if isinstance(thing, QDialog):
            thing.open()
            menu.popup(QPoint(10, 10))  # a menu above the dialog: both go
        else:
            pop()
        qtbot.waitUntil(thing.isVisible)
        rig.key(Qt.Key.Key_Escape, at=QApplication.activePopupWidget() or thing)
        rig.key(Qt.Key.Key_Escape, down=False)
        assert not thing.isVisible(), thing
        assert QApplication.activePopupWidget() is QApplication.activeModalWidget() is None
        assert rig.sent == [Panic(id=n) for n in range(1, number + 1)]
    assert page.isVisible()
    assert rig.window.menuBar().activeAction() is None


def test_a_dialog_that_will_not_close_does_not_hold_a_panic(rig: Rig, qtbot: QtBot) -> None:
    live(rig)
    rig.window.run_action("mode.show")
    stubborn = Refusing(rig.window)
    stubborn.open()
    qtbot.waitUntil(stubborn.isVisible)
    rig.key(Qt.Key.Key_Escape, at=stubborn)
    assert rig.sent == [Panic(id=1)]
    stubborn.hide()


def test_in_edit_escape_closes_and_is_no_panic(rig: Rig, qtbot: QtBot) -> None:
    live(rig)
    rig.window.run_action("mode.edit")
    sheet = key_sheet.KeySheet(rig.desk.keymap, rig.window)
    sheet.open()
    qtbot.waitUntil(sheet.isVisible)
    rig.key(Qt.Key.Key_Escape, at=sheet)
    assert not sheet.isVisible()
    assert rig.sent == []


def test_a_key_of_a_greyed_action_is_refused_with_the_reason_and_finds_no_row(rig: Rig, qtbot: QtBot) -> None:
    live(rig, state="stopped", panic=True)
    rig.window.activateWindow()
    for place in (rig.window.page.rundown.list, rig.window.page.cues.table):
        place.setFocus()
        before = place.currentIndex()
        for key, words in (
            (Qt.Key.Key_H, "Hold: nothing is rolling"),
            (Qt.Key.Key_V, "Leave the vamp: no vamp is going round"),
            (Qt.Key.Key_M, "Machine at the keys: no machine stands by in this run"),
            (Qt.Key.Key_C, "Choose…: the show leaves nothing to choose"),
        ):
            qtbot.keyClick(place, key)
            assert (rig.desk.lines[-1].severity, rig.desk.lines[-1].words) == ("refused", words)
            assert place.currentIndex() == before
    assert rig.sent == []


def test_a_key_works_again_when_its_action_does(rig: Rig, qtbot: QtBot) -> None:
    live(rig, state="stopped")
    rig.window.activateWindow()
    table = rig.window.page.cues.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_H)
    assert rig.sent == []
    live(rig)
    qtbot.keyClick(table, Qt.Key.Key_H)
    assert rig.kinds == ["hold"]
