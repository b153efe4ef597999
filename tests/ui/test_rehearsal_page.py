"""The rehearsal page by mouse and keys: what is pressed is asked, and what is shown is what the engine said."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from console.show.show import Show
from console.vocabulary import (
    BackBars,
    DrillState,
    RehearsalState,
    RehearseStretch,
    Roll,
    RunKind,
    SetOutput,
    SetSpeed,
    StartDrill,
    StepCue,
    StretchState,
    SwitchDepartment,
    Transport,
)
from tests.support.builders import evening_show
from tests.support.snapshots import device, make_snapshot
from tests.ui.conftest import Rig
from ui.actions import ACTIONS
from ui.pages.rehearsal import RehearsalPage
from ui.pages.rehearsal.wrongs import Wrongs
from ui.state.desk import Desk
from ui.theme.colours import DARK

BAR = 2_000_000_000
STRETCH = StretchState(item="song", from_ns=4 * BAR, to_ns=8 * BAR, inside=True, pass_no=2)


def tell(rig: Rig, show: Show, state: Transport = "held", run_kind: RunKind = "rehearsal", **rehearsal: object) -> None:
    desks = [device("lx-main", mode="live"), device("lx-backup", mode="ghost")]
    devices = [*desks, device("foh", "audio.foh", mode="off")]
    snapshot = make_snapshot(show, "song", 4 * BAR, state=state, devices=devices, run_kind=run_kind)
    said = RehearsalState.model_validate(rehearsal) if run_kind != "performance" else None
    rig.link.tell(snapshot.model_copy(update={"rehearsal": said}))


@pytest.fixture
def page(rig: Rig) -> RehearsalPage:
    show = rig.open(evening_show())
    tell(rig, show)
    rig.window.run_action("page.rehearsal")
    found = rig.window.findChild(RehearsalPage)
    assert isinstance(found, RehearsalPage)
    assert found.isVisible()
    return found


def click(qtbot: QtBot, key: QAbstractButton) -> None:
    qtbot.mouseClick(key, Qt.MouseButton.LeftButton)


def test_switches_ask_and_show_only_what_the_engine_said(rig: Rig, page: RehearsalPage, qtbot: QtBot) -> None:
    keys = page.switches.keys
    assert [mode for mode in ("live", "ghost", "off") if keys["LX", mode].isChecked()] == []  # type: ignore[index]
    assert keys["foh", "off"].isChecked()
    click(qtbot, keys["LX", "ghost"])
    click(qtbot, keys["foh", "live"])
    assert rig.sent[-2:] == [SwitchDepartment(id=rig.sent[-2].id, department="LX", mode="ghost"), rig.sent[-1]]
    assert isinstance(rig.sent[-1], SetOutput)
    assert keys["foh", "off"].isChecked()
    assert not keys["foh", "live"].isChecked()


def test_keys_for_what_a_band_asks_for(rig: Rig, page: RehearsalPage, qtbot: QtBot) -> None:
    playing = page.playing
    click(qtbot, playing.counts[4.0])
    for action in ("rehearse.back", "rehearse.roll", "rehearse.step", "rehearse.loop", "rehearse.from"):
        click(qtbot, playing.keys[action])
    kinds = [type(each) for each in rig.sent[-5:]]
    assert kinds == [BackBars, Roll, StepCue, RehearseStretch, RehearseStretch]
    asked = rig.sent[-4]
    assert isinstance(asked, Roll)
    assert asked.count_in_bars == 4
    click(qtbot, playing.speeds[0.5])
    click(qtbot, playing.fades)
    click(qtbot, playing.code)
    speeds = [(each.speed, each.scale_fades, each.code_out) for each in rig.sent[-3:] if isinstance(each, SetSpeed)]
    assert speeds == [(0.5, False, "follow"), (1.0, True, "follow"), (1.0, False, "off")]
    assert not playing.fades.isChecked(), "until the engine says so"


def test_triggers_of_repeats_are_asked_for_with_the_stretch_that_stands(
    rig: Rig, page: RehearsalPage, qtbot: QtBot
) -> None:
    assert not page.playing.triggers.isEnabled()
    tell(rig, evening_show(), stretch=STRETCH)
    assert "pass 2" in page.playing.stretch.text()
    click(qtbot, page.playing.triggers)
    asked = rig.sent[-1]
    assert isinstance(asked, RehearseStretch)
    assert (asked.from_ns, asked.to_ns, asked.triggers) == (4 * BAR, 8 * BAR, True)


def test_the_keyboard_does_the_common_ones(rig: Rig, page: RehearsalPage, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_8, Qt.Key.Key_Period, Qt.Key.Key_L):
        qtbot.keyClick(rig.window, key)
    assert [each.kind for each in rig.sent[-3:]] == ["back_bars", "step_cue", "rehearse_stretch"]


def test_no_two_actions_share_a_key() -> None:
    keys = [QKeySequence(key).toString() for action in ACTIONS for key in action.keys]
    assert len(keys) == len(set(keys))


def test_a_performance_greys_everything(rig: Rig, page: RehearsalPage) -> None:
    tell(rig, evening_show(), run_kind="performance")
    assert page.head.text() == "Performance: nothing here can be used"
    everything = (*page.switches.keys.values(), *page.playing.keys.values(), *page.playing.speeds.values())
    assert not any(key.isEnabled() for key in everything)


# -- the evening -------------------------------------------------------------------------------------------------------


def played(qtbot: QtBot, tmp_path: Path, script: str) -> Wrongs:
    (tmp_path / "program.py").write_text(script, encoding="utf-8")
    wrongs = Wrongs(DARK, program=(sys.executable, str(tmp_path / "program.py")))
    qtbot.addWidget(wrongs)
    wrongs.show_desk(Desk(show_name="half-light", venue_name="dome"))
    with qtbot.waitSignal(wrongs.done, timeout=20_000):
        click(qtbot, wrongs.key)
    return wrongs


def test_the_evening_is_played_by_a_program_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    problem = {"severity": "error", "code": "x", "where": "cue 1", "message": "late", "remedy": "more time"}
    told = json.dumps({"verdict": "FAIL", "problems": [problem], "played_s": 5400})
    script = (
        f"import sys\nassert sys.argv[1:] == ['rehearse', 'half-light', '--venue', 'dome', '--json']\nprint({told!r})"
    )
    wrongs = played(qtbot, tmp_path, script)
    assert wrongs.words.text() == "FAIL · 90 minutes played · 1 to mend"
    assert wrongs.model.rowCount() == 1
    assert wrongs.key.text() == "Play the evening"


def test_what_it_cannot_do_it_says(qtbot: QtBot, tmp_path: Path) -> None:
    wrongs = played(qtbot, tmp_path, "import sys\nsys.stderr.write('showcaller: no such house')\nsys.exit(2)")
    assert wrongs.words.text() == "showcaller: no such house"


def test_a_program_that_is_not_there_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    wrongs = Wrongs(DARK, program=(str(tmp_path / "none"),))
    qtbot.addWidget(wrongs)
    wrongs.show_desk(Desk(show_name="half-light", venue_name="dome"))
    with qtbot.waitSignal(wrongs.done, timeout=20_000):
        click(qtbot, wrongs.key)
    assert "cannot be started" in wrongs.words.text()


# -- drills ------------------------------------------------------------------------------------------------------------


def test_drills_are_played_on_ghosts_and_timed(rig: Rig, page: RehearsalPage, qtbot: QtBot) -> None:
    page.side.setCurrentWidget(page.drills)
    assert page.drills.device.currentText() == "lx-backup"
    click(qtbot, page.drills.keys["dead-desk"])
    assert rig.sent[-1] == StartDrill(id=rig.sent[-1].id, drill="dead-desk", device="lx-backup")
    assert not page.drills.keys["code-drops"].isEnabled()
    assert not page.drills.end.isEnabled()
    snapshot = rig.desk.snapshot
    assert snapshot is not None
    on = DrillState(drill="dead-desk", device="lx-backup", began_ns=0, acted_ns=3_200_000_000, act="change_over")
    rig.link.tell(snapshot.model_copy(update={"drills": (on,)}))
    assert page.drills.words.text() == "Dead desk on lx-backup: first act after 3.2 s (change over), not right yet"
    click(qtbot, page.drills.end)
    assert rig.sent[-1].kind == "end_drill"
