"""OSC address patterns: the standard's signs, and no pattern that costs more than its length."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.osc.address import AddressPattern, AddressTable, is_pattern
from devices.osc.guard import OscError


@pytest.mark.parametrize(
    ("pattern", "fits", "fits_not"),
    [
        ("/cue/1", ["/cue/1"], ["/cue/10", "/cue", "/cue/1/"]),
        ("/cue/?", ["/cue/1", "/cue/x"], ["/cue/", "/cue/10"]),
        ("/cue/*", ["/cue/", "/cue/1", "/cue/abc"], ["/cue/1/start", "/cue"]),
        ("/*/start", ["/cue/start", "//start"], ["/cue/1/start"]),
        ("/ch/[0-3]", ["/ch/0", "/ch/3"], ["/ch/4", "/ch/", "/ch/00"]),
        ("/ch/[!0-3]", ["/ch/4", "/ch/x"], ["/ch/0", "/ch/", "/ch/44"]),
        ("/ch/[a-]", ["/ch/a", "/ch/-"], ["/ch/b"]),
        ("/ch/[-a]", ["/ch/a", "/ch/-"], ["/ch/b"]),
        ("/ch/[a!]", ["/ch/a", "/ch/!"], ["/ch/b"]),
        ("/ch/[a-cx-z1]", ["/ch/b", "/ch/y", "/ch/1"], ["/ch/d", "/ch/-"]),
        ("/ch/[]", [], ["/ch/", "/ch/a"]),
        ("/{go,stop}/1", ["/go/1", "/stop/1"], ["/g/1", "/gostop/1"]),
        ("/{a,ab}{c,bc}", ["/ac", "/abc", "/abbc"], ["/a", "/abcc"]),
        ("/x{,y}", ["/x", "/xy"], ["/xyy"]),
        ("/a*b*c", ["/abc", "/aXbYc", "/abcbc"], ["/ab", "/acb"]),
        ("/a.b", ["/a.b"], ["/axb"]),
    ],
)
def test_signs(pattern, fits, fits_not):
    ready = AddressPattern(pattern)
    assert [address for address in fits if not ready.matches(address)] == []
    assert [address for address in fits_not if ready.matches(address)] == []


@pytest.mark.parametrize("pattern", ["/a[", "/a[1-", "/{go", "/x/{a,b]"])
def test_a_pattern_left_open_is_refused(pattern):
    with pytest.raises(OscError, match="without closing"):
        AddressPattern(pattern)


@given(st.text("ab*?/", max_size=12), st.text("ab/", max_size=12))
@settings(max_examples=300)
def test_agrees_with_a_regular_expression(pattern, address):
    expression = "".join({"*": "[^/]*", "?": "[^/]"}.get(sign, sign) for sign in pattern)
    assert AddressPattern(pattern).matches(address) == bool(re.fullmatch(expression, address))


def test_stars_cannot_stall_it():
    began = time.monotonic()
    assert not AddressPattern("/" + "*a" * 200 + "b").matches("/" + "a" * 400)
    assert time.monotonic() - began < 2  # a backtracking matcher would not end this century


@pytest.fixture
def table() -> AddressTable[str]:
    table = AddressTable[str]()
    for address in ("/go", "/cue/1", "/cue/2", "/cue/*", "/cue/1"):
        table.put(address, address)
    return table


@pytest.mark.parametrize(
    ("received", "found"),
    [
        ("/go", ("/go",)),
        ("/cue/1", ("/cue/1", "/cue/1", "/cue/*")),
        ("/cue/9", ("/cue/*",)),
        ("/cue/{1,2}", ("/cue/1", "/cue/1", "/cue/2")),
        ("/cue/*", ("/cue/1", "/cue/1", "/cue/2", "/cue/*")),
        ("/stop", ()),
    ],
)
def test_table(table, received, found):
    assert table.find(received) == found


def test_a_table_refuses_a_broken_pattern_either_way(table):
    with pytest.raises(OscError):
        table.put("/a[", "x")
    with pytest.raises(OscError):
        table.find("/a[")


def test_is_pattern():
    assert is_pattern("/cue/*")
    assert not is_pattern("/cue/1")
