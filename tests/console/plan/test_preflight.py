"""Preflight: what a show meets in a house, told before doors."""

import json
from typing import Any

import pytest

from console.plan.asks import asks_of
from console.plan.patch import build_patch
from console.plan.preflight import Report, preflight
from console.show.cues import ChoiceTable, Cue, OnMessage, Point, Step
from console.show.show import Choice, Role, Rules, Show
from devices.encode import ProfileEncoder
from profiles.problems import Problem
from profiles.quality import Tier
from tests.support.builders import ROLES, at_bar, big_show, make_cue, make_show, make_song, song_show, step
from tests.support.houses import HOUSE, PROFILES, changed, make_profile, make_venue


def check(show: Show, show_problems: tuple[Problem, ...] = (), **fields: Any) -> Report:
    """Preflight of a show in the small house, with whole fields of its file replaced."""
    venue = make_venue(**fields)
    patch = build_patch(show, venue, PROFILES)
    encoder = ProfileEncoder(patch.devices)
    return preflight(show, show_problems, venue, patch, encoder)


def ask(
    verb: str, *, role: str = "lighting.main", number: str = "9.1", fade_s: float | None = None, **args: Any
) -> Cue:
    return make_cue(f"cue-{number}", number, at_bar(1), step(verb, fade_s=fade_s, **args), role=role)


def codes(report: Report, severity: str | None = None) -> list[str]:
    return [problem.code for problem in report.problems if severity in (None, problem.severity)]


def words_of(report: Report, code: str) -> str:
    found = [str(problem) for problem in report.problems if problem.code == code]
    assert len(found) == 1, [str(problem) for problem in report.problems]
    return found[0]


def test_a_show_that_fits_passes():
    report = check(song_show())
    assert report.problems == ()
    assert report.verdict == "PASS"


def test_the_report_is_json_in_its_stable_shape():
    report = check(song_show(ask("macro.fire", macro=3)))
    page = json.loads(json.dumps(report.to_json()))
    assert page["verdict"] == "FAIL"
    assert set(page) == {"verdict", "problems"}
    assert {tuple(problem) for problem in page["problems"]} == {("severity", "code", "where", "message", "remedy")}


def test_the_shows_own_problems_are_on_the_page_and_count():
    slip = Problem("warning", "show.order", "cue 1", "odd", "look")
    report = check(song_show(), (slip, slip))
    assert report.problems == (slip,), "each problem once"
    assert report.verdict == "WARN"


def test_errors_come_first():
    report = check(
        song_show(ask("macro.fire", macro=3), ask("effect.fire", role="sfx.pyro", number="9.2", device="x")),
        networks=[{"name": "media", "subnet": "10.9.0.0/16"}],
    )
    order = [problem.severity for problem in report.problems]
    assert order == sorted(order, key=("error", "warning", "note").index)
    assert set(order) == {"error", "warning", "note"}


def test_many_cues_with_one_fault_are_one_problem_with_the_first_and_the_count():
    cues = [ask("camera.shot", role="camera.cueing", number=f"9.{n}", camera="cam-9", shot="CU") for n in range(1, 4)]
    report = check(song_show(*cues))
    assert "camera 'cam-9' leads nowhere" in words_of(report, "venue.map.nowhere")
    assert "(cue 9.1 and 2 more)" in words_of(report, "venue.map.nowhere")


def test_every_value_of_a_choice_is_tried():
    table = ChoiceTable(choice="winner", table={"a": "cam-1", "b": "cam-9"})
    cue = make_cue("w", "9", at_bar(1), step("camera.shot", camera=table, shot="CU"), role="camera.cueing")
    choice = Choice(id="winner", values=("a", "b"), default="a")
    report = check(song_show(cue, choices=(choice,)))
    assert "'cam-9'" in words_of(report, "venue.map.nowhere")


def test_tables_of_one_choice_go_together():
    tables = {
        "camera": ChoiceTable(choice="winner", table={"a": "cam-1", "b": "cam-4"}),
        "shot": ChoiceTable(choice="winner", table={"a": "seat 1", "b": "seat 4"}),
    }
    cue = make_cue("w", "9", at_bar(1), step("camera.shot", **tables), role="camera.cueing")
    choice = Choice(id="winner", values=("a", "b"), default="a")
    asked = [dict(each.args) for each in asks_of(song_show(cue, choices=(choice,))) if each.cue.id == "w"]
    assert asked == [{"camera": "cam-1", "shot": "seat 1"}, {"camera": "cam-4", "shot": "seat 4"}]


