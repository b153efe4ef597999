"""New shows: every template with any songs makes a show without a fault, and slips in a set list are told."""

from __future__ import annotations

from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.show.new_show import NewShow, make_show, title_to_id
from console.show.sheet import guess_columns, text_to_sheet
from console.show.sheet_cells import CellError
from console.show.show import RateName
from console.show.show_json import json_to_show, show_to_json
from console.show.song_rows import SONG_FIELDS, NewSong, sheet_to_songs, words_to_song
from console.show.starters import Starter, UnknownStarterError, find_starter, starters, stock
from console.show.validate import validate
from profiles.verbs import CATALOGUE

SONGS = (
    NewSong("Copper Rain", 225.0, Fraction(98)),
    NewSong("Seven", 150.0, Fraction("140.5"), (7, 8)),
    NewSong("Ballad", 240.0),
    NewSong("Ballad", 180.0, Fraction(90), (3, 4)),
)


@pytest.mark.parametrize("starter", starters(), ids=lambda starter: starter.id)
@pytest.mark.parametrize("songs", [(), SONGS[:1], SONGS])
def test_every_template_makes_a_show_without_a_fault(starter: Starter, songs: tuple[NewSong, ...]) -> None:
    show = make_show(NewShow("Spring Tour", starter, songs))
    assert validate(show) == ()
    assert show.id == "spring-tour"
    assert [role.id for role in show.roles] == sorted(starter.roles, key=[role.id for role in stock().roles].index)
    assert [song.title for song in show.songs] == [song.title for song in songs]
    assert json_to_show(show_to_json(show), "fresh").show == show


def test_a_template_names_only_what_the_stock_has() -> None:
    roles = {role.id: role for role in stock().roles}
    for starter in starters():
        assert set(starter.roles) <= set(roles), starter.id
    for role in roles.values():
        assert set(role.verbs) <= set(CATALOGUE), role.id
    for cue in stock().cues:
        assert {step.verb for step in cue.steps} <= set(roles[cue.role].verbs)


def test_a_song_has_whole_bars_a_count_in_and_an_hour_of_timecode() -> None:
    show = make_show(NewShow("x1", find_starter("concert-special"), SONGS))
    first, seven, ballad, waltz = show.songs
    assert (first.tc_start, first.bars, first.count_in_bars) == ("01:00:00:00", 92, 2)  # 225 s of 2.449 s bars
    assert (seven.metres[0].num, seven.metres[0].den, seven.tempi[0].bpm) == (7, 8, 140.5)
    assert (ballad.click, ballad.tempi, ballad.tc_start) == (False, (), None)
    assert waltz.id == "ballad-2"
    planned = {item.song: item.planned_s for item in show.items if item.song}
    assert planned["copper-rain"] == pytest.approx((92 + 2) * 4 * 60 / 98, abs=0.001)
    assert planned["ballad"] == 240.0


def test_items_between_songs_are_numbered_and_songs_start_by_a_press() -> None:
    show = make_show(NewShow("x1", find_starter("concert-special"), SONGS[:2]))
    assert [item.id for item in show.items] == [
        "walk-on", "song-copper-rain", "talk-1", "song-seven", "bows", "credits"
    ]  # fmt: skip
    tracks = show.cue_by_id["song-seven-tracks"]
    assert (tracks.number, tracks.starts_item, tracks.call) == ("4.1", True, "Tracks, Seven")
    assert tracks.steps[0].args == {"session": "tracks/02-seven"}


def test_more_songs_than_a_day_has_hours_have_no_code_of_their_own() -> None:
    show = make_show(
        NewShow("x1", find_starter("concert-special"), tuple(NewSong("A", 60, Fraction(120)) for _ in range(25)))
    )
    assert [song.tc_start for song in show.songs[21:]] == ["22:00:00:00", "23:00:00:00", None, None]
    assert validate(show) == ()


@pytest.mark.parametrize("rate", get_args(RateName))
def test_labels_are_those_of_the_houses_rate(rate: RateName) -> None:
    show = make_show(NewShow("x1", find_starter("awards"), SONGS, rate))
    assert validate(show) == ()
    assert show.songs[0].tc_start == ("01:00:00;00" if rate.endswith("df") else "01:00:00:00")


def test_a_template_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownStarterError, match="did you mean awards"):
        find_starter("award")


@pytest.mark.parametrize(
    ("title", "found"), [("Añejo & Co.", "anejo-co"), ("  ", ""), ("東京", ""), ("A/B 2", "a-b-2")]
)
def test_a_title_becomes_an_id(title: str, found: str) -> None:
    assert title_to_id(title) == found


def test_songs_are_read_from_a_sheet_in_several_spellings() -> None:
    sheet = text_to_sheet("Song;Duration;BPM;Time signature;Performer\nA;3:45;97,5;7/8;Ondine\nB;;;;\n", SONG_FIELDS)
    songs, problems = sheet_to_songs(sheet, guess_columns(sheet.headings, SONG_FIELDS))
    assert problems == ()
    assert songs == (NewSong("A", 225.0, Fraction("97.5"), (7, 8), "Ondine"), NewSong("B"))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("A,long,120,4/4", "the length 'long' is no time: write seconds like 2.5, or minutes like 1:23.5"),
        ("A,0,120,4/4", "the length '0' is no song's: write it like 3:45"),
        ("A,3:45,fast,4/4", "the tempo 'fast' is none: write beats a minute from 20 to 400"),
        ("A,3:45,7,4/4", "or tap it"),
        ("A,3:45,120,4/5", "the metre '4/5' is none: write it like 4/4 or 7/8"),
        (",3:45,120,4/4", "the song has no title: give it one"),
    ],
)
def test_a_slip_in_a_set_list_is_told_by_its_line(row: str, words: str) -> None:
    sheet = text_to_sheet(f"Title,Length,Tempo,Metre\nWell,3:00,120,4/4\n{row}\n", SONG_FIELDS)
    songs, problems = sheet_to_songs(sheet, guess_columns(sheet.headings, SONG_FIELDS))
    assert [song.title for song in songs] == ["Well"]
    assert [words in str(problem) and problem.where == "line 3" for problem in problems] == [True]
    with pytest.raises(CellError):
        words_to_song(row)


def test_a_song_is_typed_in_a_line() -> None:
    assert words_to_song("Copper Rain, 3:45, 98 bpm, 4/4") == NewSong("Copper Rain", 225.0, Fraction(98))
    assert words_to_song("Ballad") == NewSong("Ballad")


@settings(max_examples=40, deadline=None)
@given(
    songs=st.lists(
        st.builds(
            NewSong,
            title=st.text(min_size=1, max_size=12).filter(str.strip),
            length_s=st.floats(1, 1200),
            bpm=st.none() | st.fractions(20, 400, max_denominator=100),
            metre=st.tuples(st.integers(1, 15), st.sampled_from((2, 4, 8))),
        ),
        max_size=5,
    ),
    starter=st.sampled_from(starters()),
)
def test_no_set_list_makes_a_show_with_a_fault(songs: list[NewSong], starter: Starter) -> None:
    show = make_show(NewShow("Any", starter, tuple(songs)))
    assert [problem for problem in validate(show) if problem.severity == "error"] == []
