"""A process killed while it records: nothing older than a second is lost, and nothing it leaves is broken."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from console.record.as_run import AsRun
from console.record.reading import read_as_run, read_runs
from console.record.resuming import find_unfinished, read_journal
from console.record.run_card import RunCard

CARD = RunCard(
    run="run-1", kind="performance", show="s", title="S", venue="v", revision=1, started="2026-11-23T20:15:00+01:00"
)

CHILD = """
import sys, threading, time
from pathlib import Path
from console.record.as_run import AsRun
from console.record.journal import RunJournal
from console.record.run_card import RunCard
from console.vocabulary import CueChanged, LedgerRow

card = RunCard.model_validate_json(sys.argv[2])
as_run = AsRun(Path(sys.argv[1]) / "as-run.sqlite", card)
journal = RunJournal(Path(sys.argv[1]) / "run-1.journal", card)
pause, seq = threading.Event(), 0
while True:
    seq += 1
    row = LedgerRow(at_ns=seq, seq=seq, item=None, cue=f"c{seq}", role=None, device="desk", command="cue.fire",
                    cue_s=0, due_s=seq, sent_s=seq, late_us=0, outcome="sent", by="playhead", trigger="x")
    cue = CueChanged(at_ns=seq, cue=f"c{seq}", item=None, life="done", by="playhead")
    as_run.tell((), [row, cue])
    journal.tell((), [row, cue])
    if seq % 100 == 0:
        journal.spend([f"once-{seq}"])
        print("once", seq, flush=True)
    print(seq, time.monotonic_ns(), flush=True)
    pause.wait(0.002)
"""


@pytest.fixture
def killed(tmp_path: Path) -> tuple[list[int], list[int]]:
    """Rows told at least a second before the kill, and once-uses that were told spent."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path), CARD.model_dump_json()], stdout=subprocess.PIPE, text=True
    )
    told: list[tuple[int, int]] = []
    spent: list[int] = []
    with child:
        assert child.stdout is not None
        for line in child.stdout:
            first, second = line.split()
            if first == "once":
                spent.append(int(second))
            else:
                told.append((int(first), int(second)))
            if told and told[-1][1] - told[0][1] > 2_000_000_000:
                child.send_signal(signal.SIGKILL)
                break
    last_ns = told[-1][1]
    return [seq for seq, at_ns in told if at_ns < last_ns - 1_000_000_000], spent


def test_a_killed_engine_leaves_a_whole_record(tmp_path: Path, killed: tuple[list[int], list[int]]) -> None:
    due, spent = killed
    assert len(due) > 50
    path = tmp_path / "as-run.sqlite"
    found = [row.seq for row in read_as_run(path)]
    assert found == [*range(1, len(found) + 1)]
    assert found[: len(due)] == due
    assert read_runs(path) == (CARD,)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT closed FROM runs").fetchall() == [(0,)]
    connection.close()
    journal = find_unfinished(tmp_path)
    assert journal is not None
    so_far = read_journal(journal)
    assert {f"c{seq}" for seq in due} <= set(so_far.cues)
    assert spent
    assert {f"once-{seq}" for seq in spent} <= so_far.spent
    as_run = AsRun(path, CARD)  # and it goes on
    as_run.close()
    assert [row.seq for row in read_as_run(path)] == found
