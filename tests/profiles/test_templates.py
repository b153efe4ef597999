"""Templates fill and match; what they fill they read again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profiles.templates import Template, TemplateError, parse_template


def any_text(_name: str) -> str:
    return r"[^/ ]+"


def filled(text: str, **values: object) -> object:
    template = parse_template(text)
    assert template.missing(values) is None
    return template.value(values)


@pytest.mark.parametrize(
    ("text", "values", "result"),
    [
        ("/ch/{ch:02d}/mix/fader", {"ch": 1}, "/ch/01/mix/fader"),
        ("/ch/{ch:02d}/mix/fader", {"ch": 32}, "/ch/32/mix/fader"),
        ("/headamp/{n:03d}/gain", {"n": 7}, "/headamp/007/gain"),
        ("{db}", {"db": -6.5}, -6.5),
        ("{on}", {"on": True}, True),
        ("[{colour}]", {}, None),
        ("[{colour}]", {"colour": "#fff"}, "#fff"),
        ("PLAY {layer}[ MIX {frames}]", {"layer": "1-10"}, "PLAY 1-10"),
        ("PLAY {layer}[ MIX {frames}]", {"layer": "1-10", "frames": 25}, "PLAY 1-10 MIX 25"),
        ('{{"f0": {x}}}', {"x": 3}, '{"f0": 3}'),
        ("a[[0]]", {}, "a[0]"),
        ("no place", {}, "no place"),
        ("", {}, ""),
    ],
)
def test_templates_fill(text, values, result):
    assert filled(text, **values) == result


@pytest.mark.parametrize("constant", [1, 0.5, True, -3])
def test_a_number_is_a_constant_that_keeps_its_type(constant):
    value = parse_template(constant).value({})
    assert value == constant
    assert type(value) is type(constant)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/ch/{ch", "is no place"),
        ("/ch/{Ch}", "is no place"),
        ("/ch/{ch:2d}", "is no place"),
        ("{}", "is no place"),
        ("a[b]", "nothing decides whether it is sent"),
        ("a[{b}", "is not closed"),
        ("a]{b}", "must come in pairs"),
        ("[a[{b}]]", "must come in pairs"),
        ("a}", "is no place"),
    ],
)
def test_a_template_that_cannot_be_read_says_why(text, words):
    with pytest.raises(TemplateError, match=words):
        parse_template(text)


@pytest.mark.parametrize(
    ("text", "given", "found"),
    [
        ("/eos/cue/{list}/{cue}/fire", "/eos/cue/1/2.5/fire", {"list": "1", "cue": "2.5"}),
        ("/eos/cue/{list}/{cue}/fire", "/eos/cue/1/2.5/stop", None),
        ("/eos/cue/{list}/{cue}/fire", "/eos/cue/1/2/5/fire", None),
        ("/ch/{ch:02d}/mix/on", "/ch/07/mix/on", {"ch": "07"}),
        ("/ch/{ch:02d}/mix/on", "/ch/7/mix/on", None),
        ("PLAY {layer}[ MIX {frames}]", "PLAY 1-10", {"layer": "1-10"}),
        ("PLAY {layer}[ MIX {frames}]", "PLAY 1-10 MIX 5", {"layer": "1-10", "frames": "5"}),
        ("{a}-{a}", "5-5", {"a": "5"}),
        ("{a}-{a}", "5-6", None),
        ("main", "main", {}),
        ("main", "Main", None),
        ("", "", {}),
    ],
)
def test_templates_match(text, given, found):
    assert parse_template(text).match(given, any_text) == found


def test_missing_names_the_first_place_that_must_be_given():
    template = parse_template("/{a}/{b}[/{c}]")
    assert template.missing({}) == "a"
    assert template.missing({"a": 1}) == "b"
    assert template.missing({"a": 1, "b": 2}) is None
    assert template.names == ("a", "b", "c")


def test_equal_texts_are_equal_templates():
    assert parse_template("/a/{b}") == parse_template("/a/{b}")
    assert parse_template("1") != parse_template(1)
    assert hash(parse_template("/a/{b}")) == hash(parse_template("/a/{b}"))


@settings(max_examples=60)
@given(st.lists(st.text(alphabet="abcXYZ0189._-", min_size=1, max_size=6), min_size=1, max_size=4))
def test_what_is_filled_is_read_again(values):
    names = [f"n{index}" for index in range(len(values))]
    template = parse_template("/x/" + "/".join(f"{{{name}}}" for name in names))
    text = template.value(dict(zip(names, values, strict=True)))
    assert isinstance(template, Template)
    assert template.match(text, any_text) == dict(zip(names, values, strict=True))
