"""Transport, and the life of items: every state answers every request, as a table and through the engine."""

from __future__ import annotations

from typing import get_args

import pytest

from console.engine.items import LIFE
from console.engine.transport import TRANSPORT, TransportRequest, next_state
from console.vocabulary import (
    EndItem,
    Go,
    GoKeyUp,
    Hold,
    ItemLife,
    Load,
    Locate,
    Request,
    Roll,
    StartItem,
    Stop,
    Transport,
)
from devices.contract import Health, Severity
from tests.support.builders import evening_show, song_show
from tests.support.engine_rig import EngineRig

REQUESTS: dict[str, Request] = {
    "roll": Roll(),
    "hold": Hold(),
    "stop": Stop(),
    "locate": Locate(item="film", position_ns=2_000_000_000),
}


def in_state(state: str) -> EngineRig:
    """The film is live; then whatever leads to the state."""
    rig = EngineRig(evening_show())
    rig.ask(Go())
    rig.ask(GoKeyUp())
    rig.wait(1)
    if state != "rolling":
        rig.ask(Hold() if state == "held" else Stop())
    assert rig.engine.run.transport == state
    return rig


def test_every_state_answers_every_request() -> None:
    assert set(TRANSPORT) == {(state, asked) for state in get_args(Transport) for asked in get_args(TransportRequest)}
    assert set(LIFE) == {(life, step) for life in get_args(ItemLife) for step in ("load", "start", "end")}


@pytest.mark.parametrize("asked", list(REQUESTS))
@pytest.mark.parametrize("state", ["stopped", "rolling", "held"])
def test_the_engine_does_what_the_table_says(state: Transport, asked: TransportRequest) -> None:
    rig = in_state(state)
    expected, refused = next_state(state, asked)
    assert rig.ask(REQUESTS[asked]) == refused
    assert rig.engine.run.transport == expected
    moves = rig.engine.snapshot(rig.now_ns, rig.wall).playhead.rate
    assert moves == (1.0 if expected == "rolling" else 0.0)


@pytest.mark.parametrize("state", ["stopped", "rolling", "held"])
def test_the_next_items_own_press_rolls_from_every_state(state: str) -> None:
    rig = in_state(state)
    assert rig.ask(StartItem(item="song")) is None
    assert (rig.engine.run.transport, rig.engine.run.live_item) == ("rolling", "song")
    assert rig.engine.run.lives["film"] == "ended"


@pytest.mark.parametrize("step", ["load", "start", "end"])
@pytest.mark.parametrize("life", ["planned", "loaded", "live", "ended"])
def test_every_life_answers_every_step(life: ItemLife, step: str) -> None:
    rig = EngineRig(evening_show())
    if life != "planned":
        rig.ask(Load(item="second"))
    if life in ("live", "ended"):
        rig.ask(StartItem(item="second"))
    if life == "ended":
        rig.ask(EndItem(item="second"))
    assert rig.engine.run.lives["second"] == life
    request = {"load": Load(item="second"), "start": StartItem(item="second"), "end": EndItem(item="second")}[step]
    answer = LIFE[life, step]
    refused = rig.ask(request)
    assert refused == (answer.removeprefix("refused: ") if answer.startswith("refused: ") else None)
    if refused is None:
        assert rig.engine.run.lives["second"] == answer


def test_a_hold_without_a_live_item_is_lifted_by_roll() -> None:
    rig = EngineRig(evening_show())
    assert rig.ask(Roll()) == "no item is live; run its first cue or locate to it"
    assert rig.ask(Hold()) is None
    assert rig.ask(Roll()) is None
    assert rig.engine.run.transport == "stopped"


def test_a_midi_input_of_the_console_has_a_lamp_behind_those_of_the_devices() -> None:
    rig = EngineRig(song_show())
    rig.hear(Health("midi:pads", Severity.FATAL, "not there: plug it in"))
    lamps = rig.engine.snapshot(rig.now_ns, rig.wall).devices
    assert [lamp.device for lamp in lamps[:-1]] == [lamp.device for lamp in lamps if lamp.role]
    assert (lamps[-1].device, lamps[-1].severity, lamps[-1].words) == ("midi:pads", "fatal", "not there: plug it in")
