"""Half-Light, the concert that ships: what an operator who knows it would look for."""

from __future__ import annotations

from collections import Counter

import pytest

from console.plan.schedule import Schedule, build_schedule
from console.samples.library import sample_path
from console.show.cues import After, AtBar, AtOffset, Called, Cue
from console.show.show import Show
from console.show.show_file import read_show


@pytest.fixture(scope="module")
def show() -> Show:
    return read_show(sample_path("half-light")).show


@pytest.fixture(scope="module")
def schedule(show: Show) -> Schedule:
    return build_schedule(show)


def only_step(cue: Cue) -> tuple[str, dict[str, object]]:
    (step,) = cue.steps
    return step.verb, dict(step.args)


def test_the_evening_is_whole(show: Show) -> None:
    assert (len(show.songs), len(show.items), len(show.cues)) == (18, 40, 676)
    assert (show.rate, show.programme_s, show.hard_out_s) == ("25", 5400.0, 5400.0)
    assert show.on_air == "2026-09-19T20:00:00+01:00"
    assert sum(item.planned_s for item in show.items) == pytest.approx(5400.0)


def test_cues_stand_on_bars_are_called_or_follow(show: Show) -> None:
    kinds = Counter(type(cue.at) for cue in show.cues)
    assert kinds == {AtBar: 560, AtOffset: 54 + 17, Called: 25 + 3, After: 17}
    assert sum(cue.starts_item for cue in show.cues) == 17 + 3
    assert sum(cue.warn_s is not None for cue in show.cues) == 24 + 3
    assert sum(bool(cue.call) for cue in show.cues) == 23 + 3


def test_every_ask_has_its_verb(show: Show) -> None:
    assert Counter(only_step(cue)[0] for cue in show.cues) == {
        "camera.shot": 282,
        "cue.fire": 155,
        "clip.play": 51 + 3,
        "zone.effect": 51,
        "scene.recall": 18,
        "clip.load": 18,
        "text.load": 18,
        "text.take": 17,
        "text.clear": 17,
        "transport.play": 17,
        "station.standby": 17,
        "effect.fire": 10,
        "automation.release": 1,
        "zone.scene": 1,
    }


def test_the_tracks_of_a_song_start_it(show: Show) -> None:
    cue = show.cue_by_id["harbour-signals-025"]
    assert (cue.number, cue.item, cue.warn_s, cue.call) == ("1.025", "song-harbour-signals", 15.0, "Tracks 1 ... GO")
    assert cue.starts_item
    assert cue.is_called
    assert only_step(cue) == ("transport.play", {"session": "tracks/01-harbour-signals"})


def test_a_lower_third_goes_out_after_six_seconds(show: Show) -> None:
    cue = show.cue_by_id["harbour-signals-215"]
    assert cue.at == After(on="after", cue="harbour-signals-210", of="start", delay_s=6.0)
    assert only_step(cue) == ("text.clear", {"template": "song_l3"})


def test_light_has_the_time_of_the_desk(show: Show) -> None:
    intro, chorus = show.cue_by_id["harbour-signals-030"], show.cue_by_id["harbour-signals-075"]
    assert only_step(intro) == ("cue.fire", {"list": 1, "cue": "10"})
    assert (intro.steps[0].fade_s, chorus.steps[0].fade_s) == (2.0, 0.0)


def test_a_mix_of_twelve_frames_is_480_ms(show: Show) -> None:
    mixes = [args for cue in show.cues if (args := only_step(cue)[1]).get("transition") == "mix"]
    assert len(mixes) == 19
    assert {args["ms"] for args in mixes} == {480}
    assert only_step(show.cue_by_id["glass-orchard-040"])[1]["ms"] == 480


def test_what_is_dangerous_is_armed(show: Show) -> None:
    high = [cue for cue in show.cues if cue.hazard == "high"]
    assert [cue.id for cue in high] == ["harbour-signals-220", *(f"evergreen-arcade-{n}" for n in (225, 230, 235, 240))]
    kabuki = high[0]
    assert (kabuki.arm, kabuki.arm_window_s) == (("operator", "stage-left"), 20.0)
    assert (kabuki.zone_clear, kabuki.advance_ms) == ("downstage", 180.0)
    assert sum(cue.hazard == "low" for cue in show.cues) == 6
    assert [cue.id for cue in show.cues if cue.once_per_show] == ["goodnight-ursa-minor-215"]


