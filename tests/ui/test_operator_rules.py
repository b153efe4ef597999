"""The operator's rules UI-01 to UI-12, each by its name, on the window as it stands; and names for every control.

UI-09, a page for the crew, is not there: nothing of it is tested.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations
from typing import Final

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from console.show.edits import SetShow
from console.show.show import Rules
from console.timebase.instants import s_to_ns
from tests.support.builders import evening_show
from tests.support.snapshots import make_snapshot
from tests.ui.conftest import Rig
from ui.actions import ACTION_BY_ID, ACTIONS
from ui.dialogs.change_keys import ChangeKeys
from ui.dialogs.key_sheet import KeySheet
from ui.dialogs.mark_word import MarkWord
from ui.dialogs.open_show import OpenDialog
from ui.dialogs.palette import Palette
from ui.dialogs.unlock import Unlock
from ui.live_keys import takes_text
from ui.needs import needs_editing
from ui.page_actions import PAGE_NAMES
from ui.state import words
from ui.state.calls import next_calls, standby_call
from ui.state.desk import Desk
from ui.state.keymap import Keymap
from ui.state.lock import LIVE_MENUS
from ui.theme.colours import DARK, LIT, Theme, contrast, department_tints, luminance
from ui.theme.sheet import apply_theme

TABLES: Final = (
    words.CUE_MARKS,
    words.HAND_MARKS,
    words.ITEM_MARKS,
    words.TRANSPORT_MARKS,
    words.HEALTH_MARKS,
    words.MODE_MARKS,
)
CONTROLS: Final = (
    QAbstractButton,
    QLineEdit,
    QComboBox,
    QAbstractSpinBox,
    QAbstractItemView,
    QPlainTextEdit,
    QTextEdit,
    QTabBar,
)
_LOSS: Final = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}
"""What is left of linear red, green and blue (Machado, Oliveira and Fernandes, 2009, severity 1)."""


@pytest.fixture(autouse=True)
def _own_state(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


def rolling(rig: Rig) -> None:
    show = evening_show()
    rig.open(show, make_snapshot(show, "song", s_to_ns("1")))
    rig.window.show_now()


def pages(rig: Rig) -> Iterator[str]:
    for name in PAGE_NAMES:
        rig.window.run_action(f"page.{name.id}")
        rig.window.show_now()
        yield name.id


def dialogs(rig: Rig) -> tuple[QDialog, ...]:
    window = rig.window
    return (
        Palette(DARK, lambda _typed: (), lambda _entry: None, window),
        ChangeKeys(DARK, Keymap(), lambda _keymap: None, window),
        Unlock(window),
        KeySheet(Keymap(), window),
        OpenDialog(DARK, window),
        MarkWord(DARK, (), window),
    )


def mean_luminance(image: QImage) -> float:
    points = [(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)]
    return sum(luminance(image.pixelColor(x, y).name()) for x, y in points) / len(points)


def test_ui_01_a_refused_go_is_seen_to_be_refused(rig: Rig, qtbot: QtBot) -> None:
    rolling(rig)
    go = rig.window.page.go_bar.go
    before = go.grab().toImage()
    rig.link.refusals["go"] = "too soon"
    qtbot.keyPress(rig.window, Qt.Key.Key_Space)
    rig.bridge.read()
    qtbot.keyRelease(rig.window, Qt.Key.Key_Space)
    assert rig.kinds == ["go", "go_key_up"]
    assert "Refused: too soon" in go.accessibleDescription()
    assert go.grab().toImage() != before


def test_ui_02_in_a_list_of_two_steps_the_first_press_confirms(rig: Rig) -> None:
    show = evening_show(rules=Rules(go_in_two=("show",)))
    rig.open(show, make_snapshot(show, "song", s_to_ns("1")))
    rig.window.show_now()
    assert "confirm" in rig.window.page.go_bar.go.accessibleDescription().lower()


def test_ui_03_every_live_action_has_a_key_and_no_focus_swallows_go(rig: Rig, qtbot: QtBot) -> None:
    assert [action.id for action in ACTIONS if action.menu in LIVE_MENUS and not action.keys] == []
    rolling(rig)
    for page in pages(rig):
        for widget in focusable(rig.window):
            widget.setFocus()
            if takes_text(widget) or QApplication.focusWidget() is not widget:
                continue
            rig.sent.clear()
            qtbot.keyClick(widget, Qt.Key.Key_Space)
            assert rig.kinds == ["go", "go_key_up"], f"{page}: {widget.accessibleName()!r} keeps the space"


def test_ui_03_every_menu_is_in_sight_beside_the_tabs(rig: Rig) -> None:
    rolling(rig)
    rig.window.resize(1280, 720)
    bar = rig.window.menuBar()
    tabs = bar.cornerWidget()
    last = bar.actionGeometry(bar.actions()[-1])
    assert last.width() > 0
    assert bar.rect().contains(last)
    assert not last.intersects(QRect(tabs.mapTo(bar, tabs.rect().topLeft()), tabs.size()))


def test_ui_03_tab_leaves_every_control_again(rig: Rig, qtbot: QtBot) -> None:
    rolling(rig)
    for page in pages(rig):
        for widget in focusable(rig.window):
            widget.setFocus()
            if QApplication.focusWidget() is not widget:
                continue
            qtbot.keyClick(widget, Qt.Key.Key_Tab)
            assert QApplication.focusWidget() is not widget, f"{page}: {widget.accessibleName()!r} keeps the focus"


def focusable(top: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in top.findChildren(QWidget)
        if widget.isVisibleTo(top)
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget, QMenuBar)
    ]


@pytest.mark.parametrize("table", TABLES)
def test_ui_04_each_state_has_a_word_and_a_shape_of_its_own(table: dict[str, words.Mark]) -> None:
    assert all(mark.shape for mark in table.values())
    assert all(mark.word for key, mark in table.items() if key != "ahead")
    assert len({(mark.word, mark.shape) for mark in table.values()}) == len(table)


@pytest.mark.parametrize("loss", sorted(_LOSS))
@pytest.mark.parametrize("theme", [DARK, LIT], ids=lambda theme: theme.name)
def test_ui_04_what_is_left_without_red_or_green_tells_quiet_from_caution_from_stop(theme: Theme, loss: str) -> None:
    seen = {name: without(loss, getattr(theme, name)) for name in ("dim", "bright", "caution", "stop")}
    for one, other in combinations(seen, 2):
        apart = max(abs(a - b) for a, b in zip(seen[one], seen[other], strict=True))
        assert apart >= 0.07, (one, other, apart)


def without(loss: str, colour: str) -> tuple[float, ...]:
    """What somebody sees of a ``#rrggbb`` who lacks one kind of cone: cube roots, which differ as the eye sees."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    seen = (sum(a * b for a, b in zip(row, linear, strict=True)) for row in _LOSS[loss])
    return tuple(math.cbrt(max(each, 0.0)) for each in seen)


