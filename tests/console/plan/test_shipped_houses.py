"""The shipped shows in the shipped houses: everything resolves, and is what the house's crew expects."""

from functools import cache
from typing import Any

import pytest

from console.plan.asks import asks_of
from console.plan.patch import Patch, build_patch
from console.plan.preflight import Report, preflight
from console.samples.library import list_samples, sample_path
from console.show.show import Show
from console.show.validate import validate
from devices.encode import ProfileEncoder
from profiles.library import load_profiles
from profiles.venue_library import list_venues, load_venue

HALCYON, GASLIGHT = "halcyon-dome", "gaslight-exchange"
HOUSES = [entry.id for entry in list_venues()]


@cache
def load_show(sample: str) -> Show:
    return Show.model_validate_json(sample_path(sample).read_text(encoding="utf-8"))


@cache
def join(sample: str, house: str) -> tuple[Patch, ProfileEncoder, Report]:
    show = load_show(sample)
    venue, _ = load_venue(house)
    assert venue is not None
    profiles, _ = load_profiles(device.profile for device in venue.devices)
    patch = build_patch(show, venue, profiles)
    encoder = ProfileEncoder(patch.devices)
    return patch, encoder, preflight(show, validate(show), venue, patch, encoder)


@pytest.mark.parametrize("house", HOUSES)
@pytest.mark.parametrize("sample", list_samples())
def test_every_shipped_show_opens_in_every_house_without_an_error(sample: str, house: str):
    _, _, report = join(sample, house)
    assert [str(problem) for problem in report.problems if problem.severity == "error"] == []


@pytest.mark.parametrize("house", HOUSES)
def test_every_cue_of_the_concert_is_sent_or_left_out_on_purpose(house: str):
    patch, encoder, _ = join("half-light", house)
    for ask in asks_of(load_show("half-light")):
        bound = patch.bind(ask.role, ask.step.verb, ask.args)
        assert bound.why in (None, "absent"), (ask.cue.id, bound.skipped)
        for send in bound.addressed:
            assert encoder.encode(send.device, send.verb, send.args)


def test_the_concert_passes_at_home_and_warns_away():
    home, away = join("half-light", HALCYON)[2], join("half-light", GASLIGHT)[2]
    assert home.verdict == "PASS"
    assert away.verdict == "WARN"
    assert {problem.code for problem in away.problems if problem.severity == "warning"} == {"venue.fold"}


def sent(house: str, role: str, verb: str, **args: Any) -> list[tuple[str, dict[str, Any]]]:
    """Device and mapped arguments of each send, without defaults that a test does not name."""
    bound = join("half-light", house)[0].bind(role, verb, args)
    assert bound.skipped is None
    return [(each.device, {name: each.args[name] for name in args}) for each in bound.addressed]


def test_scenes_count_from_one_at_both_consoles():
    for house in (HALCYON, GASLIGHT):
        assert sent(house, "audio.foh", "scene.recall", scene=107) == [("foh", {"scene": 7})]


@pytest.mark.parametrize(
    ("clip", "column"),
    [
        ("S01_SCREENS", 10),
        ("S07_CHORUS_2", 72),
        ("S11_DROP_3", 113),
        ("S18_LAST_CHORUS", 189),
        ("VT_OPEN", 1),
        ("VT_FILL_1", 2),
        ("VT_FILL_2", 3),
    ],
)
def test_clips_are_columns_numbered_by_song_in_both_houses(clip: str, column: int):
    expected = {"layer": 1, "clip": column}
    for house, servers in ((HALCYON, ("screens-a", "screens-b")), (GASLIGHT, ("screens",))):
        made = sent(house, "video.server", "clip.play", layer="main", clip=clip)
        assert made == [(server, expected) for server in servers]


def test_no_two_clips_of_the_concert_share_a_column():
    clips = {str(ask.args["clip"]) for ask in asks_of(load_show("half-light")) if "clip" in ask.args}
    for house in (HALCYON, GASLIGHT):
        columns = {sent(house, "video.server", "clip.play", clip=clip)[0][1]["clip"] for clip in clips}
        assert len(columns) == len(clips)


def test_sessions_are_scenes_of_a_live_set_or_cues_of_a_workspace():
    asked = {"role": "audio.playback", "verb": "transport.play", "session": "tracks/07-moth-season"}
    assert sent(HALCYON, **asked) == [("tracks-a", {"session": 7}), ("tracks-b", {"session": 7})]
    assert sent(GASLIGHT, **asked) == [("tracks-a", {"session": "T07"}), ("tracks-b", {"session": "T07"})]


def test_wristband_zones_are_those_of_the_house():
    asked = {"role": "lighting.audience", "verb": "zone.off"}
    assert [args["zone"] for _, args in sent(HALCYON, **asked, zone="all")] == ["1", "2", "3"]
    assert [args["zone"] for _, args in sent(GASLIGHT, **asked, zone="all")] == ["1", "2"]
    assert sent(GASLIGHT, **asked, zone="upper") == sent(GASLIGHT, **asked, zone="lower")