def test_a_disabled_cue_is_not_looked_at():
    assert check(song_show(ask("macro.fire", macro=3).model_copy(update={"disabled": True}))).verdict == "PASS"


def test_a_role_nobody_stands_for_fails():
    show = song_show(roles=(*ROLES, Role(id="prompter", department="LX")))
    assert "nothing stands for it in Small Hall" in words_of(check(show), "venue.role.unbound")


def test_a_verb_the_device_lacks_fails_and_an_unknown_one_gets_the_nearest():
    lacking = check(song_show(ask("macro.fire", macro=3)))
    unknown = check(song_show(ask("cue.fier", cue="3")))
    assert "device lx-main (test/desk) has no macro.fire" in words_of(lacking, "venue.verb")
    assert "did you mean cue.fire?" in words_of(unknown, "venue.verb")


def test_a_value_out_of_the_devices_range_fails():
    report = check(song_show(ask("scene.recall", role="audio.foh", scene=250)))
    assert "scene is 150" in words_of(report, "cue.encode")
    assert words_of(report, "cue.encode").startswith("device foh: ")


def test_automation_points_are_tried_one_by_one():
    points = (Point(offset_s=1, value=-20), Point(offset_s=2, value=40))
    cue = make_cue("p", "9", at_bar(1), Step(verb="level.set", args={"strip": "ch/1"}, points=points), role="audio.foh")
    assert "db is 40" in words_of(check(song_show(cue)), "cue.encode")


def test_standby_devices_are_tried_too():
    small = make_profile(
        "test/small",
        verbs={
            "cue.fire": {
                "args": {"list": {"min": 1, "max": 5}},
                "send": ({"address": "/c", "args": ({"i": "{list}"},)},),
            }
        },
    )
    venue = make_venue(devices=changed("devices", "lx-backup", profile="test/small"))
    show = song_show(ask("cue.fire", list=9, cue="1"))
    patch = build_patch(show, venue, {**PROFILES, "test/small": small})
    encoder = ProfileEncoder(patch.devices)
    report = preflight(show, (), venue, patch, encoder)
    assert "device lx-backup" in words_of(report, "cue.encode")


def test_a_fade_that_the_device_cannot_do_snaps_and_is_told():
    profile = make_profile("test/player", verbs={"opacity.set": {"send": ({"address": "/o"},)}})
    venue = make_venue(roles=changed("roles", "video.server", parallel=[]))
    show = song_show(
        ask("opacity.set", role="video.server", level=0.0),
        ask("opacity.set", role="video.server", number="9.2", fade_s=2.0, level=1.0),
    )
    patch = build_patch(show, venue, {**PROFILES, "test/player": profile})
    encoder = ProfileEncoder(patch.devices)
    report = preflight(show, (), venue, patch, encoder)
    assert "it snaps to its target" in words_of(report, "cue.fade.snaps")


def test_a_time_the_desk_cannot_be_told_is_a_note():
    report = check(song_show(ask("cue.release", fade_s=3.0)))
    assert "device lx-main: cue.release takes no time" in words_of(report, "cue.fade.own")
    assert "the time stored in the device counts" in words_of(report, "cue.fade.own")
    assert report.verdict == "PASS"


def test_a_fade_with_nothing_to_start_from_is_told():
    first = ask("opacity.set", role="video.server", fade_s=2.0, level=1.0)
    before = make_cue("before", "9.0", at_bar(1), step("opacity.set", level=0.0), role="video.server")
    later = first.model_copy(update={"at": at_bar(2)})
    report = check(song_show(later))
    assert {problem.where for problem in report.problems} == {"device vid-a", "device vid-b"}
    assert "nothing sets opacity.set main before this fade" in str(report.problems[0])
    assert check(song_show(before, later)).problems == ()


def test_a_group_key_before_it_is_something_to_start_from():
    every = make_cue("every", "9.0", at_bar(1), step("opacity.set", layer="all", level=0.0), role="video.server")
    fade = make_cue("fade", "9.1", at_bar(2), step("opacity.set", level=1.0, fade_s=1.0), role="video.server")
    layers = {"argument": "layer", "table": {"main": 1, "all": [1, 2]}}
    maps = [layers, {"argument": "clip", "keep_others": True, "table": {"x": 1}}]
    report = check(song_show(every, fade), roles=changed("roles", "video.server", maps=maps))
    assert "cue.fade.start" not in codes(report)


