"""The takes commands: import, show, compare, notes, adopt, learn and replay, as typed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.support.command_line import CommandLine

LOG = "half-light-copper-rain-3"


@pytest.fixture
def take(call: CommandLine, tmp_path: Path) -> Path:
    path = tmp_path / "copper.take"
    call.well("takes", "import", LOG, "half-light", path)
    return path


def test_a_take_is_shown_with_what_was_missed_and_marked(call: CommandLine, take: Path) -> None:
    said = call.well("takes", "show", take, "half-light").out
    assert "copper-rain-065  2.065   shot                  58.776        missed" in said
    assert "+140 outlier" in said
    assert "jib late into chorus 1" in said


def test_takes_are_compared_in_columns_csv_and_json(call: CommandLine, take: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(call.well("takes", "compare", "half-light", take, "--csv").out)))
    assert next(row for row in rows if row["cue"] == "copper-rain-040")["Take 3"] == "+31"
    found = json.loads(call.well("takes", "compare", "half-light", take, take, "--json").out)
    assert [each["missed"] for each in found["takes"]] == [["copper-rain-065"]] * 2
    assert len(found["rows"][0]["lags_ms"]) == 2


def test_notes_are_ticked_chosen_and_written(call: CommandLine, take: Path, tmp_path: Path) -> None:
    call.well("takes", "notes", take, "--tick", "1")
    rows = list(csv.DictReader(io.StringIO(call.well("takes", "notes", take, "--open", "--csv").out)))
    assert [row["id"] for row in rows] == ["2", "3"]
    page = tmp_path / "notes.html"
    call.well("takes", "notes", take, "--department", "CAM", "--html", page)
    assert "hands on faders" in page.read_text(encoding="utf-8")


def test_adopting_says_what_moves_and_writes_the_show(call: CommandLine, take: Path, tmp_path: Path) -> None:
    show = tmp_path / "adopted.json"
    said = call.well("takes", "adopt", take, "half-light", "--cue", "2.040", "copper-rain-145", "--write", show).out
    assert "2.040  Verse 1  9.796 s  →  9.827 s" in said
    assert "left alone: 2.145 is an outlier, +140 ms" in said
    assert "nothing moves" in call.well("takes", "adopt", take, show, "--cue", "2.040").out


def test_bad_calls_are_told_in_a_line(call: CommandLine, take: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"show": "half-light"}\n', encoding="utf-8")
    output = ("takes", "replay", take, "half-light", "--venue", "halcyon-dome", "--output", "--ghost", "all")
    for code, words, *argv in (
        (2, "is there already", "takes", "import", LOG, "half-light", take),
        (2, "no such file", "takes", "show", tmp_path / "none.take", "half-light"),
        (2, "there is no take 'none'", "takes", "show", "none", "half-light"),
        (2, "no cue '99.9'", "takes", "adopt", take, "half-light", "--cue", "99.9"),
        (2, "has no output to play", *output),
        (1, "line 1: item", "takes", "import", broken, "half-light", tmp_path / "x.take"),
    ):
        said = call(*argv)  # type: ignore[arg-type]
        assert (said.code, words in said.fault) == (code, True), said.err
