"""A house walked in the terminal against a running engine: sent, answered, ticked, recorded, and read again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from console.cli.errors import CommandError
from console.cli.latency import run_latency
from console.cli.line_check import walk_lines
from console.record.line_checks import last_line_check
from console.record.reading import read_as_run
from console.vocabulary import LineTicked
from tests.support.showcaller import EngineChild


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[EngineChild]:
    with EngineChild(tmp_path / "home", "half-light", "--venue", "saltmarsh-field", "--ghost", "all") as child:
        yield child


def typed(*lines: str) -> Callable[[], str]:
    """What a person types, then the end of input."""
    left = iter(lines)
    return lambda: next(left, "")


def test_a_house_is_walked_ticked_and_kept(engine: EngineChild, capsys: pytest.CaptureFixture[str]) -> None:
    window = engine.attach()
    walk_lines("saltmarsh-field", engine.socket_path, "Ana", typed("x\n", "\n", "y on its monitor\n", "n\n", "q\n"))
    page = capsys.readouterr().out
    assert "1/15  Lighting desk" in page
    assert "sends /showcaller/line_check" in page
    assert "answered after 0.0 ms (a ghost: nothing is known of the device)" in page
    told = window.until(lambda: window.said(LineTicked, result="not_seen"), "the tick of a person")
    assert told[0].by == "Ana"
    later = engine.attach(name="later")
    assert {each.line for each in later.said(LineTicked)} == {each.line for each in window.said(LineTicked)}, (
        "told anew"
    )
    engine.stop()
    check = last_line_check(engine.records, "saltmarsh-field")
    assert check is not None
    assert check.lines[0].result == "seen"
    assert (check.lines[0].note, check.lines[0].by) == ("on its monitor", "Ana")
    assert check.well == 0, "ghosts prove nothing"
    (record,) = engine.records.glob("*.asrun")
    rows = [row for row in read_as_run(record) if row.trigger == "line check"]
    assert {row.by for row in rows} == {"Ana"}
    assert "confirmed: answered after 0.0 ms" in {row.confirmed for row in rows}


def test_another_house_is_not_walked_by_mistake(engine: EngineChild) -> None:
    engine.attach()
    with pytest.raises(CommandError, match="saltmarsh-field is open in the engine: open a show in halcyon-dome first"):
        walk_lines("halcyon-dome", engine.socket_path, "Ana", typed())


def test_latencies_are_measured_by_the_engine_and_read_by_a_script(
    engine: EngineChild, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.attach()
    walk_lines("saltmarsh-field", engine.socket_path, "Ana", typed("s\n", "s\n"))
    capsys.readouterr()
    page = run_latency(
        "saltmarsh-field",
        attach=True,
        socket=engine.socket_path,
        tries=("foh=12,14",),
        rate=None,
        adopt=(),
        as_json=True,
    )
    found = {each["device"]: each["measured"] for each in json.loads(page.text)}
    assert found["tracks-a"] == {
        "of": "answers",
        "words": "answer time, there and back: not when it acts",
        "median_ms": 0.0,
        "p10_ms": 0.0,
        "p90_ms": 0.0,
        "n": 1,
    }
    assert (found["foh"]["of"], found["foh"]["median_ms"]) == ("entered", 13.0)
    assert found["lx-main"] is None, "it cannot answer"
