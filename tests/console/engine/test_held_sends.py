"""What a slow device keeps waiting: its row is made when it has left, or never will, and not before."""

from __future__ import annotations

import pytest

from console.vocabulary import Fire
from devices.contract import Outcome, Result
from tests.support.builders import CALLED, make_cue, song_show, step
from tests.support.engine_rig import EngineRig

SHOW = song_show(
    make_cue("down", "2", CALLED, step("level.set", strip="ch/1", db=-10.0), role="audio.foh"),
    make_cue("fade", "3", CALLED, step("level.set", strip="ch/1", db=-20.0, fade_s=0.1), role="audio.foh"),
)


@pytest.fixture
def rig() -> EngineRig:
    """A mixer that takes nothing at once."""
    rig = EngineRig(SHOW)
    rig.wait(2)
    rig.results["foh"] = Result.HELD
    return rig


def follow(rig: EngineRig, cue: str, result: Result, words: str = "") -> None:
    """What became of everything of a cue, now."""
    seqs = [each.command.seq for each in rig.sent if each.command.cue == cue]
    for seq in dict.fromkeys(seqs):
        rig.hear(Outcome(seq, "foh", rig.now_ns, result, words))


def rows(rig: EngineRig, cue: str) -> list[tuple[str, int | None, int]]:
    return [(row.outcome, row.late_us, row.count) for row in rig.rows() if row.cue == cue]


def test_a_held_command_has_its_row_when_it_leaves_as_late_as_it_was(rig: EngineRig) -> None:
    rig.ask(Fire(cue="down"))
    rig.wait(0.25)
    assert rows(rig, "down") == []
    assert not rig.engine.is_settled
    follow(rig, "down", Result.SENT, "waited its turn: the device is slow")
    assert rows(rig, "down") == [("sent: waited its turn: the device is slow", 250_000, 1)]
    assert rig.engine.is_settled


def test_a_held_command_whose_device_dies_has_failed_and_is_not_believed_to_stand(rig: EngineRig) -> None:
    rig.ask(Fire(cue="down"))
    follow(rig, "down", Result.FAILED, "never left: it is gone")
    assert rows(rig, "down") == [("failed: never left: it is gone", None, 1)]
    assert rig.engine.is_settled
    assert ("foh", "level", "ch/1") not in rig.engine.run.expected.listed()


def test_the_row_at_the_end_of_a_fade_says_what_became_of_its_last_step(rig: EngineRig) -> None:
    rig.ask(Fire(cue="fade"))
    rig.wait(0.5)
    steps = [each.command.seq for each in rig.sent if each.command.cue == "fade"]
    assert len(steps) > 2
    for seq in steps[:-1]:
        rig.hear(Outcome(seq, "foh", rig.now_ns, Result.THINNED))
    assert [outcome for outcome, _, _ in rows(rig, "fade")] == ["thinned"]
    rig.hear(Outcome(steps[-1], "foh", rig.now_ns, Result.FAILED, "never left: it is gone"))
    assert [(outcome, count) for outcome, _, count in rows(rig, "fade")][1:] == [
        ("failed: never left: it is gone", len(steps))
    ]
