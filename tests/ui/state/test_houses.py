"""Houses without a window: the drawing, the fields of each row, and what a deed makes of the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.samples.library import sample_path
from console.show.show_file import read_show
from profiles.library import load_profiles
from profiles.venue_edit import EditRefusedError, HouseFile, read_house
from profiles.venue_library import list_venues
from profiles.venue_profile import Venue
from profiles.venue_text import change_text
from ui.state.house_deeds import deed_changes, row_deeds
from ui.state.house_desk import HouseDesk
from ui.state.house_fields import Field, FieldError, field_to_changes, row_sections, value_words, words_value
from ui.state.house_rows import HouseRow, house_rows

SHOW = read_show(sample_path("half-light")).show
SHIPPED = [entry.id for entry in list_venues()]


def rows_of(venue: Venue) -> tuple[HouseRow, ...]:
    return house_rows(SHOW, venue, dict(load_profiles(device.profile for device in venue.devices)[0]))


def own(tmp_path: Path, name: str = "gaslight-exchange") -> tuple[HouseFile, Venue]:
    text = read_house(name).text
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    house = read_house("own", tmp_path)
    assert house.venue is not None
    return house, house.venue


@pytest.mark.parametrize("name", SHIPPED)
def test_every_role_of_the_show_is_drawn_in_its_department(name: str):
    venue = read_house(name).venue
    assert venue is not None
    rows = rows_of(venue)
    drawn = {row.role for row in rows if row.kind in ("standing", "absent", "unbound")}
    assert drawn == {role.id for role in SHOW.roles}
    assert all(row.words for row in rows)
    assert len({row.key for row in rows}) == len(rows)
    without_show = house_rows(None, venue, {})
    assert {row.role for row in without_show if row.kind == "standing"} == {role.id for role in venue.roles}


def test_duties_policies_and_what_replaces_are_told():
    venue = read_house("gaslight-exchange").venue
    assert venue is not None
    rows = {(row.role, row.device or row.kind): row for row in rows_of(venue)}
    backup = rows["lighting.main", "lx-backup"]
    assert (backup.duty, backup.follows, backup.right) == ("standby", True, "osc_udp  192.168.40.22:8000")
    pyro = rows["sfx.pyro", "absent"]
    assert (pyro.middle, pyro.right) == ("replaced", "lighting.main cue.fire list=900 cue=1")
    assert rows["sfx.atmos", "partly"].middle == "device=co2-row: skipped"


def test_a_role_that_nothing_stands_for_is_drawn_as_that():
    venue = read_house("gaslight-exchange").venue
    assert venue is not None
    lacking = venue.model_copy(update={"roles": venue.roles[1:]})
    row = next(row for row in rows_of(lacking) if row.role == "lighting.main")
    assert (row.kind, row.middle) == ("unbound", "nothing stands for it")
    idle = [row.device for row in rows_of(lacking) if row.kind == "device"]
    assert idle == ["lx-main", "lx-backup"]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_field_given_its_own_text_changes_nothing(name: str):
    house = read_house(name)
    assert house.venue is not None
    seen: set[tuple[str, str]] = set()
    for row in rows_of(house.venue):
        for section in row_sections(row, house.venue, 5.0):
            for field in section.fields:
                kind = (section.title.partition(" ")[0], field.title if "table" not in field.path else "table")
                if field.text and kind not in seen:
                    seen.add(kind)
                    text = change_text(house.text, field_to_changes(field, field.text))
                    assert text.count("\n") >= house.text.count("\n"), field
                    assert _read(text) == house.venue, field


def _read(text: str) -> Venue | None:
    from profiles.venue_library import read_venue

    return read_venue(text, "x")[0]


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        (Field("Port", ("a",), "whole"), "80.5", "'80.5' is no whole number"),
        (Field("Trim ms", ("a",), "number"), "soon", "'soon' is no number"),
        (Field("By hand", ("a",), "flag"), "maybe", "'maybe' is neither yes nor no"),
        (Field("With", ("a",), "args"), "list 900", "write name = value, with text in quotes"),
        (Field("Main", ("a",), needed=True), " ", "Main is needed: give it a value"),
    ],
)
def test_a_text_that_is_no_value_is_refused_in_words(field: Field, text: str, words: str):
    with pytest.raises(FieldError) as refused:
        field_to_changes(field, text)
    assert str(refused.value).startswith(words)


@pytest.mark.parametrize(
    "value", [7, 2.5, True, "main", "1", "true", "a b", "", [1, 2], ["1", "2"], {"layer": 9, "clip": 1}, "ch/1"]
)
def test_a_value_is_read_back_from_its_words(value: object):
    assert words_value(value_words(value)) == value


def test_a_network_device_becomes_a_midi_device_in_one_go(tmp_path: Path):
    house, venue = own(tmp_path)
    row = next(row for row in rows_of(venue) if row.device == "prompter")
    field = next(f for f in row_sections(row, venue)[0].fields if f.title == "MIDI port")
    with pytest.raises(EditRefusedError, match=r"no transport|not reached that way"):
        house.changed(field_to_changes(field, "PROMPT"))  # generic OSC is not spoken over MIDI
    changed = change_text(house.text, field_to_changes(field, "PROMPT"))
    read = _read(changed)
    assert read is not None
    assert (read.device_by_id["prompter"].host, read.device_by_id["prompter"].midi_port) == (None, "PROMPT")


def deed(row: HouseRow | None, venue: Venue, title: str):
    return next(each for each in row_deeds(row, venue, SHOW) if each.title.startswith(title))


def test_a_role_goes_and_comes_back(tmp_path: Path):
    house, venue = own(tmp_path)
    row = next(row for row in rows_of(venue) if row.role == "prompter")
    gone = house.changed(deed_changes(deed(row, venue, "Not in this house"), {"Policy": "skip", "Reason": "none here"}))
    assert gone.venue is not None
    assert gone.venue.absent_roles["prompter"].reason == "none here"
    absent = next(row for row in rows_of(gone.venue) if row.role == "prompter")
    back = gone.changed(deed_changes(deed(absent, gone.venue, "Bind to a device"), {"Main": "prompter"}))
    assert back.venue is not None
    assert back.venue.role_by_id["prompter"].main == "prompter"
    assert "prompter" not in back.venue.absent_roles


@pytest.mark.parametrize(
    ("kind", "title", "texts", "found"),
    [
        (
            "standing",
            "Add a device",
            {"Id": "spare", "Profile": "etc/eos", "Host or MIDI port": "10.0.0.9"},
            'id = "spare"',
        ),
        ("standing", "Add a map…", {"Argument": "cue", "Name in the show": "1", "Is here": "7"}, 'argument = "cue"'),
        ("house", "Add to a department", {"Department": "LX", "More latency ms": "8", "Trim ms": ""}, "latency_ms = 8"),
        (
            "input",
            "Add a line from outside",
            {
                "Id": "hand",
                "Kind": "dead_man",
                "Roles, or the zone": "stage.automation",
                "OSC address": "/h",
                "Stale after s": "1",
            },
            'id = "hand"',
        ),
        (
            "safe",
            "Add a line to panic",
            {"Role": "lighting.main", "Verb": "cue.fire", "With": 'list = 900, cue = "3"'},
            'cue = "3"',
        ),
        ("safe", "Remove this line", {}, ""),
        ("input", "Remove", {}, ""),
        ("partly", "Remove this policy", {}, ""),
    ],
)
def test_what_is_added_and_removed_is_a_house_again(
    tmp_path: Path, kind: str, title: str, texts: dict[str, str], found: str
):
    house, venue = own(tmp_path)
    row = next(row for row in rows_of(venue) if row.kind == kind)
    changed = house.changed(deed_changes(deed(row, venue, title), texts))
    assert changed.is_changed
    assert found in changed.text
    assert len(changed.text.splitlines()) != len(house.text.splitlines())


def test_a_deed_that_is_told_too_little_is_refused(tmp_path: Path):
    _house, venue = own(tmp_path)
    with pytest.raises(FieldError, match="Id is needed"):
        deed_changes(deed(rows_of(venue)[1], venue, "Add a device"), {"Profile": "etc/eos"})


def test_houses_are_those_that_ship_the_users_own_and_files_that_were_opened(tmp_path: Path):
    venues, elsewhere = tmp_path / "venues", tmp_path / "tour.toml"
    venues.mkdir()
    (venues / "town.toml").write_text(read_house("saltmarsh-field").text, encoding="utf-8")
    elsewhere.write_text("id = ", encoding="utf-8")
    desk = HouseDesk(venues, tmp_path / "profiles")
    desk.show_show(SHOW, "halcyon-dome")
    cards = desk.cards([str(elsewhere), str(tmp_path / "gone.toml"), "halcyon-dome"])
    assert [card.name for card in cards] == [*sorted([*SHIPPED, "town"]), str(elsewhere)]
    by_name = {card.name: card for card in cards}
    assert by_name["halcyon-dome"].told == "loaded · arena, Port Verrin · ships"
    assert by_name[str(elsewhere)].told == "has faults · file"
    assert by_name["town"].origin == "yours"


def test_a_duplicate_is_written_once_and_picked(tmp_path: Path):
    desk = HouseDesk(tmp_path / "venues", tmp_path / "profiles")
    desk.show_show(SHOW, "")
    desk.pick("halcyon-dome")
    assert desk.duplicate({"New id": "Town Hall"}) != ""
    assert desk.duplicate({"New id": "halcyon-dome"}) == "halcyon-dome is there already: choose another id"
    assert desk.duplicate({"New id": "town"}) == ""
    assert (desk.current, desk.card("town").origin) == ("town", "yours")
    assert desk.duplicate({"New id": "town"}) == "town is there already: choose another id"
