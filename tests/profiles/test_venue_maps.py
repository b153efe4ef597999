"""Maps: from the show's names and numbers to the house's."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from profiles.venue_maps import ArgumentMap, scalar_to_name


def make_map(argument: str = "clip", **fields: Any) -> ArgumentMap:
    return ArgumentMap.model_validate({"argument": argument, **fields})


def test_a_table_turns_a_name_into_one_value_several_sends_or_several_arguments():
    zones = make_map("zone", table={"floor": 1, "all": [1, 2], "bar": {"zone": 3, "level": 0.5}})
    assert zones.sends("floor") == ({"zone": 1},)
    assert zones.sends("all") == ({"zone": 1}, {"zone": 2})
    assert zones.sends("bar") == ({"zone": 3, "level": 0.5},)
    assert zones.sends("balcony") is None


def test_several_sends_may_set_several_arguments_each():
    screens = make_map(table={"BOTH": [{"layer": 1, "clip": 4}, {"layer": 2, "clip": 5}]})
    assert screens.sends("BOTH") == ({"layer": 1, "clip": 4}, {"layer": 2, "clip": 5})
    assert screens.arguments() == {"clip", "layer"}


def test_a_rule_sums_its_places():
    numbered = {"pattern": "S{song}_HIT_{hit}", "to": {"clip": {"song": 10, "hit": 1, "plus": 3}, "layer": 2}}
    clips = make_map(rules=[numbered])
    assert clips.sends("S07_HIT_2") == ({"clip": 75, "layer": 2},)
    assert clips.sends("S18_HIT_11") == ({"clip": 194, "layer": 2},)
    assert clips.sends("S07_HIT_two") is None, "a place of a sum stands for digits"
    assert clips.sends("xS07_HIT_2") is None, "the whole name must fit"
    assert clips.arguments() == {"clip", "layer"}


def test_a_rule_fills_text():
    sessions = make_map("session", rules=[{"pattern": "tracks/{number}-{title}", "to": "T{number}"}])
    assert sessions.sends("tracks/01-harbour-signals") == ({"session": "T01"},)


def test_a_rule_may_lead_many_names_to_one_constant():
    looks = make_map("scene", rules=[{"pattern": "colour-{any}", "to": 7}])
    assert looks.sends("colour-oriel") == looks.sends("colour-amber") == ({"scene": 7},)


def test_the_table_is_asked_before_the_rules_and_they_in_order():
    rules = [{"pattern": "S{n}", "to": {"clip": {"n": 1}}}, {"pattern": "S{n}", "to": {"clip": {"n": 2}}}]
    clips = make_map(table={"S9": 900}, rules=rules)
    assert clips.sends("S9") == ({"clip": 900},)
    assert clips.sends("S8") == ({"clip": 8},)


def test_an_offset_moves_whole_numbers():
    scenes = make_map("scene", offset=-100)
    assert scenes.sends(101) == ({"scene": 1},)
    assert scenes.sends("101") is None, "text is no number"
    assert scenes.sends(value=True) is None


def test_what_is_left_goes_to_otherwise_or_through_or_nowhere():
    assert make_map(table={"A": 1}, otherwise=9).sends("B") == ({"clip": 9},)
    assert make_map(table={"A": 1}, keep_others=True).sends("B") == ({"clip": "B"},)
    assert make_map(table={"A": 1}).sends("B") is None


def test_numbers_and_flags_are_looked_up_as_they_are_written():
    assert make_map("scene", table={"140": 5, "true": 6}).sends(140) == ({"scene": 5},)
    assert [scalar_to_name(value) for value in (True, 140, 2.5, "x")] == ["true", "140", "2.5", "x"]


def test_a_map_may_be_for_some_verbs_only():
    clips = make_map(table={"A": 1}, verbs=["clip.play"])
    assert clips.covers("clip.play")
    assert not clips.covers("clip.load")
    assert make_map(table={"A": 1}).covers("anything")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "empty"),
        ({"table": {"A": 1}, "otherwise": 2, "keep_others": True}, "keep one"),
        ({"table": {"A": []}}, "becomes nothing"),
        ({"rules": [{"pattern": "S{song", "to": 1}]}, "no place"),
        ({"rules": [{"pattern": "S{plus}", "to": {"clip": {"plus": 1}}}]}, "another name"),
        ({"rules": [{"pattern": "S{song}", "to": {"song": 10}}]}, "write to ="),
        ({"rules": [{"pattern": "S{song}", "to": {"clip": {"hit": 1}}}]}, "'hit' is not a place"),
        ({"rules": [{"pattern": "S{song}", "to": "T{hit}"}]}, "'hit' is not a place"),
        ({"rules": [{"pattern": "S{song}", "to": 1, "form": 2}]}, "form"),
    ],
)
def test_what_a_map_cannot_say_is_refused_with_the_remedy(fields: dict[str, Any], words: str):
    with pytest.raises(ValidationError, match=words):
        make_map(**fields)


@given(st.integers(0, 99), st.integers(0, 999))
def test_a_numbering_rule_is_the_sum_it_says(song: int, hit: int):
    clips = make_map(rules=[{"pattern": "S{song}_{hit}", "to": {"clip": {"song": 1000, "hit": 1}}}])
    assert clips.sends(f"S{song:02}_{hit}") == ({"clip": 1000 * song + hit},)
