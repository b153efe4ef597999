"""SA-11, the flash lint: cue spacing, effect rates and automation points; and what is inhibited at the send."""

from __future__ import annotations

import pytest

from console.plan.flashes import UNCERTIFIED, most_in_a_second, points_flash_hz
from console.plan.patch import build_patch
from console.plan.preflight import preflight
from console.show.cues import Point, Step
from console.show.show import Role, Show
from console.vocabulary import Fire
from devices.encode import ProfileEncoder
from profiles.problems import Problem
from profiles.venue_profile import Venue
from profiles.verbs import find_verb
from tests.support.builders import CALLED, ROLES, at_bar, light, make_cue, song_show, step
from tests.support.engine_rig import EngineRig
from tests.support.houses import HOUSE, PROFILES, make_venue

AUDIENCE = Role(id="lighting.audience", department="LX", verbs=("zone.effect",))


def flashing(times: int, over_s: float) -> Step:
    """Opacity that goes down and up again so many times."""
    points = tuple(Point(offset_s=over_s * n / (2 * times), value=float(n % 2 == 0)) for n in range(2 * times + 1))
    return Step(verb="opacity.set", args={"layer": "main", "level": 1.0}, points=points)


def found(show: Show, venue: Venue | None = None) -> list[Problem]:
    venue = venue or make_venue()
    patch = build_patch(show, venue, PROFILES)
    report = preflight(show, (), venue, patch, ProfileEncoder(patch.devices))
    return [each for each in report.problems if "flash" in each.code or "strobe" in each.code]


@pytest.mark.parametrize(("times", "over_s", "hz"), [(3, 1.0, 3.0), (3, 2.0, 1.5), (8, 1.0, 8.0), (20, 2.0, 10.0)])
def test_points_flash_as_often_as_they_turn(times: int, over_s: float, hz: float) -> None:
    assert points_flash_hz(flashing(times, over_s).points, find_verb("opacity.set")) == pytest.approx(hz, abs=0.5)


def test_what_barely_moves_or_is_only_heard_does_not_flash() -> None:
    small = tuple(Point(offset_s=n / 20, value=0.5 + 0.04 * (n % 2)) for n in range(20))
    assert points_flash_hz(small, find_verb("opacity.set")) == 0.0
    loud = tuple(Point(offset_s=n / 20, value=-60.0 * (n % 2)) for n in range(20))
    assert points_flash_hz(loud, find_verb("level.set")) == 0.0
    one_way = tuple(Point(offset_s=n / 20, value=n / 20) for n in range(20))
    assert points_flash_hz(one_way, find_verb("opacity.set")) <= 0.5


def test_a_second_holds_what_lies_within_it() -> None:
    assert most_in_a_second([]) == 0
    assert most_in_a_second([0, 999_999_999, 1_000_000_000]) == 2


def test_sa_11_cues_too_close_are_listed_and_it_is_no_certified_test() -> None:
    bumps = [make_cue(f"bump-{n}", f"1.9{n}", at_bar(7, 1 + n // 2, 240 * (n % 2)), light(str(n))) for n in range(5)]
    (problem,) = found(song_show(*bumps))
    assert (problem.severity, problem.code, problem.where) == ("warning", "cue.flash.spacing", "role lighting.main")
    assert problem.message.startswith("4 changes of lighting.main within a second, from cue 1.90 to 1.93 in song")
    assert problem.message.endswith(UNCERTIFIED)
    together = [make_cue(f"bump-{n}", f"1.9{n}", at_bar(7, 1, n), light(str(n))) for n in range(5)]
    assert found(song_show(*together)) == []


def strobe(rate_hz: float) -> Show:
    effect = step("zone.effect", zone="floor", effect="strobe", rate_hz=rate_hz)
    return song_show(make_cue("strobe", "1.9", CALLED, effect, role=AUDIENCE.id), roles=(*ROLES, AUDIENCE))


def test_sa_11_effect_rates_are_listed_with_and_without_a_limit_of_the_house() -> None:
    assert [each.code for each in found(strobe(8.0))] == ["venue.strobe"]
    (problem,) = found(strobe(8.0), make_venue(limits={}))
    assert (problem.code, problem.message) == (
        "cue.flash.rate",
        f"zone.effect at 8 Hz flashes more than 3 times a second; {UNCERTIFIED}",
    )
    assert found(strobe(3.0)) == found(strobe(3.0), make_venue(limits={})) == []


def test_points_over_the_limit_do_not_leave() -> None:
    for times, outcome in ((3, "sent"), (8, "inhibited: 8 Hz is over this house's strobe limit of 3 Hz")):
        rig = EngineRig(song_show(make_cue("flash", "1.9", CALLED, flashing(times, 1.0), role="video.server")))
        rig.ask(Fire(cue="flash"))
        assert rig.row("flash").outcome == outcome


def test_a_replacement_is_held_to_the_limit_and_named_before_doors() -> None:
    replace = {"role": AUDIENCE.id, "verb": "zone.effect", "args": {"zone": "floor", "effect": "x", "rate_hz": 9.0}}
    venue = make_venue(absent=[{**HOUSE["absent"][0], "replace": replace}])
    flame = make_cue("flame", "1.9", CALLED, step("effect.fire", device="f", ms=100), role="sfx.pyro", hazard="high")
    show = song_show(flame, roles=(*ROLES, AUDIENCE))
    assert [(each.code, each.where) for each in found(show, venue)] == [("venue.strobe", "role lighting.audience")]
    rig = EngineRig(show, venue)
    rig.ask(Fire(cue="flame"))
    assert rig.row("flame").outcome == "inhibited: 9 Hz is over this house's strobe limit of 3 Hz"