def test_a_level_with_a_rest_value_fades_from_it():
    assert check(song_show(ask("level.set", role="audio.foh", fade_s=3.0, strip="ch/1", db=-10.0))).problems == ()


def test_two_names_that_become_one_are_told_and_a_group_is_not():
    zones = [
        ask("zone.scene", role="lighting.audience", number=f"9.{n}", zone=zone, scene="x")
        for n, zone in enumerate(("floor", "lower", "upper", "all"), 1)
    ]
    show = song_show(*zones, roles=(*ROLES, Role(id="lighting.audience", department="LX")))
    report = check(show)
    assert "zone lower and upper are one here (2 at bands)" in words_of(report, "venue.fold")
    assert report.verdict == "WARN"


def test_a_camera_that_another_takes_over_is_noted_and_the_double_use_told():
    shots = [
        ask("camera.shot", role="camera.cueing", number=f"9.{n}", camera=camera, shot="CU")
        for n, camera in enumerate(("cam-4", "cam-6-rail"), 1)
    ]
    report = check(song_show(*shots))
    assert "cam-4 stands in for cam-6-rail (cue 9.2)" in words_of(report, "venue.camera.fallback")
    assert "camera cam-4 and cam-6-rail are one here" in words_of(report, "venue.fold")


def pyro(**fields: Any) -> Show:
    cue = make_cue(
        "flame",
        "9.1",
        at_bar(1),
        step("effect.fire", device="flame-bar-1"),
        role="sfx.pyro",
        hazard="high",
        arm=("operator", "pyro-tech"),
        **fields,
    )
    return song_show(cue)


def test_a_replacement_is_noted_and_needs_no_lines():
    report = check(pyro(zone_clear="upstage"))
    assert "effect.fire is replaced by cue.fire of lighting.main (cue 9.1)" in words_of(report, "venue.replaced")
    assert report.verdict == "PASS"


def test_skipped_cues_are_noted_or_warned_of():
    row = {"role": "sfx.pyro", "policy": "skip", "reason": "no pyro in this house"}
    assert check(pyro(), absent=[row]).verdict == "PASS"
    report = check(pyro(), absent=[row | {"policy": "skip_with_warning"}])
    assert "effect.fire is not sent here: no pyro in this house" in words_of(report, "venue.absent")
    assert report.verdict == "WARN"


def test_hazards_want_their_lines():
    roles = [*HOUSE["roles"], {"id": "sfx.pyro", "main": "cams"}]
    enable = {"id": "enable", "kind": "enable", "roles": ["sfx.pyro"], "osc": "/gpi/1", "stale_s": 1}
    clear = {"id": "clear", "kind": "zone_clear", "zone": "upstage", "osc": "/zone/1", "stale_s": 9}
    bare = check(pyro(zone_clear="upstage"), roles=roles, absent=[])
    wired = check(pyro(zone_clear="upstage"), roles=roles, absent=[], inputs=[enable, clear])
    assert codes(bare, "warning") == ["venue.input.enable", "venue.input.zone"]
    assert wired.problems == ()


def test_a_flash_faster_than_the_house_allows_is_told():
    effect = ask("zone.effect", role="lighting.audience", zone="floor", effect="strobe", rate_hz=4.0)
    show = song_show(effect, roles=(*ROLES, Role(id="lighting.audience", department="LX")))
    report = check(show)
    assert "4 Hz is above the house's 3 Hz and will be inhibited" in words_of(report, "venue.strobe")


def test_safe_lists_must_be_sendable():
    loud = {"role": "audio.foh", "verb": "level.set", "args": {"strip": "pa", "db": 20.0}}
    desk = {"role": "lighting.main", "verb": "macro.fire", "args": {"macro": 1}}
    report = check(song_show(), safe={"soft": [loud], "show_stop": [desk]})
    assert "safe.soft 1: " in words_of(report, "venue.safe.encode")
    assert "safe.show_stop 1: " in words_of(report, "venue.safe.skipped")


def test_a_safe_list_that_speaks_to_something_absent_is_told_once():
    line = {"role": "sfx.pyro", "verb": "effect.stop", "args": {"device": "x"}}
    report = check(song_show(), safe={"soft": [line], "show_stop": HOUSE["safe"]["show_stop"]})
    assert codes(report, "error") == ["venue.safe.role"]


def test_another_frame_rate_is_stated():
    report = check(song_show(rate="24"))
    assert "written at 24, the house runs at 25" in words_of(report, "venue.rate")
    assert report.verdict == "PASS"


