from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from console.show.cues import Condition, Is, OnChoice
from console.show.edits import (
    Compound,
    Edit,
    EditError,
    apply,
    change,
    change_cue,
    describe,
    insert,
    json_to_edit,
    move,
    remove,
    remove_item,
    renumber,
    replace,
    set_show,
)
from console.show.rundown import Item
from console.show.show import Choice, Department, FreeList, Marker, Role, Rules, Show
from console.show.show_json import show_to_json
from tests.support.any_edits import FAULTY, check_lookups, edits
from tests.support.builders import after, at_bar, big_show, evening_show, light, make_cue, make_show, song_show


def applied(show: Show, edit: Edit) -> Show:
    """Apply an edit after a trip through JSON, and hold it to its promise: the inverse gives the old bytes back."""
    before = show_to_json(show)
    changed, inverse = apply(show, json_to_edit(json.loads(edit.model_dump_json())))
    check_lookups(changed)
    restored, again = apply(changed, json_to_edit(json.loads(inverse.model_dump_json())))
    assert show_to_json(restored) == before
    assert show_to_json(apply(restored, again)[0]) == show_to_json(changed)
    assert show_to_json(show) == before
    return changed


# -- what edits do ----------------------------------------------------------------------------------------------------


def test_fields_of_a_cue_are_set_and_nothing_else() -> None:
    show = song_show()
    changed = applied(
        show, change_cue("song-verse", {"label": "Verse", "at": at_bar(6, 2), "steps": [light("7", 1.5)]})
    )
    cue = changed.cue_by_id["song-verse"]
    assert (cue.label, cue.at, cue.steps) == ("Verse", at_bar(6, 2), (light("7", 1.5),))
    assert [c.id for c in changed.cues] == [c.id for c in show.cues]
    assert [c for c in changed.cues if c.id != cue.id] == [c for c in show.cues if c.id != cue.id]


def test_pieces_go_in_and_out_where_they_are_told() -> None:
    show = song_show()
    new = make_cue("new", "1.35", at_bar(3))
    assert [c.id for c in applied(show, insert(new, 2)).cues][1:4] == ["song-start", "new", "song-intro"]
    assert applied(show, insert(new)).cues[-1] == new
    assert [c.id for c in applied(show, remove("cue", "song-verse")).cues][2:4] == ["song-intro", "song-clip"]


def test_replacing_keeps_the_place() -> None:
    show = song_show()
    other = make_cue("song-verse", "1.4", at_bar(2), light("99"))
    assert applied(show, replace(other)).cues[3] == other


def test_moving_an_item_moves_it_and_no_cue() -> None:
    show = evening_show()
    changed = applied(show, move("item", "encore", 1))
    assert [item.id for item in changed.items] == ["film", "encore", "song", "talk", "second"]
    assert changed.cues == show.cues


def test_every_part_can_be_edited() -> None:
    show = song_show()
    new: list[Any] = [
        Choice(id="end", values=("a", "b"), default="a"),
        FreeList(id="hot", title="Hot"),
        Marker(id="m", item="song", at_s=3.5, text="here"),
        Department(id="AUD", name="audience"),
        Role(id="lighting.audience", department="AUD", verbs=("zone.off",)),
        Item(id="talk", kind="talk", title="Talk", planned_s=10),
        show.songs[0].model_copy(update={"id": "other", "sections": ()}),
        make_cue("hot-1", "1", item=None, list="hot"),
    ]
    for piece in new:
        show = applied(show, insert(piece))
    assert show.model_dump()["markers"] == (new[2].model_dump(),)
    assert applied(show, change("choice", "end", {"default": "b"})).choices[0].default == "b"
    assert applied(show, change("list", "hot", {"title": "Hotter"})).lists[0].title == "Hotter"
    assert applied(show, change("marker", "m", {"at_s": 4})).markers[0].at_s == 4.0


def test_the_show_itself_is_set_field_by_field() -> None:
    changed = applied(song_show(), set_show({"title": "Other", "rules": Rules(go_gap_ms=500), "hard_out_s": 90}))
    assert (changed.title, changed.rules.go_gap_ms, changed.hard_out_s) == ("Other", 500, 90.0)


