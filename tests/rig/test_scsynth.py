"""scsynth obeys raw OSC and tells what it plays: the fixture is proven before the product drives it."""

import pytest

from tests.support.osc_bytes import osc
from tests.support.program import ProgramError
from tests.support.scsynth import DEFAULT_GROUP, Scsynth
from tests.support.synthdef import tone

AMP_OF_1000_TO_HALF = b"/n_set\x00\x00,isf\x00\x00\x00\x00\x00\x00\x03\xe8amp\x00\x3f\x00\x00\x00"


def test_it_answers_and_plays_nothing(scsynth: Scsynth) -> None:
    status = scsynth.status()
    assert (status.synths, status.groups, status.definitions) == (0, 2, 1)
    assert status.nominal_rate_hz == 48_000.0
    assert scsynth.synths() == {}


def test_a_synth_sounds_follows_its_controls_and_ends_at_its_gate(scsynth: Scsynth) -> None:
    scsynth.send(osc("/s_new", "tone", 1000, 0, DEFAULT_GROUP, "freq", 330.0, "amp", 0.25))
    scsynth.sync()
    assert scsynth.synths() == {1000: "tone"}
    assert scsynth.control(1000, "freq") == 330.0
    scsynth.until(lambda: 0.24 < scsynth.bus(0) < 0.26, "the sound to peak at 0.25")

    assert osc("/n_set", 1000, "amp", 0.5) == AMP_OF_1000_TO_HALF
    scsynth.send(AMP_OF_1000_TO_HALF)
    scsynth.sync()
    assert scsynth.control(1000, "amp") == 0.5
    scsynth.until(lambda: 0.49 < scsynth.bus(0) < 0.51, "the sound to peak at 0.5")

    scsynth.send(osc("/n_set", 1000, "gate", 0.0))
    scsynth.until(lambda: scsynth.synths() == {}, "the synth to end")
    with pytest.raises(ProgramError, match="Node 1000 not found"):
        scsynth.control(1000, "amp")


def test_many_synths_are_listed_and_freed(scsynth: Scsynth) -> None:
    for node in (1001, 1002, 1003):
        scsynth.send(osc("/s_new", "tone", node, 1, DEFAULT_GROUP, "meter", float(node - 1000)))
    scsynth.sync()
    assert scsynth.synths() == {1001: "tone", 1002: "tone", 1003: "tone"}
    scsynth.free_all()
    assert scsynth.synths() == {}


def test_an_unknown_definition_is_refused_by_the_server_itself(scsynth: Scsynth) -> None:
    with pytest.raises(ProgramError, match="SynthDef not found"):
        scsynth.ask(osc("/s_new", "nobody", 1000, 0, DEFAULT_GROUP), "/n_go", 1.0)


def test_another_name_makes_another_definition(scsynth: Scsynth) -> None:
    scsynth.load(tone("click_track"))
    assert scsynth.status().definitions == 2
