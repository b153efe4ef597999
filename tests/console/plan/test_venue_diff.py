"""What another house changes: each kind of change from the one field of the house that brings it about."""

from typing import Any

import pytest

from console.plan.patch import Patch, build_patch
from console.plan.schedule import build_schedule
from console.plan.venue_diff import Change, Group, VenueDiff, diff_venues, grouped
from console.plan.venue_diff_page import cue_words, diff_to_html, summary_lines
from console.show.cues import Cue, OnMessage
from console.show.show import Show
from tests.support.builders import at_bar, light, make_cue, make_show, make_song, song_show, step
from tests.support.houses import HOUSE, PROFILES, changed, make_profile, make_venue

PULSE = step("zone.effect", zone="floor", effect="pulse", rate_hz=2.5)
STROBE = make_cue("flash", "1.600", at_bar(5), PULSE, role="lighting.audience")
LOOK = make_cue("look", "1.610", at_bar(6), light("30"))


def shot(cue: str, number: str, camera: str) -> Cue:
    return make_cue(cue, number, at_bar(7), step("camera.shot", camera=camera, shot="MS"), role="camera.cueing")


SHOW = song_show(
    STROBE,
    LOOK,
    shot("shot-4", "1.620", "cam-4"),
    shot("shot-7", "1.630", "cam-7"),
)


def make_patch(show: Show = SHOW, profiles: Any = PROFILES, **fields: Any) -> Patch:
    return build_patch(show, make_venue(**fields), profiles)


def diff(show: Show = SHOW, profiles: Any = PROFILES, **fields: Any) -> VenueDiff:
    return diff_venues(show, make_patch(show), make_patch(show, profiles, **fields))


def of(found: VenueDiff, cue: str) -> list[tuple[str, str, str]]:
    return [(each.kind, each.before, each.after) for each in found.changes if each.cue == cue]


def test_the_same_house_changes_nothing():
    found = diff()
    assert (found.changes, found.house, found.counts()) == ((), (), {})
    assert summary_lines(found) == (
        "Lost: no cue.",
        "To decide: no cue.",
        "Only addressed anew: no cue.",
        f"As they are: {found.cues} of {found.cues} cues.",
    )


def test_a_role_that_is_absent_loses_its_cues_and_the_way_back_gains_them():
    roles = [row for row in HOUSE["roles"] if row["id"] != "camera.cueing"]
    absent = [*HOUSE["absent"], {"role": "camera.cueing", "policy": "skip", "reason": "no cameras"}]
    found = diff(roles=roles, absent=absent)
    assert of(found, "shot-4") == [("lost", "cams (test/anything at 10.0.0.8:8000)", "no cameras")]
    back = diff_venues(SHOW, make_patch(roles=roles, absent=absent), make_patch())
    assert of(back, "shot-4") == [("gained", "no cameras", "cams (test/anything at 10.0.0.8:8000)")]


def test_a_stand_in_says_what_is_done_instead_and_the_way_back_restores_it():
    roles = [row for row in HOUSE["roles"] if row["id"] != "camera.cueing"]
    instead = {"role": "lighting.main", "verb": "cue.fire", "args": {"list": 900, "cue": "7"}}
    absent = [{"role": "camera.cueing", "policy": "replace", "replace": instead, "reason": "no cameras"}]
    found = diff(roles=roles, absent=absent)
    [(kind, before, after)] = of(found, "shot-4")
    assert (kind, after) == ("replaced", "lighting.main cue.fire playback=main list=900 cue=7")
    assert before.startswith("camera.cueing camera.shot camera=4 shot=MS")
    back = diff_venues(SHOW, make_patch(roles=roles, absent=absent), make_patch())
    assert [each[0] for each in of(back, "shot-4")] == ["restored"]


def test_another_address_and_another_latency_are_two_things():
    found = diff(devices=changed("devices", "lx-main", host="10.0.0.9"))
    assert of(found, "look") == [
        ("readdressed", "lx-main (test/desk at 10.0.0.1:8000)", "lx-main (test/desk at 10.0.0.9:8000)")
    ]
    found = diff(devices=changed("devices", "lx-main", latency_ms=45))
    assert of(found, "look") == [("moved", "20 ms before its moment", "45 ms before its moment")]
    assert [each.moved_ms for each in found.changes if each.cue == "look"] == [25.0]


def test_a_lead_longer_than_what_comes_before_the_cue_is_early():
    first = make_cue("first", "1.605", at_bar(1), step("zone.off", zone="floor"), role="lighting.audience")
    show = make_show(first, songs=(make_song().model_copy(update={"count_in_bars": 0}),), items=song_show().items)
    near = make_venue(devices=changed("devices", "bands", latency_ms=0))
    found = diff_venues(show, build_patch(show, near, PROFILES), make_patch(show))
    assert ("early", "in time", "200 ms before its song begins") in of(found, "first")
    back = diff_venues(show, make_patch(show), build_patch(show, near, PROFILES))
    assert "early" not in back.counts()


def test_only_the_arguments_that_differ_are_named():
    roles = changed("roles", "camera.cueing", maps=[{"argument": "camera", "table": {"cam-4": "14", "cam-7": "7"}}])
    found = diff(roles=roles)
    assert of(found, "shot-4") == [("remapped", "camera 4", "camera 14")]
    assert of(found, "shot-7") == []