def test_renumbering_writes_numbers_as_the_first_was_written() -> None:
    show = song_show()
    ids = [cue.id for cue in show.cues]
    changed = applied(show, renumber(ids, "3.010", ".5".replace(".", "0.")))
    assert [cue.number for cue in changed.cues][:3] == ["3.010", "3.510", "4.010"]
    assert changed.cue_by_id["song-after"].at == after("song-clip", 1.0)


def test_renumbering_may_pass_through_numbers_in_use() -> None:
    show = song_show()
    swapped = applied(show, renumber(["song-start", "song-load"], "1.1", "0.1"))
    assert (swapped.cue_by_id["song-load"].number, swapped.cue_by_id["song-start"].number) == ("1.2", "1.1")


def test_an_item_goes_with_all_that_lives_on_it() -> None:
    show, _ = apply(evening_show(), insert(Marker(id="m", item="second", at_s=1.0, text="x")))
    changed = applied(show, remove_item(show, "second"))
    assert "second" not in changed.item_by_id
    assert not changed.markers
    assert all(cue.item != "second" for cue in changed.cues)
    assert describe(remove_item(show, "second"), show) == "Remove item Second"


def test_a_compound_may_be_whole_only_at_its_end() -> None:
    show = song_show()
    pair = Compound(
        edits=(
            insert(make_cue("b", "9", after("a"))),
            insert(make_cue("a", "8", at_bar(4))),
            remove("cue", "song-verse"),
        )
    )
    assert {"a", "b"} < set(applied(show, pair).cue_by_id)


# -- what is refused --------------------------------------------------------------------------------------------------

HOT = make_cue("hot", "50", OnChoice(on="choice", choice="end", value="a"))

REFUSED = [
    (change_cue("nobody", {"label": "x"}), "no cue has the id 'nobody'"),
    (change_cue("song-verse", {"label": 3}), "cue 1.4: label is 3"),
    (change_cue("song-verse", {"lable": "x"}), "lable is not known here"),
    (change_cue("song-verse", {"at": {"on": "bar"}}), "at.bar is missing"),
    (change_cue("song-verse", {"at": {"bar": 3}}), "at lacks 'on': say which kind it is"),
    (change_cue("song-verse", {"at": {"on": "barr"}}), "unknown kind 'barr'"),
    (change_cue("song-verse", {"id": "other"}), "an id stays for ever"),
    (change_cue("song-verse", {"number": "1.30"}), "number 1.30 equals 1.3 of cue song-intro in the show list"),
    (change_cue("song-verse", {"number": "one"}), "write it like 2 or 2.5"),
    (change_cue("song-verse", {"role": "lighting.moon"}), "its role, role lighting.moon, is not in the show"),
    (change_cue("song-verse", {"at": after("nobody")}), "its leader, cue nobody"),
    (insert(make_cue("song-verse", "9")), "cue song-verse is there already"),
    (insert(make_cue("new", "9"), 99), "cannot stand at place 99: give one from 0 to 8"),
    (insert(make_cue("new", "9"), -1), "cannot stand at place -1"),
    (insert(HOT), "its choice, choice end, is not in the show"),
    (insert(make_cue("new", "9", condition=Condition(terms=(Is(choice="end", value="a"),)))), "its choice, choice end"),
    (insert(make_cue("new", "1.40")), "equals 1.4 of cue song-verse"),
    (insert(Role(id="x", department="XX")), "its department, department XX"),
    (remove("cue", "song-clip"), "cue song-clip cannot go: it is the leader of cue 1.6"),
    (remove("role", "lighting.main"), "it is the role of cue 1.3 and 3 more"),
    (remove("song", "song"), "cannot go: it is the "),
    (remove("department", "LX"), "it is the department of role lighting.main"),
    (change("song", "song", {"sections": []}), "section song/outro cannot go: it is the section of cue 1.8"),
    (move("item", "song", 1), "cannot move to place 1: give one from 0 to 0"),
    (set_show({"cues": []}), "cues cannot be set as a whole"),
    (set_show({"schema_version": 2}), "schema_version cannot be set"),
    (set_show({"rate": "26"}), "rate is '26'"),
    (Compound(edits=(insert(make_cue("a", "8")), insert(make_cue("b", "8.0")))), "number 8.0 equals 8 of cue a"),
    (Compound(edits=(set_show({"title": "X"}), remove("cue", "song-clip"))), "leader of cue 1.6"),
]


