"""The arming panel with the engine's own words, from calm to armed."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from console.engine.hazards import Act, Hazards
from console.engine.lines import Lines
from console.show.cues import Cue
from console.show.show import Show
from console.vocabulary import Arm, ArmState
from profiles.venue_lines import InputLine
from tests.support.builders import at_bar, make_cue, song_show, step
from tests.support.snapshots import make_snapshot
from tests.ui.conftest import Rig
from ui.arming_panel import ROW_PX, lay_needs
from ui.theme.colours import DARK

S = 1_000_000_000
NS_AT_BAR_13 = 24 * S


def flames(*bars: int) -> Show:
    """Flames in the song, each armed by two within ten seconds."""
    fire = step("effect.fire", device="flame")
    armed = {"hazard": "high", "arm": ("operator", "pyro"), "arm_window_s": 10.0, "zone_clear": "stage"}
    made = (
        make_cue(f"flame-{bar}", f"9.{bar:02}", at_bar(bar), fire, role="sfx.pyro", label=f"Flame {bar}", **armed)
        for bar in bars
    )
    return song_show(*made)


def engine_says(cues: Sequence[Cue], *given: str, lines: Sequence[str] = ()) -> list[ArmState]:
    """Arm states in the words of the engine itself."""
    enable = InputLine(id="pyro-enable", kind="enable", roles=("sfx.pyro",), osc="/in/1", stale_s=60)
    hazards = Hazards(Lines({enable.id: enable}))
    for line in lines:
        hazards.lines.put(line, 0, 1.0, "osc")
    for role in given:
        hazards.arm(cues[0], role, 0, "operator")
    return [
        ArmState(
            cue=cue.id,
            given=tuple(hazards.given(cue, 0)),
            missing=hazards.missing(cue, 0, (Act("sfx.pyro", {}),)),
            by=tuple(yes.by for yes in hazards.given(cue, 0).values()),
        )
        for cue in cues
    ]


def waits(rig: Rig, show: Show, seconds_before: float, *given: str, lines: Sequence[str] = ()) -> list[str]:
    """The labels of the arm buttons that are seen so long before bar 13."""
    hazards = [cue for cue in show.cues if cue.hazard == "high"]
    position_ns = NS_AT_BAR_13 - round(seconds_before * S)
    armed = engine_says(hazards, *given, lines=lines)
    rig.open(show, make_snapshot(show, "song", position_ns, armed=armed))
    QApplication.processEvents()
    return [each.text() for each in rig.window.page.arming.findChildren(QPushButton) if each.isVisible()]


def ground(rig: Rig) -> QColor:
    card = rig.window.page.arming.card
    return card.grab().toImage().pixelColor(card.width() // 2, 4)


def test_a_hazard_that_is_far_off_is_one_quiet_row(rig: Rig) -> None:
    assert waits(rig, flames(13), 20) == []
    panel = rig.window.page.arming
    assert (panel.card.isVisible(), panel.rows.isVisible()) == (False, True)
    assert panel.rows.height() == ROW_PX
    picture = panel.rows.grab().toImage()
    assert picture.pixelColor(picture.width() // 2, 3).name() == DARK.raised


def test_within_its_window_it_asks_and_amber_says_so(rig: Rig, qtbot: QtBot) -> None:
    assert waits(rig, flames(13), 9) == ["Arm as operator", "Arm as pyro"]
    assert ground(rig).name() == DARK.caution_fill
    assert rig.window.page.arming.card.accessibleName() == "PYRO 9.13  Flame 13: not armed"
    button = rig.window.page.arming.findChild(QPushButton, "arm:flame-13:pyro")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert rig.sent == [Arm(id=1, cue="flame-13", role="pyro")]


def test_who_has_said_yes_is_not_asked_again_and_an_armed_one_asks_nobody(rig: Rig) -> None:
    show = flames(13)
    assert waits(rig, show, 9, "pyro") == ["Arm as operator"]
    assert waits(rig, show, 9, "pyro", "operator") == []
    card = rig.window.page.arming.card
    assert card.accessibleName().endswith("not armed")  # the enable line is low, the zone not clear
    assert waits(rig, show, 9, "pyro", "operator", lines=("pyro-enable", "zone:stage")) == []
    assert card.accessibleName() == "PYRO 9.13  Flame 13: armed"


def test_of_several_one_asks_and_the_others_share_a_row(rig: Rig) -> None:
    show = flames(13, 14, 15, 16)
    assert waits(rig, show, 5) == ["Arm as operator", "Arm as pyro"]
    panel = rig.window.page.arming
    assert panel.card.accessibleName().startswith("PYRO 9.13")
    assert panel.rows.height() == ROW_PX
    rig.desk.selected = "flame-15"
    waits(rig, show, 20)
    rig.desk.selected = "flame-15"
    rig.window.show_now()
    assert panel.card.accessibleName().startswith("PYRO 9.15")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1600, 900)])
def test_a_card_that_comes_covers_nothing(rig: Rig, width: int, height: int) -> None:
    rig.window.resize(width, height)
    waits(rig, flames(13, 14, 15, 16), 5)
    page = rig.window.page
    parts = [page.arming.card, page.arming.rows, page.devices_heading, page.lamps, page.messages]
    edges = [(part.mapTo(page, part.rect().topLeft()).y(), part.height()) for part in parts]
    for (top, tall), (below, _) in pairwise(edges):
        assert top + tall <= below
    assert edges[-1][0] + edges[-1][1] <= page.go_bar.y()


@given(st.lists(st.floats(1, 400), max_size=9), st.floats(100, 400))
def test_needs_stand_in_their_order_and_never_on_one_another(widths_px: list[float], room_px: float) -> None:
    places = lay_needs(widths_px, room_px)
    assert len(set(places)) == len(places) == len(widths_px)
    assert places == sorted(places)
    for (row, x_px), width_px in zip(places, widths_px, strict=True):
        alone = [other for other, _ in places].count(row) == 1
        assert alone or x_px + width_px <= room_px + 0.001
