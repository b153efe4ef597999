"""The profile that the manual of this room shows is a good one: it loads, and meets its own bytes."""

import re
from pathlib import Path

from devices.encode import encode
from devices.example_check import example_problems
from profiles.library import read_profile
from profiles.quality import quality_of
from tests.support.osc_bytes import parse

README = Path(__file__).parents[2] / "profiles" / "devices" / "README.md"


def test_the_profile_of_the_manual_is_one():
    text = re.search(r"```toml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert text is not None
    made, problems = read_profile(text[1], "maker/desk-1", "README.md")
    assert made is not None, [str(problem) for problem in problems]
    assert [str(problem) for problem in problems if problem.severity != "note"] == []
    assert example_problems(made, "README.md") == ()
    assert quality_of(made).next_needs == ("an example of level.set with its bytes",)
    (packet,) = encode(made, "level.set", {"strip": "ch/1", "db": 0.0})
    assert parse(packet.payload) == ("/ch/00/fader", (0.75,))
