"""The line of a key in a TOML file, by its path."""

import pytest

from profiles.toml_lines import line_of

TEXT = """\
id = "x"
site.name = "Hall"

[timecode.out]  # where to
port = "TC"
[[devices]]
id = "a"
[devices.health]
every = 1
[[devices]]
id = "b"
"quoted key" = 2
ports = [
  { number = 1 },
]
[[devices.inputs]]
[[devices.inputs]]
id = "second"
[verbs."cue.go"]
send = []
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("id",), 1),
        (("site", "name"), 2),
        (("site",), 2),
        (("timecode", "out", "port"), 5),
        (("timecode", "out", "missing"), 4),
        (("devices", 0, "id"), 7),
        (("devices", 0, "health", "every"), 9),
        (("devices", 1, "id"), 11),
        (("devices", 1, "quoted key"), 12),
        (("devices", 1, "ports", 0, "number"), 13),
        (("devices", 1, "inputs", 1, "id"), 18),
        (("devices", 1, "missing"), 10),
        (("verbs", "cue.go", "send"), 20),
        (("nowhere",), None),
    ],
)
def test_a_key_has_its_line_and_what_is_missing_that_of_its_table(path: tuple[str | int, ...], line: int | None):
    assert line_of(TEXT, path) == line


@pytest.mark.parametrize("text", ["", "[", "[[]]", '"""\n[a]\n"""'])
def test_any_text_has_lines(text: str):
    assert line_of(text, ("x", 0, "y")) is None
