"""Cues moved on the timeline by a real mouse and by keys: one gesture, one edit, and undo gives the bytes back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from console.show.show_json import show_to_json
from tests.support.builders import at_bar, song_show
from tests.support.snapshots import make_snapshot
from tests.ui.conftest import Rig
from ui.timeline.gutter import GUTTER_PX
from ui.timeline.layout import HEAD_PX

LEFT = Qt.MouseButton.LeftButton
NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def song(rig: Rig) -> Rig:
    show = song_show()
    rig.open(show, make_snapshot(show))
    rig.desk.mode = "rehearsal"
    rig.window.page.timeline.zoom_to_show()
    rig.window.page.timeline.grab()  # lays the scene out
    return rig


def point_of(rig: Rig, cue: str) -> QPoint:
    timeline = rig.window.page.timeline
    scene = timeline._scene
    assert scene is not None
    box = next(each for each in scene.clips if each.cue == cue)
    lane = timeline._lanes[box.lane]
    return QPoint(GUTTER_PX + round(box.x_px) + 2, HEAD_PX + lane.top_px + lane.height_px // 2)


def drag(rig: Rig, start: QPoint, by: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    viewport = rig.window.page.timeline.viewport()
    QTest.mousePress(viewport, LEFT, modifiers, start)
    for part in (3, 2, 1):
        QTest.mouseMove(viewport, start + by / part)
    QTest.mouseRelease(viewport, LEFT, modifiers, start + by)
    rig.link.answer()


def bars_px(rig: Rig, bars: int) -> int:
    return round(bars * 2_000_000_000 / rig.window.page.timeline.axis.ns_per_px)


def test_a_clip_is_dragged_to_the_bar_it_is_let_go_near(song: Rig) -> None:
    assert song.desk.show is not None
    before = show_to_json(song.desk.show)
    drag(song, point_of(song, "song-verse"), QPoint(bars_px(song, 1) + 3, 0))
    assert song.desk.show.cue_by_id["song-verse"].at == at_bar(6)
    assert song.desk.selected == "song-verse"
    assert song.desk.undo_name == "Move cue 1.4 by +2.000 s"
    song.window.actions_by_id["edit.undo"].trigger()
    song.link.answer()
    assert show_to_json(song.desk.show) == before


def test_with_shift_it_does_not_snap(song: Rig) -> None:
    assert song.desk.show is not None
    drag(song, point_of(song, "song-verse"), QPoint(bars_px(song, 1) + 3, 0), SHIFT)
    at = song.desk.show.cue_by_id["song-verse"].at
    assert at.on == "bar"
    assert at != at_bar(6)


def test_what_is_picked_goes_together(song: Rig) -> None:
    assert song.desk.show is not None
    viewport = song.window.page.timeline.viewport()
    QTest.mouseClick(viewport, LEFT, NONE, point_of(song, "song-verse"))
    QTest.mouseClick(viewport, LEFT, CTRL, point_of(song, "song-clip"))
    assert song.desk.picked == ("song-verse", "song-clip")
    drag(song, point_of(song, "song-verse"), QPoint(bars_px(song, 2), 0))
    assert song.desk.show.cue_by_id["song-verse"].at == at_bar(7)
    assert song.desk.show.cue_by_id["song-clip"].at == at_bar(7)


def test_a_band_picks_what_it_touches(song: Rig) -> None:
    timeline = song.window.page.timeline
    start = QPoint(timeline.viewport().width() - 4, timeline.viewport().height() - 4)
    one = point_of(song, "song-bridge")
    drag(song, start, QPoint(one.x() - 6, HEAD_PX + 2) - start, CTRL)
    assert "song-bridge" in song.desk.picked
    assert "song-intro" not in song.desk.picked


def test_the_other_button_breaks_a_drag_off(song: Rig) -> None:
    viewport, start = song.window.page.timeline.viewport(), point_of(song, "song-verse")
    QTest.mousePress(viewport, LEFT, NONE, start)
    QTest.mouseMove(viewport, start + QPoint(60, 0))
    QTest.mousePress(viewport, Qt.MouseButton.RightButton, NONE, start + QPoint(60, 0))
    QTest.mouseRelease(viewport, LEFT, NONE, start + QPoint(60, 0))
    assert song.link.asked == []


def test_in_performance_a_drag_pushes_the_view_and_changes_nothing(song: Rig) -> None:
    song.desk.mode = "show"
    song.window.page.timeline.show_snapshot(song.desk)
    drag(song, point_of(song, "song-verse"), QPoint(-80, 0))
    assert song.desk.undo_name == ""


def test_keys_nudge_and_ripple_takes_along_what_is_behind(song: Rig) -> None:
    assert song.desk.show is not None
    song.window.page.cues.table.selectRow(song.window.page.cues.model.row_of("song-verse") or 0)
    song.window.actions_by_id["time.beat_later"].trigger()
    song.link.answer()
    assert song.desk.show.cue_by_id["song-verse"].at == at_bar(5, 2)
    assert song.desk.undo_name == "Move cue 1.4 1 beat later"
    song.window.actions_by_id["time.ripple"].trigger()
    song.window.actions_by_id["time.bar_later"].trigger()
    song.link.answer()
    assert song.desk.show.cue_by_id["song-verse"].at == at_bar(6, 2)
    assert song.desk.show.cue_by_id["song-bridge"].at == at_bar(10, 3, 240)
    assert song.desk.show.cue_by_id["song-clip"].at == at_bar(5)


def test_zoom_goes_to_what_is_picked_and_to_the_section(song: Rig) -> None:
    timeline = song.window.page.timeline
    QTest.mouseClick(timeline.viewport(), LEFT, NONE, point_of(song, "song-verse"))
    song.window.actions_by_id["zoom.picked"].trigger()
    whole = timeline.axis
    assert 0 < timeline.axis.ns_to_x(timeline._sight.cue_ns("song-verse") or 0) < timeline.viewport().width()
    timeline._cursor = ("song", 9_000_000_000)
    song.window.actions_by_id["zoom.section"].trigger()
    assert timeline.axis != whole
    span = timeline._sight.section_span()
    assert span is not None
    assert span[1] - span[0] == 8_000_000_000