@pytest.mark.parametrize(("edit", "words"), REFUSED, ids=[words[:40] for _, words in REFUSED])
def test_refused_in_one_line_and_the_show_as_it_was(edit: Edit, words: str) -> None:
    show = song_show()
    before = show_to_json(show)
    with pytest.raises(EditError) as refusal:
        apply(show, edit)
    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert show_to_json(show) == before


def test_renumbering_with_what_is_no_number_is_refused() -> None:
    with pytest.raises(EditError, match="renumber: cue number 'x'"):
        renumber(["song-load"], "x")


def test_equal_numbers_are_allowed_in_two_lists() -> None:
    show = make_show(
        make_cue("a", "1", item=None, list="one"), lists=(FreeList(id="one", title=""), FreeList(id="two", title=""))
    )
    assert len(applied(show, insert(make_cue("b", "1.0", item=None, list="two"))).cues) == 2
    with pytest.raises(EditError, match="in list one"):
        apply(show, insert(make_cue("b", "1.0", item=None, list="one")))


def test_faults_a_file_came_with_do_not_stop_work_elsewhere() -> None:
    show = song_show(make_cue("lost", "1.40", after("nobody"), role="lighting.moon"))
    changed = applied(show, change_cue("lost", {"label": "found it"}))
    assert changed.cue_by_id["lost"].label == "found it"
    assert "lost" not in applied(show, remove("cue", "lost")).cue_by_id


def test_unknown_edits_are_refused_at_the_door() -> None:
    for raw in (
        {"kind": "explode"},
        {"kind": "insert", "part": "moon", "value": {}},
        {"kind": "remove", "part": "cue"},
    ):
        with pytest.raises(ValidationError):
            json_to_edit(raw)


# -- in words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (change_cue("song-verse", {"warn_s": 5}), "Change warn of cue 1.4"),
        (
            change_cue("song-verse", {"label": "", "notes": "", "advance_ms": 1}),
            "Change label, notes and advance of cue 1.4",
        ),
        (change("item", "song", {"once_per_show": True}), "Change once per show of item Song"),
        (insert(make_cue("new", "9")), "Insert cue 9"),
        (insert(Item(id="talk", kind="talk", title="Hello", planned_s=1)), "Insert item Hello"),
        (remove("role", "lighting.main"), "Remove role lighting.main"),
        (replace(make_cue("song-verse", "1.4")), "Replace cue 1.4"),
        (move("cue", "song-verse", 0), "Move cue 1.4"),
        (set_show({"title": "x"}), "Change title of the show"),
        (Compound(edits=(remove("cue", "song-verse"),)), "Remove cue 1.4"),
        (Compound(edits=(remove("cue", "a"), remove("cue", "b"))), "2 changes"),
        (Compound(name="Paste 3 cues", edits=()), "Paste 3 cues"),
    ],
)
def test_every_edit_has_a_name(edit: Edit, words: str) -> None:
    assert describe(edit, song_show()) == words


def test_without_the_show_pieces_go_by_id() -> None:
    assert describe(remove("cue", "song-verse")) == "Remove cue song-verse"


# -- any edits at all -------------------------------------------------------------------------------------------------


@given(st.data(), st.sampled_from([song_show(), evening_show(), FAULTY]))
def test_undoing_everything_gives_the_first_bytes_back(data: st.DataObject, show: Show) -> None:
    first = show_to_json(show)
    undo: list[Edit] = []
    for _ in range(data.draw(st.integers(1, 6))):
        edit = data.draw(edits(show))
        before = show_to_json(show)
        try:
            show, inverse = apply(show, edit)
        except EditError:
            assert show_to_json(show) == before
        else:
            check_lookups(show)
            assert show_to_json(apply(show, inverse)[0]) == before
            undo.append(inverse)
    redo: list[tuple[Edit, str]] = []
    for inverse in reversed(undo):
        after_it = show_to_json(show)
        show, again = apply(show, inverse)
        redo.append((again, after_it))
    assert show_to_json(show) == first
    for again, after_it in reversed(redo):
        show, _ = apply(show, again)
        assert show_to_json(show) == after_it


def test_ten_thousand_cues_are_renumbered_in_one_edit() -> None:
    show = big_show()
    changed, inverse = apply(show, renumber([cue.id for cue in show.cues], "1"))
    assert changed.cues[-1].number == "10000"
    assert apply(changed, inverse)[0].cues == show.cues
