"""``showcaller rehearse``: what would go wrong, as a page and as JSON; the exit code says how bad."""

from __future__ import annotations

from pathlib import Path

from console.samples.library import sample_path
from console.show.show_file import read_show, write_show
from tests.support.builders import CALLED, make_cue, song_show
from tests.support.command_line import CommandLine

KEPT = ("open-film", "walk-on", "song-harbour-signals")


def short_evening(folder: Path) -> Path:
    """The first minutes of Half-Light."""
    sample = read_show(sample_path("half-light")).show
    items = tuple(each if each.id in KEPT else each.model_copy(update={"skipped": True}) for each in sample.items)
    write_show(folder / "short.json", sample.model_copy(update={"items": items, "hard_out_s": 60.0}))
    return folder / "short.json"


def test_the_evening_is_played_and_its_faults_listed(call: CommandLine, tmp_path: Path) -> None:
    show = short_evening(tmp_path)
    page = call("rehearse", show, "--venue", "halcyon-dome")
    assert (page.code, page.err) == (0, "")
    assert page.lines[0].startswith("WARN ")
    assert "6 minutes played" in page.lines[0]
    assert any("after its hard out" in line for line in page.lines)
    told = call("rehearse", show, "--venue", "halcyon-dome", "--json", "--fault", "lighting.main=dead")
    assert told.code == 1
    assert told.json["verdict"] == "FAIL"
    assert told.json["played_s"] > 300
    assert {"evening.device", "evening.failed"} <= {each["code"] for each in told.json["problems"]}
    assert all(each["remedy"] for each in told.json["problems"])


def test_a_show_with_errors_is_not_played(call: CommandLine, tmp_path: Path) -> None:
    write_show(tmp_path / "bad.json", song_show(make_cue("a", "9", CALLED, role="lighting.mian")))
    page = call("rehearse", tmp_path / "bad.json", "--venue", "halcyon-dome")
    assert page.code == 1
    assert "not played: the show has errors" in page.lines[0]


def test_a_fault_of_nobody_is_the_calls(call: CommandLine, tmp_path: Path) -> None:
    said = call("rehearse", short_evening(tmp_path), "--venue", "halcyon-dome", "--fault", "no.role=dead")
    assert said.code == 2
    assert "fault of no.role" in said.fault
