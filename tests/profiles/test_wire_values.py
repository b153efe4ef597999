"""One argument to the wire and back: checked, looked up, bent, scaled, shifted, rounded, held."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profiles.argument_rules import ArgRule, Quoting, RuleError, resolve_rule, value_to_text
from profiles.curves import curve_from_points
from profiles.wire_values import from_wire, to_wire

TABLES = {"press": {"true": 1, "false": 0}}
QUOTINGS = {"amcp": Quoting(wrap='"', escape={"\\": "\\\\", '"': '\\"', "\n": "\\n"}), "url": Quoting(percent=True)}
CURVES = {"own": curve_from_points("own", [(-40, 10), (0, 100)], 0)}


def rule(natural=None, name="x", **spec):
    return resolve_rule(name, ArgRule(**spec), natural, CURVES, TABLES, QUOTINGS)


@pytest.mark.parametrize(
    ("spec", "natural", "value", "wire"),
    [
        ({}, "float", -6.5, -6.5),
        ({}, "int", 3, 3),
        ({}, "text", "hall", "hall"),
        ({}, "flag", True, 1),
        ({}, "flag", False, 0),
        ({"type": "int", "offset": -1}, None, 4, 3),
        ({"type": "int", "offset": -1}, None, "4", 3),
        ({"type": "int"}, None, 4.0, 4),
        ({"curve": "x32_level"}, "float", -10.0, 0.5),
        ({"curve": "x32_level"}, "float", -math.inf, 0.0),
        ({"curve": "own", "round": "nearest"}, "float", -20.0, 55),
        ({"scale": 0.01, "round": "down", "wire_max": 31}, "int", 480, 4),
        ({"scale": 0.01, "round": "down", "wire_max": 31}, "int", 9000, 31),
        ({"scale": 127, "round": "nearest"}, "float", 0.5, 64),
        ({"times": "fps", "round": "nearest"}, "float", 2.0, 50),
        ({"wire_min": -150}, "float", -math.inf, -150.0),
        ({"table": {"cut": 32, "mix": 64}}, "text", "mix", 64),
        ({"table": "press"}, "flag", True, 1),
        ({"table": {"main": 1}, "others": "keep", "type": "int"}, "text", "main", 1),
        ({"table": {"main": 1}, "others": "keep", "type": "int"}, "text", "7", 7),
        ({"default": 5}, "int", None, 5),
        ({}, "int", None, None),
    ],
)
def test_values_go_to_the_wire(spec, natural, value, wire):
    given_values = {"fps": 25.0} | ({} if value is None else {"x": value})
    result = to_wire(rule(natural, **spec), given_values)
    assert result == wire
    assert type(result) is type(wire)


@pytest.mark.parametrize(
    ("spec", "natural", "value", "words"),
    [
        ({"min": 1, "max": 32}, "int", 33, "x is 33: give a whole number from 1 to 32"),
        ({"max": 10}, "float", 11, "x is 11: give a number up to 10"),
        ({"min": 1}, "int", 0, "give a whole number from 1"),
        ({}, "int", 2.5, "x is 2.5: give a whole number"),
        ({}, "int", "two", "x is 'two': give a whole number"),
        ({}, "float", True, "x is true: give a number"),
        ({}, "float", math.nan, "x is nan: give a number"),
        ({}, "flag", "maybe", "x is 'maybe': give true or false"),
        ({"table": {"cut": 32, "mix": 64}}, "text", "wipe", "x is 'wipe': give one of cut, mix"),
        ({"choices": ("a", "b")}, "text", "c", "x is 'c': give one of a, b"),
        ({"pattern": "[0-9]+"}, "text", "1.5", r"give text that fits \[0-9\]\+"),
        ({"pattern": "[0-9]+", "wanted": "a cue number"}, "text", "1.5", "x is '1.5': give a cue number"),
        ({"type": "int", "table": {"main": 1}, "others": "keep"}, "text", "left", "give a whole number or main"),
        ({"times": "rate"}, "float", 1.0, "x needs the setting rate as a number"),
    ],
)
def test_what_a_device_cannot_be_told_is_refused_with_a_remedy(spec, natural, value, words):
    with pytest.raises(RuleError, match=words):
        to_wire(rule(natural, **spec), {"x": value})


@pytest.mark.parametrize(
    ("spec", "natural", "wire", "value"),
    [
        ({"type": "int", "offset": -1}, None, 3, 4),
        ({"type": "int", "offset": -1, "max": 32}, None, 40, None),
        ({"curve": "x32_level"}, "float", 0.5, -10.0),
        ({"curve": "x32_level"}, "float", 0.0, -math.inf),
        ({"table": {"cut": 32, "mix": 64}}, "text", 64, "mix"),
        ({"table": {"cut": 32, "mix": 64}}, "text", 65, None),
        ({"table": "press"}, "flag", 1.0, True),
        ({"table": {"main": 1}, "others": "keep", "type": "int"}, "text", 1, "main"),
        ({"table": {"main": 1}, "others": "keep", "type": "int"}, "text", 7, 7),
        ({"times": "fps"}, "float", 50, 2.0),
        ({}, "flag", 0, False),
        ({}, "int", "seven", None),
        ({"pattern": "[0-9]+"}, "text", "x", None),
        ({}, "text", 5, "5"),
        ({"scale": 0}, "float", 5, None),
    ],
)
def test_values_come_back_from_the_wire(spec, natural, wire, value):
    expected = {} if value is None else {"x": value}
    assert from_wire(rule(natural, **spec), wire, {"fps": 25.0}) == expected


def test_several_arguments_become_one_json_object_and_come_back():
    fields = rule("text", name="data", fields={"f0": "line1", "f1": "line2", "secs": "secs"}, quoting="amcp")
    given_values = {"line1": 'Say "hi" & go', "secs": 30.0}
    wire = to_wire(fields, given_values)
    assert wire == '{"f0": "Say \\"hi\\" & go", "secs": "30"}'
    assert from_wire(fields, wire, {}) == {"line1": 'Say "hi" & go', "secs": "30"}
    assert to_wire(fields, {"other": 1}) is None
    assert from_wire(fields, "no json", {}) == {}
    assert from_wire(fields, "[1]", {}) == {}


@pytest.mark.parametrize("spec", [{"curve": "no_such"}, {"table": "no_such"}, {"quoting": "no_such"}])
def test_a_name_that_leads_nowhere_is_told(spec):
    with pytest.raises(RuleError, match=r"'no_such' is not known: there are "):
        rule("float", **spec)


@settings(max_examples=60)
@given(text=st.text(max_size=30))
def test_quoted_text_comes_back(text):
    for quoting in QUOTINGS.values():
        assert quoting.unquoted(quoting.quoted(text)) == text


def test_a_sign_that_cannot_be_quoted_is_refused():
    with pytest.raises(RuleError, match="cannot take: leave it out"):
        Quoting(wrap='"', refuse='"').quoted('say "x"')


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (0.1, "0.1"),
        (-0.0, "0"),
        (1e-9, "0"),
        (2, "2"),
        (True, "true"),
        (False, "false"),
        (-math.inf, "-inf"),
        (1e7, "10000000"),
    ],
)
def test_numbers_in_text_are_plain(value, text):
    assert value_to_text(value) == text


@settings(max_examples=60)
@given(st.integers(1, 32))
def test_keys_with_an_offset_come_back(number):
    keyed = rule(type="int", min=1, max=32, offset=-1)
    assert from_wire(keyed, to_wire(keyed, {"x": number}), {}) == {"x": number}
