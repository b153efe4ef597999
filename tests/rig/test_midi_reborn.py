"""A MIDI box whose program ends and comes back: found by its name, given the state it should have, and no backlog."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.show.rundown import Item
from console.show.show import Role
from console.show.show_file import write_show
from console.vocabulary import Fire, HealthChanged, LedgerRow
from tests.support.builders import CALLED, light, make_cue, make_show, step
from tests.support.jackd import JackServer
from tests.support.midi_child import MidiChild
from tests.support.showcaller import EngineChild, Window, house_file

pytestmark = pytest.mark.rig

HOUSE = """
id = "rig"
name = "Rig"
time_zone = "Europe/London"
rate = "25"

[[devices]]
id = "lamp"
profile = "generic/midi"
midi_port = "lamp:in"

[[roles]]
id = "lighting.main"
main = "lamp"
"""

BACK_S = 2.0
"""From the port's return to the state on its way there."""

ROUNDS = 5
"""A busy machine may be late or lose a cycle of JACK's in any one of them; never in all."""

LOST = 60.0


@pytest.fixture
def lamp(jack: JackServer, tmp_path: Path) -> Iterator[MidiChild]:
    """A box in a process of its own."""
    with MidiChild(tmp_path / "lamp", jack, "lamp") as lamp:
        yield lamp


@pytest.fixture
def window(lamp: MidiChild, jack: JackServer, tmp_path: Path) -> Iterator[Window]:
    """The product's own engine, with the box found."""
    cues = [make_cue(f"look-{n}", str(n), CALLED, light(str(n)), item="act") for n in range(1, 4)]
    cues.append(make_cue("hit", "9", CALLED, step("macro.fire", macro=36), item="act"))
    roles = (Role(id="lighting.main", department="LX", verbs=("cue.fire", "macro.fire")),)
    items = (Item(id="act", kind="performance", title="Act", planned_s=60.0),)
    write_show(tmp_path / "act.json", make_show(*cues, items=items, roles=roles))
    house = house_file(tmp_path / "rig.toml", HOUSE)
    with EngineChild(tmp_path / "engine", env=jack.variables) as engine:
        window = engine.attach()
        assert window.open(tmp_path / "act.json", house) is None
        until_health(window, "unknown", "the box to be found")
        yield window


def until_health(window: Window, severity: str, what: str) -> None:
    def last() -> bool:
        said = window.said(HealthChanged, device="lamp")
        return bool(said) and said[-1].severity == severity and "opened" not in said[-1].words

    window.until(last, what, timeout_s=LOST)


def rows(window: Window, cue: str) -> list[LedgerRow]:
    return window.said(LedgerRow, cue=cue)


def look(number: int) -> list[bytes]:
    return [bytes([0xB0, 0, 0]), bytes([0xB0, 32, 0]), bytes([0xC0, number - 1])]


def one_round(window: Window, lamp: MidiChild) -> tuple[float, list[bytes]]:
    """Ended, told three things in vain, back: seconds until its state left, and what it has heard by then."""
    lamp.end()
    until_health(window, "fatal", "it to be missed")
    for cue in ("look-2", "hit", "look-3"):
        told = len(rows(window, cue))
        window.do(Fire(cue=cue))
        row = window.until(lambda cue=cue, told=told: rows(window, cue)[told:], f"the row of {cue}")[0]
        assert row.outcome.startswith("failed: MIDI")
    told = len(rows(window, "look-3"))
    lamp.start()
    back_s = time.monotonic()
    row = window.until(lambda: rows(window, "look-3")[told:], "its state to be sent again", timeout_s=LOST)[0]
    took_s = time.monotonic() - back_s
    assert (row.outcome, row.trigger) == ("sent", "lamp is back")
    window.do(Fire(cue="look-1"))  # what comes now is behind everything that was to come
    for _ in range(3):
        window.next_snapshot()
    return took_s, lamp.heard()


def holds_no_backlog(heard: list[bytes]) -> bool:
    """Neither the look that another has replaced since, nor the trigger."""
    return look(2)[-1] not in heard and bytes([0x90, 36, 127]) not in heard


def test_a_box_that_ended_gets_its_state_within_two_seconds_and_nothing_it_missed(
    window: Window, lamp: MidiChild
) -> None:
    window.do(Fire(cue="look-1"))
    found: list[tuple[float, list[bytes]]] = []
    for _ in range(ROUNDS):
        found.append(one_round(window, lamp))
        assert holds_no_backlog(found[-1][1]), found
        if found[-1][0] <= BACK_S and found[-1][1] == look(3) + look(1):
            return
    raise AssertionError(f"in none of {ROUNDS} rounds: {found}")
