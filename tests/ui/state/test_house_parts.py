"""Networks, timecode, remote control, cameras and feeds of a house: read, edited, added and removed."""

from __future__ import annotations

import tomllib

import pytest

from console.samples.library import sample_path
from console.show.show_file import read_show
from profiles.venue_edit import EditRefusedError, HouseFile, read_house
from profiles.venue_profile import Venue
from ui.state.house_deeds import Deed, deed_changes, row_deeds
from ui.state.house_fields import field_to_changes
from ui.state.house_parts import PARTS, part_deeds, part_rows, part_sections
from ui.state.house_rows import HouseRow, house_rows

SHOW = read_show(sample_path("half-light")).show
HOUSES = ("halcyon-dome", "gaslight-exchange", "saltmarsh-field")
NEW = {
    "network": {"Name": "guests", "Subnet": "10.99.0.0/16", "Our addresses": "10.99.0.5, 10.99.0.6"},
    "timecode in": {"Id": "spare", "Kind": "mtc", "MIDI port": "SPARE", "Rate": "25"},
    "timecode out": {"Id": "spare-out", "Kind": "mtc", "MIDI port": "SPARE", "Rate": "25"},
    "trigger": {"Does": "go", "MIDI": "note/1/40", "MIDI port": "Pads"},
    "show control": {"Device id": "3", "List": "lx"},
    "camera": {"Id": "99", "Name": "Crane"},
    "feed": {"Id": "votes.spare", "Kind": "http", "Host": "127.0.0.1", "Port": "8123"},
}


def house(name: str = "halcyon-dome") -> HouseFile:
    return read_house(name)


def venue_of(file: HouseFile) -> Venue:
    assert file.venue is not None
    return file.venue


def rows(file: HouseFile, part: str) -> list[HouseRow]:
    return [row for row in part_rows(venue_of(file)) if row.kind == "part" and row.role == part]


def deed(row: HouseRow, title: str) -> Deed:
    return next(each for each in part_deeds(row) if each.title.startswith(title))


@pytest.mark.parametrize("name", HOUSES)
def test_every_field_that_is_given_back_as_it_stands_changes_nothing(name: str) -> None:
    file = house(name)
    for row in part_rows(venue_of(file)):
        sections = part_sections(row, venue_of(file)) if row.kind == "part" else ()
        for field in (field for section in sections for field in section.fields if field.text):
            assert file.changed(field_to_changes(field, field.text)).venue == file.venue, (row.words, field.title)


@pytest.mark.parametrize("part", list(NEW))
def test_a_row_is_added_edited_by_its_notes_and_removed_with_the_rest_as_it_was(part: str) -> None:
    file = house()
    before = rows(file, part)
    added = file.changed(deed_changes(deed(before[-1], "Add"), NEW[part]))
    now = rows(added, part)
    assert len(now) == len([row for row in before if row.place >= 0]) + 1
    gone = added.changed(deed_changes(deed(now[-1], "Remove"), {}))
    assert tomllib.loads(gone.text) == tomllib.loads(file.text)


def test_every_part_of_the_table_is_tried() -> None:
    assert set(NEW) == {part.name for part in PARTS if not part.one}
    assert all(rows(house(), part) for part in NEW)


def test_a_house_without_remote_control_or_timecode_is_given_them_and_loses_them_again() -> None:
    file = house("gaslight-exchange")
    for part, texts in (
        ("remote", {"Port": "8000", "Allowed": "10.0.0.0/8"}),
        ("timecode", {"Freewheel frames": "50", "Jam frames": "5"}),
    ):
        (row,) = rows(file, part)
        bare = file.changed(deed_changes(deed(row, "Remove"), {}))
        (none,) = rows(bare, part)
        assert none.place < 0
        again = bare.changed(deed_changes(deed(none, "Add"), texts))
        assert rows(again, part)[0].place == 0


def test_what_the_house_does_not_allow_is_refused_with_words() -> None:
    file = house()
    (subnet,) = [
        each for each in part_sections(rows(file, "network")[0], venue_of(file))[0].fields if each.title == "Subnet"
    ]
    with pytest.raises(EditRefusedError):
        file.changed(field_to_changes(subnet, "everywhere"))


def test_a_role_that_is_skipped_is_replaced_and_skipped_again() -> None:
    file = house("saltmarsh-field")
    row = next(
        each
        for each in house_rows(SHOW, venue_of(file), {})
        if each.kind == "absent" and not venue_of(file).absent[each.place].replace
    )
    instead = next(each for each in row_deeds(row, venue_of(file), SHOW) if each.title.startswith("Do something"))
    texts = {"Role": venue_of(file).roles[0].id, "Verb": "cue.go", "With": ""}
    replaced = file.changed(deed_changes(instead, texts))
    policy = venue_of(replaced).absent[row.place]
    assert policy.policy == "replace"
    assert policy.replace is not None
    back = next(each for each in row_deeds(row, venue_of(replaced), SHOW) if each.title.startswith("Do nothing"))
    assert venue_of(replaced.changed(deed_changes(back, {}))).absent[row.place].replace is None


def test_certain_values_of_a_role_are_said_to_be_missing() -> None:
    file = house()
    row = next(each for each in house_rows(SHOW, venue_of(file), {}) if each.kind == "standing")
    partly = next(each for each in row_deeds(row, venue_of(file), SHOW) if each.title.startswith("Some values"))
    changed = file.changed(deed_changes(partly, {"When": 'cue = "13"', "Policy": "skip", "Reason": "no rig there"}))
    assert venue_of(changed).absent[-1].when == {"cue": "13"}


def test_a_map_is_given_a_rule() -> None:
    file = house()
    row = next(
        each
        for each in house_rows(SHOW, venue_of(file), {})
        if each.kind == "standing" and venue_of(file).role_by_id[each.role].maps
    )
    rule = next(each for each in row_deeds(row, venue_of(file), SHOW) if each.title.startswith("Add a rule"))
    changed = file.changed(deed_changes(rule, {"Pattern": "T{n}", "Is here": "T{n}"}))
    assert venue_of(changed).role_by_id[row.role].maps[0].rules[-1].pattern.text == "T{n}"
