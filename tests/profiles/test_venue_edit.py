"""A house being edited: what is illegal never gets into its text, and what is saved is read again as it was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from profiles.kept_files import list_earlier
from profiles.venue_edit import EditRefusedError, HouseFile, read_house
from profiles.venue_text import Add, Change, Drop, Put

HALL = """\
# our hall
id = "hall"
name = "Hall"
time_zone = "UTC"
rate = "25"

[[devices]]
id = "desk" # by the door
profile = "etc/eos"
host = "10.0.0.1"

[[roles]]
id = "lighting.main"
main = "desk"

[safe]
soft = [{ role = "lighting.main", verb = "cue.fire", args = { list = 900, cue = "2" } }]
"""


@pytest.fixture
def hall(tmp_path: Path) -> HouseFile:
    (tmp_path / "hall.toml").write_text(HALL, encoding="utf-8")
    return read_house("hall", tmp_path)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Put(("devices", 0, "host"), "10.0.0.300"), "'10.0.0.300' is no address: write one like 10.20.10.21"),
        (Put(("devices", 0, "port"), 70000), "port is 70000, beyond its limit: give at most 65535"),
        (Put(("devices", 0, "trim_ms"), "late"), "trim_ms is 'late', no number"),
        (Put(("devices", 0, "trim_ms"), 1e9), "trim_ms is 1000000000, beyond its limit: give at most 10000"),
        (Put(("devices", 0, "latency_ms"), -1), "latency_ms is -1, beyond its limit: give at least 0"),
        (Put(("devices", 0, "profile"), "etc/eoss"), "there is no such profile: did you mean etc/eos?"),
        (Put(("devices", 0, "midi_port"), "FOH"), "device 'desk' needs an address: give either host or midi_port"),
        (
            Put(("roles", 0, "main"), "dsek"),
            "role lighting.main names device 'dsek', which is not listed: did you mean",
        ),
        (Put(("roles", 0, "standby"), ["desk"]), "gives device desk two duties"),
        (Add(("roles",), {"id": "lighting.main", "main": "desk"}), "role lighting.main is bound twice"),
        (
            Add(("roles", 0, "maps"), {"argument": "zoen", "table": {"a": 1}}),
            "no verb it covers has an argument 'zoen'",
        ),
        (Put(("rate",), "26"), "26"),
        (Put(("limits", "strobe_hz_max"), 0), "strobe_hz_max is 0, beyond its limit: give more than 0"),
        (Put(("safe", "soft", 0, "verb"), "cue.fier"), "cue.fier"),
        (Put(("safe", "soft", 0, "verb"), "effect.fire"), "effect.fire"),
        (Drop(("devices", 0)), "names device 'desk', which is not listed"),
        (Put(("departments", "VID", "latency_ms"), -3), "latency_ms is -3, beyond its limit: give at least 0"),
        (Put(("colour",), "red"), "colour is not known here"),
    ],
)
def test_what_is_illegal_is_refused_in_words_and_nothing_is_changed(hall: HouseFile, change: Change, words: str):
    with pytest.raises(EditRefusedError) as refused:
        hall.changed([change])
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not hall.is_changed
    assert hall.path is not None
    assert hall.path.read_text(encoding="utf-8") == HALL


def test_what_is_saved_is_read_back_and_the_file_before_is_kept(hall: HouseFile, tmp_path: Path):
    edited = hall.changed([Put(("devices", 0, "trim_ms"), -4.5)])
    assert edited.is_changed
    assert edited.venue is not None
    assert edited.venue.devices[0].trim_ms == -4.5
    saved = edited.save()
    assert not saved.is_changed
    text = (tmp_path / "hall.toml").read_text(encoding="utf-8")
    assert text == HALL.replace('host = "10.0.0.1"\n', 'host = "10.0.0.1"\ntrim_ms = -4.5\n')
    assert [each.read_text(encoding="utf-8") for each in list_earlier(tmp_path / "hall.toml")] == [HALL]
    assert read_house("hall", tmp_path) == saved
    assert edited.reverted().text == HALL


def test_a_file_that_changed_meanwhile_is_not_written_over(hall: HouseFile, tmp_path: Path):
    edited = hall.changed([Put(("city",), "Port")])
    (tmp_path / "hall.toml").write_text(HALL + "# mine\n", encoding="utf-8")
    with pytest.raises(EditRefusedError, match="was changed by another program"):
        edited.save()
    assert (tmp_path / "hall.toml").read_text(encoding="utf-8").endswith("# mine\n")


def test_a_disk_that_refuses_says_so(hall: HouseFile, tmp_path: Path):
    edited = hall.changed([Put(("city",), "Port")])
    (tmp_path / ".hall.toml.earlier").write_text("in the way")
    with pytest.raises(EditRefusedError, match="cannot be saved"):
        edited.save()
    assert (tmp_path / "hall.toml").read_text(encoding="utf-8") == HALL


def test_what_ships_is_not_written(tmp_path: Path):
    house = read_house("gaslight-exchange", tmp_path)
    assert (house.path, house.venue is not None) == (None, True)
    with pytest.raises(EditRefusedError, match="ships with Showcaller: duplicate it"):
        house.changed([Put(("city",), "Elsewhere")]).save()


def test_what_was_wrong_before_does_not_stand_in_the_way(tmp_path: Path):
    (tmp_path / "hall.toml").write_text(HALL.replace('main = "desk"', 'main = "dsek"'), encoding="utf-8")
    house = read_house("hall", tmp_path)
    assert house.changed([Put(("city",), "Port")]).changed([Put(("roles", 0, "main"), "desk")]).venue is not None


@pytest.mark.parametrize(("text", "words"), [("id = ", ":1"), ("rate = 26\n", "rate"), ("", "is empty")])
def test_a_file_that_is_no_house_says_where(tmp_path: Path, text: str, words: str):
    (tmp_path / "hall.toml").write_text(text, encoding="utf-8")
    house = read_house("hall", tmp_path)
    assert house.venue is None
    assert any(words in str(problem) for problem in house.problems)
    with pytest.raises(EditRefusedError, match="has faults: mend them there first"):
        house.changed([Put(("city",), "Port")])
    assert read_house("gone", tmp_path).problems[0].message == "there is no such venue"
