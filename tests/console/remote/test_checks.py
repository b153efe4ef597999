"""Remote control of a house that cannot work as written is said before doors."""

from __future__ import annotations

from typing import Any

import pytest

from console.remote.checks import remote_problems
from profiles.remote_control import RemoteControl


def found(**fields: Any) -> list[str]:
    return [f"{each.severity} {each.code}" for each in remote_problems(RemoteControl(port=9000, **fields))]


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"triggers": [{"osc": "/go", "do": "go"}, {"osc": "/go", "do": "hold"}]}, []),
        ({"midi_ports": ["pads"], "triggers": [{"midi": "note/1/36", "midi_port": "pads", "do": "go"}]}, []),
        ({"triggers": [{"osc": "/go", "do": "gone"}]}, ["warning venue.remote.trigger"]),
        ({"triggers": [{"midi": "note/1/36", "do": "go"}]}, ["warning venue.remote.port"]),
        (
            {"midi_ports": ["pads"], "triggers": [{"midi": "note/1/36", "midi_port": "keys", "do": "go"}]},
            ["warning venue.remote.port"],
        ),
        ({"triggers": [{"osc": "/go", "do": "go"}, {"osc": "/go", "do": "go"}]}, ["warning venue.remote.twice"]),
        ({"msc": [{"device_id": 5}, {"device_id": 5, "format": "sound"}]}, []),
        ({"msc": [{"device_id": 5}, {"device_id": 5, "list": "hot"}]}, ["warning venue.remote.msc"]),
    ],
)
def test_what_is_found(fields: dict[str, Any], wanted: list[str]) -> None:
    assert found(**fields) == wanted


def test_a_house_without_a_remote_has_nothing_to_say() -> None:
    assert remote_problems(None) == ()
