"""Rows of a sheet as cues: what each becomes, what is wrong with it and what to do, and one edit that is taken back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.plan.cue_sheet import build_sheets
from console.plan.cue_sheet_page import sheets_to_csv
from console.plan.schedule import build_schedule
from console.show.cue_columns import CUE_FIELDS
from console.show.cue_import import CueImport, ImportPlan, Taken, plan_import, unmapped
from console.show.cue_rows import NOWHERE, Home
from console.show.cues import After, AtBar, AtOffset, AtTimecode, Called, Cue, Step
from console.show.edits import apply
from console.show.sheet import guess_columns, text_to_sheet
from console.show.show import FreeList, Show
from console.show.show_json import show_to_json
from console.show.validate import validate
from tests.support.builders import evening_show, song_show

SHOW = song_show(lists=(FreeList(id="house", title="House cues"),))


def imported(
    text: str, show: Show = SHOW, home: Home = NOWHERE, role: str | None = None, taken: Taken = "refuse"
) -> CueImport:
    sheet = text_to_sheet(text, CUE_FIELDS)
    found = plan_import(show, sheet, ImportPlan(guess_columns(sheet.headings, CUE_FIELDS), home, role, taken))
    if found.edit is not None:
        changed, inverse = apply(show, found.edit)
        assert show_to_json(apply(changed, inverse)[0]) == show_to_json(show)
        assert {problem.severity for problem in set(validate(changed)) - set(validate(show))} <= {"warning", "note"}
    return found


def made(found: CueImport, show: Show = SHOW) -> list[Cue]:
    assert found.edit is not None
    return [cue for cue in apply(show, found.edit)[0].cues if show.cue_by_id.get(cue.id) != cue]


def words_of(found: CueImport) -> list[str]:
    return [str(problem) for problem in found.problems]


def test_a_row_becomes_a_cue_with_all_that_it_says() -> None:
    found = imported(
        "Cue,Label,Call,Notes,Song,Role,Bar,Does,Fade,Pre-wait,Colour\n"
        'LX 30,Look,LX 30,slow,Song,lighting.main,5.2,"cue.fire cue=7 list=2","2,5 s",0.5,#AABBCC\n'
    )
    assert [row.fate for row in found.rows] == ["new"]
    assert made(found) == [
        Cue(
            id="song-30",
            number="30",
            label="Look",
            call="LX 30",
            notes="slow",
            colour="#aabbcc",
            item="song",
            role="lighting.main",
            at=AtBar(on="bar", bar=5, beat=2),
            steps=(Step(verb="cue.fire", args={"cue": "7", "list": 2}, fade_s=2.5),),
            pre_wait_s=0.5,
        )
    ]
    assert found.edit is not None
    assert found.edit.name == "Import 1 cue"


@pytest.mark.parametrize(
    ("heading", "cell", "at"),
    [
        ("Bar", "9", AtBar(on="bar", bar=9)),
        ("Bar", "9|3|240", AtBar(on="bar", bar=9, beat=3, tick=240)),
        ("When", "bar 9.3", AtBar(on="bar", bar=9, beat=3)),
        ("When", "called", Called(on="called")),
        ("When", "called, verse", Called(on="called", section="song/verse")),
        ("When", "end -2 s", AtOffset(on="offset", anchor="end", seconds=-2)),
        ("When", "after 1.2 +2 s", After(on="after", cue="song-start", of="end", delay_s=2)),
        ("When", "with 1.2", After(on="after", cue="song-start", of="start")),
        ("TC", "01:00:10:12", AtTimecode(on="timecode", label="01:00:10:12")),
        ("Song time", "0:12.5", AtOffset(on="offset", anchor="downbeat", seconds=12.5)),
        ("Song time", "", Called(on="called")),
    ],
)
def test_a_moment_may_be_written_in_many_ways(heading: str, cell: str, at: object) -> None:
    found = imported(f'Number;Label;{heading}\n30;x;"{cell}"\n', home=Home(item="song"))
    assert words_of(found) == []
    assert [cue.at for cue in made(found)] == [at]


def test_rows_belong_to_the_item_above_and_a_row_of_its_own_begins_one() -> None:
    show = evening_show()
    first, second = show.items[0], show.items[1]
    found = imported(f"Cue,Label,Item\n,{first.title},\n301,a,\n302,b,{second.id}\n303,c,\n", show)
    assert [(row.number, row.place) for row in found.rows] == [
        ("301", first.title), ("302", second.title), ("303", second.title)
    ]  # fmt: skip


def test_a_free_list_counts_for_itself() -> None:
    found = imported("Cue,Label,Item\n1.1,hot,House cues\n", role="lighting.main")
    assert [(cue.list, cue.item, cue.number) for cue in made(found)] == [("house", None, "1.1")]


def test_rows_without_numbers_get_free_ones_that_no_later_row_has() -> None:
    found = imported("Cue,Label\n30,a\n,b\n31,c\n,d\n", home=Home(item="song"))
    assert [row.number for row in found.rows] == ["30", "30.5", "31", "32"]
    alone = imported("Label,Call\na,b\n", home=Home(list="house"))
    assert [row.number for row in alone.rows] == ["1"]


def test_a_number_that_is_taken_is_refused_changed_or_numbered_anew() -> None:
    text = "Cue,Label\n1.3,Other\n"
    refused = imported(text, home=Home(item="song"))
    assert refused.edit is None
    assert words_of(refused) == [
        "line 2, cue 1.3: the show has a cue 1.3 already: let the import change that cue, or number the row anew"
    ]
    changed = imported(text, home=Home(item="song"), taken="change")
    assert [row.fate for row in changed.rows] == ["changed"]
    before = SHOW.cue_by_id["song-intro"]
    assert made(changed) == [before.model_copy(update={"label": "Other"})]
    anew = imported(text, home=Home(item="song"), taken="renumber")
    assert [(row.fate, row.number) for row in anew.rows] == [("new", "1.35")]


def test_the_same_number_twice_in_a_sheet_is_told_by_its_line() -> None:
    found = imported("Cue,Label\n30,a\n30.0,b\n", home=Home(item="song"))
    assert [row.fate for row in found.rows] == ["new", "left out"]
    assert words_of(found) == ["line 3, cue 30.0: the number 30.0 is that of line 2 too: give one of them another"]


def test_a_department_stands_for_the_role_that_can_do_it() -> None:
    found = imported("Cue,Label,Dept,LXQ\nLX 30,a,,7\n31,b,lx,8\n", home=Home(item="song"))
    assert [row.role for row in found.rows] == ["lighting.main"] * 2
    assert [row.does for row in found.rows] == ["cue 7, list 1", "cue 8, list 1"]


@pytest.mark.parametrize(
    ("heading", "cell", "words"),
    [
        ("Cue", "twelve", "'twelve' is no cue number: write digits"),
        ("Bar", "x.y", "'x.y' is no moment: write called, bar 41.3"),
        ("Bar", "5.9.480", "is no bar: "),
        ("Bar", "400", "outside Song, whose bars go from"),
        ("Bar", "3.9", "bar 3"),
        ("TC", "1:2:3", "'1:2:3' is no timecode: write it like 01:00:10:00"),
        ("TC", "01:00:10:29", "01:00:10:29"),
        ("When", "called, nowhere", "the song has no section 'nowhere': its sections are intro"),
        ("When", "after 99", "it follows cue 99, which is not there: import that row too"),
        ("Song time", "soon", "'soon' is no time: write seconds"),
        ("Does", "cue.fira cue=1", "no verb is called 'cue.fira': did you mean cue.fire?"),
        ("Does", "cue.fire", "cue is missing: give text in quotes"),
        ("Does", "cue.fire 10", "'10' behind cue.fire says no argument: write key=value"),
        ("Does", 'cue.fire cue="1', "has a quote that does not end"),
        ("Fade", "slow", "the fade 'slow' is no time"),
        ("Pre-wait", "a bit", "the pre-wait 'a bit' is no time"),
        ("Colour", "blue", "'blue' is no colour: write it like #d8bd78"),
        ("Role", "lighting.mian", "no role or department is called 'lighting.mian': did you mean lighting.main?"),
        ("Song", "Sonk", "no item or list is called 'Sonk': did you mean Song?"),
    ],
)
def test_every_slip_is_told_with_its_line_and_the_remedy(heading: str, cell: str, words: str) -> None:
    quoted = '"' + cell.replace('"', '""') + '"'
    found = imported(f"Label;Cue no;{heading}\nwell;30;\nx;31;{quoted}\n", home=Home(item="song"), role="lighting.main")
    if heading == "Cue":
        found = imported(f"Label;Cue\nwell;30\nx;{quoted}\n", home=Home(item="song"))
    assert [row.fate for row in found.rows] == ["new", "left out"]
    assert [problem.where.startswith("line 3") for problem in found.problems] == [True] * len(found.problems)
    assert words in " | ".join(words_of(found))
    assert all(problem.remedy for problem in found.problems)


def test_what_follows_a_row_at_fault_is_left_out_with_it() -> None:
    found = imported("Cue,Label,When\n30,a,bar 400.1\n31,b,after 30\n32,c,with 31\n33,d,\n", home=Home(item="song"))
    assert [row.fate for row in found.rows] == ["left out", "left out", "left out", "new"]


def test_a_row_that_names_no_item_says_so() -> None:
    assert words_of(imported("Cue,Label\n30,a\n")) == [
        "line 2, cue 30: the row names no item: say which item the rows belong to, or map a column to it"
    ]


def test_a_sheet_that_was_exported_changes_nothing_when_it_comes_back() -> None:
    text = sheets_to_csv(build_sheets(SHOW, build_schedule(SHOW)))
    found = imported(text, taken="change")
    assert {row.fate for row in found.rows} == {"same"}
    assert found.edit is None


def test_columns_that_nothing_is_read_from_are_named() -> None:
    sheet = text_to_sheet("Cue,Label,Weather\n1,a,b\n", CUE_FIELDS)
    assert unmapped(sheet, guess_columns(sheet.headings, CUE_FIELDS)) == ("Weather",)


CELL = st.sampled_from(
    ("", "1.3", "30", "LX 4", "bar 5", "5.1", "after 30", "with 1.2", "cue.fire cue=1", "LX", "song", "2s")
)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.lists(CELL, min_size=6, max_size=6), max_size=8),
    taken=st.sampled_from(("refuse", "change", "renumber")),
)
def test_no_sheet_breaks_it_and_what_is_offered_can_be_done(rows: list[list[str]], taken: Taken) -> None:
    lines = ["Cue,Label,When,Does,Dept,Fade", *(",".join(row) for row in rows), "99,last,,,,"]
    found = imported("\n".join(lines), home=Home(item="song"), role="lighting.main", taken=taken)
    assert (
        len(found.rows) + sum(row.count("") == 5 and "song" in row for row in rows)
        == len([row for row in rows if any(row)]) + 1
    )
