"""What a check says of a venue's parts, with the line it stands on."""

from __future__ import annotations

import pytest

from profiles.problems import Problem
from profiles.venue_places import placed

TEXT = """\
id = "hall"
[[devices]]
id = "desk"
sim_port = 19001
[[devices]]
id = "desk"
sim_port = 19001
[[roles]]
id = "lighting.main"
main = "desk"
[[roles.maps]]
argument = "zone"
[[roles.maps]]
argument = "zone"
[[absent]]
role = "sfx.pyro"
[timecode]
[[timecode.in]]
id = "truck"
[departments.LX]
latency_ms = 3
[safe]
soft = []
hard = [
  { role = "x", verb = "y" },
]
"""


@pytest.mark.parametrize(
    ("where", "code", "line"),
    [
        ("device desk", "venue.device.port", 2),
        ("device desk", "venue.twice", 5),
        ("sim_port 19001", "venue.sim_port.twice", 5),
        ("role lighting.main", "venue.role.device", 8),
        ("role lighting.main map zone", "venue.map.unreachable", 13),
        ("absent sfx.pyro", "venue.absent.bound", 15),
        ("timecode source truck", "venue.timecode.rate", 18),
        ("department LX", "venue.department.unknown", 20),
        ("safe.soft", "venue.safe.empty", 23),
        ("safe.hard 1", "venue.safe.verb", 24),
        ("safe.show_stop", "venue.safe.empty", 22),
        ("device gone", "venue.device.port", None),
        ("role video.server", "venue.role.unbound", None),
        ("cue 2.1", "cue.encode", None),
        ("houses/hall.toml:3: devices.0.host", "venue.schema", None),
    ],
)
def test_a_problem_is_told_with_its_line(where: str, code: str, line: int | None):
    problem = Problem("error", code, where, "is wrong", "mend it")
    (told,) = placed([problem], TEXT, "houses/hall.toml")
    assert told.where == (where if line is None else f"{where} (hall.toml:{line})")


def test_text_that_is_no_toml_has_no_places():
    problem = Problem("error", "venue.twice", "device desk", "is listed twice", "")
    assert placed([problem], "id = ", "hall.toml") == (problem,)
