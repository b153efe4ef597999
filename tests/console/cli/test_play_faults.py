"""``--fault``: a run with something wrong in it, and what its record says of that."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from console.cli import Call, plan_call
from console.cli.commands import namespace_to_engine
from console.cli.parser import parse
from console.cli.play_args import demo_play_args
from console.record.reading import read_as_run
from console.vocabulary import DeadFault, LossyFault, SlowFault
from tests.support.command_line import CommandLine

FAST = ("play", "half-light", "--venue", "halcyon-dome", "--speed", "max", "--go", "auto", "--item", "song-undertow")


def rows_of(call: CommandLine, record: Path, *words: str) -> Counter[tuple[str | None, str]]:
    call(*FAST, "--ghost", "all", "--as-run", record, *words)
    words = ((row.device, row.confirmed or row.outcome) for row in read_as_run(record))
    return Counter((device, word.removesuffix(": no answer within 1 s")) for device, word in words)


def test_a_run_with_faults_from_the_command_line_is_recorded_as_it_was(call: CommandLine, tmp_path: Path) -> None:
    well = rows_of(call, tmp_path / "well.sqlite")
    looks = well["lx-main", "confirmed"]
    assert looks > 3
    dead = rows_of(call, tmp_path / "dead.sqlite", "--fault", "lighting.main=dead")
    assert dead["lx-main", "confirmed"] == 0
    assert dead["lx-main", "failed: is dead: a fault that is being played"] >= looks, "more: what failed is put right"
    assert {each: n for each, n in dead.items() if each[0] != "lx-main"} == {
        each: n for each, n in well.items() if each[0] != "lx-main"
    }, "and nobody else's rows are other than they were"
    slow = rows_of(call, tmp_path / "slow.sqlite", "--fault", "lighting.main=slow:5000")
    assert slow["lx-main", "unconfirmed"] == looks
    garbage = rows_of(call, tmp_path / "garbage.sqlite", "--fault", "all=garbage")
    assert garbage["lx-main", "unconfirmed"] == looks
    assert all(confirmed != "confirmed" for _, confirmed in garbage)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--fault", "lighting.main=dead"), "fault of lighting.main: lx-main is live, and faults are played on ghosts"),
        (("--ghost", "all", "--fault", "lighting.mian=dead"), "fault of lighting.mian: there is no role and no device"),
        (
            ("--ghost", "all", "--fault", "lighting.main"),
            "argument --fault: 'lighting.main' is not ROLE=FAULT",
        ),
        (("--ghost", "all", "--fault", "lighting.main=slow"), "argument --fault: lighting.main: slow wants millisecon"),
        (("--ghost", "all", "--fault", "all=dead", "--run", "performance"), "--fault does not go with --run performa"),
    ],
)
def test_faults_that_cannot_be_played_are_the_call_s_fault(
    call: CommandLine, words: tuple[str, ...], said: str
) -> None:
    answer = call("play", "half-light", "--venue", "halcyon-dome", *words)
    assert answer.code == 2
    assert answer.fault.startswith(said)


def test_the_demo_takes_them_too() -> None:
    words = ["demo", "--fault", "lighting.main=dead", "--fault", "all=slow:200"]
    wanted = (("lighting.main", DeadFault()), ("all", SlowFault(ms=200)))
    assert plan_call(words) == Call("demo", "half-light", "halcyon-dome", faults=wanted)
    assert demo_play_args(wanted).faults == wanted


def test_the_engine_takes_them_too() -> None:
    words = ["engine", "s", "--venue", "v", "--ghost", "all", "--fault", "all=lossy:5", "--run", "dress"]
    assert namespace_to_engine(parse(words).args).faults == (("all", LossyFault(percent=5)),)
