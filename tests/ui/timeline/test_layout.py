import json
import subprocess
import sys
from dataclasses import asdict
from itertools import pairwise
from typing import Any

import pytest

from console.plan.schedule import build_schedule
from console.show.show import Show
from console.show.songs import Vamp
from profiles.timecode import frame_rate
from tests.support.builders import at_bar, big_show, evening_show, light, make_cue, song_show
from tests.support.golden import Golden
from ui.timeline.clips import CELL_NS, build_clip_book
from ui.timeline.geometry import Axis, build_strip, fit_axis
from ui.timeline.layout import LANE_LEAST_PX, LANE_MOST_PX, Scene, Score, build_scene, clip_at, lay_lanes
from ui.timeline.rulers import Tick

S = 1_000_000_000


def scene_of(show: Show, axis: Axis, width_px: int = 1200, height_px: int = 300) -> Scene:
    schedule = build_schedule(show)
    score = Score(build_clip_book(show, schedule), schedule, frame_rate(show.rate))
    lanes = lay_lanes(score.book.tracks, height_px)
    return build_scene(score, build_strip(schedule, {}), axis, lanes, 0, width_px)


def as_text(scene: Scene) -> str:
    def plain(value: Any) -> Any:
        if isinstance(value, float):
            return round(value, 2)
        if isinstance(value, Tick):
            return [round(value.x_px, 2), value.label] if value.label else round(value.x_px, 2)
        if hasattr(value, "_asdict"):
            return {name: plain(part) for name, part in value._asdict().items()}
        if isinstance(value, dict):
            return {name: plain(part) for name, part in value.items()}
        return [plain(part) for part in value] if isinstance(value, list | tuple) else value

    parts = (f"{json.dumps(name)}: {_rows(plain(getattr(scene, name)))}" for name in asdict(scene))
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _rows(part: Any) -> str:
    if isinstance(part, dict):
        rows = [f"{json.dumps(name)}: {json.dumps(row, ensure_ascii=False)}" for name, row in part.items()]
        return "{\n " + ",\n ".join(rows) + "\n}"
    return "[\n " + ",\n ".join(json.dumps(row, ensure_ascii=False) for row in part) + "\n]"


@pytest.mark.parametrize(
    ("name", "axis"),
    [
        ("evening", fit_axis(0, 158 * S, 1200)),
        ("song", fit_axis(20 * S, 56 * S, 1200)),
        ("bar", Axis(31_500_000_000, 3_000_000)),
    ],
)
def test_the_layout_is_as_it_was_agreed(golden: Golden, name: str, axis: Axis) -> None:
    golden.check_text(f"timeline/{name}.json", as_text(scene_of(evening_show(), axis)))


def test_a_vamp_is_laid_out_once_and_says_how_often_it_goes_round(golden: Golden) -> None:
    show = song_show(vamp=Vamp(planned_repeats=3))
    golden.check_text("timeline/vamp.json", as_text(scene_of(show, fit_axis(0, 52 * S, 1200))))


def test_where_two_items_meet_the_ruler_counts_for_the_second() -> None:
    scene = scene_of(evening_show(), Axis(52 * S, 10_000_000))
    (talk,) = (item for item in scene.items if item.title == "Talk")
    here = [tick.label for ruler in scene.ticks.values() for tick in ruler if abs(tick.x_px - talk.x_px) < 0.5]
    assert here == ["0:00"]  # and neither the song's bar 17 nor its last second


def test_what_is_too_many_becomes_density_and_none_is_lost() -> None:
    show = big_show(cues=4000, songs=4)
    scene = scene_of(show, fit_axis(0, 2000 * S, 1200))
    counted = sum(sum(density.counts) for density in scene.densities)
    assert counted + len(scene.clips) == 4000
    assert len(scene.clips) + len(scene.densities) < 200


def test_near_enough_density_becomes_clips() -> None:
    show = big_show(cues=4000, songs=4)
    scene = scene_of(show, Axis(100 * S, 2_000_000))
    assert not scene.densities
    assert scene.clips


def test_the_pyramid_counts_the_same_on_every_level() -> None:
    show = big_show(cues=1000, songs=2)
    schedule = build_schedule(show)
    book = build_clip_book(show, schedule)
    for runs in book.runs.values():
        for run in runs.values():
            for level in (CELL_NS, 2 * CELL_NS, 64 * CELL_NS, 4096 * CELL_NS):
                assert sum(run.cells(level).values()) == len(run.clips)


def test_labels_end_before_the_next_clip_begins() -> None:
    cues = [make_cue(f"c{bar}", f"7.{bar:02}", at_bar(bar), light(str(bar))) for bar in range(1, 17)]
    for ns_per_px in (10_000_000, 30_000_000, 60_000_000):
        scene = scene_of(song_show(*cues), Axis(0, ns_per_px))
        by_lane: dict[int, list[tuple[float, float]]] = {}
        for box in scene.clips:
            by_lane.setdefault(box.lane, []).append((box.x_px, box.label_px))
        for boxes in by_lane.values():
            for (x_px, label_px), (next_px, _) in pairwise(boxes):
                assert not label_px or x_px + label_px <= next_px


def test_lanes_share_the_height_within_what_is_readable() -> None:
    show = evening_show()
    tracks = build_clip_book(show, build_schedule(show)).tracks
    assert [track.role for track in tracks] == [
        "lighting.main",
        "audio.foh",
        "audio.playback",
        "video.server",
        "camera.cueing",
    ]
    assert {lane.height_px for lane in lay_lanes(tracks, 40)} == {LANE_LEAST_PX}
    assert {lane.height_px for lane in lay_lanes(tracks, 5000)} == {LANE_MOST_PX}
    assert {lane.height_px for lane in lay_lanes(tracks, 150)} == {30}
    assert lay_lanes((), 100) == ()


def test_the_hit_test_agrees_with_the_layout() -> None:
    show = evening_show()
    schedule = build_schedule(show)
    score = Score(build_clip_book(show, schedule), schedule, frame_rate(show.rate))
    lanes = lay_lanes(score.book.tracks, 200)
    scene = build_scene(score, build_strip(schedule, {}), fit_axis(20 * S, 56 * S, 1200), lanes, 0, 1200)
    for box in scene.clips:
        lane = lanes[box.lane]
        hit = clip_at(scene, lanes, box.x_px + 1, lane.top_px + 1)
        assert hit is not None
        assert hit.lane == box.lane
        assert abs(hit.x_px - box.x_px) <= 4
    assert clip_at(scene, lanes, -500, 5) is None


def test_what_decides_the_layout_needs_no_qt() -> None:
    modules = "ui.timeline.geometry, ui.timeline.clips, ui.timeline.rulers, ui.timeline.layout, ui.timeline.tools"
    state = "ui.actions, ui.state.calls, ui.state.go, ui.state.keys, ui.state.lamps, ui.state.rows, ui.state.shelf"
    code = f"import {modules}, {state}, ui.theme.colours, sys; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
