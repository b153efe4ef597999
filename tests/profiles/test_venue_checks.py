"""What can be wrong between the parts of a venue."""

from typing import Any

import pytest

from profiles.venue_checks import check_venue
from tests.support.houses import HOUSE, changed, make_venue

LINE = {"role": "lighting.main", "verb": "cue.go"}
REPLACE = {"role": "sfx.pyro", "policy": "replace", "reason": "none here"}


def add(where: str, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [*HOUSE[where], *rows]


def test_the_small_house_is_well():
    assert check_venue(make_venue()) == ()


def code_lines(source: str, outs: list[str]) -> dict[str, Any]:
    """A [timecode] table: one source, and as many outputs as there are ports."""
    line = {"kind": "mtc", "rate": "25"}
    return {
        "freewheel_frames": 12,
        "jam_frames": 5,
        "in": [{"id": "in", "midi_port": source, **line}],
        "out": [{"id": f"out-{n}", "midi_port": port, **line} for n, port in enumerate(outs)],
    }


@pytest.mark.parametrize(
    ("fields", "severity", "code", "words"),
    [
        ({"devices": add("devices", HOUSE["devices"][0])}, "error", "venue.twice", "device lx-main: is listed twice"),
        (
            {"roles": add("roles", {"id": "audio.foh", "main": "foh"})},
            "error",
            "venue.role.twice",
            "role audio.foh: is bound twice",
        ),
        (
            {"roles": changed("roles", "audio.foh", main="fho")},
            "error",
            "venue.role.device",
            "'fho', which is not listed: did you mean foh?",
        ),
        (
            {"roles": changed("roles", "lighting.main", standby=["lx-main"])},
            "error",
            "venue.role.duty",
            "device lx-main two duties",
        ),
        ({"roles": HOUSE["roles"][:-1]}, "note", "venue.device.idle", "device cams: stands for no role"),
        (
            {"roles": changed("roles", "camera.cueing", maps=[{"argument": "camrea", "otherwise": 1}])},
            "error",
            "venue.map.unreachable",
            "no verb it covers has an argument 'camrea'",
        ),
        (
            {
                "roles": changed(
                    "roles", "audio.foh", maps=[{"argument": "scene", "verbs": ["scne.recall"], "offset": 1}]
                )
            },
            "error",
            "venue.map.verb",
            "did you mean scene.recall?",
        ),
        (
            {"roles": changed("roles", "audio.foh", maps=[{"argument": "scene", "offset": n} for n in (1, 2)])},
            "error",
            "venue.map.unreachable",
            "stands behind another map",
        ),
        (
            {"roles": add("roles", {"id": "sfx.pyro", "main": "cams"})},
            "error",
            "venue.absent.bound",
            "absent sfx.pyro: is bound to devices as well",
        ),
        (
            {"absent": add("absent", {"role": "sfx.atmos", "when": {"device": "x"}, "policy": "skip", "reason": "r"})},
            "warning",
            "venue.absent.unbound",
            "no device stands for",
        ),
        ({"absent": HOUSE["absent"] * 2}, "error", "venue.absent.twice", "declared absent twice"),
        (
            {"absent": [REPLACE | {"replace": LINE, "verbs": ["effect.fier"]}]},
            "error",
            "venue.absent.verb",
            "did you mean effect.fire?",
        ),
        (
            {"absent": [REPLACE | {"replace": LINE | {"role": "lighting.side"}}]},
            "error",
            "venue.safe.role",
            "absent sfx.pyro: role lighting.side is bound to nothing",
        ),
        (
            {"safe": {"soft": [LINE | {"role": "sfx.pyro"}]}},
            "error",
            "venue.safe.role",
            "safe.soft 1: role sfx.pyro is absent in this house",
        ),
        ({"safe": {"hard": [LINE | {"verb": "cue.og"}]}}, "error", "venue.safe.verb", "safe.hard 1: no verb"),
        (
            {"safe": {"show_stop": [LINE | {"verb": "cue.fire"}]}},
            "error",
            "venue.safe.args",
            "cue.fire: cue is missing",
        ),
        (
            {"safe": {"soft": [{"role": "sfx.pyro", "verb": "effect.fire", "args": {"device": "x"}}]}},
            "error",
            "venue.safe.hazard",
            "safe.soft 1: effect.fire is a hazard",
        ),
        (
            {"safe": {"show_stop": [LINE | {"verb": "blackout.set", "args": {"on": True}}]}},
            "error",
            "venue.safe.blackout",
            "never a blackout",
        ),
        ({"safe": {}}, "warning", "venue.safe.empty", "panic sends nothing"),
        ({"safe": {"soft": [LINE]}}, "warning", "venue.safe.empty", "show stop sends nothing"),
        (
            {"devices": changed("devices", "lx-backup", host="10.0.0.1")},
            "warning",
            "venue.device.shared",
            "device lx-backup: has the address of device lx-main",
        ),
        (
            {"devices": changed("devices", "lx-backup", sim_port=19001)},
            "error",
            "venue.sim_port.twice",
            "sim_port 19001: is given twice",
        ),
        (
            {"networks": [{"name": "media", "subnet": "10.9.0.0/16"}]},
            "warning",
            "venue.device.network",
            "device foh: 10.0.0.3 is in no network of the house",
        ),
        (
            {
                "networks": [{"name": "control", "subnet": "10.0.0.0/24", "console": ["10.0.0.20"]}],
                "remote": {"bind": "10.0.0.21", "port": 53100, "allow": ["10.0.0.0/24"]},
            },
            "warning",
            "venue.remote.bind",
            "bind 10.0.0.20",
        ),
        ({"remote": {"bind": "10.0.0.250", "port": 53100, "allow": []}}, "warning", "venue.remote.nobody", "nobody"),
        (
            {"inputs": [{"id": "a", "kind": "enable", "roles": ["sfx.lava"], "osc": "/1", "stale_s": 1}]},
            "error",
            "venue.input.role",
            "guards sfx.lava",
        ),
        (
            {"inputs": [{"id": n, "kind": "enable", "roles": ["sfx.pyro"], "osc": "/1", "stale_s": 1} for n in "ab"]},
            "error",
            "venue.input.shared",
            "input /1: drives two lines",
        ),
        (
            {"cameras": [{"id": "cam-6", "fallback": "cam-8"}, {"id": "cam-8", "fallback": "cam-6"}]},
            "error",
            "venue.camera.fallback",
            "camera cam-6: falls back to 'cam-8', which is not here",
        ),
        (
            {"positions": [{"name": "B-stage", "fallback": "DSC"}]},
            "error",
            "venue.position.fallback",
            "falls back to 'DSC'",
        ),
        (
            {
                "timecode": {
                    "freewheel_frames": 10,
                    "jam_frames": 5,
                    "in": [{"id": "truck", "kind": "mtc", "midi_port": "X", "rate": "30"}],
                }
            },
            "note",
            "venue.timecode.rate",
            "runs at 30 in a house at 25",
        ),
        (
            {"timecode": code_lines(source="TC", outs=["TC", "OTHER"])},
            "warning",
            "venue.timecode.loop",
            "goes to 'TC', which is also followed: the console would chase its own code",
        ),
        (
            {"timecode": code_lines(source="IN", outs=["TC", "TC"])},
            "error",
            "venue.timecode.port",
            "two timecode outputs share it",
        ),
    ],
)
def test_each_fault_is_named_with_its_place(fields: dict[str, Any], severity: str, code: str, words: str):
    problems = [problem for problem in check_venue(make_venue(**fields)) if problem.code == code]
    assert problems, f"{code} was not found"
    assert {problem.severity for problem in problems} == {severity}
    assert any(words in str(problem) for problem in problems), [str(problem) for problem in problems]


def test_loopback_and_names_are_in_every_network():
    venue = make_venue(
        networks=[{"name": "control", "subnet": "10.0.0.0/24"}],
        devices=[
            {**row, "host": "localhost" if n else "127.0.0.1", "port": 9000 + n}
            for n, row in enumerate(HOUSE["devices"])
        ],
    )
    assert check_venue(venue) == ()


def test_everything_is_told_at_once_errors_first():
    venue = make_venue(safe={"show_stop": [LINE | {"verb": "cue.og"}]}, devices=[], roles=[])
    problems = check_venue(venue)
    severities = [problem.severity for problem in problems]
    assert severities == sorted(severities, key=("error", "warning", "note").index)
    assert len(problems) > 2