def test_a_camera_that_is_not_there_is_told_once_with_the_one_that_takes_its_shots():
    found = diff(cameras=[*HOUSE["cameras"], {"id": "cam-7", "fallback": "cam-4"}])
    assert ("stood_in", "cam-7", "cam-4 for cam-7") in of(found, "shot-7")
    assert "remapped" not in found.counts()
    back = diff_venues(
        SHOW, make_patch(cameras=[*HOUSE["cameras"], {"id": "cam-7", "fallback": "cam-4"}]), make_patch()
    )
    assert of(back, "shot-7") == [("restored", "cam-4 for cam-7", "cam-7")]


def test_a_cue_that_waits_for_a_message_is_told_where_nobody_is_listened_to():
    waiting = make_cue("pad", "7", OnMessage(on="message", source="osc", address="/pad"), light("4"))
    show = song_show(waiting)
    listening = build_patch(show, make_venue(remote={"port": 9000}), PROFILES)
    found = diff_venues(show, listening, make_patch(show))
    assert of(found, "pad") == [("untriggered", "heard", "nobody is listened to")]
    assert diff_venues(show, make_patch(show), listening).changes == ()


def test_two_shots_on_one_camera_at_one_moment_are_told_once_at_the_second():
    found = diff(cameras=[*HOUSE["cameras"], {"id": "cam-7", "fallback": "cam-4"}])
    assert ("doubled", "cam-4 and cam-7", "both camera 4, with cue 1.620") in of(found, "shot-7")
    assert "doubled" not in [kind for kind, _, _ in of(found, "shot-4")]
    assert found.counts()["folded"] == 1  # two cameras have become one, whenever they are taken


def test_a_flash_over_the_limit_of_the_other_house_is_held_back_there():
    found = diff(limits={"strobe_hz_max": 2.0})
    assert of(found, "flash") == [("inhibited", "allowed", "no faster than 2 Hz")]
    assert [(each.what, each.before, each.after) for each in found.house] == [("strobe limit", "3 Hz", "2 Hz")]


def test_a_profile_with_less_behind_it_is_a_lower_tier():
    fire = PROFILES["test/desk"].verbs["cue.fire"]
    good = make_profile(
        "test/desk",
        latency_ms=20,
        verbs={"cue.fire": fire, "cue.go": {"send": ({"address": "/go"},)}},
        examples=({"ask": "cue.fire", "hex": ("00",)}, {"ask": "cue.go", "hex": ("00",)}),
        proved=({"on": "a desk 1.0", "how": "device"},),
    )
    before = build_patch(SHOW, make_venue(), {**PROFILES, "test/desk": good})
    found = diff_venues(SHOW, before, make_patch())
    assert [each[0] for each in of(found, "look")] == ["lower_tier"]


def test_changes_stand_gravest_first_and_in_show_order():
    found = diff(
        limits={"strobe_hz_max": 2.0},
        devices=changed("devices", "lx-main", latency_ms=45, host="10.0.0.9"),
    )
    kinds = [each.kind for each in found.changes]
    assert list(dict.fromkeys(kinds)) == ["inhibited", "moved", "readdressed"]
    moved = [each.cue for each in found.changes if each.kind == "moved"]
    assert moved == [cue for cue in build_schedule(SHOW).order if cue in moved]
    assert moved.index("look") < moved.index("song-bridge")


def test_what_stands_in_the_way_of_the_show_there_is_to_be_decided():
    show = SHOW.model_copy(update={"on_air": "2026-09-19T20:00:00+01:00", "programme_s": 3600.0})
    found = diff(show, curfew={"time": "20:45", "hard": True}, universes=[{"logical": 3}])
    asked = {each.what: (each.before, each.after) for each in found.house if each.decide}
    assert asked == {
        "planned end": ("21:00", "21:00, 15 min after the curfew"),
        "universes parked": ("none", "3"),
    }
    assert summary_lines(found)[1] == "To decide: no cue, and 2 things of the house."
    well = diff(show, curfew={"time": "23:15", "hard": True})
    assert [(each.what, each.after) for each in well.house] == [
        ("planned end", "21:00, 2 h 15 min before the curfew"),
        ("curfew", "23:15, hard"),
    ]


def test_each_cue_counts_once_at_its_gravest():
    found = diff(limits={"strobe_hz_max": 2.0}, devices=changed("devices", "bands", latency_ms=45, host="10.0.0.9"))
    assert {each.kind for each in found.changes if each.cue == "flash"} == {"inhibited", "moved", "readdressed"}
    assert sum(found.weighed().values()) + found.untouched() == found.cues
    assert found.weighed()["lost"] == 1


def change(number: str) -> Change:
    return Change("moved", number, number, "", None, "lighting.main", "a", "b")


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (("1",), "cue 1"),
        (("1", "1"), "cue 1"),
        (("1", "2", "3"), "cues 1, 2, 3"),
        (("1", "2", "3", "4", "5"), "cues 1, 2, 3 and 2 more"),
    ],
)
def test_cues_are_named_until_they_are_many(numbers: tuple[str, ...], words: str):
    group = Group("moved", "lighting.main", "a", "b", tuple(change(number) for number in numbers))
    assert cue_words(group) == words
    assert grouped(group.cues) == (group,)


def test_the_page_stands_alone_and_escapes_what_a_show_may_hold():
    show = SHOW.model_copy(update={"title": "A <b>& B"})
    page = diff_to_html(diff_venues(show, make_patch(), make_patch(limits={"strobe_hz_max": 2.0})), {})
    assert "A &lt;b&gt;&amp; B</h1>" in page
    assert "Over the limit there" in page
    assert "strobe limit" in page
    assert "http" not in page
