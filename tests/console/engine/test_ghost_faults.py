"""The ledger against ghosts of real makes: a bad line confirms nothing, and says what it was."""

from __future__ import annotations

import pytest

from console.vocabulary import Confirmed, Fire
from profiles.library import load_profile
from tests.support.builders import CALLED, make_cue, song_show, step
from tests.support.ghost_rig import GhostRig
from tests.support.houses import PROFILES, changed, make_venue

S = 1_000_000_000
X32 = load_profile("behringer/x32")[0]
EOS = load_profile("etc/eos")[0]
assert X32 is not None
assert EOS is not None
MAKES = {**PROFILES, X32.id: X32, EOS.id: EOS}
HOUSE = make_venue(
    devices=[
        {**row, "profile": {"foh": X32.id, "lx-main": EOS.id}.get(row["id"], row["profile"])}
        | ({"health": {"deaf_after_s": 3.0}} if row["id"] == "foh" else {})
        for row in changed("devices", "foh")
    ]
)
SHOW = song_show(
    make_cue("down", "2", CALLED, step("level.set", strip="ch/1", db=-10.0), role="audio.foh"),
    make_cue("fade", "3", CALLED, step("level.set", strip="ch/1", db=-20.0, fade_s=1.0), role="audio.foh"),
    make_cue("mute", "4", CALLED, step("mute.set", strip="ch/2", on=True), role="audio.foh"),
    make_cue("look", "5", CALLED, step("cue.fire", list=1, cue="10")),
    make_cue("go", "6", CALLED, step("cue.go")),
)


@pytest.fixture
def rig() -> GhostRig:
    """A mixer that has to be asked, a desk that tells."""
    rig = GhostRig(SHOW, HOUSE, profiles=MAKES)
    rig.wait(5)
    return rig


def words(rig: GhostRig, cue: str) -> list[str]:
    found = [each for each in rig.notices if isinstance(each, Confirmed) and each.cue == cue]
    return [f"{each.result}: {each.words}".removesuffix(": ") for each in found]


def test_who_is_asked_and_who_tells_confirm(rig: GhostRig) -> None:
    for cue in ("down", "mute", "look", "go"):
        rig.ask(Fire(cue=cue))
    rig.wait(2)
    assert [words(rig, cue) for cue in ("down", "mute", "look")] == [["confirmed"]] * 3
    assert words(rig, "go") == []
    assert rig.row("go").confirmed == "unconfirmable"
    assert not rig.ghosts["foh"].core.strange


def test_a_fade_is_asked_about_once_after_its_end(rig: GhostRig) -> None:
    rig.ask(Fire(cue="down"))  # or nobody knew where it begins
    rig.wait(2)
    asked = rig.ghosts["foh"].core.served["read_back"]
    rig.ask(Fire(cue="fade"))
    rig.wait(1.05)
    assert rig.ghosts["foh"].core.served["read_back"] == asked
    rig.wait(2)
    assert rig.ghosts["foh"].core.served["read_back"] == asked + 1
    assert words(rig, "fade") == ["confirmed"]


def test_one_lost_answer_is_asked_for_again(rig: GhostRig) -> None:
    rig.ghosts["foh"].loses_answers = 1
    rig.ask(Fire(cue="down"))
    rig.wait(2)
    assert words(rig, "down") == ["confirmed"]


def test_a_line_that_loses_all_confirms_nothing(rig: GhostRig) -> None:
    rig.ghosts["foh"].loses_answers = 1000
    rig.ask(Fire(cue="down"))
    rig.wait(2)
    assert words(rig, "down") == ["unconfirmed: no answer within 1 s"]


def test_garbage_confirms_nothing(rig: GhostRig) -> None:
    for ghost in rig.ghosts.values():
        ghost.garbles = True
    rig.ask(Fire(cue="down"))
    rig.ask(Fire(cue="look"))
    rig.wait(2)
    assert words(rig, "down") == words(rig, "look") == ["unconfirmed: no answer within 1 s"]


def test_a_slow_line_confirms_nothing_late(rig: GhostRig) -> None:
    rig.ghosts["lx-main"].late_ns = 2 * S
    rig.ask(Fire(cue="look"))
    rig.wait(4)
    assert words(rig, "look") == ["unconfirmed: no answer within 1 s"]


def test_a_hand_on_the_fader_contradicts_at_once_and_drifts_later(rig: GhostRig) -> None:
    rig.ask(Fire(cue="down"))
    rig.touch("foh", "level.set", strip="ch/1", db=-3.0)
    rig.wait(2)
    assert words(rig, "down") == ["contradicted: the device says db=-3"]
    rig.ask(Fire(cue="down"))
    rig.wait(2)
    assert words(rig, "down")[1:] == ["confirmed"]
    rig.touch("foh", "level.set", strip="ch/1", db=0.0)
    rig.wait(2)
    assert words(rig, "down")[1:] == ["confirmed"]
    snapshot = rig.engine.snapshot(rig.now_ns, rig.wall)
    assert [(each.device, each.drifts) for each in snapshot.devices if each.drifts] == [("foh", 1)]


def test_sa_14_a_deaf_device_is_shown_deaf_and_its_cues_are_sent_and_not_confirmed(rig: GhostRig) -> None:
    def severity() -> tuple[str, str]:
        snapshot = rig.engine.snapshot(rig.now_ns, rig.wall)
        return next((each.severity, each.words) for each in snapshot.devices if each.device == "foh")

    rig.wait(3)
    assert severity()[0] == "good"
    rig.ghosts["foh"].dead = True
    rig.wait(8.5)
    assert severity()[0] == "bad"
    assert severity()[1].startswith("deaf: not heard for 3 s")
    rig.ask(Fire(cue="down"))
    rig.wait(2)
    row = rig.row("down")
    assert (row.outcome, row.confirmed) == ("sent", "")
    assert words(rig, "down") == ["unconfirmed: no answer within 1 s"]
    rig.sent.clear()
    rig.ghosts["foh"].dead = False
    rig.wait(8)
    assert severity()[0] == "good"
    assert [each.command.trigger for each in rig.sent if each.command.cue == "down"] == ["foh is back"]
    assert words(rig, "down")[1:] == ["confirmed"]