def test_vamps_repeat_as_planned(show: Show) -> None:
    vamps = {section.id: section.vamp for song in show.songs for section in song.sections if section.vamp is not None}
    assert list(vamps) == ["glass-orchard/talk-vamp", "borrowed-thunder/drum-vamp", "undertow/crowd-vamp"]
    drums = vamps["borrowed-thunder/drum-vamp"]
    assert (drums.min_repeats, drums.planned_repeats, drums.max_repeats) == (2, 6, 24)
    assert (drums.exit, drums.exit_quantum_bars, drums.timecode) == ("quantum", 2, "hold")
    assert vamps["undertow/crowd-vamp"].timecode == "loop"


def test_the_b_stage_song_has_no_click_and_every_cue_is_called(show: Show) -> None:
    song = show.song_by_id["lanterns-for-june"]
    assert (song.click, song.metres, song.tempi, song.tc_start) == (False, (), (), None)
    assert sum(section.nominal_s or 0 for section in song.sections) == 224
    cues = show.cues_by_item["song-lanterns-for-june"]
    assert [cue.is_called for cue in cues] == [False] * 3 + [True] * 8
    assert not any(cue.starts_item for cue in cues)


def test_films_are_rolled_by_hand(show: Show) -> None:
    films = [cue for cue in show.cues if cue.number.startswith("0.")]
    assert [(cue.item, only_step(cue)[1]["clip"]) for cue in films] == [
        ("open-film", "VT_OPEN"),
        ("ad-1", "VT_FILL_1"),
        ("ad-2", "VT_FILL_2"),
    ]
    assert all(cue.starts_item and cue.is_called and cue.warn_s and cue.call for cue in films)
    assert [cue.length_s for cue in films] == [55.0, 90.0, 90.0]


def test_the_running_order_can_breathe(show: Show) -> None:
    items = show.item_by_id
    assert [item.id for item in show.items if item.absorbs] == ["credits"]
    assert items["talk-borrowed-thunder"].flex
    assert (items["talk-borrowed-thunder"].min_s, items["talk-borrowed-thunder"].max_s) == (25.0, 150.0)
    kept = {"song-harbour-signals", "song-evergreen-arcade", "song-goodnight-ursa-minor"}
    assert {item.id for item in show.items if item.song and not item.droppable} == kept
    assert [item.id for item in show.items if item.start is not None] == ["song-undertow", "song-goodnight-ursa-minor"]
    assert items["encore-wait"].clock == "up"
    breaks = [item.ad_break for item in show.items if item.ad_break is not None]
    assert [(each.id, each.duration_s, each.pre_roll_ms) for each in breaks] == [(2001, 90.0, 8000), (2002, 90.0, 8000)]


def test_roles_are_what_the_show_asks_not_what_a_house_has_twice(show: Show) -> None:
    ids = {role.id for role in show.roles}
    assert len(ids) == 19
    assert ids.isdisjoint({"lighting.backup", "audio.playback_b", "video.server_b", "timecode.in", "vote.feed"})
    assert {role.id: role.hazard for role in show.roles if role.hazard != "none"} == {
        "stage.automation": "high",
        "sfx.pyro": "high",
        "sfx.atmos": "low",
    }
    assert {role.department for role in show.roles} == {department.id for department in show.departments}


def test_departments_can_be_read_on_a_dark_screen(show: Show) -> None:
    colours = [department.colour or "" for department in show.departments]
    assert len(set(colours)) == len(colours)
    for colour in colours:
        assert contrast(colour, "#202226") >= 7.0


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two colours."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("cue", "seconds", "label"),
    [  # reckoned independently of this project
        ("harbour-signals-220", 77.419355, "01:01:21:07"),  # 41.1.0 at 124 in 4/4
        ("kilometre-zero-135", 165.409091, "04:02:49:19"),  # 77.3.240 in 7/8
        ("glass-orchard-155", 8.571429, "05:00:12:21"),  # 5.1.0 in 3/4
        ("moth-season-095", 113.684211, "07:02:00:00"),  # 37.1.0, a ramp starts
        ("moth-season-105", 125.694226, "07:02:12:00"),  # 41.1.0, half way up it
        ("threadbare-180", 8.275862, "10:00:12:10"),  # 5.1.0 in 6/8
    ],
)
def test_cues_are_when_they_are(schedule: Schedule, cue: str, seconds: float, label: str) -> None:
    found = schedule.cue_times[cue]
    assert found.position_ns is not None
    assert found.position_ns / 1e9 == pytest.approx(seconds, abs=1e-6)
    assert str(found.timecode) == label


def test_nothing_stands_where_it_cannot(schedule: Schedule) -> None:
    assert schedule.problems == ()
    assert len(schedule.order) == 676
