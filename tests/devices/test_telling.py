"""How a device confirms, and when what it says is what it was told."""

from __future__ import annotations

from typing import Any

import pytest

from devices.telling import agrees, confirms_within_ns
from profiles.library import load_profile
from tests.support.houses import make_profile

MS = 1_000_000


def shipped(profile: str) -> Any:
    return load_profile(profile)[0]


@pytest.mark.parametrize(
    ("profile", "verb", "args", "within_ms"),
    [
        ("behringer/x32", "level.set", {"strip": "ch/1", "db": 0.0}, 1000),  # asked
        ("behringer/x32", "scene.recall", {"scene": 5}, None),
        ("etc/eos", "cue.fire", {"list": 1, "cue": "2"}, 1000),  # says so
        ("etc/eos", "cue.go", {}, None),
        ("bridge/wristbands", "zone.off", {"zone": "all"}, 1000),  # echoes
        ("generic/osc", "cue.fire", {"list": 1, "cue": "2"}, None),
        ("xjadeo/xjadeo", "clip.play", {"clip": "a.mov"}, None),
        ("supercollider/scsynth", "level.set", {"strip": "node/1000", "db": -6.0}, 1000),
        ("supercollider/scsynth", "clip.play", {"clip": "tone", "layer": "1000"}, None),
    ],
)
def test_who_can_tell_and_for_how_long_it_is_waited_for(
    profile: str, verb: str, args: dict[str, Any], within_ms: int | None
) -> None:
    found = confirms_within_ns(shipped(profile), None, verb, args)
    assert found == (None if within_ms is None else within_ms * MS)


HEARD = ({"kind": "osc_udp", "port": 1, "reply": "same_socket"},)
UNHEARD = ({"kind": "osc_udp", "port": 1, "reply": "none"},)
ECHOING: dict[str, Any] = {
    "transports": HEARD,
    "flags": {"echo": True},
    "verbs": {
        "cue.go": {"send": ({"address": "/go"},)},
        "cue.back": {"send": ({"address": "/back"},), "confirm_ms": 50},
    },
}


def test_a_profile_says_how_long_or_that_its_echo_answers_nothing() -> None:
    desk = make_profile("t/desk", confirm_ms=300, **ECHOING)
    assert confirms_within_ns(desk, None, "cue.go", {}) == 300 * MS
    assert confirms_within_ns(desk, None, "cue.back", {}) == 50 * MS
    assert confirms_within_ns(desk, None, "macro.fire", {"macro": 1}) is None
    mute = make_profile("t/mute", **(ECHOING | {"verbs": {"cue.go": {"send": ({"address": "/go"},), "confirm_ms": 0}}}))
    assert confirms_within_ns(mute, None, "cue.go", {}) is None


def test_what_cannot_reach_us_confirms_nothing() -> None:
    deaf = make_profile("t/deaf", **(ECHOING | {"transports": UNHEARD}))
    assert confirms_within_ns(deaf, None, "cue.go", {}) is None


X32_LEVEL = {"strip": "ch/1", "db": -10.0}


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ({"strip": "ch/1", "db": -10.0}, True),
        ({"strip": "ch/1", "db": -10.04}, True),  # half a step of 1/1023 of the fader
        ({"strip": "ch/1", "db": -10.2}, False),
        ({"strip": "ch/2", "db": -10.0}, False),
        ({"db": -10.0}, True),
        ({}, True),
    ],
)
def test_values_are_compared_no_finer_than_the_device_keeps_them(said: dict[str, Any], *, same: bool) -> None:
    assert agrees(shipped("behringer/x32"), "level.set", X32_LEVEL, said, {}) is same


def test_minus_infinity_is_the_bottom_of_the_fader() -> None:
    told = {"strip": "ch/1", "db": float("-inf")}
    x32 = shipped("behringer/x32")
    assert agrees(x32, "level.set", told, {"strip": "ch/1", "db": -90.0}, {})
    assert not agrees(x32, "level.set", told, {"strip": "ch/1", "db": -60.0}, {})


def test_a_table_s_two_names_of_one_wire_value_are_the_same() -> None:
    told = {"layer": "1", "clip": "7", "loop": False}
    assert agrees(shipped("resolume/arena"), "clip.play", told, {"layer": "main", "clip": "7"}, {})
    assert not agrees(shipped("resolume/arena"), "clip.play", told, {"layer": "main", "clip": "8"}, {})


def test_the_case_of_text_counts_where_the_device_minds_it() -> None:
    told, said = {"list": 1, "cue": "A1"}, {"list": 1, "cue": "a1"}
    assert agrees(shipped("etc/eos"), "cue.fire", told, said, {})
    assert not agrees(shipped("figure53/qlab"), "cue.fire", told, said, {})
