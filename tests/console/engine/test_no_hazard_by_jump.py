"""Hazards and limits hold for every way a cue can come: load, later passes, jumps, choices that linger, stale lines."""

from __future__ import annotations

from console.show.show import Role, Show
from console.show.songs import Vamp
from console.vocabulary import (
    AllStop,
    AnswerLate,
    Arm,
    EndItem,
    ExitVamp,
    Fire,
    Go,
    GoKeyUp,
    Load,
    Locate,
    Panic,
    Roll,
    SetInput,
    StartItem,
)
from tests.support.builders import CALLED, ROLES, at_bar, light, make_cue, song_show, step
from tests.support.engine_rig import EngineRig
from tests.support.houses import changed, make_venue
from tests.support.rich_show import ARMS, LINES, RICH_HOUSE, rich_house, rich_show

AUDIENCE = Role(id="lighting.audience", department="LX", verbs=("zone.effect",))
FLAME = {"role": "sfx.pyro", "hazard": "high", "arm": ARMS, "arm_window_s": 20.0}


def make_ready(rig: EngineRig, cue: str = "flame") -> None:
    for role in ARMS:
        assert rig.ask(Arm(cue=cue, role=role)) is None
    for line in LINES:
        rig.ask(SetInput(input=line, high=True))


def rig_with(*cues: object, **fields: object) -> EngineRig:
    return EngineRig(song_show(*cues, **fields), RICH_HOUSE)  # type: ignore[arg-type]


def start(rig: EngineRig) -> None:
    rig.ask(Go())
    rig.ask(GoKeyUp())


def fire_step() -> object:
    return step("effect.fire", device="flame-1", ms=700)


def test_no_hazard_leaves_by_a_load() -> None:
    rig = EngineRig(rich_show(), house=rich_house(rich_show()))
    rig.ask(Load(item="song"))
    assert rig.row("smoke").outcome == "inhibited: a hazard never leaves by an item's load"
    assert rig.ask(Fire(cue="smoke")) is None
    assert len(rig.verbs(cue="smoke")) == 1  # a hand may run it


def test_no_hazard_leaves_by_a_later_pass() -> None:
    rig = rig_with(
        make_cue("flame", "1.9", at_bar(10), fire_step(), every_pass=True, **FLAME), vamp=Vamp(planned_repeats=2)
    )  # type: ignore[arg-type]
    start(rig)
    for _ in range(20):
        make_ready(rig)
        rig.wait(2)
    assert len(rig.verbs(cue="flame")) == 1
    assert "inhibited: a hazard never leaves by a repeat" in {row.outcome for row in rig.rows()}


def test_a_jump_to_the_very_moment_of_a_hazard_is_not_its_cue() -> None:
    rig = rig_with(make_cue("flame", "1.9", at_bar(5), fire_step(), **FLAME))  # type: ignore[arg-type]
    make_ready(rig)
    rig.ask(Locate(item="song", position_ns=8_000_000_000, roll=True))
    rig.wait(30)
    assert not rig.verbs(cue="flame")
    assert rig.row("flame").outcome == "skipped: passed over by a jump"


def test_the_strobe_limit_and_inhibits_hold_for_a_jump() -> None:
    strobe = make_cue(
        "strobe", "1.9", at_bar(2), step("zone.effect", zone="floor", effect="strobe", rate_hz=8.0), role=AUDIENCE.id
    )
    house = make_venue(roles=changed("roles", "lighting.audience", maps=[]))
    rig = EngineRig(song_show(strobe, roles=(*ROLES, AUDIENCE)), house)
    rig.ask(Locate(item="song", position_ns=8_000_000_000))
    assert not rig.verbs(cue="strobe")
    assert rig.row("strobe").outcome.startswith("inhibited: 8 Hz")


def test_no_once_only_cue_leaves_by_a_jump() -> None:
    rig = rig_with(make_cue("once", "1.9", at_bar(2), light("9"), once_per_show=True))
    rig.ask(Locate(item="song", position_ns=3_000_000_000))
    assert not rig.verbs(cue="once")


