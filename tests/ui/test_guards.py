"""What an operator sees and presses of the guards: two steps, lines held by hand, seats, alarms, change-over, runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QInputDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from console.show.show import Rules, Show
from console.vocabulary import ArmState, ChangeOver, LineState, PreflightReport, Request, SetInput, Snapshot
from tests.support.builders import at_bar, make_cue, song_show, step
from tests.support.snapshots import WALL, device, make_snapshot
from tests.ui.conftest import Rig
from ui.change_over_menu import change_over_menu
from ui.deeds.running import sit
from ui.dialogs import begin_run
from ui.line_keys import AGAIN_MS
from ui.seat_menu import seat_menu
from ui.state.desk import Desk
from ui.state.go import go_face
from ui.state.hazards import desk_hazards
from ui.timers import once_timer

S = 1_000_000_000

FLAME = make_cue(
    "flame",
    "9.1",
    at_bar(13),
    step("effect.fire", device="flame"),
    role="sfx.pyro",
    label="Flame",
    hazard="high",
    arm=("operator", "pyro-tech"),
    arm_window_s=20.0,
    zone_clear="upstage",
)


def line(name: str, kind: str, *, high: bool = False, by_hand: bool = True, guard: str = "sfx.pyro") -> LineState:
    return LineState.model_validate(
        {"line": name, "kind": kind, "guards": (guard,), "high": high, "by_hand": by_hand, "stale_ns": S // 2}
    )


LINES = (line("enable", "enable"), line("dead-man", "dead_man"), line("clear", "zone_clear", guard="upstage"))


def stands(show: Show, **fields: object) -> Snapshot:
    """Nine seconds before the flame."""
    missing = ("arm by operator", "arm by pyro-tech", "enable low", "dead-man low", "upstage not clear")
    armed = [ArmState(cue="flame", given=(), missing=missing)] if "flame" in show.cue_by_id else []
    return make_snapshot(show, "song", 15 * S, armed=armed).model_copy(update={"lines": LINES, **fields})


@pytest.fixture
def near(rig: Rig) -> Rig:
    """The window with a flame that waits for everything."""
    show = song_show(FLAME)
    rig.open(show, stands(show))
    QApplication.processEvents()
    return rig


def lines_set(rig: Rig) -> list[tuple[str, bool]]:
    return [(each.input, each.high) for each in rig.sent if isinstance(each, SetInput)]


def key_of(rig: Rig, name: str) -> QPushButton:
    found = rig.window.page.arming.findChild(QPushButton, f"line:{name}")
    assert found is not None
    return found


# ------------------------------------------------------------ lines


def test_the_dead_man_is_high_while_its_key_is_down_and_said_again(near: Rig, qtbot: QtBot) -> None:
    near.key(Qt.Key.Key_D)
    assert lines_set(near) == [("dead-man", True)]
    near.key(Qt.Key.Key_D, repeated=True)
    qtbot.waitUntil(lambda: len(lines_set(near)) >= 3, timeout=50 * AGAIN_MS)
    near.key(Qt.Key.Key_D, down=False)
    assert lines_set(near)[-1] == ("dead-man", False)
    assert not near.window.page.arming.lines.held


def test_a_key_on_screen_holds_as_long_as_it_is_pressed(near: Rig, qtbot: QtBot) -> None:
    key = key_of(near, "dead-man")
    assert (key.text(), key.accessibleName()) == (" Hold: D", "dead-man low")
    qtbot.mousePress(key, Qt.MouseButton.LeftButton)
    qtbot.mouseRelease(key, Qt.MouseButton.LeftButton)
    assert lines_set(near) == [("dead-man", True), ("dead-man", False)]


def test_enable_and_zone_stay_until_they_are_let_go(near: Rig, qtbot: QtBot) -> None:
    for name in ("enable", "clear"):
        qtbot.mouseClick(key_of(near, name), Qt.MouseButton.LeftButton)
    assert near.window.page.arming.lines.held == {"enable", "clear"}
    qtbot.mouseClick(key_of(near, "enable"), Qt.MouseButton.LeftButton)
    assert lines_set(near) == [("enable", True), ("clear", True), ("enable", False)]


def test_who_loses_the_keyboard_lets_go_of_the_dead_man(near: Rig, qapp: QApplication) -> None:
    near.key(Qt.Key.Key_D)
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert lines_set(near) == [("dead-man", True), ("dead-man", False)]
    near.key(Qt.Key.Key_D, down=False)


def test_a_window_that_closes_lets_go_and_a_lost_link_holds_nothing(near: Rig, qtbot: QtBot) -> None:
    qtbot.mouseClick(key_of(near, "enable"), Qt.MouseButton.LeftButton)
    near.window._on_link_lost("gone")
    assert not near.window.page.arming.lines.held
    assert not key_of(near, "enable").isChecked()
    qtbot.mouseClick(key_of(near, "clear"), Qt.MouseButton.LeftButton)
    near.window.close()
    assert lines_set(near)[-1] == ("clear", False)


def test_a_line_whose_hazard_is_over_is_let_go(near: Rig, qtbot: QtBot) -> None:
    qtbot.mouseClick(key_of(near, "enable"), Qt.MouseButton.LeftButton)
    assert near.desk.show is not None
    near.link.tell(stands(near.desk.show, armed=()))
    assert lines_set(near)[-1] == ("enable", False)


def test_lines_that_belong_to_others_are_shown_and_not_held(rig: Rig) -> None:
    show = song_show(FLAME)
    wired = (line("enable", "enable", high=True, by_hand=False), line("dead-man", "dead_man", by_hand=False))
    rig.open(show, stands(show, lines=wired))
    assert rig.window.page.arming.lines.buttons == {}
    (hazard,) = desk_hazards(rig.desk, rig.now_ns)
    said = {need.words: need.given for need in hazard.needs if need.role is None}
    assert said == {"enable high": True, "dead-man low": False, "upstage not clear": False}
    rig.key(Qt.Key.Key_D)
    assert rig.desk.lines[-1].severity == "refused"
    rig.key(Qt.Key.Key_D, down=False)
    assert rig.sent == []


# ------------------------------------------------------------ seats and arming


def actions_of(menu: object) -> dict[str, Callable[[], None]]:
    return {action.text(): action.trigger for action in menu.actions() if action.text()}  # type: ignore[attr-defined]


def test_a_seat_arms_for_its_own_role_and_is_recorded(near: Rig, qtbot: QtBot) -> None:
    actions_of(seat_menu(near.window, near.desk, partial(sit, near.window.surface)))["pyro-tech"]()
    QApplication.processEvents()
    buttons = [each.text() for each in near.window.page.arming.card.findChildren(QPushButton) if each.isVisible()]
    assert buttons == ["Arm as pyro-tech"]
    near.window.run_action("hazard.arm")
    near.window.run_action("show_stop")
    arm, stop = near.sent
    assert (arm.kind, arm.by, getattr(arm, "role", "")) == ("arm", "pyro-tech", "pyro-tech")
    assert (stop.kind, stop.by) == ("show_stop", "pyro-tech")


def test_a_name_may_be_typed_and_arms_for_all(near: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: (" Kim ", True))
    actions_of(seat_menu(near.window, near.desk, partial(sit, near.window.surface)))["A name…"]()
    assert near.desk.by == "Kim"
    near.window.run_action("hazard.arm")
    assert (near.sent[-1].by, getattr(near.sent[-1], "role", "")) == ("Kim", "operator")
    assert near.desk.show is not None
    given = ArmState(cue="flame", given=("operator",), missing=("arm by pyro-tech",), by=("Kim",), expires_ns=40 * S)
    near.link.tell(stands(near.desk.show, armed=(given,)))
    (hazard,) = desk_hazards(near.desk, near.now_ns)
    assert hazard.needs[0].words == "armed by operator (Kim)"
    near.window.run_action("hazard.disarm")
    assert (near.sent[-1].kind, getattr(near.sent[-1], "role", "")) == ("disarm", "operator")


# ------------------------------------------------------------ two steps, alarms


def test_two_steps_are_seen_on_the_bar(rig: Rig) -> None:
    show = song_show(rules=Rules(go_in_two=("show",)))
    rig.open(show, make_snapshot(show))
    face = go_face(rig.desk, rig.now_ns)
    assert (face.look, face.words, face.confirmed) == ("unconfirmed", "confirms SND 1.2", False)
    rig.link.tell(make_snapshot(show).model_copy(update={"confirmed": ("show",)}))
    face = go_face(rig.desk, rig.now_ns)
    assert (face.look, face.words, face.confirmed) == ("ready", "Space runs SND 1.2", True)
    assert rig.window.page.go_bar.go.face.confirmed


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"outputs_held": True}, "release_outputs"),
        ({"resume_list": ("lx: a comes back", "pa: b by hand")}, "resume_show"),
    ],
)
def test_what_must_be_read_first_stands_in_big_words_with_its_key(
    rig: Rig, qtbot: QtBot, fields: dict[str, object], kind: str
) -> None:
    show = song_show()
    rig.open(show, make_snapshot(show))
    banner = rig.window.page.banner
    assert not banner.isVisible()
    rig.link.tell(make_snapshot(show).model_copy(update=fields))
    assert banner.isVisible()
    if kind == "resume_show":
        assert banner.accessibleDescription() == "SHOW STOP: Comes back: lx: a · By hand: pa: b"
        assert go_face(rig.desk, rig.now_ns).look == "locked"
    qtbot.mouseClick(banner.button, Qt.MouseButton.LeftButton)
    assert rig.kinds == [kind]
    rig.link.tell(make_snapshot(show))
    assert not banner.isVisible()


# ------------------------------------------------------------ change-over and runs


def test_the_other_device_is_picked_from_a_menu_and_its_lamp_says_so(rig: Rig) -> None:
    show = song_show()
    spare = [device("lx-main"), device("lx-backup", duty="standby"), device("foh", "audio.foh")]
    rig.open(show, make_snapshot(show, devices=spare))
    asked: list[Request] = []
    menu = change_over_menu(rig.window, rig.desk, asked.append)
    (role,) = menu.actions()
    devices = actions_of(role.menu())
    assert (role.text(), list(devices)) == ("lighting.main", ["lx-main, main – on show", "lx-backup, standby"])
    devices["lx-backup, standby"]()
    assert asked == [ChangeOver(role="lighting.main", device="lx-backup")]
    moved = [device("lx-main", active=False), device("lx-backup", duty="standby", active=True)]
    rig.link.tell(make_snapshot(show, devices=moved))
    words = {lamp.device: lamp.mark.word for lamp in rig.window.page.lamps._lamps}
    assert words == {"lx-main": "Off show", "lx-backup": "On show"}
    menu.close()


def test_a_performance_is_begun_only_where_it_is_meant(rig: Rig) -> None:
    once = make_cue("once", "9.9", at_bar(2), label="Confetti", once_per_show=True)
    show = song_show(once)
    rig.open(show, make_snapshot(show).model_copy(update={"spent": ("once",)}))
    assert "has been used: 9.9 Confetti. Going on" in begin_run.words_of(rig.desk, "performance")
    assert "stays used: 9.9 Confetti." in begin_run.words_of(rig.desk, "rehearsal")

    well = PreflightReport(at_ns=0, verdict="PASS", lines=(), revision=0, wall=WALL.isoformat(), by="ada")
    rig.link.tell(well)

    def press(text: str) -> Callable[[], None]:
        def pressed() -> None:
            box = QApplication.activeModalWidget()
            assert isinstance(box, QMessageBox)
            next(button for button in box.buttons() if button.text() == text).click()

        return pressed

    for text, anew in (("Stay in this run", []), (begin_run.GO_ON, [False]), (begin_run.NEW, [False, True])):
        once_timer(rig.window, 0, press(text)).start()
        rig.window.run_action("run.performance")
        assert rig.link.anew == anew, "what was used is never counted anew by going on"
    rig.link.tell(make_snapshot(show, "song", S))
    rig.window.run_action("run.performance")
    assert rig.link.begun == ["performance"] * 2
    assert "stop the show before another run begins" in rig.desk.lines[-1].words


def test_nobody_sits_here_until_somebody_says_so() -> None:
    assert Desk().by == "operator"