def test_a_song_that_chases_wants_a_source():
    song = make_song(clock="chase")
    show = make_show(songs=(song,))
    assert "no source of it" in words_of(check(show), "venue.timecode.none")
    source = {"id": "x", "kind": "mtc", "midi_port": "TC", "rate": "25"}
    assert check(show, timecode={"freewheel_frames": 9, "jam_frames": 5, "in": [source]}).problems == ()


@pytest.mark.parametrize(
    ("on_air", "curfew", "hard", "severity"),
    [
        ("2026-09-19T20:00:00+01:00", "23:00", True, None),
        ("2026-09-19T21:45:00+01:00", "23:00", True, "error"),
        ("2026-09-19T21:45:00+01:00", "23:00", False, "warning"),
        ("2026-09-19T20:45:00+00:00", "23:00", False, "warning"),  # the same moment, told in another zone
        ("2026-09-19T23:30:00+01:00", "23:00", True, "error"),  # starts when it should be over
        ("2026-09-19T23:30:00+01:00", "01:30", True, None),
        ("2026-09-20T00:30:00+01:00", "01:30", True, "error"),
        ("2026-09-19T20:00:00", "23:00", True, None),  # no zone: nobody can say
        ("soon", "23:00", True, None),
    ],
)
def test_the_planned_end_is_held_against_the_curfew(on_air: str, curfew: str, hard: bool, severity: str | None):
    show = song_show(on_air=on_air, programme_s=5400.0)
    report = check(show, curfew={"time": curfew, "hard": hard})
    found = [problem.severity for problem in report.problems if problem.code == "venue.curfew"]
    assert found == ([] if severity is None else [severity])


def test_without_a_stated_length_the_items_count():
    show = song_show(on_air="2026-09-19T22:59:40+01:00")
    assert "venue.curfew" in codes(check(show, curfew={"time": "23:00", "hard": True}))


def test_a_show_names_the_least_that_its_devices_must_have_behind_them():
    assert check(song_show()).verdict == "PASS", "nothing is asked for unless the show does"
    report = check(song_show().model_copy(update={"rules": Rules(min_tier=Tier.REHEARSED)}))
    below = [problem for problem in report.problems if problem.code == "venue.device.tier"]
    assert report.verdict == "FAIL"
    assert {problem.where for problem in below} == {f"device {device['id']}" for device in HOUSE["devices"]} - {
        "device bands"  # no role of this show
    }
    assert "test/desk is draft, and the show takes nothing below rehearsed" in below[0].message
    assert "an example of cue.fire with its bytes" in below[0].remedy
    assert "lower min_tier" in below[0].remedy


@pytest.mark.parametrize(("source", "words"), [("osc", "OSC nobody can send"), ("midi", "MIDI no port brings")])
def test_messages_from_outside_want_somebody_to_listen_to(source: Any, words: str):
    cue = make_cue("in", "9.1", OnMessage(on="message", source=source, address="/go"))
    remote = {"bind": "127.0.0.1", "port": 53100, "allow": ["10.0.0.0/24"], "midi_ports": ["KEYS"]}
    assert words in words_of(check(song_show(cue)), "venue.remote.none")
    assert check(song_show(cue), remote=remote).problems == ()


def test_a_big_show_is_checked_whole():
    report = check(big_show(2_000))
    assert report.verdict == "PASS", [str(problem) for problem in report.problems]


def test_a_cue_whose_lead_is_longer_than_what_comes_before_it_is_flagged():
    early = make_cue("early", "1.600", at_bar(1), step("zone.off", zone="floor"), role="lighting.audience")
    song = make_song().model_copy(update={"count_in_bars": 0})
    show = make_show(early, songs=(song,), items=song_show().items)
    words = words_of(check(show), "cue.lead.early")
    assert "200 ms before its song begins" in words
    assert "cue 1.600" in words
    assert "cue.lead.early" not in codes(check(song_show(early))), "two bars of count-in are time enough"


def test_two_shots_on_one_camera_at_one_moment_are_flagged():
    cameras = ("cam-4", "cam-6-rail", "cam-7")
    cues = [
        make_cue(camera, f"1.60{n}", at_bar(7), step("camera.shot", camera=camera, shot="MS"), role="camera.cueing")
        for n, camera in enumerate(cameras)
    ]
    words = words_of(check(song_show(*cues)), "venue.camera.double")
    assert "camera 4 is asked for two shots at one moment, with cue 1.600" in words
    assert "cue 1.601" in words
