"""The patch: what a verb to a role comes to in a house."""

from dataclasses import replace
from typing import Any

import pytest

from console.plan.patch import Bound, Patch, build_patch
from console.show.show import Role
from profiles.venue_profile import Duty
from tests.support.builders import ROLES, make_show
from tests.support.houses import HOUSE, PROFILES, changed, make_venue

SHOW = make_show()


def make_patch(**fields: Any) -> Patch:
    return build_patch(SHOW, make_venue(**fields), PROFILES)


def sent(bound: Bound) -> list[tuple[str, str, dict[str, object]]]:
    return [(each.device, each.verb, dict(each.args)) for each in bound.addressed]


def test_the_small_house_joins():
    patch = make_patch()
    assert patch.problems == ()
    assert set(patch.devices) == {row["id"] for row in HOUSE["devices"]}
    assert patch.duties_of("lighting.main") == (("lx-main", Duty.MAIN), ("lx-backup", Duty.STANDBY))
    assert patch.duties_of("sfx.pyro") == ()
    assert (patch.strobe_hz_max, patch.time_zone, patch.timecode) == (3.0, "Europe/London", None)


def test_main_is_addressed_and_standby_only_kept_ready():
    bound = make_patch().bind("lighting.main", "cue.fire", {"list": 4, "cue": "20"})
    assert sent(bound) == [("lx-main", "cue.fire", {"playback": "main", "list": 4, "cue": "20"})]
    assert bound.addressed[0].duty is Duty.MAIN
    assert [(each.device, each.duty) for each in bound.standby] == [("lx-backup", Duty.STANDBY)]
    assert bound.standby[0].args == bound.addressed[0].args
    assert (bound.replaced, bound.skipped, bound.warning) == (False, None, None)


def test_parallel_devices_are_sent_to_each_with_its_own_latency_and_trim():
    bound = make_patch().bind("video.server", "clip.play", {"clip": "S07_HIT_2"})
    assert [(each.device, each.duty, each.latency_ns, each.trim_ns) for each in bound.addressed] == [
        ("vid-a", Duty.MAIN, 50_000_000, 0),
        ("vid-b", Duty.PARALLEL, 60_000_000, -3_500_000),
    ]
    assert dict(bound.addressed[0].args) == {"layer": 1, "clip": 72, "loop": False}


def test_a_group_name_becomes_several_sends():
    bound = make_patch().bind("lighting.audience", "zone.off", {"zone": "all"})
    assert sent(bound) == [("bands", "zone.off", {"zone": "1"}), ("bands", "zone.off", {"zone": "2"})]


def test_several_maps_multiply():
    clips = [
        {"argument": "clip", "table": {"BOTH": [1, 2]}},
        {"argument": "layer", "table": {"main": [7, 8]}},
    ]
    bound = make_patch(roles=changed("roles", "video.server", maps=clips, parallel=[])).bind(
        "video.server", "clip.load", {"clip": "BOTH"}
    )
    assert [tuple(each.args.items()) for each in bound.addressed] == [
        (("layer", layer), ("clip", clip)) for clip in (1, 2) for layer in (7, 8)
    ]


def test_what_one_map_sets_wins_over_the_other_arguments_own_map():
    assert dict(make_patch().bind("video.server", "clip.play", {"clip": "LOGO"}).addressed[0].args) == {
        "layer": 9,
        "clip": 1,
        "loop": False,
    }


def test_defaults_are_mapped_too():
    over = make_patch().bind("video.server", "opacity.set", {"layer": "over", "level": 1})
    main = make_patch().bind("video.server", "opacity.set", {"level": 1})
    assert over.addressed[0].args["layer"] == 2
    assert main.addressed[0].args["layer"] == 1


def test_a_number_is_moved():
    assert sent(make_patch().bind("audio.foh", "scene.recall", {"scene": 107})) == [
        ("foh", "scene.recall", {"playback": "main", "scene": 7})
    ]


