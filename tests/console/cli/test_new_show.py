"""``showcaller new``: the show that is written passes its check in every house that ships, and slips in the call."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.show.show_file import read_show
from console.show.starters import starters
from profiles.venue_library import list_venues
from tests.support.command_line import CommandLine

SONGS = ("--song", "Copper Rain, 3:45, 98, 4/4", "--song", "Ballad, 4:00")


@pytest.mark.parametrize("template", [starter.id for starter in starters()])
def test_a_new_show_passes_its_check_in_every_house(call: CommandLine, tmp_path: Path, template: str):
    for venue in [entry.id for entry in list_venues()]:
        file = tmp_path / f"{template}-{venue}.json"
        said = call.well("new", "Spring Tour", "--template", template, *SONGS, "--venue", venue, "--file", file)
        assert said.lines[2].startswith("PASS  Spring Tour in "), said.lines[2:5]
        assert said.lines[-1] == f"open it: showcaller open {file} --venue {venue}"


def test_songs_come_from_a_sheet_and_the_house_settles_the_rate(
    call: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    sheet = tmp_path / "set.csv"
    sheet.write_text("Title,Duration,BPM\nHarbour,3:30,120\nRain,4:10,\n", encoding="utf-8")
    lines = call.well("new", "Spring Tour", "--songs", sheet).lines
    assert lines[0] == "spring-tour.json"
    assert lines[-1] == "a house for it: showcaller venues new my-hall --show spring-tour.json"
    show = read_show(Path("spring-tour.json")).show
    assert [(song.title, song.click) for song in show.songs] == [("Harbour", True), ("Rain", False)]
    said = call("new", "Spring Tour")
    assert (said.code, "is there already" in said.fault) == (2, True)


def test_slips_are_told_in_a_line_and_nothing_is_written(call: CommandLine, tmp_path: Path):
    file, sheet = tmp_path / "new.json", tmp_path / "set.csv"
    for words, text, code, fault in (
        (("--template", "award"), "", 2, "did you mean awards?"),
        (("--song", "A, soon"), "", 2, "the length 'soon' is no time"),
        (("--songs", tmp_path / "none.csv"), "", 2, "cannot be read"),
        (("--songs", sheet), "", 1, "is empty"),
        (("--songs", sheet), "What,Ever\na,b\n", 1, "has no column of titles among What, Ever: call one Title"),
        (("--songs", sheet), "Title,BPM\nA,120\nB,fast\nC,faster\n", 1, "line 3: the tempo 'fast' is none"),
        (("--venue", "nowhere"), "", 2, "nowhere"),
    ):
        sheet.write_text(text, encoding="utf-8")
        said = call("new", "Tour", "--file", file, *words)
        assert (said.code, fault in said.fault) == (code, True), said.fault
        assert not file.exists()
    said = call("new", "…", "--file", file)
    assert (said.code, "neither letter nor digit" in said.fault) == (2, True)
    said = call("new", "Tour", "--file", tmp_path / "new.txt")
    assert (said.code, "a show is a .json file" in said.fault) == (2, True)