def test_lines_go_stale_and_by_then_are_low() -> None:
    rig = rig_with(make_cue("flame", "1.9", CALLED, fire_step(), **FLAME))  # type: ignore[arg-type]
    make_ready(rig)
    rig.wait(3.1)
    rig.ask(Fire(cue="flame"))
    assert rig.row("flame").outcome == "inhibited: enable low, dead-man low"


def test_one_arming_is_one_shot_even_when_all_is_stopped_in_between() -> None:
    rig = rig_with(make_cue("flame", "1.9", CALLED, fire_step(), **FLAME))  # type: ignore[arg-type]
    make_ready(rig)
    rig.ask(Fire(cue="flame"))
    rig.ask(AllStop())
    rig.ask(Fire(cue="flame"))
    assert len(rig.verbs(cue="flame")) == 1
    assert rig.rows()[-1].outcome == "inhibited: arm by operator, arm by pyro-tech"


def test_a_hazard_whose_cue_says_it_is_harmless_is_one_all_the_same() -> None:
    rig = rig_with(make_cue("flame", "1.9", CALLED, fire_step(), role="sfx.pyro"))  # type: ignore[arg-type]
    for line in LINES:
        rig.ask(SetInput(input=line, high=True))
    rig.ask(Fire(cue="flame"))
    assert rig.row("flame").outcome == "inhibited: it names nobody to arm it"


def test_nothing_moves_the_show_on_while_it_panics() -> None:
    rig = EngineRig(song_show())
    start(rig)
    rig.wait(5)
    rig.ask(Panic())
    sent = len(rig.sent)
    for request in (
        Roll(),
        Locate(item="song", position_ns=0, roll=True),
        EndItem(item="song"),
        StartItem(item="song"),
        Load(item="song"),
        AnswerLate(cue="song-call", fire=True),
    ):
        assert rig.ask(request) == "panic: release it first"
    rig.wait(60)
    assert len(rig.sent) == sent


def late_show() -> Show:
    """A cue of two triggers at two moments that asks when it is late."""
    twice = make_cue("twice", "1.9", at_bar(2), step("cue.go"), step("cue.go"), late="ask")
    return song_show(twice)


def test_a_late_cue_that_asks_is_answered_whole() -> None:
    for fire in (True, False):
        rig = EngineRig(late_show())
        start(rig)
        rig.now_ns += 10_000_000_000
        rig.wait(0)
        assert not rig.verbs(cue="twice")
        assert rig.ask(AnswerLate(cue="twice", fire=fire)) is None
        assert len(rig.verbs(cue="twice")) == (2 if fire else 0)
        assert len([row for row in rig.rows() if row.cue == "twice"]) == 2
        assert rig.ask(AnswerLate(cue="twice", fire=fire)) == "nothing is asked of cue 'twice'"


def test_a_question_nobody_answered_lapses_with_its_item() -> None:
    rig = EngineRig(late_show())
    start(rig)
    rig.now_ns += 10_000_000_000
    rig.wait(60)
    assert rig.row("twice").outcome == "skipped: late, and nobody said to fire it"


def test_exit_cues_and_entry_cues_of_a_vamp_run_once_each() -> None:
    vamp = Vamp(planned_repeats=3, entry_cues=("in",), exit_cues=("out",))
    rig = rig_with(
        make_cue("in", "1.90", CALLED, step("cue.go")), make_cue("out", "1.91", CALLED, step("cue.go")), vamp=vamp
    )
    start(rig)
    rig.wait_until(4.05 + 16 + 10)
    rig.ask(ExitVamp())
    rig.wait(20)
    assert [due_s for due_s, _, _ in rig.verbs(cue="in")] == [20.043]
    assert [due_s for due_s, _, _ in rig.verbs(cue="out")] == [30.05]