def test_a_camera_that_is_not_here_is_the_one_that_takes_its_cues():
    patch = make_patch()
    here, not_here = (
        patch.bind("camera.cueing", "camera.shot", {"camera": camera, "shot": "CU"})
        for camera in ("cam-4", "cam-6-rail")
    )
    assert here.addressed == not_here.addressed
    assert here.addressed[0].args["camera"] == "4"


def test_a_value_no_map_knows_leads_nowhere_and_says_so():
    bound = make_patch().bind("camera.cueing", "camera.shot", {"camera": "cam-9", "shot": "CU"})
    assert bound.addressed == ()
    assert bound.why == "nowhere"
    assert bound.skipped == "camera 'cam-9' leads nowhere at camera.cueing in Small Hall"


def test_a_replacement_speaks_to_another_role_with_its_own_advance_and_hazard():
    bound = make_patch().bind("sfx.pyro", "effect.fire", {"device": "flame-bar-1", "ms": 700})
    assert bound.replaced
    assert (bound.role, bound.verb) == ("lighting.main", "cue.fire")
    assert sent(bound) == [("lx-main", "cue.fire", {"playback": "main", "list": 900, "cue": "1"})]
    assert (bound.advance_ms, bound.hazard) == (0.0, "none")


def absent(**fields: Any) -> list[dict[str, Any]]:
    return [{"role": "sfx.pyro", "policy": "skip", "reason": "no pyro in this house", **fields}]


def test_a_role_may_be_skipped_in_silence_or_with_a_warning():
    quiet = make_patch(absent=absent()).bind("sfx.pyro", "effect.fire", {"device": "x"})
    loud = make_patch(absent=absent(policy="skip_with_warning")).bind("sfx.pyro", "effect.fire", {"device": "x"})
    assert (quiet.skipped, quiet.why, quiet.warning) == ("no pyro in this house", "absent", None)
    assert (loud.skipped, loud.why, loud.warning) == ("no pyro in this house", "absent", "no pyro in this house")


def test_stopping_what_is_not_here_does_not_fire_its_replacement():
    rows = [HOUSE["absent"][0] | {"verbs": ["effect.fire"]}]
    patch = make_patch(absent=rows)
    assert patch.bind("sfx.pyro", "effect.fire", {"device": "x"}).replaced
    stopped = patch.bind("sfx.pyro", "effect.stop", {"device": "x"})
    assert (stopped.replaced, stopped.addressed, stopped.why) == (False, (), "absent")


def test_a_policy_can_be_for_one_name_inside_a_role():
    rows = [{"role": "camera.cueing", "when": {"camera": "cam-1"}, "policy": "skip", "reason": "cam-1 is locked off"}]
    patch = make_patch(absent=rows)
    assert patch.bind("camera.cueing", "camera.standby", {"camera": "cam-1"}).skipped == "cam-1 is locked off"
    assert patch.bind("camera.cueing", "camera.standby", {"camera": "cam-4"}).skipped is None


def test_a_replacement_is_not_replaced_again():
    to_pyro = {"role": "sfx.pyro", "verb": "effect.fire", "args": {"device": "x"}}
    rows = [*HOUSE["absent"], absent(role="sfx.atmos", policy="replace", replace=to_pyro)[0]]
    bound = make_patch(absent=rows).bind("sfx.atmos", "effect.fire", {"device": "co2"})
    assert bound.addressed == ()
    assert bound.skipped == "sfx.pyro, which should replace sfx.atmos, is not here either"


def test_absence_wins_over_a_binding():
    roles = [*HOUSE["roles"], {"id": "sfx.pyro", "main": "cams"}]
    assert make_patch(roles=roles).bind("sfx.pyro", "effect.fire", {"device": "x"}).replaced


