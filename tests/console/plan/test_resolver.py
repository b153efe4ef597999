"""The state at t: choices, groups, zones, standby items, and that taking a choice in is building anew."""

from __future__ import annotations

import pytest

from console.plan.resolver import ParameterKey, Standing, StateIndex, reason_against, standing_choices
from console.plan.schedule import build_schedule
from console.show.cues import InGroup
from console.show.show import Show
from tests.support.builders import at_bar, evening_show, light, make_cue, song_show, step
from tests.support.rich_show import fader, rich_show

LIGHT = ("lighting.main", "cue", "main")
LEVEL = ("audio.foh", "level", "ch/1")


def state(show: Show, item: str, seconds: float, **choices: str) -> dict[ParameterKey, Standing]:
    index = StateIndex(show, build_schedule(show), standing_choices(show) | choices)
    return index.resolve(item, round(seconds * 1e9))


@pytest.mark.parametrize("fields", [{"disabled": True}, {"condition": {"terms": [{"choice": "x", "value": "y"}]}}])
def test_children_of_a_group_that_does_not_run_set_nothing(fields: dict[str, object]) -> None:
    group = make_cue("group", "1.9", at_bar(2), role=None, group="together", **fields)
    child = make_cue("child", "1.91", InGroup(on="group"), light("99"), parent="group")
    show = song_show(group, child)
    assert state(show, "song", 3.0)[LIGHT].cue == "song-intro"
    assert (reason_against(show, child, {}) or "").startswith("in 1.9: ")


def test_a_choice_taken_in_is_as_good_as_a_new_index() -> None:
    show = rich_show()
    schedule = build_schedule(show)
    index = StateIndex(show, schedule, {"winner": "a"})
    for value in ("b", "a", "b"):
        index.choices_changed({"winner": value}, [cue.id for cue in show.cues])
        fresh = StateIndex(show, schedule, {"winner": value})
        for item, at_ns in (("song", 15_000_000_000), ("second", 0), ("talk", 0)):
            assert index.resolve(item, at_ns) == fresh.resolve(item, at_ns)


def test_tables_and_conditions_use_the_choice_as_it_stands() -> None:
    key = ("lighting.main", "cue", "2")
    assert state(rich_show(), "song", 13.0)[key].args["cue"] == "71"
    assert state(rich_show(), "song", 13.0, winner="b")[key].args["cue"] == "72"


def test_a_value_on_the_group_sets_every_member_until_one_is_set_again() -> None:
    def zone(cue: str, number: str, bar: int, where: str, scene: str):  # type: ignore[no-untyped-def]
        return make_cue(cue, number, at_bar(bar), step("zone.scene", zone=where, scene=scene), role="lighting.audience")

    show = song_show(
        zone("a", "1.90", 1, "floor", "x"), zone("b", "1.91", 2, "all", "y"), zone("c", "1.92", 3, "floor", "z")
    )
    family = ("lighting.audience", "zone")
    found = [{key[2]: each.args["scene"] for key, each in state(show, "song", at).items() if key[:2] == family}
             for at in (1.0, 3.0, 5.0)]  # fmt: skip
    assert found == [{"floor": "x"}, {"all": "y"}, {"all": "y", "floor": "z"}]


@pytest.mark.parametrize("fields", [{"counts": False}, {"skipped": True}])
def test_items_that_are_not_played_set_nothing_behind_them(fields: dict[str, bool]) -> None:
    show = evening_show()
    items = tuple(i.model_copy(update=fields) if i.id == "song" else i for i in show.items)
    show = show.model_copy(update={"items": items})
    assert LIGHT not in state(show, "talk", 1.0)
    assert (LIGHT in state(show, "song", 1.0)) == (
        "counts" in fields
    )  # a standby item that is played has its own state


def test_a_fade_over_a_fade_begins_where_the_first_one_stands() -> None:
    show = song_show(fader("set", "1.90", at_bar(1), 0.0, None), fader("down", "1.91", at_bar(2), -20.0, 4.0),
                     fader("up", "1.92", at_bar(3), 0.0, 2.0))  # fmt: skip
    standing = state(show, "song", 5.0)[LEVEL]
    assert (standing.from_value, standing.value) == (-10.0, -5.0)
    assert state(show, "song", 20.0)[LEVEL].value == 0.0


def test_what_is_set_within_a_place_is_known() -> None:
    show = song_show(fader("set", "1.90", at_bar(9), 0.0, None))
    index = StateIndex(show, build_schedule(show), {})
    assert index.set_within("song", 16_000_000_000, 17_000_000_000) == {LEVEL}
