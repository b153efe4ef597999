"""The run journal: a run read back is the run that was told, however often it was cut off; once-uses are durable."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ports import NotDurableError
from console.record.journal import Here, RunJournal, Told, Unkept
from console.record.resuming import JournalError, RunSoFar, find_unfinished, read_journal
from console.record.run_card import RunCard
from console.timebase import NS_PER_S
from console.vocabulary import (
    Answered,
    CueChanged,
    ItemChanged,
    OutputSwitched,
    Playhead,
    SetChoice,
    SetOutput,
    Snapshot,
    StandbyMoved,
    TransportChanged,
)
from tests.support.logs import ExpectedLogs
from tests.support.small_engine import SmallEngine
from tests.support.virtual_clock import EVENING

CARD = RunCard(
    run="run-1",
    kind="performance",
    show="concert",
    title="Concert",
    venue="arena",
    revision=3,
    started=EVENING.isoformat(),
)


def snapshot(at_s: float, position_s: float, state: str = "rolling") -> Snapshot:
    at_ns = int(at_s * NS_PER_S)
    engine = SmallEngine(zero_ns=0)
    head = Playhead(state=state, item="song", position_ns=int(position_s * NS_PER_S), vamp_pass=2)  # type: ignore[arg-type]
    return engine.snapshot(at_ns, EVENING + timedelta(seconds=at_s)).model_copy(update={"playhead": head})


def test_a_run_reads_back_as_it_was_told(tmp_path: Path) -> None:
    path = tmp_path / "runs" / "run-1.journal"
    journal = RunJournal(path, CARD)
    journal.tell(
        [
            SetChoice(id=1, choice="encore", value="yes"),
            SetChoice(id=2, choice="encore", value="no"),
            SetOutput(id=3, device="pyro", mode="off"),
        ],
        [
            Answered(at_ns=1, request=1, name="set_choice", by="operator"),
            Answered(at_ns=1, request=2, name="set_choice", by="operator", refused="too late"),
            Answered(at_ns=1, request=3, name="set_output", by="operator"),
            OutputSwitched(at_ns=1, device="pyro", mode="off", by="operator"),
            ItemChanged(at_ns=2, item="film", life="ended", by="operator"),
            ItemChanged(at_ns=2, item="song", life="live", by="operator"),
            StandbyMoved(at_ns=3, list="show", cue="c2"),
            StandbyMoved(at_ns=3, list="dept:LX", cue=None),
            CueChanged(at_ns=4, cue="c1", item="song", life="running", by="operator"),
            CueChanged(at_ns=5, cue="c0", item="song", life="running", by="operator"),
            CueChanged(at_ns=6, cue="c0", item="song", life="done", by="operator"),
        ],
    )
    journal.spend(["pyro-2", "pyro-1"])
    journal.catch_up(snapshot(10, 4))
    journal.close(ended=False)
    assert read_journal(path) == RunSoFar(
        CARD,
        items={"film": "ended", "song": "live"},
        cues={"c0": "done", "c1": "running"},
        standbys={"show": "c2", "dept:LX": None},
        choices={"encore": "yes"},
        outputs={"pyro": "off"},
        spent={"pyro-1", "pyro-2"},
        here=Here(
            at_ns=10 * NS_PER_S,
            wall=(EVENING + timedelta(seconds=10)).isoformat(),
            state="rolling",
            item="song",
            position_ns=4 * NS_PER_S,
            vamp_pass=2,
        ),
    )


def test_the_playhead_is_noted_each_second_and_after_each_change(tmp_path: Path) -> None:
    path = tmp_path / "run-1.journal"
    journal = RunJournal(path, CARD)
    for tenth in range(25):
        if tenth == 13:
            stopped = TransportChanged(at_ns=1_250_000_000, state="stopped", item="song", position_ns=1_250_000_000)
            journal.tell((), [stopped])
        journal.catch_up(snapshot(tenth / 10, tenth / 10))
        journal.catch_up(None)
    journal.close(ended=False)
    noted = [line for line in path.read_text().splitlines() if '"here"' in line]
    assert [Here.model_validate_json(line).at_ns for line in noted] == [0, 1_000_000_000, 1_300_000_000, 2_300_000_000]


def test_a_rolling_playhead_goes_on_while_nobody_drives_and_a_stopped_one_does_not(tmp_path: Path) -> None:
    rolling, stopped = RunSoFar(CARD), RunSoFar(CARD)
    wall = (EVENING + timedelta(seconds=100)).isoformat()
    rolling.here = Here(at_ns=100 * NS_PER_S, wall=wall, state="rolling", item="song", position_ns=7 * NS_PER_S)
    stopped.here = rolling.here.model_copy(update={"state": "stopped"})
    after = EVENING + timedelta(seconds=103.5)
    assert rolling.position_ns(after) == 10_500_000_000
    assert stopped.position_ns(after) == 7_000_000_000
    assert rolling.run_ns(after) == stopped.run_ns(after) == 103_500_000_000
    assert RunSoFar(CARD).position_ns(after) is None
    assert RunSoFar(CARD).run_ns(after) == 103_500_000_000


def test_a_change_of_transport_counts_though_the_process_died_before_the_next_second() -> None:
    so_far = RunSoFar(CARD)
    so_far.take(
        Told(fact=TransportChanged(at_ns=30 * NS_PER_S, state="rolling", item="song", position_ns=-4 * NS_PER_S))
    )
    assert so_far.position_ns(EVENING + timedelta(seconds=31)) == -3 * NS_PER_S


def test_a_once_use_is_on_disk_when_spend_returns(tmp_path: Path) -> None:
    path = tmp_path / "run-1.journal"
    journal = RunJournal(path, CARD, spend_s=10)
    journal.spend(["pyro"])
    assert read_journal(path).spent == {"pyro"}
    journal.close(ended=True)


def test_a_disk_that_refuses_is_told(expected_logs: ExpectedLogs) -> None:
    expected_logs.expect("run journal cannot be written")
    journal = RunJournal(Path("/dev/full"), CARD, spend_s=10)
    with pytest.raises(NotDurableError, match=r"not sent: pyro may go once.*No space left on device.*see to the disk"):
        journal.spend(["pyro"])
    assert journal.fault is not None
    journal.close(ended=False)


def test_a_disk_that_takes_too_long_is_told(tmp_path: Path, expected_logs: ExpectedLogs) -> None:
    expected_logs.expect("run journal cannot be written")  # a pipe cannot be synced
    path = tmp_path / "run-1.journal"
    os.mkfifo(path)
    out = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    into = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
    with suppress(BlockingIOError):
        while os.write(into, bytes(4096)):
            pass
    journal = RunJournal(path, CARD, spend_s=0.05)  # the pipe is full: its write waits
    with pytest.raises(NotDurableError, match="not on disk within 50 ms"):
        journal.spend(["pyro"])
    os.set_blocking(out, True)
    while len(os.read(out, 4096)) == 4096:
        pass
    journal.close(ended=True)
    os.close(into)
    os.close(out)


def test_a_run_that_is_resumed_goes_on_in_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "run-1.journal"
    for n in range(3):
        journal = RunJournal(path, CARD, spend_s=10)
        journal.spend([f"pyro-{n}"])
        journal.close(ended=n == 1)
    assert read_journal(path).spent == {"pyro-0", "pyro-1", "pyro-2"}
    assert not read_journal(path).ended


@given(cut=st.integers(0, 2000), then=st.booleans())
def test_a_journal_cut_off_anywhere_reads_up_to_there(
    tmp_path_factory: pytest.TempPathFactory, cut: int, then: bool
) -> None:
    path = tmp_path_factory.mktemp("journal") / "run-1.journal"
    journal = RunJournal(path, CARD, spend_s=10)
    for n in range(4):
        journal.spend([f"pyro-{n}"])
    journal.close(ended=False)
    whole = path.read_bytes()
    first = len(whole.splitlines(keepends=True)[1]) + 1
    kept = whole[: first + cut % (len(whole) - first + 1)]
    path.write_bytes(kept)
    complete = {f"pyro-{n}" for n in range(4) if f'["pyro-{n}"]}}'.encode() in kept}
    if then:
        resumed = RunJournal(path, CARD, spend_s=10)
        resumed.spend(["again"])
        resumed.close(ended=False)
        complete.add("again")
    assert read_journal(path).spent == complete


def test_what_is_no_journal_is_told(tmp_path: Path) -> None:
    path = tmp_path / "run-1.journal"
    for content in ("", "\n\n", "Dear diary", '{"line":"ended"}\n'):
        path.write_text(content)
        with pytest.raises(JournalError, match="is no journal of a run"):
            read_journal(path)
        assert find_unfinished(tmp_path) is None


def test_only_a_run_that_was_not_ended_is_offered(tmp_path: Path) -> None:
    assert find_unfinished(tmp_path) is None
    for n, ended in enumerate([False, True, False]):
        path = tmp_path / f"run-{n}.journal"
        RunJournal(path, CARD.model_copy(update={"run": f"run-{n}"})).close(ended=ended)
        at = datetime(2026, 11, 23, 20, n, tzinfo=EVENING.tzinfo).timestamp()
        os.utime(path, (at, at))
        assert find_unfinished(tmp_path) == (None if ended else path)


def test_a_run_that_keeps_no_journal_spends_at_once() -> None:
    Unkept().spend(["pyro"])
