"""Drills: what is played, what an operator did, and how long it took; timecode that fails; a vamp that runs long."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.engine.engine import Engine, InboxItem
from console.rehearsal.drills import CODE_JUMP_NS, Drills
from console.rehearsal.machine import AutoEngine, Machine
from console.show.songs import Vamp
from console.vocabulary import (
    Answered,
    Bypass,
    DrillState,
    EndDrill,
    FaultsPlayed,
    Go,
    GoKeyUp,
    Hold,
    Notice,
    Request,
    RunKind,
    StartDrill,
)
from devices.contract import CodeReading, OutputMode
from tests.support.builders import song_show
from tests.support.engine_rig import EngineRig

NOON = datetime(2026, 9, 19, 12, tzinfo=UTC)


class Desk:
    """An engine with drills, stepped by hand; times are seconds."""

    def __init__(self, run_kind: RunKind = "rehearsal", machine: Machine | None = None, **show: object) -> None:
        rig = EngineRig(song_show(**show), run_kind=run_kind)  # type: ignore[arg-type]
        assert rig.house is not None
        self.zero_ns = rig.now_ns
        engine = Engine(rig.show, rig.house, "run", run_kind, self.zero_ns)
        for device in rig.house.patch.devices:
            engine.set_mode(device, OutputMode.GHOST)
        self.auto = AutoEngine(engine, machine)
        self.now_s = 0.0
        self.notices: list[Notice] = []
        self._ids = 0
        self.step()

    def step(self, *inbox: InboxItem) -> None:
        now_ns = self.zero_ns + round(self.now_s * 1e9)
        self.notices += self.auto.step(now_ns, NOON + timedelta(seconds=self.now_s), list(inbox)).notices

    def ask(self, request: Request, at_s: float | None = None) -> str | None:
        self.now_s = self.now_s if at_s is None else at_s
        self._ids += 1
        self.step(request.model_copy(update={"id": self._ids}))
        answers = [n for n in self.notices if isinstance(n, Answered) and n.request == self._ids]
        return answers[0].refused

    def wait(self, until_s: float, grain_s: float = 0.02) -> None:
        while self.now_s < until_s:
            self.now_s += grain_s
            self.step()

    @property
    def drill(self) -> DrillState:
        now_ns = self.zero_ns + round(self.now_s * 1e9)
        return self.auto.snapshot(now_ns, NOON).drills[0]

    def played(self) -> list[tuple[str, int]]:
        return [(n.device, len(n.faults)) for n in self.notices if isinstance(n, FaultsPlayed)]


def test_a_dead_desk_is_timed_from_the_fault_to_the_first_act_to_what_put_it_right() -> None:
    desk = Desk()
    assert desk.ask(StartDrill(drill="dead-desk", device="lx-main"), 10) is None
    assert desk.played() == [("lx-main", 1)]
    assert desk.ask(Hold(), 13.5) is None
    assert desk.ask(Bypass(target="nobody"), 15) is not None
    assert desk.ask(Bypass(target="lx-main"), 18) is None
    seen = desk.drill
    assert (seen.began_ns, seen.acted_ns, seen.act) == (10_000_000_000, 13_500_000_000, "hold")
    assert (seen.right_ns, seen.right) == (18_000_000_000, "bypass"), "what is refused puts nothing right"
    assert desk.ask(EndDrill(), 20) is None
    assert desk.played()[-1] == ("lx-main", 0)
    assert desk.drill.ended_ns == 20_000_000_000
    assert desk.ask(EndDrill()) == "no drill is on"


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (StartDrill(drill="flood", device="lx-main"), "the list has no drill 'flood'"),
        (StartDrill(drill="dead-desk"), "no device is no ghost"),
        (StartDrill(drill="code-drops"), "no timecode comes in here"),
    ],
)
def test_what_cannot_be_played_is_refused(request_: Request, words: str) -> None:
    assert (Desk().ask(request_) or "").startswith(words)


def test_neither_live_devices_nor_performances_are_drilled() -> None:
    desk = Desk()
    desk.auto.engine.set_mode("lx-main", OutputMode.LIVE)
    assert "lx-main is no ghost" in (desk.ask(StartDrill(drill="dead-desk", device="lx-main")) or "")
    refused = Desk("performance").ask(StartDrill(drill="double-go"))
    assert refused == "this is a performance: drills are for rehearsals"


def test_a_second_drill_ends_the_first() -> None:
    desk = Desk()
    desk.ask(StartDrill(drill="lost-packets", device="lx-main"), 1)
    desk.ask(StartDrill(drill="late-replies", device="foh"), 5)
    assert desk.played() == [("lx-main", 1), ("lx-main", 0), ("foh", 1)]
    assert [each.drill for each in desk.auto.drills.states()] == ["late-replies", "lost-packets"]


def test_a_go_that_bounces_comes_twice_and_the_guard_is_what_puts_it_right() -> None:
    desk = Desk()
    desk.ask(StartDrill(drill="double-go"), 1)
    assert desk.ask(Go(), 4) is None
    desk.wait(4.2)
    bounced = [n for n in desk.notices if isinstance(n, Answered) and n.by == "drill"]
    assert [n.name for n in bounced] == ["go"]
    assert bounced[0].refused is not None
    assert desk.drill.right == "the guard refused it"
    desk.ask(GoKeyUp(), 5)
    desk.ask(Go(), 6)
    desk.wait(6.5)
    assert len([n for n in desk.notices if isinstance(n, Answered) and n.by == "drill"]) == 1, "it bounces once"


def test_the_machine_leaves_no_vamp_while_it_runs_long() -> None:
    machine = Machine(hazards_are_ghosts=True)
    desk = Desk(machine=machine, vamp=Vamp(planned_repeats=1))
    desk.ask(StartDrill(drill="long-vamp"), 0.1)
    desk.wait(60, 0.1)
    assert desk.auto.engine.run.folding.pass_no > 2
    desk.ask(EndDrill())
    desk.wait(80, 0.1)
    assert desk.auto.engine.run.folding.vamp == 1


def test_code_drops_out_or_stands_elsewhere_for_the_engine() -> None:
    drills = Drills()
    reading = CodeReading("deck", 5_000_000_000, "forward", 1, 9)
    assert drills.sift([reading]) == [reading]
    drills.on = DrillState(drill="code-drops", device=None, began_ns=0)
    assert drills.sift([reading, Hold()]) == [Hold()]
    drills.on = DrillState(drill="code-jumps", device=None, began_ns=0)
    assert drills.sift([reading]) == [replace(reading, code_ns=5_000_000_000 + CODE_JUMP_NS)]
