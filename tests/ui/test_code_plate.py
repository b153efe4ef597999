"""Timecode from outside on the page: its state as word and shape, its quality, and what an operator asks of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.vocabulary import (
    ChaseState,
    ChaseWord,
    ChooseSource,
    CodeSourceState,
    Jam,
    LetCodeMove,
    NudgeCode,
    SetChase,
)
from tests.support.builders import evening_show
from tests.support.snapshots import make_snapshot
from tests.ui.conftest import Rig
from ui.state.code_in import CODE_MARKS

S = 1_000_000_000

TRUCK = CodeSourceState(
    id="truck", state="locked", rate="25", label="01:00:10:05", good=900, dropouts=1, refused=2, jitter_us=800,
    drift_ppm=-12, refusal="a jump of +4.00 s",
)  # fmt: skip
SPARE = CodeSourceState(id="spare", state="waiting", rate="25", words="no code yet")


def coming_in(rig: Rig, word: ChaseWord = "locked", **fields: object) -> None:
    show = evening_show()
    chase = ChaseState.model_validate(
        {
            "word": word,
            "on": word != "off",
            "moves_items": False,
            "active": "truck",
            "sources": (TRUCK, SPARE),
            **fields,
        }
    )
    rig.open(show, make_snapshot(show, "song", 6 * S).model_copy(update={"chase": chase}))
    QApplication.processEvents()


def test_where_no_timecode_comes_in_the_plain_timecode_stands(rig: Rig) -> None:
    show = evening_show()
    rig.open(show, make_snapshot(show, "song", 6 * S))
    QApplication.processEvents()
    assert not rig.window.page.head.code.isVisible()
    assert rig.window.page.head.timecode.isVisible()
    rig.window.run_action("code.jam")
    assert rig.sent == []
    assert rig.desk.lines[-1].words == "Jam to timecode: no timecode comes in here"


@pytest.mark.parametrize("word", CODE_MARKS)
def test_every_state_has_a_word(rig: Rig, word: ChaseWord) -> None:
    coming_in(rig, word)
    plate = rig.window.page.head.code
    assert plate.isVisible()
    assert not rig.window.page.head.timecode.isVisible()
    assert plate.accessibleDescription().startswith(f"{CODE_MARKS[word].word}, truck at ")
    assert min(plate.width(), plate.height()) >= 44


def test_the_quality_of_each_source_is_told(rig: Rig) -> None:
    coming_in(rig, nudge_frames=-2, chosen="truck")
    plate = rig.window.page.head.code
    assert plate.accessibleDescription() == "Locked, truck at 01:00:10:05, \u22122 f · ±0.8 ms"
    assert plate.toolTip().splitlines() == [
        "truck: locked at 01:00:10:05, 25 fps, jitter 0.8 ms, drift \u221212 ppm, 1 drop-out, "
        "2 refused (a jump of +4.00 s), chosen by hand",
        "spare: waiting, 25 fps, no code yet",
        "Press to follow it no more (Ctrl+Shift+T)",
    ]


@pytest.mark.parametrize(("word", "on"), [("locked", False), ("lost", False), ("off", True), ("aside", True)])
def test_a_press_follows_the_code_or_leaves_it(rig: Rig, qtbot: QtBot, word: ChaseWord, on: bool) -> None:
    coming_in(rig, word)
    assert rig.window.actions_by_id["code.chase"].isChecked() is (word != "off")
    qtbot.mouseClick(rig.window.page.head.code, Qt.MouseButton.LeftButton)
    assert rig.sent == [SetChase(id=1, on=on)]


def test_nudge_jam_source_and_item_are_asked_of_the_engine(rig: Rig) -> None:
    coming_in(rig, chosen="truck")
    for action in ("code.later", "code.earlier", "code.jam", "code.source", "code.moves"):
        rig.window.run_action(action)
    assert rig.sent == [
        NudgeCode(id=1, frames=1),
        NudgeCode(id=2, frames=-1),
        Jam(id=3),
        ChooseSource(id=4, source="spare"),
        LetCodeMove(id=5, allowed=True),
    ]
    coming_in(rig, sources=(SPARE,))
    rig.window.run_action("code.jam")
    assert rig.desk.lines[-1].words == "Jam to timecode: no source of timecode is locked"
