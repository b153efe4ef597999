"""The as-run file: what is told comes back in order, in both texts, from one run of several, whatever else is asked."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.record.as_run import AsRun
from console.record.as_run_schema import SCHEMA_VERSION, AsRunError
from console.record.reading import (
    COLUMNS,
    as_run_to_csv,
    as_run_to_json,
    read_as_run,
    read_facts,
    read_requests,
    read_runs,
)
from console.record.run_card import RunCard
from console.vocabulary import Answered, Fire, Go, ItemChanged, LedgerRow, Said

CARD = RunCard(
    run="run-1",
    kind="dress",
    show="concert",
    title="Concert",
    venue="arena",
    revision=3,
    started="2026-11-23T20:15:00+01:00",
)


def row(seq: int, due_s: float = 1.0, **fields: object) -> LedgerRow:
    return LedgerRow(
        **{  # type: ignore[arg-type]
            "at_ns": seq,
            "seq": seq,
            "item": "song",
            "cue": f"c{seq}",
            "role": "lighting.main",
            "device": "desk",
            "command": "cue.fire list=1",
            "cue_s": due_s,
            "due_s": due_s,
            "sent_s": due_s + 0.000012345,
            "late_us": 12,
            "outcome": "sent",
            "by": "playhead",
            "trigger": "bar 1.1",
            **fields,
        }
    )


def record(path: Path, *rows: LedgerRow, card: RunCard = CARD) -> Path:
    as_run = AsRun(path, card)
    as_run.tell((), rows)
    as_run.close()
    return path


def test_rows_come_back_as_they_were_by_due_time_then_number(tmp_path: Path) -> None:
    rows = [row(1, 5.0), row(2, 1.0), row(4, 3.0), row(3, 3.0), row(5, 0.5, sent_s=None, late_us=None, device=None)]
    path = record(tmp_path / "a.sqlite", *rows)
    assert list(read_as_run(path)) == [rows[4], rows[1], rows[3], rows[2], rows[0]]
    assert read_runs(path) == (CARD,)


def test_a_closed_record_is_one_file(tmp_path: Path) -> None:
    path = record(tmp_path / "a.sqlite", row(1))
    assert [each.name for each in tmp_path.iterdir()] == ["a.sqlite"]
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT closed FROM runs").fetchall() == [(1,)]
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        strict = connection.execute("SELECT strict FROM pragma_table_list WHERE schema = 'main' AND name NOT GLOB 's*'")
        assert set(strict) == {(1,)}
    connection.close()


def test_a_record_is_read_while_it_is_written(tmp_path: Path) -> None:
    as_run = AsRun(tmp_path / "a.sqlite", CARD)
    for seq in range(1, 4):
        as_run.tell((), [row(seq)])
        assert as_run.flush()
        assert [each.seq for each in read_as_run(as_run.path)] == [*range(1, seq + 1)]
    as_run.close()


def test_a_row_told_again_takes_the_place_of_the_first(tmp_path: Path) -> None:
    path = record(tmp_path / "a.sqlite", row(1), row(2), row(1, outcome="confirmed"))
    assert [(each.seq, each.outcome) for each in read_as_run(path)] == [(1, "confirmed"), (2, "sent")]


def test_several_runs_share_a_file_and_the_last_is_read_unless_another_is_named(tmp_path: Path) -> None:
    path = record(tmp_path / "a.sqlite", row(1))
    record(path, row(1, outcome="ghost"), card=CARD.model_copy(update={"run": "run-2"}))
    assert [each.outcome for each in read_as_run(path)] == ["ghost"]
    assert [each.outcome for each in read_as_run(path, "run-1")] == ["sent"]
    assert [card.run for card in read_runs(path)] == ["run-1", "run-2"]
    with pytest.raises(AsRunError, match="has no run run-3"):
        list(read_as_run(path, "run-3"))


def test_a_run_that_is_resumed_counts_on(tmp_path: Path) -> None:
    path = record(tmp_path / "a.sqlite", row(1), row(2))
    record(path, row(1, 7.0), row(2, 8.0))
    assert [(each.seq, each.due_s) for each in read_as_run(path)] == [(1, 1.0), (2, 1.0), (3, 7.0), (4, 8.0)]
    assert read_runs(path) == (CARD,)


def test_requests_come_back_with_their_answers_and_facts_with_theirs(tmp_path: Path) -> None:
    as_run = AsRun(tmp_path / "a.sqlite", CARD)
    asked = [Go(id=0, by="machine"), Fire(id=0, cue="c9", by="remote:X"), Go(id=7)]
    answers = [
        Answered(at_ns=5, request=0, name="go", by="machine"),
        Answered(at_ns=5, request=0, name="fire", by="remote:X", refused="no cue 'c9'"),
    ]
    facts = [ItemChanged(at_ns=4, item="song", life="live", by="operator"), Said(at_ns=6, severity="note", words="so")]
    as_run.tell(asked, [facts[0], *answers, row(1), facts[1]])
    as_run.close()
    assert list(read_requests(as_run.path)) == [
        (5, asked[0], None),
        (5, asked[1], "no cue 'c9'"),
        (None, asked[2], None),
    ]
    assert list(read_facts(as_run.path)) == facts


def test_json_is_an_object_a_line_with_the_promised_names(tmp_path: Path) -> None:
    path = record(tmp_path / "a.sqlite", row(1, command='say "ü"'), row(2, sent_s=None, late_us=None, cue=None))
    lines = list(as_run_to_json(read_as_run(path)))
    first, second = (json.loads(line) for line in lines)
    promised = "seq, item, cue, role, device, command, cue_s, due_s, sent_s, late_us, outcome, by, trigger"
    assert set(promised.split(", ")) <= set(first)
    assert list(first) == list(COLUMNS)
    assert (first["sent_s"], first["late_us"], first["command"]) == (1.000012, 12, 'say "ü"')
    assert (second["sent_s"], second["cue"]) == (None, None)
    assert all("\n" not in line for line in lines)


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@given(command=TEXT, cue=st.none() | TEXT.filter(bool), due_s=st.floats(0, 1e5))
def test_csv_gives_back_any_text(command: str, cue: str | None, due_s: float) -> None:
    lines = list(as_run_to_csv([row(1, due_s, command=command, cue=cue)]))
    header, cells = csv.reader(io.StringIO("\n".join(lines), newline=""))
    found = dict(zip(header, cells, strict=True))
    assert found["command"] == command
    assert found["cue"] == (cue or "")
    assert float(found["due_s"]) == round(due_s, 6)


def test_what_is_no_as_run_is_told_in_a_line(tmp_path: Path) -> None:
    missing, text, other, newer = (tmp_path / name for name in ("missing", "text", "other", "newer"))
    text.write_text("Dear diary, " * 100)
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE diary (day TEXT)")
    connection.close()
    record(newer, row(1))
    with sqlite3.connect(newer) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    for path, words in [
        (missing, "no such file"),
        (text, "cannot be read"),
        (other, "is no as-run"),
        (newer, "newer than this program"),
        (tmp_path, "is a folder"),
    ]:
        with pytest.raises(AsRunError, match=words) as fault:
            list(read_as_run(path))
        assert "\n" not in str(fault.value)
        assert str(path) in str(fault.value)
    for path in (text, other, newer, tmp_path / "nowhere" / "a.sqlite"):
        with pytest.raises(AsRunError, match=path.name):
            AsRun(path, CARD)
    with sqlite3.connect(other) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("diary",)]
    connection.close()


@pytest.mark.parametrize("fault", ["cut short", "overwritten"])
def test_a_damaged_file_is_told_in_a_line(tmp_path: Path, fault: str) -> None:
    path = record(tmp_path / "a.sqlite", *(row(seq) for seq in range(1, 500)))
    content = path.read_bytes()
    half = len(content) // 2
    path.write_bytes(content[:half] + (b"" if fault == "cut short" else b"\xff" * (len(content) - half)))
    with pytest.raises(AsRunError, match="malformed"):
        list(read_as_run(path))
