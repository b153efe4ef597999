"""``showcaller export cue-sheet`` and ``compare``: what is printed, what is written, and slips in the call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from console.show.edits import apply, change_cue
from console.show.show import Show
from tests.support.builders import song_show
from tests.support.command_line import CommandLine

SHOW = song_show(id="monday", title="Monday")
EDITED = apply(SHOW, change_cue("song-verse", {"label": "Big look"}))[0].model_copy(update={"id": "tuesday"})


def test_without_a_file_the_sheets_are_printed(call: CommandLine):
    lines = call.well("export", "cue-sheet", "half-light", "--department", "lx").lines
    assert lines[0] == "Ondine Farrow & The Tidal Index: Half-Light, Live: cue sheet, LX"
    assert "    1.045  bar 17.1   Verse 1   cue 20, list 1, over 2 s" in lines


@pytest.mark.usefixtures("qapp")
def test_sheets_are_written_as_paper_page_and_table(call: CommandLine, tmp_path: Path):
    pdf, html, table = (tmp_path / f"sheets.{ending}" for ending in ("pdf", "html", "csv"))
    words = ("--department", "SFX", "--venue", "gaslight-exchange", "--pdf", pdf, "--html", html, "--csv", table)
    said = call.well("export", "cue-sheet", "half-light", *words).lines
    assert said[-1].split() == ["SFX", "effects", "6"]
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert "Not sent here: no CO2 here." in html.read_text(encoding="utf-8")
    assert table.read_text(encoding="utf-8").count("\n") == 7


def test_a_department_there_is_none_of_is_the_calls_fault(call: CommandLine, tmp_path: Path):
    said = call("export", "cue-sheet", "half-light", "--department", "LY")
    assert (said.code, said.fault) == (2, "the show has no department 'LY': did you mean DLY?")
    said = call("export", "cue-sheet", "half-light", "--csv", tmp_path)
    assert (said.code, "cannot be written" in said.fault) == (2, True)


def test_two_show_files_are_compared(call: CommandLine, saved: Callable[[Show], Path], tmp_path: Path):
    one, other = saved(SHOW), saved(EDITED)
    said = call.well("compare", one, other, "--html", tmp_path / "what.html")
    assert said.lines[0] == "Cues: 1 otherwise."
    assert any("song-verse" in line or "Big look" in line for line in said.lines)
    assert "From monday.json to tuesday.json" in (tmp_path / "what.html").read_text(encoding="utf-8")
    told = call.well("compare", one, other, "--json").json
    assert told["counts"] == {"removed": 0, "added": 0, "moved": 0, "changed": 1, "others": 1}
    [label] = [each for each in told["changes"] if each["field"] == "label"]
    assert (label["thing"], label["id"], label["after"]) == ("cue", "song-verse", "Big look")


def test_a_show_compared_with_itself_says_so(call: CommandLine):
    assert call.well("compare", "half-light", "half-light").lines == ["Nothing is otherwise."]
    assert call("compare", "half-light", "nowhere.json").code == 2
