"""A mistyped key is told the one that was meant, wherever it stands."""

import json

import pytest
from pydantic import ValidationError

from console.show.show import Show
from console.show.show_json import ShowFileError, json_to_show, show_to_json
from profiles.known_keys import known_keys, loc_to_path
from profiles.near_names import near_words
from profiles.venue_library import read_venue
from tests.support.builders import song_show

HOUSE = """\
id = "small"
name = "Small"
kind = "club"
time_zone = "UTC"
rate = "25"
{top}
[timecode]
freewheel_frames = 1
jam_frames = 1
[[timecode.out]]
id = "main"
kind = "mtc"
midi_port = "TC"
rate = "25"
{out}
[[devices]]
id = "desk"
profile = "generic/osc"
host = "127.0.0.1"
{device}
"""


@pytest.mark.parametrize(
    ("part", "key", "where", "meant"),
    [
        ("top", "ctiy", 6, "city"),
        ("out", "midi_prt", 15, "midi_port"),
        ("device", "latancy_ms", 20, "latency_ms"),
        ("device", "Trim_MS", 20, "trim_ms"),
    ],
)
def test_a_mistyped_key_of_a_house(part: str, key: str, where: int, meant: str):
    slots = {"top": "", "out": "", "device": "", part: f"{key} = 3"}
    _, problems = read_venue(HOUSE.format(**slots), "x.toml")
    assert [(problem.where.split(":")[1], problem.remedy) for problem in problems] == [
        (str(where), f"did you mean {meant}?")
    ]


@pytest.mark.parametrize(
    ("spoil", "meant"),
    [
        (lambda raw: raw.update(tilte="x"), "title"),
        (lambda raw: raw["cues"][2].update(lable="x"), "label"),
        (lambda raw: raw["cues"][2]["at"].update(baer=1), "bar"),
        (lambda raw: raw["cues"][2]["steps"][0].update(fade_sec=1), "fade_s"),
        (lambda raw: raw["songs"][0]["sections"][0].update(bras=1), "bars"),
        (lambda raw: raw["departments"][0].update(colr=1), "colour"),
    ],
)
def test_a_mistyped_key_of_a_show(spoil, meant: str):
    raw = json.loads(show_to_json(song_show()))
    spoil(raw)
    with pytest.raises(ShowFileError) as caught:
        json_to_show(json.dumps(raw), "x.json")
    assert caught.value.problems[0].remedy == f"did you mean {meant}?"


def test_a_key_like_no_other_is_to_be_removed():
    raw = json.loads(show_to_json(song_show())) | {"zzzzzz": 1}
    with pytest.raises(ShowFileError, match="zzzzzz is not known here: remove it"):
        json_to_show(json.dumps(raw), "x.json")


def test_a_member_of_a_union_is_no_key_of_the_document():
    raw = {"send": [{"address": "/go", "args": [{"i": 1, "f": 2}]}]}
    assert loc_to_path(("send", 0, "address", "args", 0), raw, missing=False) == ("send", 0, "args", 0)
    assert loc_to_path(("send", 0, "address", "x"), raw, missing=True) == ("send", 0, "address", "x")


def test_keys_of_a_place_are_those_of_the_tagged_member():
    try:
        Show.model_validate(json.loads(show_to_json(song_show())) | {"cues": [{"at": {"on": "bar", "baer": 1}}]})
    except ValidationError as error:
        (loc,) = (each["loc"] for each in error.errors() if each["type"] == "extra_forbidden")
    assert {"bar", "beat", "tick"} <= set(known_keys(Show, loc))
    assert "seconds" not in known_keys(Show, loc)


@pytest.mark.parametrize(
    ("name", "known", "words"),
    [
        ("Lighting.Mian", ["lighting.main"], "did you mean lighting.main?"),
        ("x", [], "there are none"),
        ("zzz", [str(n) for n in range(9)], "there are 0, 1, 2, 3, 4, 5, 6, 7 …"),
        ("zzz", ["a", "b"], "there are a, b"),
    ],
)
def test_near_words(name: str, known: list[str], words: str):
    assert near_words(name, known) == words