def test_a_verb_the_device_lacks_says_so_and_parallel_devices_are_still_sent_to():
    patch = make_patch(roles=changed("roles", "video.server", main="foh", parallel=["vid-a"], maps=[]))
    some = patch.bind("video.server", "clip.stop", {})
    assert [each.device for each in some.addressed] == ["vid-a"]
    assert some.warning == "device foh (test/mixer) has no clip.stop"
    none = make_patch().bind("lighting.main", "macro.fire", {"macro": 3})
    assert (none.addressed, none.why) == ((), "verb")
    assert none.skipped is not None
    assert "device lx-main (test/desk) has no macro.fire" in none.skipped


def test_a_role_nobody_stands_for_is_a_problem_and_is_skipped():
    show = make_show(roles=(*ROLES, Role(id="prompter", department="LX")))
    patch = build_patch(show, make_venue(), PROFILES)
    assert [(problem.code, problem.where) for problem in patch.problems] == [("venue.role.unbound", "role prompter")]
    assert patch.bind("prompter", "prompter.run", {}).why == "unbound"


def test_a_device_without_a_known_profile_is_a_problem_and_is_not_spoken_to():
    patch = make_patch(devices=changed("devices", "foh", profile="test/mixr"))
    assert [str(problem) for problem in patch.problems] == [
        "device foh: profile 'test/mixr' is unknown: did you mean test/mixer?"
    ]
    assert patch.bind("audio.foh", "scene.recall", {"scene": 101}).why == "unreachable"
    assert "foh" not in patch.devices


def test_a_replacement_may_not_be_a_hazard_that_wants_arming():
    rows = absent(role="sfx.atmos", policy="replace", replace={"role": "sfx.pyro", "verb": "effect.fire"})
    roles = [*HOUSE["roles"], {"id": "sfx.pyro", "main": "cams"}]
    patch = make_patch(absent=rows, roles=roles)
    assert "venue.absent.hazard" in [problem.code for problem in patch.problems]


def test_binding_twice_is_the_same_answer():
    patch = make_patch()
    args = {"clip": "LOGO"}
    assert patch.bind("video.server", "clip.play", args) is patch.bind("video.server", "clip.play", dict(args))


def test_safe_lists_are_bound_in_order():
    patch = make_patch()
    assert [line.bound.addressed[0].args["cue"] for line in patch.safe_list(hard=False)] == ["2"]
    assert [line.verb for line in patch.safe_list(hard=True)] == ["transport.stop"]
    stop = patch.show_stop_list
    assert [line.role for line in stop] == ["lighting.main", "audio.foh", "video.server"]
    assert dict(stop[1].bound.addressed[0].args) == {"strip": "main", "on": True}


def test_the_arguments_of_a_binding_cannot_be_changed():
    bound = make_patch().bind("lighting.main", "cue.fire", {"cue": "1"})
    with pytest.raises(TypeError):
        bound.addressed[0].args["cue"] = "2"  # type: ignore[index]


def test_the_show_is_never_touched_and_the_house_can_be_changed_and_back():
    before = SHOW.model_dump_json()
    home, away = make_patch(), make_patch(id="other", absent=[])
    again = make_patch()
    for patch in (home, away, again):
        patch.bind("lighting.main", "cue.fire", {"cue": "1"})
    assert SHOW.model_dump_json() == before
    asked = ("video.server", "clip.play", {"clip": "S01_HIT_1"})
    assert home.bind(*asked) == again.bind(*asked)


def test_a_command_of_the_profile_passes_as_it_is():
    desk = PROFILES["test/desk"]
    own = type(desk).model_validate(
        {**desk.model_dump(exclude={"verbs"}), "commands": {"blind": {"send": ({"address": "/blind"},)}}}
    )
    patch = build_patch(SHOW, make_venue(), {**PROFILES, "test/desk": own})
    assert sent(patch.bind("lighting.main", "blind", {"on": 1})) == [("lx-main", "blind", {"on": 1})]


def test_a_bound_value_can_be_compared_whole():
    one = make_patch().bind("lighting.main", "cue.go", {})
    assert one == replace(one)
    assert one.addressed[0].latency_ns == 7_000_000, "a verb may have a latency of its own"
