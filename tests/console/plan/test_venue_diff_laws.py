"""What holds of the difference of any two houses: nothing between a house and itself, and mirrors on the way back."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from console.plan.patch import Patch, build_patch
from console.plan.venue_diff import WEIGHTS, WORDS, VenueDiff, diff_venues
from tests.console.plan.test_venue_diff import SHOW
from tests.support.houses import HOUSE, PROFILES, changed, make_venue

INSTEAD = {"role": "lighting.main", "verb": "cue.fire", "args": {"list": 900, "cue": "7"}}
CAMERAS = [
    HOUSE["cameras"],
    [*HOUSE["cameras"], {"id": "cam-7", "fallback": "cam-4"}],
    [*HOUSE["cameras"], {"id": "cam-7", "fallback": "cam-9"}],
]
ABSENCES: list[dict[str, Any]] = [
    {},
    {"policy": "skip", "reason": "no cameras"},
    {"policy": "replace", "replace": INSTEAD, "reason": "no cameras"},
]


@st.composite
def houses(draw: st.DrawFn) -> Patch:
    """Houses that differ in what a diff tells."""
    fields: dict[str, Any] = {
        "limits": {"strobe_hz_max": draw(st.sampled_from([1.0, 2.0, 3.0]))},
        "cameras": draw(st.sampled_from(CAMERAS)),
        "devices": changed(
            "devices",
            "lx-main",
            latency_ms=draw(st.sampled_from([20, 45])),
            host=draw(st.sampled_from(["10.0.0.1", "10.0.0.9"])),
        ),
    }
    policy = draw(st.sampled_from(ABSENCES))
    if policy:
        fields["roles"] = [row for row in HOUSE["roles"] if row["id"] != "camera.cueing"]
        fields["absent"] = [*HOUSE["absent"], {"role": "camera.cueing", **policy}]
    return build_patch(SHOW, make_venue(**fields), PROFILES)


def of(diff: VenueDiff, *kinds: str) -> set[str]:
    return {each.cue for each in diff.changes if each.kind in kinds}


@settings(max_examples=40)
@given(houses())
def test_a_house_differs_in_nothing_from_itself(house: Patch):
    found = diff_venues(SHOW, house, house)
    assert (found.changes, found.house, found.untouched()) == ((), (), found.cues)


@settings(max_examples=80)
@given(houses(), houses())
def test_the_way_back_mirrors_the_way_there(one: Patch, other: Patch):
    there, back = diff_venues(SHOW, one, other), diff_venues(SHOW, other, one)
    assert of(there, "lost") == of(back, "gained")
    assert of(there, "gained") == of(back, "lost")
    for kind in ("moved", "remapped", "readdressed"):
        assert of(there, kind) == of(back, kind)
    assert of(there, "replaced", "stood_in", "restored") == of(back, "replaced", "stood_in", "restored")
    assert {(each.cue, each.moved_ms) for each in there.changes if each.kind == "moved"} == {
        (each.cue, -(each.moved_ms or 0.0)) for each in back.changes if each.kind == "moved"
    }
    for kind in ("inhibited", "early", "doubled", "folded", "lower_tier"):
        assert not of(there, kind) & of(back, kind), "trouble that is new in one direction is over in the other"
    assert {(each.what, each.before, each.after) for each in there.house} == {
        (each.what, each.after, each.before) for each in back.house
    }


@settings(max_examples=40)
@given(houses(), houses())
def test_every_cue_is_counted_once_and_kinds_stand_gravest_first(one: Patch, other: Patch):
    found = diff_venues(SHOW, one, other)
    assert sum(found.weighed().values()) + found.untouched() == found.cues
    kinds = list(dict.fromkeys(each.kind for each in found.changes))
    assert kinds == [kind for kind in WORDS if kind in kinds]
    assert set(WEIGHTS) == set(WORDS)
