"""``showcaller as-run``: the record by due time, for a person, a sheet and a program."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from console.record.as_run import AsRun
from console.record.run_card import RunCard
from console.vocabulary import LedgerRow
from tests.support.command_line import CommandLine

KEYS = ("seq", "item", "cue", "role", "device", "command", "cue_s", "due_s", "sent_s", "late_us", "outcome", "by")


def row(seq: int, due_s: float, **fields: object) -> LedgerRow:
    return LedgerRow.model_validate(
        {
            "at_ns": seq,
            "seq": seq,
            "item": "song",
            "cue": f"song-{seq}",
            "role": "lighting.main",
            "device": "desk",
            "command": "cue.fire list=1",
            "cue_s": due_s + 0.02,
            "due_s": due_s,
            "sent_s": due_s + 0.000125,
            "late_us": 125,
            "outcome": "sent",
            "by": "playhead",
            "trigger": "at 1.1.0",
            **fields,
        }
    )


SILENT = {"sent_s": None, "late_us": None, "device": None, "outcome": "skipped: no CO2 here", "command": ""}
ROWS = (row(1, 3.5), row(2, 3600.25, **SILENT), row(3, 2.0, count=240, command="level.set strip=ch/1"))


def record(path: Path, *runs: Sequence[LedgerRow]) -> Path:
    for n, rows in enumerate(runs, start=1):
        card = RunCard(
            run=f"run-{n}",
            kind="rehearsal",
            show="test",
            title="Test",
            venue="hall",
            revision=0,
            started="2026-09-19T19:30:00+01:00",
        )
        kept = AsRun(path, card)
        kept.tell((), rows)
        kept.close()
    return path


def test_json_is_an_object_a_line_by_due_time(call: CommandLine, tmp_path: Path):
    said = call.well("as-run", record(tmp_path / "run.db", ROWS), "--json")
    found = [json.loads(line) for line in said.lines]
    assert [each["seq"] for each in found] == [3, 1, 2]
    assert all(set(each) >= {*KEYS, "trigger"} for each in found)
    assert found[1] == {
        "seq": 1, "item": "song", "cue": "song-1", "role": "lighting.main", "device": "desk",
        "command": "cue.fire list=1", "cue_s": 3.52, "due_s": 3.5, "sent_s": 3.500125, "late_us": 125,
        "outcome": "sent", "by": "playhead", "trigger": "at 1.1.0", "count": 1, "confirmed": "",
        "answered_s": None,
    }  # fmt: skip
    assert (found[2]["sent_s"], found[2]["late_us"], found[2]["device"]) == (None, None, None)


def test_csv_has_the_same_rows(call: CommandLine, tmp_path: Path):
    path = record(tmp_path / "run.db", ROWS)
    rows = list(csv.DictReader(io.StringIO(call.well("as-run", path, "--csv").out)))
    objects = [json.loads(line) for line in call.well("as-run", path, "--json").lines]
    assert [{name: value or None for name, value in each.items()} for each in rows] == [
        {name: None if value is None or value == "" else str(value) for name, value in each.items()} for each in objects
    ]


def test_for_a_person_it_says_which_run_it_is(call: CommandLine, tmp_path: Path):
    said = call.well("as-run", record(tmp_path / "run.db", ROWS[:1], ROWS))
    assert said.lines[0] == (
        "Test in hall, rehearsal run-2 of 2026-09-19T19:30:00+01:00, the last of 2 runs in the file: 3 rows, 2 sent"
    )
    assert said.lines[2].split()[:4] == ["0:00:02.000", "+0.12", "ms", "sent"]
    assert "level.set strip=ch/1 × 240" in said.lines[2]
    assert said.lines[4].split()[0] == "1:00:00.250"
    assert "skipped: no CO2 here" in said.lines[4]


def test_a_run_without_rows_is_a_page_all_the_same(call: CommandLine, tmp_path: Path):
    path = record(tmp_path / "run.db", ())
    assert call.well("as-run", path, "--json").out == ""
    assert call.well("as-run", path).lines[0].endswith(": 0 rows, 0 sent")


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("gone.db", 2, "gone.db: no such file"),
        ("folder", 2, "folder: is a folder;"),
        ("text.db", 1, "text.db cannot be read"),
        ("other.db", 1, "other.db is no as-run"),
        ("empty.db", 1, "empty.db is no as-run"),
    ],
)
def test_what_is_no_record(
    call: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int, said: str
):
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("text.db").write_text("GO " * 1000)
    Path("empty.db").touch()
    connection = sqlite3.connect("other.db")
    connection.execute("CREATE TABLE notes (text)")
    connection.close()
    for form in ([], ["--csv"], ["--json"]):
        answer = call("as-run", name, *form)
        assert (answer.code, answer.fault[: len(said)]) == (code, said)
