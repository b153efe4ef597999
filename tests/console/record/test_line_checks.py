"""Line checks on disk: one file a house and day, whole at every tick, and a word for a preflight."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from console.record.line_checks import (
    LineCheckKeeper,
    check_file,
    last_line_check,
    list_line_checks,
    read_line_check,
    ticks_of,
)
from console.vocabulary import LineCard, LineTicked
from tests.support.logs import ExpectedLogs

CARDS = (
    LineCard(line="lx", name="Desk", department="LX", role="lighting.main"),
    LineCard(line="foh", name="FOH", department="SND", role="audio.foh"),
    LineCard(line="TC in", name="TC in", device=False),
)


def tick(line: str, result: str = "seen", day: str = "2026-09-19", **fields: Any) -> LineTicked:
    return LineTicked.model_validate(
        {"at_ns": 5, "line": line, "result": result, "by": "Ana", "wall": f"{day}T14:03:00+01:00", **fields}
    )


def keep(folder: Path, *ticks: LineTicked, date: str = "2026-09-19") -> None:
    keeper = LineCheckKeeper(folder, "dome", "The Dome", CARDS, date)
    for each in ticks:
        keeper.tell((), [each])
    keeper.close()


def test_what_was_ticked_is_read_again_in_the_order_of_the_walk(tmp_path: Path) -> None:
    keep(tmp_path, tick("TC in", "skipped"), tick("lx", "answered", answer_ms=4.2), tick("lx", note="blinks"))
    check = last_line_check(tmp_path, "dome")
    assert check is not None
    assert [(each.line, each.result, each.department, each.note) for each in check.lines] == [
        ("lx", "seen", "LX", "blinks"),
        ("TC in", "skipped", "", ""),
    ]
    assert (check.name, check.of, check.well) == ("The Dome", 3, 1)


def test_a_line_check_goes_on_the_same_day_and_begins_anew_the_next(tmp_path: Path) -> None:
    keep(tmp_path, tick("lx"))
    keep(tmp_path, tick("foh", "not_seen"), tick("lx", day="2026-09-20"))
    new, old = list_line_checks(tmp_path, "dome")
    assert (old.date, [each.line for each in old.lines]) == ("2026-09-19", ["lx", "foh"])
    assert (new.date, [each.line for each in new.lines]) == ("2026-09-20", ["lx"])
    assert [each.line for each in ticks_of(old)] == ["lx", "foh"]


def test_the_words_count_what_answered_and_say_what_did_not(tmp_path: Path) -> None:
    keep(tmp_path, tick("lx"), tick("foh", "not_seen"))
    check = last_line_check(tmp_path, "dome")
    assert check is not None
    assert check.words == "last line check: 2026-09-19, 1 of 3, 1 not seen, 1 not walked"
    assert last_line_check(tmp_path, "elsewhere") is None


def test_a_ghosts_answer_is_kept_and_does_not_count(tmp_path: Path) -> None:
    keep(tmp_path, tick("lx", "answered", simulated=True), tick("foh", "answered"), tick("TC in"))
    check = last_line_check(tmp_path, "dome")
    assert check is not None
    assert check.words == "last line check: 2026-09-19, 2 of 3, 1 on ghosts"


def test_a_file_that_is_none_is_left_out_and_left_alone(tmp_path: Path, expected_logs: ExpectedLogs) -> None:
    expected_logs.expect("is no line check that can be read")
    path = check_file(tmp_path, "dome", "2026-09-18")
    path.parent.mkdir(parents=True)
    path.write_text('{"schema_version": 7}')
    keep(tmp_path, tick("lx"))
    assert [each.date for each in list_line_checks(tmp_path, "dome")] == ["2026-09-19"]
    assert read_line_check(path) is None
    assert path.read_text() == '{"schema_version": 7}'
