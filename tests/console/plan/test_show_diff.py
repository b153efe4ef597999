"""Two show files compared: nothing between a show and itself, every edit seen, mirrors the other way round."""

from hypothesis import given, settings
from hypothesis import strategies as st

from console.plan.show_diff import ShowDiff, compare_shows
from console.plan.show_diff_page import compare_summary, compare_to_html
from console.show.edits import Edit, EditError, apply, change_cue
from console.show.show import Show
from tests.support.any_edits import edits
from tests.support.builders import at_bar, light, make_cue, song_show

SHOW = song_show(make_cue("look", "1.610", at_bar(6), light("30"), label="Look"))


def after_edit(edit: Edit, show: Show = SHOW) -> Show:
    return apply(show, edit)[0]


def rows(found: ShowDiff) -> list[tuple[str, str, str, str, str, str]]:
    return [(each.kind, each.thing, each.id, each.field, each.before, each.after) for each in found.changes]


def in_any_order(show: Show) -> object:
    """A show without the order that is nobody's: that of cues, songs, roles and markers in the file."""
    unordered = ("cues", "songs", "roles", "markers", "inhibits")
    return show.model_copy(
        update={name: tuple(sorted(getattr(show, name), key=lambda each: each.id)) for name in unordered}
    )


def test_a_show_has_nothing_otherwise_than_itself():
    found = compare_shows(SHOW, SHOW)
    assert (found.changes, found.others(), set(found.counts().values())) == ((), 0, {0})
    assert compare_summary(found) == ("Nothing is otherwise.",)


def test_a_field_is_told_before_and_after():
    edited = after_edit(change_cue("look", {"label": "Big look", "at": at_bar(7, 2), "steps": [light("31", 2.0)]}))
    assert rows(compare_shows(SHOW, edited)) == [
        ("moved", "cue", "look", "when", "bar 6.1", "bar 7.2"),
        ("changed", "cue", "look", "label", "Look", "Big look"),
        ("changed", "cue", "look", "steps", "cue 30, list 1", "cue 31, list 1, over 2 s"),
    ]


def test_what_the_words_leave_out_is_told_in_full():
    edited = after_edit(change_cue("look", {"steps": [light("30").model_copy(update={"curve": "ease"})]}))
    [(_, _, _, field, before, after)] = rows(compare_shows(SHOW, edited))
    assert (field, "ease" in after) == ("steps", True)
    assert before != after


def test_pieces_come_go_and_change_their_order():
    found = compare_shows(SHOW, SHOW.model_copy(update={"cues": SHOW.cues[:-1], "items": SHOW.items[::-1]}))
    kinds = {(each.kind, each.thing) for each in found.changes}
    assert ("removed", "cue") in kinds
    if len(SHOW.items) > 1:
        assert ("moved", "item") in kinds
    assert "place" in next((each.before for each in found.changes if each.kind == "moved"), "place")


@settings(max_examples=150)
@given(st.lists(edits(SHOW), max_size=4), st.data())
def test_a_difference_is_told_just_where_there_is_one_and_mirrors(drawn: list[Edit], data: st.DataObject):
    edited = SHOW
    for edit in drawn:
        try:
            edited = after_edit(edit, edited)
        except EditError:
            continue
    there, back = compare_shows(SHOW, edited), compare_shows(edited, SHOW)
    assert (not there.changes) == (in_any_order(SHOW) == in_any_order(edited))
    mirrored = {"added": "removed", "removed": "added", "changed": "changed", "moved": "moved"}
    assert sorted(
        (mirrored[each.kind], each.thing, each.id, each.field, each.after, each.before)
        for each in there.changes
        if each.field or each.kind != "moved"
    ) == sorted(row for row, each in zip(rows(back), back.changes, strict=True) if each.field or each.kind != "moved")
    assert all(each.before != each.after for each in there.changes)


def test_the_page_names_both_files_and_every_change():
    edited = after_edit(change_cue("look", {"label": "A <b>"}))
    page = compare_to_html(compare_shows(SHOW, edited), ("monday.json", "tuesday.json"), {"song": "Song"})
    assert "From monday.json to tuesday.json" in page
    assert "A &lt;b&gt;" in page
    assert "Changed: 1 cue<" in page