def test_cameras_that_are_not_in_the_theatre_are_taken_by_their_neighbours():
    asked = {"role": "camera.cueing", "verb": "camera.standby"}
    assert sent(HALCYON, **asked, camera="cam-8-spider") == [("camera-cards", {"camera": 8})]
    assert sent(GASLIGHT, **asked, camera="cam-8-spider") == [("camera-cards", {"camera": 1})]
    assert sent(GASLIGHT, **asked, camera="cam-6-rail") == [("camera-cards", {"camera": 4})]


def test_the_theatre_has_no_flames_and_no_co2_but_confetti_from_the_grid():
    patch = join("half-light", GASLIGHT)[0]
    flame = patch.bind("sfx.pyro", "effect.fire", {"device": "flame-bar-1", "ms": 700})
    assert (flame.replaced, flame.role, flame.verb) == (True, "lighting.main", "cue.fire")
    assert dict(flame.addressed[0].args) == {"playback": "main", "list": 900, "cue": "1"}
    assert patch.bind("sfx.atmos", "effect.fire", {"device": "co2-row", "ms": 900}).skipped == "no CO2 here"
    assert sent(GASLIGHT, "sfx.atmos", "effect.fire", device="confetti-fans") == [("atmos", {"device": "1"})]


def test_the_bytes_of_a_flame_and_of_a_blinder():
    patch, encoder, _ = join("half-light", HALCYON)
    flame = patch.bind("sfx.pyro", "effect.fire", {"device": "flame-bar-3", "ms": 700}).addressed[0]
    (packet,) = encoder.encode(flame.device, flame.verb, flame.args)
    assert packet.payload.hex(" ") == "f0 7f 10 02 60 01 33 f7"
    patch, encoder, _ = join("half-light", GASLIGHT)
    blinder = patch.bind("sfx.pyro", "effect.fire", {"device": "flame-bar-3", "ms": 700}).addressed[0]
    (packet,) = encoder.encode(blinder.device, blinder.verb, blinder.args)
    assert b"Goto Sequence 900 Cue 1" in packet.payload


@pytest.mark.parametrize("house", HOUSES)
def test_panic_and_show_stop_can_be_sent_whole(house: str):
    patch, encoder, _ = join("half-light", house)
    for lines in (patch.safe_list(hard=False), patch.safe_list(hard=True), patch.show_stop_list):
        assert lines
        for line in lines:
            assert line.bound.addressed, (line.role, line.bound.skipped)
            for send in line.bound.addressed:
                assert encoder.encode(send.device, send.verb, send.args)
    stop = {(line.role, line.verb) for line in patch.show_stop_list}
    assert {("lighting.main", "cue.fire"), ("audio.foh", "mute.set"), ("video.server", "clip.play")} <= stop


@pytest.mark.parametrize("house", [HALCYON, GASLIGHT])
def test_a_backup_stands_by(house: str):
    patch = join("half-light", house)[0]
    assert [name for name, _ in patch.duties_of("lighting.main")] == ["lx-main", "lx-backup"]
    light = patch.bind("lighting.main", "cue.fire", {"list": 1, "cue": "10"})
    assert [each.device for each in light.addressed] == ["lx-main"]
    assert [each.device for each in light.standby] == ["lx-backup"]


@pytest.mark.parametrize("house", HOUSES)
def test_every_ghost_has_a_port_of_its_own_and_dangerous_gear_its_enable_line(house: str):
    patch = join("half-light", house)[0]
    ports = [setup.sim_port for setup in patch.devices.values()]
    assert None not in ports
    assert len(set(ports)) == len(ports)
    dangerous = {role for role, hazard in patch.hazards.items() if hazard == "high" and patch.duties_of(role)}
    guarded = {role for line in patch.venue.inputs if line.kind == "enable" for role in line.roles}
    assert dangerous <= guarded


def test_there_and_back_is_the_same_show_and_the_same_sends():
    before = load_show("half-light").model_dump_json()
    asks = list(asks_of(load_show("half-light")))

    def everything(house: str) -> list[object]:
        join.cache_clear()
        patch = join("half-light", house)[0]
        return [patch.bind(ask.role, ask.step.verb, ask.args) for ask in asks]

    home = everything(HALCYON)
    away = everything(GASLIGHT)
    assert everything(HALCYON) == home != away
    assert load_show("half-light").model_dump_json() == before


def test_the_field_warns_of_what_it_lacks_and_says_nothing_wrong():
    report = join("half-light", "saltmarsh-field")[2]
    assert report.verdict == "WARN"
    warned = [problem.where for problem in report.problems if problem.severity == "warning"]
    assert set(warned) == {"role camera.cueing", "role stage.automation"}
