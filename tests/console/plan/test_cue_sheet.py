"""Cue sheets: every cue of a department once and in order, with place, call, what it does, and what the house makes."""

import csv
import io

import pytest

from console.plan.cue_sheet import CueSheets, Line, build_sheets
from console.plan.cue_sheet_page import HEADER, sheets_title, sheets_to_csv, sheets_to_html
from console.plan.page_html import NEW_PAGE
from console.plan.patch import Patch, build_patch
from console.plan.schedule import build_schedule
from console.show.cues import Called, Condition, InGroup, Is
from console.show.show import Choice, FreeList, Show
from tests.console.plan.test_shipped_houses import join, load_show
from tests.support.builders import CALLED, after, at_bar, light, make_cue, song_show, step
from tests.support.golden import Golden
from tests.support.houses import HOUSE, PROFILES, make_venue

FLAME = make_cue(
    "flame", "5", CALLED, step("effect.fire", device="bar-1", ms=700), role="sfx.pyro", item="song", call="Flames GO",
    hazard="high", arm=("operator", "pyro-tech"), zone_clear="upstage", once_per_show=True,
)  # fmt: skip
SHOW = song_show(
    make_cue("verse", "1.600", at_bar(5), light("4", 2.0), label="Verse", notes="Watch the drummer."),
    make_cue("look", "1.610", Called(on="called", section="song/intro"), light("5"), call="LX 1.61 GO", pre_wait_s=0.5),
    make_cue("then", "1.620", after("look", 2.0, "end"), light("6"), disabled=True),
    make_cue("all", "1.630", CALLED, role=None, group="together", call="Big finish"),
    make_cue("all-lx", "1.631", InGroup(on="group"), light("7"), parent="all"),
    make_cue("all-vid", "1.632", InGroup(on="group"), step("clip.play", clip="END"), parent="all", role="video.server"),
    make_cue("hot", "90", CALLED, light("90"), item=None, list="hot", every_pass=True),
    make_cue("shot", "1.640", at_bar(6), step("camera.shot", camera="cam-7", shot="WS"), role="camera.cueing"),
    FLAME,
    choices=(Choice(id="vote", values=("red", "blue"), default="red"),),
    lists=(FreeList(id="hot", title="Hot cues"),),
)  # fmt: skip


def sheets(show: Show = SHOW, patch: Patch | None = None, department: str | None = None) -> CueSheets:
    return build_sheets(show, build_schedule(show), patch, department)


def lines(found: CueSheets) -> dict[str, Line]:
    return {line.cue: line for sheet in found.sheets for part in sheet.parts for line in part.lines}


def test_every_cue_with_a_role_stands_once_on_the_sheet_of_its_department():
    found = sheets()
    for sheet in found.sheets:
        for part in sheet.parts:
            assert part.lines
            for line in part.lines:
                assert SHOW.department_of(SHOW.cue_by_id[line.cue]) == sheet.department
    told = [line.cue for sheet in found.sheets for part in sheet.parts for line in part.lines]
    assert sorted(told) == sorted(cue.id for cue in SHOW.cues if cue.role is not None)


def test_a_line_says_where_what_and_what_to_know():
    found = lines(sheets())
    verse = found["verse"]
    assert (verse.place, verse.at_s, verse.called, verse.does) == ("bar 5.1", 8.0, False, ("cue 4, list 1, over 2 s",))
    assert verse.notes == ("Watch the drummer.",)
    assert (found["look"].place, found["look"].call) == ("called, intro, wait 0.5 s", "LX 1.61 GO")
    assert found["then"].place == "after 1.610 +2 s"
    assert found["then"].notes == ("Disabled: it does not run.",)
    assert (found["all-vid"].place, found["all-vid"].call, found["all-vid"].called) == (
        "called, in 1.630",
        "Big finish",
        True,
    )
    assert found["flame"].notes == (
        "Hazard, high, armed by operator and pyro-tech.",
        "Zone upstage must be clear.",
        "Once per show.",
    )
    assert found["hot"].notes == ("On every pass of the vamp.",)


def test_a_condition_is_said():
    when = Condition(match="any", terms=(Is(choice="vote", value="red"), Is(choice="vote", value="blue")))
    show = song_show(make_cue("if", "7", CALLED, condition=when), choices=SHOW.choices)
    assert lines(sheets(show))["if"].notes == ("Only if vote is red or vote is blue.",)


def test_a_house_says_what_it_does_otherwise():
    venue = make_venue(cameras=[*HOUSE["cameras"], {"id": "cam-7", "fallback": "cam-4"}])
    found = lines(sheets(patch=build_patch(SHOW, venue, PROFILES)))
    assert found["shot"].notes == ("cam-4 for cam-7 here.",)
    assert any(note.startswith(("Not sent here", "Here instead")) for note in found["flame"].notes)


def test_one_department_is_asked_for_even_if_it_has_no_cue():
    assert [sheet.department for sheet in sheets(department="LX").sheets] == ["LX"]
    assert [sheet.parts for sheet in sheets(song_show(), department="PYRO").sheets] == [()]
    assert "PYRO" not in [sheet.department for sheet in sheets(song_show()).sheets]


def test_the_table_has_a_row_a_cue_and_stable_columns():
    found = sheets()
    rows = list(csv.reader(io.StringIO(sheets_to_csv(found))))
    assert tuple(rows[0]) == HEADER
    assert len(rows) - 1 == sum(sheet.count for sheet in found.sheets)
    verse = dict(zip(HEADER, next(row for row in rows if row[3] == "verse"), strict=True))
    assert (verse["department"], verse["seconds"], verse["timecode"]) == ("LX", "8.000", "01:00:12:00")


def test_departments_and_if_asked_items_begin_sheets_of_their_own():
    found = sheets()
    assert sheets_to_html(found).count(NEW_PAGE) == len(found.sheets) - 1
    by_item = sheets_to_html(found, by_item=True)
    assert by_item.count(NEW_PAGE) == sum(len(sheet.parts) for sheet in found.sheets) - 1
    assert "“Big finish”" in by_item
    assert "No cues." in sheets_to_html(CueSheets("Show", "", ()))
    assert sheets_title(sheets(department="LX")) == "Test: cue sheet, LX"


@pytest.mark.parametrize("house", ["halcyon-dome", "gaslight-exchange"])
def test_the_effects_sheets_of_the_concert(golden: Golden, house: str):
    show = load_show("half-light")
    patch, _, _ = join("half-light", house)
    found = [build_sheets(show, build_schedule(show), patch, each) for each in ("SFX", "PYRO", "STG")]
    golden.check_text(f"cue-sheets/{house}.csv", "".join(sheets_to_csv(each) for each in found))
