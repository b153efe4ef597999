"""Cues in a list, edited: numbers stay and are unique, pointers hold, and undo gives the old bytes back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.show.at_words import words_to_at
from console.show.cue_clipboard import cues_to_text, text_to_cues
from console.show.cue_editing import (
    copy_behind,
    delete,
    duplicate,
    insert_behind,
    insert_first,
    move_beside,
    set_fields,
    switch,
)
from console.show.cue_words import when_text
from console.show.cues import After, Cue, InGroup
from console.show.edits import Edit, EditError, apply, renumber
from console.show.free_numbers import number_between
from console.show.numbers import number_to_key, number_to_order
from console.show.show import FreeList, Show
from console.show.show_json import show_to_json
from console.show.validate import validate
from tests.support.any_edits import check_lookups
from tests.support.builders import CALLED, after, at_bar, big_show, evening_show, make_cue, make_show
from tests.support.rich_show import rich_show

SHOWS = (evening_show(), rich_show())


def applied(show: Show, edit: Edit | None) -> Show:
    """The show after an edit that can be undone, leaves no number twice, and breaks no pointer."""
    assert edit is not None
    changed, inverse = apply(show, edit)
    check_lookups(changed)
    assert show_to_json(apply(changed, inverse)[0]) == show_to_json(show)
    twins = {slot for slot, cues in changed.cue_slots.items() if len(cues) > 1}
    assert twins <= {slot for slot, cues in show.cue_slots.items() if len(cues) > 1}
    known = {problem.where for problem in validate(show)}
    broken = [each for each in validate(changed) if each.code in ("reference", "number") and each.where not in known]
    assert broken == []
    return changed


@pytest.mark.parametrize(
    ("low", "high", "free"),
    [
        ("2", "3", "2.5"),
        ("2", "10", "3"),
        ("2", None, "3"),
        ("2.5", "3", "2.6"),
        ("2.9", "3", "2.95"),
        ("1.045", "1.050", "1.046"),
        ("1.8", "2.1", "1.9"),
        ("12A", "13", "12.5"),
        ("0", "0.1", "0.05"),
        ("2", "2.05", "2.02"),
    ],
)
def test_a_free_number_is_one_an_operator_would_give(low: str, high: str | None, free: str) -> None:
    assert number_between(low, high) == free


@given(st.decimals(0, 999, places=3), st.decimals(0, 999, places=3))
def test_a_free_number_lies_between(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    if low < high:
        assert low < number_to_key(number_between(str(low), str(high))).decimal < high


def test_where_nothing_is_free_it_says_what_to_do() -> None:
    with pytest.raises(EditError, match=r"no number is free between 1 and 1\.000000001: renumber"):
        number_between("1", "1.000000001")


@given(st.data())
@settings(max_examples=60)
def test_whatever_is_done_numbers_are_unique_pointers_hold_and_undo_restores(data: st.DataObject) -> None:
    show = data.draw(st.sampled_from(SHOWS))
    for turn in range(data.draw(st.integers(1, 4))):
        ids = [cue.id for cue in show.cues]
        picked = data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=5, unique=True))
        numbers = {cue.id: cue.number for cue in show.cues}
        match data.draw(st.sampled_from(["insert", "duplicate", "paste", "disable", "renumber"])):
            case "insert":
                edit, new = insert_behind(show, picked[0])
                changed = applied(show, edit)
                orders = sorted(
                    number_to_order(c.number) for c in changed.cues if c.list == changed.cue_by_id[new].list
                )
                place = orders.index(number_to_order(changed.cue_by_id[new].number))
                assert orders[place - 1] == number_to_order(numbers[picked[0]])
            case "duplicate":
                edit, copies = duplicate(show, picked)
                changed = applied(show, edit)
                assert set(picked) <= changed.cue_by_id.keys()
                assert len(copies) >= len(picked)
            case "paste":
                cues = text_to_cues(cues_to_text([show.cue_by_id[cue] for cue in picked]))
                changed = applied(show, copy_behind(show, cues, data.draw(st.sampled_from(show.cues)), "Paste")[0])
            case "disable":
                wish = switch(show, picked, disabled=True)
                changed = show if wish is None else applied(show, wish)
                assert all(changed.cue_by_id[cue].disabled for cue in picked)
            case _:
                one_list = [cue for cue in picked if show.cue_by_id[cue].list == show.cue_by_id[picked[0]].list]
                changed = applied(show, renumber(one_list, f"{500 + 100 * turn}", "0.5"))
                assert changed.followers.keys() == show.followers.keys()
                numbers |= {cue: changed.cue_by_id[cue].number for cue in one_list}
        assert all(changed.cue_by_id[cue].number == number for cue, number in numbers.items())
        show = changed


def test_a_cue_slips_in_between_two_and_stands_there() -> None:
    show = evening_show()
    edit, new = insert_behind(show, "song-verse", {"label": "Extra"})
    assert edit.name == "Insert cue 1.45"
    cue = applied(show, edit).cue_by_id[new]
    assert (cue.id, cue.number, cue.label, cue.role, cue.item) == (
        "song-1.45",
        "1.45",
        "Extra",
        "lighting.main",
        "song",
    )


def test_a_cue_put_into_a_group_is_one_of_the_group() -> None:
    show = rich_show()
    group = next(cue for cue in show.cues if cue.group is not None)
    child = show.children[group.id][0]
    edit, new = insert_behind(show, child)
    cue = applied(show, edit).cue_by_id[new]
    assert (cue.parent, cue.at) == (group.id, InGroup(on="group"))
    edit, new = insert_behind(show, group.id)
    assert applied(show, edit).cue_by_id[new].role == show.cue_by_id[child].role


def test_the_first_cue_of_an_item_or_list_gets_a_number_nobody_has() -> None:
    show = make_show(items=evening_show().items, songs=evening_show().songs, lists=(FreeList(id="hot", title="Hot"),))
    edit, first = insert_first(show, "talk", None)
    show = applied(show, edit)
    edit, second = insert_first(show, "encore", None)
    show = applied(show, edit)
    edit, hot = insert_first(show, None, "hot")
    show = applied(show, edit)
    assert [show.cue_by_id[cue].number for cue in (first, second, hot)] == ["1", "2", "1"]


def test_copies_follow_copies_and_start_nothing_twice() -> None:
    show = evening_show()
    edit, copies = duplicate(show, ["song-start", "song-clip", "song-after"])
    changed = applied(show, edit)
    start, clip, follower = (changed.cue_by_id[cue] for cue in copies)
    assert isinstance(follower.at, After)
    assert follower.at.cue == clip.id
    assert not start.starts_item
    numbers = [number_to_order(changed.cue_by_id[cue].number) for cue in ("song-after", *copies, "song-bridge")]
    assert numbers == sorted(numbers)


def test_what_points_nowhere_after_a_paste_is_called() -> None:
    show = evening_show()
    talk = make_cue("chat", "9", item="talk")
    show = show.model_copy(update={"cues": (*show.cues, talk)})
    stranger = make_cue("lost", "1", after("nobody"))
    edit, copies = copy_behind(show, [stranger, show.cue_by_id["song-call"]], talk, "Paste 2 cues")
    changed = applied(show, edit)
    assert [changed.cue_by_id[cue].at for cue in copies] == [CALLED, CALLED]
    assert {changed.cue_by_id[cue].item for cue in copies} == {"talk"}


@pytest.mark.parametrize("text", ["", "hello", "{}", '{"showcaller": "cues", "cues": []}', '{"cues": []}', "[1]"])
def test_text_that_holds_no_cues_is_refused_in_words(text: str) -> None:
    with pytest.raises(EditError, match="the clipboard holds no cues"):
        text_to_cues(text)


def test_a_group_goes_with_all_that_is_in_it_and_a_leader_does_not_go() -> None:
    show = rich_show()
    group = next(cue for cue in show.cues if cue.group is not None)
    with pytest.raises(EditError, match=r"cue group cannot go: it is the leader of cue 1\.313"):
        apply(show, delete(show, [group.id]))
    show = applied(show, delete(show, ["slow", "then"]))
    changed = applied(show, delete(show, [group.id]))
    assert not {group.id, *show.children[group.id]} & changed.cue_by_id.keys()
    with pytest.raises(EditError, match=r"it is the leader of cue 1\.6"):
        apply(evening_show(), delete(evening_show(), ["song-clip"]))


def test_fields_are_set_where_they_differ_and_nowhere_else() -> None:
    show = evening_show()
    edit = set_fields(show, ["song-verse", "song-bridge"], {"colour": "#884400"})
    changed = applied(show, edit)
    assert changed.cue_by_id["song-bridge"].colour == "#884400"
    assert set_fields(changed, ["song-verse", "song-bridge"], {"colour": "#884400"}) is None


def test_moving_in_an_item_takes_a_free_number_and_in_a_list_another_place() -> None:
    talk = [make_cue(f"t{n}", str(n), item="talk") for n in (5, 6, 7)]
    hot = [Cue(id=f"h{n}", number=str(n), list="hot", role="lighting.main", at=CALLED) for n in (1, 2, 3)]
    base = evening_show(lists=(FreeList(id="hot", title="Hot"),))
    show = base.model_copy(update={"cues": (*base.cues, *talk, *hot)})
    assert applied(show, move_beside(show, "t7", "t5", before=False)).cue_by_id["t7"].number == "5.5"
    assert applied(show, move_beside(show, "t5", "t7", before=False)).cue_by_id["t5"].number == "8"
    assert applied(show, move_beside(show, "t7", "t5", before=True)).cue_by_id["t7"].number == "3.9"
    for cue, neighbour, before, wanted in (
        ("h3", "h1", True, "h3 h1 h2"),
        ("h1", "h2", False, "h2 h1 h3"),
        ("h1", "h3", True, "h2 h1 h3"),
        ("h3", "h1", False, "h1 h3 h2"),
    ):
        changed = applied(show, move_beside(show, cue, neighbour, before=before))
        assert " ".join(each.id for each in changed.cues if each.list == "hot") == wanted
        assert changed.cue_by_id[cue].number == show.cue_by_id[cue].number
    assert move_beside(show, "h1", "h1", before=True) is None
    with pytest.raises(EditError, match="stays in its item"):
        move_beside(show, "t5", "song-verse", before=True)


def test_many_cues_are_copied_in_a_moment() -> None:
    show = big_show(2000)
    edit, copies = duplicate(show, [cue.id for cue in show.cues])
    changed, _ = apply(show, edit)
    assert len(copies) == 2000
    assert all(len(cues) == 1 for cues in changed.cue_slots.values())


@pytest.mark.parametrize("cue", [cue for show in SHOWS for cue in show.cues], ids=lambda cue: cue.id)
def test_what_the_list_says_of_a_moment_can_be_typed(cue: Cue) -> None:
    if cue.at.on in ("called", "bar", "timecode", "after", "clock") or (cue.at.on == "offset" and not cue.at.section):
        assert words_to_at(when_text(cue), cue) == cue.at


@pytest.mark.parametrize("words", ["", "41", "bar", "bar 1.0", "1.1.480", "25:00:00", "soon", "follow", "start 5 m"])
def test_other_words_are_refused_with_what_can_be_written(words: str) -> None:
    with pytest.raises((EditError, ValueError), match=r"write called, bar 41\.3|follows no cue|String should match"):
        words_to_at(words, make_cue("x", "1", at_bar(3)))
