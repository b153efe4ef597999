"""Finding and reading venues."""

from pathlib import Path

import pytest

from profiles.venue_checks import check_venue
from profiles.venue_library import list_venues, load_venue, read_venue

SMALL = """\
id = "small"
name = "Small"
time_zone = "Europe/London"
rate = "25"

[[devices]]
id = "desk"
profile = "generic/osc"
host = "10.0.0.1"

[[devices]]
id = "mixer"
profile = "generic/osc"
host = "10.0.0.2"
"""


def test_the_houses_that_ship_are_well():
    assert [entry.id for entry in list_venues()] == ["gaslight-exchange", "halcyon-dome", "saltmarsh-field"]
    for entry in list_venues():
        venue, problems = load_venue(entry.id)
        assert venue is not None
        assert venue.id == entry.id
        assert (problems, check_venue(venue)) == ((), ())


def test_a_venue_of_the_users_stands_in_place_of_a_shipped_one(tmp_path: Path):
    (tmp_path / "halcyon-dome.toml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "small.toml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a venue", encoding="utf-8")
    assert [entry.id for entry in list_venues(tmp_path)] == [
        "gaslight-exchange",
        "halcyon-dome",
        "saltmarsh-field",
        "small",
    ]
    venue, _ = load_venue("halcyon-dome", tmp_path)
    assert venue is not None
    assert venue.id == "small"


def test_a_venue_is_also_named_by_its_file(tmp_path: Path):
    path = tmp_path / "tonight.toml"
    path.write_text(SMALL, encoding="utf-8")
    venue, problems = load_venue(str(path))
    assert problems == ()
    assert venue is not None
    assert [device.id for device in venue.devices] == ["desk", "mixer"]


def test_an_unknown_venue_gets_the_nearest_name():
    venue, problems = load_venue("halcyon-doom")
    assert venue is None
    assert str(problems[0]) == ("venue halcyon-doom: there is no such venue: did you mean halcyon-dome?")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path):
    (tmp_path / "latin.toml").write_bytes(b'name = "\xe9"')
    missing, unreadable = (load_venue(str(tmp_path / name)) for name in ("none.toml", "latin.toml"))
    assert missing[0] is None
    assert "there is no such file" in str(missing[1][0])
    assert unreadable[0] is None
    assert "is no text in UTF-8 (byte 8 is 0xe9)" in str(unreadable[1][0])


@pytest.mark.parametrize(
    ("old", "new", "where", "words"),
    [
        ('rate = "25"', 'rate = "26"', "x.toml:4: rate", "frame rate '26' is not known"),
        ('host = "10.0.0.2"', 'hots = "10.0.0.2"', "x.toml:14: devices.1.hots", "hots is not known here"),
        (
            'host = "10.0.0.1"',
            'host = "10.0.0.1"\nport = 0',
            "x.toml:10: devices.0.port",
            "port is 0, beyond its limit",
        ),
        ('id = "small"', "id = small", "x.toml:1:6", "invalid value"),
        ("[[devices]]\nid", "devices = [{}]\n[[devices]]\nid", "x.toml:7:10", ""),
    ],
)
def test_a_slip_is_told_with_its_line(old: str, new: str, where: str, words: str):
    venue, problems = read_venue(SMALL.replace(old, new, 1), "x.toml")
    assert venue is None
    assert problems[0].where == where
    assert words.lower() in problems[0].message.lower()


def test_a_row_of_an_inline_array_has_the_line_of_its_key():
    _, problems = read_venue(SMALL.split("[[devices]]")[0] + 'cameras = [{ id = "cam-1" }]', "x.toml")
    assert [problem.where for problem in problems] == ["x.toml:6: cameras.0"]
