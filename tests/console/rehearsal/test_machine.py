"""The machine at the keys plays what a person would, and holds dangerous lines only where nothing is dangerous."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.engine.engine import Engine
from console.rehearsal.machine import AutoEngine, Machine
from console.rehearsal.passage import Passage, only_item
from console.show.show import Show
from console.timebase.positions import Position
from console.vocabulary import AtKeys, LedgerRow
from devices.contract import Outcome, Result
from profiles.venue_lines import GaugeLimit, InputLine
from tests.support.builders import evening_show
from tests.support.engine_rig import NOON, ZERO_NS
from tests.support.rich_show import rich_house, rich_show


def play(
    show: Show, *, ghosts: bool = True, passage: Passage | None = None
) -> tuple[AutoEngine, list[LedgerRow], float]:
    """To the end: the engine, its as-run, and how long it took in seconds."""
    engine = AutoEngine(
        Engine(show, rich_house(show), "run", "rehearsal", ZERO_NS), Machine(hazards_are_ghosts=ghosts), passage
    )
    return engine, *played(engine)


def played(engine: AutoEngine) -> tuple[list[LedgerRow], float]:
    """To the end: its as-run, and how long it took in seconds."""
    now_ns, rows, outcomes = ZERO_NS, [], []
    for _ in range(5000):
        outbox = engine.step(now_ns, NOON + timedelta(microseconds=(now_ns - ZERO_NS) / 1000), outcomes)
        rows += [notice for notice in outbox.notices if isinstance(notice, LedgerRow)]
        outcomes = [Outcome(d.command.seq, d.command.device, now_ns, Result.SENT) for d in outbox.dispatches]
        if not outcomes and (engine.is_over or outbox.wake_at_ns is None):
            return rows, (now_ns - ZERO_NS) / 1e9
        if not outcomes and outbox.wake_at_ns is not None:
            now_ns = max(now_ns, outbox.wake_at_ns)
    raise AssertionError("the machine does not come to an end")


def test_an_evening_plays_itself_in_its_planned_time_with_every_cue_on_time() -> None:
    show = evening_show()
    _, rows, seconds = play(show)
    assert seconds == pytest.approx(20 + 36 + 30 + 36 + 36, abs=1.0)
    assert {row.cue for row in rows} == {cue.id for cue in show.cues}
    assert all(row.late_us == 0 for row in rows if row.sent_s is not None)


@pytest.mark.parametrize("ghosts", [True, False])
def test_a_flame_needs_lines_that_the_machine_holds_for_ghosts_alone(ghosts: bool) -> None:
    _, rows, _ = play(rich_show(), ghosts=ghosts)
    flame = next(row for row in rows if row.cue == "flame")
    assert flame.outcome == ("sent" if ghosts else "inhibited: enable low, dead-man low")


def test_a_vamp_is_left_after_its_planned_passes() -> None:
    _, rows, _ = play(rich_show())
    sent = [row for row in rows if row.cue == "every" and row.outcome == "sent"]
    assert len(sent) == 2


def test_a_passage_begins_and_ends_where_it_is_told() -> None:
    show = evening_show()
    passage = Passage(Position("second", 8_000_000_000), Position("second", 18_000_000_000))
    engine, rows, seconds = play(show, passage=passage)
    assert engine.is_over
    assert seconds == pytest.approx(10.0)
    assert {row.item for row in rows if row.trigger.startswith("at ")} == {"second"}


def test_one_item_alone_leaves_the_others_out() -> None:
    _, rows, _ = play(only_item(evening_show(), "second"))
    assert {row.item for row in rows} == {"second"}


def test_the_keys_can_be_taken_from_it() -> None:
    show = evening_show()
    engine = AutoEngine(Engine(show, rich_house(show), "run", "rehearsal", ZERO_NS), Machine(hazards_are_ghosts=True))
    outbox = engine.step(ZERO_NS, NOON, [AtKeys(machine=False)])
    assert [notice.kind for notice in outbox.notices if notice.kind == "answered"] == ["answered"]
    assert outbox.dispatches == ()
    assert not engine.snapshot(ZERO_NS, NOON).machine


def test_a_gauge_reads_calm_while_the_machine_runs_what_it_guards() -> None:
    wind = InputLine(
        id="gust",
        kind="gauge",
        unit="m/s",
        osc="/site/gust",
        by_hand=True,
        stale_s=3.0,
        limits=(GaugeLimit(roles=("sfx.pyro",), below=8.0),),
    )
    show = rich_show()
    house = rich_house(show)
    venue = house.patch.venue.model_copy(update={"inputs": (*house.patch.venue.inputs, wind)})
    windy = replace(house, patch=replace(house.patch, venue=venue))

    def fired(ghosts: bool) -> list[str]:
        engine = AutoEngine(Engine(show, windy, "run", "rehearsal", ZERO_NS), Machine(hazards_are_ghosts=ghosts))
        rows = played(engine)[0]
        return [row.outcome for row in rows if row.role == "sfx.pyro" and row.device is not None]

    assert set(fired(ghosts=True)) == {"sent"}
    assert all("gust has no reading" in outcome for outcome in fired(ghosts=False))