@pytest.mark.parametrize("theme", [DARK, LIT], ids=lambda theme: theme.name)
def test_ui_05_every_pair_of_text_and_ground_keeps_four_and_a_half_to_one(theme: Theme) -> None:
    grounds = ("ground", "panel", "raised", "hover", "select", "standby")
    pairs = [(ink, ground) for ink in ("text", "dim", "bright") for ground in grounds]
    pairs += [("caution", "panel"), ("caution", "ground"), ("caution", "caution_fill"), ("text", "caution_fill")]
    pairs += [("stop", "panel"), ("stop", "ground"), ("stop", "stop_fill"), ("text", "stop_fill")]
    pairs += [("on_bright", "bright"), ("on_bright", "dim")]
    bad = {pair: round(contrast(getattr(theme, pair[0]), getattr(theme, pair[1])), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in bad.items() if ratio < 4.5} == {}
    for tint in department_tints([(name, None) for name in "ABCDEFGHIJKL"], theme).values():
        for ground in ("panel", "raised", "standby", "select"):
            assert contrast(tint.text, getattr(theme, ground)) >= 4.5, (tint, ground)


def test_ui_05_the_dark_window_is_under_five_percent_on_every_page(rig: Rig) -> None:
    rolling(rig)
    for page in pages(rig):
        assert mean_luminance(rig.window.grab().toImage()) < 0.05, page


def test_ui_05_nothing_flashes_white_on_opening(rig: Rig, qapp: QApplication) -> None:
    rolling(rig)
    assert luminance(qapp.palette().color(QPalette.ColorRole.Window).name()) < 0.01
    for dialog in dialogs(rig):
        first = dialog.grab().toImage()  # as it is painted the first time, before anything is shown
        assert mean_luminance(first) < 0.05, dialog.windowTitle()
        assert luminance(dialog.palette().color(QPalette.ColorRole.Window).name()) < 0.01
        dialog.deleteLater()


def test_ui_06_nothing_is_saturated_while_all_is_well(rig: Rig) -> None:
    rolling(rig)
    image = rig.window.grab().toImage()
    for x in range(0, image.width(), 3):
        for y in range(0, image.height(), 3):
            channels = image.pixelColor(x, y).getRgb()[:3]
            assert max(channels) - min(channels) < 0.35 * 255, (x, y, channels)


def test_ui_07_current_next_three_and_countdown_never_scroll_away(rig: Rig) -> None:
    rolling(rig)
    rig.window.resize(rig.window.minimumSize())
    head, go_bar = rig.window.page.head, rig.window.page.go_bar
    for name in pages(rig):
        for part in (
            head.transport,
            head.item_left,
            head.over_under,
            go_bar.standby,
            go_bar.next,
        ):
            box = QRect(part.mapTo(rig.window, part.rect().topLeft()), part.size())
            assert part.isVisible(), name
            assert rig.window.rect().contains(box), (name, part.accessibleName())


def test_ui_08_editing_is_locked_in_performance_and_undo_is_100_deep(rig: Rig) -> None:
    show = evening_show()
    rig.open(show, make_snapshot(show))
    rig.window.run_action("mode.show")
    assert "locked" in needs_editing(rig.desk)
    rig.window.run_action("mode.rehearsal")
    for number in range(101):
        rig.window.changes.ask(lambda _desk, title=f"Take {number}": SetShow(fields={"title": title}))
        rig.link.answer()
    for _ in range(101):
        rig.window.run_action("edit.undo")
        rig.link.answer()
    assert rig.desk.show is not None
    assert rig.desk.show.title == "Take 0"
    assert "nothing" in ACTION_BY_ID["edit.undo"].why_not(rig.desk)


def test_ui_10_sent_confirmed_failed_and_inhibited_are_four_marks() -> None:
    four = [words.CUE_MARKS[key] for key in ("sent", "confirmed", "failed", "inhibited")]
    assert len({mark.word for mark in four}) == len({mark.shape for mark in four}) == 4


def test_ui_11_the_word_go_stands_on_the_button_and_in_a_call_and_nowhere_else(rig: Rig) -> None:
    rolling(rig)
    for page in pages(rig):
        for widget in rig.window.findChildren(QWidget):
            if widget is rig.window.page.go_bar.go:
                continue
            said = [widget.toolTip(), widget.accessibleName()]
            said += [widget.text()] if isinstance(widget, QLabel | QAbstractButton) else []
            assert not [text for text in said if "GO" in text.split()], (page, said)


def test_ui_11_a_call_reads_standby_and_then_go() -> None:
    show = evening_show()
    read = set()
    for tenths in range(0, 300, 5):
        desk = Desk(show=show, linked=True)
        desk.take_snapshot(make_snapshot(show, "song", tenths * s_to_ns("0.1")), 0)
        calls = [standby_call(desk, 0), *next_calls(desk, 0)]
        read |= {call.words.replace(call.name, "LX 24") for call in calls if call is not None and call.words}
    assert read <= {"Standby LX 24", "LX 24 GO"}


def test_ui_12_go_is_96_px_and_every_live_target_44(rig: Rig) -> None:
    rolling(rig)
    rig.window.resize(rig.window.minimumSize())
    assert rig.window.page.go_bar.go.height() >= 96
    for page in pages(rig):
        live = [each for each in rig.window.findChildren(QAbstractButton) if each.property("live") and each.isVisible()]
        assert live
        assert [(page, each.text(), each.height()) for each in live if each.height() < 44] == []


def test_every_control_of_every_page_and_dialog_has_a_name_to_be_read_out(rig: Rig) -> None:
    rolling(rig)
    for page in pages(rig):
        assert [(page, path_of(each)) for each in nameless(rig.window)] == []
    for dialog in dialogs(rig):
        assert [(dialog.windowTitle(), path_of(each)) for each in nameless(dialog)] == []
        dialog.deleteLater()


def nameless(top: QWidget) -> list[QWidget]:
    return [
        each
        for each in top.findChildren(QWidget)
        if (isinstance(each, CONTROLS) or each.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and not is_inside(each)
        and not each.accessibleName()
        and not (isinstance(each, QAbstractButton) and each.text())
    ]


def is_inside(widget: QWidget) -> bool:
    """Part of a control that is named: a list's header, the list of a choice, what clears a field, a scrolling pane."""
    above = widget.parentWidget()
    in_choice = above is not None and (
        isinstance(above, QComboBox | QLineEdit) or isinstance(above.parentWidget(), QComboBox)
    )
    return in_choice or isinstance(widget, QHeaderView | QMenuBar) or widget.objectName().startswith("qt_")


def path_of(widget: QWidget) -> str:
    names: list[str] = []
    each: QWidget | None = widget
    while each is not None and len(names) < 4:
        names.append(type(each).__name__)
        each = each.parentWidget()
    return " in ".join(names)


def test_the_lit_room_has_its_own_palette(rig: Rig, qapp: QApplication) -> None:
    apply_theme(qapp, LIT)
    assert luminance(qapp.palette().color(QPalette.ColorRole.Window).name()) > 0.4
    apply_theme(qapp, DARK)
