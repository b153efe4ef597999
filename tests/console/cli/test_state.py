"""``showcaller state``: what every parameter should be at a place, as this house would be told it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from console.show.cues import Point, Step
from console.show.show import Role, Show
from tests.support.builders import ROLES, at_bar, make_cue, song_show, step
from tests.support.command_line import CommandLine

Save = Callable[[Show], Path]

GRAPHICS = Role(id="video.graphics", department="VID", verbs=("opacity.set", "text.take"))


def at_foh(number: str, bar: int, db: float, fade_s: float | None = None, strip: str = "ch/1") -> Any:
    cue = f"foh-{number}"
    return make_cue(cue, number, at_bar(bar), step("level.set", strip=strip, db=db, fade_s=fade_s), role="audio.foh")


def at_screens(number: str, bar: int, level: float, fade_s: float, role: str = "video.server") -> Any:
    cue = f"vid-{number}"
    return make_cue(cue, number, at_bar(bar), step("opacity.set", layer="1", level=level, fade_s=fade_s), role=role)


@pytest.fixture
def at(call: CommandLine, saved: Save, hall: Path) -> Callable[..., dict[tuple[str, str], dict[str, Any]]]:
    """The parameters at a place of the small song with more cues, by role and parameter."""

    def ask(place: str, *more: Any) -> dict[tuple[str, str], dict[str, Any]]:
        show = song_show(*more, roles=(*ROLES, GRAPHICS))
        found = call.well("state", saved(show), "--venue", hall, "--at", place, "--json").json
        return {(each["role"], each["parameter"]): each for each in found["parameters"]}

    return ask


def test_a_parameter_is_told_with_the_cue_that_set_it(call: CommandLine, saved: Save, hall: Path):
    found = call.well("state", saved(song_show()), "--venue", hall, "--at", "song@5.1", "--json").json
    assert found["at"] == {"item": "song", "seconds": 8.0, "timecode": "01:00:12:00"}
    assert found["parameters"][1] == {
        "role": "lighting.main",
        "parameter": "cue main",
        "verb": "cue.fire",
        "args": {"playback": "main", "list": 1, "cue": "20"},
        "value": {"list": 1, "cue": "20"},
        "settling": True,
        "cue": "song-verse",
        "number": "1.4",
        "devices": ["desk"],
        "house": "",
    }


def test_values_track_whether_played_or_not(at: Any):
    assert [each["cue"] for each in at("song@1.1").values()] == ["song-load", "song-intro"]
    last = at("song@16.4")
    assert last["lighting.main", "cue main"]["value"] == {"list": 1, "cue": "40"}
    assert last["video.server", "clip main"]["devices"] == ["screens", "screens-b"]


def test_what_the_house_lacks_is_said(at: Any):
    shot = at("song@9.1")["camera.cueing", "camera cam-1"]
    assert (shot["devices"], shot["house"]) == ([], "not sent here: no camera cards here")


def test_a_fade_is_on_its_way_from_what_stood_before(at: Any):
    cues = (at_foh("1.91", 1, -20.0), at_foh("1.92", 5, 0.0, fade_s=4.0))
    level = ("audio.foh", "level ch/1")
    assert at("song@4.4", *cues)[level]["value"] == {"db": -20.0}
    assert at("song@6.1", *cues)[level]["value"] == {"db": pytest.approx(-10.0)}
    assert at("song@6.1", *cues)[level]["args"] == {"strip": "ch/1", "db": 0.0}
    assert at("song@7.1", *cues)[level]["value"] == {"db": 0.0}


def test_a_fade_from_nothing_snaps_or_starts_at_the_device_s_rest(at: Any):
    assert at("song@6.1", at_foh("1.91", 5, -6.0, fade_s=4.0))["audio.foh", "level ch/1"]["value"] == {"db": -6.0}
    resting = at("song@6.1", at_screens("1.91", 5, 0.0, fade_s=4.0))  # an Arena layer rests at 1
    assert resting["video.server", "opacity 1"]["value"] == {"level": pytest.approx(0.5)}


def test_a_fade_that_the_device_times_itself_is_settling(at: Any):
    cues = (at_screens("1.91", 5, 0.25, fade_s=4.0, role="video.graphics"),)
    opacity = ("video.graphics", "opacity 1")
    on_its_way = at("song@6.1", *cues)[opacity]
    assert (on_its_way["value"], on_its_way["settling"]) == ({"level": 0.25}, True)
    assert at("song@7.1", *cues)[opacity]["settling"] is False


def test_points_are_followed(at: Any):
    points = (Point(offset_s=2.0, value=-30.0), Point(offset_s=4.0, value=-10.0))
    ride = Step(verb="level.set", args={"strip": "ch/1", "db": 0.0}, points=points)
    cues = (at_foh("1.91", 1, -20.0), make_cue("ride", "1.92", at_bar(5), ride, role="audio.foh"))
    level = ("audio.foh", "level ch/1")
    assert at("song@6.1", *cues)[level]["value"] == {"db": pytest.approx(-30.0)}
    assert at("song@6.3", *cues)[level]["value"] == {"db": pytest.approx(-20.0)}


def test_silence_is_written_as_show_files_write_it(at: Any):
    off = at("song@6.1", at_foh("1.91", 1, float("-inf")))["audio.foh", "level ch/1"]
    assert off["value"] == {"db": "-inf"}


def test_for_a_person_it_is_a_table(call: CommandLine, saved: Save, hall: Path):
    show = song_show(at_foh("1.91", 1, -20.0), at_foh("1.92", 5, 0.0, fade_s=4.0))
    said = call.well("state", saved(show), "--venue", hall, "--at", "song@6.1")
    assert said.lines[0] == ("song at 10.000000 s, timecode 01:00:14:00, Test in Small Hall: 5 parameters set so far")
    assert said.lines[1].split() == ["role", "parameter", "verb", "value", "cue", "in", "this", "house"]
    level = next(line for line in said.lines if "level.set" in line)
    assert [cell.strip() for cell in level.split("  ") if cell] == [
        "audio.foh", "level ch/1", "level.set", "-10 dB", "1.92 foh-1.92", "foh"
    ]  # fmt: skip
    assert "list=1 cue=20" in said.out
    assert "screens + screens-b" in said.out


def test_in_another_house_the_same_show_has_other_devices(call: CommandLine):
    words = ["state", "half-light", "--at", "song-harbour-signals@17.1", "--json", "--venue"]
    home, away = (call.well(*words, venue).json for venue in ("halcyon-dome", "gaslight-exchange"))
    wanted = [{name: each[name] for name in ("role", "parameter", "value", "cue")} for each in home["parameters"]]
    assert wanted == [
        {name: each[name] for name in ("role", "parameter", "value", "cue")} for each in away["parameters"]
    ]
    assert home["parameters"] != away["parameters"]


def test_a_place_that_is_none_is_the_call_s_fault(call: CommandLine):
    answer = call("state", "half-light", "--venue", "halcyon-dome", "--at", "song-undertow@999.1")
    assert answer.code == 2
    assert answer.fault.startswith("song-undertow@999.1 is not in song-undertow")
