"""The venue's models: what a file may hold, and what is refused with a remedy."""

from typing import Any

import pytest
from pydantic import ValidationError

from profiles.venue_profile import Duty, InputLine, RoleBinding, Venue
from tests.support.houses import HOUSE, changed, make_venue


def test_a_small_house_reads():
    venue = make_venue()
    assert venue.clock_zone().key == "Europe/London"
    assert venue.device_by_id["vid-b"].trim_ms == -3.5
    assert venue.role_by_id["lighting.main"].devices == (("lx-main", Duty.MAIN), ("lx-backup", Duty.STANDBY))
    assert venue.camera_fallbacks == {"cam-6-rail": "cam-4"}
    assert set(venue.absent_roles) == {"sfx.pyro"}


def test_duties_come_main_first():
    role = RoleBinding(id="x", main="a", parallel=("b", "c"), standby=("d",))
    assert [duty for _, duty in role.devices] == [Duty.MAIN, Duty.PARALLEL, Duty.PARALLEL, Duty.STANDBY]


def test_a_policy_can_be_for_names_inside_a_role():
    skip = {"role": "sfx.atmos", "when": {"device": "co2-row"}, "policy": "skip", "reason": "no CO2 here"}
    venue = make_venue(absent=[skip])
    assert venue.absent_roles == {}
    found = venue.absence("sfx.atmos", {"device": "co2-row", "ms": 900})
    assert found is not None
    assert found.reason == "no CO2 here"
    assert venue.absence("sfx.atmos", {"device": "confetti"}) is None
    assert venue.absence("sfx.other", {"device": "co2-row"}) is None


def test_timecode_is_written_as_people_say_it():
    source = {"id": "truck", "kind": "mtc", "midi_port": "TRUCK MTC", "rate": "29.97df"}
    venue = make_venue(timecode={"freewheel_frames": 15, "jam_frames": 5, "in": [source]})
    assert venue.timecode is not None
    assert venue.timecode.sources[0].midi_port == "TRUCK MTC"
    assert venue.timecode.outs == ()


DEVICE = {"id": "x", "profile": "a/b"}
LINE = {"id": "x", "kind": "enable", "roles": ["sfx.pyro"], "stale_s": 1}
POSITION = {"name": "DSC", "x_m": 0, "y_m": 0, "z_m": 1.6}
REPLACE = {"role": "lighting.main", "verb": "cue.go"}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"time_zone": "Europe/Lodnon"}, "no time zone: write one like"),
        ({"time_zone": "../etc/passwd"}, "no time zone"),
        ({"rate": "26"}, "frame rate '26' is not known"),
        ({"id": "Small Hall"}, "pattern"),
        ({"curfew": {"time": "24:00", "hard": True}}, "pattern"),
        ({"limits": {"strobe_hz_max": 0}}, "greater than 0"),
        ({"networks": [{"name": "control", "subnet": "10.0.0.0/33"}]}, "no network: write one like"),
        ({"devices": [DEVICE]}, "either host or midi_port"),
        ({"devices": [DEVICE | {"host": "10.0.0.1", "midi_port": "X"}]}, "either host or midi_port"),
        ({"devices": [DEVICE | {"host": "10.0.0.1", "channel": 17}]}, "16"),
        ({"devices": [DEVICE | {"host": "192.168.41.999"}]}, "'192.168.41.999' is no address"),
        ({"devices": [DEVICE | {"host": "192.168.40.2l"}]}, "'192.168.40.2l' is no address"),
        ({"devices": [DEVICE | {"host": "10.0.0.1", "hots": 1}]}, "hots"),
        ({"positions": [POSITION | {"fallback": "DSL"}]}, "or a fallback"),
        ({"positions": [{"name": "DSC"}]}, "or a fallback"),
        ({"cameras": [{"id": "cam-1"}]}, "or a fallback"),
        ({"absent": [{"role": "x", "policy": "replace", "reason": "r"}]}, "needs a replace table"),
        ({"absent": [{"role": "x", "policy": "skip", "replace": REPLACE, "reason": "r"}]}, "needs a replace table"),
        ({"absent": [{"role": "x", "policy": "skip", "verbs": ["cue.go"], "reason": "r"}]}, "verbs say what"),
        ({"inputs": [LINE]}, "give osc, or midi together with midi_port"),
        ({"inputs": [LINE | {"midi": "note/1/36"}]}, "give osc, or midi together with midi_port"),
        ({"inputs": [LINE | {"osc": "/gpi/1", "zone": "upstage"}]}, "a zone_clear names its zone"),
        ({"inputs": [LINE | {"osc": "/gpi/1", "kind": "zone_clear"}]}, "a zone_clear names its zone"),
        ({"remote": {"bind": "10.0.0.9", "port": 53100, "allow": ["everyone"]}}, "no network"),
    ],
)
def test_what_cannot_be_is_refused_with_the_remedy(fields: dict[str, Any], words: str):
    with pytest.raises(ValidationError, match=words):
        Venue.model_validate({**HOUSE, **fields})


def test_an_input_may_be_a_midi_note():
    line = InputLine.model_validate(LINE | {"midi_port": "GPI", "midi": "note/1/36"})
    assert line.midi == "note/1/36"


def test_a_venue_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        make_venue().name = "Other"


def test_a_changed_row_is_only_that_row():
    assert [row["id"] for row in changed("devices", "foh", host="10.0.0.99")] == [r["id"] for r in HOUSE["devices"]]
