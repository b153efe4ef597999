"""``showcaller import cues``: the preview, what stands in the way of writing, and slips in the call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from console.show.show import Show
from console.show.show_file import read_show
from tests.support.builders import song_show
from tests.support.command_line import CommandLine

WELL = "Cue No.;Description;Song;Bar;LX cue;Dept;Weather\nLX 30;Look;Song;5.2;7;LX;fine\n31;Other;;6;8;LX;\n"
ONE_AT_FAULT = f"{WELL}32;Late;;400;9;LX;\n"


def sheet(folder: Path, text: str) -> Path:
    file = folder / "lx.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_sheet_is_shown_row_by_row_and_nothing_is_written(
    call: CommandLine, saved: Callable[[Show], Path], tmp_path: Path
):
    show = saved(song_show())
    before = show.read_bytes()
    lines = call.well("import", "cues", sheet(tmp_path, WELL), "--show", show).lines
    assert lines[0].startswith("columns: Number from 'Cue No.', Label from 'Description', Item from 'Song'")
    assert lines[1] == "not read: Weather"
    assert lines[3].split("  ")[0:3] == ["line 2", "new", "30"]
    assert lines[-2:] == ["2 new", "nothing is written: say --write FILE"]
    assert show.read_bytes() == before


def test_the_show_is_written_with_its_cues(call: CommandLine, saved: Callable[[Show], Path], tmp_path: Path):
    show = saved(song_show())
    said = call.well("import", "cues", sheet(tmp_path, WELL), "--show", show, "--write", show)
    assert said.lines[-1] == f"{show}: Import 2 cues"
    written = read_show(show).show
    assert [written.cue_by_id[cue].label for cue in ("song-30", "song-31")] == ["Look", "Other"]
    again = call("import", "cues", sheet(tmp_path, WELL), "--show", show)
    assert (again.code, again.lines[-1]) == (1, "2 left out")
    same = call.well("import", "cues", sheet(tmp_path, WELL), "--show", show, "--taken", "change")
    assert same.lines[-1] == "2 same"


def test_a_row_at_fault_stands_in_the_way_until_it_may_be_left_out(
    call: CommandLine, saved: Callable[[Show], Path], tmp_path: Path
):
    show, out = saved(song_show()), tmp_path / "out.json"
    words = ("import", "cues", sheet(tmp_path, ONE_AT_FAULT), "--show", show, "--write", out)
    said = call(*words)
    assert said.code == 1
    assert "error: line 4, cue 32 (song-32): bar 400 is outside Song" in "\n".join(said.lines)
    assert said.lines[-1] == f"{out} is not written: mend the rows that are left out, or say --leave-out"
    assert not out.exists()
    assert call.well(*words, "--leave-out").lines[-1] == f"{out}: Import 2 cues"


def test_columns_are_said_where_headings_are_strange(call: CommandLine, saved: Callable[[Show], Path], tmp_path: Path):
    strange = sheet(tmp_path, "first,second\n30,Look\n")
    words = ("import", "cues", strange, "--show", saved(song_show()), "--item", "song", "--role", "lighting.main")
    said = call(*words)
    assert said.code == 1
    assert said.fault.endswith("no heading that is known among first, second: say --column label=HEADING")
    told = call.well(*words, "--column", "number=1", "--column", "label=second", "--json").json
    assert told["columns"] == {"number": "first", "label": "second"}
    assert [(row["fate"], row["number"], row["role"]) for row in told["rows"]] == [("new", "30", "lighting.main")]


def test_slips_in_the_call_are_told_in_a_line(call: CommandLine, saved: Callable[[Show], Path], tmp_path: Path):
    show, file = saved(song_show()), sheet(tmp_path, WELL)
    for words, fault in (
        (("--column", "lable=x"), "names no column: write FIELD=HEADING with one of bar"),
        (("--column", "label=Nowhere"), "has no column 'Nowhere': its headings are Cue No."),
        (("--item", "sonk"), "no item has the id 'sonk': did you mean song?"),
        (("--list", "hot"), "no free list has the id 'hot'"),
        (("--role", "lighting.mian"), "did you mean lighting.main?"),
        (("--write", tmp_path / "x.txt"), "a show is a .json file"),
        (("--write", file.with_suffix(".json")), "holds something else"),
    ):
        file.with_suffix(".json").write_text("{}", encoding="utf-8")
        said = call("import", "cues", file, "--show", show, *words)
        assert (said.code, fault in said.fault) == (2, True), said.fault
    said = call("import", "cues", tmp_path / "none.csv", "--show", show)
    assert (said.code, "cannot be read" in said.fault) == (2, True)
    said = call("import", "cues", sheet(tmp_path, ""), "--show", show)
    assert (said.code, "is empty" in said.fault) == (1, True)
