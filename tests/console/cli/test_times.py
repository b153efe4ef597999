"""``showcaller times``: every moment of the concert, and the columns that sheets rely on."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from console.show.cues import After, At, AtClock, Cue, OnChoice, OnFeed, OnMessage
from console.show.show import Show
from console.show.show_file import write_show
from tests.support.builders import after, at_offset, light, make_cue, song_show
from tests.support.command_line import CommandLine
from tests.support.golden import Golden


def cue(name: str, at: At) -> Cue:
    return make_cue(name, f"1.9{len(name)}{ord(name[0])}", at, light("1"))


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_positioned_cue_of_the_songs_is_where_it_was_agreed(call: CommandLine, golden: Golden):
    """Golden: a line a song, then number, bar.beat.tick, seconds and timecode of what stands on a bar or follows it."""
    lines: list[str] = []
    item = ""
    for row in read(call.well("times", "half-light", "--csv").out):
        if not row["seconds"] or not row["item"].startswith("song-"):
            continue
        if row["item"] != item:
            item = row["item"]
            lines.append(item)
        place = f"{row['bar']}.{row['beat']}.{row['tick']}" if row["bar"] else "-"
        lines.append(f" {row['number']} {place} {row['seconds']} {row['timecode'] or '-'}")
    golden.check_text("half-light-times.txt", "\n".join(lines) + "\n")


def test_the_header_is_the_one_that_sheets_rely_on(call: CommandLine):
    first = call.well("times", "half-light", "--csv").lines[0]
    assert first == "item,cue,number,role,bar,beat,tick,seconds,timecode"


def test_called_cues_are_empty_and_followers_have_no_bar(call: CommandLine, saved: Callable[[Show], Path]):
    rows = {row["cue"]: row for row in read(call.well("times", saved(song_show()), "--csv").out)}
    assert [rows["song-start"][name] for name in ("bar", "seconds", "timecode")] == ["", "", ""]
    assert [rows["song-call"][name] for name in ("bar", "seconds", "timecode")] == ["", "", ""]
    assert [rows["song-load"][name] for name in ("bar", "seconds", "timecode")] == ["", "", ""]
    assert list(rows["song-verse"].values()) == [
        "song", "song-verse", "1.4", "lighting.main", "5", "1", "0", "8.000000", "01:00:12:00"
    ]  # fmt: skip
    assert [rows["song-after"][name] for name in ("bar", "seconds", "timecode")] == ["", "9.000000", "01:00:13:00"]


def test_one_item_by_its_id_or_by_its_song(call: CommandLine):
    by_item = call.well("times", "half-light", "--item", "song-undertow", "--csv").out
    assert {row["item"] for row in read(by_item)} == {"song-undertow"}
    assert call.well("times", "half-light", "--item", "undertow", "--csv").out == by_item


def test_for_a_person_it_is_a_table_of_the_same(call: CommandLine):
    rows = read(call.well("times", "half-light", "--item", "song-undertow", "--csv").out)
    lines = call.well("times", "half-light", "--item", "song-undertow").lines
    assert len(lines) == len(rows) + 1
    for line, row in zip(lines[1:], rows, strict=True):
        values = [value for value in row.values() if value]
        assert line.split()[: len(values)] == values
        assert (len(line.split()) == len(values)) == bool(row["seconds"])


def test_a_cue_without_a_time_says_what_decides(call: CommandLine, tmp_path: Path):
    show = song_show(
        cue("late", at_offset(2.0, "load")),
        cue("follows", after("song-call", 1.0)),
        cue("ends", After(on="after", cue="song-call", of="end")),
        cue("noon", AtClock(on="clock", time="12:00:00")),
        cue("pad", OnMessage(on="message", source="midi", address="note/1/36")),
        cue("vote", OnChoice(on="choice", choice="winner", value="a")),
        cue("goal", OnFeed(on="feed", feed="match", state="goal")),
    )
    write_show(tmp_path / "x.json", show)
    lines = call.well("times", tmp_path / "x.json").lines
    assert lines[0].split()[-2:] == ["timecode", "when"]
    when = {line.split()[1]: line.split("audio.foh")[-1].split("lighting.main")[-1].strip() for line in lines[1:]}
    assert when["song-load"] == "at load"
    assert when["song-call"] == "called, in song/outro"
    assert "called, starts its item" in when["song-start"]
    assert (when["late"], when["follows"], when["ends"]) == ("at load +2 s", "after 1.8", "after the end of 1.8")
    assert (when["noon"], when["pad"]) == ("at 12:00:00 on the clock", "on midi note/1/36")
    assert (when["vote"], when["goal"]) == ("when winner is a", "when match is goal")


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("song-undertwo", "the rundown has no item 'song-undertwo': did you mean song-undertow?"),
        ("", "the rundown has no item '': there are open-film, walk-on, "),
    ],
)
def test_an_unknown_item_is_told_the_nearest(call: CommandLine, item: str, said: str):
    answer = call("times", "half-light", "--item", item)
    assert answer.code == 2
    assert answer.fault.startswith(said)
